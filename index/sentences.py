"""Where sentences begin: one splitter for passages, for ``a /s b`` and for quotations.

It works on UTF-8, so that the build can cut a whole batch of texts at once: candidates are found
and most of them decided by numpy; only what stands after an abbreviation, an initial or a number
is looked at one by one.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from index.sentence_ends import Bytes, Flags, Ints, ends_sentence, words_before

UNSPACED_STOPS = "。！？｡।॥"
"""These end a sentence whatever follows: Chinese and Japanese, and the Indian danda."""
_SPACED_STOPS = "…‽؟۔։።᙮෴"
"""These, like ``. ! ?``, only before a blank."""

_MOST_CLOSERS = 3
_PAD = b" " * 16
_NEWLINE, _BLANK = 0x0A, 0x20

_WIDE = {int.from_bytes(stop.encode(), "big"): stop for stop in UNSPACED_STOPS + _SPACED_STOPS}
_WIDE_CODES = np.array(sorted(_WIDE), np.int64)
_WIDE_SPACED = np.array([_WIDE[code] in _SPACED_STOPS for code in sorted(_WIDE)])
_LEADS = {stop.encode()[0] for stop in _WIDE.values()}
_LEAST_LEAD = min(_LEADS)
_IS_LEAD = np.zeros(256, bool)
_IS_LEAD[list(_LEADS)] = True
_BLANKS = np.zeros(256, bool)
_BLANKS[list(b" \t\r\n\x0b\x0c")] = True
_CLOSING = np.zeros(256, bool)
_CLOSING[list(b"\"')]}*_")] = True
_CLOSING_E280 = np.zeros(256, bool)  # ‘ ’ ‚ “ ” „ ‹ ›, by their last byte
_CLOSING_E280[[0x98, 0x99, 0x9C, 0x9D, 0xB9, 0xBA]] = True
_OPENING = np.zeros(256, bool)
_OPENING[list(b"\"'([*_")] = True
_IS_LOWER = np.array([chr(code).islower() for code in range(0x800)])
_IS_LOWER_ASCII = np.concatenate((_IS_LOWER[:0x80], np.zeros(0x80, bool)))
_MAY_CLOSE, _MAY_OPEN = _CLOSING.copy(), _OPENING.copy()
for _table in (_MAY_CLOSE, _MAY_OPEN):
    _table[[0xC2, 0xE2, 0xE3, 0xEF]] = True
_MAY_BE_BLANK = _BLANKS.copy()
_MAY_BE_BLANK[0xC2] = True
_GUILLEMET = "»".encode()


def sentence_breaks(data: bytes) -> tuple[Ints, bool]:
    """Return where sentences begin in UTF-8 text, int64, ascending, without the first.

    Each is the offset of the first byte after the blanks, so an opening quotation mark is its
    sentence's. A line's end ends a sentence. Also whether any of ``UNSPACED_STOPS`` is there.
    """
    array = np.frombuffer(data + _PAD, np.uint8)
    ends, spaced, dotted = _candidates(array)
    after = _past(array, ends, closing=True)
    if _GUILLEMET in data:
        after = _past_spaced_guillemet(array, after)
    kept = np.flatnonzero(_is_blank(array, after) | ~spaced)
    ends, after, spaced, dotted = ends[kept], after[kept], spaced[kept], dotted[kept]
    begins = _past_blanks(array, after)
    lines = array.take(ends - 1) == _NEWLINE
    sure = (begins < len(data)) & (lines | ~spaced | ~_lower_follows(array, begins))
    looked_at = np.flatnonzero(sure & dotted)
    sure[looked_at] = _after_words(
        data, array, ends[looked_at], after[looked_at], begins[looked_at]
    )
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


def _after_words(data: bytes, array: Bytes, ends: Ints, after: Ints, begins: Ints) -> Flags:
    """Return whether full stops end sentences, judged by the words before and after them."""
    doubtful, certain = words_before(array, ends - 1)
    one_line = (begins - after == 1) & (array.take(after) == _BLANK)
    certain &= one_line  # half of what is doubtful (Senate)
    sure = ~certain
    left = np.flatnonzero(doubtful & sure)
    places = (each[left].tolist() for each in (ends, after, begins, one_line))
    for at, end, blank, begin, unbroken in zip(left.tolist(), *places, strict=True):
        if unbroken or data.find(b"\n", blank, begin) < 0:
            sure[at] = ends_sentence(data, end - 1, begin)
    return sure


def _candidates(array: Bytes) -> tuple[Ints, Flags, Flags]:
    """Return the offsets after stops, whether each needs a blank, whether it is a full stop."""
    stops = array == 0x2E  # comparisons take half of the time of a table
    for sign in b"!?\n":
        stops |= array == sign
    high = np.flatnonzero(array >= _LEAST_LEAD)
    stops[high] = _IS_LEAD.take(array.take(high))
    at = np.flatnonzero(stops)
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
    ascii_signs, may_move = (_CLOSING, _MAY_CLOSE) if closing else (_OPENING, _MAY_OPEN)
    moving = np.flatnonzero(may_move.take(array.take(at)))
    for _ in range(_MOST_CLOSERS):
        here = at[moving]
        first, second, third = array.take(here), array.take(here + 1), array.take(here + 2)
        step = ascii_signs.take(first).astype(np.int64)
        step[(first == 0xC2) & ((second == 0xBB) | (second == 0xAB))] = 2  # » «
        step[(first == 0xE2) & (second == 0x80) & _CLOSING_E280[third]] = 3
        # 」 』 》 】 are the odd ones of these, 「 『 《 【 the even ones.
        bracket = (third >= 0x88) & (third <= 0x91) & ((third & 1) == closing)
        step[(first == 0xE3) & (second == 0x80) & bracket] = 3
        step[(first == 0xEF) & (second == 0xBC) & (third == 0x89)] = 3  # fullwidth )
        moved = np.flatnonzero(step)
        if not moved.size:
            break
        moving = moving[moved]
        at[moving] = np.minimum(here[moved] + step[moved], array.size - 3)
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


def _is_blank(array: Bytes, at: Ints) -> Flags:
    first = array.take(at)
    found: Flags = (first == 0xC2) & (array.take(at + 1) == 0xA0)
    found |= _BLANKS[first] | _BLANKS[array.take(at - 1)]  # a line's end is its own blank
    return found


def _past_blanks(array: Bytes, at: Ints) -> Ints:
    at = at + _blank_sizes(array, at)
    moving = np.flatnonzero(_MAY_BE_BLANK.take(array.take(at, mode="clip")))
    while moving.size:
        moving = moving[at[moving] < array.size - 2]
        step = _blank_sizes(array, at[moving])
        moved = np.flatnonzero(step)
        moving = moving[moved]
        at[moving] += step[moved]
    return at


def _blank_sizes(array: Bytes, at: Ints) -> Ints:
    """Return the bytes of the blank at each place, 0 where there is none."""
    first = array.take(at)
    hard = (first == 0xC2) & (array.take(at + 1, mode="clip") == 0xA0)
    return np.where(hard, 2, _BLANKS.take(first))


def _lower_follows(array: Bytes, begins: Ints) -> Flags:
    """Whether what follows, quotation marks aside, begins with a small letter."""
    at = _past(array, np.minimum(begins, array.size - 3), closing=False)
    first = array.take(at)
    two = (first >= 0xC3) & (first < 0xE0)
    if not two.any():
        return _IS_LOWER_ASCII.take(first)
    code = np.where(two, ((first & 31).astype(np.int64) << 6) | (array.take(at + 1) & 63), first)
    return _IS_LOWER[np.where(two | (first < 0x80), code, 0)]
