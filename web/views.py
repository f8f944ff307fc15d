"""What the templates show, worked out from a search: facets, chips, ways out of a dead end; pure.

Everything a reader can choose is a plain link, so each of these carries the address it leads to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from markupsafe import Markup

from index.model import BlockKind
from search.answers import PassageView, ReleaseView
from search.request import FacetValue, HitPassage, QueryInfo, SearchPage, SearchRequest, Sort
from web.present import excerpt, language_name, list_items, period_words
from web.urls import FACET_FIELDS, search_path, toggled, without_dates, without_filters

FACET_TITLES = {
    "date": "Dates",
    "person": "People",
    "place": "Places",
    "source": "Sources",
    "lang": "Languages",
}
FACET_SINGULAR = {"person": "Person", "place": "Place", "source": "Source", "lang": "Language"}
FIRST_SHOWN = 8
"""Values of a facet in sight; the rest are folded behind "more"."""
FOLDED = frozenset({BlockKind.CONTACT, BlockKind.BOILERPLATE})


@dataclass(frozen=True, slots=True)
class FacetLink:
    """A value of a facet: what is read, how many releases, where choosing it leads."""

    value: str
    label: str
    count: int
    selected: bool
    path: str


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet with its values in sight, those folded away, and the way to drop the choice."""

    name: str
    title: str
    shown: tuple[FacetLink, ...]
    more: tuple[FacetLink, ...]
    clear_path: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter in force, in words, and the address without it."""

    kind: str
    label: str
    path: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several exclusive choices, such as an order of results."""

    label: str
    path: str
    current: bool


@dataclass(frozen=True, slots=True)
class Section:
    """Passages of a release, folded away when they are the contacts and boilerplate at its end.

    ``opened``: folded, but shown from the start because the words of the search are in it.
    """

    folded: bool
    opened: bool
    passages: tuple[PassageView, ...]


def facet_views(page: SearchPage) -> list[FacetView]:
    """Return the facets of a page of results in the order they are offered."""
    views = (_facet_view(name, page) for name in FACET_TITLES)
    return [view for view in views if view.shown]


def _facet_view(name: str, page: SearchPage) -> FacetView:
    request, values = page.request, page.facets.get(name, ())
    links = [_facet_link(name, value, request) for value in values]
    if name != "date":  # periods keep their order; a chosen name stays in sight
        links = [*_missing(name, links, request), *links]
        links.sort(key=lambda link: not link.selected)
    # One value more is not worth folding.
    cut = FIRST_SHOWN if len(links) > FIRST_SHOWN + 1 else len(links)
    if name == "date":
        chosen = request.date_from or "none"  # its months or days stay in sight with it
        near = (n for n, link in enumerate(links) if link.selected or link.value.startswith(chosen))
        cut = max([cut, *(n + 1 for n in near)])
    dated = name == "date" and (request.date_from or request.date_to or request.undated)
    clear = search_path(without_dates(request)) if dated else ""
    return FacetView(name, FACET_TITLES[name], tuple(links[:cut]), tuple(links[cut:]), clear)


def _facet_link(name: str, value: FacetValue, request: SearchRequest) -> FacetLink:
    path = search_path(toggled(request, name, value.value))
    return FacetLink(value.value, value.label or value.value, value.count, value.selected, path)


def _missing(name: str, links: list[FacetLink], request: SearchRequest) -> list[FacetLink]:
    """Links for chosen values that the engine did not count: they must not vanish."""
    known = {link.value for link in links}
    return [
        FacetLink(value, value, 0, True, search_path(toggled(request, name, value)))
        for value in getattr(request, FACET_FIELDS[name])
        if value not in known
    ]


def narrowed(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """Return the search with one more facet value, on its first page."""
    chosen = getattr(request, FACET_FIELDS[facet])
    return replace(request, page=1) if value in chosen else toggled(request, facet, value)


def one_value(facet: str, value: str) -> SearchRequest:
    """Return a new search by one facet value alone."""
    return toggled(SearchRequest(), facet, value)


def plain_facet(name: str, values: Iterable[FacetValue]) -> list[FacetLink]:
    """Return links that start a new search with one value each."""
    return [_facet_link(name, value, SearchRequest()) for value in values]


def chips(request: SearchRequest) -> list[Chip]:
    """Return the filters in force, each with the address without it."""
    found = [
        Chip(
            FACET_SINGULAR[name],
            language_name(value) if name == "lang" else value,
            search_path(toggled(request, name, value)),
        )
        for name, field in FACET_FIELDS.items()
        for value in getattr(request, field)
    ]
    if (request.date_from or request.date_to) and not request.undated:
        words = period_words(request.date_from, request.date_to)
        found.append(Chip("Date", words, search_path(without_dates(request))))
    if request.undated:
        dated = replace(request, undated=False, page=1)
        found.append(Chip("Date", "undated", search_path(dated)))
    return found


def sort_choices(request: SearchRequest) -> list[Choice]:
    """Return the orders of results; without words relevance means nothing and is left out."""
    sorts = [sort for sort in Sort if request.text or sort is not Sort.RELEVANCE]
    current = request.sort
    if not request.text and current is Sort.RELEVANCE:
        current = Sort.NEWEST  # what the engine does when there is nothing to rank by
    return [
        Choice(
            sort.value.capitalize(),
            search_path(replace(request, sort=sort, page=1)),
            sort is current,
        )
        for sort in sorts
    ]


def ways_out(request: SearchRequest) -> list[Choice]:
    """Return searches to try when nothing was found: without each filter, then without any."""
    active = chips(request)
    found = [
        Choice(f"without {chip.kind.lower()} “{chip.label}”", chip.path, False) for chip in active
    ]
    if len(active) > 1:
        found.append(Choice("without any filter", search_path(without_filters(request)), False))
    words = request.text.replace('"', " ").split()
    if '"' in request.text and words:
        loose = replace(request, text=" ".join(words), page=1)
        found.append(Choice("without the quotation marks", search_path(loose), False))
    return found


def newest_first(request: SearchRequest) -> SearchRequest:
    """Return the search as a feed wants it: newest first, from the top."""
    return replace(request, sort=Sort.NEWEST, page=1)


def hidden_pairs(request: SearchRequest) -> list[tuple[str, str]]:
    """Return the parameters a search form must carry along besides its words and dates."""
    pairs = [
        (name, value) for name, field in FACET_FIELDS.items() for value in getattr(request, field)
    ]
    if request.undated:
        pairs.append(("undated", "1"))
    if request.sort is not Sort.RELEVANCE:
        pairs.append(("sort", request.sort.value))
    if request.per_page != SearchRequest().per_page:
        pairs.append(("per_page", str(request.per_page)))
    return pairs + [("literal", word) for word in request.literal]


def echo(query: QueryInfo) -> str:
    """Return how the words were understood, or nothing when that only repeats them."""
    plain = " AND ".join(query.text.split())
    return (
        ""
        if query.interpreted.casefold() in (query.text.casefold(), plain.casefold())
        else (query.interpreted)
    )


def shown(passage: HitPassage, words: int) -> Markup:
    """Return a passage as results show it: about so many words, a list on one line."""
    if passage.kind is BlockKind.LIST:
        return excerpt(" · ".join(list_items(passage.html)), words)
    return excerpt(passage.html, words)


def sections(release: ReleaseView) -> list[Section]:
    """Return the passages to read below the headline, contacts and boilerplate at the end apart.

    Those in the middle stay where they are: a fold that hides one line interrupts for nothing.
    """
    body = [p for p in release.passages if p.kind is not BlockKind.TITLE]
    end = len(body)
    while end and body[end - 1].kind in FOLDED:
        end -= 1
    if not end:  # nothing else to read
        return [Section(False, False, tuple(body))]
    text, standing = tuple(body[:end]), tuple(body[end:])
    found = [Section(False, False, text)]
    if standing:
        found.append(Section(True, any(p.marked for p in standing), standing))
    return found


def title_passages(release: ReleaseView) -> list[int]:
    """Return the numbers of the passages that the headline stands for, to keep their anchors."""
    return [p.number for p in release.passages if p.kind is BlockKind.TITLE]
