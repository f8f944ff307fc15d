"""The query tree in the query classes of plain Whoosh, ranked as ``search/ranking.py`` ranks.

What the executor does on arrays is said here again in Whoosh's terms, over any index that Whoosh
can open: words are ranked on the releases, what is looked up in the passages is folded to their
releases, conditions add nothing to a score.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from functools import lru_cache, reduce
from typing import Any

from whoosh import query, scoring
from whoosh.matching import (
    AndMaybeMatcher,
    IntersectionMatcher,
    Matcher,
    NullMatcher,
    WrappingMatcher,
)
from whoosh.query.spans import Span, SpanWrappingMatcher
from whoosh.reading import IndexReader
from whoosh.searching import SearchContext, Searcher

from index.analysis import stem, stems, surface_terms
from search.needed import required
from search.query import (
    ANY_WORD,
    And,
    DateIn,
    Everything,
    FacetIs,
    Fuzzy,
    Near,
    NearPart,
    Not,
    Or,
    Pattern,
    Phrase,
    Query,
    TextLeaf,
    Word,
    is_wild,
    text_leaves,
)
from search.ranking import K1, B
from search.request import period_bounds
from tests.oracle import in_order, like

RELEASES = query.Term("level", "release")
TITLES = query.Term("kind", "title")
STEMS = ("text", "title")


class ReleaseRanking(scoring.WeightingModel):
    """BM25F on the stems of releases; what is found in passages scores its occurrences.

    Statistics are of what is not deleted, in all segments together. One object serves one index.
    """

    def __init__(self, reader: IndexReader) -> None:
        self._leaves = [leaf for leaf, _ in reader.leaf_readers()]
        lengths = [
            leaf.doc_field_length(number, "text")
            for leaf in self._leaves
            for number in leaf.postings("level", "release").all_ids()
        ]
        self.releases = len(lengths)
        self.average = max(sum(lengths) / len(lengths), 1.0)
        self.matching = lru_cache(maxsize=None)(self._matching)

    def _matching(self, field: str, text: bytes) -> int:
        holding = [leaf for leaf in self._leaves if (field, text) in leaf]
        return sum(len(list(leaf.postings(field, text).all_ids())) for leaf in holding)

    def score(self, weight: float, length: int, matching: int) -> float:
        idf = math.log(1 + (self.releases - matching + 0.5) / (matching + 0.5))
        norm = K1 * (1 - B + B * length / self.average)
        return idf * (K1 + 1) * weight / (weight + norm)

    def scorer(self, searcher: Searcher, fieldname: str, text: bytes, qf: int = 1) -> Any:
        if fieldname in STEMS:
            return ReleaseScorer(self, searcher, fieldname, text)
        return scoring.WeightScorer.for_(searcher, fieldname, text)


class ReleaseScorer(scoring.WeightLengthScorer):
    """Scores one stem by its weight and the length of the whole text."""

    def __init__(
        self, ranking: ReleaseRanking, searcher: Searcher, fieldname: str, text: bytes
    ) -> None:
        self._ranking = ranking
        self._count = ranking.matching(fieldname, text)
        self.setup(searcher, fieldname, text)
        self.dfl = lambda number: searcher.doc_field_length(number, "text")

    def _score(self, weight: float, length: int) -> float:
        return self._ranking.score(weight, length, self._count)


class _Scored(WrappingMatcher):
    """Matches as its child does, with another score."""

    def __init__(self, child: Matcher, score: Callable[[Matcher], float]) -> None:
        super().__init__(child)
        self._score = score

    def _replacement(self, newchild: Matcher) -> Matcher:
        return _Scored(newchild, self._score)

    def supports_block_quality(self) -> bool:
        return False

    def score(self) -> float:
        return self._score(self.child)


class Condition(query.WrappingQuery):
    """Holds or not; adds nothing to a score."""

    def matcher(self, searcher: Searcher, context: SearchContext | None = None) -> Matcher:
        return _Scored(self.child.matcher(searcher, context), lambda _: 0.0)


class SpanCount(query.WrappingQuery):
    """Scores how often a phrase stands in the passage: in how many places it begins."""

    def matcher(self, searcher: Searcher, context: SearchContext | None = None) -> Matcher:
        return _Scored(
            self.child.matcher(searcher, context),
            lambda m: float(len({span.start for span in m.spans()})),
        )


class Nearness(query.Query):
    """Passages with two things near each other; its spans are those of the left one there."""

    def __init__(self, left: query.Query, right: query.Query, within: int) -> None:
        self._parts = (left, right)
        self._within = within

    def estimate_size(self, ixreader: IndexReader) -> int:
        return min(part.estimate_size(ixreader) for part in self._parts)

    def matcher(self, searcher: Searcher, context: SearchContext | None = None) -> Matcher:
        left, right = (part.matcher(searcher, context) for part in self._parts)
        return self.NearMatcher(left, right, self._within)

    class NearMatcher(SpanWrappingMatcher):
        def __init__(self, left: Matcher, right: Matcher, within: int) -> None:
            self._left, self._right, self._within = left, right, within
            super().__init__(IntersectionMatcher(left, right))

        def _get_spans(self) -> list[Span]:
            others = self._right.spans()
            return [span for span in self._left.spans() if any(self._near(span, o) for o in others)]

        def _near(self, one: Span, other: Span) -> bool:
            apart = max(other.start - one.end, one.start - other.end)  # below 1: they overlap
            return apart >= 1 and (not self._within or apart <= self._within)

        def replace(self, minquality: float = 0) -> Matcher:
            return self if self.is_active() else NullMatcher()


class Row(query.Query):
    """Passages with things in a row, each so many words after the first; spans of the whole."""

    def __init__(self, parts: list[query.Query], places: list[int], length: int) -> None:
        self._parts, self._places, self._length = parts, places, length

    def estimate_size(self, ixreader: IndexReader) -> int:
        return min(part.estimate_size(ixreader) for part in self._parts)

    def matcher(self, searcher: Searcher, context: SearchContext | None = None) -> Matcher:
        parts = [part.matcher(searcher, context) for part in self._parts]
        return self.RowMatcher(parts, self._places, self._length)

    class RowMatcher(SpanWrappingMatcher):
        def __init__(self, parts: list[Matcher], places: list[int], length: int) -> None:
            self._parts, self._places, self._length = parts, places, length
            super().__init__(reduce(IntersectionMatcher, parts))

        def _get_spans(self) -> list[Span]:
            begun = [
                {span.start - place for span in part.spans()}
                for part, place in zip(self._parts, self._places, strict=True)
            ]
            starts = sorted(set.intersection(*begun))
            return [Span(start, start + self._length - 1) for start in starts]

        def replace(self, minquality: float = 0) -> Matcher:
            return self if self.is_active() else NullMatcher()


class Alternatives(query.Or):
    """Any of several things; of those that begin at one place the spans of all."""

    matcher_type = query.Or.DEFAULT_MATCHER


class Expanded(query.MultiTerm):
    """Any of the terms of a field that a function accepts."""

    constantscore = False
    boost = 1.0

    def __init__(self, fieldname: str, accepts: Callable[[str], bool]) -> None:
        self.fieldname = fieldname
        self._accepts = accepts

    def _btexts(self, ixreader: IndexReader) -> Iterable[bytes]:
        return [term for term in ixreader.lexicon(self.fieldname) if self._accepts(term.decode())]


class AnyOf(query.Or):
    """Or, by stepping through the parts: Whoosh's faster way loses what scores nothing."""

    matcher_type = query.Or.DEFAULT_MATCHER


class Besides(query.AndMaybe):
    """The first part, and where the second holds too, its score besides."""

    class matcherclass(AndMaybeMatcher):
        def replace(self, minquality: float = 0) -> Matcher:
            # Whoosh's own asks both parts for their best score, which not every part knows.
            return self if self.is_active() else NullMatcher()

        def skip_to(self, id: int) -> None:
            # Whoosh's own moves the second part to ``id``, not to where the first one comes out.
            self.a.skip_to(id)
            if self.a.is_active() and self.b.is_active():
                self.b.skip_to(self.a.id())


class Folded(query.NestedParent):
    """The releases of the passages found, each scored by the sum of its passages' scores.

    That sum is taken for the weight of a term that all these releases hold.
    """

    def __init__(self, child: query.Query) -> None:
        super().__init__(RELEASES, child)

    def matcher(self, searcher: Searcher, context: SearchContext | None = None) -> Matcher:
        ranking: ReleaseRanking = searcher.weighting
        leaves = searcher.get_parent().leaf_searchers()
        matching = sum(len(list(self._fold(leaf).all_ids())) for leaf, _ in leaves)

        def score(folded: Matcher) -> float:
            length = searcher.doc_field_length(folded.id(), "text")
            return ranking.score(folded.score(), length, matching)

        return _Scored(self._fold(searcher), score)

    def _fold(self, searcher: Searcher) -> Matcher:
        return super().matcher(searcher, searcher.context(needs_current=True))

    class NestedParentMatcher(query.NestedParent.NestedParentMatcher):
        def skip_to(self, id: int) -> None:
            # Whoosh's own leaves out the release it stands at when that is the one asked for.
            while self.is_active() and self.id() < id:
                self.next()


def translate(tree: Query) -> query.Query:
    """Return a tree as a query of plain Whoosh, for searchers that rank by ``ReleaseRanking``."""
    if isinstance(tree, And):
        return query.And([translate(child) for child in required(tree)])
    if isinstance(tree, Or):
        return AnyOf([translate(child) for child in tree.children])
    if isinstance(tree, Not):
        return query.AndNot(Condition(RELEASES), translate(tree.child))
    if isinstance(tree, Everything):
        return Condition(RELEASES)
    if isinstance(tree, Word):
        return _word(tree)
    if isinstance(tree, Phrase):
        return _sequence(tree)
    if isinstance(tree, FacetIs):
        terms = tree.terms
        return Condition(Expanded(tree.facet, lambda value: in_order(terms, surface_terms(value))))
    if isinstance(tree, DateIn):
        return Condition(Expanded("date", lambda value: _lies_in(value, tree)))
    return _near(tree) if isinstance(tree, Near) else _expansion(tree)


def _lies_in(value: str, wanted: DateIn) -> bool:
    first, last = period_bounds(value)
    after = not wanted.first_day or first >= wanted.first_day
    return after and (not wanted.last_day or last <= wanted.last_day)


def _word(word: Word) -> query.Query:
    if len(word.terms) > 1:
        together = _sequence(word)
        return AnyOf([together, _stem(word, stem(word.joined))]) if word.joined else together
    return _stem(word, stem(word.joined) if word.joined else stems(word.terms[0])[0])


def _stem(leaf: Word | Phrase, value: str) -> query.Query:
    return query.Term(leaf.field or "text", value)


def _sequence(leaf: Word | Phrase) -> query.Query:
    found = _folded(SpanCount(_spans(leaf) if len(leaf.terms) > 1 else _row(leaf)), leaf.field)
    for term in leaf.terms if len(leaf.terms) > 1 else ():
        if is_wild(term):
            continue
        found = Besides(found, _stem(leaf, stems(term)[0]))
    return found


def _near(asked: Near) -> query.Query:
    parts = (asked.left, asked.right)
    together = SpanCount(Nearness(*map(_spans_of_part, parts), asked.within))
    found = _folded(together, asked.field)
    for part in text_leaves(asked):
        if isinstance(part, Pattern | Fuzzy):
            found = Besides(found, _expansion(part))
            continue
        for term in part.terms:
            if is_wild(term):
                continue
            found = Besides(found, _stem(part, stems(term)[0]))
    return found


def _spans_of_part(part: NearPart) -> query.Query:
    leaves = [_spans(leaf) for leaf in text_leaves(part)]
    return leaves[0] if len(leaves) == 1 else Alternatives(leaves)


def _row(leaf: Word | Phrase) -> query.Query:
    if not any(map(is_wild, leaf.terms)):
        return query.Phrase("surface", list(leaf.terms))
    places = [at for at, term in enumerate(leaf.terms) if term != ANY_WORD]
    return Row([_of_term(leaf.terms[at]) for at in places], places, len(leaf.terms))


def _of_term(term: str) -> query.Query:
    if is_wild(term):
        return Expanded("surface", lambda other: fnmatchcase(other, term))
    return query.Term("surface", term)


def _spans(leaf: TextLeaf) -> query.Query:
    if isinstance(leaf, Pattern):
        return Expanded("surface", lambda term: fnmatchcase(term, leaf.pattern))
    if isinstance(leaf, Fuzzy):
        return Expanded("surface", lambda term: like(leaf, term))
    if isinstance(leaf, Phrase) or len(leaf.terms) > 1:
        return _row(leaf)
    value = stem(leaf.joined) if leaf.joined else stems(leaf.terms[0])[0]
    return Expanded("surface", lambda term: value in stems(term))


def _expansion(leaf: Query) -> query.Query:
    if isinstance(leaf, Pattern):
        asked = query.Wildcard("surface", leaf.pattern, constantscore=False)
        return _folded(asked, leaf.field)
    assert isinstance(leaf, Fuzzy)
    return _folded(Expanded("surface", lambda term: like(leaf, term)), leaf.field)


def _folded(passages: query.Query, field: str) -> query.Query:
    return Folded(query.And([passages, Condition(TITLES)]) if field else passages)


def plain_scores(searcher: Searcher, tree: Query, limit: int | None = None) -> dict[str, float]:
    """Return the ids of the releases that plain Whoosh finds, with their scores."""
    results = searcher.search(translate(tree), limit=limit)
    return {hit["stored"]["id"]: hit.score for hit in results}
