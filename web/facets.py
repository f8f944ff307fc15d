"""Facets as the pages show them: values to choose, to leave out, to find; the filters in force.

Everything a reader can choose is a plain link, so each of these carries the address it leads to.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace

from search.answers import FacetPage
from search.facet_pages import VALUES_PER_PAGE, ValueOrder, ValuesAsked
from search.in_words import facet_words, period_in_words
from search.request import NAMED_FACETS, Boilerplate, FacetValue, SearchPage, SearchRequest
from web.present import language_name
from web.urls import (
    BOILERPLATE,
    EXCLUDE,
    FACET_FIELDS,
    chosen,
    left_out,
    search_path,
    toggled,
    without_dates,
)
from web.value_urls import facet_path

FACET_TITLES = {
    "date": "Dates",
    "person": "People",
    "place": "Places",
    "source": "Sources",
    "lang": "Languages",
}
FACET_SINGULAR = {"person": "Person", "place": "Place", "source": "Source", "lang": "Language"}
FIRST_SHOWN = 8
"""Values of a facet in sight; the rest are on a page of their own."""


@dataclass(frozen=True, slots=True)
class FacetLink:
    """A value of a facet: what is read, how many releases, where choosing it leads.

    ``not_path`` leaves its releases out, or is empty; ``excluded``: they are left out already.
    """

    value: str
    label: str
    count: int
    selected: bool
    path: str
    not_path: str = ""
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet with its values in sight, the number of all, and where all of them are listed.

    ``clear_path`` drops the choice of dates; ``hidden`` are the parameters that a form to find a
    value carries along.
    """

    name: str
    title: str
    shown: tuple[FacetLink, ...]
    size: int
    all_path: str = ""
    clear_path: str = ""
    hidden: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter in force, in words, and the address without it.

    ``words`` go before the label: "naming", "not about"; nothing before a date.
    """

    kind: str
    label: str
    path: str
    excluded: bool = False
    words: str = ""


def facet_views(page: SearchPage) -> list[FacetView]:
    """Return the facets of a page of results in the order they are offered."""
    views = (_facet_view(name, page) for name in FACET_TITLES)
    return [view for view in views if view.shown]


def _facet_view(name: str, page: SearchPage) -> FacetView:
    request, values = page.request, page.facets.get(name, ())
    if name == "date":
        links = [_facet_link(name, value, request) for value in values]
        dated = request.date_from or request.date_to or request.undated
        clear = search_path(without_dates(request)) if dated else ""
        return FacetView(name, FACET_TITLES[name], tuple(links), len(links), clear_path=clear)
    missing = _missing(name, {value.value for value in values}, request)
    in_force = len(missing) + sum(value.selected for value in values)
    size = max(page.facet_sizes.get(name, 0), len(missing) + len(values))
    # One value more is not worth a page.
    cut = max(FIRST_SHOWN, in_force) if size > max(FIRST_SHOWN, in_force) + 1 else size
    # Only what is shown is made a link of: an address takes longer than counting its releases.
    others = sorted(values, key=lambda value: not value.selected)[: cut - len(missing)]
    links = [*missing, *(_facet_link(name, value, request) for value in others)]
    more = facet_path(name, request) if size > cut else ""
    hidden = tuple(search_pairs_without_page(request)) if more else ()
    return FacetView(name, FACET_TITLES[name], tuple(links), size, more, "", hidden)


def _facet_link(name: str, value: FacetValue, request: SearchRequest) -> FacetLink:
    path = search_path(toggled(request, name, value.value))
    not_path = search_path(left_out(request, name, value.value)) if name in FACET_FIELDS else ""
    label = value.label or value.value
    return FacetLink(value.value, label, value.count, value.selected, path, not_path)


def _missing(name: str, known: Container[str], request: SearchRequest) -> list[FacetLink]:
    """Links for values in force that the engine did not count: they must not vanish."""
    unseen = [value for value in chosen(request, name) if value not in known]
    found = [_facet_link(name, FacetValue(v, _label(name, v), 0, True), request) for v in unseen]
    for facet, value in request.excluded:
        if facet == name:
            away = search_path(left_out(request, facet, value))
            found.append(FacetLink(value, _label(name, value), 0, False, away, away, True))
    return found


def _label(name: str, value: str) -> str:
    return language_name(value) if name == "lang" else value


def search_pairs_without_page(request: SearchRequest) -> list[tuple[str, str]]:
    """Return the parameters a form must carry along to keep the whole search but its page."""
    return [("q", request.text)] * bool(request.text) + hidden_pairs(request, dates=True)


def hidden_pairs(request: SearchRequest, *, dates: bool = False) -> list[tuple[str, str]]:
    """Return the parameters a search form must carry along besides its words and dates."""
    pairs = [(name, value) for name in FACET_FIELDS for value in chosen(request, name)]
    pairs += [(EXCLUDE + name, value) for name, value in request.excluded]
    if request.undated:
        pairs.append(("undated", "1"))
    elif dates:
        ends = (("from", request.date_from), ("to", request.date_to))
        pairs += [(name, value) for name, value in ends if value]
    if request.sort is not SearchRequest().sort:
        pairs.append(("sort", request.sort.value))
    if request.per_page != SearchRequest().per_page:
        pairs.append(("per_page", str(request.per_page)))
    if request.boilerplate is Boilerplate.LAST:
        pairs.append((BOILERPLATE, "1"))
    return pairs + [("literal", word) for word in request.literal]


def narrowed(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """Return the search with one more facet value, on its first page."""
    if value in chosen(request, facet):
        return replace(request, page=1)
    return toggled(request, facet, value)


def one_value(facet: str, value: str) -> SearchRequest:
    """Return a new search by one facet value alone."""
    return toggled(SearchRequest(), facet, value)


def plain_facet(name: str, values: Iterable[FacetValue]) -> list[FacetLink]:
    """Return links that start a new search with one value each."""
    return [_facet_link(name, value, SearchRequest()) for value in values]


def page_links(page: FacetPage, request: SearchRequest) -> list[FacetLink]:
    """Return the values of a page of a facet as links into the search it is of."""
    return [_facet_link(page.facet, value, request) for value in page.values]


def value_orders(
    facet: str, request: SearchRequest, asked: ValuesAsked, base: str = ""
) -> list[tuple[str, str, bool]]:
    """Return the orders of a facet's values: in words, where each leads, whether it is shown.

    ``base`` is the address of the list where it is not that of the facet.
    """
    words = {ValueOrder.COUNT: "Most releases", ValueOrder.NAME: "A to Z"}
    shown = {order: replace(asked, order=order, page=1) for order in words}
    return [
        (label, facet_path(facet, request, shown[order], base), order is asked.order)
        for order, label in words.items()
    ]


def last_value_page(total: int) -> int:
    """Return the number of the last page of a facet's values."""
    return max(1, -(-total // VALUES_PER_PAGE))


def chips(request: SearchRequest) -> list[Chip]:
    """Return the filters in force, each with the address without it."""
    found = [
        Chip(FACET_SINGULAR[name], _label(name, value),
             search_path(toggled(request, name, value)), words=facet_words(name))
        for name in NAMED_FACETS
        for value in chosen(request, name)
    ]  # fmt: skip
    found += [
        Chip(FACET_SINGULAR[name], _label(name, value),
             search_path(left_out(request, name, value)), excluded=True,
             words=f"not {facet_words(name)}")
        for name, value in request.excluded
    ]  # fmt: skip
    if (request.date_from or request.date_to) and not request.undated:
        words = period_in_words(request.date_from, request.date_to)
        found.append(Chip("Date", words, search_path(without_dates(request))))
    if request.undated:
        dated = replace(request, undated=False, page=1)
        found.append(Chip("Date", "without a date", search_path(dated)))
    return found
