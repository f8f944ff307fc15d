"""The day of publication on the line of the headline, told from a day the headline is about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.model import DocumentKind, RawDocument, Release
from index.reading import read_document
from index.reading.dated_title import dated_title

BODY = (
    "The ministry said on Thursday that the new bridge over the river would open in spring.",
    "The minister thanked the workers who had built it in two winters of frost and flood.",
)
TITLE = "New bridge over the river to open in spring"


def read(kind: DocumentKind, title: str, before: str = "") -> Release:
    if kind is DocumentKind.HTML:
        text = f"<body><h1>{title}</h1>{before}<p>{'</p><p>'.join(BODY)}</p></body>"
    else:
        mark = "# " if kind is DocumentKind.MARKDOWN else ""
        text = "\n\n".join([mark + title, *([before] if before else []), *BODY])
    return read_document(RawDocument("a/b", kind, text.encode(), "0", None, "b"))


def date_of(release: Release) -> str:
    return release.date.value if release.date else ""


KINDS = (DocumentKind.TEXT, DocumentKind.MARKDOWN, DocumentKind.HTML)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "line",
    [
        f"17.12.2015 - {TITLE}",
        f"2015-12-17 – {TITLE}",
        f"2015-12-17 | {TITLE}",
        f"{TITLE} - 17.12.2015",
        f"{TITLE} | 2015-12-17",
    ],
)
def test_a_day_in_numbers_leaves_the_title(kind: DocumentKind, line: str) -> None:
    release = read(kind, line)
    assert release.title == TITLE
    assert date_of(release) == "2015-12-17"
    assert [block.text for block in release.blocks] == [TITLE, *BODY]


def test_a_day_with_a_name_leaves_it_where_nothing_contradicts() -> None:
    line = f"December 17, 2015 - {TITLE}"
    assert read(DocumentKind.TEXT, line).title == TITLE
    page = read(DocumentKind.HTML, line, "<p>17 December 2015</p>")
    assert page.title == TITLE
    assert date_of(page) == "2015-12-17"


@pytest.mark.parametrize("kind", KINDS[1:])
@pytest.mark.parametrize(
    "line",
    [
        "9 November 1989 – the fall of the wall remembered",
        "9 November 1989: thirty years after the wall",
        "Remembering 11 September 2001",
        "Rules that changed on 1.1.2020 for tenants",
    ],
)
def test_a_day_that_the_headline_is_about_stays(kind: DocumentKind, line: str) -> None:
    shown = "<p>12 May 2019</p>" if kind is DocumentKind.HTML else "12 May 2019"
    release = read(kind, line, shown)
    assert release.title == line
    assert date_of(release) == "2019-05-12"


@given(st.text(max_size=60))
def test_what_is_left_is_part_of_the_title(title: str) -> None:
    bare, written = dated_title(title, "en")
    assert bare in title
    assert written in title
    assert bool(bare) == bool(written)
