"""Executing a query tree: which releases match, and with what score.

First the sets, rarest part first, then scores for the releases that are left, so that nothing is
scored that is not wanted. What it needs of an index is the ``Postings`` protocol. Words are
looked up and ranked on the release; phrases, patterns, misspelt words and words near each other
are looked up in the passages and folded to their releases.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from index.analysis import stem, stems
from search.needed import loosened, relaxable, required
from search.postings import Postings, TermHits
from search.query import (
    And,
    DateIn,
    FacetIs,
    Fuzzy,
    Near,
    Not,
    Or,
    Pattern,
    Phrase,
    Query,
    Said,
    Synonyms,
    TextLeaf,
    Word,
    is_wild,
    text_leaves,
)
from search.ranking import Floats, bm25, idf
from search.relaxing import FULL_FIRST, enough, following
from search.release_sets import Ordinals, ReleaseSet, intersection, union

_ALSO = 0.8
"""What another form of a name is worth beside the one that was typed."""


@dataclass(frozen=True, slots=True)
class Match:
    """The releases that match, and those among them that match in full.

    ``full`` is None when all do; else the query was relaxed and the others follow: after them
    when ``full_first``, else by score alone.
    """

    releases: ReleaseSet
    full: ReleaseSet | None = None
    full_first: bool = False


class Executor:
    """Evaluates one query tree, each distinct part of it once.

    ``idfs`` is filled on the way, for weighing passages.
    """

    def __init__(self, postings: Postings) -> None:
        self.idfs: dict[TextLeaf, float] = {}
        self._postings = postings
        self._live = postings.columns.live
        self._sets: dict[Query, ReleaseSet] = {}
        self._hits: dict[Query, TermHits] = {}
        self._stems: dict[tuple[str, str], TermHits] = {}
        self._norms: tuple[Ordinals | None, Floats] = (None, postings.norms)

    def match(self, query: Query) -> Match:
        """Return the releases that match a tree, relaxed where that applies."""
        strict = self.matching(query)
        if not isinstance(query, And) or query.whole:
            return Match(strict)
        relaxed = self._relaxed(query, strict)
        if relaxed is None:
            return Match(strict)
        return Match(relaxed, strict, len(relaxable(loosened(query))) <= FULL_FIRST)

    def matching(self, query: Query) -> ReleaseSet:
        """Return the releases that match a tree, strictly."""
        known = self._sets.get(query)
        return self._sets.setdefault(query, self._evaluated(query)) if known is None else known

    def scores(self, query: Query, ordinals: Ordinals, *, relaxed: bool) -> Floats | None:
        """Return the scores of releases (ascending) that match a tree, float32, (n,).

        None when nothing in the tree scores. ``relaxed``: they may lack some of the words.
        """
        if relaxed and isinstance(query, And):
            return self._sum(required(loosened(query)), ordinals, matching=False)
        return self._scores(query, ordinals, matching=True)

    def parts(
        self, query: Query, ordinals: Ordinals, *, relaxed: bool
    ) -> list[tuple[Query, Floats]]:
        """Return what each part at the top of the tree adds to ``scores``, repetitions summed."""
        children: tuple[Query, ...] = (query,)
        if isinstance(query, And):
            children = required(loosened(query) if relaxed else query)
        found: dict[Query, Floats] = {}
        for child in children:
            scores = self._scores(child, ordinals, matching=not relaxed)
            if scores is not None:
                found[child] = found[child] + scores if child in found else scores
        return list(found.items())

    def _evaluated(self, query: Query) -> ReleaseSet:
        if isinstance(query, And):
            return intersection([self.matching(child) for child in required(query)])
        if isinstance(query, Or):
            return union([self.matching(child) for child in query.children])
        if isinstance(query, Not):
            return self._live.without(self.matching(query.child))
        if isinstance(query, Word):
            return self._word(query)
        if isinstance(query, Phrase | Pattern | Fuzzy | Near | Said):
            return self._found(query)
        columns = self._postings.columns
        if isinstance(query, FacetIs):
            return columns.facets[query.facet].releases_with_words(query.terms)
        if isinstance(query, DateIn):
            return columns.dates.within(query.first_day, query.last_day)
        return self._live

    def _word(self, word: Word) -> ReleaseSet:
        found = self._found(word)
        if len(word.terms) == 1 or not word.joined:
            return found
        return union([found, self._set(self._closed(word))])

    def _found(self, leaf: TextLeaf | Near | Said) -> ReleaseSet:
        hits = self._hits[leaf] = self._looked_up(leaf)
        if isinstance(leaf, Near | Said):
            for part in text_leaves(leaf):  # what is marked and weighed
                self.matching(part)
        else:
            self.idfs[leaf] = idf(self._live.size, hits.releases.size)
        return self._set(hits)

    def stem(self, field: str, value: str) -> TermHits:
        """Return the releases with a stem in ``text`` or ``title``, decoded once for a query."""
        hits = self._stems.get((field, value))
        if hits is None:
            hits = self._stems[field, value] = self._postings.stem(field, value)
        return hits

    def _looked_up(self, leaf: TextLeaf | Near | Said) -> TermHits:
        postings = self._postings
        if isinstance(leaf, Word) and len(leaf.terms) == 1:
            # Where "e-mail" stands, "email" was indexed as well: the closed spelling finds both.
            value = stem(leaf.joined) if leaf.joined else stems(leaf.terms[0])[0]
            return self.stem(leaf.field or "text", value)
        if isinstance(leaf, Pattern):
            return postings.pattern(leaf.pattern, leaf.field)
        if isinstance(leaf, Fuzzy):
            return postings.fuzzy(leaf.term, leaf.distance, leaf.field)
        if isinstance(leaf, Near):
            return postings.near(leaf)
        if isinstance(leaf, Said):
            return postings.said(leaf)
        return postings.phrase(leaf.terms, leaf.field)

    def hits(self, leaf: TextLeaf) -> TermHits:
        """Return where a leaf of the query stands, without its closed spelling (``email``)."""
        self.matching(leaf)
        return self._hits[leaf]

    def _closed(self, word: Word) -> TermHits:
        """Return where the closed spelling of a hyphened word stands."""
        return self.stem(word.field or "text", stem(word.joined))

    def _set(self, hits: TermHits) -> ReleaseSet:
        return ReleaseSet(self._live.slots, ordinals=hits.releases)

    def _relaxed(self, query: And, strict: ReleaseSet) -> ReleaseSet | None:
        """Return the releases with enough of the words, or None when only those with all count.

        Applies to the plain words at the top of the tree, at least two; in a query of many words
        to its quotations too. Everything else at the top must hold still. Facets have no say in
        it, or choosing a value would show other releases than its count promised.
        """
        query = loosened(query)
        words = relaxable(query)
        if len(words) < 2 or strict.size >= enough(len(words)):
            return None
        sets = [self.matching(word) for word in words]
        weighed = [(found.ordinals, idf(self._live.size, found.size)) for found in sets]
        others = [self.matching(child) for child in required(query) if child not in words]
        found = following(weighed, intersection([self._live, *others]))
        if strict.size:
            found = union([found, strict])
        return found if found.size > strict.size else None

    def _scores(self, query: Query, ordinals: Ordinals, *, matching: bool) -> Floats | None:
        """Return what a part of the tree adds to the scores; ``matching``: all match it."""
        if isinstance(query, And):
            scores = self._sum(required(query), ordinals, matching=True)
            if matching or scores is None:
                return scores
            return scores * self.matching(query).holds(ordinals)
        if isinstance(query, Synonyms):
            return self._best(query, ordinals)
        if isinstance(query, Or):
            return self._sum(
                query.children, ordinals, matching=matching and len(query.children) < 2
            )
        if isinstance(query, Word):
            return self._word_scores(query, ordinals, matching)
        if isinstance(query, Phrase | Near):
            return self._together(query, ordinals, matching)
        if isinstance(query, Pattern | Fuzzy | Said):
            return self._term(self._hits[query], ordinals)
        return None

    def _sum(
        self, children: Iterable[Query], ordinals: Ordinals, *, matching: bool
    ) -> Floats | None:
        total: Floats | None = None
        for child in children:
            scores = self._scores(child, ordinals, matching=matching)
            if scores is not None:
                total = scores if total is None else total + scores
        return total

    def _best(self, query: Synonyms, ordinals: Ordinals) -> Floats | None:
        """Return what the best of the forms is worth, others than the typed one a little less."""
        best: Floats | None = None
        for place, child in enumerate(query.children):
            scores = self._scores(child, ordinals, matching=False)
            if scores is not None:
                scores = scores * np.float32(_ALSO if place else 1)
                best = scores if best is None else np.maximum(best, scores)
        return best

    def _word_scores(self, word: Word, ordinals: Ordinals, matching: bool) -> Floats:
        if len(word.terms) == 1:
            return self._term(self._hits[word], ordinals)
        together = self._together(word, ordinals, matching and not word.joined)
        return together + self._term(self._closed(word), ordinals) if word.joined else together

    def _together(self, leaf: Word | Phrase | Near, ordinals: Ordinals, matching: bool) -> Floats:
        """Score words that stand together: as a rare term of its own, and each word besides."""
        hits = self._hits[leaf]
        near, scores = isinstance(leaf, Near), self._term(hits, ordinals)
        for part in text_leaves(leaf):
            if isinstance(part, Pattern | Fuzzy):
                scores = scores + self._term(self._hits[part], ordinals)
            elif near or len(part.terms) > 1:
                for term in part.terms:
                    if not is_wild(term):
                        single = self.stem(part.field or "text", stems(term)[0])
                        scores = scores + self._term(single, ordinals)
        return scores if matching else scores * self._set(hits).holds(ordinals)

    def _term(self, hits: TermHits, ordinals: Ordinals) -> Floats:
        if self._norms[0] is not ordinals:
            self._norms = (ordinals, self._postings.norms.take(ordinals))
        weights = hits.weights_at(ordinals, self._live.slots)
        return bm25(weights, self._norms[1], idf(self._live.size, hits.releases.size))
