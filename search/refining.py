"""The second stage of ranking: what makes the best releases by BM25 the best answers.

The first stage scores every release that matches, by its words. The second looks again at the
first ``FED`` of them, at where the words stand, whom they name, and what the best of them are
about, and adds to their scores. Releases past these keep the order of the first stage, below.

Weights were chosen on Cranfield, MED and three kinds of known items together, each in a flat place:
``docs/ranking.md`` has what each part gives and what other weights would.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.asked import Asked, asked_of, plain_words
from search.columnar_postings import ColumnarPostings
from search.evidence import Evidence, find_evidence
from search.executor import Executor
from search.feedback import RELEASES, expansion, likeness_wanted, weight_for
from search.headline import HEADLINE_WORDS, likeness, overlap, share_held
from search.naming import Named, names_in
from search.ordering import kth_largest
from search.query import Query
from search.ranking import K1, Floats, bm25, bm25_sum, idf
from search.release_sets import Ordinals
from search.stored_reading import StoredReader, telling_text

LOOKED_INTO = 128
"""Releases whose passages are looked into."""
FED = 1_000
"""Releases that feedback may lift."""
PAIR_WEIGHT = 0.2
"""What two words of the query side by side are worth, beside a word as rare as they are so."""
PASSAGE_WEIGHT = 0.1
"""What the best passage alone is worth beside the whole release."""
NAME_WEIGHT = 0.25
"""What it is worth that a release is about the person, place or year named, beside a word as
rare."""
HEADLINE_WEIGHT = 0.7
"""What it is worth that the title is just what was typed, beside all that its words are worth."""
NAVIGATIONAL = 0.8
"""A release whose title holds so much of the query's weight is what was looked for: nothing is
guessed from what others like it are about."""
_LOOKED_FOR = 3
"""Of so many of the first any may be the one that was looked for."""
_READ = 10
"""Titles that are read and compared word by word,"""
_WORTH_READING = 0.4
"""of those at least so much like the query by the places of its words."""
_BY_STEMS = 0.8
"""What the likeness by places is worth where the words themselves differ more."""
_NAMED = 5
"""Words of feedback that are named in an explanation."""


@dataclass(frozen=True, slots=True)
class RankingOptions:
    """What an operator can choose: ``refined`` is the second stage; recency as in the settings."""

    refined: bool = True
    recency: float = 0.0
    half_life: float = 365.0


@dataclass(frozen=True, slots=True)
class Part:
    """One reason for a score: its name in ``explain`` and what it adds to each candidate.

    ``at`` are the places of those among the candidates that it adds to (ascending), None for all.
    """

    name: str
    scores: Floats
    at: Ordinals | None = None


@dataclass(frozen=True, slots=True)
class Refined:
    """Scores of all releases after the second stage, and the parts it added.

    ``places`` are the candidates' places among the releases (ascending).
    """

    scores: Floats
    places: Ordinals
    parts: tuple[Part, ...] = ()

    def of(self, place: int) -> list[tuple[str, float]]:
        """Return what each part adds to the release at a place, nothing left out but zeros."""
        at = _found(self.places, place)
        if at is None:
            return []
        found: list[tuple[str, float]] = []
        for part in self.parts:
            own = at if part.at is None else _found(part.at, at)
            if own is not None and part.scores[own]:
                found.append((part.name, float(part.scores[own])))
        return found


class Refiner:
    """Refines the scores of one search. ``stored`` reads what it compares of the best releases."""

    def __init__(
        self,
        postings: ColumnarPostings,
        executor: Executor,
        stored: StoredReader,
        options: RankingOptions,
    ) -> None:
        self._postings = postings
        self._executor = executor
        self._stored = stored
        self._options = options
        self._live = postings.columns.live

    def refine(self, query: Query, ordinals: Ordinals, scores: Floats) -> Refined:
        """Return the scores of releases (ascending ordinals) after the second stage."""
        places = _best(scores, FED)
        candidates, total = ordinals[places], scores[places]
        added: Floats | None = None
        parts: list[Part] = []
        words = plain_words(query) if self._options.refined and ordinals.size > 1 else ()
        if words:
            asked = asked_of(words, query, self._executor.idfs, self._postings)
            near = _best(total, LOOKED_INTO)
            evidence, held, parts = self._evidence(asked, candidates[near])
            added = np.zeros(places.size, np.float32)
            added[near] = sum(part.scores for part in parts)
            parts = [Part(part.name, part.scores, near) for part in parts]
            parts += self._named(asked, candidates)
            for part in parts:
                added = added if part.at is near else added + part.scores
            total = total + added
            fed = weight_for(len(asked.words))
            if fed and not _navigational(asked, evidence, total[near]):
                fed *= likeness_wanted(held[(-total[near]).argsort()[:_LOOKED_FOR]])
                for part in self._fed(asked, candidates, total, fed):
                    added = added + part.scores
                    parts.append(part)
        if self._options.recency and places.size:
            parts.append(self._recent(candidates, float(total.max())))
            added = parts[-1].scores if added is None else added + parts[-1].scores
        if added is None:
            return Refined(scores, places)
        refined = scores.copy()
        refined[places] += added
        return Refined(refined, places, tuple(parts))

    def _evidence(self, asked: Asked, releases: Ordinals) -> tuple[Evidence, Floats, list[Part]]:
        """Return what the places of the words say of releases, as it is and as scores.

        Between them which share of the query's weight each release holds.
        """
        evidence = Evidence.joined(
            [
                find_evidence(segment, kinds, local, asked.forms, asked.idfs, asked.pairs)
                for segment, kinds, local in self._postings.parts(releases)
            ]
        )
        norms = self._postings.norms.take(releases)
        hits = [self._executor.stem("text", value) for value in asked.stems]
        counted = np.array([found.weights_at(releases, self._live.slots) for found in hits])
        weighed = np.maximum(counted + evidence.extra.T, 0)
        fields = bm25_sum(weighed, norms, asked.idfs) - bm25_sum(counted, norms, asked.idfs)
        held = np.array(asked.idfs, np.float32) @ (counted > 0)
        together = np.zeros(releases.size, np.float32)
        if asked.pairs:
            often = np.count_nonzero(evidence.pairs, axis=0).tolist()
            rarities = [PAIR_WEIGHT * idf(self._live.size, count) for count in often]
            together = bm25_sum(evidence.pairs.T, norms, rarities)
        parts = [
            Part("where the words stand", fields),
            Part("words together", together),
            Part("best passage", evidence.passage * np.float32(PASSAGE_WEIGHT)),
            Part("the headline", self._headline(asked, evidence, releases)),
        ]
        for column, spelt in asked.corrected.items():
            worth = bm25(counted[column], norms, asked.idfs[column])
            parts.append(Part(f"spelt {spelt}", worth))
        return evidence, held / np.float32(max(sum(asked.idfs), 1e-9)), parts

    def _headline(self, asked: Asked, evidence: Evidence, releases: Ordinals) -> Floats:
        """Return what it is worth that a title is what was typed: all of it, and nothing else.

        The cube of how alike they are: half of a title is next to nothing, so that a question is
        not answered by whatever has its words for a title.
        """
        if len(asked.words) < HEADLINE_WORDS:
            return np.zeros(releases.size, np.float32)
        alike, held = likeness(asked, evidence), share_held(asked, evidence)
        likely = (alike >= _WORTH_READING).nonzero()[0]
        for place in likely[(-alike[likely]).argsort(kind="stable")[:_READ]].tolist():
            title = self._stored(int(releases[place])).title
            read = overlap(asked.terms, title) * held[place]
            alike[place] = max(_BY_STEMS * alike[place], read)
        worth = HEADLINE_WEIGHT * (K1 + 1) * sum(asked.idfs)
        return np.asarray(worth * alike**3, np.float32)

    def _named(self, asked: Asked, candidates: Ordinals) -> list[Part]:
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

    def _fed(self, asked: Asked, candidates: Ordinals, scores: Floats, weight: float) -> list[Part]:
        """Return what the words that the best releases share are worth in all candidates."""
        if not weight:
            return []
        best = (-scores).argsort(kind="stable")[:RELEASES]
        best = best[scores[best] > 0]
        if not best.size:
            return []
        added = expansion(
            [telling_text(self._stored(ordinal)) for ordinal in candidates[best].tolist()],
            scores[best].tolist(),
            self._live.size,
            self._postings.frequency,
        )
        if not added:
            return []
        hits = [self._executor.stem("text", value) for value in added]
        counts = [found.weights_at(candidates, self._live.slots) for found in hits]
        worth = [
            idf(self._live.size, found.releases.size) * share * weight * asked.content
            for found, share in zip(hits, added.values(), strict=True)
        ]
        fed = bm25_sum(np.array(counts), self._postings.norms.take(candidates), worth)
        named = ", ".join(list(added)[:_NAMED])
        return [Part(f"what the best are about: {named}", fed)]

    def _recent(self, candidates: Ordinals, best: float) -> Part:
        """Return what newness is worth: halved with each half-life before the newest release."""
        dates = self._postings.columns.dates
        newest = int(dates.newest_first[0]) if dates.dated else 0
        days = _days(dates.first[candidates])
        age = _days(dates.first[newest : newest + 1])[0] - days
        worth = self._options.recency * best * 0.5 ** (np.maximum(age, 0) / self._options.half_life)
        return Part("newness", np.where(days > 0, worth, 0).astype(np.float32))


def _days(numbers: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    """Return days YYYYMMDD as running numbers, about: months of 30.44 days; 0 for no date."""
    days = numbers // 10_000 * 365.25 + numbers // 100 % 100 * 30.44 + numbers % 100
    return np.asarray(np.where(numbers > 0, days, 0), np.int64)


def _best(scores: Floats, count: int) -> Ordinals:
    """Return the places of about the ``count`` largest scores, ascending."""
    if scores.size <= count:
        return np.arange(scores.size)
    places: Ordinals = (scores >= kth_largest(scores, count)).nonzero()[0]
    return places[: 2 * count]


def _found(ascending: Ordinals, wanted: int) -> int | None:
    """Return where a number stands among ascending ones, or None."""
    at = int(ascending.searchsorted(wanted))
    return at if at < ascending.size and ascending[at] == wanted else None


def _navigational(asked: Asked, evidence: Evidence, scores: Floats) -> bool:
    """Whether the first release's title holds nearly all of the query."""
    if len(asked.words) < HEADLINE_WORDS or not scores.size:
        return False
    first = int(np.argmax(scores))
    weights = np.array(asked.idfs, np.float32)
    return bool(weights[evidence.titled[first] > 0].sum() >= NAVIGATIONAL * weights.sum())
