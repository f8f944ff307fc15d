"""Slavic names in other cases: "Путина" and "Путину" are Путин, "w Krakowie" is in Kraków.

Endings only propose what the nominative may be. A proposal counts where it is met itself: in
the release, in the archive or in the gazetteer. No name is made up.
"""

from __future__ import annotations

from functools import cache

from index.entities.word_lists import lines

_SHORTEST_STEM = 2
_GENITIVES = frozenset({"en", "de", "sv", "da", "nb", "no", "nn"})
_VOWELS = "аеёиоуыэюяєіїaeiouyąęěéíóúůý"


def is_inflected(lang: str) -> bool:
    """Whether names of a language have cases that are written as endings."""
    return lang in _endings()


def nominatives(word: str, lang: str) -> tuple[str, ...]:
    """What the nominative of a word may be, each in the word's own letters; the word is not one.

    In Germanic languages the word without the s of a genitive.

    All capitals are taken for a capital at the beginning.
    """
    endings = _endings().get(lang)
    if endings is None:
        # A genitive whose apostrophe is gone, or never was: "Obamas", "Merkels".
        return (word[:-1],) if lang in _GENITIVES and len(word) > 4 and word.endswith("s") else ()
    word = word.capitalize() if word.isupper() else word
    found: dict[str, None] = {}
    for size in range(min(6, len(word) - _SHORTEST_STEM), 0, -1):
        stem = word[:-size]
        for ending in endings.get(word[-size:], ()):
            if ending or stem[-1].lower() not in _VOWELS:
                found.setdefault(stem + ending)
    found.pop(word, None)
    return tuple(found)


def is_case_of(name: str, nominative: str, lang: str) -> bool:
    """Whether a name may be another one in another case, by its first and its last word."""
    words, others = name.split(), nominative.split()
    if not words or not others or (len(words) > 1) != (len(others) > 1):
        return False
    pairs = [(words[-1], others[-1])]
    if len(words) > 1:
        pairs.append((words[0], others[0]))
    matches = [_matches(word, other, lang) for word, other in pairs]
    return all(matches) and name != nominative


def other_cases(given: str) -> tuple[str, ...]:
    """The other cases of a given name in Cyrillic letters, as Russian and Ukrainian spell them."""
    stem, last = given[:-1], given[-1:]
    endings: tuple[str, ...] = ()
    if last in ("й", "ь"):
        endings = ("я", "ю", "ем", "єм", "ем", "е", "ї", "и")
    elif last == "я":
        endings = ("и", "ї", "і", "е", "ю", "ей", "єю")
    elif last in ("а", "о"):
        endings = ("ы", "и", "е", "і", "у", "ой", "ою", "а", "ом", "ові")
    elif last not in ("е", "у", "и", "і", "ю", "э"):
        stem, endings = given, ("а", "у", "ом", "е", "і", "ові", "ем")
    return tuple(stem + ending for ending in endings)


def _matches(word: str, other: str, lang: str) -> bool:
    plain, base = _plain(word), _plain(other)
    return plain == base or base in map(_plain, nominatives(word, lang))


def _plain(word: str) -> str:
    return word.lower().replace("ё", "е").replace("’", "'")


@cache
def _endings() -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for line in lines("case_endings.txt"):
        languages, rules = (part.strip() for part in line.split("|"))
        for lang in languages.split():
            table = found.setdefault(lang, {})
            for rule in rules.split(","):
                ending, others = (part.strip() for part in rule.split(":"))
                new = ("" if one == "-" else one for one in others.split())
                table[ending] = tuple(dict.fromkeys((*table.get(ending, ()), *new)))
    return found
