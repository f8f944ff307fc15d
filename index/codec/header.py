"""What is stored of a release beside its passages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from json.encoder import encode_basestring

from index.model import Entity, IndexedRelease
from index.quotations import spoken_pieces


def stored_header(indexed: IndexedRelease, quoted: Callable[[str], str] = encode_basestring) -> str:
    """Return what is stored of a release itself, as JSON; ``quoted`` makes a string of a text.

    ``people`` and ``places`` are lists of name and number of mentions; ``quotes``, where there
    are any, what people say. Written out here: the encoder takes twice as long for a dictionary.
    """
    release = indexed.release
    date = (release.date.value, release.date.source) if release.date else ("", "")
    return (
        f'{{"id":{quoted(release.id)},"path":{quoted(release.path)},"url":{quoted(release.url)}'
        f',"title":{quoted(release.title)},"summary":{quoted(release.summary)}'
        f',"date":{quoted(date[0])},"date_source":{quoted(date[1])}'
        f',"dateline":{quoted(release.dateline)},"source":{quoted(release.source)}'
        f',"lang":{quoted(release.lang)},"people":[{_counted(indexed.people, quoted)}]'
        f',"places":[{_counted(indexed.places, quoted)}],"passages":{len(indexed.passages)}'
        f"{_quotes(indexed, quoted) if indexed.quotes else ''}}}"
    )


def _counted(entities: Sequence[Entity], quoted: Callable[[str], str]) -> str:
    return ",".join([f"[{quoted(one.name)},{len(one.mentions)}]" for one in entities])


def _quotes(indexed: IndexedRelease, quoted: Callable[[str], str]) -> str:
    """Return the quotations: number of the passage, start, end, person (counted), rule."""
    numbers = {person.name: number for number, person in enumerate(indexed.people)}
    pieces = [
        f"[{piece.number},{piece.start},{piece.end},{numbers[piece.speaker]},{quoted(piece.rule)}]"
        for piece in spoken_pieces(indexed)
    ]
    return f',"quotes":[{",".join(pieces)}]'
