"""A release's blocks as quotations are looked for in them: names and quotations masked; pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from index.entities.claims import PERSON as PERSON_FACET
from index.entities.fullnames import has_capital_nouns
from index.entities.lexicon import lexicon
from index.entities.offices import office_before, office_named
from index.entities.quote_marks import Marked, marked_in
from index.entities.runs import SUFFIXES, key_of
from index.entities.saying import MAYBE, PERSON, QUOTED, verbs_of
from index.model import BLOCK_SEPARATOR, BlockKind, Claim, Entity, Mention, Release
from index.sentences import sentence_starts

SPOKEN_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST, BlockKind.SUMMARY})
"""Blocks that may hold what somebody says."""
_OFFICE = 80
_TITLE = 30
_APPOSED = re.compile(r"(?:the )?(?:[\w'’&-]+ ){0,7}[\w'’&-]+(?=[,.;]|$)")
_NAME_GOES_ON = re.compile(r"[-&@/]|\s+(?:[A-Z]|&|(?:and|und|et|y)\s[A-Z])")
_NAME_BEFORE = re.compile(r"(?:(?P<word>[A-Z][\w.'’-]*)|&)\s+\Z|[-@/.]\Z")


OTHER = -1
"""Number of whoever is written as a namesake of somebody is: Jr. where the person is Sr."""


@dataclass(frozen=True, slots=True)
class Named:
    """A mention of a person in a block: where, and who (a number for each person).

    ``sure``: the release alone takes the name for a person's. ``cue`` is the offset in the release
    of the mention that the index knows the person by.
    """

    start: int
    end: int
    who: int
    sure: bool
    cue: int


@dataclass
class Text:
    """A block: ``masked`` is its text with names and quotations masked, ``plain`` with names.

    All offsets are in the block, which begins at ``offset`` in the release.
    """

    number: int
    kind: BlockKind
    offset: int
    text: str
    named: list[Named]
    marked: list[Marked] = field(default_factory=list)
    plain: str = ""
    masked: str = ""

    @cached_property
    def sentences(self) -> list[int]:
        """Where its sentences begin, each quotation taken for one sign."""
        return [0, *sentence_starts(self.masked)]

    def office_of(self, one: Named) -> str:
        """Return the office a mention is written with, or nothing."""
        return office_before(self.text[max(0, one.start - _OFFICE) : one.start])

    def offices_of(self, one: Named) -> tuple[str, ...]:
        """Return the offices a mention is written with: before it, or after it and a comma."""
        found = [self.office_of(one)]
        before = self.text[max(0, one.start - _OFFICE) : one.start].rstrip()
        if before.endswith(","):  # "the mayor, Jane Roe"
            found.append(office_before(before[:-1]))
        if self.text[one.end : one.end + 2] == ", ":
            after = _APPOSED.match(self.text, one.end + 2)
            words = after[0].split() if after else []
            if words and any(key_of(word) in lexicon().titles for word in words):
                found.append(office_named(" ".join(words)))
        return tuple(filter(None, found))

    def named_at(self, at: int) -> Named | None:
        """Return the mention that begins at a place."""
        place = bisect_left(self.named, at, key=lambda one: one.start)
        found = self.named[place : place + 1]
        return found[0] if found and found[0].start == at else None

    def named_between(self, start: int, end: int) -> list[Named]:
        """Return the mentions outside quotations that begin in a stretch."""
        first, last = (
            bisect_left(self.named, at, key=lambda one: one.start) for at in (start, end)
        )
        return [one for one in self.named[first:last] if self.masked[one.start] != QUOTED]


def texts_of(
    release: Release,
    people: Sequence[Entity],
    claims: Sequence[Claim],
    alone: Mapping[int, tuple[int, int]],
) -> list[Text]:
    """Return the blocks of a release with their names and quotations.

    ``people`` are those it names; ``claims`` may hold mentions of others; ``alone`` are titles
    that stand for people: start -> (end, number of the person).
    """
    mentions: dict[int, tuple[int, int, int]] = {}
    groups: list[Sequence[Mention]] = [person.mentions for person in people]
    groups += _doubtful(release, claims)
    for who, group in enumerate(groups):
        suffix = _suffix(people[who].name) if who < len(people) else ""
        for mention in group:
            other = suffix and _suffix(release.text[mention.start : mention.end])
            whose = OTHER if other and other != suffix else who
            mentions.setdefault(mention.start, (mention.end, whose, mention.start))
    for start, found in _named_in_full(release.text, people).items():
        mentions.setdefault(start, found)
    for start, (end, who) in alone.items():
        mentions.setdefault(start, (end, who, people[who].mentions[0].start))
    starts = sorted(mentions)
    texts: list[Text] = []
    offset = 0
    for block in release.blocks:
        end = offset + len(block.text)
        named: list[Named] = []
        for start in starts[bisect_left(starts, offset) : bisect_left(starts, end)]:
            stop, who, cue = mentions[start]
            at = start - offset
            if not named or named[-1].end <= at:
                sure = who < len(people)
                named.append(Named(at, min(stop, end) - offset, who, sure, cue))
        texts.append(_masked(Text(len(texts), block.kind, offset, block.text, named)))
        offset = end + len(BLOCK_SEPARATOR)
    return texts


def _suffix(name: str) -> str:
    """Return the suffix that tells a parent from a child, or nothing."""
    last = key_of(name.rpartition(" ")[2])
    return last if last in SUFFIXES else ""


def _doubtful(release: Release, claims: Sequence[Claim]) -> Iterator[Sequence[Mention]]:
    """Yield where others may be named; of single nouns of German only those after "sagte"."""
    capital_nouns = has_capital_nouns(release.lang)
    told = tuple(f" {verb} " for verb in verbs_of(release.lang)) if capital_nouns else ()
    for claim in claims:
        if claim.facet != PERSON_FACET:
            continue
        if claim.state != "bare" or not capital_nouns:
            yield claim.mentions
        else:
            yield [
                one
                for one in claim.mentions
                if release.text[max(0, one.start - 24) : one.start].endswith(told)
            ]


def _named_in_full(text: str, people: Sequence[Entity]) -> dict[int, tuple[int, int, int]]:
    """Return where else the people of a release are named.

    In full, by office and surname, or by a given name that nobody else has here. As start ->
    (end, who, start of the person's first mention). A capital before the name, as in "DA Jane
    Doe", may have kept it from being found as such.
    """
    known: dict[str, list[int]] = {}
    given: dict[str, list[int]] = {}
    for who, person in enumerate(people):
        words = person.name.split()
        for name in {person.name, words[-1]} if len(words) > 1 else ():
            known.setdefault(name, []).append(who)
        given.setdefault(words[0], []).append(who)
    found: dict[int, tuple[int, int, int]] = {}
    for name, whose in known.items():
        if len(whose) == 1:
            for at in _whole_words(text, name):
                if " " in name or _follows_title(text, at):
                    cue = people[whose[0]].mentions[0].start
                    found.setdefault(at, (at + len(name), whose[0], cue))
    for name, whose in given.items():
        if len(whose) == 1 and key_of(name) in lexicon().given and " " in people[whose[0]].name:
            for at in _whole_words(text, name):
                if _stands_alone(text, at, at + len(name)):
                    cue = people[whose[0]].mentions[0].start
                    found.setdefault(at, (at + len(name), whose[0], cue))
    return found


def _whole_words(text: str, name: str) -> Iterator[int]:
    """Yield where a name stands as whole words."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            yield at
        at = text.find(name, end)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a word is no part of a longer name."""
    before = _NAME_BEFORE.search(text[max(0, start - 20) : start])
    inside = before and key_of(before["word"] or "") not in lexicon().common
    return not inside and not _NAME_GOES_ON.match(text, end)


def _follows_title(text: str, at: int) -> bool:
    before = text[max(0, at - _TITLE) : at].split()
    return bool(before) and key_of(before[-1]) in lexicon().titles


class _Cover(NamedTuple):
    start: int
    end: int
    sign: str


def _masked(text: Text) -> Text:
    names = (_Cover(one.start, one.end, PERSON if one.sure else MAYBE) for one in text.named)
    text.plain = _covered(text.text, names)
    if text.kind in SPOKEN_KINDS:
        text.marked = marked_in(text.text)
    quoted = (_Cover(mark.start, mark.end, QUOTED) for mark in text.marked)
    text.masked = _covered(text.plain, quoted) if text.marked else text.plain
    return text


def _covered(text: str, places: Iterable[_Cover]) -> str:
    """Return a text with a sign for each letter in some places (ascending, none overlap)."""
    pieces: list[str] = []
    done = 0
    for start, end, sign in places:
        pieces += (text[done:start], sign * (end - start))
        done = end
    return "".join((*pieces, text[done:]))
