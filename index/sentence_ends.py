"""Whether a full stop ends a sentence, by the words before and after it."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]

_WINDOW = 8
"""Bytes of the word before a full stop that are looked at: longer words are no abbreviations."""
_LAST_WORD = 40
_NEXT_WORD = 60
"""Bytes before and after a full stop that say which words stand there."""
_DOT, _BLANK = 0x2E, 0x20
_SMALL = np.uint64(0x2020202020202020)
_EDGE = np.zeros(256, bool)  # what a word before a full stop begins after
_EDGE[list(b" \t\r\n\x0b\x0c(['\"/-")] = True
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.\s?)*[^\W\d_]{1,2}")
_ROMAN = re.compile(r"[IVXLC]+\b")
_BEFORE_STOP = ("never", "numbers", "names")
_AT_EDGES = {ord(sign): " " for sign in "\t\r\n\x0b\x0c\u00a0\u202f([\"'“”„«/"}
_INITIAL = re.compile(r"[^\W\d_]\.")


def words_before(array: Bytes, stops: Ints) -> tuple[Flags, Flags]:
    """Tell of the words before full stops which may be no end of a sentence, and which are none.

    The first are abbreviations, initials and numbers, and some words that are none of these; the
    second, one of a list in small or large ASCII letters after a blank, ends no sentence whatever
    follows on its line. ``array`` is UTF-8, ``stops`` (ascending) say where the full stops are.
    """
    wide = np.ndarray((array.size - _WINDOW + 1,), "<u8", array, 0, (1,))
    early = int(stops.searchsorted(_WINDOW))
    words = wide.take(np.maximum(stops - _WINDOW, 0))
    for at, stop in enumerate(stops[:early].tolist()):
        words[at] = int.from_bytes(array[:stop].tobytes().rjust(_WINDOW), "little")
    window = words.view(np.uint8).reshape(-1, _WINDOW)
    edges = _EDGE.take(window)
    hard = window == 0xA0
    if hard.any():
        edges[:, 1:] |= (window[:, :-1] == 0xC2) & hard[:, 1:]
    # The last edge is the highest byte of these, read as one number; its exponent tells which.
    before = (np.frexp(edges.view("<u8")[:, 0].astype(np.float64))[1] + 7) >> 3
    length = _WINDOW - before
    shift = (8 * np.minimum(before, _WINDOW - 1)).astype(np.uint64)
    dots = (window == _DOT).view("<u8")[:, 0] >> shift != 0
    keys = (words | _SMALL) >> shift
    known, never = _keys()
    place = np.minimum(known.searchsorted(keys), known.size - 1)
    found = known[place] == keys
    doubtful = (length <= 2) | found | dots
    certain = found & never[place] & (length > 1) & (before > 0)
    certain &= array.take(stops - length - 1, mode="clip") == _BLANK
    certain[:early] = False
    return doubtful, certain


@cache
def _keys() -> tuple[npt.NDArray[np.uint64], Flags]:
    """Return the listed abbreviations as ``words_before`` makes numbers of words, ascending.

    Also which of them end no sentence, and are of ASCII letters alone.
    """
    keys: dict[int, bool] = {}
    for kind in _BEFORE_STOP:
        for word in _lists()[kind]:
            for form in {word, word.capitalize(), word.upper()}:
                folded = bytes(byte | 0x20 for byte in form.encode())
                if len(folded) <= _WINDOW:
                    plain = kind == "never" and word.isascii() and word.isalpha()
                    key = int.from_bytes(folded, "little")
                    keys[key] = keys.get(key, False) or plain
    ordered = sorted(keys)
    return np.array(ordered, np.uint64), np.array([keys[key] for key in ordered])


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


def ends_sentence(data: bytes, stop: int, begin: int) -> bool:
    """Whether the full stop at ``stop`` ends a sentence, the text going on at ``begin``."""
    first = stop - _LAST_WORD if stop > _LAST_WORD else 0
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
