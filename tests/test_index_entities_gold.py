"""People and places against judged documents. The figures are pinned: they may only rise.

The corpora are development data; the rules must not be tuned to their names. Distinct names by
document; ``tests/entity_gold.py`` says exactly what counts as right. ``tests/pin_entities.py``
writes the figures anew, and lower ones only when told to.
"""

from __future__ import annotations

import pytest

from tests.corpora import require_corpus
from tests.pin_entities import KINDS, READERS, TOLERANCE, figures, pinned


@pytest.mark.parametrize("name", sorted(READERS))
def test_names_found_by_document(name: str) -> None:
    folder = require_corpus("ner")
    for kind, (measured, score) in figures(name, folder).items():
        print(name, kind, *(f"{figure:.3f}" for figure in measured))
        floor = pinned()[f"{name} {kind}"]
        assert all(got >= least - TOLERANCE for got, least in zip(measured, floor, strict=True)), (
            f"{name} {kind}: {measured} is under {floor}; "
            f"wrong: {score.wrong[:8]}; missed: {score.missed[:8]}"
        )


def test_what_must_be_shown_is_pinned() -> None:
    """The goals of the project: whatever is pinned may not lie under them."""
    f1 = {name: values[2] for name, values in pinned().items()}
    assert set(f1) == {f"{name} {kind}" for name in READERS for kind in KINDS}
    assert f1["re3d people"] >= 0.70
    assert f1["re3d places"] >= 0.72
    assert f1["wikigold people"] >= 0.75
    assert f1["wikigold places"] >= 0.75
