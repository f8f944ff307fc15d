"""The one door: what the site, the command line and Python callers ask Dateline."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Sequence

from index.analysis import surface_terms
from index.errors import NotFoundError
from index.generations import Generations
from index.settings import Settings
from search.answers import (
    Listing,
    NamedCount,
    Overview,
    PassageView,
    ReleaseView,
)
from search.best_passages import best_of_page
from search.describe import describe
from search.desk import PRECISION, Desk, listed
from search.engine import Engine, open_engine
from search.examples import Example, examples_of
from search.facet_labels import facet_views
from search.found_words import FoundWords
from search.highlight import Highlighter, escape, mark_all
from search.in_words import query_in_words
from search.inflections import inflections_of
from search.mentions import naming_passages
from search.parser import ParsedQuery, parse_query
from search.passage_keys import passage_key
from search.query import Everything, Query
from search.request import (
    MAX_LISTING_PER_PAGE,
    Also,
    Hit,
    QueryInfo,
    QueryWarning,
    SearchPage,
    SearchRequest,
    make_request,
)
from search.said import all_is_said, speakers
from search.said_passages import Quotes, inside, told_as_said
from search.spoken import quotes_of, spoken_in, unsaid
from search.stored import EngineAnswer, StoredRelease
from search.synonyms import load_synonyms

_LOOK_EVERY = 0.25
"""Seconds between two looks for a newer generation."""


class SearchService(Desk):
    """Searches the serving generation, and notices when another one takes its place.

    Making one is cheap and opens nothing; the index is opened at the first question, so that web
    server processes each open their own. Safe for several threads. Raises SettingsError, when
    made, where the table of synonyms cannot be read.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._generations = Generations(settings.data)
        self._synonyms = load_synonyms(settings.synonyms)
        self._engine: Engine | None = None
        self._overview: Overview | None = None
        self._examples: tuple[str, dict[str, Example]] = ("", {})
        self._looked = 0.0
        self._lock = threading.Lock()

    def search(self, request: SearchRequest) -> SearchPage:
        """Answer a search.

        Raises IndexUnavailableError when nothing can serve. Never raises for what the text of
        the request holds: what cannot be understood is searched as words, with warnings.
        """
        began = time.perf_counter()
        parsed = parse_query(request.text)
        engine = self._current()
        query, also = self._meant(engine, parsed.query, request.literal)
        answer = engine.search(request, query)
        results = _hits(answer, query)
        return SearchPage(
            request=request,
            query=_query_info(request.text, parsed, answer.relaxed, also, unsaid(engine, parsed)),
            total=answer.total,
            took_ms=round((time.perf_counter() - began) * 1000, 2),
            generation=engine.generation.name,
            results=results,
            facets=facet_views(request, answer.facets),
            facet_sizes=answer.facet_sizes,
            boilerplate=answer.boilerplate,
            hidden=answer.hidden,
        )

    def release(
        self, release_id: str, text: str = "", literal: Collection[str] = ()
    ) -> ReleaseView:
        """Return a whole release with the words of ``text`` marked, as ``search`` marks them.

        ``literal`` are words whose synonyms are not wanted, as in a request.
        Raises NotFoundError when there is none of that id, IndexUnavailableError as above.
        """
        engine = self._current()
        stored = engine.release(release_id)
        if stored is None:
            raise NotFoundError(
                f"there is no release {release_id!r}",
                hint="it may have been removed from the archive; search for its title",
            )
        query, _ = self._meant(engine, parse_query(text).query, literal)
        return _view(stored, query)

    def listing(self, page: int = 1, per_page: int = 100) -> Listing:
        """Return one page of all releases, newest first, undated last."""
        page, per_page = max(1, page), min(max(1, per_page), MAX_LISTING_PER_PAGE)
        engine = self._current()
        found = engine.listing((page - 1) * per_page, per_page)
        total = engine.generation.manifest.releases
        return Listing(total, page, per_page, tuple(listed(stored) for stored in found))

    def overview(self) -> Overview:
        """Return the archive at a glance; worked out once for each generation."""
        engine = self._current()
        overview = self._overview
        if overview is None or overview.generation != engine.generation.name:
            overview = self._overview = _overview(engine)
        return overview

    def examples(self) -> dict[str, Example]:
        """Return an example for each kind of query; made once for each generation."""
        overview = self.overview()
        if self._examples[0] != overview.generation:
            facets = (overview.facets.get(name, ()) for name in ("person", "place"))
            person, place = (values[0].value if values else "" for values in facets)
            made = examples_of(
                self._current(), person, place, lambda query: self._count(make_request(query))
            )
            self._examples = (overview.generation, made)
        return self._examples[1]

    def _query(self, request: SearchRequest) -> Query:
        parsed = parse_query(request.text)
        return self._meant(self._current(), parsed.query, request.literal)[0]

    def _meant(
        self, engine: Engine, query: Query, literal: Collection[str] = ()
    ) -> tuple[Query, tuple[Also, ...]]:
        """Return a query with what else its words may be, and the synonyms that were put there."""
        query, also = self._synonyms.expand(query, literal)
        inflections = inflections_of(engine.languages())
        return inflections.expand(query, engine.completions), also

    def _current(self) -> Engine:
        """Return the engine of the serving generation, opening it when it is a new one.

        Only this is done by one thread at a time: an engine answers several at once.
        """
        with self._lock:
            now = time.monotonic()
            if self._engine and now - self._looked < _LOOK_EVERY:
                return self._engine
            generation = self._generations.current()
            if not self._engine or self._engine.generation.name != generation.name:
                self._engine = open_engine(self._settings, generation)
            self._looked = now
            return self._engine


def _overview(engine: Engine) -> Overview:
    answer = engine.search(make_request(per_page=1), Everything())
    first, last = engine.date_span()
    return Overview(
        releases=engine.generation.manifest.releases,
        passages=engine.generation.manifest.passages,
        first_date=first,
        last_date=last,
        newest=tuple(listed(stored) for stored in engine.listing(0, 8)),
        facets=facet_views(make_request(), answer.facets),
        generation=engine.generation.name,
    )


def _query_info(
    text: str,
    parsed: ParsedQuery,
    relaxed: bool,
    also: tuple[Also, ...],
    unsaid: tuple[QueryWarning, ...],
) -> QueryInfo:
    empty = isinstance(parsed.query, Everything)
    interpreted = "" if empty else describe(parsed.query)
    words = query_in_words(parsed.query)
    warnings = sorted((*parsed.warnings, *unsaid), key=lambda warning: warning.position)
    return QueryInfo(text, interpreted, tuple(warnings), relaxed, also, words)


def _hits(answer: EngineAnswer, query: Query) -> tuple[Hit, ...]:
    highlighter, asked = Highlighter(query), speakers(query)
    releases = [(stored.title, stored.passages) for stored, _ in answer.hits]
    explanations = answer.explanations or ((),) * len(answer.hits)
    apart = answer.apart or (False,) * len(answer.hits)
    spoken = [spoken_in(stored, asked) for stored, _ in answer.hits] if asked else ()
    shown = best_of_page(releases, highlighter, answer.leaf_weights, spoken)
    if asked and all_is_said(query):
        shown = [
            told_as_said(one, passages, quotes, highlighter)
            for one, (_, passages), quotes in zip(shown, releases, spoken, strict=True)
        ]
    found = FoundWords(query)
    quoted: Sequence[Quotes] = spoken or ({},) * len(answer.hits)
    return tuple(
        [
            Hit(
                id=stored.id,
                path=stored.path,
                url=stored.url,
                title=stored.title,
                title_html=title_html,
                date=stored.date,
                date_precision=PRECISION[len(stored.date)],
                source=stored.source,
                lang=stored.lang,
                dateline=stored.dateline,
                score=round(score, 4),
                people=tuple([name for name, _ in stored.people]),
                places=tuple([name for name, _ in stored.places]),
                passages_total=stored.passages_total,
                passages=passages,
                versions=stored.versions,
                explanation=explanation,
                boilerplate=in_boilerplate,
                found=found.of(counts, stored.passages, quotes),
            )
            for (stored, score), (
                title_html,
                passages,
                counts,
            ), explanation, in_boilerplate, quotes in zip(
                answer.hits, shown, explanations, apart, quoted, strict=True
            )
        ]
    )


def _marked_title(title: str, highlighter: Highlighter, *, said: bool) -> str:
    if said and not highlighter.titled:  # nobody says the headline
        return escape(title)
    return highlighter.mark(title, highlighter.matches(title, title=True))


def _view(stored: StoredRelease, query: Query) -> ReleaseView:
    highlighter, asked = Highlighter(query), speakers(query)
    quotes = spoken_in(stored, asked) if asked and all_is_said(query) else None
    people, places = [name for name, _ in stored.people], [name for name, _ in stored.places]
    texts = [(passage.number, surface_terms(passage.text)) for passage in stored.passages]
    named = naming_passages(texts, people, by_surname=True)
    located = naming_passages(texts, places, by_surname=False)
    passages = []
    for passage, (_, terms) in zip(stored.passages, texts, strict=True):
        spans = highlighter.matches(passage.text).spans
        if quotes is not None:
            spans = inside(spans, quotes.get(passage.number, ()))
        html, marked = mark_all([(passage.text, spans)])[0], bool(spans)
        key = passage_key(passage.number, passage.text, terms)
        passages.append(PassageView(passage.number, passage.kind, passage.text, html, marked, key))
    return ReleaseView(
        id=stored.id,
        path=stored.path,
        url=stored.url,
        title=stored.title,
        title_html=_marked_title(stored.title, highlighter, said=quotes is not None),
        summary=stored.summary,
        date=stored.date,
        date_precision=PRECISION[len(stored.date)],
        date_source=stored.date_source,
        dateline=stored.dateline,
        source=stored.source,
        lang=stored.lang,
        people=_named(stored.people, named),
        places=_named(stored.places, located),
        passages=tuple(passages),
        versions=stored.versions,
        quotes=quotes_of(stored),
    )


def _named(
    names: Sequence[tuple[str, int]], passages: Sequence[tuple[int, ...]]
) -> tuple[NamedCount, ...]:
    return tuple(
        NamedCount(name, count, where) for (name, count), where in zip(names, passages, strict=True)
    )
