"""Merging segments into one: what was deleted vanishes, the rest stays in its order.

The result is the segment that would have been built from the live releases in one go. Postings
pass through in slices of the term space, so that memory does not grow with the archive.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.codec.container import Array, SectionFile
from index.codec.folder import SegmentEntry
from index.codec.integers import Ints, distinct
from index.codec.merge_terms import Lists, TermMaps, in_term_order, merged_slices, recount
from index.codec.postings import StemField, StemFieldWriter, SurfaceField, SurfaceFieldWriter
from index.codec.segment import Mask, Segment
from index.codec.sketches import Marks, joined_marks
from index.codec.speech import Speech
from index.codec.writer import SegmentWriter
from index.fields import FACETS
from index.memory import give_back_freed_memory
from index.workers import Workers, outcome

_MAP = "map."
"""Sections with the new ids of a segment's old terms, in the file between two processes."""

_PAIRS = 1 << 22
"""Pairs of a stem and a surface term after which those seen twice are dropped."""

_Longs = npt.NDArray[np.int64]


class _Source:
    """A segment to be merged, and where its live releases go."""

    def __init__(self, segment: Segment, first: int, first_position: int) -> None:
        """Number its live releases from ``first`` and their positions from ``first_position``."""
        self.segment = segment
        deleted = segment.deleted
        self.live: Mask | None = None if deleted is None else ~deleted
        self.first, self.first_position = first, first_position
        self.releases = segment.releases
        self.end_position = first_position + segment.positions
        if self.live is not None:
            self._renumber(self.live)

    def _renumber(self, live: Mask) -> None:
        """Close the gaps that deleted releases leave."""
        self.releases = int(live.sum())
        self._ordinals = (np.cumsum(live) - 1 + self.first).astype(np.int32)
        base = self.segment.release_base.astype(np.int64)
        spans = np.where(live, np.diff(base), 0)
        ends = np.cumsum(spans) + self.first_position
        self._shift = (ends - spans - base[:-1]).astype(np.int32)
        self.end_position = int(ends[-1]) if ends.size else self.first_position

    def moved(self, *places: Array) -> tuple[Mask | slice, list[Array]]:
        """Return positions as merged, without those of deleted releases, and which are kept.

        Each array after the first is moved and kept as the first is.
        """
        if self.live is None:
            return slice(None), [each + np.int32(self.first_position) for each in places]
        owners = self.segment.releases_of(places[0])
        kept = self.live[owners]
        return kept, [each[kept] + self._shift[owners[kept]] for each in places]

    def passages(self) -> Mask | slice:
        """Return what picks the passages of live releases."""
        if self.live is None:
            return slice(None)
        return np.repeat(self.live, _counts(self.segment.passage_start))

    def field(self, name: str) -> StemField | SurfaceField:
        """Return the field ``text``, ``title`` or ``surface``."""
        if name == "surface":
            return self.segment.surface
        return self.segment.text if name == "text" else self.segment.title

    def read(self, name: str, start: int, stop: int) -> Lists:
        """Return the lists of a range of terms as merged, without what is deleted.

        Counts of each term, then ordinals and weights of a field of stems, or the positions of
        surface terms.
        """
        field = self.field(name)
        if isinstance(field, SurfaceField):
            return self._positions(field, start, stop)
        counts, ordinals, weights = field.slice(start, stop)
        if self.live is None:
            return counts, (ordinals + np.int32(self.first), weights)
        kept = self.live[ordinals]
        return recount(counts, kept), (self._ordinals[ordinals[kept]], weights[kept])

    def _positions(self, field: SurfaceField, start: int, stop: int) -> Lists:
        counts, positions = field.slice(start, stop)
        if self.live is None:
            return counts, (positions + np.int32(self.first_position),)
        owners = self.segment.releases_of(positions)
        kept = self.live[owners]
        return recount(counts, kept), (positions[kept] + self._shift[owners[kept]],)


def merge_segments(
    folder: Path, entries: Sequence[SegmentEntry], name: str, *, processes: int = 1
) -> SegmentEntry:
    """Write the live releases of segments into one new segment and return its entry.

    The segments' own files stay. With two ``processes`` a forked one merges the surface terms,
    about half of the work. Raises GenerationError when a segment is damaged.
    """
    sources = _open(folder, entries)
    part = folder / f"{name}.surface"
    with Workers(1 if processes > 1 else 0) as workers, ExitStack() as stack:
        stack.callback(part.unlink, missing_ok=True)
        beside = workers.submit(_merge_surface, folder, entries, part)
        with SegmentWriter(folder / f"{name}.seg") as writer:
            text = _merge_field(writer.stem_field("text"), sources, "text")
            _merge_field(writer.stem_field("title"), sources, "title")
            ids = {facet: _merge_facet(writer, sources, facet) for facet in FACETS}
            _merge_speech(writer, sources, ids["person"])
            give_back_freed_memory()
            stored = writer.stored()
            for source in sources:
                live = source.live
                everything = np.ones(source.segment.releases, bool)
                stored.copy(source.segment.stored, everything if live is None else live)
                source.segment.unload()
            stored.close()
            passages, positions = _merge_documents(writer, sources)
            writer.marks(joined_marks([_marks(source) for source in sources]))
            give_back_freed_memory()
            outcome(beside)
            surface = _take_surface(writer, part, len(sources))
            _merge_families(writer, sources, text.ids, surface)
    releases = sum(source.releases for source in sources)
    return SegmentEntry(name, releases, passages, positions)


def _merge_surface(folder: Path, entries: Sequence[SegmentEntry], part: Path) -> None:
    """Merge the surface terms into a file of their own, with the new ids of the old terms."""
    sources = _open(folder, entries)
    with SegmentWriter(part) as writer:
        maps = _merge_field(writer.surface_field(), sources, "surface")
        for number, ids in enumerate(maps.ids):
            writer.section(f"{_MAP}{number}", ids)
    del sources, maps
    give_back_freed_memory()  # the other process goes on for a while


def _take_surface(writer: SegmentWriter, part: Path, sources: int) -> list[Ints]:
    """Take merged surface terms over; return the new ids of the terms of each source."""
    file = SectionFile(part)
    maps = [f"{_MAP}{number}" for number in range(sources)]
    for section in file.names:
        if section not in maps:
            writer.copy(file, section)
    return [file.array(section) for section in maps]


def _open(folder: Path, entries: Sequence[SegmentEntry]) -> list[_Source]:
    sources: list[_Source] = []
    first, position = 0, 0
    for entry in entries:
        source = _Source(Segment(folder, entry), first, position)
        first, position = first + source.releases, source.end_position
        sources.append(source)
    return sources


def _merge_field(
    target: StemFieldWriter | SurfaceFieldWriter, sources: list[_Source], name: str
) -> TermMaps:
    """Merge a field of stems or surface terms; return the new id of every old one."""
    fields = [source.field(name) for source in sources]
    maps = TermMaps([field.terms.size for field in fields])
    for piece in merged_slices(fields):
        read = []
        for source, (start, stop) in zip(sources, piece.ranges, strict=True):
            read.append(source.read(name, start, stop))
            source.segment.unload()
        counts, columns = in_term_order(piece, read)
        del read  # of the commonest word as much again as the columns
        target.add(maps.add(piece, counts), counts[counts > 0], *columns)
    target.close()
    return maps


def _merge_families(
    writer: SegmentWriter, sources: list[_Source], text: list[Ints], surface: list[Ints]
) -> None:
    """Merge which surface terms have each stem; those of vanished terms vanish.

    ``text`` and ``surface`` are the new ids of the old terms of each source.
    """
    size, terms_size = (
        1 + max((int(ids.max(initial=-1)) for ids in maps), default=-1) for maps in (text, surface)
    )
    pairs: list[_Longs] = []
    many = 0
    for source, stem_ids, term_ids in zip(sources, text, surface, strict=True):
        starts = source.segment.array("families.starts")
        stems = np.repeat(stem_ids, _counts(starts)).astype(np.int64)
        terms = term_ids[source.segment.array("families.surface")]
        held = (stems >= 0) & (terms >= 0)
        pairs.append(stems[held] * terms_size + terms[held])
        source.segment.unload()
        many += pairs[-1].size
        if many > _PAIRS:  # segments have most pairs in common
            pairs = [distinct(np.concatenate(pairs))]
            many = pairs[0].size
    found = distinct(np.concatenate(pairs)) if pairs else np.empty(0, np.int64)
    stems, terms = np.divmod(found, max(1, terms_size))
    writer.families(_starts(np.bincount(stems, minlength=size)), terms)


def _merge_facet(writer: SegmentWriter, sources: list[_Source], name: str) -> list[_Longs]:
    """Merge a facet; values that no live release has vanish. Return the new ids of the old ones."""
    facets = [source.segment.facets[name] for source in sources]
    terms = [facet.values.terms() for facet in facets]
    values = sorted(set().union(*terms))
    numbers = {value: number for number, value in enumerate(values)}
    counts: list[Array] = []
    ids: list[Array] = []
    tables: list[_Longs] = []
    for source, facet, own in zip(sources, facets, terms, strict=True):
        tables.append(table := np.fromiter(map(numbers.__getitem__, own), np.int64, len(own)))
        many = _counts(facet.starts)
        found = table[facet.value_ids].astype(np.int32)
        if source.live is not None:
            found = found[np.repeat(source.live, many)]
            many = many[source.live]
        counts.append(many)
        ids.append(found)
        source.segment.unload()
    found = np.concatenate(ids) if ids else np.empty(0, np.int64)
    used = np.bincount(found, minlength=len(values)) > 0
    held = [value for value, use in zip(values, used, strict=True) if use]
    new = np.cumsum(used) - 1
    writer.facet(name, held, _starts(np.concatenate(counts)), new[found])
    return [new[table] for table in tables]


def _merge_speech(writer: SegmentWriter, sources: list[_Source], people: list[_Longs]) -> None:
    """Merge where sentences begin and who is quoted; ``people``: new ids of the old ones."""
    parts: tuple[list[Array], ...] = ([], [], [], [])
    for source, ids in zip(sources, people, strict=True):
        speech = source.segment.speech
        _, (sentences,) = source.moved(speech.sentences)
        kept, (begins, ends) = source.moved(speech.begins, speech.ends)
        speakers = ids[speech.speakers[kept]]
        for part, array in zip(parts, (sentences, begins, ends, speakers), strict=True):
            part.append(array)
        source.segment.unload()
    writer.speech(Speech(*(np.concatenate(part) for part in parts)))


def _merge_documents(writer: SegmentWriter, sources: list[_Source]) -> tuple[int, int]:
    """Merge what is known of the documents; return the numbers of passages and positions."""
    ids: list[str] = []
    passages, kinds, lengths, text_lengths = [], [], [], []
    for source in sources:
        segment, live = source.segment, source.live
        chosen = slice(None) if live is None else live
        inside = source.passages()
        ids += [value.decode("utf-8", "surrogatepass") for value in segment.ids[chosen].tolist()]
        passages.append(_counts(segment.passage_start)[chosen])
        kinds.append(segment.kinds[inside])
        lengths.append(np.diff(segment.passage_base)[inside] - 1)
        text_lengths.append(segment.text_lengths[chosen])
        segment.unload()
    columns = [np.concatenate(parts) for parts in (passages, kinds, lengths, text_lengths)]
    positions = writer.documents(ids, *columns)
    return int(columns[1].size), positions


def _marks(source: _Source) -> Marks:
    """Return what shows that a segment's live releases repeat each other or others."""
    marks, live = source.segment.marks(), source.live
    if live is None:
        return marks
    passages = np.repeat(live, _counts(source.segment.passage_start))
    paragraphs = np.repeat(passages, marks.paragraphs)
    return Marks(
        marks.paragraphs[passages],
        marks.words[paragraphs],
        marks.hashes[paragraphs],
        marks.titles[live],
        marks.counts[live],
        marks.sketches[np.repeat(live, marks.counts)],
    )


def _starts(counts: Array) -> _Longs:
    """Return where each of so many items begins, and the end."""
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)))


def _counts(starts: Array) -> _Longs:
    """Return how many items each has, of where each begins and the end."""
    return np.asarray(starts[1:].astype(np.int64) - starts[:-1], dtype=np.int64)
