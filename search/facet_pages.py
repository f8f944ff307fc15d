"""All values of one facet under a search, a page at a time, by number of releases or by name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from search.facet_columns import FacetColumn
from search.release_sets import ReleaseSet

VALUES_PER_PAGE = 100


class ValueOrder(StrEnum):
    """The order of a facet's values: most releases first, or alphabetical."""

    COUNT = "count"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class ValuesAsked:
    """Which values are asked for: those with words beginning with all of ``find``."""

    order: ValueOrder = ValueOrder.COUNT
    find: str = ""
    page: int = 1
    per_page: int = VALUES_PER_PAGE


@dataclass(frozen=True, slots=True)
class ValuePage:
    """One page of a facet's values with the number of releases of each.

    ``total`` is the number of values found, ``of`` of those there are under the search.
    ``letters`` are (letter, page it begins on) when the order is by name.
    """

    values: tuple[tuple[str, int], ...]
    total: int
    of: int
    letters: tuple[tuple[str, int], ...] = ()


def value_page(column: FacetColumn, releases: ReleaseSet, asked: ValuesAsked) -> ValuePage:
    """Return a page of the values that the releases have."""
    numbers, counts = column.present(releases)
    of, names = int(numbers.size), column.names
    if asked.find.split():
        kept = np.flatnonzero(np.isin(numbers, names.holding(asked.find)))
        numbers, counts = numbers[kept], counts[kept]
    rank = names.rank[numbers]
    by_name = asked.order is ValueOrder.NAME
    order = np.argsort(rank) if by_name else np.lexsort((rank, -counts))
    first = (asked.page - 1) * asked.per_page
    shown = order[first : first + asked.per_page]
    values = tuple(
        (names.values[number], count)
        for number, count in zip(numbers[shown].tolist(), counts[shown].tolist(), strict=True)
    )
    letters = _letters(names.initials[numbers[order]], asked.per_page) if by_name else ()
    return ValuePage(values, int(numbers.size), of, letters)


def _letters(initials: npt.NDArray[np.str_], per_page: int) -> tuple[tuple[str, int], ...]:
    """Return each initial among values in alphabetical order, and the page it begins on."""
    letters, firsts = np.unique(initials, return_index=True)
    places = sorted(zip(firsts.tolist(), letters.tolist(), strict=True))
    return tuple((letter, first // per_page + 1) for first, letter in places)
