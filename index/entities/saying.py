"""How releases say that somebody says something, as patterns by language; pure.

The patterns are matched on a text in which each person's name is a run of ``PERSON``, what may
be one a run of ``MAYBE``, and each quotation a run of ``QUOTED``, everything at its own offset.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from index.analysis import STOP_WORDS
from index.entities.lexicon import lexicon, word_set
from index.entities.runs import key_of
from index.entities.word_lists import lines

PERSON, QUOTED, MAYBE = "\ue000", "\ue001", "\ue002"
NAMES = f"[{PERSON}{MAYBE}]"
"""One sign of a name: as a pattern."""

_WORD = rf"[^\s;:!?\"“”«»()\[\]{PERSON}{QUOTED}]+"
_GAP = rf"(?P<gap>(?:{_WORD}\s+){{0,12}}?)"
_NAME = rf"(?P<who>{PERSON}+|{MAYBE}+)(?!['’]s|['’]\s)"
_APPOSED = (
    rf"(?:,\s[^.;:{QUOTED}]{{2,140}}?,|,\swho|\s\([^)]{{1,60}}\)"
    rf"|\s[-–—]\s[^.;:{QUOTED}]{{2,90}}?\s[-–—])"
)
_APPOSED_LAST = rf"(?:{_APPOSED}|,[^.;:{QUOTED}]{{2,140}})"
_THAT = r"\s(?:that|que|che|dass|что|що|że|כי|أن|إن)(?!\w)"
_FROM_QUOTE = r"[\s,.\-–—―]*"
_SMALL = word_set(
    "the of and for on to at in our its his her their a an der die des das für und von dem zum zur"
    " le la les du de des l' et pour au aux el los las y del para o os as da do dos das e il lo gli"
    " della dello dei delle del ed company firm group's"
)
_INSIDE = rf"(?:[^.:;{PERSON}{MAYBE}{QUOTED}]|\.(?=[,)\w]|\s(?-i:[a-z(])))"
_LAST_NOT = word_set(
    "of for to and with by from in at on that & as or behalf von für mit und de du des pour et avec"
    " para con y del com da do e di con per и с от для к"
)
_ELIDED = ("'", "’")
_THE = word_set("the our its der die das le la el o a il lo unser unsere")
_FOR_OTHERS = word_set(
    "spokesman spokeswoman spokesperson spokespeople aide aides representative-of sources source"
    " office wife husband widow mother father son daughter brother sister lawyer counsel friend"
    " sprecher sprecherin porte-parole portavoz porta-voz portavoce пресс-секретарь דובר דוברת"
)
_MOST_TITLE_WORDS = 12
_FEW_TITLE_WORDS = 5
_MOST_CASELESS = 3


class Sayings(NamedTuple):
    """The patterns of a language. Groups: ``who`` or ``they``, ``verb``, ``gap``, ``office``."""

    said_who: re.Pattern[str]
    who_said: re.Pattern[str]
    they_said: re.Pattern[str]
    office_said: re.Pattern[str]
    said_office: re.Pattern[str]
    according: re.Pattern[str]
    signed: re.Pattern[str]
    before: re.Pattern[str]
    before_turned: re.Pattern[str]
    according_before: re.Pattern[str]
    verb: re.Pattern[str]
    statement: re.Pattern[str]
    issued: re.Pattern[str]
    following: tuple[str, ...]
    interview: re.Pattern[str]
    question: frozenset[str]
    answer: frozenset[str]
    postposed: re.Pattern[str] | None
    ends_said: re.Pattern[str]
    opens_said: re.Pattern[str]
    issues: re.Pattern[str]
    dropped: re.Pattern[str] | None
    """Leads to a quotation by a verb alone, where the language leaves "he" unsaid."""
    his: re.Pattern[str]
    """ "According to him"."""
    inside: re.Pattern[str] | None
    """Who says a quotation told inside it, where the language does so."""

    def issued_in(self, masked: str) -> re.Match[str] | None:
        """Find "X issued the following statement:" in a block; quick where it holds no such."""
        lowered = masked.lower()
        possible = any(word in lowered for word in self.following)
        return self.issued.search(masked) if possible else None


@lru_cache(maxsize=32)
def sayings(lang: str) -> Sayings:
    """Return the patterns of a language and the English: releases in two languages are common."""
    table = _words_of(lang)
    verb = rf"(?P<verb>{_any(table['verbs'])})(?!\w)"
    adverbs = rf"(?:(?:{_any(table['adverbs'])}),?\s+){{0,3}}"
    then = rf"(?:{_any(table['adverbs'])})"
    they = rf"(?P<they>{_any(table['pronouns'])})(?!\w)"
    the = rf"(?:{_any(one if one[-1] in _ELIDED else one + ' ' for one in table['the'])})"
    office = rf"(?P<office>{the}(?:[\w.'’-]+\s){{1,6}}?)"
    # What may be no name has nobody in apposition: "the Minister of Trade, Jane Roe, said".
    name = _NAME.replace(f"{MAYBE}+", rf"{MAYBE}+(?!,\s{PERSON})")
    name += rf"(?:{_APPOSED}|,(?!\s+\w+ing\b))?"
    subject = rf"(?:{name}|(?<!\w){they}|(?<!\w){office}(?<=\s))"

    def made(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    return Sayings(
        made(rf"{_FROM_QUOTE}{adverbs}{verb}\s+{_GAP}(?:{_NAME}|{they})"),
        made(rf"{_FROM_QUOTE}{_GAP}{_NAME}{_APPOSED}?\s+{adverbs}{verb}"),
        made(rf"{_FROM_QUOTE}{they}\s+{adverbs}{verb}"),
        made(rf"{_FROM_QUOTE}{office}{adverbs}{verb}"),
        made(
            rf"{_FROM_QUOTE}{adverbs}{verb}\s+(?P<office>{the}(?:[\w.'’-]+\s){{0,5}}?[\w'’-]+)"
            r"(?=[.,;]|\s*\Z)"
        ),
        made(rf"{_FROM_QUOTE}(?:{_any(table['according'])})\s+{_GAP}{_NAME}"),
        made(rf"\s*[-–—―]{{1,2}}\s?{_GAP}{_NAME}"),
        made(rf"{subject}\s*{adverbs}{verb}"),
        made(
            rf"(?<!\w){verb}\s+{_GAP}{_NAME}{_APPOSED_LAST}?(?:\s{then})*(?:\s*[:,]|{_THAT})\s*\Z"
        ),
        made(
            rf"(?<!\w)(?:{_any(table['according'])})\s+{_GAP}{_NAME}{_APPOSED}?"
            rf"\s*[,:]{'?' if 'postposed' in table else ''}\s*\Z"
        ),
        made(rf"(?<!\w){verb}"),
        made(rf"(?<!\w)(?:{_any(table['statement'])})\s+{_GAP}{_NAME}"),
        made(
            rf"(?:{_NAME}|(?<!\w){they})(?:{_APPOSED})?{_INSIDE}{{0,160}}?"
            rf"(?<!\w)(?:{_any(table['issued'])})\s{_INSIDE}{{0,60}}?"
            rf"(?:{_any(table['following'])})(?!\w)"
            rf"(?:{_INSIDE}{{0,240}}?:\s*|[^:{QUOTED}]{{0,300}}[:.]\s*\Z)"
        ),
        tuple({phrase.split()[0] for phrase in table["following"]}),
        made(rf"(?<!\w)(?:{_any(table['interview'])})\s+{_GAP}{_NAME}"),
        frozenset(table["question"]),
        frozenset(table["answer"]),
        _postposed(table, made),
        made(rf",\s{adverbs}{verb}\s+{_GAP}{_NAME}{_APPOSED_LAST}?\.\s*\Z"),
        made(rf"\s*(?:[^,.{PERSON}{MAYBE}]{{2,60}},\s)?{_GAP}{_NAME}{_APPOSED}?\s+{adverbs}{verb}"),
        made(
            rf"{_NAME}{_INSIDE}{{0,60}}?\s(?:{_any(table['issued'])})\s{_INSIDE}{{0,60}}?"
            rf"(?<!\w)(?:{_any(table['issue'])})(?!\w)"
        ),
        made(rf"[\s,.;–—-]*(?:[ye]\s|ו)?{adverbs}{verb}(?:\s{then})*(?:{_THAT})?\s*[:,]?\s*\Z")
        if "drops" in table
        else None,
        made(rf"(?:{_FROM_QUOTE}|(?<!\w))(?P<his>{_any(table['his'])})(?!\w)"),
        made(rf"[,–—-]\s?{verb}\s+{_GAP}{_NAME}{_APPOSED_LAST}?\s?[,.»–—-]")
        if "inside" in table
        else None,
    )


def _postposed(
    table: dict[str, tuple[str, ...]], made: Callable[[str], re.Pattern[str]]
) -> re.Pattern[str] | None:
    if "postposed" not in table:
        return None
    return made(rf"{_NAME}\s+(?:{_any(table['postposed'])})(?!\w)")


def is_title(gap: str) -> bool:
    """Whether what stands before a name, after a verb of saying, can be that person's title."""
    words = gap.split()
    if not words:
        return True
    keys = [key_of(word.strip(",")) for word in words]
    if len(words) > _MOST_TITLE_WORDS or _joins(words[-1]) or _is_for_another(words, keys):
        return False
    commas = [number for number, word in enumerate(words) if word.endswith(",")]
    opens = keys[0] in _THE or keys[0] in lexicon().titles or words[0].endswith(("'s", "’s"))
    opens = opens or keys[0] in lexicon().modifiers
    if commas and (commas != [len(words) - 1] or not opens):
        return False
    if not any(word[0].isupper() or word[0].islower() for word in words):
        return len(words) <= _MOST_CASELESS
    few = len(words) <= _FEW_TITLE_WORDS
    return all(_of_title(word, key, few) for word, key in zip(words, keys, strict=True))


def _joins(word: str) -> bool:
    """Whether a word joins what follows to what stands before it: "for", "of", but no "DA"."""
    return not word.isupper() and key_of(word) in _LAST_NOT


def _is_for_another(words: Sequence[str], keys: Sequence[str]) -> bool:
    """Whether a title is somebody else's: "spokesman for Senator", but not "spokesman"."""
    others = [number for number, key in enumerate(keys) if key in _FOR_OTHERS]
    return bool(others) and any(map(_joins, words[others[0] + 1 :]))


def is_subject(before: str) -> bool:
    """Whether a name after this text can be who does something: no "for", "of" or "with" before."""
    words, taken = before.split(), False
    while words and not words[-1].endswith((",", ";", ":", ")")):
        key = key_of(words[-1])
        if _joins(words[-1]):
            if key == "as" and (len(words) == 1 or words[-2].endswith(",")):
                return True  # "As Jane Roe put it"
            if taken and len(words) > 1 and key_of(words[-2]) in lexicon().titles:
                words.pop()  # "Secretary of State", "Special Agent in Charge"
                continue
            return False
        if not (key in lexicon().titles or key in lexicon().modifiers or words[-1][0].isupper()):
            break
        words.pop()
        taken = True
    near = "".join(words[-2:])
    return not (PERSON in near or MAYBE in near) or not before.rstrip().endswith(
        ("and", "&", "und")
    )


def _of_title(word: str, key: str, few: bool) -> bool:
    lists = lexicon()
    if not word[0].islower() or key in _SMALL or key in lists.titles or key in lists.modifiers:
        return True
    return few and key not in STOP_WORDS  # "said lead study author Jane Roe"


def _any(phrases: Iterable[str], depth: int = 3) -> str:
    """Return the pattern of any of some phrases, the longest that fits first.

    Those with the same first letters stand together: five times as fast as one after another.
    """
    longest_first = sorted(phrases, key=len, reverse=True)
    if not depth:
        return "|".join(r"\s+".join(map(re.escape, phrase.split(" "))) for phrase in longest_first)
    groups: dict[str, list[str]] = {}
    for phrase in longest_first:
        groups.setdefault(phrase[:1], []).append(phrase[1:])
    return "|".join(
        (r"\s+" if first == " " else re.escape(first)) + (f"(?:{_any(rest, depth - 1)})")
        if first
        else ""
        for first, rest in groups.items()
    )


def _words_of(lang: str) -> dict[str, tuple[str, ...]]:
    """Return the entries of a language, each with the English ones after it."""
    english = _table()["en"]
    own = _table().get(lang.lower().replace("_", "-").split("-")[0], english)
    if own is english:
        return english
    kinds = dict.fromkeys((*own, *english))
    return {kind: (*own.get(kind, ()), *english.get(kind, ())) for kind in kinds}


def verbs_of(lang: str) -> tuple[str, ...]:
    """Return the words of saying of a language alone; none for one that is not listed."""
    return _table().get(lang, {}).get("verbs", ())


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the entries of ``data/saying.txt`` by language and kind."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for line in lines("saying.txt"):
        if line.startswith("["):
            section = found.setdefault(line.strip("[]"), {})
        else:
            kind, _, entries = line.partition(":")
            section[kind] = tuple(entry.strip() for entry in entries.split(",") if entry.strip())
    return found
