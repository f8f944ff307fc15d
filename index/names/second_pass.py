"""Which unchanged releases come out otherwise now that the archive's names are decided anew."""

from __future__ import annotations

from collections.abc import Iterable

from index.documents import IndexedDocument
from index.model import Entity, IndexedRelease
from index.names.settle import settle
from index.names.table import NameTable
from index.release_json import load_derived, load_release
from index.store import ParsedStore
from index.versions import READER


def affected(
    store: ParsedStore,
    before: NameTable,
    after: NameTable,
    carried_over: Iterable[IndexedDocument],
) -> list[str]:
    """The paths of the documents, of those carried over, whose values the decisions change.

    Only releases with a claim on a key that is decided otherwise are looked at.
    """
    keys = before.changed(after)
    if not keys:
        return []
    digests = {document.path: document.sha256 for document in carried_over}
    found = []
    for path in store.claims.documents_with(keys):
        row = store.get(path, digests[path], READER) if path in digests else None
        if row is None:
            continue
        indexed = load_derived(load_release(row.release), row.derived)
        if _values(settle(indexed, before)) != _values(settle(indexed, after)):
            found.append(path)
    return found


def _values(indexed: IndexedRelease) -> tuple[list[tuple[str, int]], ...]:
    """What an index holds of the entities: names in order, and how often each is mentioned."""

    def counted(entities: tuple[Entity, ...]) -> list[tuple[str, int]]:
        return [(entity.name, len(entity.mentions)) for entity in entities]

    return counted(indexed.people), counted(indexed.places)
