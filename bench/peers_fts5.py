"""SQLite FTS5, in the configuration that answered fastest.

One row for each release: title and text, ``porter unicode61``, optimized. An index of prefixes made
it half as large again and prefixes no faster. Facets are rows of two integers, clustered by release
and indexed by value. One MATCH fills a temporary table of what was found, from which the page is
ordered and the facets are joined and counted. Marked passages: ``highlight`` of the ten releases of
the page, cut at the passages and ranked by the words marked; no second index of passages.

Spared work, in its favour: source and language are neither indexed nor counted. Misspelt words it
does not offer. It cannot ask for some of many words, so a question is any of its words.
"""

from __future__ import annotations

import sqlite3
from html import escape
from pathlib import Path

from bench.answer import FACETS, PAGE, SHOWN, VALUES, Answer, Counts, opening
from bench.flat import Part
from bench.queries import How, Query

_TABLES = """
pragma page_size = 8192;
pragma journal_mode = off;
pragma synchronous = off;
create virtual table release using fts5(
  title, body, tokenize = 'porter unicode61');
create table header(doc integer primary key, id text, json text);
create table date(doc integer primary key, day int, year int);
create table person_name(id integer primary key, name text unique);
create table place_name(id integer primary key, name text unique);
create table person(doc int, value int, primary key (doc, value)) without rowid;
create table place(doc int, value int, primary key (doc, value)) without rowid;
"""
_INDEXES = """
create index person_value on person(value, doc);
create index place_value on place(value, doc);
create index date_day on date(day, doc);
create index date_year on date(year, doc);
insert into release(release) values('optimize');
analyze;
"""
_CUT = "\x1f"
"""Stands between the passages of a text: no word, and in no text."""
_FEW = 0.2
"""Share of all releases up to which looking each up is faster than scanning a facet."""
_OPEN, _CLOSE = "\x01", "\x02"
"""Marks that no text holds, so that the text can be escaped after marking."""


class Engine:
    """FTS5 as ``answer.Engine``; SQLite has one writer, so ``processes`` is ignored."""

    def build(self, folder: Path, part: Part, processes: int) -> None:
        """Fill the tables in one transaction, index, optimize."""
        db = sqlite3.connect(folder / "fts5.sqlite", isolation_level=None)
        db.executescript(_TABLES)
        db.execute("pragma cache_size = -262144")
        db.execute("begin")
        names: dict[str, dict[str, int]] = {"person": {}, "place": {}}
        for number, release in enumerate(part.read(), start=1):
            body = _CUT.join(text for _, _, text in release.passages)
            db.execute(
                "insert into release(rowid, title, body) values (?,?,?)",
                (number, release.title, body),
            )
            row = (number, release.id, release.header)
            db.execute("insert into header values (?,?,?)", row)
            db.execute("insert into date values (?,?,?)", (number, release.day, release.year))
            for facet, values in (("person", release.people), ("place", release.places)):
                known = names[facet]
                ids = {known.setdefault(value, len(known)) for value in values}
                rows = [(number, value) for value in sorted(ids)]
                db.executemany(f"insert into {facet} values (?,?)", rows)
        for facet, known in names.items():
            rows_of_names = [(number, name) for name, number in known.items()]
            db.executemany(f"insert into {facet}_name values (?,?)", rows_of_names)
        db.execute("commit")
        db.executescript(_INDEXES)
        db.close()

    def open(self, folder: Path) -> None:
        """Open the database, mapped into memory."""
        path = folder / "fts5.sqlite"
        self._db = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)
        self._db.execute("pragma mmap_size = 17179869184")
        self._db.execute("pragma temp_store = memory")
        for table in ("found", *(f"narrowed{number}" for number in range(4))):
            self._db.execute(f"create temp table {table}(doc integer primary key, score real)")
        self._total = self._db.execute("select count(*) from date").fetchone()[0]

    def answer(self, query: Query) -> Answer | None:
        """Answer from the table of what was found, narrowed once for each set of filters."""
        if query.how is How.FUZZY:
            return None
        match, filters = _match(query), _filters(query)
        if match:
            self._db.execute("delete from found")
            every = "select rowid, rank from release where release match ?"
            self._db.execute(f"insert into found {every}", (match,))
        sets: dict[tuple[str, ...], tuple[str, int]] = {}
        facets = {}
        for facet in ("", *FACETS):
            key = tuple(name for name in filters if name != facet)
            if key not in sets:
                sets[key] = self._narrowed(match, [filters[name] for name in key], len(sets))
            if facet:
                facets[facet] = self._count(facet, *sets[key])
        table, total = sets[tuple(filters)]
        order = "score" if match else "day desc"
        page = f"select doc from {table} order by {order} limit {PAGE} offset ?"
        docs = [doc for (doc,) in self._db.execute(page, (PAGE * (query.page - 1),))]
        return Answer(total, self._shown(docs, match), facets)

    def _narrowed(self, match: str, filters: list[str], number: int) -> tuple[str, int]:
        """Return the table of what was found and some filters leave, and its size."""
        table = "found" if match else "date"
        if filters:
            self._db.execute(f"delete from narrowed{number}")
            left = f"select doc, score from found where {' and '.join(filters)}"
            self._db.execute(f"insert into narrowed{number} {left}")
            table = f"narrowed{number}"
        return table, self._db.execute(f"select count(*) from {table}").fetchone()[0]

    def _count(self, facet: str, chosen: str, size: int) -> Counts:
        # For few releases look each of them up, for many scan the facet once.
        join = "cross join" if size < self._total * _FEW else "join"
        if facet == "year":
            joined = "date" if chosen == "date" else f"{chosen} {join} date using (doc)"
            counts = f"select year, count(*) from {joined} group by year order by year"
            return self._db.execute(counts).fetchall()
        joined = facet if chosen == "date" else f"{chosen} {join} {facet} using (doc)"
        counts = f"select value, count(*) n from {joined} group by value order by n desc limit ?"
        named = f"select name, n from ({counts}) join {facet}_name on id = value"
        return self._db.execute(named, (VALUES,)).fetchall()

    def _shown(self, docs: list[int], match: str) -> list[tuple[str, list[str]]]:
        """Return headers and marked passages: one MATCH for all, in the order of ``docs``."""
        among = f"({','.join(map(str, docs))})"
        headers = f"select doc, json from header where doc in {among}"
        if match:
            one = f"""select rowid, highlight(release, 1, '{_OPEN}', '{_CLOSE}') from release
                      where release match ? and rowid in {among}"""
            bodies = dict(self._db.execute(one, (match,)))
        else:
            bodies = dict(
                self._db.execute(f"select rowid, body from release where rowid in {among}")
            )
        found = dict(self._db.execute(headers))
        return [(found[doc], _passages(bodies[doc], match)) for doc in docs]


def _passages(body: str, match: str) -> list[str]:
    texts = body.split(_CUT)
    if not match:
        return opening(texts)
    texts.sort(key=lambda text: -text.count(_OPEN))
    return [_html(text) for text in texts[:SHOWN] if _OPEN in text]


def _html(text: str) -> str:
    return escape(text).replace(_OPEN, "<mark>").replace(_CLOSE, "</mark>")


def _match(query: Query) -> str:
    """Return the query in FTS5's language; empty for everything."""
    words = [f'"{word}"' for word in query.words]
    if query.how is How.PHRASE:
        return '"' + " ".join(query.words) + '"'
    if query.how is How.PREFIX:
        return f"{words[0]}*"
    return (" OR " if query.how in (How.ANY, How.MOST) else " AND ").join(words)


def _filters(query: Query) -> dict[str, str]:
    filters = {}
    for facet, value in (("person", query.person), ("place", query.place)):
        if value:
            quoted = value.replace("'", "''")
            number = f"(select id from {facet}_name where name = '{quoted}')"
            filters[facet] = f"doc in (select doc from {facet} where value = {number})"
    if query.first:
        first, last = query.days
        day = "(select day from date where date.doc = found.doc)"
        filters["year"] = f"{day} between {first} and {last}"
    return filters
