"""Reading reads as well as it is pinned to: see tests/reading_gate.py."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import reading_gate
from tests.reading_gate import SETS, fallen, pinned


@pytest.mark.parametrize("name", SETS)
def test_no_figure_has_fallen(name: str) -> None:
    assert not fallen(name, SETS[name](), pinned()[name])


def test_every_set_is_pinned() -> None:
    assert set(pinned()) == set(SETS)


def test_a_worse_figure_and_a_lost_one_are_noticed() -> None:
    floor = {"title": 0.9, "date_wrong": 0.1}
    assert not fallen("x", {"title": 0.898, "date_wrong": 0.102}, floor)
    assert len(fallen("x", {"title": 0.89, "date_wrong": 0.11}, floor)) == 2
    assert len(fallen("x", {"title": 0.9}, floor)) == 1


def test_figures_edited_by_hand_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = json.loads(reading_gate.PINNED.read_text("utf-8"))
    stored["figures"]["doj-html"]["title"] = 0.5
    edited = tmp_path / "figures.json"
    edited.write_text(json.dumps(stored), "utf-8")
    monkeypatch.setattr(reading_gate, "PINNED", edited)
    with pytest.raises(ValueError, match="edited by hand"):
        pinned()
