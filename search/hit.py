"""One result, as values: the release, its best passages, where the words of the query stand."""

from __future__ import annotations

from typing import NamedTuple

from index.model import BlockKind


class HitPassage(NamedTuple):
    """A passage shown under a result. ``html`` is escaped text with ``<mark>`` only.

    Where what somebody says was asked for, ``html`` has the quotations alone, ``speaker`` says
    whose they are and ``rule`` what decided that.
    """

    number: int
    kind: BlockKind
    text: str
    html: str
    score: float
    speaker: str = ""
    rule: str = ""


class Version(NamedTuple):
    """Another version of a release: a reissue or a corrected text."""

    id: str
    title: str
    date: str


class FoundWord(NamedTuple):
    """How often a word, phrase or pattern of the query (as typed) stands in a release.

    ``text`` does not count what stands in the title or in ``boilerplate``, passages repeated under
    many releases. ``said``: how often in quotations of who must have said it, the others being 0.
    """

    words: str
    title: int
    text: int
    boilerplate: int
    said: int = 0


class Hit(NamedTuple):
    """One release among the results. ``title_html`` is escaped text with ``<mark>`` only.

    ``versions`` are other ones of the release, newest first; only the newest of those that match
    is among the results.
    ``explanation``, when asked for, names what the score is the sum of, and how much each adds.
    ``found`` says where each word of the query stands. ``boilerplate``: only in passages that are
    repeated under many releases (told when the request asks to set these apart).
    """

    id: str
    path: str
    url: str
    title: str
    title_html: str
    date: str
    date_precision: str
    source: str
    lang: str
    dateline: str
    score: float
    people: tuple[str, ...]
    places: tuple[str, ...]
    passages_total: int
    passages: tuple[HitPassage, ...]
    versions: tuple[Version, ...] = ()
    explanation: tuple[tuple[str, float], ...] = ()
    boilerplate: bool = False
    found: tuple[FoundWord, ...] = ()
