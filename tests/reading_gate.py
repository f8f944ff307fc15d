"""The figures of reading, measured and pinned; ``python -m tests.reading_gate`` prints them.

``--update`` pins what is measured now. A figure that got worse is pinned only with ``--lower``,
so that no quality is lost without somebody saying so.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from index.evaluation import evaluate_reading
from index.model import BlockKind, RawDocument, Release
from index.reading import read_document
from index.reading.characters import same_text
from index.reading.score import Gold, PageScore, figures, score_page, tokens
from index.sources import walk_archive
from tests.corpora import require_corpus

PINNED = Path(__file__).with_name("reading_figures.json")
PAGES = Path(__file__).with_name("pages")
TOLERANCE = 0.003
"""How far a figure may fall: less than one page of the smallest collection, and noise of none."""

Figures = dict[str, float]
_LIMIT = 20 << 20
_WIRE_STEP = 8
_BODY = (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST, BlockKind.QUOTE)
_BAD = ("wrong", "missed", "invented")


def measure_pages() -> Figures:
    """Pages and dumps of many templates and languages, invented for this purpose."""
    return figures(list(evaluate_reading(PAGES / "gold.jsonl")))


def measure_invented_dumps() -> Figures:
    """Text dumps of pages of further systems, menus and feet and all."""
    return figures(list(evaluate_reading(PAGES / "dumps.jsonl")))


def measure_department() -> Figures:
    """Real pages of one department, their bodies marked up."""
    root = require_corpus("doj-html")
    gold = [json.loads(line) for line in (root / "gold.jsonl").read_text("utf-8").splitlines()]
    known = {one["file"]: one for one in gold}
    scores = []
    for document, release in _releases(root / "pages"):
        soup = BeautifulSoup(document.data, "lxml")
        body = soup.select_one("div.field--name-field-pr-body")
        assert body is not None
        one = known[document.path]
        entry = Gold(document.path, body.get_text(" "), one["title"], one["date"])
        scores.append(score_page(entry, release))
    return figures(scores)


def measure_wires() -> Figures:
    """Releases of wires: the day of the path, and how many have a dateline's place."""
    agreed = placed = total = 0
    for document, release in _releases(require_corpus("newsworthy"), _WIRE_STEP):
        year, day = re.findall(r"/(\d{4})/(\d{4})/", document.path)[0]
        total += 1
        agreed += bool(release.date and release.date.value == f"{year}-{day[:2]}-{day[2:]}")
        placed += bool(release.dateline)
    return {"date_of_path": agreed / total, "with_place": placed / total}


def measure_dumps() -> Figures:
    """Dumps of offices' pages: how little is left of what most pages of an office have."""
    by_site: dict[str, list[tuple[RawDocument, Release]]] = {}
    for document, release in _releases(require_corpus("prosecutors")):
        by_site.setdefault(document.path.split("/")[0], []).append((document, release))
    left = all_of_it = dated = total = 0
    for read in by_site.values():
        lines = Counter(line for one, _ in read for line in set(_lines(one.data.decode())))
        common = {line for line, count in lines.items() if count > max(3, 0.3 * len(read))}
        for _, release in read:
            shown = [line for b in release.blocks if b.kind in _BODY for line in _lines(b.text)]
            left += sum(tokens(line).total() for line in shown if line in common)
            all_of_it += sum(tokens(line).total() for line in shown)
            dated += release.date is not None
            total += 1
    return {"clean": 1 - left / all_of_it, "dated": dated / total}


def measure_read_wires() -> Figures:
    """Wire releases that a person read: the place and the day that they give, or none."""
    return figures(_scores_of_read("newsworthy"))


def measure_read_dumps() -> Figures:
    """Dumps that a person read line by line: the day, and what of the page is left in the body."""
    scores, left, all_of_it = _scores_of_read("prosecutors"), 0, 0
    quotes = {str(one["file"]): one.get("chrome", []) for one in _read_gold("prosecutors")}
    for document, release in _releases(require_corpus("prosecutors"), only=set(quotes)):
        shown = [b.text for b in release.blocks if b.kind in _BODY]
        whole = same_text("\n".join(shown))
        left += sum(tokens(q).total() for q in quotes[document.path] if same_text(q) in whole)
        all_of_it += sum(tokens(text).total() for text in shown)
    return figures(scores) | {"clean": 1 - left / all_of_it}


def _scores_of_read(name: str) -> list[PageScore]:
    gold = {one["file"]: one for one in _read_gold(name)}
    found = [
        score_page(Gold(d.path, date=gold[d.path]["date"], place=gold[d.path].get("place")), r)
        for d, r in _releases(require_corpus(name), only=set(gold))
    ]
    assert len(found) == len(gold)
    return found


def _read_gold(name: str) -> list[dict[str, Any]]:
    lines = Path(__file__).with_name(f"gold_{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


SETS: dict[str, Callable[[], Figures]] = {
    "pages": measure_pages,
    "dumps": measure_invented_dumps,
    "doj-html": measure_department,
    "newsworthy": measure_wires,
    "prosecutors": measure_dumps,
    "newsworthy, read": measure_read_wires,
    "prosecutors, read": measure_read_dumps,
}


def pinned() -> dict[str, Figures]:
    """The pinned figures. Raises ValueError when they were changed by hand."""
    stored = json.loads(PINNED.read_text("utf-8"))
    if stored["digest"] != _digest(stored["figures"]):
        raise ValueError(f"{PINNED.name} was edited by hand; use python -m tests.reading_gate")
    found: dict[str, Figures] = stored["figures"]
    return found


def fallen(name: str, measured: Figures, floor: Figures) -> list[str]:
    """What of a set got worse than its pinned figures by more than the tolerance."""
    return [
        f"{name} {key}: {measured.get(key, -1):.4f}, pinned {value:.4f}"
        for key, value in floor.items()
        if _worse(key, measured.get(key), value)
    ]


def _worse(key: str, measured: float | None, floor: float) -> bool:
    if measured is None:
        return True
    if key.endswith(_BAD):
        return measured > floor + TOLERANCE
    return measured < floor - TOLERANCE


def _releases(
    root: Path, step: int = 1, only: set[str] | None = None
) -> Iterator[tuple[RawDocument, Release]]:
    for number, document in enumerate(walk_archive(root, _LIMIT)):
        assert isinstance(document, RawDocument), document
        if number % step == 0 and (only is None or document.path in only):
            yield document, read_document(document)


def _lines(text: str) -> list[str]:
    return [line for line in map(str.strip, text.split("\n")) if re.search(r"[^\W\d_]{2}", line)]


def _digest(found: dict[str, Figures]) -> str:
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()[:16]


def main() -> int:
    """Measure, compare, and pin when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update", action="store_true", help="pin what is measured")
    parser.add_argument("--lower", action="store_true", help="also where it got worse")
    options = parser.parse_args()
    measured = {name: measure() for name, measure in SETS.items()}
    measured = {
        name: {key: round(value, 4) for key, value in found.items()}
        for name, found in measured.items()
    }
    print(json.dumps(measured, indent=1))
    before = pinned() if PINNED.exists() else {}
    worse = [line for name, floor in before.items() for line in fallen(name, measured[name], floor)]
    for line in worse:
        print(f"fallen: {line}", file=sys.stderr)
    if worse and not (options.update and options.lower):
        return 1
    if options.update:
        stored = {"digest": _digest(measured), "figures": measured}
        PINNED.write_text(json.dumps(stored, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
