"""Indexes of the example archive by the columnar codec and by Whoosh's own, side by side.

Each is made once for all tests that compare the two.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from whoosh import fields, formats, index
from whoosh.index import FileIndex
from whoosh.reading import IndexReader
from whoosh.system import pack_uint

from index.analysis import count_stems, surface_terms, tokenize
from index.codec.batch import make_batch
from index.codec.builder import SegmentBuilder
from index.codec.folder import mark_deleted, new_name, write_entries
from index.codec.header import stored_header
from index.codec.repeats import write_repeats
from index.codec.segment import Segment
from index.codec.whoosh_codec import write_toc
from index.codec.whoosh_schema import FACET_SEPARATOR
from index.fields import FIELDS, TITLE_WEIGHT, FieldKind
from index.model import BlockKind, IndexedRelease
from index.prepare import derive
from index.reading import read_document
from index.sources import walk_archive
from tests.conftest import EXAMPLES

Postings = Iterator[tuple[bytes, int, float, bytes]]
"""Term, frequency, weight and encoded value."""


class Stems(fields.FieldType):
    def __init__(self) -> None:
        super().__init__(formats.Frequency(), None, scorable=True)

    def index(self, value: Mapping[str, int], **_: Any) -> Postings:
        for term, count in value.items():
            yield term.encode(), count, float(count), pack_uint(count)


class Surface(fields.FieldType):
    def __init__(self) -> None:
        super().__init__(formats.Positions(), None)

    def index(self, value: Iterable[str], **_: Any) -> Postings:
        places: dict[str, list[int]] = {}
        for position, term in enumerate(value):
            places.setdefault(term, []).append(position)
        for term, at in places.items():
            yield term.encode(), len(at), float(len(at)), self.format.encode(at)


class Facet(fields.FieldType):
    def __init__(self) -> None:
        super().__init__(formats.Existence(), None, sortable=True)

    def to_column_value(self, value: Iterable[str]) -> bytes:
        return FACET_SEPARATOR.join(value).encode()

    def index(self, value: Iterable[str], **_: Any) -> Postings:
        for term in value:
            yield term.encode(), 1, 1.0, b""


PARTS = {"one": 1, "three": 3, "deleted": 3}
"""One segment; three; three of which a quarter of the releases is deleted."""

TYPES = {
    FieldKind.KEY: fields.ID(),
    FieldKind.IDENTITY: fields.ID(sortable=True),
    FieldKind.STEMS: Stems(),
    FieldKind.SURFACE: Surface(),
    FieldKind.FACET: Facet(),
    FieldKind.STORED: fields.STORED(),
}


def write_default(
    folder: Path, parts: Iterable[list[IndexedRelease]], deleted: Iterable[str]
) -> FileIndex:
    """Write each part as a segment, delete releases by their ids, and return the index."""
    folder.mkdir()
    schema = fields.Schema(**{field.name: TYPES[field.kind] for field in FIELDS})
    made = index.create_in(str(folder), schema)
    for part in parts:
        writer = made.writer()
        for indexed in part:
            for document in _documents(indexed):
                writer.add_document(**document)
        writer.commit(merge=False)
    writer = made.writer()
    for release_id in deleted:
        writer.delete_by_term("group", release_id)
    writer.commit(merge=False)
    return made


def _documents(indexed: IndexedRelease) -> Iterator[dict[str, Any]]:
    """Yield the documents of a release by field: itself, then its passages."""
    release = indexed.release
    text: Counter[str] = Counter()
    title: Counter[str] = Counter()
    passages = []
    for passage in indexed.passages:
        tokens = tokenize(passage.text)
        if passage.kind is BlockKind.TITLE:
            title.update(count_stems(tokens))
        text.update(count_stems(tokens, TITLE_WEIGHT if passage.kind is BlockKind.TITLE else 1))
        passages.append(
            {
                "level": "passage",
                "group": release.id,
                "kind": passage.kind.value,
                "surface": [token.term for token in tokens],
                "stored": (passage.number, passage.kind.value, passage.text),
            }
        )
    yield {
        "level": "release",
        "group": release.id,
        "id": release.id,
        "title": title,
        "text": text,
        "person": [person.name for person in indexed.people],
        "place": [place.name for place in indexed.places],
        "source": [release.source] if release.source else [],
        "lang": [release.lang] if release.lang else [],
        "date": [release.date.value] if release.date else [],
        "stored": json.loads(stored_header(indexed)),
    }
    yield from passages


@dataclass
class Pair:
    """The same releases indexed by the columnar codec and by Whoosh's own."""

    folder: Path
    columnar: FileIndex
    default: FileIndex

    def readers(self) -> tuple[IndexReader, IndexReader]:
        return self.columnar.reader(), self.default.reader()


def write_columnar(
    folder: Path, parts: list[list[IndexedRelease]], deleted: frozenset[str]
) -> None:
    folder.mkdir()
    entries = []
    for part in parts:
        builder = SegmentBuilder(folder, new_name())
        for start in range(0, len(part), 10):
            builder.add(make_batch(part[start : start + 10]))
        gone = [number for number, each in enumerate(part) if each.release.id in deleted]
        entry = builder.finish()
        entries.append(mark_deleted(folder, entry, gone) if gone else entry)
    write_repeats(folder, [Segment(folder, entry) for entry in entries])
    write_entries(folder, entries)
    write_toc(folder, entries)


@lru_cache(maxsize=1)
def example_releases() -> list[IndexedRelease]:
    """Return the releases of the example archive."""
    documents = walk_archive(EXAMPLES, 1 << 24)
    return [derive(read_document(document)) for document in documents]  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def example_pairs(temporary: Path) -> dict[str, Pair]:
    """Return the example archive indexed in each of the shapes of ``PARTS``.

    ``temporary`` is the folder of all temporary folders of this run of the tests.
    """
    releases = example_releases()
    made = {}
    for shape, count in PARTS.items():
        folder = temporary / f"example-{shape}"
        folder.mkdir()
        step = -(-len(releases) // count)
        parts = [releases[start : start + step] for start in range(0, len(releases), step)]
        ids = [each.release.id for each in releases[::4]] if shape == "deleted" else []
        write_columnar(folder / "columnar", parts, frozenset(ids))
        default = write_default(folder / "default", parts, ids)
        columnar = index.open_dir(str(folder / "columnar"))
        made[shape] = Pair(folder / "columnar", columnar, default)
    return made


@lru_cache(maxsize=1)
def example_passages() -> list[tuple[str, ...]]:
    """Return the surface terms of each passage that has any."""
    texts = (passage.text for each in example_releases() for passage in each.passages)
    return [terms for terms in map(surface_terms, texts) if terms]


@lru_cache(maxsize=1)
def example_words() -> list[str]:
    """Return common and rare surface terms."""
    counts = Counter(term for terms in example_passages() for term in terms)
    ranked = [term for term, _ in counts.most_common()]
    return ranked[:200] + ranked[200::7]
