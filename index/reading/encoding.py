"""Bytes to text: marked, declared, UTF-8, detected, and Windows-1252 when all else fails."""

from __future__ import annotations

import codecs
import re

from index.reading.characters import repair
from index.reading.latin import is_latin, latin_codec
from index.reading.sniff import utf16_order

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARATION = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.\-]{2,40})""")
_DECLARATION_WITHIN = 4096
_SAMPLE = 32768
_HIGH = re.compile(rb"[\x80-\xff]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_LONG_RUN = 4
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
# Not by chance: "fÃ©" and "â€™" are no Windows-1252, while "CAFÉ’" is both.
_PROOF = re.compile(
    rb"(?<=[a-z])[\xc3-\xc5][\x80-\xbf]|\xc3[\xa0-\xba\xbc-\xbf]|\xe2\x80[\x80-\xbf]|[\xe3-\xed][\x80-\xbf]{2}"
)
# As browsers do: these labels name Windows-1252 or a superset on the web.
_ALIASES = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
_ALIASES |= {"shift_jis": "cp932", "euc_kr": "cp949", "iso8859-9": "cp1254", "tis-620": "cp874"}


def decode(data: bytes, *, markup: bool = False) -> tuple[str, tuple[str, ...]]:
    """Decode a document; return its text and what had to be repaired, in words.

    With ``markup`` an encoding declared in the first bytes is taken as evidence. Never fails:
    what no encoding explains is replaced by U+FFFD and counted in a warning.
    """
    text, warnings = _decode(data, _declared(data) if markup else "")
    text, repairs = repair(text)
    if repairs:
        warnings.append(f"{repairs} wrongly encoded characters were repaired")
    return text, tuple(warnings)


def _decode(data: bytes, declared: str) -> tuple[str, list[str]]:
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _even(data, codec, []) if codec == "utf-16" else _replacing(data, codec, [])
    if 0 in data[:_SAMPLE] and (order := utf16_order(data[:_SAMPLE])):
        return _even(data, order, [f"encoding guessed: {order}"])
    if declared.startswith("iso2022") and b"\x1b" in data:
        return _replacing(data, declared, [])
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    return _not_utf8(data, declared)


def _not_utf8(data: bytes, declared: str) -> tuple[str, list[str]]:
    """Decode bytes that are not valid UTF-8 throughout."""
    sequences = _MULTIBYTE.findall(data)
    proper = sum(len(match) for match in sequences)
    high = len(_HIGH.findall(data))
    few = high - proper < max(len(sequences), len(data) // 100)
    mostly = proper > 0.8 * high or (declared == "utf-8" and proper > 0.5 * high)
    if mostly or (few and _PROOF.search(data)):
        return _replacing(data, "utf-8", [])
    if declared and declared != "utf-8" and not (declared == "cp1252" and _runs_long(data)):
        try:
            text = data.decode(declared)
        except UnicodeDecodeError:
            text = ""
        if text and _plausible(text):
            return text, []
    guess = _detected(data)
    note = f"encoding guessed: {guess}"
    if declared and declared != guess:
        note = f"declared {declared}, but read as {guess}"
    return _replacing(data, guess, [note])


def _runs_long(data: bytes) -> bool:
    """Whether high bytes stand in runs as no text in Latin letters has them."""
    runs = [len(run) for run in _HIGH_RUN.findall(data[:_SAMPLE])]
    return sum(length for length in runs if length >= _LONG_RUN) > 0.6 * sum(runs)


def _even(data: bytes, codec: str, warnings: list[str]) -> tuple[str, list[str]]:
    """Decode UTF-16, without half a character at the end."""
    if len(data) % 2:
        data, warnings = data[:-1], [*warnings, "half a character at the end was left out"]
    return _replacing(data, codec, warnings)


def _replacing(data: bytes, codec: str, warnings: list[str]) -> tuple[str, list[str]]:
    text = data.decode(codec, "replace")
    broken = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    if broken > 0 and not codec.startswith(("utf-16", "utf-32")):
        warnings.append(f"{broken} bytes that are not {codec} were replaced")
    elif broken > 0:
        warnings.append("broken characters were replaced")
    return text, warnings


def _declared(data: bytes) -> str:
    """Return Python's name of the encoding a page declares, or ""."""
    for match in _DECLARATION.finditer(data[:_DECLARATION_WITHIN]):
        try:
            name = codecs.lookup(match[1].decode("ascii")).name
            "".encode(name)  # refuses codecs that are no text encodings (hex, zip)
        except (LookupError, ValueError):
            continue
        if not name.startswith(("utf-16", "utf-32", "idna", "punycode", "unicode")):
            # A declaration legible as ASCII cannot stand in UTF-16.
            return _ALIASES.get(name, name)
    return ""


def _detected(data: bytes) -> str:
    """Guess the encoding of bytes that are neither UTF-8 nor what they declare."""
    high = _HIGH.findall(data)
    sample = data if len(data) <= _SAMPLE else _around_high_bytes(data)
    if len(high) * 50 < len(data) and _plausible(sample.decode("cp1252", "replace")):
        # A few accents and curly quotes among ASCII: Western European, where detectors err most.
        return "cp1252"
    # Imported here: it costs a tenth of a second, and few archives ever need it.
    import charset_normalizer

    best = charset_normalizer.from_bytes(sample, steps=5, chunk_size=512).best()
    guess = best.encoding if best is not None else "cp1252"
    if is_latin(sample, guess):
        return latin_codec(sample, guess)
    return _ALIASES.get(codecs.lookup(guess).name, guess)


def _around_high_bytes(data: bytes) -> bytes:
    first = _HIGH.search(data)
    start = max(0, first.start() - 256) if first else 0
    return data[start : start + _SAMPLE]


def _plausible(text: str) -> bool:
    """Whether a single-byte decoding gave text: hardly any control characters in it."""
    controls = sum(1 for char in text if "\x7f" <= char <= "\x9f" or char == "\ufffd")
    return controls * 200 <= len(text)
