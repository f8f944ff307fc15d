"""What a capitalised word may be in a name: an initial, a title, a given name."""

from __future__ import annotations

import re
from functools import lru_cache

from index.entities.lexicon import lexicon
from index.entities.matching import Word

# "SecurityAs", "ConferenceGeoVax", "ChatGPT", but not McCain, DeVito, FitzGerald.
_GLUED = re.compile(r"(?!Vande)[^\W\d_][a-z]{4,}[A-Z]|[a-z][A-Z]+$")


def is_glued(word: Word) -> bool:
    """Whether two words stand without the space between them, or a product is written so."""
    text = word.text
    return not (text.isupper() or text[1:].islower()) and _GLUED.search(text) is not None


def is_compound(word: Word) -> bool:
    """Whether a word describes: "Toronto-based", "Oscar-nominated", but not Sok-yeol."""
    _head, hyphen, tail = word.text.rpartition("-")
    if not hyphen or not tail.islower() or len(tail) < 4:
        return False
    lists = lexicon()
    if lists.is_given(tail) or tail in lists.surnames:
        return False
    return tail.endswith(("ed", "ing")) or lists.is_ordinary(tail) or tail in lists.everyday


def is_initial(word: Word) -> bool:
    """Whether the word is one letter, or letters each with a stop."""
    text = word.text
    # A bare letter of another alphabet is rather an article or a preposition: "Η", "В".
    if len(text) == 1:
        return text.isascii()
    return len(text) <= 4 and text[1::2] == "." * (len(text) // 2)


def is_title(word: Word) -> bool:
    """Whether the word can stand before a name as a title."""
    # "Sarah Da Silva" holds no office, a DA does.
    return word.text != "Da" and _is_title(word.key)


@lru_cache(maxsize=1 << 16)
def _is_title(key: str) -> bool:
    lists = lexicon()
    if key in lists.titles:
        return True
    # "Secretary-General", "Minister-designate", "Editor-in-Chief"
    parts = key.split("-")
    sure = (part in lists.titles and part not in lists.loose_titles for part in parts)
    return len(parts) > 1 and (any(sure) or all(part in lists.titles for part in parts))


def opens_name(word: Word) -> bool:
    """Whether a name may begin with the word."""
    return lexicon().is_given(word.key) or is_initial(word)
