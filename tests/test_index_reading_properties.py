"""What holds for any input: a release or a ReadingError, and text in its normal form."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from index.errors import ReadingError
from index.model import BlockKind, DocumentKind, RawDocument, Release
from index.reading import read_document, release_id

EXAMPLES = 150
PATHS = {
    DocumentKind.HTML: "a/b.html",
    DocumentKind.TEXT: "a/b.txt",
    DocumentKind.MARKDOWN: "a/b.md",
    DocumentKind.RECORD: "a/b.jsonl#1",
    DocumentKind.MAIL: "a/b.eml",
}
SCRAPS = st.sampled_from(
    [
        *("<p>", "</p>", "<div class='nav'>", "</div>", "<table><tr><td>", "</table>", "<br>"),
        *(
            "<!--",
            "-->",
            "<script>",
            "</script>",
            "<h1>",
            "</h1>",
            "<title>",
            "<a href='x'>",
            "&#0;",
        ),
        *("<li>", "<meta charset='utf-16'>", "<meta property='og:title' content='T | S'>", "<pre>"),
        *("The minister said that the harbour will open on 4 March 2021. ", "“Yes,” he said. "),
        *("SOCHI, Sept. 12, 2019 – ", "Photo: Ann Lee", "Contact: ann@x.example", "###", "About X"),
        *(
            "\n",
            "\n\n",
            " ",
            "\t",
            "    ",
            "x\n",
            "Image\n",
            "Share\n",
            "- one\n",
            "1. two\n",
            "# ",
        ),
        *("---\n", "+++\n", "title: T\n", "|a|b|\n|-|-|\n", "> ", "![i](u)", "Â©", "â€™", "\x92"),
        *("ශ්‍රී", "שלום", "\u202e", "\ud800", "12/09/2019", "٢٠١٩", "İstanbul", "ß", "\u0345"),
    ]
)
settings.register_profile(
    "reading",
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
reading = settings.get_profile("reading")


def checked(data: bytes, kind: DocumentKind, sidecar: bytes | None = None) -> Release | None:
    """Read, and assert what every release must be; None for a ReadingError."""
    path = PATHS[kind]
    document = RawDocument(path, kind, data, "", sidecar, path)
    try:
        release = read_document(document)
    except ReadingError as refusal:
        error = refusal
        release = None
    if release is None:
        assert error.where == path
        assert error.what
        return None
    assert release.title
    assert release.id == release_id(document)
    assert [block.kind for block in release.blocks].count(BlockKind.TITLE) == 1
    assert release.blocks[0].text == release.title
    summaries = [block.text for block in release.blocks if block.kind is BlockKind.SUMMARY]
    assert summaries == ([release.summary] if release.summary else [])
    if release.summary:
        assert release.blocks[1].text == release.summary
    if release.date:
        assert re.fullmatch(r"(?:19\d\d|20\d\d|2100)(?:-\d\d){0,2}", release.date.value)
    assert re.fullmatch(r"|[a-z]{2}", release.lang)
    for text in (release.dateline, release.source, *(block.text for block in release.blocks)):
        assert_normal(text)
    return release


def assert_normal(text: str) -> None:
    assert text == unicodedata.normalize("NFC", text)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\u200b\u00ad\xa0]", text)
    assert text == "\n".join(line.strip() for line in text.split("\n"))
    assert "  " not in text


@reading
@given(st.binary(max_size=400), st.sampled_from(DocumentKind))
@example(b"\xff\xfe", DocumentKind.TEXT)
@example(b"\xef\xbb\xbf", DocumentKind.HTML)
@example(b"\x1b$B", DocumentKind.HTML)
def test_any_bytes_are_a_release_or_a_reading_error(data: bytes, kind: DocumentKind) -> None:
    checked(data, kind)


@reading
@given(
    st.lists(SCRAPS | st.text(max_size=20), max_size=60).map("".join),
    st.sampled_from([DocumentKind.HTML, DocumentKind.TEXT, DocumentKind.MARKDOWN]),
)
def test_any_text_is_a_release_or_a_reading_error(text: str, kind: DocumentKind) -> None:
    checked(text.encode("utf-8", "surrogatepass"), kind)


@reading
@given(
    st.dictionaries(
        st.sampled_from(
            ["title", "date", "body", "html", "url", "lang", "summary", "source", "id"]
        ),
        st.none() | st.integers() | st.text(max_size=60) | st.lists(SCRAPS).map("".join),
        max_size=6,
    )
)
def test_any_record_and_any_sidecar_are_read_or_refused(values: dict[str, object]) -> None:
    import json

    data = json.dumps(values).encode()
    checked(data, DocumentKind.RECORD)
    checked(b"The harbour opens\n\nThe minister opened it on Monday.", DocumentKind.TEXT, data)


@reading
@given(st.lists(SCRAPS | st.text(max_size=20), max_size=40).map("".join))
def test_normal_text_stays_as_it_is(text: str) -> None:
    release = checked(text.encode("utf-8", "replace"), DocumentKind.TEXT)
    if release is not None:
        again = checked(release.text.encode(), DocumentKind.TEXT)
        assert again is not None or not any(map(str.isalnum, release.text))
        if again is not None:
            # Reading what was read invents no letter.
            assert set(filter(str.isalpha, again.text.casefold())) <= set(
                filter(str.isalpha, release.text.casefold())
            )


@pytest.mark.parametrize(
    "text",
    [
        *(
            "<" * 50_000,
            "<div " * 20_000,
            "<script>" * 20_000,
            "<!--" * 30_000,
            "<a href=" * 20_000,
        ),
        *("&" * 50_000, "(" * 50_000, "a," * 50_000, "1/" * 30_000, "A B " * 30_000, "“" * 50_000),
        *("2019 " * 30_000, "x@y." * 20_000, "Photo by " * 20_000, "share on " * 20_000),
        *("\n" * 100_000 + "end of it", "a\n" * 30_000, "12 May 2019\n" * 8_000, "# A\n" * 20_000),
        *("<p>A</p>" * 20_000, "<li><a href=x>News</a>" * 10_000, "Share\n" * 30_000),
        *("-" * 50_000, "A-" * 30_000, "(202) " * 20_000, "By Ann " * 20_000, "A " * 40 + "\n" * 9),
    ],
)
@pytest.mark.parametrize("kind", [DocumentKind.HTML, DocumentKind.TEXT, DocumentKind.MARKDOWN])
def test_no_input_takes_time_out_of_proportion(text: str, kind: DocumentKind) -> None:
    import time

    start = time.process_time()
    checked(text.encode(), kind)
    assert time.process_time() - start < 5
