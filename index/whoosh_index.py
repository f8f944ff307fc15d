"""The write side of the embedded engine: a Whoosh index of releases and their passages.

Whoosh stores the schema, the segments' bookkeeping and the stored fields as pickles: whoever can
write to the folder can run code in whoever reads it. The folder is the operator's alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

from whoosh import fields, formats
from whoosh import index as whoosh_files
from whoosh.index import FileIndex
from whoosh.system import pack_uint

from index.analysis import count_stems, tokenize
from index.fields import FIELDS, TITLE_WEIGHT, FieldKind
from index.model import BlockKind, IndexedRelease

FACET_SEPARATOR = "\x1f"
"""Stands between the values of one document in a facet's column; no value holds it."""

_POSITIONS = formats.Positions()


class StemCounts(fields.FieldType):  # type: ignore[misc]
    """A field of stems counted beforehand: its value is a mapping of stem to weight."""

    def __init__(self) -> None:
        super().__init__(format=formats.Frequency(), analyzer=None, scorable=True)

    def index(
        self, value: Mapping[str, int], **kwargs: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield (term, frequency, weight, posting value) for each stem."""
        for term, count in value.items():
            yield term.encode(), count, float(count), pack_uint(count)


class SurfacePositions(fields.FieldType):  # type: ignore[misc]
    """A field of surface terms with positions: its value is the terms in order."""

    def __init__(self) -> None:
        super().__init__(format=formats.Positions(), analyzer=None, scorable=False)

    def index(
        self, value: Iterable[str], **kwargs: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield (term, frequency, weight, posting value) for each distinct term."""
        positions: dict[str, list[int]] = {}
        for position, term in enumerate(value):
            positions.setdefault(term, []).append(position)
        for term, places in positions.items():
            yield term.encode(), len(places), float(len(places)), _POSITIONS.encode(places)


class FacetValues(fields.FieldType):  # type: ignore[misc]
    """A field of any number of values, each a term as it is: its value is a tuple of them.

    The values of a document also stand together in a column, joined by ``FACET_SEPARATOR``:
    reading that is how the columns of all releases are built (one look for each release, not
    one for each of many thousand names).
    """

    def __init__(self) -> None:
        super().__init__(format=formats.Existence(), analyzer=None, sortable=True)

    def to_column_value(self, value: Iterable[str]) -> bytes:
        """Return the distinct values joined, UTF-8."""
        return FACET_SEPARATOR.join(dict.fromkeys(value)).encode()

    def index(
        self, value: Iterable[str], **kwargs: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield (term, 1, 1.0, nothing) for each distinct value."""
        for term in dict.fromkeys(value):
            yield term.encode(), 1, 1.0, b""


_FIELD_TYPES = {
    FieldKind.KEY: fields.ID,
    FieldKind.IDENTITY: partial(fields.ID, sortable=True),
    FieldKind.STEMS: StemCounts,
    FieldKind.SURFACE: SurfacePositions,
    FieldKind.FACET: FacetValues,
    FieldKind.STORED: fields.STORED,
}


def whoosh_schema() -> fields.Schema:
    """Return the table of fields as a Whoosh schema."""
    return fields.Schema(**{field.name: _FIELD_TYPES[field.kind]() for field in FIELDS})


@dataclass(frozen=True, slots=True)
class PreparedRelease:
    """A release analyzed, ready to be written: made in the reading processes."""

    id: str
    path: str
    documents: tuple[dict[str, Any], ...]
    """The parent document and then one for each passage, by field name."""


def prepare_release(indexed: IndexedRelease) -> PreparedRelease:
    """Analyze a release into the documents of its group."""
    release = indexed.release
    text: Counter[str] = Counter()
    title: Counter[str] = Counter()
    passages: list[dict[str, Any]] = []
    for passage in indexed.passages:
        tokens = tokenize(passage.text)
        if passage.kind == BlockKind.TITLE:
            title = count_stems(tokens)
            text.update(count_stems(tokens, TITLE_WEIGHT))
        else:
            text.update(count_stems(tokens))
        passages.append(
            {
                "level": "passage",
                "group": release.id,
                "kind": passage.kind.value,
                "surface": [token.term for token in tokens],
                "stored": (passage.number, passage.kind.value, passage.text),
            }
        )
    date = release.date
    parent = {
        "level": "release",
        "group": release.id,
        "id": release.id,
        "title": title,
        "text": text,
        "person": tuple(person.name for person in indexed.people),
        "place": tuple(place.name for place in indexed.places),
        "source": (release.source,) if release.source else (),
        "lang": (release.lang,) if release.lang else (),
        "date": (date.value,) if date else (),
        "stored": _stored(indexed),
    }
    return PreparedRelease(release.id, release.path, (parent, *passages))


def _stored(indexed: IndexedRelease) -> dict[str, Any]:
    release = indexed.release
    return {
        "id": release.id,
        "path": release.path,
        "url": release.url,
        "title": release.title,
        "summary": release.summary,
        "date": release.date.value if release.date else "",
        "date_source": release.date.source if release.date else "",
        "dateline": release.dateline,
        "source": release.source,
        "lang": release.lang,
        "people": [(person.name, len(person.mentions)) for person in indexed.people],
        "places": [(place.name, len(place.mentions)) for place in indexed.places],
        "passages": len(indexed.passages),
    }


class WhooshWriter(AbstractContextManager["WhooshWriter"]):
    """Writes one generation's index; leaving it normally commits, by an error cancels.

    ``extend``: the folder holds an index already, which is added to; else a new one is made.
    """

    def __init__(self, folder: Path, *, extend: bool) -> None:
        if extend:
            self._index: FileIndex = whoosh_files.open_dir(str(folder))
        else:
            folder.mkdir(parents=True, exist_ok=True)
            self._index = whoosh_files.create_in(str(folder), whoosh_schema())
        self._writer = self._index.writer(limitmb=256)
        self._optimize = not extend

    def delete(self, release_id: str) -> None:
        """Remove a release and its passages."""
        self._writer.delete_by_term("group", release_id)

    def add(self, prepared: PreparedRelease) -> None:
        """Add a release and its passages as one group."""
        with self._writer.group():
            for document in prepared.documents:
                self._writer.add_document(**document)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._writer.commit(optimize=self._optimize)
        else:
            self._writer.cancel()
        self._index.close()
