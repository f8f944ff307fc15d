"""Reindex: what changed and only that, safely, with a clear account."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from index import prepare as prepare_module
from index.codec.batch import Batch
from index.codec.folder import referenced
from index.codec.segment import open_segments
from index.errors import (
    ArchiveError,
    DatelineError,
    GenerationError,
    IndexUnavailableError,
    WriterLockedError,
)
from index.generations import Generations, file_digest
from index.lock import writer_lock
from index.model import IndexedRelease
from index.verify import verify_generation
from search.request import make_request
from search.service import SearchService
from tests.conftest import EXAMPLES, SmallArchive

LATER = "The second reading of the harbour bill was put off until the spring session."


def tree(folder: Path) -> dict[str, tuple[int, int]]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "writer.lock")
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_ino) for path in files}


def three_releases(small: SmallArchive) -> None:
    small.release("a.md", "Harbour opens", "The harbour of Lisbon opened today.", date="2019-03-01")
    small.release("b.md", "Dam closes", "The dam above Porto closed for repairs.", date="2020-05")
    small.release("c.md", "Tram starts", "The tram to the university started.", date="2021")


def test_first_run_indexes_everything(small: SmallArchive) -> None:
    three_releases(small)
    report = small.index()
    assert report.counts() == {
        "new": 3, "changed": 0, "removed": 0, "unchanged": 0, "skipped": 0
    }  # fmt: skip
    assert report.written
    assert report.releases == 3
    assert small.found("harbour") == ["a.md"]


def test_unchanged_archive_writes_nothing(small: SmallArchive) -> None:
    three_releases(small)
    first = small.index()
    before = tree(small.settings.data)
    report = small.index()
    assert report.counts()["unchanged"] == 3
    assert not report.written
    assert report.generation == first.generation
    assert tree(small.settings.data) == before


def test_exactly_what_changed_is_reported_and_searchable(small: SmallArchive) -> None:
    three_releases(small)
    small.index()
    small.release("b.md", "Dam closes", LATER)
    (small.root / "c.md").unlink()
    small.release("d/new.md", "Probe found", "The probe was found near Valparaíso.")
    report = small.index()
    assert (report.new, report.changed, report.removed) == (["d/new.md"], ["b.md"], ["c.md"])
    assert report.unchanged == 1
    assert report.parsed == 2
    assert not report.rebuilt
    assert small.found("spring session") == ["b.md"]
    assert small.found('"above Porto"') == []
    assert small.found("tram") == []
    assert small.found("valparaiso") == ["d/new.md"]
    assert small.found("harbour lisbon") == ["a.md"]
    verify_generation(Generations(small.settings.data).current())


def test_many_small_runs_equal_one_big_one(small: SmallArchive, tmp_path: Path) -> None:
    for number in range(12):
        small.release(f"r{number}.md", f"Release {number}", f"Words number{number} harbour.")
        small.index()
    for number in range(0, 12, 3):
        (small.root / f"r{number}.md").unlink()
        small.release(f"r{number + 1}.md", f"Again {number}", f"Other words harbour {number}.")
        small.index()
    fresh = SmallArchive(small.root, tmp_path / "fresh")
    fresh.index()
    for text in ("harbour", "words", "again", "number5", '"other words"'):
        request = make_request(text)
        one, other = small.service.search(request), fresh.service.search(request)
        assert [(h.id, h.score) for h in one.results] == [(h.id, h.score) for h in other.results]
        assert one.facets == other.facets


def test_full_rebuild_reads_nothing_again(
    small: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    three_releases(small)
    small.index()

    def fail(document: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr("index.prepare.read_document", fail)
    report = small.index(full=True)
    assert report.parsed == 0
    assert report.releases == 3
    assert report.rebuilt


def test_another_schema_rebuilds_by_itself(
    small: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    three_releases(small)
    small.index()
    for module in ("build", "publish"):
        monkeypatch.setattr(f"index.{module}.FINGERPRINT", "another")
    report = small.index()
    assert "changed" in report.rebuilt
    assert report.written
    assert not small.index().written


def test_dry_run_tells_and_writes_nothing(small: SmallArchive) -> None:
    three_releases(small)
    report = small.index(dry_run=True)
    assert len(report.new) == 3
    assert not small.settings.data.exists()
    small.index()
    (small.root / "a.md").unlink()
    before = tree(small.settings.data)
    report = small.index(dry_run=True)
    assert report.removed == ["a.md"]
    assert report.unchanged == 2
    assert tree(small.settings.data) == before


def test_what_cannot_be_read_is_told_and_does_not_stop_the_run(small: SmallArchive) -> None:
    three_releases(small)
    small.write("empty.txt", "")
    small.write("blank.html", "<html><script>1</script></html>")
    (small.root / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    small.write("list.jsonl", '{"title": "Good", "body": "A good record of harbour dues."}\n{bad\n')
    small.write("notes.docx", "x")
    report = small.index()
    assert report.releases == 4
    assert {s.path for s in report.skipped} == {
        "empty.txt", "blank.html", "image.txt", "list.jsonl#2"
    }  # fmt: skip
    assert all(s.reason for s in report.skipped)
    assert report.ignored == 1
    assert report.counts() == {
        "new": 4, "changed": 0, "removed": 0, "unchanged": 0, "skipped": 4
    }  # fmt: skip
    again = small.index()
    assert again.counts() == report.counts() | {"new": 0, "unchanged": 4}
    assert not again.written
    assert {s.path for s in again.skipped} == {s.path for s in report.skipped}
    json.dumps(again.as_json())


def test_what_cannot_be_read_any_more_leaves_the_index(small: SmallArchive) -> None:
    three_releases(small)
    small.index()
    small.write("a.md", "")
    report = small.index()
    assert report.changed == ["a.md"]
    assert [s.path for s in report.skipped] == ["a.md"]
    assert small.found("harbour") == []
    assert not small.index().written
    small.release("a.md", "Harbour opens", "The harbour is back.")
    assert small.index().new == ["a.md"]
    assert small.found("harbour") == ["a.md"]
    small.write("b.md", "<!-- nothing -->")
    small.index()
    (small.root / "b.md").unlink()
    report = small.index()
    assert (report.removed, report.skipped, report.written) == ([], [], True)


@pytest.mark.parametrize("damage", ["cut", "gone", "overwritten"])
def test_damaged_index_is_rebuilt(small: SmallArchive, damage: str) -> None:
    three_releases(small)
    small.index()
    folder = Generations(small.settings.data).current().index_folder
    path = max(folder.iterdir(), key=lambda file: file.stat().st_size)
    data = path.read_bytes()
    path.unlink()
    if damage == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif damage == "overwritten":
        path.write_bytes(b"\xff" * len(data))
    small.release("d.md", "Another", LATER)
    assert "damaged" in small.index().rebuilt
    verify_generation(Generations(small.settings.data).current())
    assert small.found('"harbour of Lisbon"') == ["a.md"]
    assert small.found("spring") == ["d.md"]


def test_damaged_index_is_rebuilt_by_several_processes(small: SmallArchive) -> None:
    """The reading processes of the run that noticed are gone before those of the rebuild."""
    for number in range(80):
        small.release(f"r{number}.md", f"Release {number}", f"Harbour dues of {number} euros.")
    small.settings = small.settings.with_overrides(jobs=2)
    small.index()
    folder = Generations(small.settings.data).current().index_folder
    path = max(folder.iterdir(), key=lambda file: file.stat().st_size)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.unlink()
    path.write_bytes(data)
    for number in range(60):
        small.release(f"r{number}.md", f"Changed {number}", LATER)
    report = small.index()
    assert "damaged" in report.rebuilt
    assert report.releases == 80
    assert small.service.search(make_request("spring session")).total == 60
    verify_generation(Generations(small.settings.data).current())


def test_too_large_is_told(small: SmallArchive) -> None:
    three_releases(small)
    small.write("large.txt", "harbour dues " * 10_000)
    small.settings = small.settings.with_overrides(max_file_mb=0.05)
    report = small.index()
    assert [(s.path, s.code) for s in report.skipped] == [("large.txt", "too_large")]


def test_a_fault_of_the_reader_costs_one_document(
    small: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    three_releases(small)
    real = prepare_module.read_document

    def faulty(document: object) -> object:
        if document.path == "b.md":  # type: ignore[attr-defined]
            raise RecursionError("deep")
        return real(document)

    monkeypatch.setattr("index.prepare.read_document", faulty)
    report = small.index()
    assert report.releases == 2
    assert [(s.path, s.code) for s in report.skipped] == [("b.md", "fault")]


def test_a_fault_of_the_analyzer_costs_one_document(
    small: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    three_releases(small)
    real = prepare_module.make_batch

    def faulty(releases: Sequence[IndexedRelease]) -> Batch:
        if any(indexed.release.path == "b.md" for indexed in releases):
            raise RecursionError("deep")
        return real(releases)

    monkeypatch.setattr("index.prepare.make_batch", faulty)
    report = small.index()
    assert report.releases == 2
    assert [(s.path, s.code) for s in report.skipped] == [("b.md", "fault")]
    assert small.found("tram") == ["c.md"]


def test_a_reading_process_that_dies_is_told(
    small: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(80):
        small.release(f"r{number}.md", f"Release {number}", "Harbour dues.")
    parent = os.getpid()

    def die(document: object) -> object:
        assert os.getpid() != parent
        os._exit(1)

    monkeypatch.setattr("index.prepare.read_document", die)
    small.settings = small.settings.with_overrides(jobs=2)
    with pytest.raises(DatelineError, match=r"process died.*--jobs 1"):
        small.index()
    assert not list((small.settings.data / "generations").glob("*"))


def test_missing_archive_is_an_error_and_leaves_the_index(small: SmallArchive) -> None:
    three_releases(small)
    small.index()
    small.settings = small.settings.with_overrides(archive=small.root / "nowhere")
    with pytest.raises(ArchiveError):
        small.index()
    assert small.found("harbour") == ["a.md"]


def test_archive_suddenly_empty_is_refused(small: SmallArchive) -> None:
    three_releases(small)
    small.index()
    for name in ("a.md", "b.md", "c.md"):
        (small.root / name).unlink()
    with pytest.raises(ArchiveError, match="mounted"):
        small.index()
    assert small.found("harbour") == ["a.md"]
    assert small.index(full=True).releases == 0
    assert small.found("harbour") == []


def test_another_folder_that_is_empty_is_refused(small: SmallArchive, tmp_path: Path) -> None:
    three_releases(small)
    small.index()
    (tmp_path / "empty").mkdir()
    small.settings = small.settings.with_overrides(archive=tmp_path / "empty")
    with pytest.raises(ArchiveError, match="mounted"):
        small.index()


def test_dangling_current_is_mended_by_a_run_that_changes_nothing(small: SmallArchive) -> None:
    three_releases(small)
    first = small.index()
    (small.settings.data / "CURRENT").write_text("nonsense\n")
    assert not small.index().written
    assert Generations(small.settings.data).current_name() == first.generation


def test_names_that_print_alike_are_two_documents(small: SmallArchive) -> None:
    for byte in (b"\xff", b"\xfe"):
        name = os.fsdecode(os.fsencode(small.root) + b"/n" + byte + b".txt")
        Path(name).write_text("Harbour notice\n\nThe harbour is closed for a day.\n")
    assert small.index().releases == 2
    assert not small.index().written


def test_full_disk_spares_the_store(small: SmallArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    three_releases(small)
    small.index()
    small.release("d.md", "Another", LATER)

    def full(self: object) -> sqlite3.Connection:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr("index.store.ParsedStore._open", full)
        with pytest.raises(DatelineError, match="disk is full"):
            small.index()
    assert small.index(full=True).parsed == 1


def test_empty_archive_serves_empty_answers(small: SmallArchive) -> None:
    report = small.index()
    assert (report.releases, report.written) == (0, True)
    assert small.found("harbour") == []
    assert small.service.overview().releases == 0
    assert small.service.listing(1, 10).results == ()


def test_lines_of_a_collection_keep_their_identity(small: SmallArchive) -> None:
    lines = [f'{{"id": "n{n}", "title": "Record {n}", "body": "Harbour {n}."}}' for n in range(4)]
    small.write("wire.jsonl", "\n".join(lines))
    small.index()
    before = {hit.title: hit.id for hit in small.service.search(make_request("harbour")).results}
    new = '{"id": "x", "title": "Record X", "body": "Harbour of Graz."}'
    small.write("wire.jsonl", "\n".join([new, *lines]))
    small.index()
    after = {hit.title: hit.id for hit in small.service.search(make_request("harbour")).results}
    assert len(after) == 5
    assert before.items() <= after.items()


@pytest.mark.parametrize("few", [1_000, 1])
def test_several_processes_give_the_same_index(
    small: SmallArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """Whether the processes only read, or write the segments too; anew and added to."""
    monkeypatch.setattr("index.columnar_index._FEW", few)
    two = SmallArchive(small.root, tmp_path / "two")
    two.settings = two.settings.with_overrides(jobs=2)
    request = make_request("harbour", per_page=100)
    for numbers in (range(80), range(80, 150)):
        for number in numbers:
            text = f"Harbour dues of {number} euros, says Ada Stone{number % 7}."
            small.release(f"r{number:03}.md", f"Release {number}", text)
        one, other = small.index(), two.index()
        assert (one.releases, one.passages, one.new) == (other.releases, other.passages, other.new)
        first, second = small.service.search(request), two.service.search(request)
        assert [h.id for h in first.results] == [h.id for h in second.results]
        assert first.facets == second.facets
    served = [Generations(a.settings.data).current().index_folder for a in (small, two)]
    assert [len(open_segments(folder)) for folder in served] == [2, 2]


def test_second_writer_waits_or_refuses(small: SmallArchive) -> None:
    three_releases(small)
    small.settings.data.mkdir()
    with writer_lock(small.settings.data, 0), pytest.raises(WriterLockedError) as caught:
        small.index()
    assert str(os.getpid()) in str(caught.value)
    held = threading.Event()

    def hold() -> None:
        with writer_lock(small.settings.data, 0):
            held.set()
            time.sleep(0.3)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(5)
    small.settings = small.settings.with_overrides(lock_wait=20)
    assert small.index().written
    thread.join()


def test_full_disk_leaves_the_old_generation(
    small: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    three_releases(small)
    small.index()
    small.release("d.md", "Another", LATER)

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device", "somewhere")

    with monkeypatch.context() as patch:
        patch.setattr(Generations, "seal", full)
        with pytest.raises(DatelineError, match="No space left"):
            small.index()
    assert len(list((small.settings.data / "generations").iterdir())) == 1
    assert small.found("harbour") == ["a.md"]
    assert small.index().new == ["d.md"]


def test_failed_verification_is_not_promoted(
    small: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    three_releases(small)
    first = small.index()
    small.release("d.md", "Another", LATER)

    def wrong(*args: object) -> None:
        raise GenerationError("does not find its own release")

    with monkeypatch.context() as patch:
        patch.setattr("index.publish.verify_index", wrong)
        with pytest.raises(GenerationError):
            small.index()
    assert Generations(small.settings.data).current().name == first.generation


def test_running_service_sees_the_new_generation_within_a_second(small: SmallArchive) -> None:
    three_releases(small)
    small.index()
    service = small.service
    request = make_request("spring")
    assert service.search(request).total == 0
    small.release("d.md", "Another", LATER)
    small.index()
    deadline = time.monotonic() + 1
    while service.search(request).total == 0 and time.monotonic() < deadline:
        time.sleep(0.02)
    assert service.search(request).total == 1


def test_lost_or_damaged_store_costs_nothing_but_time(small: SmallArchive) -> None:
    three_releases(small)
    small.index()
    (small.settings.data / "parsed.sqlite").write_bytes(b"rubbish" * 1000)
    small.release("d.md", "Another", LATER)
    assert small.index().new == ["d.md"]
    assert small.found("spring") == ["d.md"]


def answers(small: SmallArchive, *texts: str) -> list[object]:
    """What a searcher sees of these queries: releases, scores, passages and counts."""
    service = small.service
    pages = [service.search(make_request(text, per_page=100)) for text in texts]
    hits = [[(h.id, h.score, h.passages) for h in page.results] for page in pages]
    return [*hits, *(page.facets for page in pages)]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_history_equals_a_full_build(
    small: SmallArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Additions, changes and removals, segments written early, merged and rewritten."""
    monkeypatch.setattr("index.columnar_index.FLUSH_POSITIONS", 150)
    chance = random.Random(seed)
    for round_number in range(14):
        for _ in range(chance.choice([1, 2, 15])):
            number = chance.randrange(40)
            path = small.root / f"r{number}.md"
            if path.exists() and chance.random() < 0.4:
                path.unlink()
            else:
                words = " ".join(
                    chance.choices(["harbour", "dues", "e-mail", "the", "opened"], k=9)
                )
                small.release(f"r{number}.md", f"Number {number}", words, f"Round {round_number}.")
        small.index()
    verify_generation(Generations(small.settings.data).current())
    fresh = SmallArchive(small.root, tmp_path / "fresh")
    fresh.index()
    asked = ("harbour", '"harbour dues"', "round", "opened -dues", "num*", "", '"e-mail the"')
    assert answers(small, *asked) == answers(fresh, *asked)
    small.index(full=True)
    assert len(open_segments(Generations(small.settings.data).current().index_folder)) == 1
    assert answers(small, *asked) == answers(fresh, *asked)


def test_segments_are_merged_and_what_is_deleted_vanishes(small: SmallArchive) -> None:
    for number in range(30):
        small.release(f"r{number}.md", f"Release {number}", f"Harbour dues of {number} euros.")
        small.index()
        folder = Generations(small.settings.data).current().index_folder
        assert len(open_segments(folder)) < 2 * 8
    for number in range(25):
        (small.root / f"r{number}.md").unlink()
        small.index()
    folder = Generations(small.settings.data).current().index_folder
    segments = open_segments(folder)
    assert all(2 * s.entry.deleted_releases <= s.releases for s in segments)
    names = {path.name for path in folder.iterdir() if path.suffix != ".toc"}
    assert names == referenced([segment.entry for segment in segments])


def test_a_change_leaves_the_other_segments_alone(small: SmallArchive) -> None:
    for number in range(40):
        small.release(f"r{number}.md", f"Release {number}", f"Harbour dues of {number} euros.")
    small.index()
    before = tree(Generations(small.settings.data).current().index_folder)
    small.release("r7.md", "Changed", LATER)
    small.index()
    after = tree(Generations(small.settings.data).current().index_folder)
    old = {Path(path).name: inode for path, (_, inode) in before.items() if path.endswith(".seg")}
    new = {Path(path).name: inode for path, (_, inode) in after.items()}
    assert old.items() <= new.items()
    assert len([name for name in new if name.endswith(".seg")]) == 2


def test_of_two_documents_with_one_id_the_first_is_indexed(
    small: SmallArchive, tmp_path: Path
) -> None:
    """A record called like a file: whichever comes and goes, it is as if all were built anew."""
    record = '{"id": "x.txt", "title": "Record", "body": "Harbour dues."}\n'
    other = '{"id": "y", "title": "Other", "body": "Harbour dues."}\n'
    small.write("wire.jsonl#x.txt", "File\n\nHarbour dues were paid at the gate.\n")
    found = []
    for number, content in enumerate((record, other, record, other, record + other)):
        small.write("wire.jsonl", content)
        report = small.index()
        fresh = SmallArchive(small.root, tmp_path / f"fresh{number}")
        fresh_report = fresh.index()
        assert [s.code for s in report.skipped] == [s.code for s in fresh_report.skipped]
        assert answers(small, "harbour") == answers(fresh, "harbour")
        found.append(sorted(small.found("harbour")))
        assert not small.index().written
    first, second = "wire.jsonl#1", "wire.jsonl#x.txt"
    assert found[:2] == [[first], [first, second]]
    assert found[2:] == [[first], [first, second], [first, "wire.jsonl#2"]]


def test_an_index_of_another_kind_is_replaced(small: SmallArchive) -> None:
    """As after an update from the time when Whoosh's own files were kept."""
    three_releases(small)
    small.index()
    folder = Generations(small.settings.data).current().index_folder
    for path in folder.iterdir():
        if not path.name.endswith(".toc"):
            path.unlink()
    manifest = folder.parent / "manifest.json"
    value = json.loads(manifest.read_text())
    value["fingerprint"] = "older"
    value["files"] = {name: fact for name, fact in value["files"].items() if ".toc" in name}
    value["files"]["documents.jsonl"] = [
        (folder.parent / "documents.jsonl").stat().st_size,
        file_digest(folder.parent / "documents.jsonl"),
    ]
    manifest.write_text(json.dumps(value))
    with pytest.raises(IndexUnavailableError, match="dateline reindex"):
        small.found("harbour")
    assert "changed" in small.index().rebuilt
    assert small.found("harbour") == ["a.md"]


def kill_at(settings_data: Path, archive: Path, delay: float) -> bool:
    """Start a reindex in a process of its own, kill it after ``delay``; True if it was alive."""
    process = subprocess.Popen(
        [sys.executable, "-m", "web.cli", "reindex", str(archive), "--jobs", "2"],
        env={**os.environ, "DATELINE_DATA": str(settings_data)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process.wait(delay)
        return False
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True


def touch(archive: Path, number: int, rounds: int) -> None:
    """Change the bytes of every ``rounds``-th page."""
    for path in list(archive.rglob("*.html"))[number::rounds]:
        path.write_bytes(path.read_bytes() + b"\n<!-- touched -->\n")


def test_killed_at_any_moment_the_old_generation_serves(tmp_path: Path) -> None:
    """Kills spread over a whole run; after each the site answers and a next run repairs."""
    small = SmallArchive(tmp_path / "archive", tmp_path / "var")
    small.settings = small.settings.with_overrides(lock_wait=10)
    for path in sorted(EXAMPLES.rglob("*.*")):
        if path.is_file():
            copy = small.root / path.relative_to(EXAMPLES)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    rounds = int(os.environ.get("DATELINE_TEST_KILLS", "12"))
    assert not kill_at(small.settings.data, small.root, 300)
    touch(small.root, 0, rounds)
    began = time.monotonic()
    assert not kill_at(small.settings.data, small.root, 300)
    whole = time.monotonic() - began
    count = len(small.found("the", per_page=100)), small.service.overview().releases
    killed = 0
    for number in range(rounds):
        small.release("extra/changing.md", f"Number {number}", LATER, f"Round {number}.")
        touch(small.root, number, rounds)
        serving = Generations(small.settings.data).current_name()
        killed += kill_at(small.settings.data, small.root, whole * (number + 0.5) / rounds)
        service = SearchService(small.settings)
        assert service.overview().releases >= count[1]
        if Generations(small.settings.data).current_name() == serving:
            assert service.search(make_request(f'"Round {number}"')).total == 0
    assert killed >= rounds // 2
    report = small.index()
    assert small.service.search(make_request(f'"Round {rounds - 1}"')).total == 1
    assert report.releases == count[1] + 1
    verify_generation(Generations(small.settings.data).current())
    assert len(list((small.settings.data / "generations").iterdir())) <= 2
