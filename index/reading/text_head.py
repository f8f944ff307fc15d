"""A text that was a web page: its headline found below the menus it opens with."""

from __future__ import annotations

from collections.abc import Sequence

from index.reading.characters import same_text
from index.reading.date_lines import date_line
from index.reading.generic import is_generic
from index.reading.text_lines import Paragraph
from index.reading.text_title import HEAD, can_be_title, repeated_title
from index.reading.titles import segments
from index.reading.traits import (
    is_furniture,
    is_menu_like,
    is_prose,
    is_release_flag,
    opens_related,
)

_SHORTEST = 12
_LONGEST = 400
_FEWEST_MENU_LINES = 8
_LOOKED_THROUGH = 1500
"""Lines of a dump in which its headline is looked for: the longest menus have some hundred."""

_TO_TEXT = 25
_NEAR = 14
_MENU_RUN = 3
_FEWEST_ABOVE = 2
_PAIR = 4
_FEWEST_WORDS = 3


def page_headline(paras: Sequence[Paragraph], lang: str) -> tuple[str, int] | None:
    """Return the headline of a dumped page and the index of what follows it, or None.

    The line after the menus that the page's own title (its first line) names; where that names
    only the site, the first line that may be a headline between the menus and the text. None
    when the text opens with no menus, or nothing tells where they end.
    """
    paras = paras[:_LOOKED_THROUGH]
    named = _named(paras)
    if named is not None:
        return named
    prose = _first_text(paras)
    menu = sum(_is_menu(para.text) for para in paras[:prose])
    if prose == len(paras) or menu < _FEWEST_MENU_LINES:
        return None
    repeated = repeated_title(paras[:HEAD], lang)
    whole = bool(repeated) and not is_generic(repeated) and not _is_section(repeated, paras)
    if whole and not _is_sites(paras[:prose], repeated):
        return None
    number = _nearest(paras, prose, lang)
    return None if number is None else (paras[number].text, number + 1)


def _first_text(paras: Sequence[Paragraph]) -> int:
    """Return the index of the first running text that more of it follows: not a cookie note."""
    for number, para in enumerate(paras):
        if is_prose(para.text) and not is_furniture(para.text):
            after = paras[number + 1 : number + 1 + _PAIR]
            if any(is_prose(one.text) for one in after):
                return number
    return len(paras)


def _is_menu(text: str) -> bool:
    return is_furniture(text) or is_menu_like(text)


def _named(paras: Sequence[Paragraph]) -> tuple[str, int] | None:
    """Return the last line that the page's title names, most of the text below it.

    Between it and the text stands no menu, or it is the site's name.
    """
    if not paras:
        return None
    title = paras[0].text
    whole = [] if _is_section(title, paras) else [title]
    parts = {same_text(part): part for part in [*segments(title), *whole]}
    headlines = {same_text(title), max(parts, key=len, default="")}
    headlines |= {same_text(max(segments(title), key=len, default=title))}
    lengths = [len(para.text) if is_prose(para.text) else 0 for para in paras]
    left = sum(lengths)
    least = left / 2
    found = None
    seen = False
    for number, para in enumerate(paras):
        left -= lengths[number]
        if seen and left < least:
            break
        text = para.text
        seen = seen or (number > 0 and same_text(text) in headlines)
        if number < _FEWEST_ABOVE or len(text) > _LONGEST or is_generic(text):
            continue
        part = _part_of(same_text(text), len(text), parts)
        after = paras[number + 1 : number + 1 + _TO_TEXT]
        prose = next((n for n, one in enumerate(after) if is_prose(one.text)), -1)
        follows = prose >= 0 and not any(opens_related(one.text) for one in after[:prose])
        if part and follows and not _menu_follows(paras, number):
            found = (part if len(part) < len(text) else text, number + 1)
    return found


def _part_of(same: str, length: int, parts: dict[str, str]) -> str:
    """Return the part of the title that a line is, or that it begins with."""
    for key, part in parts.items():
        if len(key) < _SHORTEST and key.isascii():
            continue
        if same == key or (len(key) > 25 and same.startswith(key) and length < len(part) + 25):
            return part
    return ""


def _is_section(title: str, paras: Sequence[Paragraph]) -> bool:
    """Whether a title names a kind of page and the site: "News detail - Portal of the Ministry".

    The site's name then stands on the page on a line of its own.
    """
    parts = segments(title)
    others = [part for part in parts if not is_generic(part)]
    if len(others) == len(parts) or any(part.count(" ") >= _FEWEST_WORDS for part in others):
        return False
    lines = {same_text(para.text) for para in paras[:HEAD]}
    return all(same_text(part) in lines for part in others)


def _is_sites(paras: Sequence[Paragraph], title: str) -> bool:
    """Whether a menu stands between every copy of a line and the text: it names the site."""
    same = same_text(title)
    copies = [n for n, para in enumerate(paras) if same_text(para.text) == same]
    return bool(copies) and _menu_follows(paras, copies[-1])


def _menu_follows(paras: Sequence[Paragraph], number: int) -> bool:
    run = 0
    for para in paras[number + 1 : number + 1 + _TO_TEXT]:
        if is_prose(para.text):
            return False
        run = run + 1 if is_menu_like(para.text) and not is_furniture(para.text) else 0
        if run > _MENU_RUN:
            return True
    return False


def _nearest(paras: Sequence[Paragraph], prose: int, lang: str) -> int | None:
    """Return the first line that may be a headline after the last run of menu entries."""
    start = max(0, prose - _NEAR)
    run = 0
    for number in range(start, prose):
        run = run + 1 if _is_menu(paras[number].text) else 0
        if run >= _MENU_RUN:
            start = number + 1
    for number in range(start, prose):
        text = paras[number].text
        headline = text.count(" ") >= 2 or (not text.isascii() and len(text) > 9)
        if not headline or is_release_flag(text) or date_line(text, lang) or is_generic(text):
            continue
        if can_be_title(text, lang) and len(text) <= _LONGEST:
            return number
    return None
