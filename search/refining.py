"""The second stage of ranking: what makes the best releases by BM25 the best answers.

The first stage scores every release that matches, by its words. The second looks again at the
first ``FED`` of them, at where the words stand, whom they name, and what the best of them are
about, and adds to their scores. Releases past these keep the order of the first stage, below.

Weights were chosen on Cranfield, MED and known items of three archives so that leaving any one of
them out chooses the same (``docs/ranking.md``); each lies where doubling or halving it changes
little.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from index.analysis import stem, stems
from search.columnar_postings import ColumnarPostings
from search.evidence import Evidence, find_evidence
from search.executor import Executor, loosened, required
from search.feedback import RELEASES, expansion, weight_for
from search.naming import Named, names_in
from search.ordering import kth_largest
from search.query import And, Query, Word, text_leaves
from search.ranking import K1, Floats, bm25, idf
from search.release_sets import Ordinals

LOOKED_INTO = 200
"""Releases whose passages are looked into."""
FED = 1_000
"""Releases that feedback may lift."""
MAX_STEMS = 12
"""The weightiest words of a long query whose places are looked up."""
PAIR_WEIGHT = 0.2
"""What two words of the query side by side are worth, beside a word as rare as they are so."""
PASSAGE_WEIGHT = 0.15
"""What the best passage alone is worth beside the whole release."""
NAME_WEIGHT = 0.25
"""What it is worth that a release is about the person, place or year named, beside a word as
rare."""
HEADLINE_WEIGHT = 0.5
"""What it is worth that the title is just what was typed, beside all that its words are worth."""
NAVIGATIONAL = 0.8
"""A release whose title holds so much of the query's weight is what was looked for: nothing is
guessed from what others like it are about."""
_HEADLINE_WORDS = 3
"""Fewer words are no headline, and many a title holds them."""

Texts = Callable[[Ordinals], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Part:
    """One reason for a score: its name in ``explain`` and what it adds to each candidate."""

    name: str
    scores: Floats


@dataclass(frozen=True, slots=True)
class Refined:
    """Scores of all releases after the second stage, and the parts it added.

    ``places`` are the candidates' places among the releases (ascending); each part has a score
    for each of them. ``added`` are the stems that feedback added, with their shares.
    """

    scores: Floats
    places: Ordinals
    parts: tuple[Part, ...] = ()
    added: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The distinct words of a query (the weightiest), their stems and idf, and which are pairs.

    ``content`` is the number of its words that count, ``typed`` of all of them.
    """

    words: tuple[Word, ...]
    stems: tuple[str, ...]
    idfs: tuple[float, ...]
    pairs: tuple[tuple[int, int], ...]
    content: int
    typed: int


class Refiner:
    """Refines the scores of one search.

    ``texts`` gives the text of releases, by ordinal, for feedback.
    """

    def __init__(self, postings: ColumnarPostings, executor: Executor, texts: Texts) -> None:
        self._postings = postings
        self._executor = executor
        self._texts = texts
        self._live = postings.columns.live

    def refine(self, query: Query, ordinals: Ordinals, scores: Floats) -> Refined:
        """Return the scores of releases (ascending ordinals) after the second stage."""
        words = plain_words(query)
        if not words or ordinals.size < 2:
            return Refined(scores, np.empty(0, np.intp))
        asked = self._asked(words, typed_words(query))
        places = _best(scores, FED)
        candidates, base = ordinals[places], scores[places]
        near = _best(base, LOOKED_INTO)
        evidence, parts = self._evidence(asked, candidates[near])
        parts = [Part(part.name, _spread(part.scores, near, places.size)) for part in parts]
        parts += self._named(asked, candidates)
        total = base + sum(part.scores for part in parts)
        added: dict[str, float] = {}
        if isinstance(query, And) and not _navigational(asked, evidence, total[near]):
            added, fed = self._fed(asked, candidates, total)
            parts += [Part("feedback", fed)] if added else []
            total = total + fed if added else total
        return Refined(_raised(scores, places, total), places, tuple(parts), added)

    def _asked(self, words: Sequence[Word], typed: int) -> _Asked:
        distinct = tuple(dict.fromkeys(words))
        values = [stem(w.joined) if w.joined else stems(w.terms[0])[0] for w in distinct]
        # A word that nothing holds is no word of what was looked for: it may be misspelt.
        known = [self._postings.frequency(value) > 0 for value in values]
        idfs = [
            self._executor.idfs.get(word, 0.0) if there else 0.0
            for word, there in zip(distinct, known, strict=True)
        ]
        order = sorted(range(len(distinct)), key=lambda place: -idfs[place])[:MAX_STEMS]
        number = {distinct[place]: at for at, place in enumerate(sorted(order))}
        kept = sorted(order)
        pairs = dict.fromkeys(
            (number[left], number[right])
            for left, right in zip(words, words[1:], strict=False)
            if left in number and right in number and left != right
        )
        return _Asked(
            tuple(distinct[place] for place in kept),
            tuple(values[place] for place in kept),
            tuple(idfs[place] for place in kept),
            tuple(pairs),
            len(words),
            typed,
        )

    def _evidence(self, asked: _Asked, releases: Ordinals) -> tuple[Evidence, list[Part]]:
        """Return what the places of the words say of releases, as it is and as scores."""
        evidence = Evidence.joined(
            [
                find_evidence(segment, local, asked.stems, asked.idfs, asked.pairs)
                for segment, local in self._postings.parts(releases)
            ]
        )
        norms = self._postings.norms.take(releases)
        fields = np.zeros(releases.size, np.float32)
        for column, value in enumerate(asked.stems):
            counted = self._postings.stem("text", value).weights_at(releases, self._live.slots)
            weighed = np.maximum(counted + evidence.extra[:, column], 0)
            weight = asked.idfs[column]
            fields += bm25(weighed, norms, weight) - bm25(counted, norms, weight)
        together = np.zeros(releases.size, np.float32)
        for column in range(len(asked.pairs)):
            counts = evidence.pairs[:, column]
            rarity = idf(self._live.size, int(np.count_nonzero(counts)))
            together += bm25(counts, norms, PAIR_WEIGHT * rarity)
        parts = [
            Part("where the words stand", fields),
            Part("words together", together),
            Part("best passage", evidence.passage * np.float32(PASSAGE_WEIGHT)),
            Part("the headline", _headline(asked, evidence)),
        ]
        return evidence, parts

    def _named(self, asked: _Asked, candidates: Ordinals) -> list[Part]:
        held = [self._postings.frequency(value) for value in asked.stems]
        terms = [word.terms[0] for word in asked.words]
        names: tuple[Named, ...] = names_in(terms, held, self._postings.columns)
        parts = []
        for named in names:
            rarity = idf(self._live.size, named.releases.size)
            worth = np.float32(NAME_WEIGHT * (K1 + 1) * rarity)
            scores = named.releases.holds(candidates).astype(np.float32) * worth
            parts.append(Part(f"{named.facet}: {' '.join(named.terms)}", scores))
        return parts

    def _fed(
        self, asked: _Asked, candidates: Ordinals, scores: Floats
    ) -> tuple[dict[str, float], Floats]:
        """Return the stems that the best releases add, and what they are worth elsewhere."""
        fed = np.zeros(candidates.size, np.float32)
        weight = weight_for(len(asked.words))
        best = np.argsort(-scores, kind="stable")[:RELEASES]
        best = best[scores[best] > 0]
        if not weight or not best.size:
            return {}, fed
        texts = self._texts(candidates[best])
        added = expansion(
            texts, scores[best].tolist(), self._live.size, self._postings.frequency
        )
        norms = self._postings.norms.take(candidates)
        for value, share in added.items():
            hits = self._postings.stem("text", value)
            weights = hits.weights_at(candidates, self._live.slots)
            rarity = idf(self._live.size, hits.releases.size)
            fed += bm25(weights, norms, rarity * share * weight * asked.content)
        return added, fed


def typed_words(query: Query) -> int:
    """Return how many words a query has, those that do not count among them."""
    children = query.children if isinstance(query, And) else (query,)
    return sum(len(child.terms) for child in children if isinstance(child, Word))


def _headline(asked: _Asked, evidence: Evidence) -> Floats:
    """Return what it is worth that a title is what was typed: all of it, and nothing else.

    The square of the product of both shares: half of a title is next to nothing, so that a
    question is not answered by whatever has its words for a title.
    """
    weights = np.array(asked.idfs, np.float32)
    total = float(weights.sum())
    if len(asked.words) < _HEADLINE_WORDS or not total:
        return np.zeros(evidence.passage.size, np.float32)
    held = evidence.titled @ weights / total
    words = evidence.titled.sum(axis=1) * (asked.typed / len(asked.words))
    filled = np.minimum(words / np.maximum(evidence.title_lengths, 1), 1)
    worth = HEADLINE_WEIGHT * (K1 + 1) * total
    return np.asarray(worth * (held * filled) ** 2, np.float32)


def plain_words(query: Query) -> tuple[Word, ...]:
    """Return the words of a query of words, in order as typed; none of any other query.

    Stop words are left out where they do not count; parts of hyphened words stand alone. Filters
    and what is left out (``-draft``) may stand beside the words; a quotation may not: what is
    quoted is wanted as it is.
    """
    if isinstance(query, Word):
        return (query,) if _plain(query) else ()
    if not isinstance(query, And):
        return ()
    words = []
    for child in required(loosened(query)):
        if isinstance(child, Word):
            if not _plain(child):
                return ()
            words.append(child)
        elif _asks_for_text(child):
            return ()
    return tuple(words)


def _plain(word: Word) -> bool:
    return len(word.terms) == 1 and not word.field


def _asks_for_text(query: Query) -> bool:
    return any(True for _ in text_leaves(query))


def _best(scores: Floats, count: int) -> Ordinals:
    """Return the places of about the ``count`` largest scores, ascending."""
    if scores.size <= count:
        return np.arange(scores.size)
    return np.flatnonzero(scores >= kth_largest(scores, count))[: 2 * count]


def _spread(scores: Floats, places: Ordinals, size: int) -> Floats:
    spread = np.zeros(size, np.float32)
    spread[places] = scores
    return spread


def _raised(scores: Floats, places: Ordinals, total: Floats) -> Floats:
    """Return all scores with those of the candidates replaced, none of them below the others."""
    found = scores.copy()
    found[places] = total
    return found


def _navigational(asked: _Asked, evidence: Evidence, scores: Floats) -> bool:
    """Whether the first release's title holds nearly all of the query."""
    if len(asked.words) < _HEADLINE_WORDS or not scores.size:
        return False
    first = int(np.argmax(scores))
    weights = np.array(asked.idfs, np.float32)
    return bool(weights[evidence.titled[first]].sum() >= NAVIGATIONAL * weights.sum())
