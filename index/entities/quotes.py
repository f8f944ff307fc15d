"""Who says what in a release: its quotations with their speakers, and the rule that decided; pure.

Precision first: where the words around a quotation leave it open whose it is, it is nobody's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.entities.attribution import (
    Clue,
    after,
    before,
    inside,
    is_rest_of_clause,
    leading,
    reported,
    stands_alone,
)
from index.entities.open_quotes import reach
from index.entities.quote_marks import Marked
from index.entities.quoted_text import OTHER, SPOKEN_KINDS, Text, texts_of
from index.entities.referents import Referents, Speaker
from index.entities.saying import Sayings, sayings
from index.entities.statements import spoken_blocks
from index.model import BlockKind, Claim, Entity, Quotation, Release

_ALONE = 0.85
"""A paragraph of which so much is one quotation has nothing of its own."""
_TAIL = 160
_GOES_ON = "goes on after "


def find_quotes(
    release: Release,
    people: Sequence[Entity],
    claims: Sequence[Claim] = (),
    alone: Mapping[int, tuple[int, int]] | None = None,
) -> tuple[Quotation, ...]:
    """Return the quotations of a release whose speakers it names, in order.

    ``people`` are those it names; ``claims`` may hold mentions of others who are taken for people
    once the archive says so. ``alone`` are titles that stand for people: start -> (end, number).
    """
    if not people and not any(claim.mentions for claim in claims):
        return ()
    texts, patterns = texts_of(release, people, claims, alone or {}), sayings(release.lang)
    reader = _Reader(texts, patterns, Referents(texts, patterns, release.lang))
    found = reader.read()
    found += spoken_blocks(texts, patterns, found, reader.others)
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


class _Reader:
    """Reads the blocks of one release in order and keeps who spoke last."""

    def __init__(self, texts: Sequence[Text], patterns: Sayings, referents: Referents) -> None:
        self._texts, self._patterns, self._referents = texts, patterns, referents
        self._found: list[Quotation] = []
        self.others: list[tuple[int, int]] = []
        """What somebody says who is not known, in the release's text."""
        self._last: Speaker | None = None
        self._open: Speaker | None = None  # of a quotation that the next paragraph goes on with
        self._intro: Speaker | None = None  # of a paragraph that ended with a colon
        self._before: Text | None = None  # the paragraph before

    def read(self) -> list[Quotation]:
        """Return the quotations whose speakers are found."""
        for text in self._texts:
            if text.kind in SPOKEN_KINDS:
                self._read(text)
            else:
                self._open = self._intro = self._before = None
        return self._found

    def _read(self, text: Text) -> None:
        opening = self._opening(text)
        self._open = previous = None
        for number, mark in enumerate(text.marked):
            start = text.marked[number - 1].end if number else 0
            rest = text.marked[number + 1 : number + 2]
            end = rest[0].start if rest else len(text.text)
            who = self._of(text, mark, start, end) or self._goes_on(text, mark, previous)
            if who is None and not number:
                who = opening
            who = who or self._reported(text, mark, start)
            if who is not None:
                self._keep(text, mark, who)
            previous = who
        self._intro = self._introduced(text)
        self._before = text

    def _reported(self, text: Text, mark: Marked, start: int) -> Speaker | None:
        """Whose a quotation of whole sentences is that follows what somebody is told to say."""
        if not stands_alone(text, mark):
            return None
        told, end = text, mark.start
        if not text.text[: mark.start].strip():
            if self._before is None:
                return None
            told, end = self._before, len(self._before.text)
            start = told.marked[-1].end if told.marked else 0
        clue = reported(told, start, end, self._patterns)
        return self._resolved(told, clue) if clue else None

    def _keep(self, text: Text, mark: Marked, who: Speaker) -> None:
        self._last = who
        said = [(text, mark.start, mark.end)]
        if mark.open:
            following = self._texts[text.number + 1 : text.number + 2]
            if following and _begins_quoted(following[0]):
                self._open = who
            else:
                said = reach(self._texts, text, mark, self._patterns)
        for block, start, end in said:
            where = block.offset + start, block.offset + end
            if who.named is None:
                self.others.append(where)
            else:
                self._found.append(Quotation(*where, who.named.cue, who.rule))

    def _of(self, text: Text, mark: Marked, start: int, end: int) -> Speaker | None:
        """Who says a quotation by the words around it."""
        patterns = self._patterns
        clue = after(text, mark, end, patterns) or before(text, mark, start, patterns)
        clue = clue or inside(text, mark, patterns)
        return self._resolved(text, clue) if clue else None

    def _goes_on(self, text: Text, mark: Marked, previous: Speaker | None) -> Speaker | None:
        """Who says the other half of a quotation that its attribution splits."""
        if previous is None or previous.end < 0 or previous.end > mark.start:
            return None
        if not is_rest_of_clause(text, previous.end, mark.start, self._patterns):
            return None
        once = previous.rule if previous.rule.startswith(_GOES_ON) else ""
        rule = once or (f"{_GOES_ON}“{previous.rule}”" if previous.rule else "")
        return Speaker(previous.named, previous.text, rule, mark.end)

    def _opening(self, text: Text) -> Speaker | None:
        """Whose the quotation is that a paragraph opens with, by the paragraph before."""
        if not _begins_quoted(text):
            return None
        if self._open is not None:
            return Speaker(self._open.named, self._open.text, "goes on from the paragraph before")
        return self._intro or self._alone(text)

    def _alone(self, text: Text) -> Speaker | None:
        """Whose a paragraph is that is one quotation, after one that ends with its speaker."""
        last, mark = self._last, text.marked[0]
        before_it = self._texts[text.number - 1]
        if last is None or last.named is None or not before_it.marked or mark.open:
            return None
        end = before_it.marked[-1].end
        if mark.end - mark.start < _ALONE * len(text.text) or len(before_it.text) - end > _TAIL:
            return None
        others = {one.who for one in before_it.named_between(end, len(before_it.text))}
        if others - {last.named.who} or not self._found or not text.number:
            return None
        if self._found[-1].end != before_it.offset + end:
            return None
        return Speaker(last.named, last.text, "stands alone after the same speaker")

    def _introduced(self, text: Text) -> Speaker | None:
        """Who speaks in the next paragraph: this one ends with "X said:"."""
        if not text.masked.rstrip().endswith((":", ";", ".")):
            return None
        issued = self._patterns.issued_in(text.masked) if not text.marked else None
        if issued and issued["they"]:
            they = Clue("they", issued.start("they"), issued["they"], "", issued.end())
            found = self._resolved(text, they)
            return Speaker(found.named, found.text, "“statement by X:”")
        if not text.masked.rstrip().endswith((":", ";")):
            return None
        start = text.sentences[-1]
        clue = leading(text.masked[start:], start, "", self._patterns)
        if clue is None:
            return None
        found = self._resolved(text, clue)
        return Speaker(found.named, found.text, "“X said:” in the paragraph before")

    def _resolved(self, text: Text, clue: Clue) -> Speaker:
        if clue.kind == "who":
            named = text.named_at(clue.at)
            known = named if named is None or named.who != OTHER else None
            return Speaker(known, text, clue.rule, clue.end)
        if clue.kind in ("they", "dropped"):
            return self._referents.by_pronoun(text, clue, self._last)
        if clue.kind == "office":
            return self._referents.by_office(text, clue)
        return Speaker(None, text, "", clue.end)


def _begins_quoted(text: Text) -> bool:
    """Whether a block opens with a quotation mark."""
    return (
        text.kind in SPOKEN_KINDS
        and text.kind is not BlockKind.SUMMARY
        and bool(text.marked)
        and not text.text[: text.marked[0].start].strip()
    )
