"""What the leaves of one query match, decided on tokens: the definition of a mark."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.analysis import STOP_WORDS, Token, stem, stems, tokenize
from search.distance import within_distance
from search.query import (
    TITLE,
    Fuzzy,
    Pattern,
    Phrase,
    Query,
    TextLeaf,
    Word,
    is_wild,
    text_leaves,
)
from search.words import group_end

Span = tuple[int, int]

_CACHED_CHUNK = 40
"""Chunks up to so many characters are kept with their tokens: most words that are not plain."""


@dataclass(frozen=True, slots=True)
class PassageMatches:
    """Where a text answers a query.

    ``spans`` are the characters to mark, half open, in order, without overlaps. ``counts`` says
    how often each leaf of ``text_leaves(query)`` occurs, stop words included, which are counted
    even where they are not marked.
    """

    spans: tuple[Span, ...]
    counts: tuple[int, ...]


class LeafTable:
    """The text leaves of a query, by what has to stand in a text for each to match.

    ``quiet`` leaves are counted and not marked, ``titled`` ones match in titles only. Leaves are
    named by their place in ``leaves``. Keeps what it decided for each term: for one request, not
    for sharing between threads.
    """

    def __init__(self, query: Query) -> None:
        self.leaves = tuple(text_leaves(query))
        self.titled = frozenset(at for at, leaf in enumerate(self.leaves) if leaf.field == TITLE)
        quiet = frozenset(at for at, leaf in enumerate(self.leaves) if _is_stop_word(leaf))
        self.quiet = quiet if len(quiet) < len(self.leaves) else frozenset()
        self.by_stem: dict[str, tuple[int, ...]] = {}
        self.sequences: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        self.wild: list[tuple[tuple[str, ...], int]] = []
        self.patterns: list[tuple[str, int]] = []
        self.fuzzy: list[tuple[Fuzzy, int]] = []
        for at, leaf in enumerate(self.leaves):
            self._add(leaf, at)
        self._inexact = bool(self.patterns or self.fuzzy)
        self._wild = [(tuple(map(_accepts, terms)), at) for terms, at in self.wild]
        self._regexes = [(pattern_regex(pattern), at) for pattern, at in self.patterns]
        self._decided: dict[str, tuple[int, ...]] = {}
        self._decided_joined: dict[str, tuple[int, ...]] = {"": ()}
        self._chunks: dict[str, list[tuple[int, int, int]]] = {}

    def _add(self, leaf: TextLeaf, at: int) -> None:
        if isinstance(leaf, Pattern):
            self.patterns.append((leaf.pattern, at))
        elif isinstance(leaf, Fuzzy):
            self.fuzzy.append((leaf, at))
        elif isinstance(leaf, Word) and len(leaf.terms) == 1:
            self._add_stem(stem(leaf.terms[0]), at)
        elif isinstance(leaf, Phrase) and leaf.wild:
            self.wild.append((leaf.terms, at))
        elif leaf.terms:
            self.sequences.setdefault(leaf.terms[0], []).append((leaf.terms, at))
        if isinstance(leaf, Word) and leaf.joined:
            self._add_stem(stem(leaf.joined), at)

    def _add_stem(self, value: str, at: int) -> None:
        self.by_stem[value] = (*self.by_stem.get(value, ()), at)

    def matches(self, text: str, *, title: bool = False) -> PassageMatches:
        """Return the occurrences of the leaves in ``text``, looking at every token."""
        counts = [0] * len(self.leaves)
        spans: list[Span] = []
        if self.leaves:
            skipped = frozenset() if title else self.titled
            for leaf, start, end in non_overlapping(self._found(text, tokenize(text))):
                if leaf not in skipped:
                    counts[leaf] += 1
                    if leaf not in self.quiet:
                        spans.append((start, end))
        return PassageMatches(tuple(_merged(spans)), tuple(counts))

    def in_chunk(self, chunk: str) -> list[tuple[int, int, int]]:
        """Return leaf, start and end of what a chunk holds, overlapping ones too.

        Of each leaf in the order that ``non_overlapping`` expects. Words of several terms are
        found in their closed spelling only, for otherwise they may reach over the chunk.
        """
        known = self._chunks.get(chunk)
        if known is None:
            tokens = _cached_tokens(chunk) if len(chunk) <= _CACHED_CHUNK else tokenize(chunk)
            known = self._chunks[chunk] = list(self._found(chunk, tokens, sequences=False))
        return known

    def _found(
        self, text: str, tokens: Sequence[Token], *, sequences: bool = True
    ) -> Iterable[tuple[int, int, int]]:
        """Yield leaf, start and end of all occurrences; of one place the longest first."""
        for at, token in enumerate(tokens):
            if sequences and token.term in self.sequences:
                for terms, leaf in self.sequences[token.term]:
                    if tuple(other.term for other in tokens[at : at + len(terms)]) == terms:
                        yield leaf, token.start, tokens[at + len(terms) - 1].end
            for accepted, leaf in self._wild if sequences else ():
                row = tokens[at : at + len(accepted)]
                if len(row) == len(accepted) and all(
                    accepts(other.term) for accepts, other in zip(accepted, row, strict=True)
                ):
                    yield leaf, token.start, row[-1].end
            if token.joined and (by_joined := self._by_joined(token.joined)):
                end = tokens[group_end(text, tokens, at) - 1].end
                for leaf in by_joined:
                    yield leaf, token.start, end
            for leaf in self.of_term(token.term):
                yield leaf, token.start, token.end

    def of_term(self, term: str) -> tuple[int, ...]:
        """Return the leaves that a surface term answers on its own."""
        decided = self._decided.get(term)
        if decided is None:
            values = stems(term)
            if len(values) == 1 and not self._inexact:
                return self.by_stem.get(values[0], ())
            found = [leaf for value in values for leaf in self.by_stem.get(value, ())]
            found += [leaf for regex, leaf in self._regexes if regex.match(term)]
            found += [leaf for fuzzy, leaf in self.fuzzy if is_like(term, fuzzy)]
            decided = self._decided[term] = tuple(sorted(set(found)))
        return decided

    def _by_joined(self, joined: str) -> tuple[int, ...]:
        decided = self._decided_joined.get(joined)
        if decided is None:
            decided = self._decided_joined[joined] = self.by_stem.get(stem(joined), ())
        return decided


@lru_cache(maxsize=50_000)
def _cached_tokens(chunk: str) -> list[Token]:
    return tokenize(chunk)


def non_overlapping(
    found: Iterable[tuple[int, int, int]],
) -> Iterable[tuple[int, int, int]]:
    """Yield leaf, start and end of what is found, without what overlaps the same leaf's last."""
    ends: dict[int, int] = {}
    for leaf, start, end in found:
        if start >= ends.get(leaf, 0):
            ends[leaf] = end
            yield leaf, start, end


def _accepts(term: str) -> Callable[[str], object]:
    """Return what says whether a surface term may stand for a term of a phrase."""
    return pattern_regex(term).match if is_wild(term) else term.__eq__


def pattern_regex(pattern: str) -> re.Pattern[str]:
    """Return the regular expression that matches whole terms as ``Pattern.pattern`` asks.

    Each ``*`` takes the shortest run that lets the letters after it match and never takes it
    back, so the time is proportional to term and pattern whatever the pattern.
    """
    head, *rest = (
        "".join("." if c == "?" else re.escape(c) for c in p) for p in pattern.split("*")
    )
    if not rest:
        return re.compile(head + r"\Z", re.DOTALL)
    middle = "".join(f"(?>.*?{piece})" for piece in rest[:-1] if piece)
    return re.compile(f"{head}{middle}.*{rest[-1]}\\Z", re.DOTALL)


def is_like(term: str, fuzzy: Fuzzy) -> bool:
    """Whether a surface term is the fuzzy word with at most its number of wrong letters.

    The first letter must be right: misspellings rarely touch it, and the index is searched so.
    """
    if term[:1] != fuzzy.term[:1] or abs(len(term) - len(fuzzy.term)) > fuzzy.distance:
        return False
    if len({*term} ^ {*fuzzy.term}) > 2 * fuzzy.distance:  # an edit changes two letters at most
        return False
    return within_distance(*_without_common_ends(term, fuzzy.term), fuzzy.distance)


def _without_common_ends(first: str, second: str) -> tuple[str, str]:
    """Take off what both words begin and end with: it is not edited."""
    start, most = 0, min(len(first), len(second))
    while start < most and first[start] == second[start]:
        start += 1
    end = 0
    while end < most - start and first[-1 - end] == second[-1 - end]:
        end += 1
    return first[start : len(first) - end], second[start : len(second) - end]


def _is_stop_word(leaf: TextLeaf) -> bool:
    return isinstance(leaf, Word) and len(leaf.terms) == 1 and leaf.terms[0] in STOP_WORDS


def _merged(spans: list[Span]) -> list[Span]:
    """Return the spans in order, overlapping ones as one; touching ones stay apart."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
