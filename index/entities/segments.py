"""The parts of a release in which people and places are looked for, with their offsets."""

from __future__ import annotations

import re
from typing import NamedTuple

from index.model import BLOCK_SEPARATOR, BlockKind, Release
from index.reading.credits import BYLINE_LOOSE, CREDIT_IN_BRACKETS, CREDIT_LINE, CREDIT_TO_END

_LEFT_OUT = frozenset({BlockKind.CONTACT, BlockKind.BOILERPLATE})
_HEADINGS = frozenset({BlockKind.TITLE, BlockKind.HEADING})

# Words in small letters, but not those in addresses of pages and mail.
_SMALL_WORD = re.compile(r"(?<![\w.@/#&-])[a-z]{3,}(?![\w@/-]|\.\w)")
# A line long enough to have been wrapped rather than ended.
_WRAPPED = re.compile(r"([^\n]{50})\n")

NOUNS_WITH_CAPITALS = frozenset({"de", "lb", "als", "gsw"})
"""Languages whose nouns all have a capital, so that a capital proves no name."""
LOOKED_AT = 200_000
"""Characters of a release in which names are looked for: many times a long announcement."""


class Segment(NamedTuple):
    """A block's text, at the same offsets as in the release, with what holds no names blanked out.

    ``start`` is the block's offset in ``Release.text``; ``heading`` says that words may be
    capitalised for no other reason than standing in a headline; ``lower`` are the words that the
    release, anywhere in it, writes in small letters too; ``lang`` is its language's code.
    """

    kind: BlockKind
    start: int
    text: str
    heading: bool
    lower: frozenset[str]
    lang: str = ""


def segments_of(release: Release) -> tuple[Segment, ...]:
    """The blocks to look into: no contacts, no boilerplate, no credits and no bylines.

    What stands beyond ``LOOKED_AT`` characters is left out, so that time and memory are bounded.
    """
    found = []
    start = 0
    lang = primary(release.lang)
    lower = frozenset(_SMALL_WORD.findall(release.text[:LOOKED_AT]))
    for block in release.blocks:
        if start >= LOOKED_AT:
            break
        if block.kind not in _LEFT_OUT and not _is_credit(block.text):
            text = _blank_credits(block.kind, _cut(block.text, LOOKED_AT - start))
            if block.kind is not BlockKind.LIST:
                # Hard-wrapped lines are one run of words; the items of a list are not.
                text = _WRAPPED.sub(r"\1 ", text) if "\n" in text else text
            heading = _is_heading(block.kind, text)
            found.append(Segment(block.kind, start, text, heading, lower, lang))
        start += len(block.text) + len(BLOCK_SEPARATOR)
    return tuple(found)


def primary(lang: str) -> str:
    """The language of a tag without script or country: ``de`` of ``de-AT``."""
    return lang.lower().replace("_", "-").partition("-")[0]


def _cut(text: str, size: int) -> str:
    """The text's first ``size`` characters, without a word that the cut goes through."""
    if len(text) <= size:
        return text
    space = max(text.rfind(" ", 0, size + 1), text.rfind("\n", 0, size + 1))
    return text[: space if space > 0 else size]


def _is_credit(text: str) -> bool:
    line = text.strip()
    if len(line) > 110:
        return False
    return bool(BYLINE_LOOSE.match(line) or CREDIT_LINE.match(line))


def _blank_credits(kind: BlockKind, text: str) -> str:
    pattern = CREDIT_TO_END if kind is BlockKind.CAPTION else CREDIT_IN_BRACKETS
    if pattern is CREDIT_IN_BRACKETS and "(" not in text and "[" not in text:
        return text
    # A bar breaks runs of words and is no letter; the length must stay as it was.
    return pattern.sub(lambda match: "|" * len(match.group()), text)


def _is_heading(kind: BlockKind, text: str) -> bool:
    if kind in _HEADINGS:
        return True
    # A short block without a sentence's end in which nearly all long words are capitalised.
    words = [word for word in text[:400].split() if len(word) > 3 and word[0].isalpha()]
    if len(text) > 200 or len(words) < 3 or text.rstrip().endswith((".", "!", "?", ":", "”", '"')):
        return False
    return sum(word[0].isupper() for word in words) >= 0.8 * len(words)
