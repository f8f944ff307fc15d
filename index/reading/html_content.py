"""The release inside a page: where its title stands, where its text begins and ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.reading.characters import same_text, tidy
from index.reading.html_metadata import Metadata
from index.reading.html_tree import Node, Page, Unit
from index.reading.titles import segments, without_site
from index.reading.traits import is_furniture, is_release_flag, opens_related, repeats

_DOMINANT = 0.85
_CONTAINERS = frozenset(
    (
        *("body", "div", "section", "article", "main", "center", "form", "table", "tbody", "tr"),
        *("td", "fieldset", "details", "span", "html", "header"),
    )
)
_SCOPES = ("article", "main")
_HEADINGS = ("h1", "h2", "h3")
_OWNED = re.compile(r"©|\(c\) |\bcopyright\b|\ball rights reserved\b", re.IGNORECASE)
_TITLE_TOKENS = frozenset(("title", "headline", "heading"))
_GENERIC = frozenset(
    (
        *(
            "news",
            "pressrelease",
            "pressreleases",
            "newsroom",
            "media",
            "press",
            "home",
            "newsrelease",
        ),
        *("newsreleases", "justice", "mediareleases", "mediarelease", "pressroom", "statement"),
        *("statements", "mediacentre", "mediacenter", "presscentre", "presscenter", "newsevents"),
        *(
            "aktuelles",
            "presse",
            "pressemitteilung",
            "pressemitteilungen",
            "actualités",
            "actualites",
        ),
        *("noticias", "comunicados", "comunicadosdeprensa", "salastampa", "comunicatistampa"),
        *("comunicatostampa", "comunicadodeprensa", "communiquédepresse", "новости", "חדשות"),
        *(
            "הודעות",
            "أخبار",
            "الأخبار",
            "latestnews",
            "announcements",
            "blog",
            "article",
            "articles",
        ),
        *("speeches", "publications", "archive", "pressstatements", "pressstatement", "untitled"),
    )
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title and the unit it stands in (-1 when it is on the page nowhere)."""

    text: str
    unit: int


def find_title(page: Page, metadata: Metadata) -> Title:
    """Choose the release's title: the visible heading that the page's metadata confirms.

    Without one, the heading of the content; without that, what the metadata say, less the name
    of the site.
    """
    stated = _stated_titles(metadata)
    headings = [
        (index, unit)
        for index, unit in enumerate(page.units)
        if len(unit.text) < 500 and _is_heading(unit.node)
    ]
    site = metadata.sites[0] if metadata.sites else ""
    confirmed = _confirmed(headings, stated, site, _owners(page.units))
    if confirmed is not None and _is_headline(confirmed.text):
        return confirmed
    shown = _shown_segment(page.units, stated)
    if shown is not None:
        return shown
    own = [
        (unit.node.name == "h1", -index, unit.text)
        for index, unit in _before_prose(page, headings)
        if not unit.node.chrome and not _is_generic(unit.text, site) and _is_headline(unit.text)
    ]
    if own:
        _, place, text = max(own)
        return Title(tidy(text), -place)
    if confirmed is not None:
        return confirmed
    for text in stated:
        bare = without_site(text, site)
        if not _is_generic(bare, site):
            return Title(bare, _place(page.units, bare))
    for index, unit in headings:
        if not unit.node.chrome and not _is_generic(unit.text, site):
            return Title(tidy(unit.text), index)
    return Title("", -1)


def _before_prose(page: Page, headings: Sequence[tuple[int, Unit]]) -> Sequence[tuple[int, Unit]]:
    """Return the headings that stand before the first running text of the content."""
    prose = (n for n, unit in enumerate(page.units) if unit.prose and not unit.node.chrome)
    first = next(prose, len(page.units))
    return [(index, unit) for index, unit in headings if index <= first]


def _shown_segment(units: Sequence[Unit], stated: Sequence[str]) -> Title | None:
    """Return the longest part of a stated title that stands on the page as a line of its own."""
    parts = {same_text(part) for title in stated for part in [title, *segments(title)]}
    found = [
        (len(unit.text), -index)
        for index, unit in enumerate(units)
        if len(unit.text) < 500
        and not unit.node.chrome
        and _is_headline(unit.text)
        and same_text(unit.text) in parts
    ]
    if not found:
        return None
    index = -max(found)[1]
    return Title(tidy(units[index].text), index)


def _is_headline(text: str) -> bool:
    """Whether a text is long enough to be a headline rather than a name or a label."""
    return text.count(" ") >= 2 or (not text.isascii() and len(text) > 12)


def _stated_titles(metadata: Metadata) -> list[str]:
    titles = [*metadata.titles, metadata.page_title]
    return list(dict.fromkeys(title for title in map(tidy, titles) if title))


def _is_heading(node: Node) -> bool:
    return node.name in _HEADINGS or not _TITLE_TOKENS.isdisjoint(node.tokens)


def _is_generic(text: str, site: str) -> bool:
    same = same_text(text)
    if not same or same in _GENERIC or (site and same == same_text(site)):
        return True
    return is_release_flag(text) or is_furniture(text)


def _owners(units: Sequence[Unit]) -> str:
    """Return the lines that say whose the page is: a heading they name is the site's."""
    lines = (unit.text for unit in units if len(unit.text) < 500 and _OWNED.search(unit.text))
    return "\n".join(same_text(line) for line in lines)


def _confirmed(
    headings: Sequence[tuple[int, Unit]], stated: Sequence[str], site: str, owners: str
) -> Title | None:
    """Return the heading that the stated titles name, the longest and most prominent of them."""
    best: tuple[tuple[int, ...], Title] | None = None
    for index, unit in headings:
        same = same_text(unit.text)
        if len(same) < 4 or _is_generic(unit.text, site):
            continue
        agreement = max((_agreement(unit.text, same, title) for title in stated), default=0)
        if not agreement:
            continue
        rank = (
            *(min(agreement, 2), _is_headline(unit.text), not unit.node.chrome, same not in owners),
            *(unit.node.name == "h1", agreement, len(same), -index),
        )
        if best is None or rank > best[0]:
            best = (rank, Title(tidy(unit.text), index))
    return best[1] if best else None


def _agreement(text: str, same: str, stated: str) -> int:
    """How well a heading and a stated title agree: 3 the same, 2 a whole segment, 1 cut off."""
    other = same_text(stated)
    if same == other:
        return 3
    if len(same) > 8 and any(same_text(part) == same for part in segments(stated)):
        return 2
    if len(same) > 15 and other.startswith(same) and 2 * len(same) > len(other):
        return 2
    if stated.endswith(("…", "...")) and len(other) > 15 and same.startswith(other):
        return 2
    return 1 if repeats(text, stated) else 0


def _place(units: Sequence[Unit], title: str) -> int:
    same = same_text(title)
    for index, unit in enumerate(units):
        if not unit.node.chrome and len(unit.text) < 500 and same_text(unit.text) == same:
            return index
    return -1


def find_content(page: Page, title: Title) -> tuple[Node, list[int]]:
    """Return the element that holds the release's text and the numbers of its units, in order.

    What stands between the title and that element belongs to it (summary, caption, date), and so
    does running text that follows it inside the same article.
    """
    root = _dominant(page.nodes)
    inside = [number for number, unit in enumerate(page.units) if unit.node.within(root)]
    shown = [number for number in inside if not page.units[number].node.chrome]
    first = shown[0] if shown else 0
    last = shown[-1] if shown else -1
    if -1 < title.unit < first:
        between = range(title.unit + 1, first)
        lead = [number for number in between if not page.units[number].node.chrome]
        shown = [*lead, *shown]
    elif title.unit in shown[: len(shown) // 2 + 1]:
        start = shown.index(title.unit)
        before = [number for number in shown[:start] if page.units[number].prose]
        shown = before + shown[start + 1 :]
    scope = _scope(root)
    for number in range(last + 1, len(page.units)):
        unit = page.units[number]
        if unit.prose and not unit.node.chrome and unit.node.within(scope):
            shown.append(number)
    return root, _without_foot(page.units, shown)


def _dominant(nodes: Sequence[Node]) -> Node:
    """Return the deepest element that holds nearly all running text outside the furniture."""
    clean = [0 if node.chrome else node.prose for node in nodes]
    furniture = [0] * len(nodes)
    for node in reversed(nodes):
        if not node.chrome:
            clean[node.number] -= furniture[node.number]
        if node.parent is not None:
            inside = node.prose if node.chrome else furniture[node.number]
            furniture[node.parent.number] += inside
    node = nodes[0]
    while True:
        inner = [child for child in node.children if not child.chrome and child.name in _CONTAINERS]
        best = max(inner, key=lambda child: clean[child.number], default=None)
        most = clean[best.number] if best is not None else 0
        if best is None or not most or most < _DOMINANT * clean[node.number]:
            return node
        node = best


def _scope(root: Node) -> Node:
    """Return the article around the root, or the main part of the page, or its parent."""
    for node in root.ancestors():
        role = node.attrs.get("role", "")
        if node.name in _SCOPES or role in _SCOPES:
            return node
    return root.parent or root


def _without_foot(units: Sequence[Unit], numbers: list[int]) -> list[int]:
    """Cut the units off where the page turns to other pages, and links that close it."""
    total = sum(len(units[number].text) for number in numbers if units[number].prose)
    so_far = 0
    for place, number in enumerate(numbers):
        unit = units[number]
        heading = re.match(r"h[1-6]$", unit.node.name) or len(unit.text) < 40
        if so_far > 0.6 * total and heading and opens_related(unit.text):
            numbers = numbers[:place]
            break
        so_far += len(unit.text) if unit.prose else 0
    end = len(numbers)
    while end:
        unit = units[numbers[end - 1]]
        linked = unit.links > 0.7 * len(unit.text) and not unit.prose
        if not linked and not is_furniture(unit.text):
            break
        end -= 1
    return numbers[:end]
