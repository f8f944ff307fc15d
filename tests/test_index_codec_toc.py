"""Whoosh's table of contents of a columnar index: written anew, opened by others, read-only."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from whoosh import index

from index.codec.folder import mark_deleted, read_entries
from index.codec.whoosh_codec import ColumnarCodec, write_toc
from index.codec.whoosh_schema import ReadOnlyIndexError, whoosh_schema
from index.errors import GenerationError
from index.model import IndexedRelease
from tests.whoosh_indexes import Pair, example_pairs, example_releases, write_columnar


@pytest.fixture(scope="session")
def releases() -> list[IndexedRelease]:
    return example_releases()


@pytest.fixture(scope="session")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pair]:
    return example_pairs(tmp_path_factory.getbasetemp())


def test_another_process_needs_no_more_than_whoosh(pairs: dict[str, Pair]) -> None:
    lines = "import sys; from whoosh.index import open_dir; i = open_dir(sys.argv[1])"
    command = f"{lines}; print(i.searcher().doc_frequency('text', 'river'), i.doc_count())"
    folder = str(pairs["deleted"].folder)
    ran = subprocess.run([sys.executable, "-c", command, folder], capture_output=True, check=True)
    reader = pairs["deleted"].columnar.reader()
    assert ran.stdout.split() == [
        str(reader.doc_frequency("text", "river")).encode(),
        str(reader.doc_count()).encode(),
    ]


def test_writing_is_refused(releases: list[IndexedRelease], tmp_path: Path) -> None:
    write_columnar(tmp_path / "index", [releases[:3]], frozenset())
    opened = index.open_dir(str(tmp_path / "index"))
    with pytest.raises(ReadOnlyIndexError, match="dateline reindex"):
        opened.writer(codec=ColumnarCodec())
    opened = index.open_dir(str(tmp_path / "index"))
    with pytest.raises(ReadOnlyIndexError, match="dateline reindex"):
        opened.reader().segment().delete_document(0)
    for field in whoosh_schema():
        if field.indexed and field.format:
            with pytest.raises(ReadOnlyIndexError, match="dateline reindex"):
                field.index("word")


def test_a_new_table_of_contents_replaces_the_old(
    releases: list[IndexedRelease], tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    write_columnar(folder, [releases[:3], releases[3:6]], frozenset())
    opened = index.open_dir(str(folder))
    before = opened.searcher()
    entries = read_entries(folder)
    entries[0] = mark_deleted(folder, entries[0], [1])
    write_toc(folder, entries)
    assert [path.name for path in folder.glob("*.toc*")] == ["_MAIN_2.toc"]
    assert not before.up_to_date()
    after = opened.searcher()
    assert after.up_to_date()
    assert after.document(id=releases[1].release.id) is None
    assert before.document(id=releases[1].release.id)["stored"]["path"] == releases[1].release.path
    assert after.document(id=releases[2].release.id)["stored"]["path"] == releases[2].release.path
    write_toc(folder, [])
    assert index.open_dir(str(folder)).is_empty()


def test_a_pickled_segment_is_names_and_counts(pairs: dict[str, Pair]) -> None:
    for leaf, _ in pairs["deleted"].columnar.reader().leaf_readers():
        copied = pickle.loads(pickle.dumps(leaf.segment()))
        assert copied.entry() == leaf.segment().entry()
        values = [v for value in vars(copied).values() for v in np.atleast_1d(value).tolist()]
        assert {type(value) for value in values} <= {str, int, bool}


def test_a_damaged_segment_is_named(releases: list[IndexedRelease], tmp_path: Path) -> None:
    write_columnar(tmp_path / "index", [releases[:3]], frozenset())
    (path,) = (tmp_path / "index").glob("*.seg")
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(GenerationError, match=path.name):
        index.open_dir(str(tmp_path / "index")).reader()
