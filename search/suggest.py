"""What a reader may be about to type, and what they may have meant to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.analysis import STOP_WORDS, surface_terms
from search.engine import Engine
from search.parser import parse_query
from search.query import TITLE, And, Pattern, Query, Word, text_leaves
from search.request import SearchRequest, clean_text, make_request

NAMES = 4
TITLES = 3
WORDS = 4
_TRIED = 6
"""Completions that are looked at together with the word before."""
_TYPED = 60
"""Characters looked at: no name is longer."""
_LEAST = 2
_LONG_ENOUGH = 4
"""Letters of a word that may be mistyped; shorter ones are like too many others."""
_LONG = 8
"""Letters of a word that may have two letters wrong."""
_FEW = 3
"""Searches that find at most so many releases may all be of mistyped words."""
_SOME = 100
"""Others made the same slip in at most so many releases."""
_MANY = 30
"""Then the right word must be so many times as frequent, and find so many times as many."""
_MORE = 100
"""A word of some releases is taken for mistyped when one like it is so many times as frequent."""
_ONE = make_request(per_page=1)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to offer while a search is typed.

    ``kind`` is person, place, title or word. ``count`` are releases, of a single word its
    occurrences, of a title 0; ``id`` is the release of a title.
    """

    kind: str
    text: str
    count: int
    id: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A search that may have been meant: its text and the releases it finds."""

    text: str
    total: int


def suggest(engine: Engine, typed: str) -> tuple[Suggestion, ...]:
    """Return people, places, titles and words for what was typed so far, in this order.

    Words begin with what was typed, or begin so but for one letter when none does.
    """
    text = clean_text(typed)[:_TYPED]
    terms = surface_terms(text)
    begun = len(terms) > 1 or (terms and len(terms[0]) >= _LEAST)
    if not begun or text[-1:] in '"*':
        return ()
    words = _completed(engine, terms)
    fixed = terms
    if not words and len(terms[-1]) >= _LONG_ENOUGH:
        words = engine.mistyped(terms[-1], WORDS)
        fixed = (*terms[:-1], words[0][0]) if words else terms
    found = [
        Suggestion(facet, name, count)
        for facet in ("person", "place")
        for name, count in engine.named(facet, " ".join(fixed), NAMES)
    ]
    found += _titles(engine, fixed) if len(terms[-1]) > _LEAST else []
    before = text[: len(text) - _last_length(text)]
    found += [Suggestion("word", before + word, count) for word, count in words]
    return tuple(found)


def _completed(engine: Engine, terms: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Return completions of the last word with their occurrences.

    Of several words those that follow the one before, if any does, with the releases that have
    both in a row.
    """
    found = [pair for pair in engine.completions(terms[-1], _TRIED) if pair[0] not in STOP_WORDS]
    if len(terms) > 1 and found:
        rows = [(engine.row_frequency((terms[-2], word)), word) for word, _ in found]
        following = tuple((word, count) for count, word in sorted(rows, reverse=True) if count)
        return following[:WORDS] or tuple(found[:WORDS])
    return tuple(found[:WORDS])


def _titles(engine: Engine, terms: Sequence[str]) -> list[Suggestion]:
    last = Pattern(terms[-1], terms[-1] + "*", TITLE)
    query: Query = And((*(Word(t, (t,), field=TITLE) for t in terms[:-1]), last))
    answer = engine.search(make_request(per_page=TITLES), query)
    return [Suggestion("title", stored.title, 0, stored.id) for stored, _ in answer.hits]


def _last_length(text: str) -> int:
    match = re.search(r"[^\s\"():]*\Z", text)
    return len(match[0]) if match else 0


def correct(
    engine: Engine, request: SearchRequest, total: int, relaxed: bool = False
) -> Correction | None:
    """Return a search with mistyped words put right, if it finds more than the ``total`` found.

    Words that are in hardly any release are exchanged for the most frequent one like them. None
    when enough was found, or nothing better is. Where some were found, better is what finds very
    many times more: others made the same mistake in writing. Where most of the words were enough
    (``relaxed``), better is what is found with all of them.
    """
    if not request.text or (total > _SOME and not relaxed):
        return None
    few = relaxed or total <= _FEW
    text = _put_right(engine, request.text, few)
    if text == request.text:
        return None
    other = replace(request, text=text, page=1, per_page=1)
    answer = engine.search(other, parse_query(text).query)
    if relaxed:
        better = not answer.relaxed and answer.total > 0
    else:
        better = answer.total > (total if few else _MANY * total)
    return Correction(text, answer.total) if better else None


def _put_right(engine: Engine, text: str, few: bool) -> str:
    """Return a text with the words exchanged that are rare beside one like them.

    ``few``: they must be rarer still.
    """
    for leaf in text_leaves(parse_query(text).query):
        if not isinstance(leaf, Word) or len(leaf.terms) != 1:
            continue
        term = leaf.terms[0]
        if len(term) < _LONG_ENOUGH or not term.isalpha():
            continue
        distance = 2 if len(term) >= _LONG else 1
        known = engine.search(_ONE, Word(leaf.text, leaf.terms)).total
        if known > _SOME:
            continue
        similar = engine.similar_words(term, distance, 1)
        if similar and similar[0][1] > (_MORE if few else _MANY) * known:
            text = re.sub(rf"(?<!\w){re.escape(leaf.text)}(?!\w)", similar[0][0], text, count=1)
    return text
