"""What Whoosh's codec interface asks of a segment: its terms, and its documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.columns import Column, ColumnReader
from whoosh.fields import FieldType
from whoosh.formats import Format
from whoosh.reading import TermInfo, TermNotFound

from index.codec.whoosh_fields import FieldTerms, SegmentFields
from index.codec.whoosh_matcher import ArrayMatcher
from index.codec.whoosh_schema import FACET_SEPARATOR
from index.fields import FACETS

Term = tuple[str, bytes]
"""The name of a field and a term in it."""

_COLUMNS = ("id", *FACETS)


class TermsReader(base.TermsReader):  # type: ignore[misc]
    """The terms of all fields, ordered by field and term."""

    def __init__(self, fields: SegmentFields) -> None:
        self._fields = fields

    def __contains__(self, term: Term) -> bool:
        return term[0] in self._fields and self._fields[term[0]].find(term[1]) is not None

    def indexed_field_names(self) -> list[str]:
        """Return the names of the fields with terms."""
        return self._fields.names()

    def cursor(self, fieldname: str, fieldobj: FieldType) -> TermCursor:
        """Return a cursor that stands at a field's first term."""
        return TermCursor(self._fields[fieldname], fieldobj)

    def terms(self) -> Iterator[Term]:
        """Yield all terms."""
        return self.terms_from("", b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        """Yield the terms from ``prefix`` in a field on, those of the fields after it too."""
        for name in self._fields.names():
            if name >= fieldname:
                field = self._fields[name]
                start = field.lower_bound(prefix) if name == fieldname else 0
                yield from ((name, term) for term in field.terms(start))

    def items(self) -> Iterator[tuple[Term, TermInfo]]:
        """Yield all terms and their statistics."""
        return self.items_from("", b"")

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, TermInfo]]:
        """Yield what ``terms_from`` yields, and the statistics of each."""
        for term in self.terms_from(fieldname, prefix):
            yield term, self.term_info(*term)

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Return a term's statistics. Raises TermNotFound."""
        field, number = self._find(fieldname, text)
        return field.postings(number).info()

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Return the sum of a term's weights, 0 when there is no such term."""
        try:
            field, number = self._find(fieldname, text)
        except TermNotFound:
            return 0
        return field.frequency(number)

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return how many documents hold a term, 0 when there is no such term."""
        try:
            field, number = self._find(fieldname, text)
        except TermNotFound:
            return 0
        return field.document_frequency(number)

    def matcher(
        self, fieldname: str, text: bytes, format_: Format, scorer: Any = None
    ) -> ArrayMatcher:
        """Return the postings of a term. Raises TermNotFound."""
        field, number = self._find(fieldname, text)
        return ArrayMatcher(field.postings(number), format_, (fieldname, text), scorer)

    def _find(self, fieldname: str, text: bytes) -> tuple[FieldTerms, int]:
        number = self._fields[fieldname].find(text) if fieldname in self._fields else None
        if number is None:
            raise TermNotFound(f"{fieldname}:{text!r}")
        return self._fields[fieldname], number


class TermCursor(base.FieldCursor):  # type: ignore[misc]
    """Stands at one term of a field, or after the last."""

    def __init__(self, field: FieldTerms, fieldobj: FieldType) -> None:
        self._field = field
        self._fieldobj = fieldobj
        self._at = 0

    def first(self) -> str | None:
        """Go to the first term and return it."""
        self._at = 0
        return self.text()

    def find(self, string: str | bytes) -> str | None:
        """Go to the first term not before ``string`` and return it."""
        self._at = self._field.lower_bound(self._fieldobj.to_bytes(string))
        return self.text()

    def next(self) -> str | None:
        """Go to the next term and return it."""
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        """Return the term, or None after the last."""
        if not self.is_valid():
            return None
        term: str = self._fieldobj.from_bytes(self._field.term(self._at))
        return term

    def term(self) -> str | None:
        """Return the term, or None after the last."""
        return self.text()

    def term_info(self) -> TermInfo | None:
        """Return the statistics of the term, or None after the last."""
        return self._field.postings(self._at).info() if self.is_valid() else None

    def is_valid(self) -> bool:
        """Whether the cursor stands at a term."""
        return self._at < self._field.size


class DocumentsReader(base.PerDocumentReader):  # type: ignore[misc]
    """The documents: which are deleted, lengths, columns, stored fields."""

    def __init__(self, fields: SegmentFields) -> None:
        self._fields = fields
        self._segment = fields.segment
        self._documents = fields.documents
        # A page of results asks for a release and its passages one by one.
        self._group = lru_cache(8)(self._segment.stored.group)

    def doc_count(self) -> int:
        """Return the number of documents that are not deleted."""
        entry = self._segment.entry
        return entry.live_releases + entry.live_passages

    def doc_count_all(self) -> int:
        """Return the number of documents, deleted or not."""
        return self._documents.count

    def has_deletions(self) -> bool:
        """Whether any document is deleted."""
        return self._segment.deleted is not None

    def is_deleted(self, docnum: int) -> bool:
        """Whether a document is deleted; none after the last is, where Whoosh asks too."""
        deleted = self._segment.deleted
        if deleted is None or docnum >= self.doc_count_all():
            return False
        return bool(deleted[self._documents.place(docnum)[0]])

    def deleted_docs(self) -> Iterator[int]:
        """Yield the numbers of the deleted documents."""
        deleted = self._segment.deleted
        return iter(() if deleted is None else self._documents.marked(deleted).tolist())

    def all_doc_ids(self) -> Iterator[int]:
        """Yield the numbers of the documents that are not deleted."""
        deleted = self._segment.deleted
        if deleted is None:
            return iter(range(self.doc_count_all()))
        return iter(self._documents.marked(~deleted).tolist())

    def supports_columns(self) -> bool:
        """Return that there are columns."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Whether a field is a column."""
        return fieldname in _COLUMNS

    def list_columns(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return _COLUMNS

    def column_reader(self, fieldname: str, column: Column) -> ColumnReader:
        """Return a column: the id, or the values of a facet joined by ``FACET_SEPARATOR``."""
        value = self._id if fieldname == "id" else self._facet(fieldname)
        return ReleaseColumnReader(self._fields, value)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return the exact length of a field, ``default`` where a document has none."""
        ordinal, passage = self._documents.place(docnum)
        lengths = self._fields.lengths(fieldname)
        return default if lengths is None or passage >= 0 else int(lengths[ordinal])

    def field_length(self, fieldname: str) -> int:
        """Return the sum of a field's lengths, those of deleted releases too."""
        lengths = self._fields.lengths(fieldname)
        return 0 if lengths is None else int(lengths.sum())

    def min_field_length(self, fieldname: str) -> int:
        """Return the least length of a field over all documents; passages have none."""
        lengths = self._fields.lengths(fieldname)
        return 0 if lengths is None or self._segment.passages else int(lengths.min(initial=0))

    def max_field_length(self, fieldname: str) -> int:
        """Return the greatest length of a field."""
        lengths = self._fields.lengths(fieldname)
        return 0 if lengths is None else int(lengths.max(initial=0))

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Return ``stored``: a release's own fields, a passage's number, kind and text."""
        ordinal, passage = self._documents.place(docnum)
        header, passages = self._group(ordinal)
        return {"stored": dict(header) if passage < 0 else tuple(passages[passage])}

    def _id(self, ordinal: int) -> bytes:
        return bytes(self._segment.ids[ordinal])

    def _facet(self, name: str) -> Callable[[int], bytes]:
        facet = self._segment.facets[name]

        def joined(ordinal: int) -> bytes:
            start, end = facet.starts[ordinal : ordinal + 2].tolist()
            values = [facet.values.term(number) for number in facet.value_ids[start:end].tolist()]
            return FACET_SEPARATOR.join(values).encode("utf-8", "surrogatepass")

        return joined


class ReleaseColumnReader(ColumnReader):  # type: ignore[misc]
    """A column of the releases; passages have the empty value."""

    def __init__(self, fields: SegmentFields, value: Callable[[int], bytes]) -> None:
        self._documents = fields.documents
        self._value = value

    def __len__(self) -> int:
        return self._documents.count

    def __getitem__(self, docnum: int) -> bytes:
        ordinal, passage = self._documents.place(docnum)
        return self._value(ordinal) if passage < 0 else b""

    def __iter__(self) -> Iterator[bytes]:
        passages = np.diff(self._documents.releases) - 1
        for ordinal, count in enumerate(passages.tolist()):
            yield self._value(ordinal)
            yield from (b"" for _ in range(count))
