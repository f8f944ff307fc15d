"""A reader's text to a query tree. Any text gives an answer; troubles become warnings.

The grammar, loosest first::

    either  = both { "OR" both }
    both    = single { ["AND"] single }
    single  = { "NOT" | "-" } near
    near    = operand [ ("/5" | "/s" | "/p") operand ]
    operand = [field ":"] ( words | '"' phrase '"' | "(" either ")" )

``said:name(either)`` puts the words in that person's mouth (``search.said``).
Operators that join nothing are dropped with a warning, so the grammar has no errors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from index.analysis import tokenize
from search.dates import read_date_field
from search.lexer import OPERATORS, Kind, Lexeme, Notes, lex
from search.near_parts import in_field, near_part, typed, words_apart
from search.query import (
    TITLE,
    And,
    Everything,
    FacetIs,
    Fuzzy,
    Near,
    Pattern,
    Phrase,
    Query,
    Said,
    all_of,
    any_of,
    is_wild,
    none_of,
    text_leaves,
)
from search.request import QueryWarning
from search.said import in_their_words
from search.words import MAX_TERMS, only_words, phrase_terms, read_chunk

MAX_LEAVES = 192
"""Words, phrases and conditions of one query; what follows is ignored, with a warning."""
MAX_COSTLY = 16
"""Quotations, patterns, misspelt words and nearnesses of one query: each looks into passages."""

_FACETS = ("person", "place", "source")
_SAID = "said"
_DATES = ("date", "after", "before")
_VALUES = (Kind.WORDS, Kind.PHRASE, Kind.OPEN)
_JOINING = (Kind.OPEN, Kind.OR)
_OPERANDS = (*_VALUES, Kind.FIELD, Kind.NOT)
_OPERANDS_OF_NEAR = (*_VALUES, Kind.FIELD)
_SENTENCE = "/s"
"""The operator "in one sentence"."""


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """What a text was understood to ask, and what in it was not understood."""

    query: Query
    warnings: tuple[QueryWarning, ...]


def parse_query(text: str, today: date | None = None) -> ParsedQuery:
    """Return the query tree of ``text`` with warnings by position; never raises.

    ``today`` decides what ``date:yesterday`` means; None: the day it is.
    """
    if plain := only_words(text):
        return ParsedQuery(all_of(plain) or Everything(), ())
    notes = Notes()
    lexemes = lex(text, notes)
    day = today or date.today()
    query = _Parser(lexemes, notes, day).parse()
    operators = [x for x in lexemes if x.text in OPERATORS or x.kind is Kind.NEAR]
    if query is None and operators:
        # Nothing but operators: ``OR`` may be meant as a word (Oregon), so look for it.
        notes = Notes()
        notes.add(f"“{operators[0].text}” stands alone: searched as a word", operators[0].start)
        words = [replace(operator, kind=Kind.WORDS) for operator in operators]
        query = _Parser(words, notes, day).parse()
    if query is None and lexemes:
        notes.add("there is nothing to search for in this text", lexemes[0].start)
    return ParsedQuery(query if query is not None else Everything(), notes.in_order())


class _Parser:
    """Recursive descent over the lexemes of one text (the lexer has bounded their depth)."""

    def __init__(self, lexemes: Sequence[Lexeme], notes: Notes, today: date) -> None:
        self._lexemes = lexemes
        self._notes = notes
        self._today = today
        self._at = 0
        self._leaves = 0
        self._costly = 0

    def parse(self) -> Query | None:
        """Return the tree, or None when there is nothing to search for."""
        return self._either("")

    def _peek(self, ahead: int = 0) -> Kind | None:
        at = self._at + ahead
        return self._lexemes[at].kind if at < len(self._lexemes) else None

    def _take(self) -> Lexeme:
        self._at += 1
        return self._lexemes[self._at - 1]

    def _either(self, field: str) -> Query | None:
        found = [self._both(field)]
        while self._peek() is Kind.OR:
            nothing_before = self._at == 0 or self._lexemes[self._at - 1].kind in _JOINING
            operator = self._take()
            if nothing_before or self._peek() in (None, Kind.CLOSE, Kind.AND):
                self._joins_nothing(operator)
            found.append(self._both(field))
        return any_of([query for query in found if query is not None])

    def _both(self, field: str) -> Query | None:
        found: list[Query | None] = []
        whole = False
        while (kind := self._peek()) not in (None, Kind.OR, Kind.CLOSE):
            if kind is Kind.AND:
                operator = self._take()
                if not found or self._peek() not in _OPERANDS:
                    self._joins_nothing(operator)
                elif self._peek() is not Kind.NOT:
                    whole = True
            elif kind is Kind.NEAR:
                self._joins_nothing(self._take())
            else:
                found.append(self._single(field))
        queries = [query for query in found if query is not None]
        whole = whole or any(isinstance(query, And) and query.whole for query in queries)
        return all_of(in_their_words(queries), whole)

    def _single(self, field: str) -> Query | None:
        negations: list[Lexeme] = []
        while self._peek() is Kind.NOT:
            negations.append(self._take())
        if negations and self._peek() not in _OPERANDS:
            self._notes.add(
                f"“{negations[-1].text}” has nothing to exclude here and was ignored",
                negations[-1].start,
            )
            return None
        operand = self._near(field)
        return none_of(operand) if operand is not None and len(negations) % 2 else operand

    def _near(self, field: str) -> Query | None:
        """Read an operand, and the one after ``/5`` when there is one."""
        query = self._operand(field)
        while self._peek() is Kind.NEAR and self._peek(1) in _OPERANDS_OF_NEAR:
            operator = self._take()
            right = self._operand(field)
            if query is None or right is None:
                self._joins_nothing(operator)
                query = right if query is None else query
            else:
                apart = all_of(in_their_words([query, right]))
                query = self._nearness(query, operator, right) or apart
        return query

    def _nearness(self, left: Query, operator: Lexeme, right: Query) -> Near | None:
        """Return the two as near each other; None, and a warning, where that cannot be."""
        reason = ""
        if isinstance(left, Near):
            reason = f"“{operator.text}” joins two words, not three"
        elif not (near_part(left) and near_part(right)):
            reason = (
                f"“{operator.text}” stands between words, quotations, patterns, or some of these"
                " joined by OR"
            )
        elif self._costly >= MAX_COSTLY:
            reason = f"a query can ask {MAX_COSTLY} times for quotations and words near each other"
        else:
            self._costly += 1
            leaves = [*text_leaves(left), *text_leaves(right)]
            # A passage is in the title or is not.
            field = next((leaf.field for leaf in leaves if leaf.field), "")
            return Near(
                f"{typed(left)} {operator.text} {typed(right)}",
                in_field(left, field),
                in_field(right, field),
                words_apart(operator, self._notes),
                operator.text == _SENTENCE,
            )
        self._notes.add(f"{reason}: these words may stand anywhere", operator.start)
        return None

    def _operand(self, field: str) -> Query | None:
        lexeme = self._take()
        if lexeme.kind is Kind.OPEN:
            return self._group(lexeme, field)
        if lexeme.kind is Kind.FIELD:
            return self._fielded(lexeme, field)
        return self._leaf(lexeme, field)

    def _leaf(self, lexeme: Lexeme, field: str) -> Query | None:
        if field in _FACETS:
            return self._facet(lexeme, field)
        if field == _SAID:
            return self._speaker(lexeme)
        if lexeme.kind is Kind.PHRASE:
            return self._phrase(lexeme, field)
        return self._words(lexeme, field)

    def _group(self, opening: Lexeme, field: str) -> Query | None:
        if self._peek() in (None, Kind.CLOSE):
            self._notes.add("there is nothing in these parentheses", opening.start)
        query = self._either(field)
        if self._peek() is Kind.CLOSE:
            self._take()
        return query

    def _fielded(self, name: Lexeme, outer: str) -> Query | None:
        """Read ``name:`` with its value; ``outer`` is the field of the parentheses around."""
        kind = self._peek()
        if kind not in _VALUES:
            self._notes.add(f"“{name.text}:” needs a value after it", name.start)
            return self._leaf(name, outer)
        if name.text in (TITLE, _SAID, *_FACETS):
            return self._operand(name.text)
        if kind is Kind.OPEN:
            self._notes.add(f"“{name.text}:” needs a date, not parentheses", name.start)
            return self._operand(outer)
        value = self._lexemes[self._at]
        dated = read_date_field(name.text, value.text, name.start, self._notes, self._today)
        if dated is None:
            return self._operand(outer)
        self._take()
        return all_of([dated] if self._room(name.start) else [])

    def _speaker(self, lexeme: Lexeme) -> Query | None:
        """Read who said it, and the parentheses that follow at once with what was said."""
        named = self._facet(lexeme, _SAID)
        after = self._lexemes[self._at : self._at + 1]
        end = lexeme.start + len(lexeme.text) + (2 if lexeme.kind is Kind.PHRASE else 0)
        glued = bool(after) and after[0].kind is Kind.OPEN and after[0].start == end
        words = self._group(self._take(), "") if glued else None
        if not isinstance(named, FacetIs):
            return words
        speaker = Said(named.text, named.terms, None, lexeme.start)
        return all_of(in_their_words([speaker] if words is None else [speaker, words]))

    def _facet(self, lexeme: Lexeme, facet: str) -> Query | None:
        tokens = tokenize(lexeme.text)[:MAX_TERMS]
        if lexeme.kind is not Kind.PHRASE and any(sign in lexeme.text for sign in "*~"):
            self._notes.add(f"“*” and “~” have no meaning after “{facet}:”", lexeme.start)
        if not tokens or not self._room(lexeme.start):
            return None
        text = lexeme.text[tokens[0].start : tokens[-1].end]
        return FacetIs(facet, " ".join(text.split()), tuple(token.term for token in tokens))

    def _phrase(self, lexeme: Lexeme, field: str) -> Query | None:
        terms = phrase_terms(lexeme.text, lexeme.start + 1, self._notes)
        if len(terms) > MAX_TERMS:
            self._notes.add(
                f"only the first {MAX_TERMS} words of this quotation were searched", lexeme.start
            )
        if not terms or not self._room(lexeme.start, costly=True):
            return None
        kept = terms[:MAX_TERMS]
        opened = "*" in lexeme.text or any(map(is_wild, kept))
        text = " ".join(kept if opened else lexeme.text.split())
        return Phrase(text, kept, field)

    def _words(self, lexeme: Lexeme, field: str) -> Query | None:
        if self._leaves > MAX_LEAVES:
            return None
        leaves = read_chunk(lexeme.text, lexeme.start, self._notes, field)
        return all_of(
            [leaf for leaf in leaves if self._room(lexeme.start, isinstance(leaf, Pattern | Fuzzy))]
        )

    def _room(self, position: int, costly: bool = False) -> bool:
        """Count one more leaf; False (and a warning, once) when there are too many."""
        if costly and self._costly == MAX_COSTLY:
            self._notes.add(
                f"a query can have {MAX_COSTLY} quotations, patterns and misspelt words:"
                " the others were ignored",
                position,
            )
        self._costly += costly
        self._leaves += 1
        if self._leaves == MAX_LEAVES + 1:
            self._notes.add(
                f"a query can have {MAX_LEAVES} words: those from here on were ignored", position
            )
        return self._leaves <= MAX_LEAVES and (not costly or self._costly <= MAX_COSTLY)

    def _joins_nothing(self, operator: Lexeme) -> None:
        self._notes.add(
            f"“{operator.text}” has nothing to join here and was ignored", operator.start
        )
