"""People and places against judged documents. The floors are pinned: they may only rise.

The corpora are development data; the rules must not be tuned to their names. Distinct names by
document; ``tests/entity_gold.py`` says exactly what counts as right.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.corpora import require_corpus
from tests.entity_gold import Score, measure, re3d, wikigold

# (precision, recall, F1), each a little under what was measured when it was pinned.
FLOORS = {
    "re3d people": (0.94, 0.80, 0.87),
    "re3d places": (0.64, 0.85, 0.735),
    "wikigold people": (0.94, 0.76, 0.84),
    "wikigold places": (0.90, 0.615, 0.735),
}


@pytest.mark.parametrize("name", ["re3d", "wikigold"])
def test_names_found_by_document(name: str) -> None:
    reader: Callable[..., object] = {"re3d": re3d, "wikigold": wikigold}[name]
    people, places = measure(reader(require_corpus("ner")))  # type: ignore[arg-type]
    for kind, score in (("people", people), ("places", places)):
        measured = _figures(score)
        print(name, kind, *(f"{figure:.3f}" for figure in measured))
        floor = FLOORS[f"{name} {kind}"]
        assert all(got >= least for got, least in zip(measured, floor, strict=True)), (
            f"{name} {kind}: {measured} is under {floor}; "
            f"wrong: {score.wrong[:8]}; missed: {score.missed[:8]}"
        )


def _figures(score: Score) -> tuple[float, float, float]:
    return (score.precision, score.recall, score.f1)
