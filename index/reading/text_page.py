"""A text that was a web page: its summary, and where its body ends and its foot begins."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from index.reading.date_lines import date_line
from index.reading.dateline import find_dateline
from index.reading.dates import find_dates
from index.reading.text_lines import Paragraph
from index.reading.text_title import can_be_title
from index.reading.traits import (
    ends_sentence,
    is_caption,
    is_end_mark,
    is_furniture,
    is_menu_like,
    is_prose,
    is_standing_line,
    opens_related,
)

_MENU_RUN = 4
_LIST = 20
_NEXT = 4
_MENU_SHARE = 0.75
_LEFT, _MOST_LEFT = 0.5, 0.8
"""Running text below what may be the foot, of that above it: after furniture, after a heading."""


def without_head_menus(paras: Sequence[Paragraph]) -> list[Paragraph]:
    """Take out the runs of menu entries, furniture among them, that come before any prose."""
    prose = next((n for n, para in enumerate(paras) if is_prose(para.text)), len(paras))
    kept: list[Paragraph] = []
    run: list[Paragraph] = []
    for para in [*paras[:prose], None]:
        if para is not None and (is_furniture(para.text) or is_menu_like(para.text)):
            run.append(para)
            continue
        known = sum(is_furniture(one.text) for one in run)
        if not known or len(run) < _MENU_RUN:
            kept += run
        run = []
        kept += [para] if para is not None else []
    return [*kept, *paras[prose:]]


def body_end(paras: Sequence[Paragraph], start: int) -> int:
    """Return the index where the release ends and the page's foot begins."""
    prose = [is_prose(para.text) for para in paras]
    total = sum(len(para.text) for para, is_text in zip(paras, prose, strict=True) if is_text)
    total -= sum(len(paras[index].text) for index in range(start) if prose[index])
    prose_left = sum(prose[start:])
    so_far = 0
    end = len(paras)
    inside: set[str] = set()
    for index in range(start, len(paras)):
        text = paras[index].text
        widget = text in inside  # what stood inside the text before does not end it
        if so_far and prose_left and is_furniture(text):
            inside.add(text)
        if opens_related(text) or (
            is_furniture(text)
            and not widget
            and (_many_follow(prose, index) or _dates_follow(paras[index + 1 :]))
        ):
            # Prose is rare in a foot: teasers and notes among headlines and labels.
            foot = prose_left * 5 <= len(paras) - index if so_far else not prose_left
            foot = foot and (so_far > 0 or index > start)
            rest = total - so_far
            related = opens_related(text)
            listed = so_far > 0 and related and _lists_others(paras[index + 1 :])
            most = _MOST_LEFT if related else _LEFT
            if foot or listed or (so_far > 0.5 * total and rest < most * so_far):
                end = index
                break
        if prose[index]:
            so_far += len(text)
            prose_left -= 1
    return _without_menus(paras, prose, start, end)


def _lists_others(paras: Sequence[Paragraph]) -> bool:
    """Whether dates stand between what follows: a list of other releases with teasers."""
    places = [n for n, para in enumerate(paras[:_LIST]) if date_line(para.text, "")]
    return len(places) >= 3 and all(b - a <= 4 for a, b in pairwise(places))


def _dates_follow(paras: Sequence[Paragraph]) -> bool:
    """Whether a list of other releases with their dates begins right here."""
    return any(date_line(para.text, "") for para in paras[:_NEXT]) and _lists_others(paras)


def _many_follow(prose: Sequence[bool], index: int) -> bool:
    """Whether the next lines after furniture are short too: a foot, not a stray word."""
    after = prose[index + 1 : index + 6]
    return after.count(False) >= min(4, len(after))


def _without_menus(paras: Sequence[Paragraph], prose: Sequence[bool], start: int, end: int) -> int:
    """Return ``end`` moved before a run of menu entries that closes the text.

    Known furniture must be among them: a list of names has the same shape.
    """
    menu = 0
    known = int(end < len(paras))  # what was cut off already began with furniture
    found = end
    # Backwards from the end to the last prose: the foot begins at the first line from which on
    # menu entries prevail.
    for index in range(end - 1, start - 1, -1):
        text = paras[index].text
        if prose[index] or is_end_mark(text):
            break
        known += is_furniture(text)
        entry = is_menu_like(text) or is_furniture(text)
        menu += entry
        lines = end - index
        if known and entry and lines >= _MENU_RUN and menu >= _MENU_SHARE * lines:
            found = index
    return found


def find_summary(paras: Sequence[Paragraph], lang: str) -> tuple[str, int]:
    """Return a summary that stands between the title and the body, and where the body begins.

    It is a paragraph set off from the body by a caption, a source line, a date or a contact, or
    a short second headline right under the title.
    """
    texts = [para.text for para in paras[:12]]
    index = 0
    while index < len(texts) and (is_furniture(texts[index]) or date_line(texts[index], lang)):
        index += 1
    if index >= len(texts):
        return "", 0
    first = texts[index]
    following = next((text for text in texts[index + 1 :] if not is_furniture(text)), "")
    if not following or not can_be_title(first, lang) or paras[index].bullet:
        return "", 0
    if is_prose(first):
        divided = is_caption(following) or is_standing_line(following)
        return (first, index + 1) if divided and len(first) < 700 else ("", 0)
    if find_dates(first, lang) or find_dateline(first, lang):
        return "", 0
    if len(first) > 220 or is_menu_like(first) or ends_sentence(first.rstrip(".")):
        return "", 0
    if first.endswith((":", ",")) or not is_prose(following):
        return "", 0
    return first, index + 1
