"""The engine-neutral table of fields: what is stored and what can be asked, in every engine.

A release is one document that its passages follow. Words are ranked on the release and phrases
are looked up in the passages; see ``docs/architecture.md``.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum

from index.analysis import ANALYZER_VERSION


class FieldKind(StrEnum):
    """How the values of a field become terms."""

    KEY = "key"
    """The value itself is the one term."""
    IDENTITY = "identity"
    """A key that is also kept as a column: it orders what is otherwise equal."""
    STEMS = "stems"
    """Stems with their number of occurrences (weighted), no positions."""
    SURFACE = "surface"
    """Surface terms with positions, no stop words removed."""
    FACET = "facet"
    """Any number of values, each a term as it is; kept as a column too."""
    STORED = "stored"
    """Kept and given back, not searched."""


class Level(StrEnum):
    """Which documents carry a field."""

    RELEASE = "release"
    PASSAGE = "passage"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Field:
    """One line of the table."""

    name: str
    kind: FieldKind
    level: Level


FIELDS = (
    Field("level", FieldKind.KEY, Level.BOTH),  # "release" or "passage"
    Field("group", FieldKind.KEY, Level.BOTH),  # the release's id, on its passages too
    Field("id", FieldKind.IDENTITY, Level.RELEASE),
    Field("title", FieldKind.STEMS, Level.RELEASE),
    Field("text", FieldKind.STEMS, Level.RELEASE),  # the whole text, the title counted twice
    Field("person", FieldKind.FACET, Level.RELEASE),
    Field("place", FieldKind.FACET, Level.RELEASE),
    Field("source", FieldKind.FACET, Level.RELEASE),
    Field("lang", FieldKind.FACET, Level.RELEASE),
    Field("date", FieldKind.FACET, Level.RELEASE),  # as precise as known: 2019, 2019-09 ...
    Field("kind", FieldKind.KEY, Level.PASSAGE),
    Field("surface", FieldKind.SURFACE, Level.PASSAGE),
    Field("stored", FieldKind.STORED, Level.BOTH),
)

FACETS = ("person", "place", "date", "source", "lang")
"""The facets a page of results counts, in the order they are shown."""

TITLE_WEIGHT = 2
"""How often each word of the title counts in ``text`` (measured: nDCG@10 on judged sets)."""


def schema_fingerprint(**versions: object) -> str:
    """Return a digest of the table, the analyzer's version and ``versions``.

    An index with another fingerprint cannot be extended and is built anew.
    """
    table = [asdict(field) for field in FIELDS]
    facts = {"fields": table, "title": TITLE_WEIGHT, "analyzer": ANALYZER_VERSION, **versions}
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16]
