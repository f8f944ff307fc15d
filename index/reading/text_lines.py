"""Lines of plain text to paragraphs: wrapped lines joined, torn inline elements put back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.reading.dateline import find_dateline
from index.reading.traits import ends_sentence, is_furniture, is_prose

_NARROWEST, _WIDEST = 45, 130
_FULL = 0.82
_FULL_SENTENCE = 0.93
_BULLET = re.compile(r"^(?:[•●▪◦‣·*–—-]\s+|\(?\d{1,2}[.)]\s+|\(?[a-z][.)]\s+|[•●▪◦‣])")
_ADDRESS = re.compile(r"https?://|www\.|\S+@\S+\.\w")
_ORDINAL = re.compile(r"^(?:st|nd|rd|th)(?:[\s,.]|$)")
_TAIL_WORD = re.compile(
    r"\b(?:a|an|the|of|in|on|at|to|for|from|by|with|and|or|as|that|which|who|is|are|was|were|has|have"
    r"|will|his|her|its|their|our|this|de|la|le|el|und|der|die|das|et|y|e|\w+[’']s|The|In|For)$"
)
_DASHED_REST = re.compile(r"^[–—]\s(?=[a-z])")
_DASHED_TEXT = re.compile(r"^(?:[–—]|--?)\s(?=[\"“A-Z])")
_PAGE_NUMBER = re.compile(r"^\W*(?:page\s+)?\d{1,3}(?:\s+of\s+\d{1,3})?\W*$", re.IGNORECASE)
_SHORTEST_FOOTER = 15
_LABEL_WORDS = 5
_LONG_LABEL = 15
_LONGEST_POINT = 150
_LONGEST_PARAGRAPH = 50_000
_FEWEST_POINTS = 3
_CLOSING = ",.;:!?)]}’”»%"
_OPENING = ("“", "„", "«", "(", "[")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a text: ``gap`` says whether an empty line stood before it."""

    text: str
    gap: bool = False
    bullet: bool = False


def paragraphs(text: str) -> list[Paragraph]:
    """Split tidied text into paragraphs.

    Empty lines separate paragraphs. Inside a group of lines they are joined when the text is
    hard-wrapped (most lines are about equally long and run on), and when one is visibly the
    rest of the one before it (it begins in lower case or with a comma, as after a link).
    """
    groups = _groups(text.split("\n"))
    width = _wrap_width(groups)
    if width:
        groups = _without_page_breaks(groups)
    found: list[Paragraph] = []
    for group in groups:
        lines = _joined(group, width)
        points = _points(lines)
        found += [
            Paragraph(line, gap=number == 0 and bool(found), bullet=number in points)
            for number, line in enumerate(lines)
        ]
    return found


def _points(lines: Sequence[str]) -> set[int]:
    """Return which lines are points of a list: by their bullets, or in a run after a colon."""
    points = {number for number, line in enumerate(lines) if _BULLET.match(line)}
    for number, line in enumerate(lines):
        if line.endswith(":") and len(line) > _LONG_LABEL:
            end = number + 1
            while (
                end < len(lines) and len(lines[end]) < _LONGEST_POINT and not is_prose(lines[end])
            ):
                end += 1
            if end - number > _FEWEST_POINTS:
                points |= set(range(number + 1, end))
    return points


def _groups(lines: Sequence[str]) -> list[list[str]]:
    groups: list[list[str]] = [[]]
    for line in lines:
        line = line.strip()
        if line:
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _without_page_breaks(groups: Sequence[Sequence[str]]) -> list[list[str]]:
    """Take page numbers and repeated page headers and footers out of a paginated text.

    The last copy of a repeated line stays. A sentence that a page break cut in two is joined.
    """
    left = Counter(_PAGE_NUMBER.sub("", line) for group in groups for line in group)
    found: list[list[str]] = []
    for group in groups:
        kept: list[str] = []
        for line in group:
            key = _PAGE_NUMBER.sub("", line)
            left[key] -= 1
            if key and (len(key) < _SHORTEST_FOOTER or not left[key]):
                kept.append(line)
        if kept and found and kept[0][0].islower() and not ends_sentence(found[-1][-1]):
            found[-1] += kept
        elif kept:
            found.append(kept)
    return found


def _wrap_width(groups: Sequence[Sequence[str]]) -> int:
    """Return the width lines are wrapped at, or 0 when they are not."""
    lengths = sorted(len(line) for group in groups for line in group)
    if len(lengths) < 4:
        return 0
    width = lengths[int(len(lengths) * 0.95) - 1]
    if not _NARROWEST <= width <= _WIDEST or lengths[-1] > 2 * width:
        return 0
    full = running = 0
    for group in groups:
        for line, after in pairwise(group):
            if len(line) + 1 + len(after.split(" ", 1)[0]) > width * _FULL:
                full += 1
                running += not ends_sentence(line)
    pairs = sum(len(group) - 1 for group in groups)
    return width if full >= 3 and running > 0.5 * full and full > 0.25 * pairs else 0


def _joined(group: Sequence[str], width: int) -> list[str]:
    lines: list[str] = []
    last = ""
    torn = False
    for line in group:
        fits = bool(lines) and len(lines[-1]) < _LONGEST_PARAGRAPH
        if fits and (torn or _continues(lines[-1], last, line, width)):
            torn = bool(_ORDINAL.match(line)) and len(line) == 2
            tight = _ORDINAL.match(line) or line[0] in _CLOSING or _is_initial(last, line)
            tight = tight or last in _OPENING
            hyphen = lines[-1].endswith("-") and line[0].islower() and width
            if not width and (line[0].islower() or line[0] in _CLOSING) and _is_label(lines):
                lines[-2:] = [" ".join(lines[-2:])]
            lines[-1] += line if tight or hyphen else f" {line}"
        else:
            lines.append(line)
            torn = False
        last = line
    return lines


def _continues(paragraph: str, last: str, line: str, width: int) -> bool:
    """Whether ``line`` belongs to the paragraph whose last line as it stands is ``last``."""
    if last in _OPENING or _is_dashed_rest(last, line):
        return True
    if _BULLET.match(line) or _ADDRESS.match(line):
        return False
    if any(part[-1].isalpha() and is_furniture(part) for part in (last, line)):
        return False
    if width:
        if _opens_release(line):
            return False
        # A sentence that ends well before the edge, with room for the next word, ends its
        # paragraph; other lines are full somewhat earlier, for letters are not all as wide.
        edge = width * (_FULL_SENTENCE if ends_sentence(last) else _FULL)
        full = len(last) + 1 + len(line.split(" ", 1)[0]) > edge
        runs_on = line[0].islower() or bool(_TAIL_WORD.search(last[-12:]))
        return full or (runs_on and not ends_sentence(last))
    if _is_initial(last, line):
        return True
    if ends_sentence(paragraph) and line[0] not in ",;)":
        return False
    if paragraph[-1:].isdigit() and _ORDINAL.match(line):
        return True
    if paragraph.endswith(",") and is_prose(line):
        return True
    return line[0].islower() or line[0] in _CLOSING or bool(_TAIL_WORD.search(paragraph[-12:]))


def _is_dashed_rest(last: str, line: str) -> bool:
    """Whether a line that opens with a dash is no point of a list but goes on with the last one.

    It goes on in lower case, or the last line is the place of a dateline in capitals.
    """
    if _BULLET.match(last) or ends_sentence(last) or last[-1] in ":;":
        return False
    if _DASHED_REST.match(line):
        return len(last) > _LONG_LABEL
    return last.isupper() and bool(_DASHED_TEXT.match(line)) and _opens_release(f"{last} {line}")


def _opens_release(line: str) -> bool:
    """Whether a line begins with a dateline, which always opens a paragraph."""
    if line[0] != "(" and not line[:4].isupper():
        return False
    found = find_dateline(line)
    return found is not None and (line[0] == "(" or bool(found.date) or line[:4].isupper())


def _is_label(lines: Sequence[str]) -> bool:
    """Whether the last line is a name that a link tore out of the sentence in the line before.

    Before it stands an office ("District Attorney") or the beginning of the sentence, which
    shows by its punctuation and its words in lower case.
    """
    if len(lines) < 2 or not _may_be_torn(lines[-1]) or lines[-1].count(" ") >= _LABEL_WORDS:
        return False
    before = lines[-2]
    words = before.split(" ")
    lower = sum(word[:1].islower() for word in words)
    if not _may_be_torn(before) and not (before.endswith(",") and 2 * lower >= len(words)):
        return False
    sentence = 2 * lower >= len(words) and any(mark in before for mark in ',;”"')
    return sentence or len(words) <= _LABEL_WORDS


def _may_be_torn(line: str) -> bool:
    return (
        not ends_sentence(line)
        and not is_furniture(line)
        and not line[0].islower()
        and line[-1] not in ",;:"
        and not line.isupper()
    )


def _is_initial(last: str, line: str) -> bool:
    """Whether small capitals were torn apart: "T" above "HE"."""
    return len(last) == 1 and last.isupper() and line.isupper() and line.isalpha() and last != "I"
