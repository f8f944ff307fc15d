"""What may stand on either side of ``/5``: words, phrases, patterns, alternatives of these."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeGuard

from search.query import Fuzzy, NearPart, Or, Pattern, Phrase, Query, Word, text_leaves


def near_part(query: Query) -> TypeGuard[NearPart]:
    """Whether a query can stand beside ``/5``."""
    alternatives = query.children if isinstance(query, Or) else (query,)
    return all(isinstance(child, Word | Phrase | Pattern | Fuzzy) for child in alternatives)


def typed(part: NearPart) -> str:
    """Return a part as it was typed."""
    return " OR ".join(leaf.text for leaf in text_leaves(part))


def in_field(part: NearPart, field: str) -> NearPart:
    """Return a part limited to a field, or to none."""
    if isinstance(part, Or):
        return Or(tuple(replace(leaf, field=field) for leaf in text_leaves(part)))
    return replace(part, field=field)
