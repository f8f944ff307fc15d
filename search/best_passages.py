"""Choosing the passages of releases that answer a query best, for display."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from index.model import BlockKind
from search.highlight import Highlighter, escape, mark_cut
from search.nearness import Nearness
from search.page_matches import PageMatches
from search.request import HitPassage
from search.said_passages import SHOWN, Counts, Quotes, Shown, inside
from search.stored import StoredPassage

LOOKED_AT = 8
"""Passages of a release that are read to see whether words stand near each other, at most."""
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

_TITLE, _BOILERPLATE = BlockKind.TITLE, BlockKind.BOILERPLATE

Release = tuple[str, Sequence[StoredPassage]]
"""Title and passages."""
_NOT_SAID = 0.2
_Choice = list[tuple[float, int]]
"""Scores and numbers of texts."""


def best_passages(
    passages: Sequence[StoredPassage], highlighter: Highlighter, weights: Sequence[float]
) -> tuple[HitPassage, ...]:
    """Return up to ``SHOWN`` passages, best first, with the words of the query marked.

    ``weights`` says what each text leaf is worth. The title is shown as such and not chosen
    again. Where no passage holds a word of the query, the opening of the release is shown.
    """
    return best_of_page([("", passages)], highlighter, weights)[0][1]


def best_of_page(
    releases: Sequence[Release],
    highlighter: Highlighter,
    weights: Sequence[float],
    spoken: Sequence[Quotes] = (),
) -> list[Shown]:
    """Return the marked title and the ``best_passages`` of each release of a page, and counts.

    Looks at all of them together, which is several times quicker than one after another. Where
    ``spoken`` is given, the quotations asked for in each release, passages with one come first.
    """
    if highlighter.empty:
        quoted = spoken or [{}] * len(releases)
        return [
            (escape(title), _opening([p for p in passages if p.number in said] or passages), ())
            for (title, passages), said in zip(releases, quoted, strict=True)
        ]
    shown: list[StoredPassage] = []
    bounds = [0]
    for _, passages in releases:
        shown += [passage for passage in passages if passage.kind is not _TITLE]
        bounds.append(len(shown))
    first = len(releases)
    texts = [title for title, _ in releases] + [passage.text for passage in shown]
    kinds = [passage.kind for passage in shown]
    matches = highlighter.matches_of_all(texts, range(first))
    scores = _scores(kinds, matches, first, weights)
    _add_nearness(scores, shown, matches, bounds, highlighter.nearnesses, sum(weights))
    if spoken:
        _prefer_spoken(scores, shown, matches, bounds, spoken)
    chosen = _chosen(kinds, scores, bounds)
    wanted = [*range(first), *(at + first for choice in chosen for _, at in choice)]
    html = iter(mark_cut([(texts[at], matches.cuts(at)) for at in wanted]))
    titles = [next(html) for _ in releases]
    counts = _counts(kinds, matches, bounds)
    return [
        (title, tuple([_shown(shown[at], next(html), score) for score, at in choice]), found)
        if choice
        else (title, _opening(passages), found)
        for title, choice, (_, passages), found in zip(
            titles, chosen, releases, counts, strict=True
        )
    ]


def _counts(
    kinds: Sequence[BlockKind], matches: PageMatches, bounds: Sequence[int]
) -> list[Counts]:
    """Return how often each leaf stands in the titles, texts and boilerplate of releases.

    Their titles come first among the texts of ``matches``; passages begin and end at ``bounds``.
    """
    first = len(bounds) - 1
    # Some hundred small numbers: lists are quicker than arrays.
    rows: list[list[int]] = matches.counts.tolist()
    none = [0] * matches.counts.shape[1]
    found: list[Counts] = []
    for title, start, end in zip(rows, bounds, bounds[1:], strict=False):
        texts, repeated = rows[first + start : first + end], none
        if _BOILERPLATE in kinds[start:end]:
            told = list(zip(kinds[start:end], texts, strict=True))
            texts = [row for kind, row in told if kind is not _BOILERPLATE]
            repeated = _summed([row for kind, row in told if kind is _BOILERPLATE])
        found.append(tuple(zip(title, _summed(texts) if texts else none, repeated, strict=True)))
    return found


def _summed(rows: Sequence[Sequence[int]]) -> list[int]:
    return list(map(sum, zip(*rows, strict=True)))


def _add_nearness(
    scores: list[float],
    passages: Sequence[StoredPassage],
    matches: PageMatches,
    bounds: Sequence[int],
    asked: Sequence[Nearness],
    worth: float,
) -> None:
    """Put passages where words stand as near as was asked before those where they do not.

    Of each release the best that hold both are looked at, until there are enough to show.
    """
    first = len(bounds) - 1
    for nearness in asked:
        counts = matches.counts
        sides = [counts[first:, side].max(axis=1) for side in (nearness.left, nearness.right)]
        both = np.flatnonzero(np.minimum(*sides))
        for start, end in pairwise(both.searchsorted(bounds).tolist()):
            looked_at = sorted(both[start:end].tolist(), key=lambda at: (-scores[at], at))
            near = 0
            for at in looked_at[:LOOKED_AT]:
                if near < SHOWN and nearness.holds(passages[at].text):
                    near += 1
                    kind = _KIND_WEIGHT.get(passages[at].kind, 1.0)
                    scores[at] += kind * worth


def _scores(
    kinds: Sequence[BlockKind], matches: PageMatches, first: int, weights: Sequence[float]
) -> list[float]:
    """Return how well passages answer: distinct words first, then repetition and nearness.

    ``first`` is the number of the first passage among the texts of ``matches``. Passages without
    a word of the query have 0.
    """
    counts = np.ascontiguousarray(matches.counts[first:].T)
    words = np.zeros(len(kinds))
    for worth in np.array(weights, float)[:, None] * counts / (counts + 0.5):
        words += worth
    mean = sum(weights) / len(weights)
    worths = np.array([_KIND_WEIGHT.get(kind, 1.0) for kind in kinds], float)
    scores = worths * (words + _ADJACENT * mean * np.minimum(matches.adjacent()[first:], 2))
    scores[words == 0] = 0
    found: list[float] = scores.tolist()
    return found


def _prefer_spoken(
    scores: list[float],
    passages: Sequence[StoredPassage],
    matches: PageMatches,
    bounds: Sequence[int],
    spoken: Sequence[Quotes],
) -> None:
    """Weigh down the passages whose words are marked outside the quotations asked for."""
    first = len(spoken)
    for release, said in enumerate(spoken):
        for at in range(bounds[release], bounds[release + 1]):
            spans = said.get(passages[at].number, ())
            marked = matches.spans(at + first) if scores[at] and spans else []
            if not inside(marked, spans):
                scores[at] *= _NOT_SAID


def _chosen(
    kinds: Sequence[BlockKind], scores: Sequence[float], bounds: Sequence[int]
) -> list[_Choice]:
    """Return the best passages of each release; these begin and end at ``bounds``.

    Equal ones come in their order; boilerplate only where a release has nothing else.
    """
    found: list[_Choice] = []
    for start, end in pairwise(bounds):
        every = [(-score, at) for at, score in enumerate(scores[start:end], start) if score > 0]
        every.sort()
        if _BOILERPLATE in kinds[start:end]:
            every = [one for one in every if kinds[one[1]] is not _BOILERPLATE] or every
        least = every[0][0] * _WORTH_SHOWING if every else 0.0
        found.append([(-score, at) for score, at in every[:SHOWN] if score <= least])
    return found


def _opening(passages: Sequence[StoredPassage]) -> tuple[HitPassage, ...]:
    for passage in passages:
        if passage.kind in _OPENING:
            return (_shown(passage, escape(passage.text), 0.0),)
    return ()


def _shown(passage: StoredPassage, html: str, score: float) -> HitPassage:
    return HitPassage(passage.number, passage.kind, passage.text, html, round(score, 4))
