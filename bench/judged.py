"""Dateline and other engines on judged collections: ``python -m bench.judged FOLDER ...``.

A folder holds one collection: ``documents.jsonl`` (``id``, ``title``, ``text``), ``queries.tsv``
(number, tab, query) and ``qrels`` (TREC). Cranfield and MED as distributed are understood too.
Dateline answers through ``/search.json``, the query's words as typed; an engine that is not
installed is left out.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.judged_peers import DEPTH, PEERS, Documents
from index.reindex import reindex
from index.settings import Settings
from search.evaluation import Grades, means, read_judgments, score_of
from web.app import create_app

_DEBIAN = "/usr/bin/python3"
_SMART = {
    "cran": ("cran.all.1400", "cran.qry", "cranqrel"),
    "med": ("MED.ALL", "MED.QRY", "MED.REL"),
}
_FIGURES = ("ndcg_10", "map", "recall_100")

Collection = tuple[Documents, dict[str, Grades]]


def read_collection(folder: Path) -> Collection:
    """Return the documents of a collection that have any text, and its judged queries."""
    if folder.name in _SMART:
        documents, judged = _read_smart(folder, *_SMART[folder.name])
    else:
        lines = (folder / "documents.jsonl").read_text("utf-8").splitlines()
        documents = [{"title": "", **json.loads(line)} for line in lines]
        judged = read_judgments(folder / "qrels", folder / "queries.tsv")
    return [d for d in documents if d["title"] or d["text"]], judged


def _read_smart(folder: Path, documents: str, queries: str, relevant: str) -> Collection:
    found = [
        {"id": r["I"], "title": " ".join(r["T"].split()), "text": r["W"]}
        for r in smart_records(folder / documents)
    ]
    texts = [" ".join(record["W"].split()) for record in smart_records(folder / queries)]
    judged: dict[str, Grades] = {}
    for line in (folder / relevant).read_text().splitlines():
        query, *rest = line.split()
        # Cranfield's grades run from 1, the best, to 4; it numbers queries by their place.
        document, grade = (rest[1], 1.0) if len(rest) == 3 else (rest[0], 5 - float(rest[1]))
        if grade > 0:
            judged.setdefault(texts[int(query) - 1], {})[document] = grade
    return found, judged


def smart_records(path: Path) -> Iterator[dict[str, str]]:
    """Yield the records of a file in the SMART format, by the letters of their fields."""
    for record in re.split(r"^\.I ", path.read_text("latin-1"), flags=re.M)[1:]:
        number, _, rest = record.partition("\n")
        found = {"I": number.strip(), "T": "", "W": ""}
        for part in re.split(r"^\.(?=[A-Z]\s*$)", rest, flags=re.M)[1:]:
            found[part[0]] = part[1:].strip()
        yield found


def ask_dateline(documents: Documents, queries: Sequence[str]) -> list[list[str]]:
    """Return the ids found for each query by a site on an archive of the documents."""
    with tempfile.TemporaryDirectory() as scratch:
        archive = Path(scratch) / "archive"
        archive.mkdir()
        lines = [json.dumps(document) for document in documents]
        (archive / "docs.jsonl").write_text("\n".join(lines), "utf-8")
        settings = Settings(data=Path(scratch) / "var", archive=archive)
        reindex(settings)
        client = create_app(settings).test_client()
        found = []
        for text in queries:
            asked = {"q": text, "per_page": DEPTH}
            results = client.get("/search.json", query_string=asked).json["results"]
            places = [int(result["path"].rpartition("#")[2]) - 1 for result in results]
            found.append([documents[place]["id"] for place in places])
        return found


def ask_peer(name: str, documents: Documents, queries: Sequence[str]) -> list[list[str]] | None:
    """Return the ids a peer finds for each query, or None when it is not installed."""
    given = json.dumps({"documents": documents, "queries": queries})
    module = Path(__file__).with_name("judged_peers.py")
    python = _DEBIAN if name == "Xapian" else sys.executable
    run = subprocess.run(
        [python, str(module), name], input=given, capture_output=True, text=True, check=False
    )
    if run.returncode:
        print(f"{name} is left out: {run.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return None
    found: list[list[str]] = json.loads(run.stdout)
    return found


def main(folders: Sequence[str]) -> None:
    """Print a table of every collection and engine."""
    print("| collection | engine | nDCG@10 | MAP | Recall@100 |\n|---|---|---:|---:|---:|")
    for folder in map(Path, folders):
        documents, judged = read_collection(folder)
        queries = list(judged)
        for name in ("Dateline", *PEERS):
            if name == "Dateline":
                runs: list[list[str]] | None = ask_dateline(documents, queries)
            else:
                runs = ask_peer(name, documents, queries)
            if runs is not None:
                scores = [
                    score_of(query, judged[query], [frozenset((i,)) for i in run])
                    for query, run in zip(queries, runs, strict=True)
                ]
                figures = means(scores)
                shown = " | ".join(f"{figures[figure]:.4f}" for figure in _FIGURES)
                print(f"| {folder.name} | {name} | {shown} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
