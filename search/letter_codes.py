"""Texts as bytes, one for each character: what searches of whole pages look at.

A code is a coarser view of what ``index.analysis`` makes of a character, so that plain array
operations find *candidates* for the words of a query; what they are is then decided on the text
itself. Characters that come out as the same letter of a term have the same code:

* ``SEPARATOR``: never inside a token. Between two separators lies a *chunk*: its tokens are the
  same whether it is read alone or in its text;
* ``'``, ``-``, ``.``, ``,``, ``&``, ``+``, ``#`` (and ``"`` where there is Hebrew): may be inside
  a token, and codes below ``FIRST_LETTER``;
* ASCII letters (in lower case, without accents) and digits: themselves;
* ``ODD``: letters that no single letter stands for, or whose reading depends on their
  neighbours (``ß``, combining marks, joiners, scripts without blanks). Nothing is concluded from
  a chunk that holds one;
* above ``ODD``: letters of other alphabets, several to a code.
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np
import numpy.typing as npt

from index.charsets import APOSTROPHES, GERSHAYIM, HYPHENS, UNSPACED, WORD, fold

Codes = npt.NDArray[np.uint8]

SEPARATOR = 0x20
FIRST_LETTER = 0x30
ODD = 0x7F

_OTHER_ALPHABETS = 0x80
_CODES_LEFT = 0x100 - _OTHER_ALPHABETS
# Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic. Letters of other scripts come with marks in
# most words, so that their chunks would be odd anyway.
_ALPHABETS = (range(0x80, 0x700), range(0x1E00, 0x2000))
_HANGUL = range(0xAC00, 0xD7A4)
"""Whole syllables: ``fold`` takes them apart and puts them together again."""
_HEBREW = (0x05D0, 0x05EA)
_MANY = 8
"""From one character in so many beyond Latin-1 on, looking all of them up is quicker."""


def _table() -> Codes:
    """Build the codes of the characters up to U+FFFF, and of all others as the last item."""
    codes = np.full(0x10001, SEPARATOR, np.uint8)
    everything = "".join(map(chr, range(0x10000)))
    for run in re.finditer(f"[{WORD}{UNSPACED}]+", everything):
        codes[run.start() : run.end()] = ODD
    codes[0x10000] = ODD
    for char in APOSTROPHES:
        # One of them is a letter besides: how it is read depends on where it stands.
        if codes[ord(char)] != ODD:
            codes[ord(char)] = ord("'")
    for char in HYPHENS:
        codes[ord(char)] = ord("-")
    for char in ".,&+#0123456789abcdefghijklmnopqrstuvwxyz":
        codes[ord(char)] = codes[ord(char.upper())] = ord(char)
    for alphabet in _ALPHABETS:
        for code in alphabet:
            codes[code] = _letter_code(chr(code), int(codes[code]))
    codes[_HANGUL.start : _HANGUL.stop] = _OTHER_ALPHABETS + np.arange(len(_HANGUL)) % _CODES_LEFT
    return codes


def _letter_code(char: str, code: int) -> int:
    """Return the code of a letter that is folded to one letter; ``code`` for all others."""
    folded = fold(char)
    if code != ODD or len(folded) != 1 or not (_is_letter(char) and _is_letter(folded)):
        return code
    if folded.isascii():
        return ord(folded)
    if folded in APOSTROPHES or not any(ord(folded) in alphabet for alphabet in _ALPHABETS):
        return code
    return _OTHER_ALPHABETS + ord(folded) % _CODES_LEFT


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] == "L"


_TABLE = _table()
_LATIN = _TABLE[:0x100].tobytes()
_HEBREW_TABLE = _TABLE.copy()
_HEBREW_TABLE[[ord(char) for char in GERSHAYIM]] = ord('"')


def letter_codes(text: str) -> bytes | bytearray:
    """Return the code of each character of ``text``."""
    if text.isascii():
        return text.encode().translate(_LATIN)
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    if units.size != len(text):
        wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        return _HEBREW_TABLE.take(wide, mode="clip").tobytes()
    far = (units > 0xFF).nonzero()[0]
    others = units[far]
    if ((others >= _HEBREW[0]) & (others <= _HEBREW[1])).any():
        return _HEBREW_TABLE.take(units).tobytes()
    if far.size * _MANY > units.size:
        return _TABLE.take(units).tobytes()
    codes = bytearray(units.astype(np.uint8).tobytes().translate(_LATIN))
    np.frombuffer(codes, np.uint8)[far] = _TABLE[others]
    return codes


def term_codes(term: str) -> bytes:
    """Return the codes of a surface term's letters, without signs, up to the first odd one.

    What comes out as this term, or begins with it, has these codes in this order wherever it
    stands, with nothing but signs between; unless it is odd.
    """
    codes = bytearray()
    for char in term:
        code = int(_TABLE[min(ord(char), 0x10000)])
        if code in (ODD, SEPARATOR):
            break
        if code >= FIRST_LETTER:
            codes.append(code)
    return bytes(codes)


def is_odd(term: str) -> bool:
    """Whether a surface term holds a letter that only odd chunks can hold."""
    return any(_TABLE[min(ord(char), 0x10000)] in (ODD, SEPARATOR) for char in term)
