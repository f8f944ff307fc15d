"""What the one door answers besides searches: facets in full, passages, quotes, wording."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence

from index.errors import NotFoundError
from search.answers import (
    FacetPage,
    FoundPassage,
    ListedRelease,
    ReleaseView,
    SaidPage,
    Similar,
)
from search.engine import Engine
from search.facet_labels import chosen_values, facet_label
from search.facet_pages import ValuesAsked
from search.passage_keys import find_passage
from search.query import Everything, Query
from search.quote_check import QuoteCheck, check_quote
from search.request import NAMED_FACETS, FacetValue, SearchPage, SearchRequest, make_request
from search.result_walk import Neighbours, neighbours
from search.similar import SHOWN as SIMILAR
from search.similar import of_one_time, same_text, similar_query
from search.spoken import said_page
from search.stored import StoredRelease
from search.suggest import Correction, Suggestion, correct, suggest
from search.ways_out import FEW, Way, ways_out
from search.wording import Wording, compare_wording

PRECISION = {10: "day", 7: "month", 4: "year", 0: ""}
"""Length of a date -> how precisely it is known."""


class Desk(ABC):
    """What is asked besides searches. All of it may raise IndexUnavailableError."""

    @abstractmethod
    def release(
        self, release_id: str, text: str = "", literal: Collection[str] = ()
    ) -> ReleaseView:
        """Return a whole release with the words of ``text`` marked."""

    @abstractmethod
    def _query(self, request: SearchRequest) -> Query:
        """Return what a request asks for, as a search understands it."""

    @abstractmethod
    def _current(self) -> Engine:
        """Return the engine of the serving generation."""

    def facet_values(self, request: SearchRequest, facet: str, asked: ValuesAsked) -> FacetPage:
        """Return one page of all the values of a named facet under a search.

        Raises NotFoundError when there is no such facet, IndexUnavailableError as above.
        """
        if facet not in NAMED_FACETS:
            raise NotFoundError(
                f"there is no facet {facet!r}", hint=f"there are {', '.join(NAMED_FACETS)}"
            )
        found = self._current().values(request, self._query(request), facet, asked)
        chosen = chosen_values(request)[facet]
        values = (FacetValue(v, facet_label(facet, v), n, v in chosen) for v, n in found.values)
        return FacetPage(facet, tuple(values), found.total, found.of, found.letters)

    def passage(self, release_id: str, key: str) -> FoundPassage:
        """Return a passage by its key, wherever it stands in the release now.

        Raises NotFoundError when there is no such release, or no passage of that key or number.
        """
        release = self.release(release_id)
        found, unchanged = find_passage(release.passages, key)
        if found is None:
            raise NotFoundError(
                f"{release.title!r} has no such passage",
                hint="it may have been taken out; the release itself is still here",
            )
        return FoundPassage(release, found, unchanged)

    def neighbours(self, request: SearchRequest, release_id: str) -> Neighbours | None:
        """Return the results before and after one, or None when it is not on that page."""
        return neighbours(self._current(), request, self._query(request), release_id)

    def said(self, name: str, page: int = 1) -> SaidPage:
        """Return a page of what a person said, newest first, by the value of the facet."""
        return said_page(self._current(), name, page)

    def check_quote(self, text: str) -> QuoteCheck:
        """Say whether a quote stands in the archive verbatim, nearly, or not."""
        return check_quote(self._current(), text)

    def wording(self, phrases: Sequence[str], *, by_month: bool = False) -> Wording:
        """Compare how often phrases were used over time."""
        return compare_wording(self._current(), phrases, by_month=by_month)

    def months(self) -> tuple[tuple[str, int], ...]:
        """Return (month, releases) for each month that has any, earliest first."""
        return self._current().spread(Everything(), 7)

    def together(self, facet: str, value: str, most: int) -> dict[str, tuple[tuple[str, int], ...]]:
        """Return who and where is named together with a person or a place, most often first."""
        return self._current().together(facet, value, most)

    def similar(self, release_id: str) -> Similar:
        """Return the releases that have most of what sets one apart, best first.

        Its versions (corrected, reissued) are apart: those that a search knows, and of the others
        those of its source and its time that share most of its text, though not enough of it for
        one of them to stand for the other in a search.
        """
        engine = self._current()
        stored = engine.release(release_id)
        if stored is None:
            return Similar()
        known = {version.id for version in stored.versions}
        query = similar_query(stored, engine.generation.manifest.releases, engine.frequency)
        answer = engine.search(make_request(per_page=SIMILAR * 2), query) if query else None
        found = [other for other, _ in answer.hits] if answer else []
        others = [other for other in found if other.id not in known | {release_id}]
        alike = same_text(stored, others)
        rest = [other for other in others if other not in alike]
        versions = [other for one in sorted(known) if (other := engine.release(one))]
        versions += [other for other in alike if of_one_time(stored, other)]
        versions.sort(key=lambda other: other.date or "9999")
        shared = [other for other in alike if other not in versions]
        shown = (versions, shared, rest[:SIMILAR])
        return Similar(*(tuple(map(listed, releases)) for releases in shown))

    def suggest(self, typed: str) -> tuple[Suggestion, ...]:
        """Return people, places, titles and words to offer while a search is typed."""
        return suggest(self._current(), typed)

    def ways_out(self, page: SearchPage) -> tuple[Way, ...]:
        """Return what else to search for where next to nothing was found."""
        if page.total > FEW or (page.request.page > 1 and page.total):
            return ()
        return ways_out(page.request, page.total, self._count)

    def _count(self, request: SearchRequest) -> int:
        return self._current().search(request, self._query(request)).total

    def correction(self, page: SearchPage) -> Correction | None:
        """Return the search that may have been meant by one that found next to nothing."""
        return correct(self._current(), page.request, page.total, page.query.relaxed)


def listed(stored: StoredRelease) -> ListedRelease:
    """Return the line of a listing for a release."""
    return ListedRelease(
        id=stored.id,
        path=stored.path,
        title=stored.title,
        date=stored.date,
        date_precision=PRECISION[len(stored.date)],
        source=stored.source,
        lang=stored.lang,
        dateline=stored.dateline,
    )
