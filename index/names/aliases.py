"""What the operator says of people and places, as values; ``alias_file`` reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True, slots=True)
class Office:
    """An office under the titles it is written with; held from and to, ISO dates or ""."""

    titles: tuple[str, ...]
    begin: str = ""
    end: str = ""

    def held_on(self, day: str) -> bool:
        """Whether it was held on a day (``YYYY-MM-DD``, or shorter: then in all of it)."""
        if not (self.begin or self.end):
            return True
        first, last = day + "0000-01-01"[len(day) :], day + "9999-12-31"[len(day) :]
        return (
            bool(day)
            and (not self.begin or self.begin <= first)
            and (not self.end or last <= self.end)
        )


@dataclass(frozen=True, slots=True)
class Alias:
    """A person or place under one name, with the other ways of writing it."""

    name: str
    variants: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()


@dataclass(frozen=True)
class Aliases:
    """All that the file says; empty without a file."""

    people: tuple[Alias, ...] = ()
    places: tuple[Alias, ...] = ()
    no_people: tuple[str, ...] = ()
    no_places: tuple[str, ...] = ()

    @cached_property
    def person_names(self) -> dict[str, str]:
        """The name for each way of writing a person."""
        return _names(self.people)

    @cached_property
    def place_names(self) -> dict[str, str]:
        """The name for each way of writing a place."""
        return _names(self.places)

    @cached_property
    def person_pattern(self) -> re.Pattern[str] | None:
        """Every way of writing a person, as whole words; the longest first."""
        return _pattern(self.person_names)

    @cached_property
    def place_pattern(self) -> re.Pattern[str] | None:
        """Every way of writing a place, as whole words; the longest first."""
        return _pattern(self.place_names)

    @cached_property
    def office_pattern(self) -> re.Pattern[str] | None:
        """Every title of an office of two words and more, in any case."""
        titles = {t.lower() for a in self.people for o in a.offices for t in o.titles if " " in t}
        return _pattern(titles, re.IGNORECASE)

    def as_json(self) -> list[Any]:
        """Plain values that ``from_json`` takes back, and that differ where the aliases do."""
        people = [
            [a.name, list(a.variants), [[list(o.titles), o.begin, o.end] for o in a.offices]]
            for a in self.people
        ]
        places = [[a.name, list(a.variants)] for a in self.places]
        return [people, places, list(self.no_people), list(self.no_places)]

    @staticmethod
    def from_json(value: list[Any]) -> Aliases:
        """Rebuild what ``as_json`` gave. Raises ValueError or TypeError for anything else."""
        people, places, no_people, no_places = value
        return Aliases(
            tuple(
                Alias(
                    name,
                    tuple(variants),
                    tuple(Office(tuple(titles), begin, end) for titles, begin, end in offices),
                )
                for name, variants, offices in people
            ),
            tuple(Alias(name, tuple(variants)) for name, variants in places),
            tuple(no_people),
            tuple(no_places),
        )


def _names(aliases: Iterable[Alias]) -> dict[str, str]:
    return {written: one.name for one in aliases for written in (one.name, *one.variants)}


def _pattern(names: Iterable[str], flags: int = 0) -> re.Pattern[str] | None:
    longest = sorted(names, key=lambda name: (-len(name), name))
    if not longest:
        return None
    # Any white space between words, and any apostrophe where there is one.
    parts = [re.escape(name).replace(r"\ ", r"\s+").replace("'", "['’]") for name in longest]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", flags)
