"""Which parts of a query a release must hold, and which it may lack."""

from __future__ import annotations

from dataclasses import replace

from index.analysis import STOP_WORDS
from search.query import TITLE, And, Or, Phrase, Query, Synonyms, Word

_LONG = 5
"""A query of so many words describes what it wants: not even its quotations must be there."""


def loosened(query: And) -> And:
    """Return the query with parts of hyphened words and typed names as words of their own."""
    children: list[Query] = []
    for child in query.children:
        if isinstance(child, Word) and child.joined and not child.field:
            children += [Word(term, (term,)) for term in child.terms]
        elif isinstance(child, Synonyms) and isinstance(child.children[0], And):
            children += child.children[0].children
        else:
            children.append(child)
    return replace(query, children=tuple(children))


def relaxable(query: And) -> tuple[Query, ...]:
    """Return the distinct parts that a release may lack.

    The words, and of a long query the quotations and alternatives too.
    """
    children = required(query)
    words = dict.fromkeys(
        c for c in children if isinstance(c, Synonyms) or (isinstance(c, Word) and not c.field)
    )
    if len(words) < _LONG:
        return tuple(words)
    others = (c for c in children if isinstance(c, Or) or (isinstance(c, Phrase) and not c.field))
    return tuple(dict.fromkeys((*words, *others)))


def required(query: And) -> tuple[Query, ...]:
    """Return the children that must hold: without stop words when two other words are there.

    Stop words tell nothing in a longer query; they count in phrases and in queries of little
    else.
    """
    plain = [c for c in query.children if isinstance(c, Word) and not c.field]
    content = [word for word in plain if not is_stop_word(word)]
    if len(content) < 2:
        return query.children
    return tuple(c for c in query.children if not (isinstance(c, Word) and is_stop_word(c)))


def is_stop_word(word: Word) -> bool:
    """Whether a word is a function word."""
    return len(word.terms) == 1 and word.terms[0] in STOP_WORDS and word.field != TITLE
