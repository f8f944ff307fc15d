from __future__ import annotations

import re
import time
from html import unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.analysis import tokenize
from search.distance import within_distance
from search.highlight import Highlighter, pattern_regex
from search.parser import parse_query
from search.query import Everything, text_leaves

TAG = re.compile("</?mark>")


def marked(query: str, text: str) -> str:
    return Highlighter(parse_query(query).query).mark(text)


def counts(query: str, text: str, *, title: bool = False) -> tuple[int, ...]:
    return Highlighter(parse_query(query).query).matches(text, title=title).counts


def strings(query: str, text: str, *, title: bool = False) -> list[str]:
    found = Highlighter(parse_query(query).query).matches(text, title=title)
    return [text[start:end] for start, end in found.spans]


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("pension", "Pensions, a PENSION and pensioned men", ["Pensions", "PENSION", "pensioned"]),
        ("café", "The cafe, Cafe\u0301s", ["cafe", "Cafe\u0301s"]),
        ("o'brien", "O’Brien's and O`Brien", ["O’Brien's", "O`Brien"]),
        ("security coordination", "security coordination", ["security", "coordination"]),
        ("covid", "COVID-19 tests", ["COVID-19"]),
        ("email", "an e-mail", ["e-mail"]),
        ("e-mail", "an email, e-mails", ["email", "e-mails"]),
        ("peacekeeper", "peace-keepers left", ["peace-keepers"]),
        ("peace-keepers", "peacekeeper, peace keepers, peace", ["peacekeeper", "peace keepers"]),
        ("U.S.", "the U.S. and us", ["U.S."]),
        ("W-2", "Form W-2, not W or 2", ["W-2"]),
        ("10000", "10,000 men", ["10,000"]),
        ("東京", "東京都、京東", ["東京"]),
        ("צהל", 'דובר צה"ל אמר', ['צה"ל']),
        ("шойгу", "Шойгу", ["Шойгу"]),
        ("apple -bread", "apple bread", ["apple"]),
        ("apple OR bread", "apple bread", ["apple", "bread"]),
        ("person:putin date:2019", "putin 2019", []),
        ("", "apple", []),
    ],
)
def test_words_are_found_in_every_inflection(query: str, text: str, found: list[str]) -> None:
    assert strings(query, text) == found


def test_phrases_are_verbatim_and_one_mark() -> None:
    text = "The pensions agreement; pension agreements, an agreement on pensions."
    assert marked('"pensions agreement"', text) == (
        "The <mark>pensions agreement</mark>; pension agreements, an agreement on pensions."
    )
    assert strings('"to be or not to be"', "To be, or not to be!") == ["To be, or not to be"]


def test_a_phrase_swallows_the_marks_of_its_words() -> None:
    assert strings('"security council" council', "Security Council, council") == [
        "Security Council",
        "council",
    ]
    assert strings('"a b" "b c"', "a b c") == ["a b c"]


def test_adjacent_words_are_marked_apart_even_without_a_blank() -> None:
    assert marked("東 京", "東京") == "<mark>東</mark><mark>京</mark>"


def test_a_mark_never_reaches_over_a_line() -> None:
    assert marked('"apple bread"', "an apple \r\n\n bread") == (
        "an <mark>apple</mark> \r\n\n <mark>bread</mark>"
    )


def test_stop_words_are_marked_only_when_alone_or_quoted() -> None:
    text = "to the council of the city"
    assert strings("the council", text) == ["council"]
    assert counts("the council", text) == (2, 1)
    assert strings("the", text) == ["the", "the"]
    assert strings("of the", text) == ["the", "of", "the"]
    assert strings('council "of the"', text) == ["council", "of the"]


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("pens*", "pens, Pensions, open", ["pens", "Pensions"]),
        ("wo?d", "word wood would wod", ["word", "wood"]),
        ("co*-1?*", "covid-19 co-1 covid-1x", ["covid-19", "covid-1x"]),
        ("wa*a*d", "wad waad waxaxd xwaad", ["waad", "waxaxd"]),
        ("securty~", "security secrity ecurty", ["security"]),
        ("secruity~1", "security", ["security"]),
        ("secuirty~2", "secrity security xecuirty", ["secrity", "security"]),
    ],
)
def test_patterns_and_misspellings(query: str, text: str, found: list[str]) -> None:
    assert strings(query, text) == found


def test_words_of_the_title_are_marked_only_there() -> None:
    text = "apple bread"
    assert strings("title:apple bread", text) == ["bread"]
    assert strings("title:apple bread", text, title=True) == ["apple", "bread"]
    assert counts("title:apple bread", text) == (0, 1)


def test_counts_follow_the_leaves_with_repeats() -> None:
    assert counts('apple "apple bread" apple -cider', "apple bread apple") == (2, 1, 2)
    assert counts('"apple apple"', "apple apple apple") == (1,)
    assert counts("peace-keepers", "peace-keepers") == (1,)


def test_nothing_to_mark() -> None:
    assert Highlighter(Everything()).empty
    assert Highlighter(parse_query("-apple person:x").query).empty
    assert not Highlighter(parse_query("apple").query).empty
    assert Highlighter(Everything()).mark("<a>") == "&lt;a&gt;"


def test_markup_in_text_and_query_is_text() -> None:
    text = "<script>alert('x')</script> & \"apple\" </mark><mark>"
    assert marked("script apple mark", text) == (
        "&lt;<mark>script</mark>&gt;alert(&#x27;x&#x27;)&lt;/<mark>script</mark>&gt; &amp; "
        "&quot;<mark>apple</mark>&quot; &lt;/<mark>mark</mark>&gt;&lt;<mark>mark</mark>&gt;"
    )


def test_patterns_bring_in_no_regular_expression() -> None:
    assert not pattern_regex("a.c").match("abc")
    assert pattern_regex("a[b]*").match("a[b]c")
    assert pattern_regex("a|b?").match("a|bc")


def test_patterns_take_linear_time() -> None:
    regex = pattern_regex("a*" * 30 + "b")
    started = time.process_time()
    assert not regex.match("a" * 5_000)
    assert time.process_time() - started < 1


@settings(max_examples=300, deadline=None)
@given(st.text("ab*?", min_size=1, max_size=8), st.text("ab", max_size=8))
def test_patterns_match_like_their_plain_definition(pattern: str, term: str) -> None:
    plain = re.compile(pattern.replace("*", ".*").replace("?", ".").replace(".*.*", ".*"))
    assert bool(pattern_regex(pattern).match(term)) == bool(plain.fullmatch(term))


@pytest.mark.parametrize(
    ("first", "second", "distance"),
    [("", "", 0), ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "abcd", 1), ("abc", "bc", 1),
     ("abc", "axc", 1), ("abc", "bca", 2), ("ca", "abc", 3), ("abcdef", "badcfe", 3)],
)  # fmt: skip
def test_distance(first: str, second: str, distance: int) -> None:
    for left, right in ((first, second), (second, first)):
        assert within_distance(left, right, distance)
        assert not distance or not within_distance(left, right, distance - 1)


WORDS = st.sampled_from(
    ["apple", "Apples", "the", "bread", "peace-keepers", "<b>", "</mark>", "<mark>", "&", "&lt;",
     "'", '"', "\n", "\r\n", "東京", "é", "e\u0301", "W-2", "-", "(", ")", "ap*", "aple~", "OR",
     "title:", '"apple bread"', '"the\nbread"', "<script>", "a", "x", "\x00", "\ud800"]
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(WORDS, max_size=12).map(" ".join),
    st.lists(WORDS, max_size=12).map("".join),
    st.text(max_size=40),
)


@settings(max_examples=800, deadline=None)
@given(TEXTS, TEXTS, st.booleans())
@example("mark lt amp", "<mark>&lt;/mark&gt;</mark>", False)
def test_marking_adds_marks_and_nothing_else(query: str, text: str, title: bool) -> None:
    highlighter = Highlighter(parse_query(query).query)
    html = highlighter.mark(text, highlighter.matches(text, title=title))
    assert unescape(TAG.sub("", html)) == unescape(unescape_safe(text))
    for piece in re.split(TAG, html):
        assert not set("<>\"'") & set(piece)
        assert not re.search(r"&(?!(?:amp|lt|gt|quot|#x27);)", piece)
    tags = TAG.findall(html)
    assert tags == ["<mark>", "</mark>"] * (len(tags) // 2)
    for inner in re.findall("<mark>(.*?)</mark>", html, re.DOTALL):
        assert inner.strip()
        assert "\n" not in inner
        assert "\r" not in inner


def unescape_safe(text: str) -> str:
    """Escape by another route than the code under test, for comparison after unescaping."""
    return "".join(f"&#{ord(c)};" if c in "<>&\"'" else c for c in text)


@settings(max_examples=400, deadline=None)
@given(TEXTS, TEXTS)
def test_spans_are_in_order_and_whole_tokens(query: str, text: str) -> None:
    tree = parse_query(query).query
    found = Highlighter(tree).matches(text)
    assert len(found.counts) == len(list(text_leaves(tree)))
    assert all(0 <= start < end <= len(text) for start, end in found.spans)
    ends = [0, *(end for _, end in found.spans)]
    assert all(start >= end for (start, _), end in zip(found.spans, ends, strict=False))
    tokens = tokenize(text)
    assert {start for start, _ in found.spans} <= {token.start for token in tokens}
    assert {end for _, end in found.spans} <= {token.end for token in tokens}
    assert not found.spans or any(found.counts)


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.lists(TEXTS, max_size=4))
def test_a_highlighter_answers_the_same_whatever_it_saw_before(
    query: str, texts: list[str]
) -> None:
    tree = parse_query(query).query
    used = Highlighter(tree)
    for text in texts:
        assert used.matches(text) == Highlighter(tree).matches(text)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["apple", "bread", "the", "W-2", "東京"]), min_size=1, max_size=5))
def test_a_text_quoted_whole_is_marked_whole(words: list[str]) -> None:
    text = " ".join(words)
    assert strings(f'"{text}"', text) == [text]


def test_long_passages_are_marked_quickly() -> None:
    text = ("The Prime Minister met the President to discuss security coordination. " * 30)[:2_000]
    highlighter = Highlighter(parse_query('"security coordination" minister pens* presidnt~').query)
    highlighter.mark(text)
    best = min(_seconds(highlighter, text) for _ in range(20))
    assert best < 0.01  # about 0.5 ms on one ordinary core


def _seconds(highlighter: Highlighter, text: str) -> float:
    started = time.process_time()
    highlighter.mark(text)
    return time.process_time() - started
