"""Generations: every state a data directory can be in is served from or told clearly."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from index.errors import GenerationError, IndexUnavailableError
from index.generations import Generation, Generations
from index.verify import verify_generation, verify_index
from tests.conftest import SmallArchive


@pytest.fixture
def indexed(small: SmallArchive) -> SmallArchive:
    small.release("a.md", "Harbour opens", "The harbour opened today.")
    small.index()
    small.release("b.md", "Dam closes", "The dam closed today.")
    small.index()
    return small


def generations(small: SmallArchive) -> Generations:
    return Generations(small.settings.data)


def test_nothing_indexed_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailableError, match="dateline reindex"):
        Generations(tmp_path / "none").current()


def test_current_names_the_newest(indexed: SmallArchive) -> None:
    kept = generations(indexed).complete()
    assert len(kept) == 2
    assert generations(indexed).current().name == kept[-1].name


@pytest.mark.parametrize("content", [None, "", "gone\n", "../../etc", b"\xff\xfe", ".hidden"])
def test_missing_or_dangling_current_serves_the_newest_complete(
    indexed: SmallArchive, content: str | bytes | None
) -> None:
    current = indexed.settings.data / "CURRENT"
    if content is None:
        current.unlink()
    else:
        current.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert indexed.found("harbour") == ["a.md"]
    assert indexed.found("dam") == ["b.md"]
    indexed.release("c.md", "Tram", "The tram runs.")
    assert indexed.index().new == ["c.md"]


def test_half_built_generation_never_serves_and_is_swept(indexed: SmallArchive) -> None:
    newest = generations(indexed).current()
    half = newest.folder.parent / "99991231T000000.000000Z-aaaaaa"
    shutil.copytree(newest.folder, half)
    (half / "manifest.json").unlink()
    assert generations(indexed).current().name == newest.name
    indexed.release("c.md", "Tram", "The tram runs.")
    indexed.index()
    assert not half.exists()


def test_damaged_manifest_is_no_manifest(indexed: SmallArchive) -> None:
    newest = generations(indexed).current()
    (newest.folder / "manifest.json").write_text('{"name": 3')
    older = generations(indexed).current()
    assert older.name < newest.name
    assert indexed.found("harbour") == ["a.md"]


def test_rollback_serves_the_one_before(indexed: SmallArchive) -> None:
    store = generations(indexed)
    previous = store.previous()
    store.promote(previous)
    assert indexed.found("dam") == []
    assert indexed.found("harbour") == ["a.md"]
    with pytest.raises(GenerationError, match="no older"):
        store.previous()
    assert indexed.index().new == ["b.md"]


def test_only_so_many_are_kept(indexed: SmallArchive) -> None:
    for number in range(4):
        indexed.release(f"n{number}.md", "More", f"Number {number}.")
        indexed.index()
    assert len(generations(indexed).complete()) == indexed.settings.keep_generations


def test_linked_files_leave_the_base_untouched(indexed: SmallArchive) -> None:
    before, after = generations(indexed).complete()
    verify_generation(before)
    verify_generation(after)
    shutil.rmtree(after.folder)
    verify_generation(before)


def some_file(generation: Generation) -> Path:
    return max(generation.index_folder.iterdir(), key=lambda path: path.stat().st_size)


def test_verify_names_a_changed_byte(indexed: SmallArchive) -> None:
    current = generations(indexed).current()
    path = some_file(current)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.unlink()
    path.write_bytes(data)
    with pytest.raises(GenerationError, match="checksum") as caught:
        verify_generation(current)
    assert path.name in str(caught.value)


def test_verify_counts(indexed: SmallArchive) -> None:
    current = generations(indexed).current()
    releases, passages = current.manifest.releases, current.manifest.passages
    assert verify_index(current.index_folder, releases) == passages
    with pytest.raises(GenerationError, match="releases, not"):
        verify_index(current.index_folder, releases + 1)
    with pytest.raises(GenerationError, match="passages, not"):
        verify_index(current.index_folder, releases, passages - 1)


def test_verify_names_a_cut_and_a_missing_file(indexed: SmallArchive) -> None:
    current = generations(indexed).current()
    path = some_file(current)
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data[:-5])
    with pytest.raises(GenerationError, match="bytes long"):
        verify_generation(current)
    path.unlink()
    with pytest.raises(GenerationError, match="missing"):
        verify_generation(current)
