"""Xapian, in the system's Python (Debian: ``python3-xapian``); standard library beside it.

One document for each release, terms of title and text with positions, stemmed and plain (its
query parser needs both for phrases), passages apart by a gap in positions. Facets: counting match
spies on value slots, one slot for each of the first eight people and places of a release, since
its native spy counts one value a slot and a spy in Python would be called for every match. Dates
are a value slot with ranges, people and places boolean terms. The best passages are marked with
``MSet.snippet``, one call a passage. One compacted Glass database.

Spared work, in its favour: people and places after a release's eighth are not counted; source and
language are neither indexed nor counted. Words one letter off are not offered: it only suggests
spellings. It cannot ask for some of many words, so a question is any of its words.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import xapian

from bench.answer import FACETS, PAGE, VALUES, Answer, Counts, best, opening
from bench.flat import FlatRelease, Part
from bench.queries import How, Query

_DAY, _YEAR = 0, 1
_PER_FACET = 8
_FIRST_SLOT = {"person": 2, "place": 2 + _PER_FACET}
_SLOTS = {"year": [_YEAR]} | {
    facet: list(range(slot, slot + _PER_FACET)) for facet, slot in _FIRST_SLOT.items()
}
_PREFIX = {"person": "XP", "place": "XL"}
_LONGEST_TERM = 240
_GAP = 100
_FLAGS = xapian.QueryParser.FLAG_DEFAULT | xapian.QueryParser.FLAG_WILDCARD
_SNIPPET = xapian.MSet.SNIPPET_EXHAUSTIVE | xapian.MSet.SNIPPET_EMPTY_WITHOUT_MATCH
_WHOLE = 100_000


class Engine:
    """Xapian as ``answer.Engine``; it has one writer, so ``processes`` is ignored."""

    def build(self, folder: Path, part: Part, processes: int) -> None:
        """Index in batches of 10,000 releases and compact."""
        growing = folder / "growing"
        db = xapian.WritableDatabase(str(growing), xapian.DB_CREATE_OR_OPEN)
        terms = xapian.TermGenerator()
        terms.set_stemmer(xapian.Stem("english"))
        for number, release in enumerate(part.read(), start=1):
            db.add_document(_document(release, terms))
            if number % 10_000 == 0:
                db.commit()
        db.commit()
        db.compact(str(folder / "compact"))
        db.close()
        shutil.rmtree(growing)

    def open(self, folder: Path) -> None:
        """Open the database and prepare a query parser."""
        self._db = xapian.Database(str(folder / "compact"))
        self._stem = xapian.Stem("english")
        self._parser = xapian.QueryParser()
        self._parser.set_database(self._db)
        self._parser.set_stemmer(self._stem)
        self._parser.set_default_op(xapian.Query.OP_AND)
        self._enquire = xapian.Enquire(self._db)

    def answer(self, query: Query) -> Answer | None:
        """Answer with one match, and one more for each filtered facet's counts."""
        if query.how is How.FUZZY:
            return None
        words, filters = self._words(query), _filters(query)
        if query.how is How.EVERYTHING:
            self._enquire.set_weighting_scheme(xapian.BoolWeight())
            self._enquire.set_sort_by_value(_DAY, True)
        else:
            self._enquire.set_weighting_scheme(xapian.BM25Weight())
            self._enquire.set_sort_by_relevance()
        free = [facet for facet in FACETS if facet not in filters]
        matches, facets = self._match(words, filters, free, PAGE * (query.page - 1), PAGE)
        for own in filters:
            others = {name: f for name, f in filters.items() if name != own}
            facets |= self._match(words, others, [own], 0, 0)[1]
        releases = [self._shown(matches, match.document, query) for match in matches]
        return Answer(matches.get_matches_estimated(), releases, facets)

    def _words(self, query: Query) -> xapian.Query:
        if query.how is How.EVERYTHING:
            return xapian.Query.MatchAll
        if query.how is How.MOST:
            stems = ["Z" + self._stem(word).decode() for word in query.words]
            return xapian.Query(xapian.Query.OP_OR, stems)
        return self._parser.parse_query(query.typed.lower().replace(" or ", " OR "), _FLAGS)

    def _match(
        self,
        words: xapian.Query,
        filters: dict[str, xapian.Query],
        facets: list[str],
        first: int,
        count: int,
    ) -> tuple[xapian.MSet, dict[str, Counts]]:
        """Run one match with spies for the slots of these facets; return it and their counts."""
        wanted = words
        for narrowing in filters.values():
            wanted = xapian.Query(xapian.Query.OP_FILTER, wanted, narrowing)
        self._enquire.set_query(wanted)
        self._enquire.clear_matchspies()
        spies = {f: [xapian.ValueCountMatchSpy(slot) for slot in _SLOTS[f]] for f in facets}
        for spy in (spy for group in spies.values() for spy in group):
            self._enquire.add_matchspy(spy)
        matches = self._enquire.get_mset(first, count, self._db.get_doccount())
        return matches, {facet: _counted(group) for facet, group in spies.items()}

    def _shown(
        self, matches: xapian.MSet, document: xapian.Document, query: Query
    ) -> tuple[str, list[str]]:
        header, passages = json.loads(document.get_data())
        if query.how is How.EVERYTHING:
            return header, opening(passages)
        arguments = (_WHOLE, self._stem, _SNIPPET, "<mark>", "</mark>", "")
        html = [matches.snippet(text, *arguments).decode() for text in passages]
        return header, best([(text.count("<mark>"), text) for text in html])


def _document(release: FlatRelease, terms: xapian.TermGenerator) -> xapian.Document:
    document = xapian.Document()
    terms.set_document(document)
    terms.set_termpos(0)
    terms.index_text(release.title, 1, "S")
    for _, _, text in release.passages:
        terms.increase_termpos(_GAP)
        terms.index_text(text)
    passages = [text for _, _, text in release.passages]
    document.set_data(json.dumps([release.header, passages], ensure_ascii=False))
    document.add_value(_DAY, xapian.sortable_serialise(release.day))
    document.add_value(_YEAR, str(release.year))
    for facet, values in (("person", release.people), ("place", release.places)):
        for value in values:
            document.add_boolean_term((_PREFIX[facet] + value)[:_LONGEST_TERM])
        for slot, value in enumerate(values[:_PER_FACET], start=_FIRST_SLOT[facet]):
            document.add_value(slot, value)
    return document


def _filters(query: Query) -> dict[str, xapian.Query]:
    filters = {}
    for facet, value in (("person", query.person), ("place", query.place)):
        if value:
            filters[facet] = xapian.Query((_PREFIX[facet] + value)[:_LONGEST_TERM])
    if query.first:
        bounds = [xapian.sortable_serialise(day) for day in query.days]
        filters["year"] = xapian.Query(xapian.Query.OP_VALUE_RANGE, _DAY, *bounds)
    return filters


def _counted(spies: list[xapian.ValueCountMatchSpy]) -> Counts:
    """Add up the spies of one facet's slots; the most frequent values of each are enough."""
    counts: Counter[str] = Counter()
    for spy in spies:
        for item in spy.top_values(5 * VALUES):
            counts[item.term.decode()] += item.termfreq
    return counts.most_common(VALUES)
