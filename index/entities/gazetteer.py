"""Names of places with the one name each is filed under, and how sure the bare name is.

Countries come from CLDR (through babel), cities from GeoNames (places of 15,000 people and more,
``data/cities.txt``), US states, regions, seas and names of the past from our own tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Any, NamedTuple

from babel import Locale, UnknownLocaleError

from index.entities.cities import City, pairs, read_cities, split
from index.entities.lexicon import fold, lexicon
from index.entities.word_lists import lines
from index.memory import cycles_collected_rarely

LIKELY_FROM = 100_000
"""People a city must have when its name is also a person's, to be more than doubtful."""
SURE_FROM = 400_000
"""People a city must have to be believed without any further evidence."""
SIMILAR_SIZE = 0.4
"""Share of the largest namesake's people from which even the largest is told apart by region."""

_SECOND = re.compile(r"[ ,]{1,2}(\w+)")


class Grade(IntEnum):
    """How much a bare name proves: nothing without its region, something, or enough."""

    DOUBTFUL = 0
    LIKELY = 1
    SURE = 2


class Place(NamedTuple):
    """An entry: the canonical name, its grade, the ISO country code ("" if none), its kind."""

    name: str
    grade: Grade
    country: str
    kind: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All names; read-only once built. Cities are kept raw and judged when they are looked up.

    ``fixed`` maps names of countries, states, regions and names of the past to their place,
    ``cities`` a city's name to its namesakes, largest first, ``other_names`` a further name to a
    city's name, ``longer`` the first two words of longer names to these, longest first.
    ``regions`` maps ways of writing a state, province or country to its code, ``region_names``
    codes to names, ``countries`` ISO codes to canonical names.
    """

    fixed: dict[str, Place]
    cities: dict[str, list[City]]
    other_names: dict[str, str]
    longer: dict[tuple[str, str], tuple[str, ...]]
    regions: dict[str, str]
    region_names: dict[str, str]
    countries: dict[str, str]

    def find(self, name: str) -> Place | None:
        """The place of this name as written, or None."""
        found = self.fixed.get(name)
        if found is not None:
            return found
        main = name if name in self.cities else self.other_names.get(name)
        if main is None:
            return None
        if main in self.fixed:
            return self.fixed[main]
        largest = self.cities[main][0]
        grade = _grade(main, largest.people)
        if main != name and main != fold(name) and fold(main) != name:
            # Other names come from many languages: none is believed without evidence.
            usable = grade is not Grade.DOUBTFUL and _is_other_name(name, largest.people)
            grade = Grade.LIKELY if usable else Grade.DOUBTFUL
            if usable and largest.people >= SURE_FROM and _is_of_another_script(name):
                grade = Grade.SURE
        return Place(main, grade, largest.region[:2], "city")

    def in_region(self, name: str, region: str) -> str:
        """The canonical name of a city written with its region: with it where it tells apart."""
        if name in self.fixed and self.fixed[name].kind != "city":
            return self.fixed[name].name
        main = name if name in self.cities else self.other_names.get(name, name)
        namesakes = self.cities.get(main)
        if not namesakes:
            return name
        largest = namesakes[0]
        if main != name and fold(main) != name and not any(_in(c, region) for c in namesakes):
            return name  # "New Richmond, Wis." is not what Baton Rouge was once called
        # A region that is a whole country tells nothing about namesakes within that country.
        rivals = (city for city in namesakes[1:] if not _in(city, region))
        alike = any(city.people >= SIMILAR_SIZE * largest.people for city in rivals)
        if _in(largest, region) and not alike:
            return main
        return f"{main}, {self.region_names[region]}"


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, built on first use and kept."""
    cities: dict[str, list[City]] = {}
    other_names: dict[str, str] = {}
    with cycles_collected_rarely():  # a third of the time
        read_cities(cities, other_names)
    fixed: dict[str, Place] = {}
    regions: dict[str, str] = {}
    region_names: dict[str, str] = {}
    countries: dict[str, str] = {}
    for written, name in (*pairs("city_names.txt"), *pairs("city_exonyms.txt")):
        if name in cities:
            largest = cities[name][0]
            grade = _grade(name if len(written) > 3 else written, largest.people)
            fixed[written] = Place(name, grade, largest.region[:2], "city")
    _add_regions(fixed)
    _add_states(fixed, regions, region_names)
    _add_countries(fixed, regions, countries)
    _add_provinces(regions)
    region_names.update(countries)
    longer = _first_words(fixed, cities, other_names)
    return Gazetteer(fixed, cities, other_names, longer, regions, region_names, countries)


@cache
def country_names(lang: str) -> dict[str, str]:
    """Names of countries in a language and the English name each is filed under."""
    try:
        territories = Locale.parse(lang).territories if lang else {}
    except (UnknownLocaleError, ValueError):
        return {}
    known = gazetteer().countries
    return {
        str(name): known[code]
        for code, name in territories.items()
        if code in known and len(str(name)) > 1
    }


def _in(city: City, region: str) -> bool:
    """Whether a city is in a US state or a country."""
    return city.region[: len(region)] == region


def _is_of_another_script(name: str) -> bool:
    """Whether a name is in Greek or Cyrillic letters and long: hardly any other word is it too."""
    return len(name) > 4 and name[0] > "\u0370"


def _is_other_name(name: str, people: int) -> bool:
    """Whether a further name of a city may be met as one, and is no person's or other word."""
    words, key = lexicon(), fold(name.lower())
    if key in words.surnames or words.is_given(key) or key in words.everyday or name.isupper():
        return False
    return _grade(name, people) is not Grade.DOUBTFUL


def _grade(name: str, people: int) -> Grade:
    words = lexicon()
    key = fold(name.lower())
    # An ending says nothing of a name of several words: "Mexico City".
    ordinary = key in words.common if " " in key else words.is_ordinary(key)
    if ordinary or key in words.titles or len(key) < 3:
        return Grade.DOUBTFUL
    if len(key) < 5 and people < SURE_FROM / 2:
        return Grade.DOUBTFUL
    if len(key) < 4:
        return Grade.LIKELY
    if key in words.surnames or words.is_given(key):
        return Grade.LIKELY if people >= LIKELY_FROM else Grade.DOUBTFUL
    if " " in key:
        return Grade.SURE if people >= LIKELY_FROM else Grade.LIKELY
    return Grade.SURE if people >= SURE_FROM else Grade.LIKELY


def _add_regions(fixed: dict[str, Place]) -> None:
    words = lexicon()
    for line in lines("places.txt"):
        names = split(line.removeprefix("- "))
        kind = "past" if line.startswith("- ") else "region"
        key = names[0].lower()
        weak = key in words.surnames or words.is_given(key)
        for name in names:
            grade = Grade.LIKELY if weak else Grade.SURE
            fixed[name.removeprefix("the ")] = Place(names[0], grade, "", kind)


def _states() -> Iterator[tuple[str, str, list[str]]]:
    for line in lines("us_states.txt"):
        code, name, *others = split(line)
        yield f"US-{code}", name, others


def _add_states(
    fixed: dict[str, Place], regions: dict[str, str], region_names: dict[str, str]
) -> None:
    words = lexicon()
    for code, name, others in _states():
        region_names[code] = name
        if code != "US-DC":
            weak = name.lower() in words.weak_given
            fixed[name] = Place(name, Grade.LIKELY if weak else Grade.SURE, "US", "state")
            regions[name] = code
        for other in (code.removeprefix("US-"), *others):
            regions[other] = code
    capital = fixed["Washington, D.C."].name
    # Without more said, Washington is the capital; after a comma it is the state.
    fixed["Washington"] = Place(capital, Grade.LIKELY, "US", "city")
    fixed["Washington State"] = Place("Washington", Grade.SURE, "US", "state")
    for name in ("New York", "New York City", "NYC"):
        fixed[name] = Place("New York", Grade.SURE, "US", "state")


def _add_countries(
    fixed: dict[str, Place], regions: dict[str, str], countries: dict[str, str]
) -> None:
    words = lexicon()
    pairs = (line.split(" ", 1) for line in lines("country_aliases.txt"))
    aliases = {code: split(names) for code, names in pairs}
    for code, cldr in Locale("en").territories.items():
        # Three digits are groups of countries, ZZ is "Unknown Region", XA and XB are tests.
        if len(code) != 2 or code in ("ZZ", "XA", "XB", "EU", "EZ", "UN", "QO"):
            continue
        names = aliases.get(code, [str(cldr)])
        countries[code] = names[0]
        for name in dict.fromkeys((*names, str(cldr), fold(str(cldr)))):
            bare = name.removeprefix("the ")
            weak = bare.lower() in words.weak_given or bare.lower() in words.surnames
            fixed[bare] = Place(names[0], Grade.LIKELY if weak else Grade.SURE, code, "country")
            regions.setdefault(bare, code)


def _add_provinces(regions: dict[str, str]) -> None:
    for line in lines("provinces.txt"):
        code, *names = split(line)
        for name in names:
            regions.setdefault(name, code)


def second_word(text: str, position: int) -> str:
    """The word after ``position``, past a space or a comma and a space; empty if none is."""
    found = _SECOND.match(text, position)
    return found.group(1) if found else ""


def _first_words(*tables: dict[str, Any]) -> dict[tuple[str, str], tuple[str, ...]]:
    longer: dict[tuple[str, str], set[str]] = {}
    for table in tables:
        for name in table:
            if " " in name:
                first = name.split(" ", 1)[0].rstrip(",")
                longer.setdefault((first, second_word(name, len(first))), set()).add(name)
    return {
        words: tuple(sorted(names, key=lambda name: (-len(name), name)))
        for words, names in longer.items()
    }
