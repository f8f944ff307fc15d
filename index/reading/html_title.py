"""The headline of the release inside a page: what it says, and where it stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from index.reading.characters import same_text, tidy
from index.reading.date_lines import date_line
from index.reading.generic import generic_title, is_generic
from index.reading.html_agreement import (
    agreement,
    below_text,
    is_cut,
    is_headline,
    is_nearer,
    named_site,
    opens_title,
    without_kicker,
)
from index.reading.html_headings import HEADINGS, TITLE_TOKENS
from index.reading.html_metadata import Metadata
from index.reading.html_tree import Node, Page, Unit
from index.reading.titles import segments, without_site
from index.reading.traits import (
    is_contact,
    is_furniture,
    is_owned,
    is_prose,
    is_release_flag,
    is_standing_line,
)

_LONGEST = 500
_MENU = 4
"""So many links between a heading and the text: the heading is the site's."""
_LINES = 4
_BEFORE_TEXT = 12
_LONGEST_SENTENCE = 250
_LONGEST_LEAD = 150
_OFFICE = re.compile(
    r"(?:the )?(?:office|ministry|department|government|bureau|embassy|permanent mission|ministerio"
    r"|ministère|préfecture|gobierno|gouvernement|secretaría|governo|ministero|ministério)"
    r" (?:of|for|de|del|du|des|da|do|dei|degli)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title and the unit it stands in (-1 when it is on the page nowhere).

    ``whole`` is False when it is only a line of its unit, which then holds more of the release.
    """

    text: str
    unit: int
    whole: bool = True


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading of the page: its place, and whether a menu parts it from the text it heads."""

    index: int
    unit: Unit
    parted: bool
    owner: bool


def find_title(page: Page, metadata: Metadata, lang: str = "") -> Title:
    """Choose the release's title: the visible heading that the page's metadata confirms.

    Without one, a line that a stated title names; then the heading of the text, a line in bold
    above the text, what the metadata say less the name of the site; last whatever heading there is.
    """
    site = metadata.sites[0] if metadata.sites else named_site(page.units)
    stated = [title for title in _stated(metadata) if not generic_title(title, site)]
    headings = _headings(page, site)
    confirmed = _confirmed(headings, stated)
    if confirmed and is_headline(confirmed.text) and not _is_sites(confirmed, headings, metadata):
        return confirmed
    found = _shown_segment(page.units, stated, headings) or _own(page.units, headings)
    if found is None:
        found = _strong_line(page.units, lang)
        if found and stated and is_headline(_bare(stated, site)):
            bare = _bare(stated, site)
            nearer = _OFFICE.match(bare) or is_nearer(found.text, bare, page.units)
            lead = is_prose(found.text) and len(found.text) > _LONGEST_LEAD
            found = found if nearer and not lead else None
    if found or confirmed:
        return found or confirmed or Title("", -1)
    if not any(_states_headline(one, site) for one in stated) and (
        found := _other_heading(page.units, headings)
    ):
        return found
    for title in stated:
        bare = without_site(title, site)
        if not is_generic(bare, site):
            return Title(bare, _place(page.units, bare))
    shown = [one for one in headings if not one.unit.node.chrome]
    return Title(tidy(shown[0].unit.text), shown[0].index) if shown else Title("", -1)


def _states_headline(stated: str, site: str) -> bool:
    """Whether a stated title may name the release: one of two parts, one generic, is a section."""
    parts = segments(stated)
    section = len(parts) == 2 and any(is_generic(part, site) for part in parts)
    return is_headline(stated) and not section


def _other_heading(units: Sequence[Unit], headings: Sequence[_Heading]) -> Title | None:
    """Return an h1 wherever its text is, or a heading of low rank over the text.

    Asked where the page states no headline at all.
    """
    for one in headings:
        shown = not one.unit.node.chrome and not one.owner
        if shown and one.unit.node.name == "h1" and is_headline(one.unit.text):
            return Title(tidy(one.unit.text), one.index)
    prose = next((n for n, unit in enumerate(units) if unit.prose and not unit.node.chrome), -1)
    for index in range(prose, max(-1, prose - _BEFORE_TEXT), -1):
        unit = units[index]
        low = unit.node.name in ("h4", "h5", "h6") and not unit.node.chrome
        if low and is_headline(unit.text) and not is_generic(unit.text):
            return Title(tidy(unit.text), index)
    return None


def _stated(metadata: Metadata) -> list[str]:
    titles = [*metadata.titles, metadata.page_title]
    return list(dict.fromkeys(title for title in map(tidy, titles) if title))


def _bare(stated: Sequence[str], site: str) -> str:
    return without_site(stated[0], site)


def _headings(page: Page, site: str) -> list[_Heading]:
    """Return the headings that may be titles, in the order of the page."""
    units = page.units
    menu = [0, *accumulate(map(_is_menu, units))]
    prose = [n for n, unit in enumerate(units) if unit.prose and not unit.node.chrome]
    owners = _owners(units)
    found = []
    for index, unit in enumerate(units):
        if len(unit.text) < _LONGEST and _is_heading(unit.node) and not is_generic(unit.text, site):
            after = bisect_left(prose, index + 1)
            text = prose[after] if after < len(prose) else len(units)
            parted = menu[text] - menu[index + 1] >= _MENU
            same = same_text(unit.text)
            found.append(_Heading(index, unit, parted, len(same) > 3 and same in owners))
    return found


def _is_menu(unit: Unit) -> bool:
    """Whether a unit is an entry of a menu; what shares or prints a page parts nothing."""
    linked = unit.node.chrome or unit.links > 0.7 * len(unit.text)
    return linked and not is_furniture(unit.text)


def _is_sites(title: Title, headings: Sequence[_Heading], metadata: Metadata) -> bool:
    """Whether a confirmed heading is the site's own name: others stand nearer to the text.

    One that the page states as the title of itself, beside ``<title>``, is not.
    """
    same = same_text(title.text)
    if any(same_text(stated).startswith(same) for stated in metadata.titles):
        return False
    if any(is_cut(same, stated) for stated in metadata.titles):
        return False
    this = next((one for one in headings if one.index == title.unit), None)
    if this is None or not (this.parted or this.owner):
        return False
    return any(
        not one.parted and not one.owner and not one.unit.node.chrome and one.index > this.index
        for one in headings
    )


def _own(units: Sequence[Unit], headings: Sequence[_Heading]) -> Title | None:
    """Return the heading that stands over the text: an h1 before others, the first of its rank."""
    prose = next((n for n, unit in enumerate(units) if unit.prose and not unit.node.chrome), 0)
    ranked = [
        (
            one.index <= prose or one.unit.node.name == "h1",
            one.unit.node.name == "h1",
            -one.index,
            one,
        )
        for one in headings
        if not one.unit.node.chrome
        and not one.parted
        and not one.owner
        and not (one.unit.prose and len(one.unit.text) > _LONGEST_SENTENCE)
        and is_headline(one.unit.text)
    ]
    if not ranked or not max(ranked, key=lambda rank: rank[:3])[0]:
        return None
    best = max(ranked, key=lambda rank: rank[:3])[3]
    return Title(tidy(best.unit.text), best.index)


def _strong_line(units: Sequence[Unit], lang: str) -> Title | None:
    """Return the line in bold or large type, or else in capitals, that stands over the text."""
    first = next(
        (n for n, unit in enumerate(units) if _is_text(unit) and not unit.node.chrome), len(units)
    )
    found: Title | None = None
    dated = False  # what follows the date or "For immediate release" is nearer to the text
    for index in range(max(0, first - _BEFORE_TEXT), min(first + 1, len(units))):
        unit = units[index]
        if unit.node.chrome or 2 * unit.links > len(unit.text):
            continue
        lines = [line for line in map(tidy, unit.raw.split("\n")) if line]
        strong = same_text(unit.strong)
        for line in lines[:_LINES]:
            same = same_text(line)
            if date_line(line, lang) or is_release_flag(line):
                dated = True
                continue
            stands_out = (len(same) > 8 and same in strong) or (line.isupper() and len(line) > 20)
            if stands_out and len(line) < 300 and _may_be_title(line, lang):
                title = Title(line, index, whole=len(lines) == 1)
                if dated:
                    return title
                found = found or title
    return found


def _is_text(unit: Unit) -> bool:
    return unit.prose and not (unit.strong and len(tidy(unit.strong)) >= 0.9 * len(unit.text))


def _may_be_title(line: str, lang: str) -> bool:
    return (
        is_headline(line)
        and not is_generic(line)
        and not date_line(line, lang)
        and not is_contact(line)
        and not is_standing_line(line)
    )


def _shown_segment(
    units: Sequence[Unit], stated: Sequence[str], headings: Sequence[_Heading]
) -> Title | None:
    """Return the longest part of a stated title that stands on the page as a line of its own."""
    parts = {same_text(part) for title in stated for part in [title, *segments(title)]}
    wholes = [same_text(title) for title in stated]
    sites = {one.index for one in headings if one.parted or one.owner}
    below = below_text(units)
    best: tuple[tuple[int, bool, int], Title] | None = None
    for index, unit in enumerate(units):
        if unit.node.chrome or index in sites:
            continue
        if index > below:
            break
        lines = unit.raw.split("\n")[:_LINES] if "\n" in unit.raw else [unit.text]
        for line in map(tidy, [unit.text, *lines] if len(lines) > 1 else lines):
            if len(line) >= _LONGEST or not is_headline(line):
                continue
            same = same_text(line)
            if same in parts or any(opens_title(same, other) for other in wholes):
                whole = line == unit.text
                rank = (len(line), whole, -index)
                if best is None or rank > best[0]:
                    best = (rank, Title(line, index, whole))
    return best[1] if best else None


def _is_heading(node: Node) -> bool:
    return node.name in HEADINGS or not TITLE_TOKENS.isdisjoint(node.tokens)


def _owners(units: Sequence[Unit]) -> str:
    """Return the lines that say whose the page is: a heading they name is the site's."""
    lines = (unit.text for unit in units if len(unit.text) < _LONGEST and is_owned(unit.text))
    return "\n".join(same_text(line) for line in lines)


def _confirmed(headings: Sequence[_Heading], stated: Sequence[str]) -> Title | None:
    """Return the heading that the stated titles name, the longest and most prominent of them."""
    best: tuple[tuple[int, ...], Title] | None = None
    for one in headings:
        unit, same = one.unit, same_text(one.unit.text)
        if len(same) < 4:
            continue
        agreed = max((agreement(unit.text, same, title) for title in stated), default=0)
        if not agreed:
            continue
        rank = (
            *(min(agreed, 2), is_headline(unit.text), not unit.node.chrome, not one.owner),
            *(not one.parted, unit.node.name == "h1", agreed, len(same), -one.index),
        )
        if best is None or rank > best[0]:
            best = (rank, Title(without_kicker(tidy(unit.text), stated), one.index))
    return best[1] if best else None


def _place(units: Sequence[Unit], title: str) -> int:
    same = same_text(title)
    for index, unit in enumerate(units):
        if not unit.node.chrome and len(unit.text) < _LONGEST and same_text(unit.text) == same:
            return index
    return -1
