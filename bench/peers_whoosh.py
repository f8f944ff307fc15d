"""Plain Whoosh with its own codec, its own query classes, highlighter and facets.

One document for each release: title and text stemmed (``StemmingAnalyzer``), text stored with its
passages apart, people and places as keywords with a column, grouped by ``FieldFacet`` with
overlap and counted, years as a facet of their own. The searcher narrows by ``filter``. Passages are
marked by its highlighter, three fragments a release.

It is slow enough that it is measured on a part of the corpus, beside Dateline on the same part.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from whoosh import fields, highlight, qparser, sorting
from whoosh import index as whoosh_files
from whoosh import query as whoosh_query
from whoosh.analysis import StemmingAnalyzer

from bench.answer import FACETS, PAGE, SHOWN, VALUES, Answer, Counts, opening
from bench.flat import Part
from bench.queries import How, Query

_CUT = "\n\n"
_HEAP_MB = 512


def _schema() -> fields.Schema:
    stemming = StemmingAnalyzer(stoplist=None, cachesize=-1)
    return fields.Schema(
        id=fields.ID(stored=True, unique=True),
        header=fields.STORED,
        title=fields.TEXT(analyzer=stemming),
        text=fields.TEXT(analyzer=stemming, stored=True),
        person=fields.KEYWORD(commas=True, sortable=True),
        place=fields.KEYWORD(commas=True, sortable=True),
        year=fields.NUMERIC(sortable=True),
        day=fields.NUMERIC(sortable=True),
    )


class Engine:
    """Plain Whoosh as ``answer.Engine``; with several processes it uses its own."""

    def build(self, folder: Path, part: Part, processes: int) -> None:
        """Index into one segment."""
        index = whoosh_files.create_in(str(folder), _schema())
        writer = index.writer(limitmb=_HEAP_MB, procs=processes)
        for release in part.read():
            writer.add_document(
                id=release.id,
                header=release.header,
                title=release.title,
                text=_CUT.join(text for _, _, text in release.passages),
                person=_joined(release.people),
                place=_joined(release.places),
                year=release.year,
                day=release.day,
            )
        writer.commit(optimize=True)
        index.close()

    def open(self, folder: Path) -> None:
        """Open the index and a searcher."""
        index = whoosh_files.open_dir(str(folder))
        self._searcher = index.searcher()
        self._schema = index.schema
        plugins = [
            qparser.WhitespacePlugin(),
            qparser.PhrasePlugin(),
            qparser.PrefixPlugin(),
            qparser.OperatorsPlugin(),
            qparser.FuzzyTermPlugin(),
        ]
        self._parser = qparser.QueryParser("text", self._schema, plugins=plugins)

    def answer(self, query: Query) -> Answer:
        """Answer with one search, and one more for each filtered facet's counts."""
        words, filters = self._words(query), _filters(query)
        free = [facet for facet in FACETS if facet not in filters]
        found = self._search(words, filters, free, query)
        facets = {facet: _counts(found, facet) for facet in free}
        for own in filters:
            others = {name: f for name, f in filters.items() if name != own}
            facets[own] = _counts(self._search(words, others, [own], query), own)
        found.fragmenter = highlight.ContextFragmenter(maxchars=600, surround=200)
        found.formatter = highlight.HtmlFormatter(tagname="mark", between=_CUT)
        releases = []
        for hit in found[PAGE * (query.page - 1) : PAGE * query.page]:
            if query.how is How.EVERYTHING:
                passages = opening(hit["text"].split(_CUT))
            else:
                passages = hit.highlights("text", top=SHOWN).split(_CUT)
            releases.append((hit["header"], passages))
        return Answer(len(found), releases, facets)

    def _search(self, words: Any, filters: dict[str, Any], facets: list[str], query: Query) -> Any:
        overlapping = {
            facet: sorting.FieldFacet(facet, allow_overlap=facet != "year", maptype=sorting.Count)
            for facet in facets
        }
        everything = query.how is How.EVERYTHING
        return self._searcher.search(
            words,
            limit=PAGE * query.page,
            filter=whoosh_query.And(list(filters.values())) if filters else None,
            groupedby=sorting.Facets.from_groupedby(overlapping),
            sortedby="day" if everything else None,
            reverse=everything,
        )

    def _words(self, query: Query) -> Any:
        if query.how is How.EVERYTHING:
            return whoosh_query.Every()
        if query.how is How.MOST:
            each = [self._parser.parse(word) for word in query.words]
            return whoosh_query.Or(each, minmatch=query.needed)
        return self._parser.parse(query.typed)


def _joined(values: tuple[str, ...]) -> str:
    return ",".join(value.replace(",", " ") for value in values)


def _filters(query: Query) -> dict[str, Any]:
    filters: dict[str, Any] = {}
    for facet, value in (("person", query.person), ("place", query.place)):
        if value:
            filters[facet] = whoosh_query.Term(facet, value.replace(",", " "))
    if query.first:
        filters["year"] = whoosh_query.NumericRange("day", *query.days)
    return filters


def _counts(found: Any, facet: str) -> Counts:
    counts = [(str(value), count) for value, count in found.groups(facet).items() if value]
    return sorted(counts, key=lambda item: -item[1])[:VALUES]
