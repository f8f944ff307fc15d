"""What is answered besides results: a release to read, a listing, the archive at a glance."""

from __future__ import annotations

from dataclasses import dataclass

from index.model import BlockKind
from search.request import FacetValue, Version


@dataclass(frozen=True, slots=True)
class NamedCount:
    """A person or place of one release, how often it is mentioned there and in which passages."""

    name: str
    mentions: int
    passages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage of an opened release, with the words of the search marked in ``html``.

    ``key`` is what a link to it holds (``search.passage_keys``).
    """

    number: int
    kind: BlockKind
    text: str
    html: str
    marked: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody says in one passage, marks included, and the rule that decided that they do.

    ``key`` is what a link to the passage holds (``search.passage_keys``).
    """

    speaker: str
    text: str
    rule: str
    number: int
    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quoting:
    """A release that quotes somebody, with those quotations."""

    id: str
    title: str
    date: str
    source: str
    lang: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class SaidPage:
    """A page of the releases that quote a person, newest first; ``total`` counts all of them."""

    name: str
    total: int
    page: int
    last: int
    releases: tuple[Quoting, ...]


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """A whole release, to be read."""

    id: str
    path: str
    url: str
    title: str
    title_html: str
    summary: str
    date: str
    date_precision: str
    date_source: str
    dateline: str
    source: str
    lang: str
    people: tuple[NamedCount, ...]
    places: tuple[NamedCount, ...]
    passages: tuple[PassageView, ...]
    versions: tuple[Version, ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage of a release by its key; ``unchanged``: it still says what the key was made for."""

    release: ReleaseView
    passage: PassageView
    unchanged: bool


@dataclass(frozen=True, slots=True)
class FacetPage:
    """One page of all values of a facet under a search.

    ``total`` is the number of values found, ``of`` of those there are under the search;
    ``letters`` are (letter, page it begins on) when the order is by name.
    """

    facet: str
    values: tuple[FacetValue, ...]
    total: int
    of: int
    letters: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ListedRelease:
    """A line of a listing."""

    id: str
    path: str
    title: str
    date: str
    date_precision: str = ""
    source: str = ""
    lang: str = ""
    dateline: str = ""


@dataclass(frozen=True, slots=True)
class Similar:
    """Releases like one.

    ``versions`` are corrected or reissued ones, earliest first; ``shared`` have much of its text
    but come from elsewhere or another time; ``others`` are about the same.
    """

    versions: tuple[ListedRelease, ...] = ()
    shared: tuple[ListedRelease, ...] = ()
    others: tuple[ListedRelease, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of all releases, newest first, undated last."""

    total: int
    page: int
    per_page: int
    results: tuple[ListedRelease, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The archive at a glance: its size, span, newest releases and main facet values."""

    releases: int
    passages: int
    first_date: str
    last_date: str
    newest: tuple[ListedRelease, ...]
    facets: dict[str, tuple[FacetValue, ...]]
    generation: str
