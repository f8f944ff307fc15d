"""Which words of a query somebody must have said: ``said:putin syria``, ``said:putin(syria)``.

The words beside ``said:NAME`` must stand in what that person says: those in the parentheses that
follow the name at once, else those up to the next ``said:`` (and before the first one). Filters,
words of the title and what is left out are about the release.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from search.needed import is_stop_word
from search.query import (
    TITLE,
    And,
    Fuzzy,
    Near,
    Or,
    Pattern,
    Phrase,
    Query,
    Said,
    Synonyms,
    Word,
    text_leaves,
)


def is_speaker(query: Query) -> bool:
    """Whether a part of a query is ``said:`` without words, or alternatives of such."""
    if isinstance(query, Or):
        return all(is_speaker(child) for child in query.children)
    return isinstance(query, Said) and query.leaf is None


def in_their_words(children: Sequence[Query]) -> list[Query]:
    """Return the parts of a query that must all hold, each word with the speaker it belongs to."""
    children = _flat(children)
    places = [place for place, child in enumerate(children) if is_speaker(child)]
    if not places:
        return list(children)
    words: dict[int, list[Query]] = {place: [] for place in places}
    found: list[tuple[int, Query]] = []
    for place, child in enumerate(children):
        if place in words:
            continue
        if _is_wording(child):
            owner = max((p for p in places if p < place), default=places[0])
            words[owner].append(child)
        else:
            found.append((place, child))
    found += [(place, said_by(children[place], said)) for place, said in words.items()]
    return [child for _, child in sorted(found, key=lambda pair: pair[0])]


def said_by(speaker: Query, words: Sequence[Query]) -> Query:
    """Return the query for all of these words in what a speaker, or one of several, says."""
    kept = _without_stop_words(words)
    if not kept:
        return speaker
    if isinstance(speaker, Or):
        return Or(tuple(said_by(one, kept) for one in speaker.children))
    parts = tuple(_put(speaker, word) for word in kept)
    return parts[0] if len(parts) == 1 else And(_flat(parts))


def speakers(query: Query) -> list[Said]:
    """Return each ``said:`` of a query, left to right."""
    if isinstance(query, And | Or):
        return [one for child in query.children for one in speakers(child)]
    return [query] if isinstance(query, Said) else []


def all_is_said(query: Query) -> bool:
    """Whether every word that a query looks for in the text must be said by somebody."""
    if isinstance(query, And | Or):
        return all(all_is_said(child) for child in query.children)
    return isinstance(query, Said) or all(leaf.field == TITLE for leaf in text_leaves(query))


def _put(speaker: Query, words: Query) -> Query:
    if isinstance(words, Or | And):
        kind = Or if isinstance(words, Synonyms) else type(words)
        return kind(tuple(_put(speaker, child) for child in words.children))
    if isinstance(speaker, Said) and isinstance(words, Word | Phrase | Pattern | Fuzzy | Near):
        return replace(speaker, leaf=words)
    return words


def _flat(parts: Sequence[Query]) -> tuple[Query, ...]:
    return tuple(
        child for part in parts for child in (part.children if isinstance(part, And) else (part,))
    )


def _without_stop_words(words: Sequence[Query]) -> Sequence[Query]:
    content = [word for word in words if not (isinstance(word, Word) and is_stop_word(word))]
    return content if content else words


def _is_wording(query: Query) -> bool:
    """Whether a part is words somebody may say: none of the title, no filter, nothing left out."""
    if isinstance(query, And | Or):
        return all(_is_wording(child) for child in query.children)
    if isinstance(query, Near):
        return not query.field
    return isinstance(query, Word | Phrase | Pattern | Fuzzy) and not query.field
