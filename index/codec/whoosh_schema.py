"""The table of fields as a schema that plain Whoosh reads the index with.

Whoosh pickles the schema into its table of contents, so the classes here stay where they are: an
index written before looks for them by their names. They analyze queries as the index was analyzed
and write nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NoReturn

from whoosh import analysis, fields, formats

from index.analysis import Token, stems
from index.analysis import tokenize as tokens_of
from index.charsets import fold
from index.errors import DatelineError
from index.fields import FIELDS, FieldKind

FACET_SEPARATOR = "\x1f"
"""Stands between the values of one document in a facet's column; no value holds it."""


class ReadOnlyIndexError(DatelineError):
    """Whoosh was asked to write to an index that it can only read."""


def refuse_writing(*_: Any, **__: Any) -> NoReturn:
    """Stand for each of Whoosh's methods that write. Raises ReadOnlyIndexError."""
    raise ReadOnlyIndexError(
        "Whoosh can only read this index",
        hint="it is written by: dateline reindex",
    )


class _QueryAnalyzer(analysis.Analyzer):  # type: ignore[misc]
    """Makes the tokens of a text those of the index, for Whoosh's query parser."""

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        tokenize: bool = True,
        start_pos: int = 0,
        start_char: int = 0,
        **kwargs: Any,
    ) -> Iterator[analysis.Token]:
        """Yield the tokens of ``value``; whole but folded when it is not to be taken apart."""
        found = tokens_of(value) if tokenize else [Token(fold(value), 0, 0, len(value))]
        for token in found:
            made = analysis.Token(positions, chars, **kwargs)
            made.text = self.term(token) if tokenize else token.term
            made.pos = start_pos + token.position
            made.startchar, made.endchar = start_char + token.start, start_char + token.end
            yield made

    def term(self, token: Token) -> str:
        """Return the term of the field for a token."""
        raise NotImplementedError


class StemAnalyzer(_QueryAnalyzer):
    """Makes the stems of a text's words."""

    def term(self, token: Token) -> str:
        """Return the token's own stem."""
        return stems(token.term)[0]


class SurfaceAnalyzer(_QueryAnalyzer):
    """Makes the surface terms of a text."""

    def term(self, token: Token) -> str:
        """Return the surface term itself."""
        return token.term


class _ReadOnlyField(fields.FieldType):  # type: ignore[misc]
    """A field whose terms were written by Dateline itself."""

    index = refuse_writing
    to_column_value = refuse_writing


class KeyValue(_ReadOnlyField):
    """A field of one value, the one term as it is; ``sortable``: a column too."""

    def __init__(self, sortable: bool = False) -> None:
        super().__init__(formats.Existence(), analysis.IDTokenizer(), sortable=sortable)


class StemCounts(_ReadOnlyField):
    """A field of stems with their weights, ranked by the exact length of the release's text."""

    def __init__(self) -> None:
        super().__init__(formats.Frequency(), StemAnalyzer(), scorable=True, multitoken_query="and")


class SurfacePositions(_ReadOnlyField):
    """A field of surface terms with their positions in the passage."""

    def __init__(self) -> None:
        super().__init__(formats.Positions(), SurfaceAnalyzer(), multitoken_query="phrase")


class FacetValues(_ReadOnlyField):
    """A field of any number of values, each a term as it is.

    The values of a document also stand together in a column, joined by ``FACET_SEPARATOR``.
    """

    def __init__(self) -> None:
        super().__init__(formats.Existence(), analysis.IDTokenizer(), sortable=True)


_FIELD_TYPES: dict[FieldKind, Callable[[], fields.FieldType]] = {
    FieldKind.KEY: KeyValue,
    FieldKind.IDENTITY: partial(KeyValue, sortable=True),
    FieldKind.STEMS: StemCounts,
    FieldKind.SURFACE: SurfacePositions,
    FieldKind.FACET: FacetValues,
    FieldKind.STORED: fields.STORED,
}


def whoosh_schema() -> fields.Schema:
    """Return the table of fields as a Whoosh schema."""
    return fields.Schema(**{field.name: _FIELD_TYPES[field.kind]() for field in FIELDS})
