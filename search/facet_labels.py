"""Facet values as they are shown: labels, and which of them are chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache, partial
from itertools import repeat

from babel import Locale
from babel.dates import get_month_names

from index.fields import FACETS
from search.facets import UNDATED, FacetCounts
from search.request import FacetValue, SearchRequest, period_bounds

_ENGLISH = Locale("en")
_MONTHS = get_month_names("wide", "stand-alone", _ENGLISH)
_value: Callable[[tuple[str, str, int, bool]], FacetValue] = partial(tuple.__new__, FacetValue)
"""Makes a named tuple of a tuple: a third of the time that naming its fields takes."""
_LABELLED = ("date", "lang")
"""Facets whose values are shown otherwise than they are named."""


def facet_views(request: SearchRequest, counts: FacetCounts) -> dict[str, tuple[FacetValue, ...]]:
    """Turn counts into values to show; ``lang`` only where there is a choice."""
    chosen = chosen_values(request)
    facets = {name: _views(name, counts[name], chosen[name]) for name in FACETS}
    if len(facets["lang"]) < 2 and not request.langs:
        del facets["lang"]
    return facets


def _views(
    name: str, counts: Sequence[tuple[str, int]], chosen: Sequence[str]
) -> tuple[FacetValue, ...]:
    values = labels = [value for value, _ in counts]
    if name in _LABELLED:
        labels = [facet_label(name, value) for value in values]
    selected = [value in chosen for value in values] if chosen else repeat(False)
    numbers = [count for _, count in counts]
    return tuple(map(_value, zip(values, labels, numbers, selected, strict=False)))


def chosen_values(request: SearchRequest) -> dict[str, tuple[str, ...]]:
    """Return the chosen values of each facet; of the dates, the periods chosen as a whole."""
    return {
        "person": request.people,
        "place": request.places,
        "source": request.sources,
        "lang": request.langs,
        "date": _chosen_dates(request),
    }


def _chosen_dates(request: SearchRequest) -> tuple[str, ...]:
    if request.undated:
        return (UNDATED,)
    bounds = (request.first_day, request.last_day)
    lengths = (4, 7, 10) if all(bounds) else ()
    return tuple(v for n in lengths if period_bounds(v := bounds[0][:n]) == bounds)


def facet_label(facet: str, value: str) -> str:
    """Return what a person reads for a value."""
    if facet == "lang":
        return str(_ENGLISH.languages.get(value, value))
    if facet != "date" or len(value) == 4:
        return value
    return "No date" if value == UNDATED else _date_label(value)


@lru_cache(1_000)
def _date_label(value: str) -> str:
    """Return a month or a day as it is read."""
    day = date.fromisoformat((value + "-01")[:10])
    month = f"{_MONTHS[day.month]} {day.year}"
    return f"{day.day} {month}" if len(value) == len("2019-09-12") else month
