"""What the templates show, worked out from a search: facets, chips, ways out of a dead end; pure.

Everything a reader can choose is a plain link, so each of these carries the address it leads to.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from markupsafe import Markup

from index.model import BlockKind
from search.answers import PassageView, ReleaseView
from search.request import HitPassage, QueryInfo, SearchRequest, Sort
from web.facets import chips
from web.present import excerpt, list_items
from web.urls import search_path, without_filters

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

    ``opened``: folded, but shown from the start because the words of the search are in it.
    """

    folded: bool
    opened: bool
    passages: tuple[PassageView, ...]


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


def ways_out(request: SearchRequest) -> list[Choice]:
    """Return searches to try when nothing was found: without each filter, then without any."""
    active = chips(request)
    found = [
        Choice(
            f"{'with' if chip.excluded else 'without'} {chip.kind.lower()} “{chip.label}”",
            chip.path,
            False,
        )
        for chip in active
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
