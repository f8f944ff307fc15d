"""All that the archive decides about names, and its comparison with what was decided before.

A decision follows from the claims on its key alone, and a release's values from what it says
itself and from the decisions on its keys. So a run decides the keys anew that its changed
releases touch, writes again the unchanged releases whose values come out otherwise, and ends with
the same values as a build of everything.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from index.entities.claims import PERSON
from index.names.aliases import Aliases
from index.names.claim_table import ClaimTable, Said
from index.names.people import decide_people
from index.names.places import decide_place

NAMES = "names.json"
"""The file of a generation that holds its table."""


@dataclass(frozen=True, slots=True)
class NameTable:
    """``decisions`` by key (``person:putin``); a key about which nothing is decided has none."""

    decisions: dict[str, dict[str, Any]] = field(default_factory=dict)
    aliases: Aliases = field(default_factory=Aliases)
    reader: str = ""
    """What found the names, see ``index.prepare.Deriver``."""

    def about(self, facet: str, key: str) -> dict[str, Any]:
        """The decision on a key, empty if there is none."""
        return self.decisions.get(f"{facet}:{key}", {})

    def changed(self, other: NameTable) -> list[str]:
        """The keys that two tables decide differently."""
        keys = self.decisions.keys() | other.decisions.keys()
        return sorted(k for k in keys if self.decisions.get(k) != other.decisions.get(k))


def decide(
    claims: ClaimTable, empty: NameTable, before: NameTable | None, generation: str
) -> NameTable:
    """Decide on all keys: only those with changed claims if ``before`` is of the last decision.

    ``empty`` is the table to be filled; ``before`` is that of the serving generation, which is
    named ``generation``.
    """
    if before is None or claims.decided_for() != generation:
        decided = {key: _decision(key, said) for key, said in claims.said()}
        return replace(empty, decisions={key: made for key, made in decided.items() if made})
    keys = claims.undecided()
    decisions = dict(before.decisions)
    for key in keys:
        decisions.pop(key, None)
    for key, said in claims.said(keys):
        made = _decision(key, said)
        if made:
            decisions[key] = made
    return replace(empty, decisions=decisions)


def write_table(folder: Path, table: NameTable) -> None:
    """Write the table into a generation's folder."""
    value = {"aliases": table.aliases.as_json(), "decisions": table.decisions}
    value["reader"] = table.reader
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    (folder / NAMES).write_text(text, "utf-8")


@lru_cache(maxsize=1)
def read_table(folder: Path) -> NameTable:
    """Read the table of a generation; an empty one when it has none that can be read."""
    try:
        value = json.loads((folder / NAMES).read_text("utf-8"))
        return NameTable(value["decisions"], Aliases.from_json(value["aliases"]), value["reader"])
    except (OSError, ValueError, KeyError, TypeError):
        return NameTable()


def _decision(key: str, said: list[Said]) -> dict[str, Any]:
    decide_on = decide_people if key.startswith(f"{PERSON}:") else decide_place
    return decide_on(said)
