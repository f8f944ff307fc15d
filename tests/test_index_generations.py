"""Generations: every state a data directory can be in is served from or told clearly."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.codec.container import SectionFile
from index.codec.repeats import Repeats
from index.codec.segment import open_segments
from index.errors import GenerationError, IndexUnavailableError
from index.generations import Generation, Generations
from index.verify import verify_generation, verify_index
from search.request import make_request
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


@pytest.mark.parametrize("kept", [2, 3])
def test_what_was_rolled_back_from_does_not_come_back(indexed: SmallArchive, kept: int) -> None:
    indexed.settings = indexed.settings.with_overrides(keep_generations=kept)
    store = generations(indexed)
    refused, good = store.current(), store.previous()
    store.promote(good)
    indexed.release("c.md", "Tram runs", "The tram runs.")
    indexed.index()
    assert store.previous().name == good.name
    assert refused.name not in [generation.name for generation in store.complete()]


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


ASKED = ("harbour", '"harbour dues"', "opened -dues", "port*", "harbuor", "", "person:diaz")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> SmallArchive:
    """A generation of several segments, with deletions."""
    folder = tmp_path_factory.mktemp("sound")
    (folder / "archive").mkdir()
    small = SmallArchive(folder / "archive", folder / "var")
    for number in range(40):
        name = f"Anna Diaz said: harbour dues of port{number} were opened, Mayor Diaz too."
        small.release(f"r{number}.md", f"Release {number}", name, date=f"20{number + 10}-03-01")
    small.index()
    small.release("r3.md", "Changed", "Anna Diaz said: harbour dues were changed.", date="2021")
    (small.root / "r4.md").unlink()
    small.index()
    return small


def answers(small: SmallArchive) -> list[object]:
    """What a new process answers: every page of every query, and every release in full."""
    service = small.service
    found: list[object] = []
    for text in ASKED:
        page = service.search(make_request(text, per_page=100))
        found += [[(h.id, h.score, h.passages, h.people) for h in page.results], page.facets]
        found += [service.release(hit.id) for hit in page.results]
    return found


def replace(path: Path, data: bytes) -> None:
    """Write a file anew: other generations may share it."""
    path.unlink()
    path.write_bytes(data)


@contextmanager
def damaged(path: Path, data: bytes) -> Iterator[None]:
    """Let a file hold something else for a while."""
    whole = path.read_bytes()
    replace(path, data)
    try:
        yield
    finally:
        replace(path, whole)


def flipped(data: bytes, at: int, bits: int = 1) -> bytes:
    return data[:at] + bytes([data[at] ^ bits]) + data[at + 1 :]


SECTIONED = (".seg", ".del", ".sec")


def index_files(small: SmallArchive) -> list[Path]:
    return sorted(generations(small).current().index_folder.iterdir())


def middles(path: Path) -> Iterator[int]:
    """Offsets of a byte inside each section of a file that is not empty."""
    file, whole, header = SectionFile(path), path.read_bytes(), 16
    first = file.array(file.names[0]).ctypes.data - header
    for items in map(file.array, file.names):
        if items.size:
            start = items.ctypes.data - first
            assert whole[start : start + items.nbytes] == items.tobytes()
            yield start + items.nbytes // 2


def verify_blocks(small: SmallArchive) -> None:
    folder = generations(small).current().index_folder
    for segment in open_segments(folder):
        segment.verify()
    Repeats(folder).verify()


def test_a_changed_byte_of_any_section_is_found(sound: SmallArchive) -> None:
    """Both by the checksums of the manifest and by those inside the files."""
    assert {path.suffix for path in index_files(sound)} == {*SECTIONED, ".json", ".toc"}
    for path in index_files(sound):
        for at in middles(path) if path.suffix in SECTIONED else ():
            with damaged(path, flipped(path.read_bytes(), at)):
                with pytest.raises(GenerationError, match="checksum"):
                    verify_generation(generations(sound).current())
                with pytest.raises(GenerationError, match="checksum"):
                    verify_blocks(sound)
    verify_generation(generations(sound).current())


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_damage_is_never_an_answer(sound: SmallArchive, data: st.DataObject) -> None:
    """A flipped byte or a cut anywhere: verify says so, and a search answers right or not."""
    generation, expected = generations(sound).current(), answers(sound)
    path = data.draw(st.sampled_from(index_files(sound)))
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    cut = data.draw(st.booleans())
    with damaged(path, whole[:at] if cut else flipped(whole, at, data.draw(st.integers(1, 255)))):
        with pytest.raises(GenerationError):
            verify_generation(generation)
        with suppress(GenerationError, IndexUnavailableError):
            assert answers(sound) == expected
