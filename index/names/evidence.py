"""Why a release has its people and places: where each is named, in which words, by which rule."""

from __future__ import annotations

from dataclasses import dataclass

from index.documents import read_documents
from index.errors import NotFoundError
from index.generations import DOCUMENTS, Generations
from index.model import Entity, IndexedRelease
from index.names.settle import settle
from index.names.table import read_table
from index.release_json import load_derived, load_release
from index.settings import Settings
from index.store import ParsedStore
from index.versions import READER


@dataclass(frozen=True, slots=True)
class Evidence:
    """One mention of a person or place.

    ``passage`` is its passage's number, ``start`` and ``end`` are offsets in that passage's text
    (in characters, half open), ``words`` what stands there, ``rule`` what decided.
    """

    facet: str
    name: str
    passage: int
    start: int
    end: int
    words: str
    rule: str


def evidence_of(settings: Settings, path: str) -> list[Evidence]:
    """The evidence for a release of the serving generation, in the order of its values.

    ``path`` is that of its document in the archive. Raises NotFoundError when no such document is
    indexed or its parsed release was not kept, IndexUnavailableError when nothing is indexed.
    """
    generation = Generations(settings.data).current()
    document = read_documents(generation.folder / DOCUMENTS).get(path)
    if document is None or not document.release_id:
        raise NotFoundError(
            "no such document is indexed", where=path, hint="give its path in the archive"
        )
    with ParsedStore(settings.data / "parsed.sqlite") as store:
        row = store.get(path, document.sha256, READER)
    if row is None:
        raise NotFoundError(
            "its parsed release was not kept", where=path, hint="run: dateline reindex --full"
        )
    release = load_release(row.release)
    indexed = settle(load_derived(release, row.derived), read_table(generation.folder))
    people = [one for person in indexed.people for one in _mentions("person", person, indexed)]
    return people + [one for place in indexed.places for one in _mentions("place", place, indexed)]


def _mentions(facet: str, entity: Entity, indexed: IndexedRelease) -> list[Evidence]:
    found = []
    for mention in entity.mentions:
        passage = next(p for p in indexed.passages if p.start <= mention.start < p.end)
        start, end = mention.start - passage.start, mention.end - passage.start
        words = indexed.release.text[mention.start : mention.end]
        found.append(Evidence(facet, entity.name, passage.number, start, end, words, mention.rule))
    return found
