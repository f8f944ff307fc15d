"""People, places and years that a query names: releases about them, by the archive's own facets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from search.columns import ReleaseColumns
from search.release_sets import ReleaseSet

MAX_WORDS = 6
"""Longer queries are questions and descriptions; what they name is weighed as words."""
_MAX_RUN = 3
"""Words of a name."""
_OFTEN = 0.3
"""Of the releases that hold a name's words in a row so many must be about one so called, or it
is a word that only happens to be part of some name."""
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
NAMED = ("person", "place")


@dataclass(frozen=True, slots=True)
class Named:
    """What some words of the query name, and the releases that have it."""

    facet: str
    terms: tuple[str, ...]
    releases: ReleaseSet


def names_in(
    terms: Sequence[str], held: Sequence[int], columns: ReleaseColumns
) -> tuple[Named, ...]:
    """Return the names in the terms of a query, longest first, each term in one name at most.

    ``held`` says how many releases hold each term in any inflection.
    """
    if not terms or len(terms) > MAX_WORDS:
        return ()
    known = [any(columns.facets[facet].knows_word(term) for facet in NAMED) for term in terms]
    found: list[Named] = []
    taken: set[int] = set()
    for size in range(min(_MAX_RUN, len(terms)), 0, -1):
        for start in range(len(terms) - size + 1):
            places = set(range(start, start + size))
            if places & taken or not (size == 1 or all(known[start : start + size])):
                continue
            run = tuple(terms[start : start + size])
            rarest = min(held[start : start + size])
            named = _named(run, rarest, columns)
            if named:
                found.append(named)
                taken |= places
    return tuple(found)


def _named(run: tuple[str, ...], rarest: int, columns: ReleaseColumns) -> Named | None:
    if len(run) == 1 and _YEAR.match(run[0]):
        dated = columns.dates.within(f"{run[0]}-01-01", f"{run[0]}-12-31")
        return Named("date", run, dated) if dated.size else None
    if not rarest or any(not term.isalnum() or term.isdigit() for term in run):
        return None
    least = int(_OFTEN * rarest) if len(run) == 1 else 1
    sets = [(columns.facets[facet].releases_named(run, least), facet) for facet in NAMED]
    best, facet = max(sets, key=lambda pair: pair[0].size)
    if best.size and (len(run) > 1 or best.size >= _OFTEN * rarest):
        return Named(facet, run, best)
    return None
