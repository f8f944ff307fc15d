"""Whether a sentence stands in the archive: verbatim, nearly, or not.

A sentence is looked for as a phrase first. What is found is compared with the stored text, sign by
sign, before it is called verbatim. What is not found is looked for by its rarest words and aligned
with the passages that hold them, so that what was changed can be shown word by word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, partial
from itertools import islice

from index.analysis import STOP_WORDS, Token, stem, surface_terms, tokenize
from index.sentences import split_sentences
from search.engine import Engine
from search.passage_keys import passage_key
from search.query import Or, Phrase, Query, Word
from search.request import MAX_QUERY_LENGTH, Sort, clean_text, make_request
from search.stored import StoredPassage, StoredRelease
from search.word_alignment import Piece, align, pieces

CLOSE_FROM = 0.6
"""Share of a quote's words that must stand in one stretch, in order, to be called close."""
_CANDIDATES = 40
"""Releases that one sentence is looked for in; of many sentences fewer each,"""
_CANDIDATES_IN_ALL = 120
_FEWEST_CANDIDATES = 5
_RARE_WORDS = 12
_PHRASES = 6
_LOOKED_AT = 50
_PAGES = 8
_MAX_PARTS = 60
_QUOTES = "\"'“”„‟‘’‚‛«»‹› \t\n"
_DOTS = r"(?:…|\.\s?\.\s?\.)"
_ELISION = re.compile(rf"\s*(?:\[\s*{_DOTS}\s*\]|\(\s*{_DOTS}\s*\)|{_DOTS})\s*")


_Cutter = Callable[[str], tuple[list[Token], Counter[str]]]


class Verdict(StrEnum):
    """What can be said of a quote, best first."""

    VERBATIM = "verbatim"
    PUNCTUATION = "punctuation"
    CLOSE = "close"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Use:
    """Where a quote stands: the release, the number, key and text of the passage."""

    id: str
    title: str
    date: str
    source: str
    lang: str
    number: int
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class QuotePart:
    """One piece of what was asked, and what was found of it.

    ``releases`` hold its words in a row (of a close one, the words the archive has instead);
    ``first`` and ``latest`` are the earliest and the latest of them that are as good as the
    verdict. ``difference`` is empty unless the verdict is close.
    """

    text: str
    verdict: Verdict
    releases: int = 0
    first: Use | None = None
    latest: Use | None = None
    difference: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """A quote that was checked: in one part, or in the parts it had to be taken apart to."""

    text: str
    parts: tuple[QuotePart, ...]


def check_quote(engine: Engine, text: str) -> QuoteCheck:
    """Look for a quote as a whole; what an ellipsis parts, and sentences, one by one if need be."""
    text = " ".join(clean_text(text)[:MAX_QUERY_LENGTH].split())
    whole = text.strip(_QUOTES)
    if not surface_terms(whole):
        return QuoteCheck(text, ())
    parts = [part.strip(_QUOTES) for part in _ELISION.split(whole)]
    parts = [part for part in parts if surface_terms(part)]
    found = _checked(engine, parts[:_MAX_PARTS])
    return QuoteCheck(text, tuple(islice(found, _MAX_PARTS)))


def _checked(engine: Engine, parts: Sequence[str]) -> Iterator[QuotePart]:
    sentences = {part: _sentences(part) for part in parts}
    candidates = _CANDIDATES_IN_ALL // sum(map(len, sentences.values()))
    candidates = max(_FEWEST_CANDIDATES, min(_CANDIDATES, candidates))
    cut = cache(_cut)  # sentences of one quote are looked for in the same passages
    in_a_row, close = cache(partial(_in_a_row, engine)), cache(partial(_close, engine))
    for part in parts:
        found = in_a_row(part)
        if found is not None:
            yield found
            continue
        for sentence in sentences[part]:
            again = in_a_row(sentence) or close(sentence, candidates, cut)
            yield again or QuotePart(sentence, Verdict.NOT_FOUND)


def _sentences(text: str) -> list[str]:
    return [sentence.strip() for sentence in split_sentences(text) if surface_terms(sentence)]


def _cut(text: str) -> tuple[list[Token], Counter[str]]:
    tokens = tokenize(text)
    return tokens, Counter(token.term for token in tokens)


def _in_a_row(engine: Engine, text: str) -> QuotePart | None:
    """Return what is found of words that stand in a row somewhere, or None."""
    query = Phrase(text, surface_terms(text))
    total, first, verdict = _best_use(engine, query, text, Sort.OLDEST)
    if first is None:
        return None
    _, latest, _ = _best_use(engine, query, text, Sort.NEWEST, verdict)
    return QuotePart(text, verdict, total, first, latest)


def _best_use(
    engine: Engine, query: Phrase, text: str, sort: Sort, wanted: Verdict = Verdict.VERBATIM
) -> tuple[int, Use | None, Verdict]:
    """Return how many releases have the words, and the first in an order with the best verdict."""
    fallback: Use | None = None
    # The first use may be in a version that a later one stands for.
    request = replace(make_request(sort=sort, per_page=_LOOKED_AT), every_version=True)
    total, page = 0, 1
    while page == 1 or ((page - 1) * _LOOKED_AT < total and page <= _PAGES):
        answer = engine.search(request.on_page(page), query)
        total, page = answer.total, page + 1
        for stored, passage in ((s, p) for s, _ in answer.hits for p in s.passages):
            verdict = _compared(text, passage.text)
            good = verdict is Verdict.VERBATIM or verdict is wanted
            # Cutting a text into words takes far longer than finding a run of signs in it.
            if (good or not fallback) and _holds(passage, query.terms):
                if good:
                    return total, _use(stored, passage), verdict
                fallback = _use(stored, passage)
    return total, fallback, Verdict.PUNCTUATION


def _holds(passage: StoredPassage, terms: tuple[str, ...]) -> bool:
    width, there = len(terms), surface_terms(passage.text)
    return any(there[at : at + width] == terms for at in range(len(there) - width + 1))


def _compared(quote: str, passage: str) -> Verdict:
    """Compare sign by sign: only runs of blanks are taken for one, and no word may be cut."""
    text = " ".join(passage.split())
    at = text.find(quote)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(quote) : at + len(quote) + 1]
        if not (before.isalnum() and quote[0].isalnum()) and not (
            after.isalnum() and quote[-1].isalnum()
        ):
            return Verdict.VERBATIM
        at = text.find(quote, at + 1)
    return Verdict.PUNCTUATION


def _close(engine: Engine, text: str, candidates: int, cut: _Cutter) -> QuotePart | None:
    """Return the nearest stretch of any passage, or None when none is near enough.

    ``candidates`` releases are looked into; ``cut`` returns the tokens of a text and how often
    each term is among them.
    """
    tokens, wanted = cut(text)
    terms = [token.term for token in tokens]
    query = _likely(engine, terms)
    if query is None:
        return None
    best: tuple[QuotePart, Use] | None = None
    most = int((1 - CLOSE_FROM) * len(terms))  # words that may differ
    for stored, _ in engine.search(make_request(per_page=candidates), query).hits:
        for passage in stored.passages:
            there, held = cut(passage.text)
            # A word that the passage has not costs one: most passages need no aligning.
            if (wanted - held).total() > most:
                continue
            found = align(terms, [token.term for token in there])
            if found and found.distance <= most:
                runs = pieces(found, (text, tokens), (passage.text, there))
                written = passage.text[there[found.first].start : there[found.last].end]
                best = QuotePart(written, Verdict.CLOSE, difference=runs), _use(stored, passage)
                most = found.distance - 1
    if best is None:
        return None
    part, use = best
    uses = _in_a_row(engine, part.text)  # where the archive says what it says instead
    if uses is None:
        return replace(part, text=text, releases=1, first=use, latest=use)
    return replace(part, text=text, releases=uses.releases, first=uses.first, latest=uses.latest)


def _likely(engine: Engine, terms: Sequence[str]) -> Query | None:
    """Return a query for releases that may hold most of the words: rare ones and short phrases."""
    content = list(dict.fromkeys(t for t in terms if t not in STOP_WORDS)) or list(set(terms))
    counted = sorted((engine.frequency(stem(term)), term) for term in content)
    rare = [Word(term, (term,)) for count, term in counted if count][:_RARE_WORDS]
    threes = [tuple(terms[at : at + 3]) for at in range(len(terms) - 2)]
    step = max(1, len(threes) // _PHRASES)
    rows = [Phrase(" ".join(three), three) for three in threes[::step][:_PHRASES]]
    return Or((*rare, *rows)) if rare else None


def _use(stored: StoredRelease, passage: StoredPassage) -> Use:
    return Use(
        stored.id,
        stored.title,
        stored.date,
        stored.source,
        stored.lang,
        passage.number,
        passage_key(passage.number, passage.text),
        passage.text,
    )
