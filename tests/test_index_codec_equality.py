"""Plain Whoosh's Searcher finds what our executor finds, with the same scores, on one index.

150 generated queries are compared; the environment's ``DATELINE_TEST_EQUALITY`` sets another
number (2000 before a release).
"""

from __future__ import annotations

import os
from functools import lru_cache
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.analysis import STOP_WORDS, surface_terms, tokenize
from index.codec.segment import open_segments
from search.columnar_postings import ColumnarPostings
from search.executor import Executor
from search.query import (
    ANY_WORD,
    TITLE,
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
)
from tests.whoosh_indexes import (
    PARTS,
    Pair,
    example_pairs,
    example_passages,
    example_releases,
    example_words,
)
from tests.whoosh_queries import ReleaseRanking, plain_scores

COMPARED = int(os.environ.get("DATELINE_TEST_EQUALITY", "150"))
CHECKS = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
Terms = tuple[str, ...]


class Compared:
    """The executor and plain Whoosh, opened on one index."""

    def __init__(self, pair: Pair) -> None:
        self.postings = ColumnarPostings(pair.folder)
        ranking = ReleaseRanking(pair.columnar.reader())
        self.searcher = pair.columnar.searcher(weighting=ranking)
        self.ids = [
            name.decode() for segment in open_segments(pair.folder) for name in segment.ids.tolist()
        ]

    def by_executor(self, tree: Query) -> dict[str, float]:
        executor = Executor(self.postings)
        found = executor.matching(tree).ordinals
        scores = executor.scores(tree, found, relaxed=False)
        values = [0.0] * found.size if scores is None else scores.tolist()
        return dict(zip([self.ids[number] for number in found], values, strict=True))

    def by_whoosh(self, tree: Query) -> dict[str, float]:
        return plain_scores(self.searcher, tree)


@pytest.fixture(scope="session")
def compared(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Compared]:
    return {
        shape: Compared(pair)
        for shape, pair in example_pairs(tmp_path_factory.getbasetemp()).items()
    }


@lru_cache(maxsize=1)
def hyphened() -> list[tuple[Terms, str]]:
    """Return the parts and the closed spelling of the archive's hyphened words."""
    found = {}
    for each in example_releases():
        for passage in each.passages:
            for first, second in pairwise(tokenize(passage.text)):
                if first.joined == first.term + second.term:
                    found[first.joined] = (first.term, second.term)
    return sorted((parts, closed) for closed, parts in found.items())


@lru_cache(maxsize=1)
def conditions() -> list[FacetIs]:
    """Return conditions for people and places: whole names and single words of them."""
    names = {("person", e.name) for each in example_releases() for e in each.people}
    names |= {("place", e.name) for each in example_releases() for e in each.places}
    whole = {(facet, surface_terms(name)) for facet, name in names}
    parts = {(facet, (term,)) for facet, terms in whole for term in terms}
    return [FacetIs(facet, "", terms) for facet, terms in sorted(whole | parts) if terms]


def a_word() -> st.SearchStrategy[str]:
    words = example_words()
    return st.sampled_from(words) | st.sampled_from([w for w in words if w not in STOP_WORDS])


@st.composite
def sequences(draw: st.DrawFn) -> Terms:
    """Runs of a passage's terms, and terms that need not stand together."""
    if draw(st.integers(0, 3)) == 0:
        return tuple(draw(st.lists(a_word(), min_size=1, max_size=3)))
    terms = draw(st.sampled_from(example_passages()))
    start = draw(st.integers(0, len(terms) - 1))
    return terms[start : start + draw(st.integers(1, 4))]


@st.composite
def misspelt(draw: st.DrawFn) -> tuple[str, int]:
    """A word with letters wrong, and how many may be."""
    word = draw(a_word().filter(lambda word: len(word) > 3))
    distance = draw(st.integers(1, 2))
    for _ in range(distance):
        place = draw(st.integers(1, len(word) - 2))
        left, right = word[:place], word[place:]
        swapped = right[1] + right[0] + right[2:]
        word = left + draw(st.sampled_from([right[1:], "e" + right, swapped, "e" + right[1:]]))
    return word, distance


@st.composite
def patterns(draw: st.DrawFn) -> str:
    """A word of which parts are left open."""
    word = draw(a_word())
    cut = draw(st.integers(1, len(word)))
    end = draw(st.sampled_from(["*", word[cut + 1 :], "*" + word[-1:], word[cut:][:1] + "*"]))
    return word[:cut] + draw(st.sampled_from(["", "?", "*"])) + end


@st.composite
def nearnesses(draw: st.DrawFn) -> Near:
    """Two words or phrases of one passage, or of none, with one field."""
    terms = draw(st.sampled_from(example_passages()) | st.lists(a_word(), min_size=1).map(tuple))
    field = draw(FIELD)
    parts: list[NearPart] = []
    for _ in range(2):
        leaves: list[TextLeaf] = []
        for _ in range(draw(st.sampled_from([1, 1, 2, 3]))):
            start = draw(st.integers(0, len(terms) - 1))
            run = terms[start : start + draw(st.integers(1, 3))]
            kind = draw(st.sampled_from([Word, Word, Phrase, Pattern, Fuzzy]))
            if kind is Phrase:
                leaves.append(Phrase("", draw(opened(run)), field))
            elif kind is Pattern:
                leaves.append(Pattern("", run[0][:3] + "*", field))
            elif kind is Fuzzy and len(run[0]) > 3:
                leaves.append(Fuzzy("", run[0][:2] + run[0][3:], 1, field))
            else:
                leaves.append(Word("", run[:2], "", field))
        distinct = tuple(dict.fromkeys(leaves))
        parts.append(leaves[0] if len(distinct) == 1 else Or(distinct))
    return Near("", parts[0], parts[1], draw(st.sampled_from([0, 1, 2, 5, 20])))


@st.composite
def opened(draw: st.DrawFn, terms: Terms) -> Terms:
    """Words in a row of which some are left open in part, or whole between two others."""
    found = list(terms)
    for place, term in enumerate(terms):
        kind = draw(st.sampled_from(["", "", "prefix", "letter", "any"]))
        if kind == "any" and 0 < place < len(terms) - 1:
            found[place] = ANY_WORD
        elif kind == "letter" and len(term) > 3:
            found[place] = f"{term[:2]}?{term[3:]}"
        elif kind == "prefix":
            found[place] = term[: max(2, len(term) - 2)] + "*"
    return tuple(found)


DAYS = ["", "2016-01-01", "2018-06-30", "2020-03-01", "2021-12-31", "2025-01-01"]
FIELD = st.sampled_from(["", "", TITLE])


def leaves() -> st.SearchStrategy[Query]:
    """Leaves of every kind."""
    closed = st.sampled_from(hyphened())
    day = st.sampled_from(DAYS)
    return st.one_of(
        st.builds(lambda word, field: Word(word, (word,), "", field), a_word(), FIELD),
        st.builds(lambda word, field: Word(word, (word,), "", field), a_word(), FIELD),
        st.builds(lambda terms, field: Word("", terms, "", field), sequences(), FIELD),
        st.builds(lambda pair, field: Word("", pair[0], pair[1], field), closed, FIELD),
        st.builds(lambda pair, field: Word("", pair[0][:1], pair[1], field), closed, FIELD),
        st.builds(lambda terms, field: Phrase("", terms, field), sequences(), FIELD),
        st.builds(
            lambda terms, field: Phrase("", terms, field), sequences().flatmap(opened), FIELD
        ),
        st.builds(lambda pattern, field: Pattern("", pattern, field), patterns(), FIELD),
        st.builds(lambda pair, field: Fuzzy("", pair[0], pair[1], field), misspelt(), FIELD),
        nearnesses(),
        st.sampled_from(conditions()),
        st.builds(lambda first, last: DateIn("", first, last), day, day),
        st.just(Everything()),
    )


def trees() -> st.SearchStrategy[Query]:
    """Single leaves, some of them joined, and deeper trees."""
    return leaves() | joined(leaves()) | st.recursive(leaves(), joined, max_leaves=8)


def joined(children: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    few = st.lists(children, min_size=1, max_size=4).map(tuple)
    return st.one_of(st.builds(And, few), st.builds(Or, few), st.builds(Not, children))


@given(data=st.data())
@settings(max_examples=COMPARED, deadline=None, suppress_health_check=CHECKS)
def test_whoosh_and_the_executor_agree(data: st.DataObject, compared: dict[str, Compared]) -> None:
    both = compared[data.draw(st.sampled_from(sorted(PARTS)))]
    tree = data.draw(trees())
    assert both.by_executor(tree) == pytest.approx(both.by_whoosh(tree), rel=1e-5, abs=1e-6)
