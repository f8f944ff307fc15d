"""People named with their titles in scripts without capitals: Hebrew, Arabic; pure.

Nothing but a title, a known given name or a verb of saying tells a name there. Precision first:
where a name's end is not sure it is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from index.entities.foreign import PREFIXES
from index.entities.gazetteer import country_names
from index.entities.naming import Person
from index.entities.saying import verbs_of
from index.entities.segments import Segment
from index.entities.word_lists import lines
from index.model import Entity, Mention

RULE = "title and name"
_MOST_WORDS = 4
_LEAST_SURNAME = 3
_WORD = re.compile(r"[^\W\d_]+(?:['׳’\-־][^\W\d_]+)*['׳]?")
_NICKNAME = re.compile(r"\s(?:\([^)\n]{1,14}\)|\"[^\"\n]{1,10}\"|״[^״\n]{1,10}״)(?=\s)")
_COUNTRIES = {"he": ('ארה"ב', "ארה״ב", "ישראל", "מדינת ישראל", "הרשות הפלסטינית"), "ar": ()}
_ADJECTIVES = {"he": re.compile(r"ה\w{2,}(?:י|ית)\Z"), "ar": re.compile(r"ال\w{2,}(?:ي|ية)\Z")}


class TitledNames(NamedTuple):
    """The people of a release, and where their titles alone stand for them.

    ``alone`` gives start -> (end, number of the person in ``people``).
    """

    people: tuple[Person, ...]
    alone: Mapping[int, tuple[int, int]]


class _Lists(NamedTuple):
    title: re.Pattern[str]
    given: frozenset[str]
    particles: frozenset[str]
    stops: frozenset[str]
    verbs: frozenset[str]
    sole: frozenset[str]
    adjective: re.Pattern[str]


class _Spot(NamedTuple):
    """A name as it stands: its words, where in the release, and the title before it."""

    words: tuple[str, ...]
    start: int
    end: int
    title: str


def titled_names(segments: Sequence[Segment], lang: str) -> TitledNames:
    """Return the people whom the blocks of a release name with their titles."""
    lists = _lists(lang.lower().replace("_", "-").split("-")[0])
    if lists is None:
        return TitledNames((), {})
    spots = [spot for segment in segments for spot in _spots(segment, lists)]
    lone = [spot for spot in spots if not spot.words]
    groups: dict[tuple[str, str], list[_Spot]] = {}
    for spot in sorted(spots, key=lambda one: -len(one.words)):
        if len(spot.words) > 1:
            groups.setdefault((spot.words[0], spot.words[-1]), []).append(spot)
        elif spot.words and all(name[1] != spot.words[0] for name in groups):
            groups.setdefault(("", spot.words[0]), []).append(spot)
    surnames: dict[str, list[tuple[str, str]]] = {}
    for name in groups:
        surnames.setdefault(name[1], []).append(name)
    mentions = {name: {one.start: one.end for one in group} for name, group in groups.items()}
    for segment in segments:
        for surname, names in surnames.items():
            if len(names) == 1:
                for start, end in _again(segment, names[0], surname, lists):
                    mentions[names[0]].setdefault(start, end)
    people = tuple(_person(group, mentions[name]) for name, group in groups.items())
    return TitledNames(people, _alone(lone, list(groups.values()), lists))


def _person(group: Sequence[_Spot], mentions: Mapping[int, int]) -> Person:
    longest = max(group, key=lambda one: len(one.words))
    inside = {start for one in group for start in mentions if one.start < start < one.end}
    spots = tuple(Mention(at, mentions[at], RULE) for at in sorted(mentions) if at not in inside)
    name = " ".join(longest.words)
    return Person(Entity(name, spots), longest.words, (name,), ())


def _spots(segment: Segment, lists: _Lists) -> Iterator[_Spot]:
    """Yield the names after titles; also titles alone, as names without words."""
    text = segment.text
    for found in lists.title.finditer(text):
        title = " ".join((found["title"] + (found["office"] or "")).split())
        words, end, sure = _words(text, found.end(), lists)
        named = _name(words, sure or _says(text, found.start("title"), lists), lists)
        if named:
            start = found.end() + text[found.end() :].index(named[0])
            last = named[-1]
            end = text.index(last, start + sum(map(len, named[:-1]))) + len(last)
            yield _Spot(named, segment.start + start, segment.start + end, title)
        else:
            at = found.start("title")
            yield _Spot((), segment.start + at, segment.start + at + len(title), title)


def _words(text: str, at: int, lists: _Lists) -> tuple[list[str], int, bool]:
    """Return the words that may be a name from a place on, and whether a verb of saying ends them.

    The place after them too. A nationality before a name is left out.
    """
    words: list[str] = []
    while len(words) < _MOST_WORDS:
        space = re.match(r",?\s" if not words else r"\s", text[at : at + 2])
        found = _WORD.match(text, at + space.end()) if space else None
        if found is None:
            following = _WORD.match(text, at + 2) if text[at : at + 2] == ", " else None
            says = following is not None and following.group() in lists.verbs
            return words, at, says or text[at : at + 1] == ":"
        word = found.group()
        if word in lists.verbs:
            return words, at, True
        if word in lists.stops:
            return words, at, False
        at = found.end()
        if not (words == [] and word not in lists.given and lists.adjective.match(word)):
            words.append(word)
        elif len(word) > 12:
            break
        nickname = _NICKNAME.match(text, at)
        at = nickname.end() if nickname and words else at
    return words, at, False


def _name(words: Sequence[str], sure: bool, lists: _Lists) -> tuple[str, ...]:
    """Return the words that are the name: by its given name, or because both its ends are sure."""
    if len(words) < 2:
        return tuple(words) if sure and words and len(words[0]) >= _LEAST_SURNAME else ()
    if words[0] in lists.given:
        size = 2
        while size < len(words) and words[size - 1] in (lists.particles | lists.given):
            size += 1
        return tuple(words[:size]) if words[size - 1] not in lists.particles else ()
    return tuple(words) if sure and len(words) == 2 else ()


def _says(text: str, at: int, lists: _Lists) -> bool:
    """Whether a verb of saying stands before a title."""
    before = text[max(0, at - 20) : at].split()
    return bool(before) and before[-1] in lists.verbs


def _again(
    segment: Segment, name: tuple[str, str], surname: str, lists: _Lists
) -> Iterator[tuple[int, int]]:
    """Yield where the surname of somebody stands, with their given name before it or without."""
    text, at = segment.text, segment.text.find(surname)
    while at >= 0 and len(surname) >= _LEAST_SURNAME:
        end = at + len(surname)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            before = text[max(0, at - 24) : at].split()
            given = before[-1] if before and text[at - 1 : at] == " " else ""
            if given == name[0]:
                yield segment.start + text.rindex(given, 0, at), segment.start + end
            elif given not in lists.given:
                yield segment.start + at, segment.start + end
        at = text.find(surname, end)


def _alone(
    lone: Sequence[_Spot], groups: Sequence[Sequence[_Spot]], lists: _Lists
) -> dict[int, tuple[int, int]]:
    """Return where titles stand without a name that only one person of the release bears."""
    bearers: dict[str, set[int]] = {}
    for number, group in enumerate(groups):
        for one in group:
            bearers.setdefault(one.title, set()).add(number)
    return {
        one.start: (one.end, next(iter(bearers[one.title])))
        for one in lone
        if one.title in lists.sole and len(bearers.get(one.title, ())) == 1
    }


@lru_cache(maxsize=4)
def _lists(lang: str) -> _Lists | None:
    """Return the lists of a language, None where there are none."""
    table: dict[str, tuple[str, ...]] = {}
    inside = False
    for line in lines("titled_names.txt"):
        if line.startswith("["):
            inside = line == f"[{lang}]"
        elif inside:
            kind, _, entries = line.partition(":")
            table[kind] = tuple(entry.strip() for entry in entries.split(",") if entry.strip())
    if not table:
        return None
    verbs = frozenset(verbs_of(lang))
    return _Lists(
        _title_pattern(table, lang),
        frozenset(table["given"]),
        frozenset(table["particles"]),
        frozenset(table["stops"]),
        verbs,
        frozenset(table["sole"]),
        _ADJECTIVES[lang],
    )


def _title_pattern(table: Mapping[str, tuple[str, ...]], lang: str) -> re.Pattern[str]:
    def any_of(phrases: Sequence[str]) -> str:
        return "|".join(re.escape(one) for one in sorted(phrases, key=len, reverse=True))

    country = any_of((*country_names(lang), *_COUNTRIES[lang]))
    titles = any_of(table["titles"]).replace("@", f"(?:{country})")
    return re.compile(
        rf"(?<!\w){PREFIXES[lang]}(?P<title>{titles})(?P<office>\s(?:{any_of(table['offices'])}))?"
        rf"(?:\s(?:של\s)?(?:{country}))?(?!\w)"
    )
