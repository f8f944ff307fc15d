"""How well a heading of a page and a title that it states agree."""

from __future__ import annotations

from collections.abc import Sequence

from index.reading.characters import same_text
from index.reading.titles import segments
from index.reading.traits import repeats


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
