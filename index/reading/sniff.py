"""Telling from its bytes that a file is no text: empty, a picture, a PDF, a program."""

from __future__ import annotations

_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"PK\x05\x06", "a ZIP archive or office document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF87a", "an image"),
    (b"GIF89a", "an image"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\xfd7zXZ\x00", "a compressed file"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"OggS", "a media file"),
    (b"SQLite format 3\x00", "a database"),
)
_SAMPLE = 65536
# Everything below a space except tab, newline, vertical tab, form feed, return and escape
# (which begins the shifts of ISO-2022 encodings).
_CONTROLS = bytes(byte for byte in range(1, 32) if byte not in b"\t\n\v\f\r\x1b")


def unusable(data: bytes) -> tuple[str, str] | None:
    """Say why bytes cannot be a document: a code and a reason, or None when they can."""
    if not data.strip():
        return "empty", "the file is empty"
    for start, what in _STARTS:
        if data.startswith(start):
            return "binary", f"not text but {what}"
    if data.startswith(_BOMS):
        return None
    sample = data[:_SAMPLE]
    if 0 in sample and not utf16_order(sample):
        return "binary", "not text: it contains NUL bytes"
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > len(sample) // 10:
        return "binary", "not text: a tenth of it is control characters"
    return None


def utf16_order(sample: bytes) -> str:
    """Guess the codec of UTF-16 text without a mark (``utf-16-le`` or ``-be``), or "".

    Spaces, digits, punctuation and markup have a NUL as their high byte, always on one side.
    """
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    most = max(even, odd)
    if len(sample) < 8 or most < len(sample) // 20 or min(even, odd) > most // 10:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"
