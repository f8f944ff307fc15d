"""The word lists that entity rules consult, read once from ``index/entities/data``.

Every set is in lower case without accents, with straight apostrophes and without a final stop, as
``Word.key`` is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from index.entities.cases import other_cases
from index.entities.word_lists import lines


def fold(text: str) -> str:
    """The text without accents."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFD", text)
    return "".join(char for char in parts if not unicodedata.combining(char))


def word_set(text: str) -> frozenset[str]:
    """The words of a text, for short lists written in the code that uses them."""
    return frozenset(text.split())


def _words(name: str) -> frozenset[str]:
    return _keys(word for line in lines(name) for word in line.split())


def _keys(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word.lower()).rstrip(".") for word in words)


# Endings of words that name an idea or describe one, hardly ever a person.
_ABSTRACT_ENDINGS = (
    *("tion", "tions", "sion", "sions", "ment", "ments", "ship", "ships", "ness", "ity", "ities"),
    *("ances", "ences", "ings", "isms", "ology", "ologies", "ively", "ously", "ally", "ically"),
    *("ables", "fully", "aries", "ories", "cion", "ciones", "sion", "dades", "miento", "mientos"),
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What single words are evidence of.

    ``given`` are given names that are hardly anything else, ``weak_given`` those that are also
    words or places; ``titles`` stand before a person, ``loose_titles`` are those among them that
    as often begin something else (``General Motors``); ``modifiers`` extend a title;
    ``organisation`` words make the run they stand in no person; ``common`` words are no names,
    among them the ``verbs`` of headlines;
    ``everyday`` are many more that are hardly ever a person's, but may be a place's;
    ``demonyms`` give the country code of an adjective such as ``syrian``; ``not_people`` are whole
    names of companies and figures that look like a person's, word by word; ``short_names`` give
    the given names a shorter one stands for (``bob``: ``robert``).
    """

    given: frozenset[str]
    weak_given: frozenset[str]
    surnames: frozenset[str]
    titles: frozenset[str]
    loose_titles: frozenset[str]
    modifiers: frozenset[str]
    organisation: frozenset[str]
    common: frozenset[str]
    verbs: frozenset[str]
    everyday: frozenset[str]
    demonyms: dict[str, str]
    not_people: frozenset[tuple[str, ...]]
    short_names: dict[str, tuple[str, ...]]

    def is_ordinary(self, key: str) -> bool:
        """Whether the word has a meaning of its own that explains its capital."""
        if key in self.common or key in self.organisation or key in self.demonyms:
            return True
        if key in self.surnames or self.is_given(key):
            return False
        singular = key[:-1] if key.endswith("s") else key
        if singular in self.common or singular in self.organisation:
            return True
        return key.endswith(_ABSTRACT_ENDINGS)

    def is_given(self, key: str) -> bool:
        """Whether the word is a given name, surely or possibly."""
        return key in self.given or key in self.weak_given or ("-" in key and self._double(key))

    def _double(self, key: str) -> bool:
        """Two given names with a hyphen: Jean-Claude, Anne-Marie."""
        return all(part in self.given for part in key.split("-"))


def _short_names() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for line in lines("short_names.txt"):
        whole, *short = line.lower().split()
        for name in short:
            found.setdefault(name, []).append(whole)
    return {name: tuple(whole) for name, whole in found.items()}


@cache
def lexicon() -> Lexicon:
    """The lists, read on first use and kept: they never change while the program runs."""
    weak = _words("given_names_weak.txt")
    cyrillic = [name for line in lines("given_names_cyrillic.txt") for name in line.split()]
    cyrillic += [form for name in cyrillic for form in other_cases(name)]
    pairs = (line.split() for line in lines("demonyms.txt"))
    return Lexicon(
        given=(_words("given_names.txt") | _keys(cyrillic)) - weak,
        weak_given=weak,
        surnames=_words("surnames.txt"),
        titles=_words("titles.txt"),
        loose_titles=_words("loose_titles.txt"),
        modifiers=_words("title_modifiers.txt"),
        organisation=_words("organisation_words.txt"),
        common=_words("common_words.txt") | _words("headline_verbs.txt"),
        verbs=_words("headline_verbs.txt"),
        everyday=_words("everyday_words.txt"),
        not_people=frozenset(tuple(name.lower().split()) for name in lines("not_people.txt")),
        short_names=_short_names(),
        demonyms={word.lower(): code for word, code in pairs},
    )
