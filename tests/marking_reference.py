"""Marking and choosing passages as defined: every token of every text is looked at.

The product finds the same with array operations over whole pages of results.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from html import escape
from itertools import pairwise

from index.analysis import STOP_WORDS, Token, stem, stems, surface_terms, tokenize
from index.model import BlockKind
from search.best_passages import LOOKED_AT
from search.distance import within_distance
from search.query import (
    TITLE,
    And,
    Fuzzy,
    Near,
    Pattern,
    Phrase,
    Query,
    TextLeaf,
    Word,
    text_leaves,
)
from search.request import HitPassage
from search.stored import StoredPassage
from search.words import group_end
from tests.oracle import near, places

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PassageMatches:
    """Where a text answers a query.

    ``spans`` are the characters to mark, half open, in order, without overlaps. ``counts`` says
    how often each leaf of ``text_leaves(query)`` occurs, stop words included, which are counted
    even where they are not marked.
    """

    spans: tuple[Span, ...]
    counts: tuple[int, ...]


class ReferenceHighlighter:
    """Finds and marks the words of one query in any number of texts.

    Words are marked in every inflection, phrases as a whole and verbatim. A word like "the" is
    marked only when the query has nothing else to mark or has it in a phrase. Keeps what it
    decided for each term, so use one per request; not for sharing between threads.
    """

    def __init__(self, query: Query) -> None:
        self._leaves = tuple(text_leaves(query))
        children = query.children if isinstance(query, And) else (query,)
        self.nears = [child for child in children if isinstance(child, Near)]
        self._titled = frozenset(at for at, leaf in enumerate(self._leaves) if leaf.field == TITLE)
        quiet = frozenset(at for at, leaf in enumerate(self._leaves) if _is_stop_word(leaf))
        self._quiet = quiet if len(quiet) < len(self._leaves) else frozenset()
        self._stems: dict[str, list[int]] = {}
        self._joined: dict[str, list[int]] = {}
        self._sequences: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        self._wild: list[tuple[tuple[str, ...], int]] = []
        self._patterns: list[tuple[re.Pattern[str], int]] = []
        self._fuzzy: list[tuple[Fuzzy, int]] = []
        for at, leaf in enumerate(self._leaves):
            self._add(leaf, at)
        self._decided: dict[str, tuple[int, ...]] = {}
        self._decided_joined: dict[str, tuple[int, ...]] = {"": ()}

    def _add(self, leaf: TextLeaf, at: int) -> None:
        if isinstance(leaf, Pattern):
            self._patterns.append((pattern_regex(leaf.pattern), at))
        elif isinstance(leaf, Fuzzy):
            self._fuzzy.append((leaf, at))
        elif isinstance(leaf, Word) and len(leaf.terms) == 1:
            self._stems.setdefault(stem(leaf.terms[0]), []).append(at)
        elif isinstance(leaf, Phrase) and leaf.wild:
            self._wild.append((leaf.terms, at))
        elif leaf.terms:
            self._sequences.setdefault(leaf.terms[0], []).append((leaf.terms, at))
        if isinstance(leaf, Word) and leaf.joined:
            self._joined.setdefault(stem(leaf.joined), []).append(at)

    @property
    def empty(self) -> bool:
        """Whether the query has nothing that could be marked."""
        return not self._leaves

    def matches(self, text: str, *, title: bool = False) -> PassageMatches:
        """Return the occurrences of the query's words in ``text``.

        Words limited to the title are looked for only when ``title`` says that this is one.
        """
        counts = [0] * len(self._leaves)
        if self.empty:
            return PassageMatches((), ())
        skipped = frozenset() if title else self._titled
        tokens = tokenize(text)
        spans: list[Span] = []
        ends = [0] * len(self._leaves)  # where each leaf's last occurrence ends, in tokens
        for at, token in enumerate(tokens):
            for leaf, end in self._found_at(text, tokens, at):
                if leaf in skipped or at < ends[leaf]:
                    continue
                counts[leaf] += 1
                ends[leaf] = end
                if leaf not in self._quiet:
                    spans.append((token.start, tokens[end - 1].end))
        return PassageMatches(tuple(_merged(spans)), tuple(counts))

    def mark(self, text: str, matches: PassageMatches | None = None) -> str:
        """Return ``text`` as HTML: escaped, with ``<mark>`` around what was asked for.

        A mark never reaches over the end of a line.
        """
        spans = (self.matches(text) if matches is None else matches).spans
        html: list[str] = []
        done = 0
        for start, end in _line_pieces(text, spans):
            html += (escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>")
            done = end
        html.append(escape(text[done:]))
        return "".join(html)

    def _found_at(self, text: str, tokens: Sequence[Token], at: int) -> Iterable[tuple[int, int]]:
        """Return leaf and end (in tokens) of what occurs at the token, longest first."""
        token = tokens[at]
        single = self._single(token.term)
        if not token.joined and token.term not in self._sequences and not self._wild:
            return [(leaf, at + 1) for leaf in single]
        found = [
            (leaf, at + len(terms))
            for terms, leaf in self._sequences.get(token.term, ())
            if tuple(other.term for other in tokens[at : at + len(terms)]) == terms
        ]
        found += [
            (leaf, at + len(terms))
            for terms, leaf in self._wild
            if at + len(terms) <= len(tokens)
            and all(
                fnmatchcase(other.term, term)
                for other, term in zip(tokens[at:], terms, strict=False)
            )
        ]
        if by_joined := self._by_joined(token.joined):
            end = group_end(text, tokens, at)
            found += [(leaf, end) for leaf in by_joined]
        return found + [(leaf, at + 1) for leaf in single]

    def _single(self, term: str) -> tuple[int, ...]:
        """Return the leaves that a surface term answers on its own."""
        decided = self._decided.get(term)
        if decided is None:
            found = {leaf for value in stems(term) for leaf in self._by_stem(value)}
            found.update(leaf for regex, leaf in self._patterns if regex.match(term))
            found.update(leaf for fuzzy, leaf in self._fuzzy if is_like(term, fuzzy))
            decided = self._decided[term] = tuple(sorted(found))
        return decided

    def _by_joined(self, joined: str) -> tuple[int, ...]:
        decided = self._decided_joined.get(joined)
        if decided is None:
            decided = tuple(sorted(self._by_stem(stem(joined))))
            self._decided_joined[joined] = decided
        return decided

    def _by_stem(self, value: str) -> list[int]:
        return self._stems.get(value, []) + self._joined.get(value, [])


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
    return term[:1] == fuzzy.term[:1] and within_distance(term, fuzzy.term, fuzzy.distance)


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


def _line_pieces(text: str, spans: Iterable[Span]) -> Iterable[Span]:
    for start, end in spans:
        if "\n" not in text[start:end] and "\r" not in text[start:end]:
            yield start, end
            continue
        for line in re.finditer(r"[^\r\n]+", text[start:end]):
            piece = line[0]
            left = start + line.start() + len(piece) - len(piece.lstrip())
            right = start + line.start() + len(piece.rstrip())
            if left < right:
                yield left, right


SHOWN = 3
"""Passages shown under a result, at most."""
_WORTH_SHOWING = 0.4
"""A further passage must score this share of the best one."""
_ADJACENT = 0.5
"""What two marked words side by side add, as a share of a mean word's worth; at most twice."""

_KIND_WEIGHT = {
    BlockKind.SUMMARY: 0.9,
    BlockKind.HEADING: 0.6,
    BlockKind.CAPTION: 0.7,
    BlockKind.CONTACT: 0.3,
    BlockKind.BOILERPLATE: 0.3,
}
_OPENING = (BlockKind.SUMMARY, BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST)


def reference_best_passages(
    passages: Sequence[StoredPassage], highlighter: ReferenceHighlighter, weights: Sequence[float]
) -> tuple[HitPassage, ...]:
    """Return up to ``SHOWN`` passages, best first, with the words of the query marked.

    ``weights`` says what each text leaf is worth. The title is shown as such and not chosen
    again. Where no passage holds a word of the query, the opening of the release is shown.
    """
    scored = []
    telling = any(
        passage.kind not in (BlockKind.BOILERPLATE, BlockKind.TITLE)
        and _passage_score(passage, highlighter.matches(passage.text), weights) > 0
        for passage in passages
    )
    for passage in passages:
        if passage.kind is BlockKind.TITLE or highlighter.empty:
            continue
        matches = highlighter.matches(passage.text)
        score = _passage_score(passage, matches, weights)
        for asked in highlighter.nears if score else ():
            rank = sum(
                (-other, number) < (-score, passage.number)
                for other, number in _holding_both(asked, passages, highlighter, weights)
            )
            if rank < LOOKED_AT and near(asked, surface_terms(passage.text)):
                score += _KIND_WEIGHT.get(passage.kind, 1.0) * sum(weights)
        if score > 0 and not (telling and passage.kind is BlockKind.BOILERPLATE):
            scored.append((score, passage, matches))
    if not scored:
        return _opening(passages)
    scored.sort(key=lambda item: (-item[0], item[1].number))
    least = scored[0][0] * _WORTH_SHOWING
    return tuple(
        _shown(passage, highlighter.mark(passage.text, matches), score)
        for score, passage, matches in scored[:SHOWN]
        if score >= least
    )


def _holding_both(
    asked: Near,
    passages: Sequence[StoredPassage],
    highlighter: ReferenceHighlighter,
    weights: Sequence[float],
) -> Iterable[tuple[float, int]]:
    """Yield score and number of the passages in which both parts stand, near or not."""
    for passage in passages:
        terms = surface_terms(passage.text)
        if passage.kind is not BlockKind.TITLE and all(
            any(places(leaf, terms) for leaf in text_leaves(part))
            for part in (asked.left, asked.right)
        ):
            matches = highlighter.matches(passage.text)
            yield _passage_score(passage, matches, weights), passage.number


def _passage_score(
    passage: StoredPassage, matches: PassageMatches, weights: Sequence[float]
) -> float:
    """Return how well a passage answers: its distinct words first, repetition and nearness."""
    found = zip(weights, matches.counts, strict=True)
    words = 0.0
    for weight, count in found:  # one after another: ``sum`` rounds otherwise in newer Pythons
        words += weight * count / (count + 0.5)
    if not words:
        return 0.0
    spans = matches.spans
    adjacent = sum(not passage.text[end:start].strip() for (_, end), (start, _) in pairwise(spans))
    mean = sum(weights) / len(weights)
    return _KIND_WEIGHT.get(passage.kind, 1.0) * (words + _ADJACENT * mean * min(adjacent, 2))


def _opening(passages: Sequence[StoredPassage]) -> tuple[HitPassage, ...]:
    for passage in passages:
        if passage.kind in _OPENING:
            return (_shown(passage, escape(passage.text), 0.0),)
    return ()


def _shown(passage: StoredPassage, html: str, score: float) -> HitPassage:
    return HitPassage(passage.number, passage.kind, passage.text, html, round(score, 4))
