"""Character classes of written language, and the folding of case, accents and apostrophes.

What ``re`` calls a word character leaves out combining marks, so that Tamil, Sinhala or Hindi
words would be cut at their vowel signs; these classes hold them together.
"""

from __future__ import annotations

import re
import unicodedata
from unicodedata import category

JOINERS = "\u200c\u200d\u00ad"
"""Zero-width non-joiner and joiner, soft hyphen: inside words, without a meaning to search."""

APOSTROPHES = "'\u2019\u2018\u02bc\uff07\u0060\u00b4\u05f3"
"""Apostrophes as typed, the Hebrew geresh among them."""

GERSHAYIM = '"\u05f4\u201d'
"""The mark inside Hebrew abbreviations, and the quotation marks typed for it."""

HYPHENS = "-\u2010\u2011"

UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
UNSPACED += "\uf900-\ufaff\U00020000-\U0003ffff"
"""Scripts written without blanks between words (Thai, Lao, Burmese, Khmer, Japanese, Chinese):
each character is a token there, and a word is a phrase of them."""

_KEPT_MARKED = {"й": "й", "Й": "й"}
"""Letters whose mark makes another letter, not an accent."""

_SPELLED = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}


def _ranges(codes: list[int]) -> str:
    out: list[str] = []
    start = previous = codes[0]
    for code in [*codes[1:], -1]:
        if code != previous + 1:
            out.append(re.escape(chr(start)) + "-" + re.escape(chr(previous)))
            start = code
        previous = code
    return "".join(out)


def _word_class() -> str:
    """Build the class of letters, digits and marks of scripts written with blanks.

    Planes above the basic one count as letters but for the pictographs.
    """
    unspaced = re.compile(f"[{UNSPACED}]+")
    # All at once: asking each character by itself doubled what every start pays for this module.
    spaced = unspaced.sub("", "".join(map(chr, range(0x10000))))
    codes = [ord(char) for char in spaced if category(char)[0] in "LNM"]
    return _ranges(codes) + JOINERS + "\U00010000-\U0001efff"


WORD = _word_class()
"""Content of a regular expression class: what words are made of (without brackets)."""

# Accents of Latin, Greek and Cyrillic; Hebrew points; Arabic vowel signs and tatweel. Marks of
# other scripts are part of the spelling and stay.
_DROPPED_MARKS = re.compile(
    f"[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    f"\u064b-\u065f\u0670\u0640{JOINERS}]"
)
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
_HYPHEN = re.compile(f"[{HYPHENS}]")


def fold(word: str) -> str:
    """Return ``word`` without case, accents and apostrophe style: what is compared in searches.

    ``Café`` -> ``cafe``, ``O’Brien`` -> ``o'brien``, ``Ёлка`` -> ``елка``, ``שָׁלוֹם`` -> ``שלום``.
    Folding twice changes nothing.
    """
    word = _APOSTROPHE.sub("'", word)
    if word.isascii():
        return word.lower()
    lowered = unicodedata.normalize("NFC", word).casefold()
    plain = _DROPPED_MARKS.sub("", "".join(_KEPT_MARKED.get(c) or _plain(c) for c in lowered))
    # Only now: ``ǽ`` loses its accent first and is spelled out then.
    spelled = "".join(_SPELLED.get(c, c) for c in plain)
    return unicodedata.normalize("NFC", _APOSTROPHE.sub("'", _HYPHEN.sub("-", spelled)))


def _plain(char: str) -> str:
    """Take a letter apart. A few marks come apart with a blank, which no term may hold."""
    if char.isascii():
        return char
    return unicodedata.normalize("NFKD", char).casefold().replace(" ", "")
