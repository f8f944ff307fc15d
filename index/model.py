"""The values everything else speaks in: documents, releases, passages and what they mention.

Standard library only, frozen, and without behaviour beyond what follows from the values.
Offsets are always in characters (code points) of ``Release.text``, half open: ``[start, end)``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

BLOCK_SEPARATOR = "\n\n"
"""What stands between two blocks in ``Release.text``."""


class DocumentKind(StrEnum):
    """How a raw document is to be read."""

    HTML = "html"
    TEXT = "text"
    MARKDOWN = "markdown"
    RECORD = "record"
    MAIL = "mail"


class BlockKind(StrEnum):
    """What a block (and each passage cut from it) is in the release."""

    TITLE = "title"
    SUMMARY = "summary"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    LIST = "list"
    CAPTION = "caption"
    CONTACT = "contact"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One document as it lies in the archive, before reading.

    ``path`` is relative to the archive with forward slashes; a document inside a collection file
    carries its line number, counted from 1: ``wire/2020.jsonl#12``. ``data`` are its bytes (for a
    record: the bytes of that line). ``sidecar`` are the bytes of a JSON file of the same name
    beside it (``doc.json`` beside ``doc.txt``), or None. ``sha256`` is the hexadecimal digest of
    everything reading depends on, so that equal digests mean equal releases. ``key`` is what the
    release's identity is made from: usually the path, for a record its own id or URL when it has
    one, so that inserting a line does not rename the releases after it.
    """

    path: str
    kind: DocumentKind
    data: bytes
    sha256: str
    sidecar: bytes | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class SkippedDocument:
    """A document that could not be read: its path, a short code, the reason in words."""

    path: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text of one kind: a paragraph, a heading, one list, one caption."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True, order=True)
class ReleaseDate:
    """A date as precisely as it is known: ``2019-09-12``, ``2019-09`` or ``2019``.

    ``source`` names the evidence it was taken from (``metadata``, ``visible``, ``dateline``,
    ``url``, ``path``, ``record`` ...).
    """

    value: str
    source: str = ""

    @property
    def precision(self) -> str:
        """``day``, ``month`` or ``year``."""
        return {10: "day", 7: "month", 4: "year"}[len(self.value)]

    @property
    def first_day(self) -> str:
        """The first day the value can mean, as ``YYYY-MM-DD``."""
        return self.value + "0000-01-01"[len(self.value) :]


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in the text where a name occurs, and the rule that decided that it does."""

    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A facet value of a release with its evidence: a person or a place, by its canonical name."""

    name: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """What one release says of one name: what the archive as a whole is judged from.

    ``facet`` is ``person`` or ``place``. Claims of one ``key`` (a surname, or a place's name as
    written) are weighed together. ``form`` is the name as this release would file it. ``state``
    says how sure the release alone is of it, see ``index.entities.claims``. ``details`` are the
    offices a person bears here, or what else the state needs. ``mentions`` are given for what
    is no value of the release yet, and may become one.
    """

    facet: str
    state: str
    key: str
    form: str
    details: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """What somebody says in a release: ``start`` to ``end`` of its text, quotation marks included.

    ``cue`` is where the mention begins that says who; ``rule`` what decided. ``speaker`` is the
    person's name once the archive's names are settled, else empty.
    """

    start: int
    end: int
    cue: int
    rule: str
    speaker: str = ""


@dataclass(frozen=True)
class Release:
    """One published document, read.

    ``blocks`` are in reading order and include the title (kind ``title``, at most one, first)
    and the summary (kind ``summary``). ``title`` and ``summary`` repeat their text for
    convenience; ``title`` is never empty. ``dateline`` is the place the release opens with, as
    written (``Sochi``), or empty. ``lang`` is an ISO 639-1 code or empty when unknown. ``url`` is
    the address it was published at, or empty. ``source`` is the site's name or the first folder.
    ``warnings`` say what was repaired while reading.
    """

    id: str
    path: str
    title: str
    blocks: tuple[Block, ...]
    summary: str = ""
    date: ReleaseDate | None = None
    dateline: str = ""
    lang: str = ""
    url: str = ""
    source: str = ""
    warnings: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        """All blocks joined with ``BLOCK_SEPARATOR``: what offsets count in."""
        return BLOCK_SEPARATOR.join(block.text for block in self.blocks)


class Passage(NamedTuple):
    """A paragraph-sized piece of a release: the unit that is searched and linked to.

    ``number`` counts from 1. ``text == release.text[start:end]``. A tuple, because there are more
    of these than of anything else and one is made in half of the time.
    """

    number: int
    kind: BlockKind
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class IndexedRelease:
    """A release with all that is derived from it: what an engine stores.

    ``people`` and ``places`` are what the release alone says until ``index.names`` has settled
    them by ``claims`` and the rest of the archive.
    """

    release: Release
    passages: tuple[Passage, ...]
    people: tuple[Entity, ...]
    places: tuple[Entity, ...]
    claims: tuple[Claim, ...] = ()
    quotes: tuple[Quotation, ...] = ()
