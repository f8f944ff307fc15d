"""Where in a release a person or a place is named: passages by number; pure."""

from __future__ import annotations

from collections.abc import Sequence

from index.analysis import surface_terms

Terms = tuple[str, ...]


def naming_passages(
    passages: Sequence[tuple[int, Terms]], names: Sequence[str], *, by_surname: bool
) -> list[tuple[int, ...]]:
    """Return for each name the numbers of the passages (number, surface terms) that name it.

    A name is found by all of its words in a row; a person as well by the last of them
    (``by_surname``), which is how releases go on after the first mention.
    """
    holding: dict[str, list[int]] = {}
    for place, (_, terms) in enumerate(passages):
        for term in set(terms):
            holding.setdefault(term, []).append(place)
    found = []
    for name in names:
        terms = surface_terms(name)
        wanted = terms[-1:] if by_surname else terms
        places = holding.get(wanted[0], []) if wanted else []
        found.append(tuple(passages[at][0] for at in places if _in_row(wanted, passages[at][1])))
    return found


def _in_row(wanted: Terms, terms: Terms) -> bool:
    width = len(wanted)
    return width == 1 or any(
        terms[at : at + width] == wanted for at in range(len(terms) - width + 1)
    )
