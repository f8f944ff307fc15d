"""Synonyms and abbreviations: what else is looked for when one form of a name is typed.

The table is a small TOML file that an operator can replace. Applied to the query, never to the
index, so that a change takes effect with the next start of the site.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.analysis import STOP_WORDS, surface_terms
from index.errors import SettingsError
from search.query import And, Phrase, Query, Synonyms, Word, all_of
from search.request import Also

SHIPPED = Path(__file__).with_name("synonyms.toml")
MAX_EXPANDED = 4
"""Names of one query that others are looked for beside; each costs as much as a quotation."""

Terms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Form:
    """One form of a group: as written, its terms, and the number of its group."""

    written: str
    terms: Terms
    group: int

    @property
    def common(self) -> bool:
        """Whether it is spelt like a common word, and would be found everywhere."""
        return len(self.terms) == 1 and self.terms[0] in STOP_WORDS


class SynonymTable:
    """The groups of a table, looked up by their forms' terms."""

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        self._groups: list[list[_Form]] = []
        self._by_terms: dict[Terms, _Form] = {}
        for number, written in enumerate(groups):
            forms = [_Form(form, surface_terms(form), number) for form in written]
            self._groups.append([form for form in forms if form.terms])
            for form in self._groups[-1]:
                self._by_terms.setdefault(form.terms, form)
        self._longest = max((len(terms) for terms in self._by_terms), default=0)

    def expand(self, query: Query, literal: Collection[str] = ()) -> tuple[Query, tuple[Also, ...]]:
        """Return the query with what means the same beside its words, and what was put there.

        Only words that must all hold are looked at, outside parentheses, fields and quotation
        marks. ``literal`` are typed forms, in lower case, to be left as they are.
        """
        children = query.children if isinstance(query, And) else (query,)
        shouted = not any(word.text != word.text.upper() for word in _words(children))
        found: list[Query] = []
        said: list[Also] = []
        at = 0
        while at < len(children):
            run, form = self._longest_form(children[at:], shouted and len(children) > 1)
            typed = " ".join(word.text for word in run)
            if form is None or len(said) == MAX_EXPANDED or typed.casefold() in literal:
                found.append(children[at])
                at += 1
                continue
            others = [o for o in self._groups[form.group] if o.terms != form.terms and not o.common]
            found.append(_either(run, others))
            said.append(Also(typed, tuple(other.written for other in others)))
            at += len(run)
        if not said:
            return query, ()
        whole = isinstance(query, And) and query.whole
        return (found[0] if len(found) == 1 else And(tuple(found), whole)), tuple(said)

    def _longest_form(
        self, children: Sequence[Query], shouted: bool
    ) -> tuple[Sequence[Word], _Form | None]:
        """Return the words at the beginning that make the longest form, and that form."""
        run: list[Word] = []
        for child in children[: self._longest]:
            if not isinstance(child, Word) or child.field:
                break
            run.append(child)
        while run:
            terms = tuple(term for word in run for term in word.terms)
            form = self._by_terms.get(terms)
            if form and (len(terms) > 1 or _is_meant(run[0], shouted)):
                return run, form
            run = run[:-1]
        return (), None


def load_synonyms(path: str) -> SynonymTable:
    """Read a table: ``groups``, a list of lists of forms; the shipped one when none is named.

    Raises SettingsError when it cannot be read or is no such table.
    """
    where = Path(path).expanduser() if path else SHIPPED
    try:
        table = tomllib.loads(where.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"the synonyms cannot be read: {error}", where=str(where)) from error
    groups = table.get("groups", []) if table.keys() <= {"groups"} else None
    if not isinstance(groups, list) or not all(
        isinstance(group, list) and all(isinstance(form, str) for form in group) for group in groups
    ):
        raise SettingsError(
            'it must hold "groups", a list of lists of text, and nothing else',
            where=str(where),
            hint='write groups = [["PM", "Prime Minister"], ...]',
        )
    return SynonymTable(groups)


def _is_meant(word: Word, shouted: bool) -> bool:
    """Whether a single word is the abbreviation and not a common word spelt like it."""
    if word.terms[0] not in STOP_WORDS:
        return True
    return word.text == word.text.upper() and not shouted


def _either(run: Sequence[Word], others: Sequence[_Form]) -> Synonyms:
    typed = all_of(run)
    alternatives: list[Query] = [] if typed is None else [typed]
    if len(run) == 1 and run[0].terms[0] in STOP_WORDS:
        alternatives = []  # as a word it is everywhere
    alternatives += [
        Word(form.written, form.terms) if len(form.terms) == 1 else Phrase(form.written, form.terms)
        for form in others
    ]
    return Synonyms(tuple(alternatives))


def _words(children: Sequence[Query]) -> list[Word]:
    return [child for child in children if isinstance(child, Word)]
