"""What must stand in a text, in letter codes, for a leaf of a query to match there.

Needles promise no match, only that there is none without them. A *run* is a row of letters and
digits between two signs or separators: ``O'Brien`` is two runs, ``pension`` is one.

Single words are found by the beginning of a run, read on over signs: whatever has the stem
``secur`` begins with ``secur``. Words in a row are found by all of their runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from index.analysis import MAX_TERM_LENGTH
from index.stemming import keeps_its_beginning
from search.leaf_table import LeafTable
from search.letter_codes import is_odd, letter_codes, term_codes
from search.query import Phrase, Word

LONGEST = 8
"""Codes of a needle that are compared: what fits an integer of 64 bits."""

_MAX_SPELLINGS = 4
_HEBREW = re.compile("[א-ת]")
_LONG_NUMBER = re.compile(r"([0-9]{4,})((?:\.[0-9]+)?)\Z")
_THOUSANDS = re.compile(r"(?<=[0-9])(?=(?:[0-9]{3})+\Z)")
_RUN = re.compile(rb"[\x30-\xff]+")  # from ``FIRST_LETTER`` on
_STEM_ENDS = re.compile("(?<=.)[eiy]+\\Z", re.DOTALL)
_WILDCARD = re.compile(r"[*?]")


@dataclass(frozen=True, slots=True)
class Row:
    """Runs that must stand in a row, whole, for a leaf of several terms to match."""

    leaf: int
    terms: tuple[str, ...]
    runs: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Misspelling:
    """First code and least and greatest number of letters of what a fuzzy leaf matches."""

    first: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Needles:
    """All needles of a query.

    ``beginnings`` are for single terms and closed spellings, ``rows`` for words of several terms
    and phrases. ``anchors`` are beginnings one of which a phrase with patterns has: where one
    stands every token is looked at. ``sequences`` says whether there are words in a row.
    ``hard`` is True when some leaf has no needles, so that only a look at every token can tell.
    """

    beginnings: tuple[bytes, ...]
    misspellings: tuple[Misspelling, ...]
    rows: tuple[Row, ...]
    anchors: tuple[bytes, ...]
    sequences: bool
    hard: bool


def needles_of(table: LeafTable) -> Needles:
    """Return the needles of a query's leaves.

    Leaves with an odd letter (see ``search.letter_codes``) need none: only odd chunks match.
    """
    beginnings = {_of_stem(value) for value in table.by_stem}
    beginnings |= {_of_pattern(pattern) for pattern, _ in table.patterns}
    misspellings = [
        Misspelling(code[0], len(fuzzy.term) - fuzzy.distance, _most(fuzzy.term, fuzzy.distance))
        for fuzzy, _ in table.fuzzy
        if (code := term_codes(fuzzy.term[:1]))
    ]
    rows: list[Row] = []
    hard = not all(map(keeps_its_beginning, table.by_stem))
    anchors = {_anchor(terms) for terms, _ in table.wild}
    hard = hard or b"" in anchors
    for at, leaf in enumerate(table.leaves):
        if isinstance(leaf, Phrase) and leaf.wild:
            continue
        if not isinstance(leaf, Word | Phrase) or not leaf.terms:
            continue
        if isinstance(leaf, Word) and len(leaf.terms) == 1:
            continue
        spelled = _rows(at, leaf.terms)
        hard = hard or spelled is None
        rows += spelled or ()
    return Needles(
        tuple(sorted(beginnings - {b""})),
        tuple(misspellings),
        tuple(rows),
        tuple(sorted(anchors)),
        bool(table.sequences or table.wild),
        hard,
    )


@lru_cache(maxsize=10_000)
def _of_stem(value: str) -> bytes:
    """Return what all words of a stem begin with.

    The stemmer takes endings off and puts others in their place: ``hoping`` is ``hope``,
    ``cries`` is ``cri``, ``dying`` is ``die``, ``sensibility`` is ``sensibl``.
    """
    kept = _STEM_ENDS.sub("", value)
    return term_codes(kept[:-1] if kept.endswith("bl") else kept)[:LONGEST]


def _of_pattern(pattern: str) -> bytes:
    return term_codes(_WILDCARD.split(pattern, maxsplit=1)[0])[:LONGEST]


def _anchor(terms: Sequence[str]) -> bytes:
    """Return what the word of a phrase that tells most begins with; empty when none can be told."""
    begun = [_WILDCARD.split(term, maxsplit=1)[0] for term in terms]
    plain = [word for word in begun if word.isascii() and word.isalpha()]
    return term_codes(max(plain, key=len))[:LONGEST] if plain else b""


def _most(term: str, distance: int) -> int:
    most = len(term) + distance
    return most if most < MAX_TERM_LENGTH else 1 << 30  # longer words were cut to this term


def _rows(leaf: int, terms: Sequence[str]) -> list[Row] | None:
    """Return the ways of writing the terms as rows of runs; None when they cannot be told."""
    if any(map(is_odd, terms)):
        return []
    if any(len(term) >= MAX_TERM_LENGTH or _HEBREW.search(term) for term in terms):
        return None  # what was cut off, or where a gershayim stood, is not in the term
    rows: list[Row] = []
    for spelling in product(*(tuple(_spellings(term)) for term in terms)):
        if len(rows) == _MAX_SPELLINGS:
            return None
        runs = tuple(run for term in spelling for run in _RUN.findall(bytes(letter_codes(term))))
        rows.append(Row(leaf, tuple(terms), runs))
    return rows


def _spellings(term: str) -> Iterator[str]:
    """Yield a term as typed and, of numbers, with commas between the thousands."""
    yield term
    parts = term.split("-")
    grouped = [_LONG_NUMBER.sub(_group, part) for part in parts]
    if grouped != parts:
        for written in product(*({*pair} for pair in zip(parts, grouped, strict=True))):
            if [*written] != parts:
                yield "-".join(written)


def _group(number: re.Match[str]) -> str:
    return _THOUSANDS.sub(",", number[1]) + number[2]
