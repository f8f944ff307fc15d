"""Cities of GeoNames (``data/cities.txt``) under their usual English names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.entities.lexicon import fold
from index.entities.word_lists import lines

_TRANSCRIBED = re.compile("[āīūēōḩţḑẕḥŭŏ‘]", re.IGNORECASE)


class City(NamedTuple):
    """A city: how many people, and the code of its US state (``US-TX``) or country."""

    people: int
    region: str


def read_cities(cities: dict[str, list[City]], other_names: dict[str, str]) -> None:
    """Fill in the cities by name, and the other names of the larger ones."""
    usual = dict(pairs("city_names.txt"))
    for line in lines("cities.txt"):  # the largest first
        written, people, region, *others = line.split("\t")
        if written.startswith("University of "):
            continue
        name = usual.get(written) or _without_dots(written, region)
        namesakes = cities.setdefault(name, [])
        namesakes.append(City(int(people), region))
        if len(namesakes) > 1:
            continue
        if not name.isascii():
            other_names.setdefault(fold(name), name)
        if written != name:
            other_names.setdefault(written, name)
        for other in others:
            other_names.setdefault(other, name)


def pairs(file: str) -> Iterator[tuple[str, str]]:
    """Another name of a city and its usual English one."""
    for line in lines(file):
        written, name = split(line)
        yield written, name


def _without_dots(name: str, region: str) -> str:
    """A name as it is printed: signs of transcription are in no newspaper ("Kandahār")."""
    if name.isascii() or region in ("LV", "LT", "NZ") or not _TRANSCRIBED.search(name):
        return name
    return fold(name).replace("‘", "").replace("’", "'").strip("'")


def split(line: str) -> list[str]:
    """The parts of a line of a list, between bars."""
    return [part.strip() for part in line.split("|")]
