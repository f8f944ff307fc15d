"""The title of a plain text: among repeats, under a letterhead, after "For immediate release"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.reading.characters import same_text
from index.reading.date_lines import date_line
from index.reading.dateline import find_dateline
from index.reading.dates import find_dates
from index.reading.generic import is_generic
from index.reading.text_lines import Paragraph
from index.reading.titles import bounded, segments, without_site
from index.reading.traits import (
    has_address,
    is_caption,
    is_contact,
    is_end_mark,
    is_furniture,
    is_prose,
    is_release_flag,
    is_standing_line,
    opens_contacts,
    repeats,
    without_release_flag,
)

HEAD = 40
_SHORTEST = 12
_LONGEST = 350
_LONGEST_REPEATED = 400
_COMPARED = 400
_MOST_LINES = 4
_FIRST_LINES = 3
_LETTERHEAD_GAP = 4
_HEADLINE_WORDS = 4
_LETTERHEAD_LINES = 2
_SHORTEST_OF_NAME = 4
_FLAG_BEFORE = re.compile(r"^\W*for\s+immediate\s+release\W+(?=\w)", re.IGNORECASE)


def find_title(paras: Sequence[Paragraph], lang: str) -> tuple[str, int]:
    """Return the title and the index of the paragraph after its last occurrence in the head.

    A line that occurs again, whole, with the site's name after it or cut off by an ellipsis, is
    the title; then what follows "For immediate release:"; then the first line under the
    letterhead that is no furniture, date, label or contact.
    """
    head = paras[:HEAD]
    repeated = repeated_title(head, lang)
    if repeated:
        return repeated, _after_title(head, repeated)
    for index, para in enumerate(head):
        text = without_release_flag(para.text)
        if text != para.text and len(text) >= _SHORTEST and not date_line(text, lang):
            return _bounded(text, index)
        if is_prose(para.text):
            break
    return _first_headline(head, _after_letterhead(head, lang), lang)


def _first_headline(head: Sequence[Paragraph], start: int, lang: str) -> tuple[str, int]:
    """Return the first line that may be a title, rather a headline than a name of two words.

    Where no line is running text, a longer line is as likely part of that text as the headline.
    """
    short = -1
    lines_only = not any(is_prose(para.text) for para in head[start:])
    for index in range(start, len(head)):
        text = without_release_flag(head[index].text)
        if short >= 0 and is_prose(text):
            break
        if not can_be_title(text, lang):
            continue
        if (short >= 0 or is_prose(text)) and _opens_release(text, lang):
            break
        if short >= 0 and lines_only:
            below = index > short + _LETTERHEAD_LINES or text[0].islower()
            if below or not _is_name(head[short].text):
                break
        if text.count(" ") >= _HEADLINE_WORDS - 1 or not text.isascii():
            return _bounded(text, index)
        short = index if short < 0 else short
    if short < 0:
        return "", 0
    return _bounded(without_release_flag(head[short].text), short)


def _is_name(text: str) -> bool:
    """Whether every word of some length has a capital, as in the name of whoever issues a text."""
    words = [word for word in text.split() if len(word) >= _SHORTEST_OF_NAME]
    return is_generic(text) or all(word[0].isupper() for word in words)


def _opens_release(text: str, lang: str) -> bool:
    """Whether a line opens with a place and a date, as the text of a release does."""
    dateline = find_dateline(text, lang)
    return dateline is not None and bool(dateline.date)


def can_be_title(text: str, lang: str) -> bool:
    """Whether a line may be a headline: no furniture, date, label, caption or contact."""
    return not (
        len(text) < 4
        or is_furniture(text)
        or is_release_flag(text)
        or date_line(text, lang)
        or is_standing_line(text)
        or is_caption(text)
        or is_contact(text)
        or opens_contacts(text)
        or is_end_mark(text)
        or _is_dated_contact(text, lang)
        or opens_contacts(_FLAG_BEFORE.sub("", text))
    )


def is_dumped_page(paras: Sequence[Paragraph]) -> bool:
    """Whether a text begins as the dump of a web page does: with menus and share bars."""
    lines = paras[1:HEAD]
    furniture = [para for para in lines if is_furniture(para.text) and len(para.text) > 3]
    return len(furniture) > 1


def _bounded(text: str, index: int) -> tuple[str, int]:
    """Return a title and where the text goes on: a paragraph that is already text stays in it."""
    if len(text) <= _LONGEST and not (is_prose(text) and len(text) > 160):
        return text, index + 1
    return bounded(text), index


def _is_dated_contact(text: str, lang: str) -> bool:
    """Whether a line is a date followed by the label of a contact, as letterheads have it."""
    dates = find_dates(text[:60], lang)
    rest = text[dates[0].end :].strip(" ,|-–") if dates and dates[0].start < 12 else ""
    return bool(rest) and len(text) < 120 and (":" in rest[:20] or is_contact(rest))


def _after_letterhead(head: Sequence[Paragraph], lang: str) -> int:
    """Return the index after the contacts that a text opens with, 0 when it opens otherwise."""
    end = 0
    for index, para in enumerate(head):
        text = para.text
        if is_prose(text) or index - end >= _LETTERHEAD_GAP:
            break
        anchor = has_address(text) or is_contact(text) or _is_dated_contact(text, lang)
        # The letterhead opens the text; contacts further down come after the title.
        if anchor and (end or index < 2):
            end = index + 1
    below = any(not is_prose(para.text) and can_be_title(para.text, lang) for para in head[end:])
    return end if below else 0


def repeated_title(head: Sequence[Paragraph], lang: str) -> str:
    """Return the headline that the head shows twice in one form or another.

    One that the very first lines show (the title of the page) goes before any other.
    """
    texts = [para.text[:_COMPARED] for para in head]
    sames = [same_text(text) for text in texts]
    found: list[tuple[bool, int, str]] = []
    for index, text in enumerate(texts):
        same = sames[index]
        whole = same in sames[:index]
        longest = _LONGEST_REPEATED if whole else _LONGEST
        if not _SHORTEST <= len(text) <= longest or not can_be_title(text, lang):
            continue
        if text.endswith(("…", "...")) or (is_prose(text) and len(text) > 200 and not whole):
            continue
        opening = _opens_with(same, texts[: min(index, _FIRST_LINES)])
        if (whole and index < HEAD // 2) or opening:
            found.append((opening, len(text), text))
    if found:
        return max(found)[2]
    return _title_over_lines(texts) or _cut_title(texts)


def _opens_with(same: str, first: Sequence[str]) -> bool:
    """Whether one of the first lines is this one, with a site's name after it or cut off."""
    for text in first:
        other = same_text(text)
        if len(same) < _SHORTEST:
            continue
        if other == same or (other.startswith(same) and same in _without_sites(text)):
            return True
        if text.endswith(("…", "...")) and len(other) > 20 and same.startswith(other):
            return True
    return False


def _without_sites(text: str) -> list[str]:
    """Return what a page's title is without its last segments, one, two and so on."""
    parts = segments(text)
    return [same_text("".join(parts[:count])) for count in range(1, len(parts))]


def _title_over_lines(texts: Sequence[str]) -> str:
    """Return the title of the page's first lines when later lines together say it again."""
    sames = [same_text(text) for text in texts]
    for first in texts[:_FIRST_LINES]:
        bare = without_site(first, "")
        accepted = (same_text(bare), same_text(first))
        for start in range(1, len(texts)):
            joined = ""
            for count, same in enumerate(sames[start : start + _MOST_LINES]):
                joined += same
                if not accepted[1].startswith(joined):
                    break
                if count and len(joined) > 25 and joined in accepted:
                    return bare if joined == accepted[0] else first
    return ""


def _cut_title(texts: Sequence[str]) -> str:
    """Return the title of the page's first lines when a breadcrumb repeats its beginning."""
    for index, first in enumerate(texts[:_FIRST_LINES]):
        for text in texts[index + 1 :]:
            if text.endswith(("…", "...")) and len(text) < _LONGEST and repeats(text, first):
                return without_site(first, "")
    return ""


def _after_title(head: Sequence[Paragraph], title: str) -> int:
    """Return the index after the last place in the head where the title stands."""
    whole = same_text(title)
    after = prose = 0
    for index, para in enumerate(head):
        same = same_text(para.text)
        lines = 0
        if repeats(para.text, title) or (
            same.startswith(whole) and len(para.text) < len(title) + 80
        ):
            lines = 1
        elif whole.startswith(same) and len(same) > 15:
            lines = _lines_of(head[index : index + _MOST_LINES], whole)
        if lines:
            after, prose = index + lines, 0
        prose += is_prose(para.text)
        if prose > 2:
            break
    return after


def _lines_of(paras: Sequence[Paragraph], whole: str) -> int:
    """Return how many lines from the first on make up the title, 0 when they do not."""
    joined = ""
    for count, para in enumerate(paras, 1):
        joined += same_text(para.text)
        if joined == whole:
            return count
        if not whole.startswith(joined):
            break
    return 0


def without_title_lines(paras: Sequence[Paragraph], title: str) -> list[Paragraph]:
    """Take out the lines that together say the title again, where they stand before the text."""
    whole = same_text(title)
    for index, para in enumerate(paras[:HEAD]):
        if is_prose(para.text) and not whole.startswith(same_text(para.text)):
            break
        lines = _lines_of(paras[index : index + _MOST_LINES], whole)
        if lines > 1:
            return [*paras[:index], *paras[index + lines :]]
    return list(paras)


def before_title(paras: Sequence[Paragraph], title: str, repeated: bool) -> list[Paragraph]:
    """Return what of the lines before the title belongs to the release.

    When the title is repeated, what stands before and between its copies is the page's head, from
    which only contacts are worth keeping.
    """
    kept = []
    for para in paras:
        text = para.text
        if is_furniture(text) or says_title(text, title):
            continue
        if is_contact(text) or not repeated:
            kept.append(para)
    return kept


def says_title(text: str, title: str) -> bool:
    """Whether a line is the title again, with something around it or only a part of it."""
    this, that = same_text(text), same_text(title)
    if len(this) < _SHORTEST:
        return this == that
    return this in that or (that in this and len(text) < len(title) + 80)
