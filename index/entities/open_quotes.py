"""Where a quotation ends that no mark closes in its paragraph; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.entities.quote_marks import Marked
from index.entities.quoted_text import SPOKEN_KINDS, Text
from index.entities.saying import NAMES, Sayings
from index.model import BlockKind

_MOST_BLOCKS = 60
_MOST_ALONE = 1500
"""Characters of a paragraph that is taken for said to its end though no mark ever closes it."""
_CLOSING = {"“": "”", "„": "“”", "‟": "”", "«": "»", '"': '"', "”": "”", "「": "」"}
_PLAIN_MARK = re.compile(r'(?<!\w)"|"(?!\w)')  # but not in צה"ל
_NAMED = re.compile(NAMES)


def reach(
    texts: Sequence[Text], text: Text, mark: Marked, patterns: Sayings
) -> list[tuple[Text, int, int]]:
    """Return what an open quotation of a block holds, as (block, start, end).

    To the mark that closes it in a later paragraph; where none does, to the paragraph's end.
    Nothing where somebody is told to speak inside it: a mark was forgotten somewhere.
    """
    closing = _CLOSING.get(text.text[mark.start], "")
    if not closing or _tells(text.plain[mark.start :], patterns):
        return []
    said = [(text, mark.start, mark.end)]
    for block in texts[text.number + 1 : text.number + 1 + _MOST_BLOCKS]:
        if block.kind not in SPOKEN_KINDS or block.kind is BlockKind.SUMMARY:
            break
        end = _closed(block, closing)
        if _tells(block.plain[: end if end >= 0 else None], patterns):
            break
        said.append((block, 0, end if end >= 0 else len(block.text)))
        if end >= 0:
            return said
    return said[:1] if mark.end - mark.start <= _MOST_ALONE else []


def _closed(block: Text, closing: str) -> int:
    """Return where a block closes a quotation that it did not open, -1 where it does not."""
    if closing == '"':
        # Opening and closing marks are one sign: the last of an odd number, after a word, closes.
        last = block.text.rstrip()
        whole = not block.marked or not block.marked[-1].open
        odd = len(_PLAIN_MARK.findall(last)) % 2
        return len(last) if last.endswith('"') and whole and odd else -1
    for at, sign in enumerate(block.text):
        if sign in closing and not any(one.start < at < one.end for one in block.marked):
            return at + 1
    return -1


def _tells(words: str, patterns: Sayings) -> bool:
    """Whether words tell that somebody who is named says something."""
    return bool(_NAMED.search(words)) and any(
        found["who"] or found["they"] for found in patterns.before.finditer(words)
    )
