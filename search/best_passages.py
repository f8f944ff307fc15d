"""Choosing the passages of a release that answer a query best, for display."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from index.model import BlockKind
from search.highlight import Highlighter, PassageMatches
from search.request import HitPassage
from search.stored import StoredPassage

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


def best_passages(
    passages: Sequence[StoredPassage], highlighter: Highlighter, weights: Sequence[float]
) -> tuple[HitPassage, ...]:
    """Return up to ``SHOWN`` passages, best first, with the words of the query marked.

    ``weights`` says what each text leaf is worth. The title is shown as such and not chosen
    again. Where no passage holds a word of the query, the opening of the release is shown.
    """
    scored = []
    for passage in passages:
        if passage.kind is BlockKind.TITLE or highlighter.empty:
            continue
        matches = highlighter.matches(passage.text)
        score = passage_score(passage, matches, weights)
        if score > 0:
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


def passage_score(
    passage: StoredPassage, matches: PassageMatches, weights: Sequence[float]
) -> float:
    """Return how well a passage answers: its distinct words first, repetition and nearness."""
    found = zip(weights, matches.counts, strict=True)
    words = sum(weight * count / (count + 0.5) for weight, count in found)
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
