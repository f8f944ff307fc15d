"""Pages and texts made to be slow to read: the time grows with their length, not its square."""

from __future__ import annotations

import time

import pytest

from index.model import BlockKind
from index.reading.dateline import find_dateline
from tests.corpora import read

START = "Opening of the new harbour\n\n"
PROSE = "The ministry opened a new harbour in the north of the country on Monday morning. "
LONGEST = 10.0  # seconds; a second or two where they are measured, a minute and more before


def seconds(text: str, path: str) -> float:
    start = time.process_time()
    read(START + text, path)
    return time.process_time() - start


@pytest.mark.parametrize(
    "tags",
    [
        *("<dl><dt>x<dd>y", "<table>", "<table><tr><td>", "<div><p>Some words here.</p>", "<li>x"),
        *("<section><p>x</p>", "<ul><li>", "<div>x", "<td>x", "<header>x", "<figure>x"),
    ],
)
def test_nested_and_long_pages_take_linear_time(tags: str) -> None:
    assert seconds(tags * (300_000 // len(tags)), "a/b.html") < LONGEST


@pytest.mark.parametrize("marks", ["[", "![", "[a](", "**a", "_a", "![a]("])
def test_long_markdown_paragraphs_take_linear_time(marks: str) -> None:
    assert seconds(marks * (1_000_000 // len(marks)), "a/b.md") < LONGEST


@pytest.mark.parametrize("line", ["- a", "[a", "# a", "> > a", "|a"])
def test_markdown_of_very_many_lines_takes_linear_time(line: str) -> None:
    assert seconds(f"{line}\n" * 100_000, "a/b.md") < LONGEST


def test_markdown_of_very_many_lines_is_read_as_plain_text_with_a_warning() -> None:
    release = read(START + f"- {PROSE}\n\n" * 11_000, "a/b.md")
    assert release.text.count("new harbour in the north") == 11_000
    assert any("read as plain text" in warning for warning in release.warnings)


def test_text_below_the_deepest_level_is_kept() -> None:
    deep = "<div>" * 500 + f"<p>{PROSE}</p><ul><li>one</li></ul>" + "</div>" * 500
    release = read(
        f"<h1>Opening of the harbour</h1>{deep}<p>{PROSE}It is the last.</p>", "a/b.html"
    )
    assert [block.text.count("new harbour") for block in release.blocks if "new" in block.text] == [
        1,
        1,
    ]
    assert "one" in release.text


def test_nested_lists_stay_one_piece_and_rows_of_data_one_line() -> None:
    page = (
        f"<h1>Opening of the harbour</h1><p>{PROSE}</p><ul><li>one<ol><li>two</li></ol></li>"
        "<li>three</li></ul><table><tr><td><table><tr><td>1</td><td>2</td></tr>"
        f"<tr><td>3</td><td>4</td></tr></table></td></tr></table><p>{PROSE}It is the last.</p>"
    )
    release = read(page, "a/b.html")
    lists = [block.text for block in release.blocks if block.kind is BlockKind.LIST]
    assert lists == ["one\ntwo\nthree"]
    assert "1 | 2\n3 | 4" in release.text


@pytest.mark.parametrize(
    "opening",
    [
        "Long-Island Brooklyn Queens Kidnapping Assault " * 8,
        "A" * 300,
        "AB'CD.EF" * 40,
        "New York, " * 40,
        "Aa Bb/" * 60,
        "SANTA ANA, Calif. (AP) (AP) (AP) (AP) (AP) (AP) (AP) " * 6,
        "March 3, 2020 " * 30,
    ],
)
def test_no_opening_makes_the_dateline_try_all_ways(opening: str) -> None:
    """Bounded by work, not by time: the shapes are tried on 300 characters, each word once."""
    before = time.process_time()
    find_dateline(opening)
    find_dateline(opening + " – The")
    assert time.process_time() - before < 1  # all ways to cut it would take minutes
