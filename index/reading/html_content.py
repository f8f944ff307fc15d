"""The release inside a page: where its text begins and ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from index.reading.html_chrome import is_boxes
from index.reading.html_title import Title
from index.reading.html_tree import Node, Page, Unit
from index.reading.traits import is_furniture, opens_comments, opens_related

_DOMINANT = 0.85
_CONTAINERS = frozenset(
    (
        *("body", "div", "section", "article", "main", "center", "form", "table", "tbody", "tr"),
        *("td", "fieldset", "details", "span", "html", "header"),
    )
)
_SCOPES = ("article", "main")
_HEADING = re.compile(r"h[1-6]$")
_TEXT_NAMES = frozenset(
    (
        *("article", "content", "contents", "main", "body", "text", "story", "entry", "post"),
        *("detail", "details", "release", "news", "copy", "node", "inhalt", "noticia", "artikel"),
    )
)
_HEAD_NAMES = frozenset(("header", "head", "hero", "intro", "banner", "top", "title", "masthead"))
_FEWEST = 60
"""Characters of running text under a title that make its container the release's."""
_LEAST_ARTICLE = 300
"""Characters of running text in an article that is taken for the whole release."""
_LONGEST_REPEAT = 120
_COPYRIGHT = re.compile(
    r"©|\bcopyright\b\W{0,4}(?:©|\(c\)|(?:19|20)\d\d)|\ball rights reserved\b", re.IGNORECASE
)
_NOTICE_HEAD = 80
_LONGEST_NOTICE = 1500
_REPEATS = 3


def find_content(page: Page, title: Title) -> tuple[Node, list[int]]:
    """Return the element that holds the release's text and the numbers of its units, in order.

    What stands between the title and that element belongs to it (summary, caption, date), and so
    does running text that follows it inside the same article.
    """
    units = page.units
    root, apart = _dominant(page, title)
    shown = [n for n, unit in enumerate(units) if unit.node.within(root) and not unit.node.chrome]
    first = shown[0] if shown else 0
    last = shown[-1] if shown else -1
    if -1 < title.unit < first:
        between = range(title.unit + title.whole, first)
        shown = [*(number for number in between if not units[number].node.chrome), *shown]
    elif title.unit in shown:
        shown = _after_title(units, shown, title)
    if not apart:
        scope = _scope(root)
        for number in range(last + 1, len(units)):
            unit = units[number]
            if unit.prose and not unit.node.chrome and unit.node.within(scope):
                shown.append(number)
    return root, _without_repeats(units, _without_foot(units, shown))


def _after_title(units: Sequence[Unit], shown: list[int], title: Title) -> list[int]:
    """Leave out what stands before the title, unless the text does."""
    start = shown.index(title.unit)
    before = [number for number in shown[:start] if units[number].prose]
    after = shown[start + title.whole :]
    lost = sum(len(units[number].text) for number in before)
    left = sum(len(units[number].text) for number in after if units[number].prose)
    if 4 * lost <= left:
        return after
    return before + after if start <= len(shown) // 2 else shown


def _dominant(page: Page, title: Title) -> tuple[Node, bool]:
    """Return the deepest element that holds nearly all running text outside the furniture.

    Where several share it, the way goes on into the one with the title when the others are
    clearly something else; the answer's second part says that this happened.
    """
    nodes = page.nodes
    clean = _clean_prose(nodes)
    heading = page.units[title.unit].node if title.unit >= 0 else None
    node, apart = nodes[0], False
    while True:
        inner = [child for child in node.children if not child.chrome and child.name in _CONTAINERS]
        best = max(inner, key=lambda child: clean[child.number], default=None)
        most = clean[best.number] if best is not None else 0
        own = next((child for child in inner if heading and heading.within(child)), None)
        dominant = most > 0 and most >= _DOMINANT * clean[node.number]
        if own is None or (own is best and dominant):
            if best is None or not dominant:
                return node, apart
            node = best
        elif _stands_apart(page, own, inner, clean, title.unit, strict=dominant):
            node, apart = own, True
        elif dominant and best is not None:
            node = best
        elif article := _own_article(page, heading, own, clean):
            node, apart = article, True
        else:
            return node, apart


def _own_article(page: Page, heading: Node | None, own: Node, clean: Sequence[int]) -> Node | None:
    """Return the article that holds the title, where no other text on the page can be its body.

    That is so when it has paragraphs of its own, and no element outside it has as many but other
    articles, which are other texts.
    """
    above = heading.ancestors() if heading else ()
    article = next((node for node in above if _is_article(node)), None)
    if article is None or not article.within(own) or clean[article.number] < _LEAST_ARTICLE:
        return None
    others = [n for n in page.nodes if _is_article(n) and not n.within(article)]
    others = [node for node in others if not article.within(node)]
    inside: Counter[Node | None] = Counter()
    outside: Counter[Node | None] = Counter()
    for unit in page.units:
        if unit.prose and not unit.node.chrome:
            if unit.node.within(article):
                inside[unit.node.parent] += 1
            elif not any(unit.node.within(other) for other in others):
                outside[unit.node.parent] += 1
    most = max(inside.values(), default=0)
    return article if most > 1 and max(outside.values(), default=0) < most else None


def _is_article(node: Node) -> bool:
    return node.name == "article" or node.attrs.get("role") == "article"


def _stands_apart(
    page: Page, own: Node, inner: Sequence[Node], clean: Sequence[int], title: int, strict: bool
) -> bool:
    """Whether the container of the title has the text too, and its neighbours something else.

    ``strict`` where a neighbour has nearly all of the text: then only its shape speaks against it.
    """
    if clean[own.number] < _FEWEST or not any(
        unit.prose and unit.node.within(own) and not unit.node.chrome
        for unit in page.units[title : title + 40]
    ):
        return False
    others = [child for child in inner if child is not own and clean[child.number]]
    return all(_is_other(page, own, child, strict) for child in others)


def _is_other(page: Page, own: Node, other: Node, strict: bool) -> bool:
    if is_boxes(other) or (own.name == "td" == other.name and not strict):
        return True
    first = next((unit for unit in page.units if unit.node.within(other)), None)
    if first is not None and opens_related(first.text):
        return True
    if strict:
        return False
    named = not _TEXT_NAMES.isdisjoint(own.tokens) and _HEAD_NAMES.isdisjoint(own.tokens)
    return named and _TEXT_NAMES.isdisjoint(other.tokens)


def _clean_prose(nodes: Sequence[Node]) -> list[int]:
    """Return, for each node, its running text without that of the furniture inside it."""
    clean = [0 if node.chrome else node.prose for node in nodes]
    furniture = [0] * len(nodes)
    for node in reversed(nodes):
        if not node.chrome:
            clean[node.number] -= furniture[node.number]
        if node.parent is not None:
            inside = node.prose if node.chrome else furniture[node.number]
            furniture[node.parent.number] += inside
    return clean


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
    plain = sum(len(units[number].text) - units[number].links for number in numbers)
    so_far = plain_so_far = 0
    for place, number in enumerate(numbers):
        unit = units[number]
        heading = _HEADING.match(unit.node.name) or len(unit.text) < 40
        if heading and (
            ((so_far > 0.6 * total or plain_so_far > 0.6 * plain) and opens_related(unit.text))
            or (so_far >= _FEWEST and opens_comments(unit.text))
        ):
            numbers = numbers[:place]
            break
        so_far += len(unit.text) if unit.prose else 0
        plain_so_far += len(unit.text) - unit.links
    end = len(numbers)
    while end:
        unit = units[numbers[end - 1]]
        linked = unit.links > 0.7 * len(unit.text) and not unit.prose
        if not linked and not is_furniture(unit.text) and not _is_notice(unit.text):
            break
        end -= 1
    return numbers[:end]


def _is_notice(text: str) -> bool:
    """Whether a paragraph that closes a page says whose it is."""
    found = _COPYRIGHT.search(text, 0, _NOTICE_HEAD)
    return bool(found) and len(text) < _LONGEST_NOTICE


def _without_repeats(units: Sequence[Unit], numbers: list[int]) -> list[int]:
    """Leave out what a template says again.

    Short lines that stand three times or more, one after another: a widget's label; and a
    paragraph that stands above as the lead already.
    """
    prose = [number for number in numbers if units[number].prose][:2]
    if len(prose) == 2 and units[prose[0]].text == units[prose[1]].text:
        numbers = [number for number in numbers if number != prose[0]]
    kept: list[int] = []
    run: list[int] = []
    for number in [*numbers, -1]:
        text = units[number].text if number >= 0 else ""
        if run and number >= 0 and units[run[-1]].text == text:
            run.append(number)
            continue
        if len(run) < _REPEATS or len(units[run[0]].text) >= _LONGEST_REPEAT:
            kept += run
        run = [number]
    return kept
