"""Other engines on a judged collection, each as it ships: stemmed, any of the words, its own BM25.

Run by ``bench.judged`` in a process of its own, so that an engine may belong to another Python
(Debian's for Xapian). Standard library only at import.
"""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from collections.abc import Callable, Sequence
from typing import Any

DEPTH = 100

Documents = Sequence[dict[str, str]]
Found = list[str]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def fts5(documents: Documents) -> Callable[[str], Found]:
    """SQLite FTS5: Porter stems, title and text as columns."""
    base = sqlite3.connect(":memory:")
    base.execute("create virtual table d using fts5(title, text, tokenize='porter unicode61')")
    rows = [(n, d["title"], d["text"]) for n, d in enumerate(documents)]
    base.executemany("insert into d(rowid, title, text) values (?, ?, ?)", rows)

    def search(text: str) -> Found:
        asked = " OR ".join(f'"{word}"' for word in _words(text))
        sql = "select rowid from d where d match ? order by rank limit ?"
        return [documents[row]["id"] for (row,) in base.execute(sql, (asked, DEPTH))]

    return search


def bm25s(documents: Documents) -> Callable[[str], Found]:
    """bm25s: Snowball stems, its English stop words."""
    import bm25s as engine
    import Stemmer

    stemmer = Stemmer.Stemmer("english")

    def tokens(texts: list[str]) -> Any:
        return engine.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False)

    index = engine.BM25()
    index.index(tokens([_whole(document) for document in documents]), show_progress=False)

    def search(text: str) -> Found:
        found, scores = index.retrieve(tokens([text]), k=DEPTH, show_progress=False)
        pairs = zip(found[0], scores[0], strict=True)
        return [documents[place]["id"] for place, score in pairs if score > 0]

    return search


def tantivy(documents: Documents) -> Callable[[str], Found]:
    """Tantivy: its English stemmer."""
    import tantivy as engine

    builder = engine.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", tokenizer_name="en_stem")
    index = engine.Index(builder.build())
    writer = index.writer(50_000_000)
    for document in documents:
        writer.add_document(engine.Document(id=document["id"], text=_whole(document)))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def search(text: str) -> Found:
        query = index.parse_query(" ".join(_words(text)), ["text"])
        return [searcher.doc(at)["id"][0] for _, at in searcher.search(query, DEPTH).hits]

    return search


def whoosh(documents: Documents) -> Callable[[str], Found]:
    """Plain Whoosh: StemmingAnalyzer, BM25F."""
    from whoosh import analysis, fields, qparser
    from whoosh.filedb.filestore import RamStorage

    analyzer = analysis.StemmingAnalyzer()
    schema = fields.Schema(id=fields.ID(stored=True), text=fields.TEXT(analyzer=analyzer))
    index = RamStorage().create_index(schema)
    writer = index.writer()
    for document in documents:
        writer.add_document(id=document["id"], text=_whole(document))
    writer.commit()
    searcher = index.searcher()
    parser = qparser.QueryParser("text", schema, group=qparser.OrGroup)

    def search(text: str) -> Found:
        query = parser.parse(" ".join(_words(text)))
        return [hit["id"] for hit in searcher.search(query, limit=DEPTH)]

    return search


def xapian(documents: Documents) -> Callable[[str], Found]:
    """Xapian: its English stemmer, BM25."""
    import xapian as engine

    base = engine.WritableDatabase("", engine.DB_BACKEND_INMEMORY)
    generator = engine.TermGenerator()
    generator.set_stemmer(engine.Stem("en"))
    for document in documents:
        entry = engine.Document()
        generator.set_document(entry)
        generator.index_text(_whole(document))
        entry.set_data(document["id"])
        base.add_document(entry)
    parser = engine.QueryParser()
    parser.set_stemmer(engine.Stem("en"))
    parser.set_stemming_strategy(parser.STEM_SOME)
    parser.set_database(base)

    def search(text: str) -> Found:
        enquire = engine.Enquire(base)
        enquire.set_query(parser.parse_query(" ".join(_words(text)), 0))
        return [match.document.get_data().decode() for match in enquire.get_mset(0, DEPTH)]

    return search


PEERS = {"bm25s": bm25s, "FTS5": fts5, "Tantivy": tantivy, "Whoosh": whoosh, "Xapian": xapian}


def _whole(document: dict[str, str]) -> str:
    return f"{document['title']}\n{document['text']}"


def main() -> None:
    """Read documents and queries as JSON, print each query's results as JSON."""
    asked = json.load(sys.stdin)
    search = PEERS[sys.argv[1]](asked["documents"])
    json.dump([search(text) for text in asked["queries"]], sys.stdout)


if __name__ == "__main__":
    main()
