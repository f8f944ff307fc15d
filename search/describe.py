"""A query tree in words: how the text was understood, in the query language itself.

Writing it in the same language makes the echo exact: pasted back into the search box it asks
the same, and a reader learns the notation from it.
"""

from __future__ import annotations

from search.lexer import OPERATORS
from search.query import (
    And,
    DateIn,
    Everything,
    FacetIs,
    Fuzzy,
    Leaf,
    Near,
    Not,
    Or,
    Pattern,
    Phrase,
    Query,
    Said,
    Word,
)


def describe(query: Query) -> str:
    """Return ``query`` as text that ``parse_query`` reads back as the same query.

    ``pensions "security council" -draft after:2019`` gives ``pensions "security council"
    NOT draft date:2019-01-01..``. Everything gives an empty text.
    """
    if isinstance(query, And):
        return (" AND " if query.whole else " ").join(_inside(child) for child in query.children)
    if isinstance(query, Or):
        return " OR ".join(_inside(child) for child in query.children)
    if isinstance(query, Not):
        return "NOT " + _inside(query.child)
    return _leaf(query)


def _inside(query: Query) -> str:
    return f"({describe(query)})" if isinstance(query, And | Or) else describe(query)


def _leaf(leaf: Leaf) -> str:
    if isinstance(leaf, Everything):
        return ""
    if isinstance(leaf, DateIn):
        return f"date:{_period(leaf.first_day, leaf.last_day)}"
    if isinstance(leaf, FacetIs):
        return _named(leaf.facet, leaf.text)
    if isinstance(leaf, Said):
        return _named("said", leaf.text) + (f"({_leaf(leaf.leaf)})" if leaf.leaf else "")
    if isinstance(leaf, Near):
        operator = f"/{leaf.within}" if leaf.within else "/s" if leaf.sentence else "/p"
        return f"{_inside(leaf.left)} {operator} {_inside(leaf.right)}"
    prefix = f"{leaf.field}:" if leaf.field else ""
    if isinstance(leaf, Phrase):
        return f'{prefix}"{leaf.text}"'
    if isinstance(leaf, Fuzzy):
        return f"{prefix}{leaf.text}~{leaf.distance}"
    if isinstance(leaf, Pattern):
        return prefix + leaf.text
    return prefix + _word(leaf)


def _named(field: str, text: str) -> str:
    simple = text.isalpha() and text not in OPERATORS
    return f"{field}:{text}" if simple else f'{field}:"{text}"'


def _word(word: Word) -> str:
    return word.text.lower() if word.text in OPERATORS else word.text


def _period(first: str, last: str) -> str:
    """Return the days as short as they can be said: a year, a month, a day or a range."""
    if first == last:
        return first
    if first[:4] == last[:4] and first.endswith("-01-01") and last.endswith("-12-31"):
        return first[:4]
    return f"{first}..{last}"
