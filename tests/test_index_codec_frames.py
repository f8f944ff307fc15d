"""Stored releases are the same whether this core compresses them or another does."""

from __future__ import annotations

import json
import os
from contextlib import closing
from pathlib import Path

import pytest
import zstandard

from index.codec.batch import make_batch
from index.codec.frames import FramesBeside, compressed, compressor
from index.codec.segment import open_segments
from index.columnar_index import IndexWriter
from index.model import BlockKind, IndexedRelease, Passage, Release
from index.workers import Workers

GROUPS, IN_A_GROUP = 6, 100
RELEASES = [
    json.dumps({"id": n, "text": f"harbour dues {n * 7919}" * 9}).encode() for n in range(80)
]


def group(number: int) -> list[IndexedRelease]:
    names = [f"{number}-{each}" for each in range(IN_A_GROUP)]
    texts = {name: f"Release {name} on the harbour dues of {number * 7919}." for name in names}
    return [
        IndexedRelease(
            Release(id=name, path=f"{name}.md", title=name, blocks=()),
            (Passage(1, BlockKind.PARAGRAPH, 0, len(text), text),),
            (),
            (),
        )
        for name, text in texts.items()
    ]


@pytest.mark.parametrize("cores", [1, 2])
def test_what_is_stored_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cores: int
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(cores)))
    monkeypatch.setattr("index.columnar_index.FLUSH_POSITIONS", 3 * IN_A_GROUP * 9)
    groups = [group(number) for number in range(GROUPS)]
    with Workers(0) as workers, IndexWriter(tmp_path, extend=False, workers=workers) as writer:
        sized = [(some, len(some)) for some in groups]
        list(writer.add_groups(sized, GROUPS * IN_A_GROUP, lambda some: (None, make_batch(some))))
        assert len(writer._written) > 1
    [segment] = open_segments(tmp_path)
    stored = [segment.stored.passages(ordinal) for ordinal in range(segment.releases)]
    assert stored == [[[1, "paragraph", r.passages[0].text]] for some in groups for r in some]
    assert segment.array("stored.dictionary_of").all()


def test_a_thread_compresses_as_this_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    dictionary = zstandard.train_dictionary(2_000, RELEASES * 4).as_bytes()
    here = compressed(compressor(dictionary), RELEASES)
    with closing(FramesBeside(True)) as beside:
        assert beside.submit(RELEASES, b"") is None
        assert FramesBeside(False).submit(RELEASES, dictionary) is None
        found = beside.submit(RELEASES, dictionary)
        assert found is not None
        assert found.result().data.tobytes() == here.data.tobytes()
        assert found.result().ends.tolist() == here.ends.tolist()
    frames = [here.data[start:end] for start, end in zip([0, *here.ends], here.ends, strict=False)]
    reader = zstandard.ZstdDecompressor(dict_data=zstandard.ZstdCompressionDict(dictionary))
    assert [reader.decompress(frame.tobytes()) for frame in frames] == RELEASES
