"""Shapes of real pages and dumps: state, consent, folded text, datelines far down, torn lines."""

from __future__ import annotations

import json

import pytest

from index.model import BlockKind, DocumentKind, RawDocument, Release
from index.reading import read_document
from index.reading.dateline import find_dateline

TEXT = [
    "The authority said on Monday that dredging of the northern channel would begin in May.",
    "Two vessels will work in shifts until the end of June, when the ferries come back.",
    "Residents may bring their questions to the town hall on Thursday, where maps are shown.",
    "The work costs nine million crowns, of which the county pays a third from its coastal fund.",
]


def read(text: str, kind: DocumentKind = DocumentKind.HTML, encoding: str = "utf-8") -> Release:
    return read_document(RawDocument("a", kind, text.encode(encoding), "0"))


def body(release: Release) -> str:
    return "\n".join(block.text for block in release.blocks if block.kind is not BlockKind.TITLE)


@pytest.mark.parametrize(
    "script",
    [
        '<script id="__DATA__" type="application/json">%s</script>',
        "<script>window.__STATE__ = %s; window.other = 1;</script>",
        "<script>window['state']=%s</script>",
    ],
)
def test_a_release_in_the_state_of_a_scripted_page(script: str) -> None:
    item = {"headline": "Dredging begins in May", "publishedAt": "2021-04-12", "html": ""}
    item["html"] = "".join(f"<p>{line}</p>" for line in TEXT)
    state = json.dumps({"nav": ["Home"], "page": {"items": [item]}}).replace("</", "<\\/")
    page = f"<html><head><title>Harbour</title></head><body><div id=a></div>{script % state}</body>"
    release = read(page)
    assert release.title == "Dredging begins in May"
    assert release.date is not None
    assert release.date.value == "2021-04-12"
    assert [line for line in TEXT if line in body(release)] == TEXT


def test_a_note_of_consent_is_told_by_its_words_and_a_release_on_cookies_stays() -> None:
    note = (
        "This service stores cookies and uses tracking to improve what it shows. You may withdraw "
        "your consent at any time in the privacy settings at the foot of the page."
    )
    lines = "".join(f"<p>{line}</p>" for line in TEXT)
    page = f"<body><div class=x7><p>{note}</p></div><h1>Dredging begins in May</h1>{lines}</body>"
    assert "cookies" not in body(read(page))
    about = (
        f"<body><div><h1>Regulator fines shop over cookie consent</h1><p>{note}</p></div></body>"
    )
    assert "cookies" in body(read(about))


def test_text_that_a_page_folds_away_is_read() -> None:
    folded = (
        f'<div class="accordion"><div class="panel" style="display:none"><p>{TEXT[3]}</p></div>'
    )
    lines = "".join(f"<p>{line}</p>" for line in TEXT[:3])
    page = f"<body><h1>Dredging begins in May</h1><div>{lines}{folded}</div></div></body>"
    assert TEXT[3] in body(read(page))


@pytest.mark.parametrize("encoding", ["gb18030", "windows-1251"])
def test_a_western_declaration_of_other_scripts_is_not_believed(encoding: str) -> None:
    text = {
        "gb18030": "交通部今天宣布，三条跨江公交线路将于下月一日正式开通，居民往返的时间将会缩短。",
        "windows-1251": "Министерство сообщило, что новый мост через реку откроют в августе.",
    }[encoding]
    page = f'<meta charset="iso-8859-1"><body><h1>{text[:14]}</h1>' + f"<p>{text}</p>" * 2
    assert text in body(read(page, encoding=encoding))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("EL CENTRO,CA - May 23, 2025 (WIRENAME) - The board met.", "El Centro, CA"),
        ("WASHINGTON DC Monday May 2 2005", "Washington DC"),
        ("UGI Utilities (UGI) – Gas Division has been recognized for its service to all.", ""),
        ("Sunrise Ballet (1946) Five dancers dance at sunrise on a beach without an audience.", ""),
        ("En enero de 2022, la empresa abrió su primera oficina en la capital del país.", ""),
        ("Joel House - Driving American Business Forwards", ""),
        ("The firm will present its results on May 21, 2025, in Palm Beach, the founder said.", ""),
        ("The ministers met this evening (Thursday, 12 September 2019), in Sochi.", "Sochi"),
        ("However, on February 13, 2024, the company announced a delay.", ""),
        ("[WATCH NEWS CONFERENCE HERE]", ""),
    ],
)
def test_datelines_and_what_only_looks_like_one(text: str, place: str) -> None:
    found = find_dateline(text, "en")
    assert (found.place if found else "") == place


def test_a_dateline_below_key_points_is_the_releases() -> None:
    lines = ["# Dredging begins", "", "Highlights:", "", "- Two vessels", "- Nine million", ""]
    lines += ["BERGEN, NORWAY - May 2, 2021 (COASTWIRE) - " + TEXT[0], "", TEXT[1]]
    release = read("\n".join(lines), DocumentKind.MARKDOWN)
    assert release.dateline == "Bergen, Norway"
    assert release.date is not None
    assert release.date.value == "2021-05-02"


def test_a_dump_keeps_its_text_after_a_share_prompt_and_its_stamp_as_date() -> None:
    lines = ["Dredging begins in May - Harbour", "You are here:", "Home", "Dredging begins in May"]
    lines += [TEXT[0], "[TWEET THIS]", TEXT[1], TEXT[2], "[TWEET THIS]", TEXT[3]]
    lines += ["720", "1280", "press", "2021-04-12 09:00:00", "2022-01-03 10:11:12", "Recent News"]
    lines += [
        "Ferry returns",
        "June 3, 2022",
        "Buoy found",
        "May 1, 2022",
        "Quay closed",
        "May 2, 2022",
    ]
    release = read("\n".join(lines), DocumentKind.TEXT)
    assert [line for line in TEXT if line in body(release)] == TEXT
    assert release.date is not None
    assert release.date.value == "2021-04-12"
    assert "Ferry returns" not in body(release)


def test_lines_torn_by_links_and_dashes_are_joined() -> None:
    lines = ["Dredging begins in May", "", "Since opening last summer,", "Safe Harbour House"]
    lines += [
        "has served 2,845 sailors and their families along the whole coast of the county.",
        "",
    ]
    lines += ["BERGEN", "– " + TEXT[0], "", "“", "The channel", "is the way home for all of us.”"]
    text = body(read("\n".join(lines), DocumentKind.TEXT))
    assert "last summer, Safe Harbour House has served" in text
    assert f"BERGEN – {TEXT[0]}" in text
    assert "“The channel is the way home" in text
