"""What ``/5`` asks, and what may stand on either side: words, phrases, patterns, alternatives."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeGuard

from search.lexer import Lexeme, Notes
from search.query import Fuzzy, NearPart, Or, Pattern, Phrase, Query, Word, text_leaves

MAX_APART = 100
"""The most words that ``/n`` lets stand apart."""


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


def words_apart(operator: Lexeme, notes: Notes) -> int:
    """Return how far apart ``/5`` lets words stand; 0 for ``/s`` and ``/p``."""
    if not operator.text[1:].isdigit():
        return 0
    asked = int(operator.text[1:])
    within = min(max(asked, 1), MAX_APART)
    if within != asked:
        notes.add(
            f"words can be asked to stand 1 to {MAX_APART} words apart:"
            f" “{operator.text}” was read as “/{within}”",
            operator.start,
        )
    return within
