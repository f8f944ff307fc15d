"""One typed chunk without blanks, read as leaves: words, a pattern, a word that may be misspelt."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.analysis import MAX_TERM_LENGTH, Token, is_code, tokenize
from index.charsets import APOSTROPHES, HYPHENS, UNSPACED, WORD, fold
from search.lexer import OPERATORS, Notes
from search.query import ANY_WORD, Fuzzy, Pattern, Word, is_wild

MAX_TERMS = 256
"""Terms of one leaf (a phrase, a run of Chinese); what is typed past them is left out."""

MIN_FUZZY_LENGTH = 4
MIN_FUZZY_LENGTH_TWO = 6
MAX_DISTANCE = 2
MIN_PREFIX = 2
"""Letters before the first ``*``: fewer would match a great part of all words."""

_UNSPACED = re.compile(f"[{UNSPACED}]")
_H = re.escape(HYPHENS)  # safe anywhere inside a class
_HYPHEN = re.compile(f"[{_H}]")
# Parts of a hyphened word that are joiners or marks alone are no tokens.
_HYPHEN_GAP = re.compile(f"[{WORD}]*[{_H}](?:[{WORD}]+[{_H}])*\\Z")
_AFTER_TILDE = re.compile(f"([0-9]?)[^{WORD}{UNSPACED}]*\\Z")
# A question mark is a wildcard only before a letter: ``what is W-2?`` asks about W-2.
_WILDCARD = re.compile(rf"\*|\?(?=[{WORD}])")
_PATTERN = re.compile(
    rf"[^{WORD}*]*([{WORD}*](?:[{WORD}{APOSTROPHES}*?{_H}]*[{WORD}*])?)[^{WORD}*]*\Z"
)
_STARS = re.compile(r"\*[*]+")
_PLAIN = f"[0-9A-Za-z]{{1,{MAX_TERM_LENGTH}}}"
_ONLY_WORDS = re.compile(rf"{_PLAIN}(?: {_PLAIN}){{0,99}}\Z")
_WRITTEN = re.compile(r"\S+")
_ONE_STAR = re.compile(rf"[^{WORD}*?]*\*[^{WORD}*?]*\Z")
MAX_WILD = 4
"""Patterns of one phrase that are looked up."""


def only_words(text: str) -> list[Word] | None:
    """Return the words of a text that is nothing but words of ASCII letters and digits, or None.

    Most queries are: reading them as any other text takes 15 to 30 microseconds.
    """
    if not _ONLY_WORDS.match(text):
        return None
    written = text.split(" ")
    if not OPERATORS.keys().isdisjoint(written):
        return None
    return [Word(word, (word.lower(),)) for word in written]


def word_groups(text: str, tokens: Sequence[Token]) -> list[Sequence[Token]]:
    """Group the tokens of ``text`` as written words: a hyphened word's parts are one group.

    So are the characters of a run in a script without blanks; every other token is its own.
    """
    groups: list[Sequence[Token]] = []
    at = 0
    while at < len(tokens):
        end = group_end(text, tokens, at)
        groups.append(tokens[at:end])
        at = end
    return groups


def group_end(text: str, tokens: Sequence[Token], at: int) -> int:
    """Return the index after the last token of the written word that begins at ``at``."""
    end = at + 1
    if tokens[at].joined:
        while end < len(tokens) and _HYPHEN_GAP.match(
            text[tokens[end - 1].end : tokens[end].start]
        ):
            end += 1
    elif _UNSPACED.match(text, tokens[at].start):
        while (
            end < len(tokens)
            and tokens[end].start == tokens[end - 1].end
            and _UNSPACED.match(text, tokens[end].start)
        ):
            end += 1
    return end


def plain_words(chunk: str, field: str = "") -> list[Word]:
    """Return the words of ``chunk``, wildcards and other signs taken as punctuation."""
    tokens = tokenize(chunk)
    return [
        Word(
            chunk[group[0].start : group[-1].end],
            tuple(token.term for token in group[:MAX_TERMS]),
            _joined(group),
            field,
        )
        for group in word_groups(chunk, tokens)
    ]


def _joined(group: Sequence[Token]) -> str:
    """Return the closed spelling: of peace-keepers, and of e-mail, which is a single term."""
    if len(group) > 1:
        return group[0].joined
    parts = group[0].term.split("-")
    return "".join(parts) if len(parts) > 1 and all(map(str.isalpha, parts)) else ""


def read_chunk(
    chunk: str, start: int, notes: Notes, field: str = ""
) -> list[Word | Pattern | Fuzzy]:
    """Return the leaves of a chunk that stands at ``start`` of the query."""
    found: list[Word | Pattern | Fuzzy] | None = None
    if "~" in chunk:
        found = _read_fuzzy(chunk, start, notes, field)
    elif _WILDCARD.search(chunk):
        found = _read_pattern(chunk, start, notes, field)
    return found if found is not None else [*plain_words(chunk, field)]


def phrase_terms(text: str, start: int, notes: Notes) -> tuple[str, ...]:
    """Return the terms of quoted words that begin at ``start`` of the query, patterns as they are.

    A star that stands alone is any one word, where words stand on both sides of it.
    """
    if not _WILDCARD.search(text):
        return tuple([token.term for token in tokenize(text)])
    terms: list[str] = []
    done = 0
    for written in _WRITTEN.finditer(text):
        found = _wild_terms(written[0], start + written.start(), notes)
        if found:
            terms += [token.term for token in tokenize(text[done : written.start()])]
            terms += found
            done = written.end()
    terms += [token.term for token in tokenize(text[done:])]
    inner = [place for place, term in enumerate(terms) if term != ANY_WORD]
    if not inner:
        return ()
    if inner[-1] - inner[0] + 1 < len(terms):
        star = text.index("*") if inner[0] else text.rindex("*")
        notes.add("“*” at an end of a quotation asks for nothing and was ignored", start + star)
    return _looked_up(terms[inner[0] : inner[-1] + 1], start, notes)


def _wild_terms(written: str, start: int, notes: Notes) -> list[str]:
    """Return the terms of a written word of a phrase that has a pattern in it, else none."""
    if not _WILDCARD.search(written):
        return []
    if _ONE_STAR.match(written):
        return [ANY_WORD]
    terms: list[str] = []
    leaves = _read_pattern(written, start, notes, "") or []
    for leaf in leaves:
        terms += [leaf.pattern] if isinstance(leaf, Pattern) else []
        terms += leaf.terms if isinstance(leaf, Word) else []
    return terms if any(isinstance(leaf, Pattern) for leaf in leaves) else []


def _looked_up(terms: Sequence[str], start: int, notes: Notes) -> tuple[str, ...]:
    """Return the terms of a phrase with any word in place of the patterns that are too many."""
    patterns = [place for place, t in enumerate(terms) if is_wild(t) and t != ANY_WORD]
    if len(patterns) <= MAX_WILD:
        return tuple(terms)
    notes.add(
        f"only {MAX_WILD} patterns of this quotation were searched: any word may stand in place of"
        " the others",
        start,
    )
    further = set(patterns[MAX_WILD:])
    kept = [ANY_WORD if place in further else term for place, term in enumerate(terms)]
    while kept[-1] == ANY_WORD:
        kept.pop()
    return tuple(kept)


def _read_fuzzy(
    chunk: str, start: int, notes: Notes, field: str
) -> list[Word | Pattern | Fuzzy] | None:
    base, _, rest = chunk.rpartition("~")
    match = _AFTER_TILDE.match(rest)
    if match is None or not base:
        return None
    wanted = int(match[1] or 1)
    tokens = tokenize(base)
    if tokens and tokens[-1].term.isdigit():
        return None  # ``5~6`` is a range
    words: list[Word | Pattern | Fuzzy] = [*plain_words(base, field)]
    if wanted == 0 or not tokens:
        return words
    if len(tokens) > 1:
        notes.add(f"“~” works for a single word only: “{base}” was searched as typed", start)
        return words
    token = tokens[0]
    if len(token.term) < MIN_FUZZY_LENGTH:
        notes.add(f"“{base}” is too short for “~” and was searched as typed", start)
        return words
    most = MAX_DISTANCE if len(token.term) >= MIN_FUZZY_LENGTH_TWO else 1
    if wanted > most:
        notes.add(f"“{chunk}” was searched with at most {most} wrong letters", start)
    return [Fuzzy(base[token.start : token.end], token.term, min(wanted, most), field)]


def _read_pattern(
    chunk: str, start: int, notes: Notes, field: str
) -> list[Word | Pattern | Fuzzy] | None:
    if _UNSPACED.search(chunk):
        return None  # every character is a token there, so a longer word is found anyway
    match = _PATTERN.match(chunk)
    if match is None:
        if "*" in chunk:  # a question mark alone is more likely part of an address
            notes.add(f"“*” has no meaning in “{chunk}”: it was searched as words", start)
        return None
    typed = match[1]
    if not _WILDCARD.search(typed):
        return None  # ``?word``
    parts = _HYPHEN.split(typed)
    bare = [fold(part.strip("*?")) for part in parts]
    if len(parts) > 1 and all(bare) and not is_code(bare):
        # The index holds one term per part, so each part is a word or a pattern of its own.
        return [leaf for part in parts for leaf in read_chunk(part, start, notes, field)]
    pattern = _STARS.sub("*", fold(typed))[:MAX_TERM_LENGTH]
    stem = pattern.split("*", 1)[0]
    if not pattern[:1].isalnum():
        if tokenize(chunk):
            notes.add(f"“{chunk}”: a word cannot begin with “*”, it was searched without", start)
        return None
    if "*" in pattern and sum(char.isalnum() for char in stem) < MIN_PREFIX:
        notes.add(
            f"“{chunk}” would match too many words and was searched without “*”: "
            f"write at least {MIN_PREFIX} letters before it",
            start,
        )
        return None
    return [Pattern(typed, pattern, field)]
