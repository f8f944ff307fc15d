"""Sets of releases, counts of facet values and the first of many, against the obvious way."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.charsets import fold
from index.codec.container import SectionFile, SectionWriter
from index.codec.facets import FacetField, write_facet
from search import facet_words
from search.byte_cache import ByteCache
from search.distance import within_distance
from search.facet_columns import FacetColumn
from search.facet_words import FacetWords
from search.ordering import first_places, kth_largest
from search.positions import common
from search.release_sets import ReleaseSet, intersection, union
from tests.oracle import distance

SLOTS = 300
ordinal_sets = st.one_of(
    st.sets(st.integers(0, SLOTS - 1), max_size=6),
    st.sets(st.integers(0, SLOTS - 1), max_size=SLOTS),
)


def set_of(members: set[int], *, as_mask: bool) -> ReleaseSet:
    ordinals = np.array(sorted(members), np.intp)
    if not as_mask:
        return ReleaseSet(SLOTS, ordinals=ordinals)
    mask = np.zeros(SLOTS, np.bool_)
    mask[ordinals] = True
    return ReleaseSet(SLOTS, mask=mask)


def members(found: ReleaseSet) -> set[int]:
    listed = found.ordinals.tolist()
    assert listed == sorted(set(listed)) == np.flatnonzero(found.mask).tolist()
    assert found.size == len(listed) == int(np.bitwise_count(found.bits).sum())
    return set(listed)


@settings(max_examples=200, deadline=None)
@given(sets=st.lists(st.tuples(ordinal_sets, st.booleans()), min_size=1, max_size=4))
def test_sets_of_releases_are_sets(sets: list[tuple[set[int], bool]]) -> None:
    made = [set_of(each, as_mask=as_mask) for each, as_mask in sets]
    plain = [each for each, _ in sets]
    assert members(intersection(made)) == set.intersection(*plain)
    assert members(union(made)) == set.union(*plain)
    assert members(made[0].without(made[-1])) == plain[0] - plain[-1]
    both = members(intersection(made))
    assert members(made[0].less(np.array(sorted(both), np.intp))) == plain[0] - both
    held = made[-1].holds(made[0].ordinals)
    assert set(made[0].ordinals[held].tolist()) == plain[0] & plain[-1]


@settings(max_examples=200, deadline=None)
@given(
    values=st.lists(st.integers(0, 12), min_size=1, max_size=3_000),
    count=st.integers(1, 30),
    distinct=st.booleans(),
)
def test_the_first_of_many_are_those_of_a_full_sort(
    values: list[int], count: int, distinct: bool
) -> None:
    first = np.array(values) * (np.arange(len(values)) if distinct else 1)
    second = -np.arange(len(values))[::-1] // 3
    keys = [lambda places: first[places], lambda places: second[places]]
    expected = sorted(range(len(values)), key=lambda at: (-first[at], -second[at], at))
    assert first_places(len(values), keys, count).tolist() == expected[:count]
    if count <= len(values):
        assert kth_largest(first, count) == sorted(first.tolist(), reverse=True)[count - 1]


@pytest.mark.parametrize("count", [40, 1_000])
@pytest.mark.parametrize("every", [1, 16])
def test_the_largest_of_many_whatever_a_sample_of_them_says(count: int, every: int) -> None:
    values = np.random.default_rng(count).random(6_000).astype(np.float32)
    values[::every] *= 9  # with 16 these are just the ones that are looked at first
    assert kth_largest(values, count) == np.sort(values)[-count]
    assert kth_largest(-values, count) == np.sort(-values)[-count]


def write_facets(path: Path, releases: list[list[str]]) -> FacetField:
    values = sorted({value for each in releases for value in each})
    numbers = {value: number for number, value in enumerate(values)}
    starts = np.concatenate(([0], np.cumsum([len(each) for each in releases], dtype=np.int64)))
    ids = np.array([numbers[value] for each in releases for value in each], np.int32)
    with SectionWriter(path) as writer:
        write_facet(writer, "person", values, starts, ids)
    return FacetField(SectionFile(path), "person")


def many_values(seed: int, releases: int, most: int, *, rare: int) -> list[list[str]]:
    """Values of releases as names are: a few everywhere, most once or twice."""
    random = np.random.default_rng(seed)
    drawn = [random.zipf(1.3, random.integers(0, most + 1)) % rare for _ in range(releases)]
    return [
        [f"Ä{number % 7} {number}" for number in dict.fromkeys(each.tolist())] for each in drawn
    ]


@pytest.mark.parametrize("most", [1, 6])
@pytest.mark.parametrize("segments", [1, 3])
@pytest.mark.parametrize("gone", [False, True])
def test_facet_counts_are_those_of_counting(
    tmp_path: Path, most: int, segments: int, gone: bool
) -> None:
    sizes = [1_500, 400, 600][:segments]
    parts = [
        many_values(most * 10 + at, size, most, rare=400 if at == 1 else 9_000)
        for at, size in enumerate(sizes)
    ]
    fields = [write_facets(tmp_path / f"{at}.seg", part) for at, part in enumerate(parts)]
    releases = [each for part in parts for each in part]
    mask = np.ones(len(releases), np.bool_)
    mask[5::7] = not gone
    column = FacetColumn(fields, ReleaseSet(len(releases), mask=mask.copy()))
    random = np.random.default_rng(1)
    for share in (1.0, 0.9, 0.5, 0.3, 0.1, 0.04, 0.01, 0.001):
        chosen = mask & (random.random(len(releases)) < share)
        counts = Counter(v for at in np.flatnonzero(chosen) for v in releases[at])
        expected = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        found = ReleaseSet(len(releases), mask=chosen)
        for count in (1, 40):
            assert column.top(found, count) == expected[:count]
        for value in (*[v for v, _ in expected[:3]], "nobody"):
            assert column.count(value, found) == counts[value]
            having = {at for at in np.flatnonzero(mask).tolist() if value in releases[at]}
            assert set(column.releases_with([value]).ordinals.tolist()) == having
    found = column.releases_with_words(("a3", "10"))
    expected_with = {at for at in np.flatnonzero(mask).tolist() if "Ä3 10" in releases[at]}
    assert set(found.ordinals.tolist()) == expected_with


@settings(max_examples=200, deadline=None)
@given(
    few=st.sets(st.integers(0, 2_000), max_size=400),
    many=st.sets(st.integers(0, 2_000), max_size=2_000),
)
def test_common_places(few: set[int], many: set[int]) -> None:
    arrays = [np.array(sorted(each), np.int32) for each in (few, many)]
    assert common(*arrays).tolist() == sorted(few & many)
    assert common(*arrays[::-1]).tolist() == sorted(few & many)


@settings(max_examples=500, deadline=None)
@given(first=st.text("abc", max_size=8), second=st.text("abc", max_size=8), most=st.integers(0, 2))
def test_distance_is_that_of_the_table(first: str, second: str, most: int) -> None:
    assert within_distance(first, second, most) == (distance(first, second) <= most)


def test_a_cache_keeps_what_was_used_last_within_its_bytes() -> None:
    cache: ByteCache[bytes] = ByteCache(100, len)
    for number in range(5):
        cache.put(number, bytes(20))
    assert cache.get(0) == bytes(20)
    cache.put(5, bytes(20))
    assert cache.get(1) is None
    assert cache.get(0) is not None
    cache.put(6, bytes(80))  # too large to be worth it
    assert cache.get(6) is None
    assert cache.size <= 100


NAME_WORDS = ["ada", "anna", "nna", "o", "brien", "lindqvist-a", "lindqvist", "merkel", "von", "x1"]


@given(
    values=st.lists(
        st.lists(
            st.sampled_from([*NAME_WORDS, "Ada", "Merkel", "É", "Journalistenschule"]), min_size=1
        )
        .map(" ".join)
        .map(lambda value: value[:60]),
        min_size=1,
        max_size=12,
        unique=True,
    ),
    asked=st.lists(st.sampled_from([w for w in NAME_WORDS if w.isalnum()]), min_size=1, max_size=3),
)
@settings(max_examples=150, deadline=None)
def test_names_are_found_by_the_words_of_their_values(values: list[str], asked: list[str]) -> None:
    sizes = np.arange(1, len(values) + 1)
    words = FacetWords(Values(values), sizes)  # type: ignore[arg-type]
    found = words.holding(asked).tolist()
    assert words.reach(asked[0]) >= sizes[words.holding(asked[:1])].sum() >= sizes[found].sum()
    assert words.reach("nobody") == 0
    runs = [re.findall(r"[a-z0-9]+", fold(value)) for value in values]
    size = len(asked)
    assert found == [
        number
        for number, run in enumerate(runs)
        if any(run[at : at + size] == asked for at in range(len(run) - size + 1))
    ]


class Values:
    """The values of a facet, as its dictionary gives them."""

    def __init__(self, values: list[str]) -> None:
        self._values = values
        self.size = len(values)

    def term(self, number: int) -> str:
        return self._values[number]

    def joined(self, separator: bytes) -> bytes:
        return separator.join(value.encode() for value in self._values)


@settings(max_examples=100, deadline=None)
@given(words=st.lists(st.text("abcé019", min_size=1, max_size=20), min_size=1, max_size=8))
def test_keys_of_words_are_those_of_the_text_they_stand_in(words: list[str]) -> None:
    found, _ = facet_words._keys(" ".join(words).encode())
    assert [int(facet_words._key_of(word)) for word in words] == found.tolist()
