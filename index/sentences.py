"""Where sentences begin: one splitter for passages, for ``a /s b`` and for quotations.

It works on UTF-8, so that the build can cut a whole batch of texts at once: candidates are found
and most of them decided by numpy; only what stands after an abbreviation, an initial or a number
is looked at one by one.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
_Flags = npt.NDArray[np.bool_]

UNSPACED_STOPS = "。！？｡।॥"
"""These end a sentence whatever follows: Chinese and Japanese, and the Indian danda."""
_SPACED_STOPS = "…‽؟۔։።᙮෴"
"""These, like ``. ! ?``, only before a blank."""

_WINDOW = 9
"""Bytes of the word before a full stop that are looked at: longer words are no abbreviations."""
_MOST_CLOSERS = 3
_BLANK = 0x20
_PAD = b" " * 16
_LAST_WORD = 40
_NEXT_WORD = 60
"""Bytes before and after a full stop that say which words stand there."""

_WIDE = {int.from_bytes(stop.encode(), "big"): stop for stop in UNSPACED_STOPS + _SPACED_STOPS}
_WIDE_CODES = np.array(sorted(_WIDE), np.int64)
_WIDE_SPACED = np.array([_WIDE[code] in _SPACED_STOPS for code in sorted(_WIDE)])
_LEADS = {stop.encode()[0] for stop in _WIDE.values()}
_STOPS = bytes(code in b".!?\n" or code in _LEADS for code in range(256))
_BLANKS = np.zeros(256, bool)
_BLANKS[list(b" \t\r\n\x0b\x0c")] = True
_EDGE = _BLANKS.copy()  # what a word before a full stop begins after
_EDGE[list(b"(['\"/-")] = True
_CLOSING = np.zeros(256, bool)
_CLOSING[list(b"\"')]}*_")] = True
_CLOSING_E280 = np.zeros(256, bool)  # ‘ ’ ‚ “ ” „ ‹ ›, by their last byte
_CLOSING_E280[[0x98, 0x99, 0x9C, 0x9D, 0xB9, 0xBA]] = True
_OPENING = np.zeros(256, bool)
_OPENING[list(b"\"'([*_")] = True
_IS_LOWER = np.array([chr(code).islower() for code in range(0x800)])
_IS_LETTER = np.zeros(256, bool)  # the first byte of a letter, about
_IS_LETTER[list(range(0x41, 0x5B)) + list(range(0x61, 0x7B)) + list(range(0xC3, 0xE0))] = True
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.\s?)*[^\W\d_]{1,2}")
_ROMAN = re.compile(r"[IVXLC]+\b")
_BEFORE_STOP = ("never", "numbers", "names")
_AT_EDGES = {ord(sign): " " for sign in "\t\r\n\x0b\x0c\u00a0\u202f([\"'“”„«/"}
_INITIAL = re.compile(r"[^\W\d_]\.")


def sentence_breaks(data: bytes) -> tuple[Ints, bool]:
    """Return where sentences begin in UTF-8 text, int64, ascending, without the first.

    Each is the offset of the first byte after the blanks, so an opening quotation mark is its
    sentence's. A line's end ends a sentence. Also whether any of ``UNSPACED_STOPS`` is there.
    """
    array = np.frombuffer(data + _PAD, np.uint8)
    ends, spaced, dotted = _candidates(array, data.translate(_STOPS))
    after = _past_spaced_guillemet(array, _past(array, ends, closing=True))
    kept = np.flatnonzero(_is_blank(array, after) | ~spaced)
    ends, after, spaced, dotted = ends[kept], after[kept], spaced[kept], dotted[kept]
    begins = _past_blanks(array, after)
    lines = array[ends - 1] == 0x0A
    sure = (begins < len(data)) & (lines | ~spaced | ~_lower_follows(array, begins))
    looked_at = np.flatnonzero(sure & dotted)
    doubtful = looked_at[_short_word(array, ends[looked_at] - 1)]
    places = (each[doubtful].tolist() for each in (ends, after, begins))
    for at, end, blank, begin in zip(doubtful.tolist(), *places, strict=True):
        if data.find(b"\n", blank, begin) < 0:
            sure[at] = _ends(data, end - 1, begin)
    begins = begins[sure]
    distinct = np.concatenate((begins[:1], begins[1:][begins[1:] > begins[:-1]]))
    return distinct, not spaced.all()


def sentence_starts(text: str) -> list[int]:
    """Return where sentences begin in a text, in characters, without the first."""
    data = text.encode("utf-8", "surrogatepass")
    breaks: list[int] = sentence_breaks(data)[0].tolist()
    if len(data) == len(text):
        return breaks
    starts, character, byte = [], 0, 0
    for at in breaks:
        character += len(data[byte:at].decode("utf-8", "surrogatepass"))
        byte = at
        starts.append(character)
    return starts


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text, without the blanks between them."""
    edges = [0, *sentence_starts(text), len(text)]
    pieces = (text[start:end].strip() for start, end in pairwise(edges))
    return [piece for piece in pieces if piece]


def _candidates(array: Bytes, marks: bytes) -> tuple[Ints, _Flags, _Flags]:
    """Return the offsets after stops, whether each needs a blank, whether it is a full stop."""
    at = np.flatnonzero(np.frombuffer(marks, np.bool_))
    first = array.take(at)
    plain = first < 0x80
    if plain.all():
        return at + 1, plain, first == 0x2E
    # The others begin with a byte that a stop begins with: two bytes of them, or three.
    size = np.where(plain, 1, np.where(first < 0xE0, 2, 3))
    code = first.astype(np.int64)
    code = np.where(size > 1, (code << 8) | array.take(at + 1), code)
    code = np.where(size > 2, (code << 8) | array.take(at + 2), code)
    place = np.minimum(_WIDE_CODES.searchsorted(code), _WIDE_CODES.size - 1)
    wide = ~plain & (_WIDE_CODES[place] == code)
    kept = np.flatnonzero(plain | wide)
    return (at + size)[kept], (plain | _WIDE_SPACED[place])[kept], (first == 0x2E)[kept]


def _past(array: Bytes, at: Ints, *, closing: bool) -> Ints:
    """Step over closing (or opening) quotation marks and brackets."""
    at = at.copy()
    ascii_signs = _CLOSING if closing else _OPENING
    for _ in range(_MOST_CLOSERS):
        first, second, third = array.take(at), array.take(at + 1), array.take(at + 2)
        step = ascii_signs[first].astype(np.int64)
        step[(first == 0xC2) & ((second == 0xBB) | (second == 0xAB))] = 2  # » «
        step[(first == 0xE2) & (second == 0x80) & _CLOSING_E280[third]] = 3
        # 」 』 》 】 are the odd ones of these, 「 『 《 【 the even ones.
        bracket = (third >= 0x88) & (third <= 0x91) & ((third & 1) == closing)
        step[(first == 0xE3) & (second == 0x80) & bracket] = 3
        step[(first == 0xEF) & (second == 0xBC) & (third == 0x89)] = 3  # fullwidth )
        if not step.any():
            break
        at += step
        np.minimum(at, array.size - 3, out=at)
    return at


def _past_spaced_guillemet(array: Bytes, at: Ints) -> Ints:
    """Step over a blank and a ``»`` with another blank after it, as French writes it."""
    for blank in (b" ", b"\xc2\xa0", b"\xe2\x80\xaf"):
        sign = blank + b"\xc2\xbb"
        found = np.flatnonzero(array.take(at) == blank[0])
        for step, byte in enumerate(sign):
            found = found[array.take(at[found] + step, mode="clip") == byte]
        ends = at[found] + len(sign)
        spaced = _is_blank(array, np.minimum(ends, array.size - 2))
        at[found[spaced]] = ends[spaced]
    return at


def _is_blank(array: Bytes, at: Ints) -> _Flags:
    first = array.take(at)
    found: _Flags = (first == 0xC2) & (array.take(at + 1) == 0xA0)
    found |= _BLANKS[first] | _BLANKS[array.take(at - 1)]  # a line's end is its own blank
    return found


def _past_blanks(array: Bytes, at: Ints) -> Ints:
    at = at.copy()
    moving = np.arange(at.size)
    while moving.size:
        here = at[moving]
        first = array.take(here)
        hard = (first == 0xC2) & (array.take(here + 1, mode="clip") == 0xA0)
        step = np.where(hard, 2, _BLANKS[first])
        moving, step = moving[step > 0], step[step > 0]
        at[moving] += step
        moving = moving[at[moving] < array.size - 2]
    return at


def _lower_follows(array: Bytes, begins: Ints) -> _Flags:
    """Whether what follows, quotation marks aside, begins with a small letter."""
    at = _past(array, np.minimum(begins, array.size - 3), closing=False)
    first = array.take(at)
    two = (first >= 0xC3) & (first < 0xE0)
    code = np.where(two, ((first & 31).astype(np.int64) << 6) | (array.take(at + 1) & 63), first)
    return _IS_LOWER[np.where(two | (first < 0x80), code, 0)]


def _short_word(array: Bytes, stops: Ints) -> _Flags:
    """Whether the word before each full stop may be an abbreviation, an initial, a number."""
    places = np.maximum(stops[:, None] - np.arange(_WINDOW, 0, -1), 0)
    window = array[places]
    edges = _EDGE[window]
    edges[:, 1:] |= (window[:, :-1] == 0xC2) & (window[:, 1:] == 0xA0)
    edges |= places[:, :] == 0
    length = np.argmax(edges[:, ::-1], axis=1)
    length[~edges.any(axis=1)] = _WINDOW  # a longer word
    inside = np.arange(_WINDOW, 0, -1)[None, :] <= length[:, None]
    dots = ((window == 0x2E) & inside).any(axis=1)
    folded = np.where(inside, window | 0x20, _BLANK)[:, 1:]
    keys = np.ascontiguousarray(folded).view(">u8")[:, 0]
    known = _keys()
    found = known[np.minimum(known.searchsorted(keys), known.size - 1)] == keys
    doubtful: _Flags = (length <= 2) | ((length < _WINDOW) & found) | dots
    return doubtful


@cache
def _keys() -> npt.NDArray[np.uint64]:
    """Return the listed abbreviations as ``_short_word`` makes numbers of words, ascending."""
    words = [word for kind in _BEFORE_STOP for word in _lists()[kind]]
    both = {form.encode() for word in words for form in (word, word.capitalize(), word.upper())}
    keys = [
        bytes(byte | 0x20 for byte in form).rjust(_WINDOW - 1, b" ")
        for form in both
        if len(form) < _WINDOW
    ]
    return np.unique(np.array([int.from_bytes(key, "big") for key in keys], np.uint64))


@cache
def _lists() -> dict[str, frozenset[str]]:
    """Return the words of ``data/abbreviations.txt`` by section."""
    text = (resources.files("index") / "data" / "abbreviations.txt").read_text("utf-8")
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        if line.startswith("["):
            section = found.setdefault(line.strip("[] "), set())
        elif not line.startswith("#") and line.strip():
            section.update(line.split())
    return {name: frozenset(words) for name, words in found.items()}


def _ends(data: bytes, stop: int, begin: int) -> bool:
    """Whether the full stop at ``stop`` ends a sentence, the text going on at ``begin``."""
    first = max(0, stop - _LAST_WORD)
    blank = data.rfind(b" ", first, stop)
    next_blank = data.find(b" ", begin, begin + _NEXT_WORD)
    word = data[blank + 1 : stop]
    after = data[begin : next_blank if next_blank >= 0 else begin + _NEXT_WORD]
    if blank < 0 or not word.isascii() or word[-1:].isdigit():
        return _is_end.__wrapped__(data[first:stop], after)
    return _is_end(word, after)  # what stands before the word does not matter then


@lru_cache(1 << 13)
def _is_end(text: bytes, next_word: bytes) -> bool:
    """Whether a full stop after a text ends a sentence, another word following it."""
    before = text.decode("utf-8", "replace")
    word = before.translate(_AT_EDGES).rpartition(" ")[2]
    after = next_word.decode("utf-8", "replace")
    lists, folded = _lists(), word.casefold()
    plain = after.lstrip("\"'“”„«»([")
    number = plain[:1].isdigit() or bool(_ROMAN.match(plain))
    if word.isdigit():
        return not _follows_ordinal(plain) and bool(before[: -len(word)].strip())
    if folded in lists["never"]:  # but "in 2019 г."
        return not word.isascii() and before[: -len(word)].rstrip()[-1:].isdigit()
    if folded in lists["numbers"]:
        return not number
    if folded in lists["names"] or _DOTTED.fullmatch(word):
        return plain != after or (_begins_sentence(plain) and folded not in lists["never"])
    return True


def _begins_sentence(after: str) -> bool:
    """Whether a text begins with a word that begins sentences, not with an initial."""
    word = _WORD.match(after)
    return (
        word is not None
        and word[0].casefold() in _lists()["starters"]
        and not (_INITIAL.match(after))
    )


def _follows_ordinal(after: str) -> bool:
    """Whether "12." before this is an ordinal: a month or a period of history follows."""
    word = _WORD.match(after)
    return word is not None and word[0].casefold() in _lists()["ordinals"]
