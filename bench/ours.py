"""Dateline itself: ``write_generation`` on the flat file, and ``SearchService``.

A build begins where the peers' do, with unmarshalling the records of the flat file. Then it makes
the values that the index is written from, analyzes, writes, verifies, seals and promotes.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from bench.answer import PAGE, Answer
from bench.flat import FlatRelease, Group, Part, copied
from bench.queries import How, Query
from index.generations import Generations
from index.model import (
    BlockKind,
    Entity,
    IndexedRelease,
    Mention,
    Passage,
    Release,
    ReleaseDate,
)
from index.publish import write_generation
from index.settings import Settings
from search.request import make_request
from search.service import SearchService

_KINDS = {kind.value: kind for kind in BlockKind}
_MENTION = Mention(0, 0, "")
"""Stands for each: the index keeps how many there are, not where."""


class Engine:
    """Dateline as ``answer.Engine``."""

    def build(self, folder: Path, part: Part, processes: int) -> None:
        """Build everything anew and promote it; the part is all of its flat file."""
        write_generation(settings(folder), part.groups(), load_group, processes)

    def open(self, folder: Path) -> None:
        """Open the serving generation."""
        self._service = SearchService(settings(folder))

    def answer(self, query: Query) -> Answer:
        """Ask the one door; the answer has two facets more than is asked of the peers."""
        asked = make_request(
            query.typed,
            people=[query.person],
            places=[query.place],
            date_from=query.first,
            date_to=query.last,
            sort="newest" if query.how is How.EVERYTHING else "relevance",
            page=query.page,
            per_page=PAGE,
        )
        page = self._service.search(replace(asked, sizes=False))  # as the JSON answer does
        releases = [(hit.title_html, [p.html for p in hit.passages]) for hit in page.results]
        names = {"person": "person", "place": "place", "year": "date"}
        facets = {ours: [(v.value, v.count) for v in page.facets[n]] for ours, n in names.items()}
        return Answer(page.total, releases, facets)


def load_group(group: Group) -> list[IndexedRelease]:
    """Make the releases of a group of records, with as much of each as the index holds."""
    return [_indexed(release, group.copy) for release in group.read()]


def _indexed(flat: FlatRelease, copy: int) -> IndexedRelease:
    header = json.loads(flat.header)
    release = Release(
        id=flat.id,
        path=copied(header["path"], copy),
        title=flat.title,
        blocks=(),
        summary=header["summary"],
        date=ReleaseDate(flat.date) if flat.date else None,
        dateline=header["dateline"],
        lang=flat.lang,
        url=header["url"],
        source=flat.source,
    )
    passages = tuple(Passage(n, _KINDS[kind], 0, 0, text) for n, kind, text in flat.passages)
    return IndexedRelease(
        release, passages, _entities(header["people"]), _entities(header["places"])
    )


def _entities(counts: list[tuple[str, int]]) -> tuple[Entity, ...]:
    return tuple(Entity(name, (_MENTION,) * count) for name, count in counts)


def index_folder(folder: Path) -> Path:
    """Return the folder of the serving generation."""
    return Generations(folder / "var").current().folder


def settings(folder: Path) -> Settings:
    """Return the settings of everything kept in this folder."""
    return Settings(data=folder / "var", archive=folder / "archive", keep_generations=1)
