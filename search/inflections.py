"""Inflections in the languages of the archive that are written in Latin letters.

The index holds English stems, for a query does not say its language and neither does a name. What
English endings do not join, *Sicherheiten* and *Sicherheit*, is joined here at query time, from
the words of the archive: those with the same Snowball stem in one of its languages. German words
are found with their umlauts spelt out as well (*Mueller*, *Müller*).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

import Stemmer

from index.analysis import STOP_WORDS, stems
from index.charsets import fold
from search.query import And, Query, Synonyms, Word

_SNOWBALL = {
    "ca": "catalan", "da": "danish", "de": "german", "es": "spanish", "et": "estonian",
    "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hu": "hungarian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "nl": "dutch", "nb": "norwegian",
    "no": "norwegian", "pt": "portuguese", "ro": "romanian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip
"""Languages in Latin letters and their stemmers. Polish and Czech need the accents we drop."""

_LEAST_LETTERS = 4
"""Shorter words and stems say too little: *die*, *des*, *und*."""
_LOOKED_AT = 300
_MOST = 6
"""Other forms of one word, the most frequent ones."""
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_SPELT_OUT = (("ae", "a"), ("oe", "o"), ("ue", "u"))

Completions = Callable[[str, int], Sequence[tuple[str, int]]]
"""The most frequent words that begin with some letters, with their occurrences."""


class Inflections:
    """The stemmers of some languages (ISO 639-1), those in Latin letters but English."""

    def __init__(self, languages: Iterable[str]) -> None:
        names = {_SNOWBALL[language]: language for language in languages if language in _SNOWBALL}
        self._stemmers = {language: Stemmer.Stemmer(name, 0) for name, language in names.items()}

    def expand(self, query: Query, completions: Completions) -> Query:
        """Return the query with other forms of its words beside them.

        Only plain words that must all hold are looked at, as in ``search.synonyms``.
        """
        if not self._stemmers:
            return query
        children = query.children if isinstance(query, And) else (query,)
        found = tuple(
            self._either(child, completions) if isinstance(child, Word) else child
            for child in children
        )
        if found == children:
            return query
        return replace(query, children=found) if isinstance(query, And) else found[0]

    def _either(self, word: Word, completions: Completions) -> Query:
        term = word.terms[0]
        plain = len(word.terms) == 1 and not word.field and not word.joined
        if not plain or not term.isascii() or not term.isalpha() or term in STOP_WORDS:
            return word
        forms = self._forms(term, completions)
        if "de" in self._stemmers:
            forms |= self._spelt(word.text, term, completions)
        own = stems(term)[0]
        others: dict[str, str] = {}  # one form for each English stem finds them all
        for form in sorted(forms, key=lambda form: (-forms[form], form)):
            if stems(form)[0] != own:
                others.setdefault(stems(form)[0], form)
        chosen = [Word(form, (form,)) for form in list(others.values())[:_MOST]]
        return Synonyms((word, *chosen)) if chosen else word

    def _forms(self, term: str, completions: Completions) -> dict[str, int]:
        """Return the words with the stem of a term in any of the languages."""
        found: dict[str, int] = {}
        for stemmer in self._stemmers.values():
            stem = stemmer.stemWord(term)
            if len(stem) < _LEAST_LETTERS:
                continue
            for form, count in completions(stem[:-1] if len(stem) > 5 else stem, _LOOKED_AT):
                if form not in STOP_WORDS and stemmer.stemWord(form) == stem:
                    found[form] = count
        return found

    def _spelt(self, text: str, term: str, completions: Completions) -> dict[str, int]:
        """Return a German word as it is with its umlauts spelt out, or with them put in."""
        spelt = {fold(text.casefold().translate(_UMLAUTS))}
        for letters, umlaut in _SPELT_OUT:
            spelt.add(term.replace(letters, umlaut))
        counts = {form: dict(completions(form, 1)).get(form, 0) for form in spelt - {term}}
        return {form: count for form, count in counts.items() if count}


@lru_cache(8)
def inflections_of(languages: tuple[str, ...]) -> Inflections:
    """Return the inflections of an archive's languages, made once."""
    return Inflections(languages)
