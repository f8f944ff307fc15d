"""Places no gazetteer lists, told by the words around them: "the village of X", "X County"."""

from __future__ import annotations

import re
from typing import NamedTuple

from index.entities.lexicon import lexicon, word_set
from index.entities.matching import Word
from index.entities.regions import region_code
from index.entities.runs import Run

_FEATURES = word_set(
    "county parish province governorate oblast prefecture township island islands river lake "
    "valley bay creek canyon peninsula mountains desert district region municipality taluk "
    "raion canton shire beach falls heights airfield dam gorge glacier lagoon reef strait "
    "sound airport stadium park bridge square forest pond brook hills harbor harbour cave sea "
    "gulf plateau"
)
_FEATURES_AHEAD = frozenset({"lake", "mount", "fort", "camp", "mt", "ft", "cape", "port", "wadi"})
_HEADS = word_set(
    "tal tel tell ayn ain wadi dayr deir jabal jebel beit bayt kfar kafr kiryat khan ras umm "
    "bandar san santa são sao saint st nizhny veliky novo nova villa bad el al los las la "
    "port fort camp mount lake cape mt ft new east west north south upper lower"
)
_STRONG_HEADS = _HEADS - word_set(
    "new east west north south upper lower al el los las la villa bad khan san santa"
)
_SETTLEMENT_BEFORE = re.compile(
    r"\b(?:city|cities|town|towns|village|villages|district|province|state|county|region|island|"
    r"port|suburb|neighbou?rhood|municipality|capital|borough|hamlet|governorate|commune|parish|"
    r"township|settlement|valley) of $"
)
_SETTLEMENT_AFTER = re.compile(
    r" (?:province|district|governorate|county|region|island|peninsula|valley|village|area|"
    r"neighbou?rhood|municipality|prefecture|oblast|river|suburb|border|highlands|mountains)\b"
)
_LOCATED_BEFORE = re.compile(
    r"\b(?:[Nn]ear|[Oo]utside|(?:born|based|located|situated|headquartered|held|raised|living|lives|lived|"
    r"resides?|resided|arrived|stationed|buried|died|settled|offices|educated) (?:in|at|near)|"
    r"(?:moved|returned|travell?ed|fled|relocated) to|resident of|residents of|native of|"
    r"(?:north|south|east|west|northeast|northwest|southeast|southwest|miles|km|kilometers|"
    r"kilometres) (?:of|from)|(?:outskirts|suburbs?|vicinity|siege|liberation|bombing) of)"
    r"(?: the)? $"
)
_PREPOSITION = re.compile(
    r"\b(?:[Ii]n|[Nn]ear|[Aa]t|in|at|from|near|to|of|around|outside)(?: the)? $"
)
_HINTS = word_set("of the near outside in at to from around")
_NOT_NAMES = frozenset(
    {"the", "north", "south", "east", "west", "central", "new", "u.s", "us", "uk"}
)


class Toponym(NamedTuple):
    """Words of a run that name a place, from and to (excluded), and the rule that says so."""

    start: int
    end: int
    rule: str


def toponym_at_end(run: Run) -> Toponym | None:
    """An unlisted place at the end of a run, by what comes before and after the run."""
    words = run.words
    count = len(words)
    text = run.segment.text
    first = count
    while first > 0 and count - first < 3 and _place_like(words[first - 1]):
        first -= 1
    if first == count or (first > 0 and not _can_precede(words[first - 1])):
        return None
    begin, end = words[first].start, words[-1].end
    settled = _SETTLEMENT_AFTER.match(text, end)
    before, after = text[max(0, begin - 40) : begin], text[end : end + 40]
    if not settled and _last_word(before) not in _HINTS:
        return None
    headed = words[first].key in _STRONG_HEADS and (
        count - first == 2 or (count - first == 3 and words[first + 1].key in ("az", "al", "el"))
    )
    if _SETTLEMENT_BEFORE.search(before):
        return Toponym(first, count, "settlement")
    if settled and _opens_as_verb(before, words[first]):
        return None
    if settled and (headed or not after.startswith(" area")):
        return Toponym(first, count, "settlement")
    if _LOCATED_BEFORE.search(before):
        return Toponym(first, count, "located")
    if _PREPOSITION.search(before) and (headed or region_code(after)):
        return Toponym(first, count, "headed" if headed else "city-state")
    return None


def _opens_as_verb(before: str, word: Word) -> bool:
    """Whether a word has its capital from a sentence's start: "Covered district courts"."""
    opens = before.rstrip()[-1:] in ("", ".", "!", "?", ":")
    return opens and word.key.endswith(("ed", "ing", "ly"))


_IN = re.compile(r"\b(?:[Ii]n|near|at) $")
_ENDS = re.compile(r"[.,;)]|$")


def unknown_after_in(run: Run) -> Toponym | None:
    """A lone word or two that no list knows where a place stands, as in "born in Azeby, ..."."""
    words = run.words
    text = run.segment.text
    start, end = words[0].start, words[-1].end
    if len(words) > 2 or not _ENDS.match(text[end : end + 1]):
        return None
    if not _IN.search(text[max(0, start - 8) : start]):
        return None
    return Toponym(0, len(words), "in") if all(_is_unknown(run, word) for word in words) else None


def only_placed(run: Run) -> bool:
    """Whether words stand where a place may, after a preposition or a comma."""
    start = run.words[0].start
    before = run.segment.text[max(0, start - 16) : start]
    return before.endswith(", ") or bool(_PREPOSITION.search(before))


def _is_unknown(run: Run, word: Word) -> bool:
    lists = lexicon()
    key = word.key
    return (
        len(key) > 3
        and word.text[1:].islower()
        and key.isalpha()
        and not run.is_ordinary(word)
        and not lists.is_given(key)
        and not (key in lists.titles or key in lists.modifiers or key in lists.surnames)
    )


def feature(run: Run) -> Toponym | None:
    """A county, river, lake or island named with that word: "Prince George's County"."""
    words = run.words
    for number, word in enumerate(words):
        if word.key not in _FEATURES or number == 0:
            continue
        first = number
        while first > 0 and number - first < 2 and _could_name_feature(words[first - 1]):
            first -= 1
        rest = words[number + 1 :]
        organised = any(other.key in lexicon().organisation for other in rest)
        if first < number and not organised and _singular_feature(word):
            return Toponym(first, number + 1, "feature")
    if len(words) > 1 and words[0].key in _FEATURES_AHEAD and _place_like(words[1]):
        organised = any(other.key in lexicon().organisation for other in words[1:])
        return None if organised else Toponym(0, 2, "feature")
    return None


def _last_word(before: str) -> str:
    words = before[-12:].split()
    return words[-1].lower() if words else ""


def _singular_feature(word: Word) -> bool:
    # "Southern District", "Bay Area Council": too often an office or a company.
    return word.key not in {"district", "region", "heights", "sound"}


def _place_like(word: Word) -> bool:
    lists = lexicon()
    if word.key in _HEADS and word.key not in {"new", "al", "la"}:
        return True
    if (
        len(word.key) < 3
        or (not word.key.isalpha() and any(map(str.isdigit, word.key)))
        or word.key in _NOT_NAMES
    ):
        return word.key in {"new", "al", "la", "az", "as"}
    if re.search(r"-[a-z]", word.text):
        return False
    if word.text.isupper() and len(word.text) < 6:
        return False
    return not lists.is_ordinary(word.key) and word.key not in lists.titles


def _could_name_feature(word: Word) -> bool:
    # Counties and islands are named after those: "Prince George's County", "King Island".
    return word.key in {"prince", "king", "queen", "saint"} or _place_like(word)


def _can_precede(word: Word) -> bool:
    """Whether the word before does not make the whole a longer name."""
    return word.key in lexicon().common and word.key not in lexicon().organisation
