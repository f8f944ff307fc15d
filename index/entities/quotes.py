"""Who says what in a release: its quotations with their speakers, and the rule that decided; pure.

Precision first: where the words around a quotation leave it open whose it is, it is nobody's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.analysis import STOP_WORDS
from index.entities.attribution import Clue, after, before, is_rest_of_clause, leading
from index.entities.lexicon import lexicon, word_set
from index.entities.offices import office_named
from index.entities.quote_marks import Marked
from index.entities.quoted_text import SPOKEN_KINDS, Named, Text, texts_of
from index.entities.runs import key_of
from index.entities.saying import PERSON, QUOTED, Sayings, is_title, sayings
from index.entities.statements import spoken_blocks
from index.model import BlockKind, Claim, Entity, Quotation, Release

_ALONE = 0.85
"""A paragraph of which so much is one quotation has nothing of its own."""
_TAIL = 160
_BLOCKS_BACK = 3
"""A pronoun stands for somebody named at most so many paragraphs before it."""
_HE = word_set("he er il él ele lui egli он הוא a-t-il t-il")
_FORMS = {"mr": "he", "ms": "she"}


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Who says a quotation (None: somebody who is not known), by which rule.

    ``end`` is where in the block the words end that say so, -1 where none do. ``text`` is the
    block of the mention.
    """

    named: Named | None
    text: Text
    rule: str
    end: int = -1


def find_quotes(
    release: Release, people: Sequence[Entity], claims: Sequence[Claim] = ()
) -> tuple[Quotation, ...]:
    """Return the quotations of a release whose speakers it names, in order.

    ``people`` are those it names; ``claims`` may hold mentions of others who are taken for people
    once the archive says so.
    """
    if not people and not any(claim.mentions for claim in claims):
        return ()
    texts, patterns = texts_of(release, people, claims), sayings(release.lang)
    reader = _Reader(texts, patterns)
    found = reader.read()
    found += spoken_blocks(texts, patterns, found, reader.others)
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


class _Reader:
    """Reads the blocks of one release in order and keeps who spoke last."""

    def __init__(self, texts: Sequence[Text], patterns: Sayings) -> None:
        self._texts, self._patterns = texts, patterns
        self._found: list[Quotation] = []
        self.others: list[tuple[int, int]] = []
        """What somebody says who is not known, in the release's text."""
        self._last: _Speaker | None = None
        self._open: _Speaker | None = None  # of a quotation that the next paragraph goes on with
        self._intro: _Speaker | None = None  # of a paragraph that ended with a colon
        self._forms: dict[int, str] = {}  # "he" or "she", where that is known

    def read(self) -> list[Quotation]:
        """Return the quotations whose speakers are found."""
        for text in self._texts:
            if text.kind in SPOKEN_KINDS:
                self._read(text)
            else:
                self._open = self._intro = None
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
            if who is not None:
                self._keep(text, mark, who)
            previous = who
        self._intro = self._introduced(text)

    def _keep(self, text: Text, mark: Marked, who: _Speaker) -> None:
        self._last = who
        if mark.open:
            following = self._texts[text.number + 1 : text.number + 2]
            if not following or not _begins_quoted(following[0]):
                return
            self._open = who
        where = text.offset + mark.start, text.offset + mark.end
        if who.named is None:
            self.others.append(where)
        else:
            self._found.append(Quotation(*where, who.named.cue, who.rule))

    def _of(self, text: Text, mark: Marked, start: int, end: int) -> _Speaker | None:
        """Who says a quotation by the words around it."""
        clue = after(text, mark, end, self._patterns) or before(text, mark, start, self._patterns)
        return self._resolved(text, clue) if clue else None

    def _goes_on(self, text: Text, mark: Marked, previous: _Speaker | None) -> _Speaker | None:
        """Who says the other half of a quotation that its attribution splits."""
        if previous is None or previous.end < 0 or previous.end > mark.start:
            return None
        if not is_rest_of_clause(text, previous.end, mark.start, self._patterns):
            return None
        rule = f"goes on after “{previous.rule}”" if previous.rule else ""
        return _Speaker(previous.named, previous.text, rule, mark.end)

    def _opening(self, text: Text) -> _Speaker | None:
        """Whose the quotation is that a paragraph opens with, by the paragraph before."""
        if not _begins_quoted(text):
            return None
        if self._open is not None:
            return _Speaker(self._open.named, self._open.text, "goes on from the paragraph before")
        return self._intro or self._alone(text)

    def _alone(self, text: Text) -> _Speaker | None:
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
        return _Speaker(last.named, last.text, "stands alone after the same speaker")

    def _introduced(self, text: Text) -> _Speaker | None:
        """Who speaks in the next paragraph: this one ends with "X said:"."""
        if not text.masked.rstrip().endswith((":", ".")):
            return None
        issued = self._patterns.issued_in(text.masked) if not text.marked else None
        if issued and issued["they"]:
            they = Clue("they", issued.start("they"), issued["they"], "", issued.end())
            found = self._resolved(text, they)
            return _Speaker(found.named, found.text, "“statement by X:”")
        if not text.masked.rstrip().endswith(":"):
            return None
        start = text.sentences[-1]
        clue = leading(text.masked[start:], start, "", self._patterns)
        if clue is None:
            return None
        found = self._resolved(text, clue)
        return _Speaker(found.named, found.text, "“X said:” in the paragraph before")

    def _resolved(self, text: Text, clue: Clue) -> _Speaker:
        if clue.kind == "who":
            named = text.named_at(clue.at)
            return _Speaker(named, text, clue.rule, clue.end)
        if clue.kind == "they":
            return self._by_pronoun(text, clue)
        if clue.kind == "office":
            return self._by_office(text, clue)
        return _Speaker(None, text, "", clue.end)

    def _by_pronoun(self, text: Text, clue: Clue) -> _Speaker:
        """Who "he" is: the last speaker, or the only person named just before; else nobody."""
        form = "he" if clue.word.casefold() in _HE else "she"
        nobody = _Speaker(None, text, "", clue.end)
        found, block = self._only_named_before(text, clue.at)
        last = self._last
        if found is None or not found.sure or (last and not last.named):
            return nobody
        if last and last.named and last.named.who != found.who:
            return nobody
        if self._forms.setdefault(found.who, self._form_of(found.who) or form) != form:
            return nobody
        return _Speaker(found, block, f"“{clue.word}”: the last person named", clue.end)

    def _only_named_before(self, text: Text, at: int) -> tuple[Named | None, Text]:
        """Return who alone is named outside quotations in the nearest block that names anybody.

        Nobody where a sentence between opens with what may be another's name.
        """
        for number in range(text.number, max(-1, text.number - _BLOCKS_BACK), -1):
            block = self._texts[number]
            if block.kind not in SPOKEN_KINDS:
                break
            end = at if block is text else len(block.text)
            named = block.named_between(0, end)
            if named:
                same = len({one.who for one in named}) == 1
                return (
                    (named[-1], block)
                    if same and _nobody_else(block, named[-1].end, end)
                    else (
                        None,
                        text,
                    )
                )
            if not _nobody_else(block, 0, end):
                break
        return None, text

    def _form_of(self, who: int) -> str:
        """Return whether somebody is written of as Mr or as Ms: "he", "she" or nothing."""
        every = ((text, one) for text in self._texts for one in text.named if one.who == who)
        forms = (_FORMS.get(text.office_of(one), "") for text, one in every)
        return next(filter(None, forms), "")

    def _by_office(self, text: Text, clue: Clue) -> _Speaker:
        """Who "the Minister" is: the only one named with that office up to there; else nobody."""
        title = clue.word.split(maxsplit=1)[1]
        asked = office_named(title) if is_title(title) else ""
        bearers: dict[int, tuple[Named, Text]] = {}
        for block in self._texts[: text.number + 1]:
            for one in block.named:
                if block is text and one.start > clue.at:
                    break
                office = block.office_of(one) if asked else ""
                if office and (office == asked or office.endswith(f" {asked}")):
                    bearers[one.who] = (one, block)
        if len(bearers) != 1:
            return _Speaker(None, text, "", clue.end)
        named, where = next(iter(bearers.values()))
        return _Speaker(named, where, f"“{clue.word.strip()}”: the only one", clue.end)


def _nobody_else(text: Text, start: int, end: int) -> bool:
    """Whether no sentence of a stretch opens with a word that is no everyday one: a name, maybe."""
    lists = lexicon()
    for at in text.sentences:
        if start <= at < end and text.masked[at] not in (PERSON, QUOTED):
            word = text.masked[at:end].split(maxsplit=1)[:1]
            key = key_of(word[0].strip("“”\"'(,:;")) if word else ""
            known = key in lists.common or key in lists.everyday or key in STOP_WORDS
            if key and not known and not key.isdigit():
                return False
    return True


def _begins_quoted(text: Text) -> bool:
    """Whether a block opens with a quotation mark."""
    return (
        text.kind in SPOKEN_KINDS
        and text.kind is not BlockKind.SUMMARY
        and bool(text.marked)
        and not text.text[: text.marked[0].start].strip()
    )
