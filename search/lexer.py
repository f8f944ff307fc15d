"""A reader's text cut into lexemes: words, phrases, parentheses, operators, field names.

Nothing here raises on any text, and nothing takes more than linear time. What a chunk of
letters means (a word, a pattern, a misspelt word) is for ``search.words`` to say, how lexemes
belong together for ``search.parser``.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from index.charsets import GERSHAYIM
from search.request import QueryWarning

MAX_DEPTH = 20
"""Parentheses inside more parentheses than this are ignored, with a warning."""

MAX_WARNINGS = 10
"""A reader is helped by the first few warnings; a hostile text could cause thousands."""

SHOUTED_WORDS = 5
"""With so many words, all in capitals, AND, OR and NOT are words too."""
_WORDS_BETWEEN = 3
"""Fewer words than this for each AND, OR and NOT are a query written with operators."""

FIELDS = ("title", "person", "place", "source", "date", "after", "before", "said")
"""The names that mean something before a colon."""

QUOTES = '"“”„‟«»״＂「」『』'
"""Any of these opens a phrase, and any closes it. The apostrophe does not: it is in words."""

_ENDS, _BEGINS = f"{QUOTES})）", f"{QUOTES}(（"
"""What stands around an "or" that is meant as OR."""

_FIRM_QUOTES = "".join(mark for mark in QUOTES if mark not in GERSHAYIM)

# Besides blanks: control characters, marks of writing direction, zero-width spaces and lone
# surrogates. They come with pasted text and would otherwise stick to operators.
_BLANK = r"\s\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069"
_BLANK += r"\ufeff\ufffe\uffff\ud800-\udfff"
_BLANKS = re.compile(f"[{_BLANK}]+")
_INNER_QUOTE = f"(?<=[א-ת])[{GERSHAYIM}](?=[א-ת])"
_CHUNK = re.compile(f"(?:[^{_BLANK}()（）{QUOTES}]|{_INNER_QUOTE})+")
_CLOSING = re.compile(f"[{_FIRM_QUOTES}]|(?<![א-ת])[{GERSHAYIM}]|[{GERSHAYIM}](?![א-ת])")
_AFTER_PHRASE = re.compile(r"~[0-9]*|\*")
_MINUS = re.compile(rf"(?<![^{_BLANK}()（）])-(?=[^{_BLANK}\-)）])")
_FIELD = re.compile(rf"({'|'.join(FIELDS)}):", re.IGNORECASE | re.ASCII)
# No year: ``12 /2019``. As other services write it too: ``w/5``, ``NEAR/5``.
_NEAR = re.compile(r"(?:w|near)?(/(?:[0-9]{1,3}|[sp]))\Z", re.IGNORECASE)
_FIELD_LIKE = re.compile(r"([A-Za-z]{2,30}):(?!//)")


class Kind(Enum):
    """What a lexeme is."""

    WORDS = auto()
    PHRASE = auto()
    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    FIELD = auto()
    NEAR = auto()


_SIGNS = {"&&": Kind.AND, "||": Kind.OR}
"""What other search engines write for AND and OR; one bar alone stands in titles of pages."""

OPERATORS = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT}
"""Only in capitals: in lower case these are words, and in a text that is all in capitals."""
_JOINING = OPERATORS | _SIGNS


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of the query; ``start`` counts characters of the whole text from 0.

    ``text`` is what is between the quotes of a phrase, and the lower-case name of a field.
    """

    kind: Kind
    text: str
    start: int


@dataclass(slots=True)
class Notes:
    """Warnings as they arise while one text is read."""

    found: list[QueryWarning] = field(default_factory=list)

    def add(self, message: str, position: int) -> None:
        """Note a trouble and its place; the same trouble at the same place only once."""
        warning = QueryWarning(message, position)
        if len(self.found) < MAX_WARNINGS and warning not in self.found:
            self.found.append(warning)

    def in_order(self) -> tuple[QueryWarning, ...]:
        """Return the warnings by their place in the text."""
        return tuple(sorted(self.found, key=lambda warning: warning.position))


def lex(text: str, notes: Notes) -> list[Lexeme]:
    """Return the lexemes of ``text``, parentheses balanced and not too deep."""
    lexemes: list[Lexeme] = []
    at, glued = 0, False
    shouted = _shouted(text)
    while at < len(text):
        if blanks := _BLANKS.match(text, at):
            at, glued = blanks.end(), False
            continue
        lexeme, at = _next(text, at, glued, notes)
        if shouted and lexeme.text in OPERATORS:
            lexeme = replace(lexeme, kind=Kind.WORDS)
        # The value of a field and what a minus negates are words even when they look like AND.
        glued = lexeme.kind in (Kind.FIELD, Kind.NOT)
        lexemes.append(lexeme)
    return _balanced(lexemes, notes)


def _shouted(text: str) -> bool:
    """Whether a text is a sentence in capitals (a headline), whose AND and OR are words.

    Never one with quotation marks: who types these knows operators, and what is quoted would count.
    """
    if text != text.upper() or text.casefold() == text or any(mark in text for mark in QUOTES):
        return False
    chunks = [chunk for chunk in _BLANKS.split(text) if chunk]
    operators = len([chunk for chunk in chunks if chunk in OPERATORS])
    words = len(chunks) - operators
    return words >= SHOUTED_WORDS and operators * _WORDS_BETWEEN <= words


def _next(text: str, at: int, glued: bool, notes: Notes) -> tuple[Lexeme, int]:
    char = text[at]
    if char in "(（":
        return Lexeme(Kind.OPEN, char, at), at + 1
    if char in ")）":
        return Lexeme(Kind.CLOSE, char, at), at + 1
    if char in QUOTES:
        return _phrase(text, at, notes)
    if _MINUS.match(text, at):
        return Lexeme(Kind.NOT, "-", at), at + 1
    if named := _FIELD.match(text, at):
        return Lexeme(Kind.FIELD, named[1].lower(), at), named.end()
    chunk = _CHUNK.match(text, at)
    if chunk is None:  # unreachable: every other character is handled above
        return Lexeme(Kind.WORDS, "", at), at + 1
    if glued:
        kind = Kind.WORDS
    elif near := _NEAR.match(chunk[0]):
        return Lexeme(Kind.NEAR, near[1].lower(), at), chunk.end()
    else:
        kind = _JOINING.get(chunk[0], Kind.WORDS)
    _note_unknown_field(text, chunk[0], at, notes)
    _note_small_or(text, chunk[0], at, notes)
    return Lexeme(kind, chunk[0], at), chunk.end()


def _phrase(text: str, at: int, notes: Notes) -> tuple[Lexeme, int]:
    closing = _CLOSING.search(text, at + 1)
    if closing is None:
        if _BLANKS.sub("", text[at + 1 :]):
            message = "this quotation mark is never closed: everything after it was read as quoted"
        else:
            message = "there is nothing after this quotation mark: it was ignored"
        notes.add(message, at)
        return Lexeme(Kind.PHRASE, text[at + 1 :], at), len(text)
    end = closing.end()
    if extra := _AFTER_PHRASE.match(text, end):
        notes.add(f"“{extra[0]}” has no meaning after a quotation and was ignored", end)
        end = extra.end()
    return Lexeme(Kind.PHRASE, text[at + 1 : closing.start()], at), end


def _note_unknown_field(text: str, chunk: str, at: int, notes: Notes) -> None:
    """Warn of ``foo:bar``; of ``titel: bar`` only when the name is close to a real one.

    Addresses (``http://``) and times (``10:30``) are no fields, and a colon before a blank is
    mostly ordinary punctuation.
    """
    named = _FIELD_LIKE.match(chunk)
    if named is None:
        return
    after = text[at + named.end() : at + named.end() + 1]
    close = difflib.get_close_matches(named[1].lower(), FIELDS, n=1, cutoff=0.75)
    if close or (after and not _BLANKS.match(after)):
        hint = f"; did you mean “{close[0]}:”?" if close else ""
        notes.add(f"there is no field “{named[1]}:”, it was searched as words{hint}", at)


def _note_small_or(text: str, chunk: str, at: int, notes: Notes) -> None:
    """Warn of ``"one phrase" or "another"``: between these nobody means the word."""
    before, after = text[:at].rstrip()[-1:], text[at + len(chunk) :].lstrip()[:1]
    if chunk in ("or", "Or") and before and before in _ENDS and after and after in _BEGINS:
        notes.add(f"“{chunk}” was searched as a word: write OR for either of the two", at)


def _balanced(lexemes: list[Lexeme], notes: Notes) -> list[Lexeme]:
    """Drop parentheses that close nothing or are too deep; warn of those never closed."""
    kept: list[Lexeme] = []
    opened: list[Lexeme] = []
    ignored = 0
    for lexeme in lexemes:
        if lexeme.kind is Kind.OPEN and len(opened) >= MAX_DEPTH:
            ignored += 1
            if ignored == 1:
                notes.add(
                    f"parentheses more than {MAX_DEPTH} deep were ignored from here", lexeme.start
                )
            continue
        if lexeme.kind is Kind.OPEN:
            opened.append(lexeme)
        elif lexeme.kind is Kind.CLOSE and ignored:
            ignored -= 1
            continue
        elif lexeme.kind is Kind.CLOSE and not opened:
            notes.add("this parenthesis closes nothing and was ignored", lexeme.start)
            continue
        elif lexeme.kind is Kind.CLOSE:
            opened.pop()
        kept.append(lexeme)
    for lexeme in opened:
        notes.add("this parenthesis is never closed: it was closed at the end", lexeme.start)
    return kept
