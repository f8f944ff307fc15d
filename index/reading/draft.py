"""What a format's reader hands over: pieces of text and clues, before they are weighed."""

from __future__ import annotations

from dataclasses import dataclass, field

from index.model import BlockKind


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text as found, with the kind its markup says it has.

    ``links`` is how many of its characters are inside links.
    """

    kind: BlockKind
    text: str
    links: int = 0


@dataclass(frozen=True, slots=True)
class DateClue:
    """Evidence for the date of publication: a text holding a date, its source, its weight.

    Clues that agree add up; see ``index.reading.date_choice``.
    """

    text: str
    source: str
    weight: float


@dataclass(frozen=True, slots=True)
class Fields:
    """What is said about a release outside its text: in a record, a sidecar, front matter.

    Empty strings mean that nothing was said. ``region`` is a country code in capitals.
    """

    title: str = ""
    date: str = ""
    url: str = ""
    lang: str = ""
    summary: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """One document as its reader understood it: the body in order, without title and summary.

    ``made_title`` says that the title was cut from the first paragraph, which stays in the body.
    ``around`` is text of the page outside the release, which may tell the country it is from.
    """

    pieces: tuple[Piece, ...]
    title: str = ""
    made_title: bool = False
    summary: str = ""
    clues: tuple[DateClue, ...] = ()
    url: str = ""
    lang: str = ""
    source: str = ""
    warnings: tuple[str, ...] = field(default=())
    around: str = ""
