"""The list of segments: what it says is what was written, and when segments are merged."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.codec.folder import (
    MOST_POSITIONS,
    REPEATS,
    SEGMENTS,
    SegmentEntry,
    fitting,
    mark_deleted,
    new_name,
    read_deleted,
    read_entries,
    referenced,
    tiers,
    write_entries,
)
from index.errors import GenerationError
from tests.test_index_codec_merge import build, many

ONE = SegmentEntry("s0123456789ab", 10, 40, 900)
TWO = SegmentEntry("sba9876543210", 5, 9, 77, "sba9876543210-2.del", 1, 2)


def sized(*positions: int, deleted: int = 0) -> list[SegmentEntry]:
    return [SegmentEntry(new_name(), 10, 20, size, "", deleted, 0) for size in positions]


def test_the_list_is_read_as_written(tmp_path: Path) -> None:
    write_entries(tmp_path, [ONE, TWO])
    assert read_entries(tmp_path) == [ONE, TWO]
    write_entries(tmp_path, [])
    assert read_entries(tmp_path) == []
    assert [path.name for path in tmp_path.iterdir()] == [SEGMENTS]


def test_a_list_that_is_linked_elsewhere_stays_there(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    write_entries(tmp_path, [ONE])
    os.link(tmp_path / SEGMENTS, tmp_path / "new" / SEGMENTS)
    write_entries(tmp_path / "new", [TWO])
    assert read_entries(tmp_path) == [ONE]


def test_no_list_is_told(tmp_path: Path) -> None:
    with pytest.raises(GenerationError, match="missing"):
        read_entries(tmp_path)
    (tmp_path / "_MAIN_1.toc").write_bytes(b"")
    with pytest.raises(GenerationError, match=r"older version.*dateline reindex"):
        read_entries(tmp_path)


@given(st.data())
def test_any_changed_byte_is_noticed_or_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("list")
    write_entries(folder, [ONE, TWO])
    content = bytearray((folder / SEGMENTS).read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    (folder / SEGMENTS).write_bytes(content)
    with suppress(GenerationError):
        assert read_entries(folder) == [ONE, TWO]


@pytest.mark.parametrize(
    "change",
    [
        {"name": "../../etc"},
        {"deletions": "s0123456789ab-1.seg"},
        {"deletions": "sba9876543210-1.del"},
        {"releases": -1},
        {"releases": True},
        {"positions": "9"},
        {"extra": 1},
    ],
)
def test_odd_entries_are_refused(tmp_path: Path, change: dict[str, object]) -> None:
    write_entries(tmp_path, [ONE])
    value = json.loads((tmp_path / SEGMENTS).read_text())
    value["segments"][0] |= change
    (tmp_path / SEGMENTS).write_text(json.dumps(value))
    with pytest.raises(GenerationError, match="list of segments"):
        read_entries(tmp_path)


def test_deletions_add_up_and_are_never_changed_in_place(tmp_path: Path) -> None:
    base, new = tmp_path / "base", tmp_path / "new"
    base.mkdir()
    new.mkdir()
    first = mark_deleted(base, build(base, many(0)), [3, 7])
    assert (first.deleted_releases, first.deleted_passages) == (2, 4)
    for path in base.iterdir():
        os.link(path, new / path.name)
    second = mark_deleted(new, first, [7, 49])
    assert (second.live_releases, second.live_passages) == (47, 94)
    assert {path.name for path in new.iterdir()} | {SEGMENTS, REPEATS} == referenced([second])
    for folder, entry, gone in ((base, first, [3, 7]), (new, second, [3, 7, 49])):
        deleted = read_deleted(folder, entry)
        assert deleted is not None
        assert np.flatnonzero(deleted).tolist() == gone


def test_a_file_of_deletions_that_does_not_fit_is_told(tmp_path: Path) -> None:
    entry = mark_deleted(tmp_path, build(tmp_path, many(0)), [3])
    other = mark_deleted(tmp_path, build(tmp_path, many(0)[:9]), [3])
    (tmp_path / other.deletions).replace(tmp_path / entry.deletions)
    with pytest.raises(GenerationError, match="another segment"):
        read_deleted(tmp_path, entry)


def test_eight_of_a_class_are_merged() -> None:
    entries = sized(5_000_000, *[900] * 7)
    assert tiers(entries) == []
    more = sized(600)
    assert tiers(entries + more) == [entries[1:] + more]


def test_a_segment_mostly_deleted_is_written_again() -> None:
    few, most = sized(10**6, 10**6), sized(10**6, deleted=6)
    assert tiers(few + most) == [most]


@given(st.lists(st.integers(1, MOST_POSITIONS), max_size=60))
def test_merged_segments_stay_below_the_limit(positions: list[int]) -> None:
    entries = sized(*positions)
    groups = [*tiers(entries), *fitting(entries)]
    assert all(sum(entry.positions for entry in group) <= MOST_POSITIONS for group in groups)
    assert [entry for group in fitting(entries) for entry in group] == entries


@given(st.lists(st.integers(1, 50_000), min_size=50, max_size=300))
def test_each_release_is_written_a_few_times_only(sizes: list[int]) -> None:
    """Many small additions: logarithmically many segments, logarithmic cost."""
    entries: list[SegmentEntry] = []
    written = 0
    for size in sizes:
        entries += sized(size)
        for group in tiers(entries):
            total = sum(entry.positions for entry in group)
            written += total
            entries = [entry for entry in entries if entry not in group] + sized(total)
    assert len(entries) <= 7 * 9
    assert written <= 8 * sum(sizes)
