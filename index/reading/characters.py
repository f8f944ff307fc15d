"""Characters: one form for each, odd spaces and controls gone, double encoding undone."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Zero-width space, word joiner, byte order mark, soft hyphen, bidirectional embeddings and
# isolates. ZWNJ and ZWJ stay: they carry meaning in Sinhala, Persian and emoji.
_DROPPED = "\u200b\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb"
_CONTROLS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff"
_REMOVE = re.compile(f"[{_DROPPED}{_CONTROLS}]")
_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+|[\u2800\u3164\u115f\u1160]+")
_ALL_SPACES = re.compile(r"\s+")
# Looking back comes after the backslash, which then is searched for at the speed of memory.
_ESCAPED_QUOTE = re.compile(r"\\(?<=\w\\)(['’])(?=\w)")
_NOT_ALNUM = re.compile(r"[\W_]+")
_ASCII_NOT_ALNUM = {code: None for code in range(128) if not chr(code).isalnum()}
_C1 = re.compile("[\x80-\x9f]")

# What bytes of UTF-8 look like after being read as Windows-1252: a lead byte and the
# continuation bytes 0x80-0xBF, of which 0x80-0x9F became punctuation.
_HIGH = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\x81\x8d\x8f\x90\x9d\x80-\x9f"
_PLAIN = "\xa0-\xbf"
_SURE = re.compile(f"[â][{_HIGH}][{_HIGH}{_PLAIN}]|[ÃÂ][{_PLAIN}]|ð[Ÿ\x9f][{_HIGH}{_PLAIN}]{{2}}")
_LIKELY = re.compile(
    f"[\xe0-\xef][{_HIGH}{_PLAIN}]{{2}}|[\xc2-\xdf][{_HIGH}{_PLAIN}]|"
    f"[\xf0-\xf4][{_HIGH}{_PLAIN}]{{3}}"
)
_MANY = 3
_SHORT = 300


def repair(text: str) -> tuple[str, int]:
    """Undo damage done before the text was saved; return it with the number of repairs.

    Escaped apostrophes lose their backslash, C1 control characters become the Windows-1252
    characters they were meant as, and UTF-8 that was read as Windows-1252 (``â€™``) becomes what
    it was, when it is clearly that.
    """
    count = 0
    if "\\" in text:
        text, count = _ESCAPED_QUOTE.subn(r"\1", text)
    if text.isascii():
        return text, count
    if _C1.search(text) and not _LIKELY.search(text):
        text, controls = _C1.subn(_from_c1, text)
        count += controls
    marked = any(lead in text for lead in "âÃÂð")
    if marked and (sure := len(_SURE.findall(text))):
        # A lone "É”" may be a capital and a closing quotation mark, so the wider pattern is
        # trusted only in a text that shows several undoubted cases.
        pattern = _LIKELY if sure >= _MANY else _SURE
        text, pairs = pattern.subn(_from_mojibake, text)
        count += pairs
    return text, count


def _from_c1(match: re.Match[str]) -> str:
    return match[0].encode("latin-1").decode("cp1252", "ignore")


def _from_mojibake(match: re.Match[str]) -> str:
    raw = bytearray()
    for char in match[0]:
        raw += char.encode("latin-1") if ord(char) < 256 else char.encode("cp1252", "ignore")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def tidy_lines(text: str) -> str:
    """Normalise characters, keeping line breaks: NFC, plain spaces, no controls.

    Lines are stripped and runs of spaces become one; empty lines stay. Idempotent.
    """
    text = _LINE_BREAKS.sub("\n", text)
    text = _REMOVE.sub("", text)
    text = unicodedata.normalize("NFC", text)
    text = _SPACES.sub(" ", text)
    return text.replace(" \n", "\n").replace("\n ", "\n").strip(" ")


def tidy(text: str) -> str:
    """Normalise characters and make the text one line with single spaces. Idempotent."""
    if text.isascii():
        # Most text, and an eighth of the cost.
        plain = " ".join(text.split())
        if plain.isprintable():
            return plain
    return _ALL_SPACES.sub(" ", tidy_lines(text)).strip()


def same_text(text: str) -> str:
    """Reduce text to what makes two of them "the same": letters and digits, case folded."""
    return _same_text(text) if len(text) < _SHORT else _same_text.__wrapped__(text)


@lru_cache(maxsize=4096)  # the pages of a site share their lines, and each is asked for again
def _same_text(text: str) -> str:
    if text.isascii():  # most lines, at a fifth of the cost
        return text.lower().translate(_ASCII_NOT_ALNUM)
    return _NOT_ALNUM.sub("", text.casefold())
