"""A text that was a web page: its summary, and where its body ends and its foot begins."""

from __future__ import annotations

from collections.abc import Sequence

from index.reading.roles import date_line
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
    weights = [len(para.text) if is_prose(para.text) else 0 for para in paras]
    total = sum(weights[start:])
    so_far = 0
    end = len(paras)
    for index in range(start, len(paras)):
        text = paras[index].text
        rest = total - so_far
        turning = opens_related(text) or (is_furniture(text) and _many_follow(paras, index))
        foot = _is_foot(weights[index:])
        if so_far and turning and (foot or (so_far > 0.5 * total and rest < 0.5 * so_far)):
            end = index
            break
        so_far += weights[index]
    return _without_menus(paras, start, end)


def _many_follow(paras: Sequence[Paragraph], index: int) -> bool:
    """Whether the next lines after furniture are short too: a foot, not a stray word."""
    after = paras[index + 1 : index + 6]
    return sum(not is_prose(para.text) for para in after) >= min(4, len(after))


def _is_foot(weights: Sequence[int]) -> bool:
    """Whether paragraphs of prose are rare among what follows."""
    return sum(weight > 0 for weight in weights) * 5 <= len(weights)


def _without_menus(paras: Sequence[Paragraph], start: int, end: int) -> int:
    """Return ``end`` moved before a run of menu entries that closes the text."""
    last = end
    while (
        last > start
        and not is_prose(paras[last - 1].text)
        and not is_end_mark(paras[last - 1].text)
    ):
        last -= 1
    # Within what follows the last prose, the foot begins where menu entries begin to prevail.
    for index in range(last, end):
        rest = paras[index:end]
        menu = sum(is_menu_like(para.text) or is_furniture(para.text) for para in rest)
        starts = is_menu_like(rest[0].text) or is_furniture(rest[0].text)
        if starts and len(rest) >= _MENU_RUN and menu >= 0.75 * len(rest):
            return index
    return end


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
    if len(first) > 220 or is_menu_like(first) or ends_sentence(first.rstrip(".")):
        return "", 0
    if first.endswith((":", ",")) or not is_prose(following):
        return "", 0
    return first, index + 1
