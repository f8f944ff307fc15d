"""The query tree: what a reader's text was understood to ask.

Leaves carry both what was typed (``text``, for echo and warnings) and the surface terms the
analyzer makes of it. Executors and highlights read the tree; only the parser builds it from text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

TITLE = "title"
"""The one field words can be limited to; empty means the whole release."""


ANY_WORD = "*"
"""In a phrase: one word, whichever."""


def is_wild(term: str) -> bool:
    """Whether a term of a phrase is a pattern: no term that is in a text holds these signs."""
    return "*" in term or "?" in term


@dataclass(frozen=True, slots=True)
class Everything:
    """Matches every release: an empty query."""


@dataclass(frozen=True, slots=True)
class Word:
    """One typed word, found in any inflection.

    ``terms`` are its surface terms: one for most words, several for a hyphened word or for a
    script without blanks, which then must stand next to each other. ``joined`` is the closed
    spelling of a hyphened word (``email`` for ``e-mail``), which is found as well, or empty.
    """

    text: str
    terms: tuple[str, ...]
    joined: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Quoted words: these surface terms in this order, nothing between, in one passage.

    A term with ``*`` or ``?`` stands for every term of that pattern, ``ANY_WORD`` for any word.
    """

    text: str
    terms: tuple[str, ...]
    field: str = ""

    @property
    def wild(self) -> bool:
        """Whether any of the terms is a pattern."""
        return any(map(is_wild, self.terms))


@dataclass(frozen=True, slots=True)
class Pattern:
    """A word with ``*`` (any letters) and ``?`` (one letter), against surface terms.

    ``pattern`` is folded. It begins with at least one letter or digit.
    """

    text: str
    pattern: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word with up to ``distance`` (1 or 2) letters wrong, swapped, missing or too many."""

    text: str
    term: str
    distance: int = 1
    field: str = ""


@dataclass(frozen=True, slots=True)
class Near:
    """``a /5 b``, ``a /s b``, ``a /p b``: two words or phrases in one passage, in either order.

    Either may be a pattern, a word that may be misspelt, or an ``Or`` of any of these. ``within``
    is at most how many words apart they stand, counted between their nearest ends: 1
    is side by side (the last position of the one and the first of the other differ by one). 0
    asks for the same passage only, or with ``sentence`` for the same sentence. Both parts have the
    same ``field``.
    """

    text: str
    left: NearPart
    right: NearPart
    within: int
    sentence: bool = False

    @property
    def field(self) -> str:
        """The field of both parts."""
        return next(text_leaves(self.left)).field


@dataclass(frozen=True, slots=True)
class Said:
    """``said:putin``: releases that quote a person; with ``leaf``, saying that.

    ``terms`` are surface terms that stand next to each other in the person's name. ``leaf`` must
    stand inside one quotation of theirs. ``position`` is where it was typed.
    """

    text: str
    terms: tuple[str, ...]
    leaf: Word | Phrase | Pattern | Fuzzy | Near | None = None
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class FacetIs:
    """``person:``, ``place:``, ``source:``: releases with a value of it that holds these words.

    ``terms`` are surface terms that must stand in the value in this order: ``person:putin`` and
    ``person:"Vladimir Putin"`` both find ``Vladimir Putin``, and also ``Vladimir V. Putin``.
    """

    facet: str
    text: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DateIn:
    """``date:``, ``after:`` (from that day on) and ``before:`` (up to and with that day).

    Both ends are ISO days or empty for open; releases without a date never match.
    """

    text: str
    first_day: str
    last_day: str


@dataclass(frozen=True, slots=True)
class And:
    """All of the children. At the top of a tree, its plain words may be relaxed.

    Not where ``whole``: the reader wrote ``AND`` between them.
    """

    children: tuple[Query, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the children."""

    children: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Synonyms(Or):
    """What was typed, first, and what means the same: scored as whichever scores best.

    Only ``search.synonyms`` builds it.
    """


@dataclass(frozen=True, slots=True)
class Not:
    """Releases that the child does not match."""

    child: Query


Leaf: TypeAlias = Everything | Word | Phrase | Pattern | Fuzzy | Near | Said | FacetIs | DateIn
Query: TypeAlias = Leaf | And | Or | Not
TextLeaf: TypeAlias = Word | Phrase | Pattern | Fuzzy
"""The leaves that match text and can be marked in it."""
NearPart: TypeAlias = TextLeaf | Or
"""What stands on either side of a ``Near``; an ``Or`` has text leaves only."""


def text_leaves(query: Query) -> Iterator[TextLeaf]:
    """Yield the leaves that say which text is wanted, left to right; none below a Not.

    Of a ``Near`` these are those of its two parts: they are counted and marked wherever they stand.
    """
    if isinstance(query, And | Or):
        for child in query.children:
            yield from text_leaves(child)
    elif isinstance(query, Near):
        yield from text_leaves(query.left)
        yield from text_leaves(query.right)
    elif isinstance(query, Said) and query.leaf is not None:
        yield from text_leaves(query.leaf)
    elif isinstance(query, Word | Phrase | Pattern | Fuzzy):
        yield query


def all_of(queries: Sequence[Query], whole: bool = False) -> Query | None:
    """Return the queries as one And: flat, a single one itself, None for none."""
    flat: list[Query] = []
    for query in queries:
        if isinstance(query, And):
            flat.extend(query.children)
            whole = whole or query.whole
        else:
            flat.append(query)
    return flat[0] if len(flat) == 1 else And(tuple(flat), whole) if flat else None


def any_of(queries: Sequence[Query]) -> Query | None:
    """Return the queries as one Or: flat, a single one itself, None for none."""
    flat: list[Query] = []
    for query in queries:
        flat.extend(query.children if isinstance(query, Or) else (query,))
    return flat[0] if len(flat) == 1 else Or(tuple(flat)) if flat else None


def none_of(query: Query) -> Query:
    """Return the opposite of ``query``; the opposite of a Not is its child."""
    return query.child if isinstance(query, Not) else Not(query)
