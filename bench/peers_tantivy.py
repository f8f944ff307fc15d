"""Tantivy, by its Python binding, in the configuration that answered fastest.

One document for each release: the text in one field of many values (one a passage, the title's
first), stemmed (``en_stem``), positions kept, stored; so a phrase does not cross passages. Facets
and dates are integer fast fields, counted by terms aggregations; the names behind the numbers
are a list beside the index. Tried and slower: names as text fast fields (up to twice the time),
a snippet generator run on each passage, regular expressions for prefixes.

Spared work, in Tantivy's favour: matching ignores that words in the title weigh more; prefixes
and misspelt words are looked up among stems; source and language are neither indexed nor counted;
the words of prefixes and misspellings, which its snippet generator cannot mark, are marked with a
regular expression.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from itertools import accumulate
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Document, FieldType, Occur, SnippetGenerator

from bench.answer import FACETS, PAGE, VALUES, Answer, Counts, best, marked, opening
from bench.flat import FlatRelease, Part
from bench.queries import How, Query

_HEAP = 300_000_000
"""Bytes of heap for each writer thread: one segment up to some 500,000 passages."""
_WHOLE = 100_000_000
"""Characters of a snippet: more than any release has, so that all of it comes back marked."""
_YEARS = 200


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("header", stored=True)
    builder.add_text_field("title", tokenizer_name="en_stem")
    builder.add_text_field("text", stored=True, tokenizer_name="en_stem")
    for name in (*FACETS, "day"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    return builder.build()


class Engine:
    """Tantivy as ``answer.Engine``; with several processes it has as many writer threads."""

    def build(self, folder: Path, part: Part, processes: int) -> None:
        """Index with ``processes`` threads, commit, wait for merges."""
        index = tantivy.Index(_schema(), path=str(folder))
        writer = index.writer(heap_size=_HEAP * processes, num_threads=processes)
        names: dict[str, dict[str, int]] = {"person": {}, "place": {}}
        for release in part.read():
            writer.add_document(_document(release, names))
        writer.commit()
        writer.wait_merging_threads()
        (folder / "names.json").write_text(json.dumps({f: list(names[f]) for f in names}))

    def open(self, folder: Path) -> None:
        """Open the index and the names of its facets' values."""
        self._index = tantivy.Index.open(str(folder))
        self._schema = self._index.schema
        self._searcher = self._index.searcher()
        self._names = json.loads((folder / "names.json").read_text())
        self._ids = {f: {n: i for i, n in enumerate(v)} for f, v in self._names.items()}

    def answer(self, query: Query) -> Answer:
        """Answer with one search and one aggregation for each set of filters to be counted."""
        words, filters = self._words(query), self._filters(query)
        page = self._searcher.search(
            _all_of([words, *filters.values()]),
            PAGE,
            offset=PAGE * (query.page - 1),
            order_by_field="day" if query.how is How.EVERYTHING else None,
        )
        documents = [self._searcher.doc(address) for _, address in page.hits]
        mark = self._marker(words, query)
        releases = [(_header(document), mark(document)) for document in documents]
        total: int = page.count  # type: ignore[attr-defined]
        return Answer(total, releases, self._facets(words, filters))

    def _words(self, query: Query) -> tantivy.Query:
        text = " ".join(query.words)
        if query.how is How.EVERYTHING:
            return tantivy.Query.all_query()
        if query.how is How.PREFIX:
            return tantivy.Query.phrase_prefix_query(self._schema, "text", list(query.words))
        if query.how is How.FUZZY:
            return tantivy.Query.fuzzy_term_query(self._schema, "text", text)
        if query.how is How.PHRASE:
            return self._index.parse_query(f'"{text}"', ["text"])
        if query.how is How.MOST:
            each = [(Occur.Should, self._index.parse_query(w, ["text"])) for w in query.words]
            return tantivy.Query.boolean_query(each, minimum_number_should_match=query.needed)
        return self._index.parse_query(text, ["text"], conjunction_by_default=query.how is How.ALL)

    def _filters(self, query: Query) -> dict[str, tantivy.Query]:
        filters = {}
        for name, value in (("person", query.person), ("place", query.place)):
            if value:
                number = self._ids[name].get(value, len(self._ids[name]))
                filters[name] = tantivy.Query.term_query(self._schema, name, number, "basic")
        if query.first:
            filters["year"] = tantivy.Query.range_query(
                self._schema, "day", FieldType.Unsigned, *query.days
            )
        return {n: tantivy.Query.const_score_query(f, 0.0) for n, f in filters.items()}

    def _facets(self, words: tantivy.Query, filters: dict[str, tantivy.Query]) -> dict[str, Counts]:
        """Count each facet under all choices but its own: one pass for each different set."""
        passes: dict[str, list[str]] = {}
        for facet in FACETS:
            passes.setdefault(facet if facet in filters else "", []).append(facet)
        counts = {}
        for own, facets in passes.items():
            chosen = _all_of([words, *(f for name, f in filters.items() if name != own)])
            found = self._searcher.aggregate(chosen, {facet: _terms(facet) for facet in facets})
            for facet in facets:
                counts[facet] = self._named(facet, found[facet]["buckets"])
        return counts

    def _named(self, facet: str, buckets: list[dict[str, Any]]) -> Counts:
        names = self._names.get(facet)
        return [
            (names[int(b["key"])] if names else str(int(b["key"])), b["doc_count"]) for b in buckets
        ]

    def _marker(self, words: tantivy.Query, query: Query) -> Any:
        if query.how is How.EVERYTHING:
            return lambda document: opening(document["text"])
        if query.how in (How.PREFIX, How.FUZZY):
            pattern = _pattern(query)
            return lambda document: best([_by_pattern(pattern, p) for p in document["text"]])
        generator = SnippetGenerator.create(self._searcher, words, self._schema, "text")
        generator.set_max_num_chars(_WHOLE)
        return lambda document: _best_marked(generator, document)


def _document(release: FlatRelease, names: dict[str, dict[str, int]]) -> Document:
    document = Document()
    document.add_text("id", release.id)
    document.add_bytes("header", release.header.encode())
    document.add_text("title", release.title)
    for _, _, text in release.passages:
        document.add_text("text", text)
    for facet, values in (("person", release.people), ("place", release.places)):
        known = names[facet]
        for value in values:
            document.add_unsigned(facet, known.setdefault(value, len(known)))
    document.add_unsigned("year", release.year)
    document.add_unsigned("day", release.day)
    return document


def _header(document: Document) -> str:
    return bytes(document["header"][0]).decode()


def _all_of(queries: list[tantivy.Query]) -> tantivy.Query:
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(Occur.Must, query) for query in queries])


def _terms(facet: str) -> dict[str, Any]:
    return {"terms": {"field": facet, "size": _YEARS if facet == "year" else VALUES}}


def _best_marked(generator: SnippetGenerator, document: Document) -> list[str]:
    """Mark the whole release in one call and cut it into its passages again.

    The generator joins the values of the field with one space and counts bytes of UTF-8.
    """
    passages = [text.encode() for text in document["text"]]
    snippet = generator.snippet_from_doc(document)
    offset = snippet.fragment_range().start
    starts = list(accumulate((len(p) + 1 for p in passages), initial=0))
    spans: dict[int, list[tuple[int, int]]] = {}
    for span in snippet.highlighted():
        start, end = span.start + offset, span.end + offset
        number = bisect_right(starts, start) - 1
        spans.setdefault(number, []).append((start - starts[number], end - starts[number]))
    ranked = sorted(spans, key=lambda number: -len(spans[number]))[:3]
    return [_marked_bytes(passages[number], spans[number]) for number in ranked]


def _marked_bytes(passage: bytes, spans: list[tuple[int, int]]) -> str:
    text = passage.decode()
    if len(text) != len(passage):
        spans = [(len(passage[:a].decode()), len(passage[:b].decode())) for a, b in spans]
    return marked(text, spans)


def _by_pattern(pattern: re.Pattern[str], text: str) -> tuple[int, str]:
    spans = [match.span() for match in pattern.finditer(text)]
    return len(spans), marked(text, spans) if spans else ""


def _pattern(query: Query) -> re.Pattern[str]:
    """Return what the words of a prefix or of a misspelling look like."""
    word = query.words[0]
    if query.how is How.PREFIX:
        return re.compile(rf"\b{word}\w*", re.IGNORECASE)
    forms = {rf"{word[:i]}\w?{word[i + 1 :]}" for i in range(len(word))}
    forms |= {rf"{word[:i]}\w{word[i:]}" for i in range(len(word) + 1)}
    forms |= {f"{word[:i]}{word[i + 1]}{word[i]}{word[i + 2 :]}" for i in range(len(word) - 1)}
    return re.compile(rf"\b(?:{'|'.join(sorted(forms))})\b", re.IGNORECASE)
