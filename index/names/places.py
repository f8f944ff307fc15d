"""What the archive makes of one place's name as written: pure, from counts of releases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from index.entities.gazetteer import LIKELY_FROM, Grade, gazetteer
from index.names.claim_table import Said

MAJORITY = 0.9
"""Share of the releases with a region that must have one and the same."""
FEW = 2
"""Releases that must say that a name is a technique's."""
PRODUCTS = 0.1
"""How many of them for each release that may mean a place."""
SEVERAL = 3
"""Releases that must write the region, or be sure of the place, before others follow."""


def decide_place(said: Iterable[Said]) -> dict[str, Any]:
    """Decide on a name: a table with the entries that say something, empty if none does.

    ``same``: what a name without its region is filed under, where the archive writes the region
    and always this one. ``accept``: names that are places where a release alone is in doubt.
    ``drop``: names that are those of techniques.
    """
    counts: dict[str, Counter[str]] = {}
    for row in said:
        counts.setdefault(row.state, Counter())[row.form] += row.releases
    qualified = counts.get("qualified", Counter())
    plain = counts.get("plain", Counter())
    doubtful = counts.get("doubtful", Counter())
    decision: dict[str, Any] = {}
    best = min(qualified, key=lambda form: (-qualified[form], form), default="")
    if best and qualified[best] >= max(SEVERAL, MAJORITY * qualified.total()):
        forms = sorted({*plain, *doubtful})
        same = {f: best for f in forms if _is_namesake(f, best, qualified[best] >= plain[f])}
        if same:
            decision["same"] = same
    products = counts.get("product", Counter())
    dropped = sorted(
        form
        for form, n in products.items()
        if n >= max(FEW, PRODUCTS * (plain[form] + doubtful[form]))
    )
    if dropped:
        decision["drop"] = dropped
    joined = decision.get("same", {})
    sure = {form: plain[form] + (qualified[best] if form in joined else 0) for form in doubtful}
    accepted = sorted(
        form
        for form, releases in sure.items()
        if releases >= max(SEVERAL, doubtful[form]) and form not in dropped
    )
    if accepted:
        decision["accept"] = accepted
    return decision


def _is_namesake(form: str, qualified: str, often: bool) -> bool:
    """Whether a form is the bare name of a city that the archive writes with its region.

    A city that everyone knows is one only if the region is written ``often``: in no fewer
    releases than the bare name.
    """
    if form == qualified or form != qualified.partition(", ")[0]:
        return False
    place = gazetteer().find(form)
    if place is None or place.kind != "city":
        return place is None
    namesakes = gazetteer().cities.get(place.name, [])
    known = bool(namesakes) and namesakes[0].people >= LIKELY_FROM
    return often or not (known or place.grade is Grade.SURE)
