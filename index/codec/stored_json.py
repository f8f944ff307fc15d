"""Releases as they are stored: two lines of JSON each, made for many at a time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from json.encoder import encode_basestring_ascii

import numpy as np

from index.codec.header import stored_header
from index.model import IndexedRelease

_Texts = Sequence[bytes]

# As ``json.dumps``, which makes a new encoder for each call that wants it compact.
_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_to_ascii_json = json.JSONEncoder(separators=(",", ":")).encode
_ESCAPES = ((b"\\", rb"\\"), (b'"', rb"\""), (b"\n", rb"\n"), (b"\r", rb"\r"), (b"\t", rb"\t"))
# What no text holds but for what is escaped otherwise; stands for a quotation mark that is not to
# be escaped, and for the end of a release.
_QUOTE, _END = b"\x01", b"\0"
_MAYBE_SURROGATE = b"\xed"


def stored_lines(releases: Sequence[IndexedRelease], texts: _Texts) -> list[bytes]:
    """Return each release in UTF-8: its header, a line feed, its passages; both as JSON.

    The header is ``stored_header``, the passages ``[[number, kind, text], ...]``. ``texts`` are
    those of all passages in UTF-8, lone surrogates passed; these stand as escapes then.
    """
    if not releases:
        return []
    try:
        heads = [stored_header(indexed).encode() for indexed in releases]
    except UnicodeEncodeError:  # half of a surrogate pair
        return list(map(_one, releases))
    lines = _lines(releases, texts)
    if lines is None:
        return list(map(_one, releases))
    return list(map(b"\n".join, zip(heads, lines, strict=True)))


def _lines(releases: Sequence[IndexedRelease], texts: _Texts) -> list[bytes] | None:
    """Return the passages of each release as JSON; None when a text is one of the rare ones.

    Byte for byte as the encoder writes it, in a quarter of its time (it looks at each character,
    which was the greatest part of making a batch): most texts hold only the quotation mark of what
    has to be escaped, and all of them are looked at together.
    """
    pieces: list[bytes] = []
    left = iter(texts)
    for indexed in releases:
        between = b"["
        for passage in indexed.passages:
            begin = _begins(passage.number, passage.kind._value_)
            pieces += (between, begin, next(left))
            between = b"\x01],"
        pieces.append(b"\x01]]\0" if indexed.passages else b"[]\0")
    joined = b"".join(pieces)
    ours = 4 * len(texts) + len(releases)  # marks of ours: four of each passage, and the ends
    if _controls(joined) != ours or not _is_utf8(joined):
        return None
    for char, escape in _ESCAPES:
        joined = joined.replace(char, escape)
    return joined.replace(_QUOTE, b'"').split(_END)[:-1]


@lru_cache(1 << 12)
def _begins(number: int, kind: str) -> bytes:
    """Return what stands before the text of a passage."""
    return f"[{number},\x01{kind}\x01,\x01".encode()


def _controls(joined: bytes) -> int:
    """Count the control characters that no escape above is for."""
    array = np.frombuffer(joined, np.uint8)
    found = array < ord("\t")
    found |= array - 11 < 2  # numbers below wrap around
    found |= array - 14 < 0x20 - 14
    return int(np.count_nonzero(found))


def _is_utf8(joined: bytes) -> bool:
    """Whether no lone surrogate was passed."""
    if _MAYBE_SURROGATE in joined:
        try:
            joined.decode()
        except UnicodeDecodeError:
            return False
    return True


def _one(indexed: IndexedRelease) -> bytes:
    passages = [(passage.number, passage.kind, passage.text) for passage in indexed.passages]
    try:
        return f"{stored_header(indexed)}\n{_to_json(passages)}".encode()
    except UnicodeEncodeError:  # escaped, and so valid UTF-8
        header = stored_header(indexed, encode_basestring_ascii)
        return f"{header}\n{_to_ascii_json(passages)}".encode()
