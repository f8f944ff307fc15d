"""How well a heading of a page and a title that it states agree."""

from __future__ import annotations

from collections.abc import Sequence

from index.reading.characters import same_text
from index.reading.html_tree import Unit
from index.reading.titles import segments
from index.reading.traits import repeats

_SHORT_WORD = 4
_HEAD_UNITS = 12
_LONGEST_SITE = 100
_SITE_TOKENS = frozenset(("logo", "sitename", "sitetitle", "branding"))


def without_kicker(text: str, stated: Sequence[str]) -> str:
    """Return a heading without the kicker inside it, which no stated title has."""
    same = same_text(text)
    for title in stated:
        other = same_text(title)
        if len(other) > 15 and same != other and _ends(same, other):
            start = len(text) - len(title)
            while start > 0 and same_text(text[start:]) != other:
                start -= 1
            return text[start:].strip() if start > 0 else text
    return text


def _ends(same: str, other: str) -> bool:
    return same.endswith(other) and 3 * len(other) > 2 * len(same)


def agreement(text: str, same: str, stated: str) -> int:
    """How well a heading and a stated title agree: 3 the same, 2 a whole segment, 1 cut off."""
    other = same_text(stated)
    if same == other:
        return 3
    if len(same) > 8 and same in other and _is_part(same, stated):
        return 2
    if opens_title(same, other) or (len(same) > 15 and _after_kicker(same, stated)):
        return 2
    if is_cut(same, stated):
        return 2
    if len(other) > 15 and _ends(same, other):
        return 2
    return 1 if repeats(text, stated) else 0


def _is_part(same: str, stated: str) -> bool:
    """Whether a heading is one segment of a stated title, or several, one after another."""
    parts = [same_text(part) for part in segments(stated)]
    ends = range(1, len(parts) + 1)
    return any("".join(parts[start:end]) == same for end in ends for start in range(end))


def is_cut(same: str, stated: str) -> bool:
    """Whether a stated title is a heading cut off with an ellipsis."""
    if not stated.endswith(("…", "...")):
        return False
    other = same_text(stated)
    return len(other) > 15 and same.startswith(other)


def opens_title(same: str, other: str) -> bool:
    """Whether a line is the greater part of a stated title, which opens with it."""
    least = 15 if same.isascii() else 7
    return len(same) > least and 2 * len(same) > len(other) and other.startswith(same)


def _after_kicker(same: str, stated: str) -> bool:
    """Whether a line is what a stated title says after its kicker: "Transport: Bridge opens"."""
    return ": " in stated and same == same_text(stated.split(": ", 1)[1])


def is_headline(text: str) -> bool:
    """Whether a text is long enough to be a headline rather than a name or a label."""
    return text.count(" ") >= 2 or (not text.isascii() and len(text) > 9 and not _is_latin(text))


def _is_latin(text: str) -> bool:
    return sum("a" <= char <= "z" or "A" <= char <= "Z" for char in text) > len(text) // 2


def is_nearer(line: str, stated: str, units: Sequence[Unit]) -> bool:
    """Whether a line shares clearly more words with the text than the stated title does."""
    body = same_text(" ".join(unit.text for unit in units if unit.prose and not unit.node.chrome))
    line_words, stated_words = (
        {same_text(word) for word in text.split() if len(word) > _SHORT_WORD}
        for text in (line, stated)
    )
    shared = [sum(word in body for word in words) for words in (line_words, stated_words)]
    return shared[0] >= shared[1] + 2 and 2 * shared[0] >= len(line_words)


def named_site(units: Sequence[Unit]) -> str:
    """Return the site's name as the page's head shows it beside its logo, or ""."""
    for unit in units[:_HEAD_UNITS]:
        for node in unit.node.ancestors():
            if node.text > 2 * len(unit.text):
                break
            if _SITE_TOKENS & node.tokens or {"site", "title"} <= node.tokens:
                return unit.text if len(unit.text) < _LONGEST_SITE else ""
    return ""


def below_text(units: Sequence[Unit]) -> int:
    """Return the unit of the third paragraph of running text: no headline stands below it."""
    prose = [n for n, unit in enumerate(units) if unit.prose and not unit.node.chrome]
    return prose[2] if len(prose) > 2 else len(units)
