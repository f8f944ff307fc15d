"""How releases say that somebody says something, as patterns by language; pure.

The patterns are matched on a text in which each person's name is a run of ``PERSON``, what may
be one a run of ``MAYBE``, and each quotation a run of ``QUOTED``, everything at its own offset.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
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


class _Parts(NamedTuple):
    """What the patterns of a language are made of, each a pattern; ``table`` are its words."""

    table: dict[str, tuple[str, ...]]
    verb: str
    adverbs: str
    they: str
    the: str
    office: str
    subject: str

    def any(self, kind: str) -> str:
        """One of the phrases of a kind."""
        return rf"(?:{_any(self.table[kind])})"


@lru_cache(maxsize=32)
def sayings(lang: str) -> Sayings:
    """Return the patterns of a language and the English: releases in two languages are common."""
    p = _parts(_words_of(lang))
    table, verb, adverbs, they = p.table, p.verb, p.adverbs, p.they
    according = rf"{p.any('according')}\s+{_GAP}{_NAME}"
    comma = "?" if "postposed" in table else ""
    return Sayings(
        _made(rf"{_FROM_QUOTE}{adverbs}{verb}\s+{_GAP}(?:{_NAME}|{they})"),
        _made(rf"{_FROM_QUOTE}{_GAP}{_NAME}{_APPOSED}?\s+{adverbs}{verb}"),
        _made(rf"{_FROM_QUOTE}{they}\s+{adverbs}{verb}"),
        _made(rf"{_FROM_QUOTE}{p.office}{adverbs}{verb}"),
        _made(
            rf"{_FROM_QUOTE}{adverbs}{verb}\s+(?P<office>{p.the}(?:[\w.'’-]+\s){{0,5}}?[\w'’-]+)"
            r"(?=[.,;]|\s*\Z)"
        ),
        _made(rf"{_FROM_QUOTE}{according}"),
        _made(rf"\s*[-–—―]{{1,2}}\s?{_GAP}{_NAME}"),
        _made(rf"{p.subject}\s*{adverbs}{verb}"),
        _made(
            rf"(?<!\w){verb}\s+{_GAP}{_NAME}{_APPOSED_LAST}?(?:\s{p.any('adverbs')})*"
            rf"(?:\s*[:,]|{_THAT})\s*\Z"
        ),
        _made(rf"(?<!\w){according}{_APPOSED}?\s*[,:]{comma}\s*\Z"),
        _made(rf"(?<!\w){verb}"),
        _made(rf"(?<!\w){p.any('statement')}\s+{_GAP}{_NAME}"),
        _issued(p),
        tuple({phrase.split()[0] for phrase in table["following"]}),
        _made(rf"(?<!\w){p.any('interview')}\s+{_GAP}{_NAME}"),
        frozenset(table["question"]),
        frozenset(table["answer"]),
        _made(rf"{_NAME}\s+{p.any('postposed')}(?!\w)") if "postposed" in table else None,
        _made(rf",\s{adverbs}{verb}\s+{_GAP}{_NAME}{_APPOSED_LAST}?\.\s*\Z"),
        _made(
            rf"\s*(?:[^,.{PERSON}{MAYBE}]{{2,60}},\s)?{_GAP}{_NAME}{_APPOSED}?\s+{adverbs}{verb}"
        ),
        _issues(p),
        _dropped(p) if "drops" in table else None,
        _made(rf"(?:{_FROM_QUOTE}|(?<!\w))(?P<his>{p.any('his')})(?!\w)"),
        _inside(p) if "inside" in table else None,
    )


def _parts(table: dict[str, tuple[str, ...]]) -> _Parts:
    verb = rf"(?P<verb>{_any(table['verbs'])})(?!\w)"
    adverbs = rf"(?:(?:{_any(table['adverbs'])}),?\s+){{0,3}}"
    they = rf"(?P<they>{_any(table['pronouns'])})(?!\w)"
    the = rf"(?:{_any(one if one[-1] in _ELIDED else one + ' ' for one in table['the'])})"
    office = rf"(?P<office>{the}(?:[\w.'’-]+\s){{1,6}}?)"
    # What may be no name has nobody in apposition: "the Minister of Trade, Jane Roe, said".
    name = _NAME.replace(f"{MAYBE}+", rf"{MAYBE}+(?!,\s{PERSON})")
    name += rf"(?:{_APPOSED}|,(?!\s+\w+ing\b))?"
    subject = rf"(?:{name}|(?<!\w){they}|(?<!\w){office}(?<=\s))"
    return _Parts(table, verb, adverbs, they, the, office, subject)


def _made(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _issued(p: _Parts) -> re.Pattern[str]:
    return _made(
        rf"(?:{_NAME}|(?<!\w){p.they})(?:{_APPOSED})?{_INSIDE}{{0,160}}?"
        rf"(?<!\w){p.any('issued')}\s{_INSIDE}{{0,60}}?{p.any('following')}(?!\w)"
        rf"(?:{_INSIDE}{{0,240}}?:\s*|[^:{QUOTED}]{{0,300}}[:.]\s*\Z)"
    )


def _issues(p: _Parts) -> re.Pattern[str]:
    return _made(
        rf"{_NAME}{_INSIDE}{{0,60}}?\s{p.any('issued')}\s{_INSIDE}{{0,60}}?"
        rf"(?<!\w){p.any('issue')}(?!\w)"
    )


def _dropped(p: _Parts) -> re.Pattern[str]:
    then = rf"(?:\s{p.any('adverbs')})*(?:{_THAT})?"
    return _made(rf"[\s,.;–—-]*(?:[ye]\s|ו)?{p.adverbs}{p.verb}{then}\s*[:,]?\s*\Z")


def _inside(p: _Parts) -> re.Pattern[str]:
    return _made(rf"[,–—-]\s?{p.verb}\s+{_GAP}{_NAME}{_APPOSED_LAST}?\s?[,.»–—-]")


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
