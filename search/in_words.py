"""A search in words, as one would tell a colleague: "with security coordination verbatim".

Pieces tell what was typed from the words around it, so that a page can set them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from search.facet_labels import facet_label
from search.query import (
    And,
    DateIn,
    Everything,
    FacetIs,
    Fuzzy,
    Near,
    NearPart,
    Not,
    Or,
    Pattern,
    Phrase,
    Query,
    Said,
    Word,
)
from search.request import SearchRequest, Sort

_FACET_WORDS = {"person": "naming", "place": "about", "source": "published by", "lang": "in"}
_LONGEST = 240
"""Characters of a query that are told."""
_LISTED = 5
"""Words that are listed one by one; more are told as they were typed."""


class Piece(NamedTuple):
    """Some words; ``typed``: a reader's own."""

    text: str
    typed: bool = False


Pieces = list[Piece]
_VERBATIM = Piece(" verbatim")
_QUOTED = Piece(" quoted")


def query_in_words(query: Query) -> tuple[Piece, ...]:
    """Return what a query asks of releases: "with ..., without ..., dated ...".

    Empty for Everything. Joined as they are, the pieces are a phrase that goes on after "releases".
    """
    children = query.children if isinstance(query, And) else (query,)
    wanted = [child for child in children if not isinstance(child, Not | FacetIs | DateIn)]
    wanted = [child for child in wanted if not isinstance(child, Everything)]
    clauses: list[Pieces] = []
    if wanted:
        clauses.append([Piece("with "), *_wanted(wanted)])
    unwanted = [_part(child.child) for child in children if isinstance(child, Not)]
    if unwanted:
        clauses.append([Piece("without "), *_listed(unwanted, "or")])
    clauses += [_condition(child) for child in children if isinstance(child, FacetIs | DateIn)]
    return tuple(_cut(_separated(clauses, ", ")))


def filters_in_words(request: SearchRequest) -> tuple[str, ...]:
    """Return the filters in force, each a phrase: "in 2019", "about Russia", "not in French"."""
    chosen = {
        "person": request.people,
        "place": request.places,
        "source": request.sources,
        "lang": request.langs,
    }
    found = [period_in_words(request.date_from, request.date_to)]
    if request.undated:
        found = ["without a date"]
    found += [
        f"{facet_words(facet)} {_spoken([facet_label(facet, value) for value in values], 'or')}"
        for facet, values in chosen.items()
        if values
    ]
    found += [f"not {facet_words(f)} {facet_label(f, value)}" for f, value in request.excluded]
    return tuple(phrase for phrase in found if phrase)


def search_in_words(
    query: Sequence[tuple[str, bool]], request: SearchRequest, relaxed: bool = False
) -> str:
    """Return a whole search as a sentence without a full stop: "Releases with ..., in 2019"."""
    said = "".join(f"“{text}”" if typed else text for text, typed in query)
    if relaxed:
        said += " or most of these words"
    clauses = [clause for clause in (said, *filters_in_words(request)) if clause]
    sentence = "Releases " + ", ".join(clauses) if clauses else "All releases"
    return sentence if request.sort is Sort.RELEVANCE else f"{sentence}, {request.sort} first"


def facet_words(facet: str) -> str:
    """Return what stands before a value of a facet in a sentence."""
    return _FACET_WORDS[facet]


def period_in_words(first: str, last: str) -> str:
    """Return a range of dates in a sentence, either end open when empty; nothing for both."""
    begins, ends = (facet_label("date", value) if value else "" for value in (first, last))
    if first and first == last:
        return f"{'on' if len(first) == 10 else 'in'} {begins}"
    if first and last:
        return f"from {begins} to {ends}"
    return f"from {begins} on" if first else f"up to {ends}" if last else ""


def _wanted(queries: Sequence[Query]) -> Pieces:
    if len(queries) > _LISTED and all(isinstance(query, Word) for query in queries):
        typed = " ".join(query.text for query in queries if isinstance(query, Word))
        return [Piece("the words "), Piece(typed, True)]
    if len(queries) == 1 and isinstance(queries[0], Or):
        return _listed([_part(child) for child in queries[0].children], "or")
    by_speaker: dict[tuple[str, ...], list[Said]] = {}
    for query in queries:
        if isinstance(query, Said):
            by_speaker.setdefault(query.terms, []).append(query)
    parts = [_part(query) for query in queries if not isinstance(query, Said)]
    return _listed([*parts, *map(_said, by_speaker.values())], "and")


def _part(query: Query) -> Pieces:
    """Return one part of a query, to stand in a list or beside others."""
    if isinstance(query, And | Or):
        few, many = ("both ", "all of ") if isinstance(query, And) else ("either ", "any of ")
        parts = [_part(child) for child in query.children]
        opening = few if len(parts) == 2 else many
        return [Piece(opening), *_listed(parts, "and" if isinstance(query, And) else "or")]
    if isinstance(query, Not):
        return [Piece("not "), *_part(query.child)]
    if isinstance(query, FacetIs):
        return [Piece(f"a {query.facet} called "), Piece(query.text, True)]
    if isinstance(query, DateIn):
        return [Piece("a date "), Piece(_days(query))]
    if isinstance(query, Near):
        between = f" within {query.within} words of " if query.within > 1 else " right beside "
        if not query.within:
            between = f" in one {'sentence' if query.sentence else 'passage'} with "
        return [*_bare(query.left), Piece(between), *_bare(query.right)]
    if isinstance(query, Said):
        return _said([query])
    return [Piece("anything")] if isinstance(query, Everything) else _leaf(query)


def _said(queries: Sequence[Said]) -> Pieces:
    """Return what one person said: "a and b said by X", "X quoted"."""
    words = [_part(query.leaf) for query in queries if query.leaf is not None]
    speaker = Piece(queries[0].text, True)
    return [*_listed(words, "and"), Piece(" said by "), speaker] if words else [speaker, _QUOTED]


def _bare(part: NearPart) -> Pieces:
    """Return what stands beside a ``/5`` without "verbatim", which would part it from that."""
    return [piece for piece in _part(part) if piece != _VERBATIM]


def _leaf(leaf: Word | Phrase | Pattern | Fuzzy) -> Pieces:
    found = [Piece(leaf.text, True)]
    if isinstance(leaf, Phrase) and len(leaf.terms) > 1:
        found.append(Piece(" in a row") if leaf.wild else _VERBATIM)
    elif isinstance(leaf, Pattern):
        begun = leaf.text.removesuffix("*")
        open_end = leaf.text.endswith("*") and not any(sign in begun for sign in "*?")
        found = [Piece("words beginning "), Piece(begun, True)] if open_end else found
        found = found if open_end else [Piece("words like "), *found]
    elif isinstance(leaf, Fuzzy):
        letters = "one letter" if leaf.distance == 1 else f"up to {leaf.distance} letters"
        found.append(Piece(f" or a word {letters} off"))
    return [*found, Piece(" in the headline")] if leaf.field else found


def _condition(leaf: FacetIs | DateIn) -> Pieces:
    if isinstance(leaf, DateIn):
        return [Piece(_days(leaf))]
    return [Piece(f"{facet_words(leaf.facet)} "), Piece(leaf.text, True)]


def _days(leaf: DateIn) -> str:
    """Return the days of a condition as short as they can be said: a year is not its days."""
    first, last = leaf.first_day, leaf.last_day
    if first and last and first[:4] == last[:4] and first[5:] == "01-01" and last[5:] == "12-31":
        return period_in_words(first[:4], first[:4])
    if first and last and first != last and first[:7] == last[:7] and first[8:] == "01":
        return period_in_words(first[:7], first[:7])
    return period_in_words(first, last)


def _listed(parts: Sequence[Pieces], word: str) -> Pieces:
    """Return parts as a list in a sentence: "a", "a and b", "a, b and c"."""
    found: Pieces = []
    for place, part in enumerate(parts):
        if place:
            found.append(Piece(f" {word} " if place == len(parts) - 1 else ", "))
        found += part
    return found


def _spoken(values: Sequence[str], word: str) -> str:
    return "".join(piece.text for piece in _listed([[Piece(value)] for value in values], word))


def _cut(pieces: Pieces) -> Pieces:
    """Return the pieces up to a bearable length."""
    room = _LONGEST
    for place, piece in enumerate(pieces):
        if len(piece.text) > room:
            return [*pieces[:place], Piece(f"{piece.text[:room].rstrip()}…", piece.typed)]
        room -= len(piece.text)
    return pieces


def _separated(clauses: Iterable[Pieces], separator: str) -> Pieces:
    found: Pieces = []
    for clause in clauses:
        found += [Piece(separator), *clause] if found else clause
    return found
