"""Pins the figures of people and places: ``python -m tests.pin_entities [--lower]``.

Measures on the ``ner`` corpus and writes ``tests/entity_figures.json``. A figure that would fall
by more than the tolerance is refused unless ``--lower`` is given: lowering is a decision.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.corpora import require_corpus
from tests.entity_gold import GoldDocument, Score, measure, re3d, wikigold
from tests.entity_gold_conll import gmb, wnut

READERS: dict[str, Callable[[Path], Iterable[GoldDocument]]] = {
    "re3d": re3d,
    "wikigold": wikigold,
    "gmb": gmb,
    "wnut": wnut,
}
KINDS = ("people", "places")
TOLERANCE = 0.004
"""How much less than what was pinned is still taken for the same."""
_FILE = Path(__file__).with_name("entity_figures.json")


def pinned() -> dict[str, list[float]]:
    """Precision, recall and F1 by corpus and kind, as pinned."""
    found: dict[str, list[float]] = json.loads(_FILE.read_text("utf-8"))
    return found


def figures(name: str, folder: Path) -> dict[str, tuple[list[float], Score]]:
    """Precision, recall and F1 of people and places in a corpus as they are now."""
    scores = measure(READERS[name](folder))
    return {
        kind: ([score.precision, score.recall, score.f1], score)
        for kind, score in zip(KINDS, scores, strict=True)
    }


def main() -> None:
    """Measure, compare and write."""
    folder = require_corpus("ner")
    now = {
        f"{name} {kind}": [round(figure, 3) for figure in measured]
        for name in READERS
        for kind, (measured, _) in figures(name, folder).items()
    }
    before = pinned() if _FILE.exists() else {}
    lower = [
        f"{name}: {before[name]} would become {values}"
        for name, values in now.items()
        if name in before
        and any(a < b - TOLERANCE for a, b in zip(values, before[name], strict=True))
    ]
    for line in lower:
        print(line)
    meant = "--lower" in sys.argv[1:]
    if lower and not meant:
        sys.exit("nothing written: --lower says that this is meant")
    if not meant:
        # No drifting down by less than the tolerance each time.
        now = {n: [max(p) for p in zip(v, before.get(n, v), strict=True)] for n, v in now.items()}
    lines = ",\n".join(f" {json.dumps(name)}: {json.dumps(values)}" for name, values in now.items())
    _FILE.write_text(f"{{\n{lines}\n}}\n", "utf-8")


if __name__ == "__main__":
    main()
