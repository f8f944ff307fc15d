"""The shortest way from releases to a serving generation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.codec.segment import open_segments
from index.columnar_index import runs
from index.generations import Generations
from index.model import Block, BlockKind, IndexedRelease, Release
from index.prepare import derive
from index.publish import write_generation
from index.settings import Settings
from search.request import make_request
from search.service import SearchService


def made(number: int) -> IndexedRelease:
    title, text = f"Notice {number}", f"Harbour number{number} opens."
    blocks = (Block(BlockKind.TITLE, title), Block(BlockKind.PARAGRAPH, text))
    return derive(Release(f"r{number}", f"{number}.txt", title, blocks))


def load_numbers(numbers: range) -> list[IndexedRelease]:
    return [made(number) for number in numbers]


def as_they_are(releases: Sequence[IndexedRelease]) -> Sequence[IndexedRelease]:
    return releases


def fail(numbers: range) -> list[IndexedRelease]:
    raise ValueError(f"no release {numbers[0]}")


def found(settings: Settings, words: str) -> int:
    return SearchService(settings).search(make_request(words)).total


@pytest.mark.parametrize("jobs", [1, 2])
def test_groups_are_loaded_where_they_are_analyzed(tmp_path: Path, jobs: int) -> None:
    settings = Settings(data=tmp_path / "var", archive=tmp_path)
    groups = (range(start, start + 3) for start in range(0, 60, 3))
    generation = write_generation(settings, groups, load_numbers, jobs)
    assert generation.manifest.releases == 60
    assert Generations(settings.data).current().name == generation.name
    assert found(settings, "harbour") == 60
    assert found(settings, "number59") == 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_releases_themselves_may_be_the_groups(tmp_path: Path, jobs: int) -> None:
    settings = Settings(data=tmp_path / "var", archive=tmp_path)
    write_generation(settings, [[made(1), made(2)], [made(3)]], as_they_are, jobs)
    assert found(settings, "harbour") == 3


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_failure_to_load_leaves_what_served(tmp_path: Path, jobs: int) -> None:
    settings = Settings(data=tmp_path / "var", archive=tmp_path)
    serving = write_generation(settings, [range(3)], load_numbers)
    with pytest.raises(ValueError, match="no release 7"):
        write_generation(settings, [range(7, 9)], fail, jobs)
    kept = [generation.name for generation in Generations(settings.data).complete()]
    assert kept == [serving.name]
    assert found(settings, "harbour") == 3


def test_two_processes_write_what_one_writes(tmp_path: Path) -> None:
    contents = []
    for jobs in (1, 2):
        settings = Settings(data=tmp_path / f"var{jobs}", archive=tmp_path)
        groups = (range(start, start + 3) for start in range(0, 120, 3))
        generation = write_generation(settings, groups, load_numbers, jobs)
        (segment,) = open_segments(generation.index_folder)
        contents.append(segment)
    one, two = contents
    assert one.ids.tolist() == two.ids.tolist()
    for name in ("passage_base", "title_ends", "kinds", "text_lengths", "families.surface"):
        assert one.array(name).tolist() == two.array(name).tolist()
    for field in ("surface", "text", "title"):
        mine, theirs = getattr(one, field), getattr(two, field)
        assert mine.terms.terms() == theirs.terms.terms()
        size = mine.terms.size
        for ours, others in zip(mine.slice(0, size), theirs.slice(0, size), strict=True):
            assert ours.tolist() == others.tolist()
    assert [one.stored.raw(n) for n in range(120)] == [two.stored.raw(n) for n in range(120)]


@given(st.lists(st.integers(1, 300), max_size=80), st.integers(0, 20_000), st.integers(1, 8))
def test_runs_keep_the_order_and_get_smaller(sizes: list[int], total: int, shares: int) -> None:
    cut = list(runs(((n, size) for n, size in enumerate(sizes)), total or sum(sizes), shares))
    assert [number for run in cut for number in run] == list(range(len(sizes)))
    assert all(run and len(run) <= 12 for run in cut)
    if not total and cut:
        left = sum(sizes)
        for run in cut:
            least = sum(sizes[number] for number in run[:-1])
            assert least * shares < left
            left -= sum(sizes[number] for number in run)
