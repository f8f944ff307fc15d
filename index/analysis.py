"""The analyzers: text to terms, the same way when indexing, querying and highlighting.

Two views of the same text:

* *surface terms*, for verbatim phrases, prefixes and highlights: every word, in order, with its
  position, folded but not stemmed, stop words included;
* *stems*, for ranking and for "all these words": one or more per surface term. The first is the
  word's own stem; the rest make parts and joined spellings findable (``covid`` in ``COVID-19``,
  ``email`` in ``e-mail``, ``brien`` in ``O'Brien``).

A token is a word (with inner apostrophes), a number (``10,000`` is ``10000``), an abbreviation
(``U.S.`` is ``u.s``), a name with a sign (``C++``, ``AT&T``), or a code of letters and digits
around a hyphen (``W-2``, ``F-35``, ``COVID-19``). Other hyphened words are one token per part.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from index.charsets import APOSTROPHES, GERSHAYIM, HYPHENS, UNSPACED, WORD, fold
from index.stemming import stem as stem  # of this module's interface
from index.stemming import without_particles

ANALYZER_VERSION = 2
"""Part of the schema fingerprint: raise it when any term changes, and indexes are rebuilt."""

MAX_TERM_LENGTH = 64
"""Longer tokens (pasted keys, encoded data) are cut; in characters."""

_W = f"[{WORD}]"
_CORE = rf"{_W}+(?:(?:[{APOSTROPHES}&]|(?<=\d)[.,](?=\d)|(?<=[א-ת])[{GERSHAYIM}](?=[א-ת])){_W}+)*"
_LETTER = rf"[^\W\d_{UNSPACED}][\u0300-\u036f]*"
_ABBREVIATION = (
    rf"(?<!{_W})(?:(?:{_LETTER}\.){{2,}}(?:{_LETTER}(?!{_W}))?|{_LETTER}\.{_LETTER}(?!{_W}))"
)
_TOKEN = re.compile(
    rf"(?P<abbr>{_ABBREVIATION}(?:[{HYPHENS}]{_CORE})*)"
    rf"|(?P<word>{_CORE}(?:\+\+|\#(?!{_W})|(?:[{HYPHENS}]{_CORE})+)?)"
    rf"|[{UNSPACED}][\u3099\u309a]?"  # with the voicing mark of decomposed Japanese
)
_INNER_HYPHEN = re.compile(f"[{HYPHENS}]")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?\Z")
_HAS_DIGIT = re.compile(r"\d")
_NO_GERSHAYIM = str.maketrans("", "", GERSHAYIM)


class Token(NamedTuple):
    """A surface term where it stands: ``start`` and ``end`` in characters of the text.

    ``joined`` is the closed spelling of a hyphened word, on the first of its parts.
    """

    term: str
    position: int
    start: int
    end: int
    joined: str = ""


def tokenize(text: str) -> list[Token]:
    """Return the tokens of ``text`` in order, positions counted from 0 without gaps."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        raw, start = match.group(), match.start()
        if not raw.isalpha() and _INNER_HYPHEN.search(raw):
            _add_hyphened(tokens, raw, start)
        else:
            term = surface_term(raw)
            if term:
                tokens.append(Token(term, len(tokens), start, match.end()))
    return tokens


def _add_hyphened(tokens: list[Token], raw: str, start: int) -> None:
    parts = _INNER_HYPHEN.split(raw)
    terms = [surface_term(part) for part in parts]
    written = [term for term in terms if term]
    if is_code(written):
        term = "-".join(written)[:MAX_TERM_LENGTH]
        if term:
            tokens.append(Token(term, len(tokens), start, start + len(raw)))
        return
    joined = "".join(written)[:MAX_TERM_LENGTH] if len(written) > 1 else ""
    for part, term in zip(parts, terms, strict=True):
        if term:
            tokens.append(Token(term, len(tokens), start, start + len(part), joined))
            joined = ""
        start += len(part) + 1


def is_code(parts: list[str]) -> bool:
    """Whether the parts (folded) of a hyphened word are one code (W-2, F-35, 2019-09-12)."""
    short = [len(part) == 1 or _HAS_DIGIT.search(part) is not None for part in parts]
    return any(short) if len(parts) == 2 else all(short)


@lru_cache(maxsize=200_000)
def surface_term(raw: str) -> str:
    """Return the term for one token as written; empty for one of joiners and marks alone."""
    term = fold(raw)
    if _GROUPED.match(term):
        return term.replace(",", "")[:MAX_TERM_LENGTH]
    return term.translate(_NO_GERSHAYIM).rstrip(".")[:MAX_TERM_LENGTH]


@lru_cache(maxsize=200_000)
def stems(term: str) -> tuple[str, ...]:
    """Return the stems a surface term is found by: its own first, then those of its parts."""
    own = stem(term)
    if term.isalpha():
        return (own,) if term.isascii() else _with_alternatives(own, term)
    found = [own]
    if "-" in term:
        parts = term.split("-")
        found += [stem(part) for part in parts if part] + [stem("".join(parts))]
    elif "." in term and not _HAS_DIGIT.search(term):
        found.append(term.replace(".", ""))
    elif "'" in term and not term.endswith(("'s", "'")):
        last = term.rsplit("'", 1)[1]
        found += [stem(term.replace("'", ""))] + ([stem(last)] if len(last) > 2 else [])
    elif "&" in term:
        found += [stem(part) for part in term.split("&") if part]
    return tuple(dict.fromkeys(found))


def _with_alternatives(own: str, term: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((own, *map(stem, without_particles(term)))))


def surface_terms(text: str) -> tuple[str, ...]:
    """Return the surface terms of ``text`` in order."""
    return tuple(token.term for token in tokenize(text))


def token_stems(token: Token) -> tuple[str, ...]:
    """Return all stems of a token, the closed spelling of a hyphened word included."""
    own = stems(token.term)
    return (*own, stem(token.joined)) if token.joined else own


def count_stems(tokens: Iterable[Token], weight: int = 1) -> Counter[str]:
    """Count the stems of a text; ``weight`` is what each occurrence counts."""
    counts: Counter[str] = Counter()
    for token in tokens:
        for value in token_stems(token):
            counts[value] += weight
    return counts


# Function words that tell nothing of what a longer query is about. They stay in the index (for
# phrases, and for queries made of nothing else) and leave the score of longer queries.
STOP_WORDS = frozenset(
    """
    a about above after again against all almost also although always am among an and another
    any are around as at be became because become been before being below between both but by
    came can cannot come could did do does doing done down during each either else ever every
    few for from further get give given go had has have having he her here hers herself him
    himself his how however i if in into is it its itself just know let like made make many may
    me might more most much must my myself neither no nor not now of off often on once one only
    onto or other others our ours ourselves out over own per perhaps quite rather really said
    same say see seem shall she should since so some still such than that the their theirs them
    themselves then there therefore these they this those though through thus to together too
    toward towards under until up upon us use used using very via was we well were what when
    where whether which while who whom whose why will with within without would yet you your
    yours yourself yourselves
    """.split()  # noqa: SIM905 - a word list reads better as text
)
