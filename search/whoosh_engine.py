"""The embedded engine: the executor on a columnar index (which plain Whoosh reads too)."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

import numpy as np

from index.errors import GenerationError, IndexUnavailableError
from index.generations import Generation
from index.memory import keep_freed_memory
from search.boilerplate import set_apart
from search.columnar_postings import ColumnarPostings
from search.damage import unavailable
from search.date_order import by_date
from search.executor import Executor, Match
from search.explaining import explained
from search.facet_pages import ValuePage, ValuesAsked, value_page
from search.facets import count_facets, facet_choices, facet_sizes, narrow
from search.ordering import Key, Places, Values, first_places
from search.query import Query, text_leaves
from search.ranking import Floats
from search.reading_ahead import read_ahead
from search.refining import RankingOptions, Refined, Refiner
from search.release_sets import Ordinals, ReleaseSet
from search.request import Boilerplate, SearchRequest, Sort
from search.stored import Answered, EngineAnswer, Spoken, StoredRelease
from search.stored_reading import StoredReader, read_stored
from search.vocabulary import Counted, completions, mistyped, similar

_KEPT_ANSWERS = 64
"""Answers kept, about 10 kB each: without what is stored of their releases. One that is kept takes
2 microseconds instead of 0.3 ms and more."""
_LANGUAGES = 40
_SHARE = 100
_HINT = "run: dateline rollback, or: dateline reindex --full"


class WhooshEngine:
    """One generation of the index, opened for reading. Safe for several threads."""

    def __init__(self, generation: Generation, options: RankingOptions | None = None) -> None:
        """Open the index and build its columns; without options releases are ranked by words.

        Raises IndexUnavailableError when it does not open.
        """
        self._generation = generation
        self._options = options or RankingOptions(refined=False)
        self._answers: OrderedDict[tuple[SearchRequest, Query], Answered] = OrderedDict()
        self._lock = Lock()
        keep_freed_memory()
        try:
            self._postings = ColumnarPostings(generation.index_folder)
            self._columns = self._postings.columns
            self._every_version = self._columns.with_every_version()
            self._postings.warm()
        except Exception as error:
            what, where = repr(error), str(generation.folder)
            if isinstance(error, GenerationError):
                what, where = error.what, error.where
            raise IndexUnavailableError(
                f"the index does not open: {what}",
                where=where,
                hint=_HINT,
            ) from error

    def read_ahead(self) -> None:
        """Read what no search has read yet, in a thread beside them."""
        read_ahead(self._postings.segments)

    @property
    def generation(self) -> Generation:
        """The generation that answers."""
        return self._generation

    def search(self, request: SearchRequest, query: Query) -> EngineAnswer:
        """Answer a search. Raises IndexUnavailableError when what it reads is damaged."""
        with unavailable():
            stored = StoredReader(self._postings)
            answered = self._answered(request, query, stored)
            return EngineAnswer(
                total=answered.total,
                hits=tuple(
                    (stored(ordinal), score)
                    for ordinal, score in zip(answered.page, answered.scores, strict=True)
                ),
                facets=answered.facets,
                facet_sizes=answered.facet_sizes,
                relaxed=answered.relaxed,
                leaf_weights=answered.leaf_weights,
                explanations=answered.explanations,
                apart=answered.apart,
                boilerplate=answered.boilerplate,
                hidden=answered.hidden,
            )

    def release(self, release_id: str) -> StoredRelease | None:
        """Return a whole release, or None when there is none of that id."""
        with unavailable():
            ordinal = self._postings.find(release_id)
            return None if ordinal is None else self._stored(ordinal, True)

    def listing(self, start: int, count: int) -> tuple[StoredRelease, ...]:
        """Return releases newest first, undated last, from ``start`` on, without passages."""
        with unavailable():
            order = self._columns.dates.newest_first[start : start + count]
            return tuple(self._stored(ordinal, False) for ordinal in order.tolist())

    def languages(self) -> tuple[str, ...]:
        """Return the languages of at least one release in a hundred, the most frequent first."""
        with unavailable():
            newest = self._columns.newest
            counts = self._columns.facets["lang"].top(newest, _LANGUAGES)
            return tuple(name for name, count in counts if count * _SHARE >= newest.size)

    def date_span(self) -> tuple[str, str]:
        """Return the first and the last date of the archive as they are known, or empty."""
        dates = self._columns.dates
        if not dates.dated:
            return "", ""
        with unavailable():
            ends = int(dates.newest_first[dates.dated - 1]), int(dates.newest_first[0])
            first, last = (self._stored(ordinal, False).date for ordinal in ends)
            return first, last

    def values(
        self, request: SearchRequest, query: Query, facet: str, asked: ValuesAsked
    ) -> ValuePage:
        """Return a page of a facet's values under a search, the facet's own choice left out."""
        with unavailable():
            matching = Executor(self._postings).match(query).releases
            left = facet_choices(self._columns, request)
            return value_page(
                self._columns.facets[facet], narrow(self._columns, matching, left, facet), asked
            )

    def frequency(self, stem: str) -> int:
        """Return how many releases hold a stem."""
        with unavailable():
            return int(self._postings.stem("text", stem).releases.size)

    def row_frequency(self, terms: tuple[str, ...]) -> int:
        """Return how many releases hold surface terms in a row."""
        with unavailable():
            return int(self._postings.phrase(terms, "").releases.size)

    def spread(self, query: Query, digits: int) -> tuple[tuple[str, int], ...]:
        """Count the releases that match strictly by year (4 digits) or month (7), earliest first.

        Those without a date, or of no one month, are left out.
        """
        with unavailable():
            columns = self._columns
            matching = Executor(self._postings).matching(query)
            # As a search for each of the periods would count.
            counted = columns.versions.newest_of(matching, columns.dates.periods(digits))
            return columns.dates.spread(counted, digits)

    def together(self, facet: str, value: str, most: int) -> dict[str, tuple[tuple[str, int], ...]]:
        """Count the people and places of the releases with a value, that value left out."""
        with unavailable():
            columns = self._columns.facets
            releases = self._columns.versions.newest_of(columns[facet].releases_with([value]))
            counts = {name: columns[name].top(releases, most + 1) for name in ("person", "place")}
            counts[facet] = [pair for pair in counts[facet] if pair[0] != value]
            return {name: tuple(found[:most]) for name, found in counts.items()}

    def named(self, facet: str, text: str, most: int) -> list[tuple[str, int]]:
        """Return the most frequent values of a facet with words beginning as those of a text."""
        with unavailable():
            return self._columns.facets[facet].named(text, most)

    def completions(self, prefix: str, most: int) -> Counted:
        """Return the most frequent words that begin with a prefix, with their occurrences."""
        with unavailable():
            return completions(self._postings.segments, prefix, most)

    def mistyped(self, prefix: str, most: int) -> Counted:
        """Return frequent words that begin with a prefix but for one letter of it."""
        with unavailable():
            return mistyped(self._postings.segments, prefix, most)

    def similar_words(self, term: str, distance: int, most: int) -> Counted:
        """Return the most frequent words at most so many letters away, others than the word."""
        with unavailable():
            return similar(self._postings.segments, term, distance, most)

    def speaks(self, terms: tuple[str, ...]) -> tuple[bool, bool]:
        """Return whether anybody has a name with these words in a row, and is quoted."""
        with unavailable():
            return self._postings.speaks(terms)

    def said_by(self, name: str, start: int, count: int) -> Spoken:
        """Return releases that quote a person, newest first, from ``start`` on."""
        with unavailable():
            quoting = self._columns.versions.newest_of(self._postings.quoting(name))
            stop = min(start + count, quoting.size)
            page = by_date(self._columns.dates, quoting, Sort.NEWEST, stop)[start:]
            stored = tuple(self._stored(ordinal, True) for ordinal in page.tolist())
            return Spoken(quoting.size, stored)

    def _answered(self, request: SearchRequest, query: Query, stored: StoredReader) -> Answered:
        """Return what is worked out for a search, or was for the same one before."""
        key = (request, query)
        with self._lock:
            known = self._answers.get(key)
            if known is not None:
                self._answers.move_to_end(key)
                return known
        answered = self._worked_out(request, query, stored)
        with self._lock:
            self._answers[key] = answered
            if len(self._answers) > _KEPT_ANSWERS:
                self._answers.popitem(last=False)
        return answered

    def _worked_out(self, request: SearchRequest, query: Query, stored: StoredReader) -> Answered:
        columns = self._every_version if request.every_version else self._columns
        executor = Executor(self._postings)
        match = executor.match(query)
        left = facet_choices(columns, request)
        chosen = narrow(columns, match.releases, left)
        apart = set_apart(executor, self._postings, request, query, chosen)
        hides = request.boilerplate is Boilerplate.HIDDEN and 0 < apart.size < chosen.size
        listed = chosen.without(apart) if hides else chosen
        page, scores, refined = self._page(request, query, executor, match, listed, apart, stored)
        relaxed = match.full is not None
        return Answered(
            total=chosen.size,
            page=tuple(page.tolist()),
            scores=tuple(scores.tolist()) if scores is not None else (0.0,) * page.size,
            facets=count_facets(columns, request, match.releases, left, chosen),
            facet_sizes=facet_sizes(columns, match.releases, left) if request.sizes else {},
            relaxed=relaxed,
            leaf_weights=tuple(executor.idfs.get(leaf, 0.0) for leaf in text_leaves(query)),
            explanations=explained(executor, query, listed, page, refined, relaxed)
            if request.explain
            else (),
            apart=tuple(apart.holds(page).tolist()) if apart.size else (),
            boilerplate=apart.size,
            hidden=chosen.size - listed.size,
        )

    def _page(
        self,
        request: SearchRequest,
        query: Query,
        executor: Executor,
        match: Match,
        chosen: ReleaseSet,
        apart: ReleaseSet,
        stored: StoredReader,
    ) -> tuple[Ordinals, Floats | None, Refined | None]:
        """Return the ordinals of the page asked for, in order, and their scores.

        Also what the second stage of ranking added, where it was asked for.
        """
        first = (request.page - 1) * request.per_page
        stop = min(first + request.per_page, chosen.size)
        relaxed = match.full is not None
        if request.sort is Sort.RELEVANCE and any(True for _ in text_leaves(query)):
            ordinals = chosen.ordinals
            scores = executor.scores(query, ordinals, relaxed=relaxed)
            if scores is not None:
                refiner = Refiner(self._postings, executor, stored, self._options)
                refined = refiner.refine(query, ordinals, scores)
                scores = refined.scores
                keys = self._keys(ordinals, scores, match, apart)
                places = first_places(ordinals.size, keys, stop)[first:]
                return ordinals[places], scores[places], refined
        page = by_date(self._columns.dates, chosen, request.sort, stop)[first:]
        ascending = np.sort(page)
        scores = executor.scores(query, ascending, relaxed=relaxed)
        return page, scores if scores is None else scores[ascending.searchsorted(page)], None

    def _keys(
        self, ordinals: Ordinals, scores: Floats, match: Match, apart: ReleaseSet
    ) -> list[Key]:
        """Return what orders by relevance: not in boilerplate alone, in full, score, date."""
        rank = self._columns.dates.rank

        def newest(places: Places | slice) -> Values:
            return -rank[ordinals[places]]

        keys: list[Key] = [lambda places: scores[places], newest]
        if match.full is not None and match.full_first:
            full = match.full.holds(ordinals).astype(np.int8)
            keys.insert(0, lambda places: full[places])
        if apart.size:
            elsewhere = (~apart.holds(ordinals)).astype(np.int8)
            keys.insert(0, lambda places: elsewhere[places])
        return keys

    def _stored(self, ordinal: int, with_passages: bool) -> StoredRelease:
        return read_stored(self._postings, ordinal, with_passages)
