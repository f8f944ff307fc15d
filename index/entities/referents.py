"""Who "he" and "the Minister" are: people whom a release has named before; pure.

Precision first: where two could be meant it is nobody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.analysis import STOP_WORDS
from index.entities.attribution import Clue
from index.entities.fullnames import has_capital_nouns
from index.entities.lexicon import lexicon, word_set
from index.entities.offices import office_named
from index.entities.quoted_text import SPOKEN_KINDS, Named, Text
from index.entities.runs import key_of
from index.entities.saying import MAYBE, PERSON, QUOTED, Sayings, is_subject, is_title

_BLOCKS_BACK = 3
"""A pronoun stands for somebody named at most so many paragraphs before it."""
_HE = word_set("he er il él ele lui egli он הוא هو hij on han він a-t-il t-il")
_ARTICLE = re.compile(r"\w+(?:\s|['’])")
_FORMS = {"mr": "he", "ms": "she"}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says a quotation (None: somebody who is not known), by which rule.

    ``end`` is where in the block the words end that say so, -1 where none do. ``text`` is the
    block of the mention.
    """

    named: Named | None
    text: Text
    rule: str
    end: int = -1


class Referents:
    """Finds in the blocks of one release whom its pronouns and offices stand for."""

    def __init__(self, texts: Sequence[Text], patterns: Sayings, lang: str) -> None:
        self._texts, self._patterns = texts, patterns
        self._capital_nouns = has_capital_nouns(lang)
        self._forms: dict[int, str] = {}  # "he" or "she", where that is known

    def by_pronoun(self, text: Text, clue: Clue, last: Speaker | None) -> Speaker:
        """Who "he" is, said or not: the last speaker, or the only one named just before."""
        form = "he" if clue.word.casefold() in _HE else "she"
        nobody = Speaker(None, text, "", clue.end)
        found, block = self._only_named_before(text, clue.at)
        if found is None or not found.sure:
            return nobody
        if last and (last.named is None or last.named.who != found.who):
            opens = block.number > last.text.number and _opens_sentence(block, found)
            if not opens:
                return nobody
        known = self._forms.get(found.who) or self._form_of(found.who)
        if clue.kind != "dropped" and self._forms.setdefault(found.who, known or form) != form:
            return nobody
        return Speaker(found, block, f"“{clue.word}”: the last person named", clue.end)

    def by_office(self, text: Text, clue: Clue) -> Speaker:
        """Who "the Minister" is: the only one named with that office up to there; else nobody."""
        title = _ARTICLE.sub("", clue.word, count=1)
        asked = office_named(title) if is_title(title) else ""
        bearers: dict[int, tuple[Named, Text]] = {}
        for block in self._texts[: text.number + 1]:
            for one in block.named:
                if block is text and one.start > clue.at:
                    break
                offices = block.offices_of(one) if asked and one.sure else ()
                if any(_is_same_office(office, asked) for office in offices):
                    bearers[one.who] = (one, block)
        if len(bearers) != 1:
            return Speaker(None, text, "", clue.end)
        named, where = next(iter(bearers.values()))
        return Speaker(named, where, f"“{clue.word.strip()}”: the only one", clue.end)

    def _only_named_before(self, text: Text, at: int) -> tuple[Named | None, Text]:
        """Return who alone is named outside quotations in the nearest block that names anybody.

        Also who is told to say something in the last sentence that names anybody. Nobody where a
        sentence between opens with what may be another's name.
        """
        for number in range(text.number, max(-1, text.number - _BLOCKS_BACK), -1):
            block = self._texts[number]
            if block.kind not in SPOKEN_KINDS:
                break
            end = at if block is text else len(block.text)
            named = [one for one in block.named_between(0, end) if self._may_be_meant(block, one)]
            if named:
                if len({one.who for one in named}) == 1:
                    owner = all(_owns(block, one) for one in named)
                    only = named[-1] if _nobody_else(block, named[-1].end, end) else None
                    only = None if owner else only
                else:
                    only = self._told_last(block, named, end)
                return only, block
            if not _nobody_else(block, 0, end):
                break
        return None, text

    def _may_be_meant(self, block: Text, one: Named) -> bool:
        """Whether a name can be a person's who is spoken of next: not "Acme's", "at Acme"."""
        if one.sure:
            return True
        if self._capital_nouns or _owns(block, one):
            return False
        return is_subject(block.masked[: one.start])

    def _told_last(self, block: Text, named: Sequence[Named], end: int) -> Named | None:
        """Who says something in the last sentence of a stretch that names people."""
        start = max(at for at in block.sentences if at <= named[-1].start)
        first = next(one for one in named if one.start >= start)
        found = self._patterns.opens_said.match(block.masked[start:end])
        if found is None or start + found.start("who") != first.start:
            return None
        return first if is_title(found["gap"]) and _nobody_else(block, first.end, end) else None

    def _form_of(self, who: int) -> str:
        """Return whether somebody is written of as Mr or as Ms: "he", "she" or nothing."""
        every = ((text, one) for text in self._texts for one in text.named if one.who == who)
        forms = (_FORMS.get(text.office_of(one), "") for text, one in every)
        return next(filter(None, forms), "")


def _owns(block: Text, one: Named) -> bool:
    """Whether a name is an owner's: in "Roe's sister", somebody else is spoken of."""
    return block.text[one.end : one.end + 1] in ("'", "’")


def _is_same_office(office: str, asked: str) -> bool:
    return (
        office == asked
        or office.endswith(f" {asked}")
        or (office.startswith(f"{asked} of ") and not asked.endswith("president"))
    )


def _opens_sentence(block: Text, one: Named) -> bool:
    """Whether a sentence begins with a name, but for the title before it."""
    start = max(at for at in block.sentences if at <= one.start)
    before = block.masked[start : one.start]
    return not before.strip() or (is_title(before) and not before.rstrip().endswith(","))


def _nobody_else(text: Text, start: int, end: int) -> bool:
    """Whether no sentence of a stretch opens with a word that is no everyday one: a name, maybe."""
    lists = lexicon()
    for at in text.sentences:
        if start <= at < end and text.masked[at] not in (PERSON, QUOTED, MAYBE):
            word = text.masked[at:end].split(maxsplit=1)[:1]
            key = key_of(word[0].strip("“”\"'(,:;")) if word else ""
            known = key in lists.common or key in lists.everyday or key in STOP_WORDS
            known = known or key == key.upper()  # a script without capitals
            if key and not known:
                return False
    return True
