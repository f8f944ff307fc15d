from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.feeds import generation_time, harmless
from web.present import (
    AROUND,
    count_words,
    date_words,
    direction,
    excerpt,
    language_name,
    list_items,
    page_numbers,
    period_words,
    pointed_at,
    safe_address,
    sentence,
    split_marked,
)

pieces = st.lists(st.tuples(st.booleans(), st.text(alphabet='ab<&" \n', min_size=1)), max_size=40)


def marked(parts: list[tuple[bool, str]]) -> str:
    return "".join(
        f"<mark>{html.escape(text)}</mark>" if mark else html.escape(text) for mark, text in parts
    )


def balanced(text: str) -> bool:
    open_now = False
    for tag in re.findall(r"</?mark>", text):
        if (tag == "<mark>") is open_now:
            return False
        open_now = tag == "<mark>"
    return not open_now and set(re.findall(r"<[^>]*>", text)) <= {"<mark>", "</mark>"}


def visible(text: str) -> str:
    return html.unescape(re.sub(r"</?mark>", "", text))


@given(pieces)
def test_cut_text_keeps_its_letters_and_its_marks_in_order(parts: list[tuple[bool, str]]) -> None:
    text = marked(parts)
    cut = split_marked(text, "\n")
    assert all(balanced(part) for part in cut)
    assert "".join("".join(map(visible, cut)).split()) == "".join(visible(text).split())


@given(pieces, st.integers(1, 20))
def test_an_excerpt_is_well_formed_and_from_the_passage(
    parts: list[tuple[bool, str]], words: int
) -> None:
    text = marked(parts)
    shown = excerpt(text, words)
    assert balanced(shown)
    inner = visible(shown).removeprefix("… ").removesuffix(" …")
    assert " ".join(inner.split()) in " ".join(visible(text).split())
    if "<mark>" in text and len(parts) and any(m and t.strip() for m, t in parts):
        assert "<mark>" in shown


def test_an_excerpt_is_where_the_marks_are() -> None:
    text = "one " * 100 + "<mark>two</mark> <mark>three</mark> " + "four " * 100
    shown = excerpt(text, 20)
    assert "<mark>two</mark> <mark>three</mark>" in shown
    assert shown.startswith("… one")
    assert shown.endswith("four …")
    assert excerpt("short", 20) == "short"


@pytest.mark.parametrize(
    ("value", "words"),
    [("2019-09-12", "12 September 2019"), ("2019-09", "September 2019"), ("2019", "2019"),
     ("", "undated"), ("soon", "soon")],
)  # fmt: skip
def test_dates_in_words(value: str, words: str) -> None:
    assert date_words(value) == words


def test_periods_and_counts_in_words() -> None:
    assert date_words("2019-09-02", short=True) == "2 Sep 2019"
    assert period_words("2019", "2019") == "2019"
    assert period_words("2018-02", "2019") == "February 2018 to 2019"
    assert period_words("2018", "") == "2018 or later"
    assert period_words("", "2018") == "2018 or earlier"
    assert count_words(1, "release") == "1 release"
    assert count_words(1234, "release") == "1,234 releases"
    assert sentence("no such date") == "No such date."


def test_directions_and_names_of_languages() -> None:
    assert [direction(code) for code in ("he", "ar", "fa-IR", "en", "")] == [
        "rtl", "rtl", "rtl", "ltr", "auto",
    ]  # fmt: skip
    assert language_name("he") == "Hebrew"
    assert language_name('"><script>') == '"><script>'


def test_list_items_lose_their_typed_bullets() -> None:
    assert list_items("- a\n• <mark>b</mark>\n3. c\n-d") == ["a", "<mark>b</mark>", "3. c", "-d"]


@pytest.mark.parametrize(
    ("current", "last", "numbers"),
    [(1, 1, [1]), (1, 3, [1, 2, 3]), (5, 20, [1, 0, 4, 5, 6, 0, 20]), (4, 6, [1, 2, 3, 4, 5, 6])],
)
def test_page_numbers(current: int, last: int, numbers: list[int]) -> None:
    assert page_numbers(current, last) == numbers


@given(st.text(max_size=3 * AROUND), st.integers(-5, 4 * AROUND))
def test_pointing_loses_no_letter(text: str, position: int) -> None:
    shown = "".join(pointed_at(text, position))
    assert shown == text or (len(text) > AROUND and shown.strip("…") in text)


def test_pointing_names_the_word() -> None:
    assert pointed_at('water "air land', 6) == ("water ", '"air', " land")
    assert pointed_at("water", 99) == ("water", "", "")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//x.org", "http://",
                                 " https://x.org", "ftp://x.org", "", "https:/x",
                                 "https://good.org@evil.org/", "https://u:p@x.org",
                                 "https://x.org/a b", "https://x.org/\n", "https://x.org/\x00",
                                 "https://x.org/\u202eb", "https://good.org\\@evil.org", "https://[x",
                                 "https://:80/"])  # fmt: skip
def test_only_web_addresses_become_links(url: str) -> None:
    assert safe_address(url) == ""
    for good in ("HTTPS://x.org/a?b", "https://x.org/@name", "https://[::1]:80/", "http://ü.org/é"):
        assert safe_address(good) == good


@given(st.text(alphabet="=+-@\t\r\n ab1"))
def test_no_cell_begins_as_a_formula(cell: str) -> None:
    made = harmless(cell)
    assert made.lstrip()[:1] not in ("=", "+", "-", "@")
    assert made.endswith(cell)


def test_the_time_of_a_generation_is_in_its_name() -> None:
    assert generation_time("20261122T101500Z-3f9a") == "2026-11-22T10:15:00Z"
    assert generation_time("2026-11-22T10-15-00Z-ab").startswith(("2026-11-22", "1970"))
    assert generation_time("20269922T101500Z-ab") == "1970-01-01T00:00:00Z"
    assert generation_time("first") == "1970-01-01T00:00:00Z"
