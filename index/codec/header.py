"""What is stored of a release beside its passages."""

from __future__ import annotations

from typing import Any

from index.model import IndexedRelease
from index.quotations import spoken_pieces


def stored_header(indexed: IndexedRelease) -> dict[str, Any]:
    """Return what is stored of a release itself, ready for JSON.

    ``people`` and ``places`` are lists of name and number of mentions; ``quotes``, where there
    are any, what people say.
    """
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
        "people": [[person.name, len(person.mentions)] for person in indexed.people],
        "places": [[place.name, len(place.mentions)] for place in indexed.places],
        "passages": len(indexed.passages),
    } | _quotes(indexed)


def _quotes(indexed: IndexedRelease) -> dict[str, Any]:
    """Return the quotations: number of the passage, start, end, person (counted), rule."""
    if not indexed.quotes:
        return {}
    numbers = {person.name: number for number, person in enumerate(indexed.people)}
    pieces = spoken_pieces(indexed)
    return {"quotes": [[p.number, p.start, p.end, numbers[p.speaker], p.rule] for p in pieces]}
