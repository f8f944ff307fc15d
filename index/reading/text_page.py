"""A text that was a web page: its title among repeats, its body between menus and footers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from index.reading.characters import same_text
from index.reading.dates import find_dates
from index.reading.roles import date_line
from index.reading.text_lines import Paragraph
from index.reading.titles import bounded, without_site
from index.reading.traits import (
    ends_sentence,
    is_caption,
    is_contact,
    is_end_mark,
    is_furniture,
    is_menu_like,
    is_prose,
    is_release_flag,
    is_standing_line,
    opens_contacts,
    opens_related,
    without_release_flag,
)

_HEAD = 40
_SHORTEST_TITLE = 12
_LONGEST_TITLE = 350
_MOST_LINES = 4
_MENU_RUN = 4


def find_title(paras: Sequence[Paragraph]) -> tuple[str, int]:
    """Return the title and the index of the paragraph after its last occurrence in the head.

    A line that occurs again, whole, with the site's name after it or cut off by an ellipsis, is
    the title; otherwise the first line that is no furniture, date, label or contact.
    """
    head = paras[:_HEAD]
    repeated = _repeated_title(head)
    if repeated:
        return repeated, _after_title(head, repeated)
    for index, para in enumerate(head):
        text = without_release_flag(para.text)
        if _can_be_title(text):
            short = len(text) <= _LONGEST_TITLE and not (is_prose(text) and len(text) > 160)
            # A first paragraph that is already the text stays in the body.
            return (text, index + 1) if short else (bounded(text), index)
    return "", 0


def _can_be_title(text: str) -> bool:
    return not (
        len(text) < 4
        or is_furniture(text)
        or is_release_flag(text)
        or date_line(text, "")
        or is_standing_line(text)
        or is_caption(text)
        or is_contact(text)
        or opens_contacts(text)
        or is_end_mark(text)
        or _is_dated_contact(text)
    )


def _is_dated_contact(text: str) -> bool:
    """Whether a line is a date followed by the label of a contact, as letterheads have it."""
    dates = find_dates(text[:60])
    rest = text[dates[0].end :].strip(" ,|-–") if dates and dates[0].start < 12 else ""
    return bool(rest) and len(text) < 120 and (":" in rest[:20] or is_contact(rest))


def _repeated_title(head: Sequence[Paragraph]) -> str:
    """Return the longest headline that the head shows twice in one form or another."""
    texts = [para.text for para in head]
    counts = Counter(same_text(text) for text in texts)
    best = ""
    for index, text in enumerate(texts):
        same = same_text(text)
        if not _SHORTEST_TITLE <= len(text) <= _LONGEST_TITLE or is_furniture(text):
            continue
        again = counts[same] > 1 or _stands_before_site(same, texts[:index])
        if again and len(text) > len(best) and not date_line(text, "") and not _is_long(text):
            best = text
    return best or _title_over_lines(texts)


def _is_long(text: str) -> bool:
    return is_prose(text) and len(text) > 200


def _stands_before_site(same: str, earlier: Sequence[str]) -> bool:
    """Whether an earlier line is this one with a site's name after it, or cut off."""
    for text in earlier:
        other = same_text(text)
        if len(same) >= _SHORTEST_TITLE and other != same:
            if other.startswith(same) and same_text(without_site(text, "")) == same:
                return True
            if text.endswith(("…", "...")) and len(other) > 20 and same.startswith(other):
                return True
    return False


def _title_over_lines(texts: Sequence[str]) -> str:
    """Return the title of the page's first line when later lines together say it again."""
    for first in texts[:3]:
        bare = without_site(first, "")
        whole = same_text(first)
        for start in range(1, len(texts)):
            joined = ""
            for count, text in enumerate(texts[start : start + _MOST_LINES]):
                joined += same_text(text)
                if not whole.startswith(joined):
                    break
                if count and len(joined) > 25 and (joined in (same_text(bare), whole)):
                    return bare if joined == same_text(bare) else first
    return ""


def _after_title(head: Sequence[Paragraph], title: str) -> int:
    """Return the index after the last place in the head where the title stands."""
    whole = same_text(title)
    after = 0
    prose = 0
    for index, para in enumerate(head):
        same = same_text(para.text)
        if prose > 2:
            break
        if same == whole or (same.startswith(whole) and len(para.text) < len(title) + 80):
            after, prose = index + 1, 0
        elif whole.startswith(same) and len(same) > 15:
            rest = whole[len(same) :]
            lines = 1
            for later in head[index + 1 : index + _MOST_LINES]:
                if not rest or not rest.startswith(same_text(later.text)):
                    break
                rest = rest[len(same_text(later.text)) :]
                lines += 1
            if not rest:
                after, prose = index + lines, 0
        elif is_prose(para.text):
            prose += 1
    return after


def before_title(paras: Sequence[Paragraph], end: int, repeated: bool) -> list[Paragraph]:
    """Return what of the lines before the title belongs to the release: contacts, prose.

    When the title is repeated, what stands between its copies is the page's head, from which
    only contacts are worth keeping.
    """
    kept = []
    for para in paras[:end]:
        text = para.text
        if is_furniture(text) or is_menu_like(text):
            continue
        if is_contact(text) or (is_prose(text) and not repeated):
            kept.append(para)
    return kept


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
        if so_far and turning and (so_far > 0.5 * total or _is_foot(weights[index:])):
            if rest < 0.5 * so_far or _is_foot(weights[index:]):
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


def find_summary(paras: Sequence[Paragraph]) -> tuple[str, int]:
    """Return a summary that stands between the title and the body, and where the body begins.

    It is a paragraph set off from the body by a caption, a source line, a date or a contact, or
    a short second headline right under the title.
    """
    texts = [para.text for para in paras[:12]]
    index = 0
    while index < len(texts) and (is_furniture(texts[index]) or date_line(texts[index], "")):
        index += 1
    if index >= len(texts):
        return "", 0
    first = texts[index]
    following = next((text for text in texts[index + 1 :] if not is_furniture(text)), "")
    if not following or not _can_be_title(first) or paras[index].bullet:
        return "", 0
    if is_prose(first):
        divided = is_caption(following) or is_standing_line(following)
        return (first, index + 1) if divided and len(first) < 700 else ("", 0)
    if len(first) > 220 or is_menu_like(first) or ends_sentence(first.rstrip(".")):
        return "", 0
    if first.endswith((":", ",")) or not is_prose(following):
        return "", 0
    return first, index + 1
