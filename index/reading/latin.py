"""Which of the single-byte Latin encodings a text is in: Windows-1252 unless its words say else."""

from __future__ import annotations

import re

from index.reading.language import detect_language

_FAMILY = re.compile(
    r"cp125[0247]|latin|iso8859|mac_?(?:roman|latin|iceland|turkish|croatian)|hp_roman"
    r"|cp(?:437|77\d|85[0-9]|86[0135])$|ptcp"
)
_NOT_LATIN = re.compile(r"iso8859_(?:5|6|7|8|11)$|cp85[56]$")
_RUN = re.compile(rb"[\x80-\xff]+")
_LONG_RUN = 3
# What Windows-1252 never has inside a word, and the pages of older systems do.
_ODD = re.compile(
    r"(?<=[^\W\d_])[^\w\s\x00-\x7f’‘–—…“”«»·•\xa0\xad](?=[^\W\d_])"
    r"|(?<=[a-z])[ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞŠŽŸŒ³¹¾ªº\x80-\x9f](?=[a-z])|[\x80-\x9f\ufffd]"
)
_CENTRAL = {
    **{"cs": "áčďéěíňóřšťúůýž", "sk": "áäčďéíĺľňóôŕšťúýž", "pl": "ąćęłńóśźż", "hu": "áéíóöőúüű"},
    **dict.fromkeys(("sl", "hr", "bs", "sr"), "čćđšž"),
    "ro": "ăâîşţ",
}
_REGIONS = (
    ("cp1250", _CENTRAL),
    ("iso8859-2", _CENTRAL),
    ("cp1254", {"tr": "âçğıîöşüû"}),
    ("cp1257", {"lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž"}),
)
_PUNCTUATION = frozenset("’‘‚“”„–—…«»§©®°•·€\xa0")
_OLD = re.compile(r"cp\d{3}$|mac")
_ODD_SHARE = 0.2
_LETTERS = 0.8


def is_latin(data: bytes, codec: str) -> bool:
    """Whether a detected encoding is of the Latin family, or is contradicted by single accents.

    Words of other scripts are whole runs of bytes above ASCII; an accented letter stands alone.
    """
    if _FAMILY.match(codec) and not _NOT_LATIN.match(codec):
        return True
    runs = [len(run) for run in _RUN.findall(data)]
    long = sum(length for length in runs if length >= _LONG_RUN)
    return 20 * long < sum(runs) and not _is_odd(data.decode("cp1252", "replace"))


def latin_codec(data: bytes, guess: str) -> str:
    """Return the encoding of a text in Latin letters, of which ``guess`` is what was detected.

    Windows-1252, unless the text is in a language of another region and uses its letters, or
    would have symbols and capitals inside its words.
    """
    western = data.decode("cp1252", "replace")
    odd = _is_odd(western)
    if odd and _OLD.match(guess):
        return guess
    fits = [(_fit(data, codec, own), codec) for codec, own in _REGIONS]
    best, codec = max(fits, key=lambda fit: fit[0])
    if best >= _LETTERS:
        return codec
    return guess if odd and _FAMILY.match(guess) else "cp1252"


def _fit(data: bytes, codec: str, alphabets: dict[str, str]) -> float:
    """Return how much of what is above ASCII are letters of the language the text is then in."""
    text = data.decode(codec, "replace")
    letters = alphabets.get(detect_language(text))
    high = [char for char in text.lower() if char > "\x7f" and char not in _PUNCTUATION]
    return sum(char in letters for char in high) / len(high) if letters and high else 0.0


def _is_odd(western: str) -> bool:
    """Whether a text read as Windows-1252 has much that this cannot be."""
    high = sum(char > "\x7f" for char in western)
    return len(_ODD.findall(western)) > _ODD_SHARE * high
