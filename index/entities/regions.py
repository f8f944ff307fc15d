"""The state or country that a place's name goes on with: "Portland, Maine"."""

from __future__ import annotations

import re

from index.entities.gazetteer import gazetteer

_REGION_AFTER = re.compile(
    r"^, (?:(?:north|south|east|west|central)\w* )?([A-Z][\w.]*(?: [A-Z][\w.]*)?)"
)


def region_code(text: str) -> str:
    """The code of the state or country a text such as ", Texas and" goes on with, or ""."""
    found = _REGION_AFTER.match(text)
    if not found:
        return ""
    regions = gazetteer().regions
    name = found.group(1)
    first = name.split(" ")[0]
    for form in (name, name.rstrip("."), first, first.rstrip(".")):
        if form in regions:
            return regions[form]
    return ""
