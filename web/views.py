"""What the templates show, worked out from a search: facets, chips, ways out of a dead end; pure.

Everything a reader can choose is a plain link, so each of these carries the address it leads to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from index.model import BlockKind
from search.answers import PassageView, ReleaseView
from search.request import Boilerplate, HitPassage, SearchPage, SearchRequest, Sort
from search.ways_out import Kind, Way
from web.hits import Hits
from web.present import excerpt, list_items
from web.urls import search_path

FOLDED = frozenset({BlockKind.CONTACT, BlockKind.BOILERPLATE})


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several exclusive choices, such as an order of results."""

    label: str
    path: str
    current: bool


@dataclass(frozen=True, slots=True)
class Section:
    """Passages of a release, folded away when they are the contacts and boilerplate at its end.

    ``opened``: folded, but shown from the start because the place that was asked for is in it.
    ``marked`` is the number of its passages with words of the search.
    """

    folded: bool
    opened: bool
    passages: tuple[PassageView, ...]
    marked: int = 0


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


def meant(request: SearchRequest, text: str) -> SearchRequest:
    """Return the same search for other words, on its first page."""
    return replace(request, text=text, page=1)


WAYS = {
    Kind.WITHOUT_FILTER: "Without the filter",
    Kind.WITHOUT_FILTERS: "Without any filter",
    Kind.WITHOUT_WORDS: "Without",
    Kind.WITHOUT_EMPTY: "Without what nothing here has:",
    Kind.ANYWHERE: "Anywhere in a release, and not as",
    Kind.UNQUOTED: "Without the quotation marks",
}
"""What a way out of a search that finds next to nothing is called, before what it leaves out."""


@dataclass(frozen=True, slots=True)
class WayOut:
    """Another search with what it finds: its name, what of the search it is about, its address."""

    label: str
    said: str
    total: int
    path: str


def ways_alone(ways: Sequence[Way]) -> list[WayOut]:
    """Return what each part of a search finds by itself."""
    return [_way(way) for way in ways if way.kind is Kind.ALONE]


def ways_with_less(ways: Sequence[Way]) -> list[WayOut]:
    """Return what a search finds with a filter, a word or its quotation marks less."""
    return [_way(way) for way in ways if way.kind is not Kind.ALONE]


def _way(way: Way) -> WayOut:
    return WayOut(WAYS.get(way.kind, ""), way.said, way.total, search_path(way.request))


def with_boilerplate(page: SearchPage) -> str:
    """Return where the results in boilerplate begin once they are listed after the others."""
    first = page.listed // page.request.per_page + 1
    return search_path(replace(page.request, boilerplate=Boilerplate.LAST, page=first))


def without_boilerplate(request: SearchRequest) -> str:
    """Return the search without its results in boilerplate alone."""
    return search_path(replace(request, boilerplate=Boilerplate.HIDDEN, page=1))


def newest_first(request: SearchRequest) -> SearchRequest:
    """Return the search as a feed wants it: newest first, from the top."""
    return replace(request, sort=Sort.NEWEST, page=1)


def shown(passage: HitPassage, words: int) -> Markup:
    """Return a passage as results show it: about so many words, a list on one line."""
    if passage.kind is BlockKind.LIST:
        return excerpt(" · ".join(list_items(passage.html)), words)
    return excerpt(passage.html, words)


def sections(release: ReleaseView, hits: Hits) -> list[Section]:
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
        marked = [p.number for p in standing if p.marked]
        only_here = bool(marked) and len(marked) == len(hits.passages_with)
        opened = only_here or any('class="hit current"' in p.html for p in standing)
        found.append(Section(True, opened, standing, len(marked)))
    return found


def title_passages(release: ReleaseView) -> list[int]:
    """Return the numbers of the passages that the headline stands for, to keep their anchors."""
    return [p.number for p in release.passages if p.kind is BlockKind.TITLE]
