"""Merging segments: the result is the segment built from the live releases in one go."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import astuple
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.codec import merge, merge_terms
from index.codec.batch import make_batch
from index.codec.builder import SegmentBuilder
from index.codec.folder import SegmentEntry, mark_deleted, new_name
from index.codec.merge import merge_segments
from index.codec.segment import Segment
from index.errors import GenerationError
from index.fields import FACETS
from index.model import (
    Block,
    BlockKind,
    Entity,
    IndexedRelease,
    Mention,
    Quotation,
    Release,
    ReleaseDate,
)
from index.passages import split_passages

WORDS = ["harbour", "harbours", "dues", "e-mail", "COVID-19", "the", "O'Brien", "Été", "港"]
WORDS += ["U.S.", "AT&T", "10,000", "opened", "opening", "𝔘", "ﬀ", "end.", "好。", "“So"]
NAMES = ["Anna Diaz", "Bo Li", "Çelik"]


@st.composite
def releases(draw: st.DrawFn) -> list[IndexedRelease]:
    """Up to twelve small releases of few words, some in several passages, some without facets."""
    text = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
    count = draw(st.integers(1, 12))
    return [
        make_release(
            f"r{number}",
            draw(text),
            draw(st.lists(st.tuples(st.sampled_from(BlockKind), text), max_size=4)),
            draw(st.lists(st.sampled_from(NAMES), unique=True)),
            draw(st.sampled_from(["", "2019", "2019-03-01"])),
            draw(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)), max_size=3)),
        )
        for number in range(count)
    ]


def make_release(
    key: str,
    title: str,
    body: Sequence[tuple[BlockKind, str]],
    people: Sequence[str] = (),
    date: str = "",
    quotes: Sequence[tuple[int, int]] = (),
) -> IndexedRelease:
    blocks = [Block(BlockKind.TITLE, title)]
    blocks += [Block(kind, text) for kind, text in body if kind is not BlockKind.TITLE]
    when = ReleaseDate(date) if date else None
    release = Release(key, f"{key}.md", title, tuple(blocks), date=when, lang="en")
    entities = tuple(Entity(name, (Mention(0, 1, "test"),)) for name in people)
    said = [
        Quotation(start, min(start + size, len(release.text)), 0, "test", person)
        for (start, size), person in zip(quotes, people, strict=False)
    ]
    passages = split_passages(release)
    return IndexedRelease(release, passages, entities, entities[:1], quotes=tuple(said))


def build(folder: Path, items: Sequence[IndexedRelease], *, plain: bool = False) -> SegmentEntry:
    builder = SegmentBuilder(folder, new_name(), plain=plain)
    builder.add(make_batch(items))
    return builder.finish()


def contents(folder: Path, entry: SegmentEntry) -> dict[str, Any]:
    """Everything that can be read of a segment."""
    segment = Segment(folder, entry)
    found: dict[str, Any] = {
        "counts": (segment.releases, segment.passages, segment.positions),
        "stored": [segment.stored.group(ordinal) for ordinal in range(segment.releases)],
    }
    for name in ("ids", "passage_start", "passage_base", "release_base", "kinds"):
        found[name] = getattr(segment, name).tolist()
    for name in ("text_lengths", "title_ends"):
        found[name] = getattr(segment, name).tolist()
    for name, field in (("text", segment.text), ("title", segment.title)):
        for number, term in enumerate(field.terms.terms()):
            found[name, term] = [column.tolist() for column in field.postings(number)]
    surface = segment.surface.terms.terms()
    for number, term in enumerate(surface):
        found["surface", term] = segment.surface.positions(number).tolist()
    for number, term in enumerate(segment.text.terms.terms()):
        found["family", term] = [surface[member] for member in segment.family(number)]
    for name in FACETS:
        facet = segment.facets[name]
        found["values", name] = facet.values.terms()
        for part in ("hashes", "starts", "value_ids", "value_starts", "releases"):
            found[part, name] = getattr(facet, part).tolist()
    names = np.array(segment.facets["person"].values.terms(), object)
    found["speech"] = [part.tolist() for part in astuple(segment.speech)[:3]]
    found["speakers"] = names[segment.speech.speakers].tolist()
    positions = np.arange(segment.positions, dtype=np.int32)
    found["releases_of"] = segment.releases_of(positions).tolist()
    found["found"] = [segment.find(value.decode()) for value in segment.ids.tolist()]
    return found


@settings(max_examples=60, deadline=None)
@given(releases(), st.data())
def test_a_merge_equals_one_build_of_what_lives(
    items: list[IndexedRelease], data: st.DataObject
) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(items)), max_size=4)) | {0, len(items)})
    numbers = st.sets(st.integers(0, len(items) - 1), max_size=len(items) - 1)
    deleted = data.draw(numbers)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        entries = []
        for first, last in pairwise(cuts):
            entry = build(folder, items[first:last], plain=data.draw(st.booleans(), "plain"))
            gone = [number - first for number in sorted(deleted) if first <= number < last]
            half = len(gone) // 2
            for ordinals in (gone[:half], gone[half:]):
                entry = mark_deleted(folder, entry, ordinals) if ordinals else entry
            entries.append(entry)
        merged = merge_segments(folder, entries, new_name())
        live = [item for number, item in enumerate(items) if number not in deleted]
        expected = build(folder, live)
        assert contents(folder, merged) == contents(folder, expected)


def test_slices_of_any_size_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [build(tmp_path, many(first)) for first in (0, 50, 100)]
    entries[1] = mark_deleted(tmp_path, entries[1], [3, 4, 49])
    expected = contents(tmp_path, merge_segments(tmp_path, entries, new_name()))
    beside = merge_segments(tmp_path, entries, new_name(), processes=2)
    assert contents(tmp_path, beside) == expected
    for occurrences, terms in ((1, 3), (10, 1), (100, 7)):
        monkeypatch.setattr(merge_terms, "OCCURRENCES", occurrences)
        monkeypatch.setattr(merge_terms, "_TERMS", terms)
        monkeypatch.setattr(merge, "_PAIRS", occurrences)
        merged = merge_segments(tmp_path, entries, new_name())
        assert contents(tmp_path, merged) == expected


def many(first: int) -> list[IndexedRelease]:
    return [
        make_release(
            f"r{number}",
            f"Harbour number {number}",
            [(BlockKind.PARAGRAPH, f"The dues of {number % 7} ports, {WORDS[number % 9]}.")],
            [NAMES[number % 3]],
            f"20{number % 30:02}",
        )
        for number in range(first, first + 50)
    ]


@pytest.mark.parametrize("processes", [1, 2])
def test_a_damaged_segment_is_told_and_leaves_nothing(tmp_path: Path, processes: int) -> None:
    entries = [build(tmp_path, many(0)), build(tmp_path, many(50))]
    path = tmp_path / entries[1].file
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    before = set(tmp_path.iterdir())
    with pytest.raises(GenerationError, match="checksum"):
        merge_segments(tmp_path, entries, new_name(), processes=processes)
    assert set(tmp_path.iterdir()) == before
