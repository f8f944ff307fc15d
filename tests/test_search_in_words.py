"""A search told in words: what it asks, with which filters."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.in_words import query_in_words, search_in_words
from search.parser import parse_query
from search.request import make_request


def said(text: str, **filters: object) -> str:
    request = make_request(text, **filters)  # type: ignore[arg-type]
    return search_in_words(query_in_words(parse_query(text).query), request)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "All releases"),
        ("budget", "with “budget”"),
        ("security coordination", "with “security” and “coordination”"),
        ('"security coordination"', "with “security coordination” verbatim"),
        ('"secur* coordination" -tax', "with “secur* coordination” in a row, without “tax”"),
        ("water OR energy OR light", "with “water”, “energy” or “light”"),
        ("pact (water OR energy)", "with “pact” and either “water” or “energy”"),
        ("pact (water OR (a b c))", "with “pact” and either “water” or all of “a”, “b” and “c”"),
        ("negotiat* wo?d", "with words beginning “negotiat” and words like “wo?d”"),
        ("netanyaho~1", "with “netanyaho” or a word one letter off"),
        ("budget /5 deficit", "with “budget” within 5 words of “deficit”"),
        ("budget /1 deficit", "with “budget” right beside “deficit”"),
        (
            '"a b" /p (c OR de*)',
            "with “a b” in one passage with either “c” or words beginning “de”",
        ),
        ("title:budget", "with “budget” in the headline"),
        ("person:putin place:sochi date:2019", "naming “putin”, about “sochi”, in 2019"),
        ("date:2019-02", "in February 2019"),
        ("after:2019-03-02", "from 2 March 2019 on"),
        ("-tax -rent", "without “tax” or “rent”"),
        ("who said what to whom here", "with the words “who said what to whom here”"),
    ],
)
def test_queries(text: str, words: str) -> None:
    assert said(text) == (words if words == "All releases" else f"Releases {words}")


def test_filters_follow_the_words() -> None:
    assert said('"security coordination"', date_from="2019", date_to="2019", places=["Russia"]) == (
        "Releases with “security coordination” verbatim, in 2019, about Russia"
    )
    assert said("", people=["A", "B"], langs=["fr"], excluded=[("source", "X")]) == (
        "Releases naming A or B, in French, not published by X"
    )
    assert said("", undated=True) == "Releases without a date"
    assert said("", date_from="2016", date_to="2018-03") == "Releases from 2016 to March 2018"
    assert said("budget", sort="newest") == "Releases with “budget”, newest first"
    assert said("", date_to="2018-03-04") == "Releases up to 4 March 2018"


def test_long_queries_are_cut() -> None:
    assert len(said(" ".join(f"w{n}" for n in range(190)))) < 300
    assert said(" OR ".join(f"w{n}" for n in range(190))).endswith("…”")


def test_relaxing_is_said() -> None:
    query = query_in_words(parse_query("a1 b1").query)
    assert search_in_words(query, make_request("a1 b1"), True).endswith("or most of these words")


WORDS = st.lists(
    st.sampled_from(["apple", '"the pie"', "OR", "-", "(", ")", "a*b*", "pe?r", "pear~2", "/4",
                     "/p", "title:", "person:", "date:2019", "AND", "before:2019-02-28"]),
    max_size=9,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(WORDS)
def test_whatever_is_typed_can_be_said(parts: list[str]) -> None:
    text = " ".join(parts)
    query = parse_query(text).query
    words = said(text)
    assert words == " ".join(words.split())
    assert len(words) < 300
    for piece in query_in_words(query):
        assert piece.text
        assert piece.text in words
    assert replace(make_request(text), text="") == make_request("")
