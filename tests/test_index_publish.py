"""The shortest way from releases to a serving generation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

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
