"""Where quotations begin and end in a text, by the marks of many languages; pure."""

from __future__ import annotations

import re
from typing import NamedTuple

_CLOSERS = {
    "“": "”",
    "„": "“”",
    "‟": "”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "「": "」",
    "『": "』",
    '"': '"',
    "״": "״",
    "”": "”",
    "‘": "’",
    "＂": "＂",
}
"""What opens a quotation, and what may close it."""
_DOUBLE = frozenset('“”„‟"')
"""Signs that texts mix: a quotation opened by one of them may be closed by another."""
_EITHER = frozenset('"״”＂»')
"""Signs that open and close: what stands around them tells."""
_SIGNS = re.compile(f"[{''.join(_CLOSERS)}’›」』]|''|``")
_LETTER = re.compile(r"[^\W_]")
_BEFORE_OPENING = frozenset(" \n\t\u00a0\u202f([{—–-―/:'‘“«„")
MOST = 6000
"""Characters of one quotation in one block: what is longer was not closed where it should be."""


class Marked(NamedTuple):
    """A quotation in a text, marks included. ``open``: no mark closes it in this text."""

    start: int
    end: int
    open: bool = False


def marked_in(text: str) -> list[Marked]:
    """Return the outermost quotations of a text, in order."""
    found: list[Marked] = []
    opened, sign, inside = -1, "", False
    for match in _SIGNS.finditer(text):
        at, here = match.start(), match.group()
        if opened < 0:
            if here in _CLOSERS and _opens(text, at):
                opened, sign, inside = at, here, False
            continue
        if at - opened > MOST:
            opened = at if here in _CLOSERS and _opens(text, at) else -1
            sign = here
        elif here in _CLOSERS[sign] and _closes(text, at, sign):
            found.append(Marked(opened, match.end()))
            opened = -1
        elif here == sign and here not in _EITHER and _opens(text, at) and here != "‘":
            # The same mark opens again: the first was never closed.
            opened, inside = at, False
        elif here in _DOUBLE and sign in _DOUBLE:
            if inside or _opens(text, at):
                inside = not inside  # a quotation inside it, by other marks
            elif _ends_word(text, at):
                found.append(Marked(opened, match.end()))
                opened = -1
    if opened >= 0 and sign != "‘":
        found.append(Marked(opened, len(text), open=True))
    return found


def _opens(text: str, at: int) -> bool:
    """Whether the sign at a place may open: a blank or bracket before it, a word after it."""
    before = text[at - 1] if at else " "
    after = text[at + 1 : at + 3]
    if text[at] in "„«「『" and before != text[at]:
        return bool(after.strip())
    if before not in _BEFORE_OPENING:
        return False
    if text[at] == "»":
        return bool(_LETTER.match(after[:1]))
    return bool(after) and not after[0].isspace() and after[0] not in ",.;:)"


def _closes(text: str, at: int, sign: str) -> bool:
    before, after = text[at - 1], text[at + 1 : at + 2]
    inside_word = bool(_LETTER.match(before) and after and _LETTER.match(after))
    if sign == "‘":  # the apostrophe is the same sign
        return before in ",.?!…" and not (after and _LETTER.match(after))
    if sign in _EITHER:
        return not inside_word and not (before.isspace() and bool(_LETTER.match(after or " ")))
    return True


def _ends_word(text: str, at: int) -> bool:
    """Whether the sign at a place stands right after a word or a stop, and before neither."""
    before, after = text[at - 1], text[at + 1 : at + 2]
    return not (before.isspace() or before.isdigit() or (after and after.isalnum()))


def words_in(text: str) -> int:
    """Return how many words a text has, a sign of an unspaced script counted as half of one."""
    count = len(text.split())
    return max(count, sum(char > "\u2e7f" for char in text) // 2)
