"""A page as a light tree of its block elements and the runs of text between them.

One pass over the parsed page, without recursion, gathers everything that finding the content,
the title and the date needs; nothing after it touches the parser's tree again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from bs4.element import CData, NavigableString, PageElement, Tag

from index.reading.characters import tidy
from index.reading.html_elements import BLOCKS, UNSEEN, is_strong, names_of
from index.reading.html_headings import (
    HEADINGS,
    TITLE_TOKENS,
    date_in_lines,
    is_date_beside,
    without_separators,
)
from index.reading.html_soup import Soup
from index.reading.html_tables import data_tables
from index.reading.traits import is_prose

_LINE_BREAK = "\n"
_CELL = " | "
# No page nests its blocks deeper; beyond, text goes to the block at the limit.
_DEEPEST = 200
_MOST_STRINGS = 50
_MOST_MARKS = 2000
# The shortest line of one link that may be the headline of another page.
_LEAD = 12
_DATE = frozenset(("date",))


@dataclass(slots=True, eq=False)
class Node:
    """A block element. The counts are of characters in the whole subtree.

    ``prose`` counts those of running text, ``links`` those inside links; ``leads`` counts the
    lines that are one link to another page. ``number`` is its place among the nodes of the page,
    ``end`` that of the first node after its subtree.
    """

    name: str
    tokens: frozenset[str]
    attrs: dict[str, str]
    parent: Node | None
    signature: str = ""
    children: list[Node] = field(default_factory=list)
    text: int = 0
    links: int = 0
    prose: int = 0
    leads: int = 0
    chrome: bool = False
    number: int = 0
    end: int = 0
    depth: int = 0
    table: Node | None = None

    def within(self, top: Node) -> bool:
        """Whether this node is ``top`` or stands inside it."""
        return top.number <= self.number < top.end

    def ancestors(self) -> Iterator[Node]:
        """Yield the node itself, its parent, and so on up to the root."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent


@dataclass(slots=True, eq=False)
class Unit:
    """A run of text between two block boundaries, in the order of the page.

    ``raw`` keeps its line breaks; ``strong`` is what of it is set in bold or large type.
    """

    node: Node
    text: str
    links: int
    prose: bool
    raw: str = ""
    strong: str = ""


@dataclass(slots=True, eq=False)
class Mark:
    """An element that states something: a time, a marked property. ``unit`` is where it stands."""

    name: str
    value: str
    unit: int


@dataclass(slots=True)
class Page:
    """A page after its one pass: nodes in the order they open, units of text, marks."""

    nodes: list[Node]
    units: list[Unit]
    marks: list[Mark]


def read_page(soup: Soup) -> Page:
    """Gather nodes, units and marks of a parsed page."""
    top = soup.first("body") or soup.tree
    html = soup.first("html")
    lang = str(html.attrs.get("lang") or "")[:2].lower() if html is not None else ""
    walker = _Walker(data_tables(top) if soup.first("table") else frozenset(), lang)
    stack: list[tuple[Tag, Iterator[PageElement], bool]] = [walker.enter(top)]
    while stack:
        tag, children, block = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            walker.leave(tag, block)
        elif isinstance(child, Tag):
            if child.name == "br":
                walker.line_break()
            elif child.name not in UNSEEN:
                stack.append(walker.enter(child))
            elif child.name == "meta":
                walker.mark(child)
        elif type(child) in (NavigableString, CData):
            walker.text(str(child))
    walker.flush()
    _sum_up(walker.nodes)
    return Page(walker.nodes, walker.units, walker.marks)


class _Walker:
    """The state of the pass."""

    def __init__(self, data: frozenset[int], lang: str) -> None:
        self._data = data
        self._lang = lang
        self._heading: tuple[Tag, Node] | None = None
        self._too_deep = 0
        self.nodes: list[Node] = []
        self.units: list[Unit] = []
        self.marks: list[Mark] = []
        self._node: Node | None = None
        self._buffer: list[str] = []
        self._links = 0
        self._in_link = 0
        self._strong: list[str] = []
        self._in_strong = 0
        self._rows: list[bool] = []

    def enter(self, tag: Tag) -> tuple[Tag, Iterator[PageElement], bool]:
        block = tag.name in BLOCKS or self._node is None
        if not block and self._heading and self._heading[1] is self._node:
            before = "".join(self._buffer)
            if is_date_beside(before, tag, self._heading[0], self._lang):
                self._buffer = [without_separators(before)]
                block = True
        if block:
            if self._keeps_row(tag):
                self.text(" ")
            else:
                self.flush()
            self._open(tag)
            if tag.name == "table":
                self._rows.append(id(tag) in self._data)
        elif tag.name == "a":
            # A link inside a link: the outer one was never closed.
            self._in_link = 1
        if is_strong(tag):
            self._in_strong += 1
        if tag.name == "time" or "itemprop" in tag.attrs or "property" in tag.attrs:
            self.mark(tag)
        return tag, iter(tag.contents), block

    def leave(self, tag: Tag, block: bool) -> None:
        if is_strong(tag):
            self._in_strong -= 1
        if not block:
            if tag.name == "a":
                self._in_link = 0
            return
        if tag.name in ("td", "th") and self._rows and self._rows[-1]:
            self.text(_CELL)
        elif not self._keeps_row(tag):
            self.flush()
        if tag.name == "table":
            self._rows.pop()
        if self._too_deep:
            self._too_deep -= 1
        elif self._node is not None and self._node.parent is not None:
            self._node = self._node.parent

    def _keeps_row(self, tag: Tag) -> bool:
        """Whether this element stands inside a row that is to stay one line."""
        return bool(self._rows) and self._rows[-1] and tag.name not in ("tr", "table", "caption")

    def _open(self, tag: Tag) -> None:
        above = self._node
        if above is not None and above.depth >= _DEEPEST:
            self._too_deep += 1
            return
        attrs: dict[str, str] = tag.attrs
        tokens, signature = names_of(tag.name, attrs.get("class", ""), attrs.get("id", ""))
        node = Node(tag.name, tokens, attrs, above, signature, number=len(self.nodes))
        if above is not None:
            above.children.append(node)
            node.depth, node.table = above.depth + 1, above.table
        if tag.name == "table":
            node.table = node
        if tag.name not in BLOCKS and above is not None:
            node.tokens = _DATE  # whatever it is called, it is no title
        elif tag.name in HEADINGS or not TITLE_TOKENS.isdisjoint(tokens):
            self._heading = (tag, node)
        self.nodes.append(node)
        self._node = node

    def text(self, text: str) -> None:
        self._buffer.append(text)
        if self._in_link:
            self._links += len(text.strip())
        if self._in_strong and len(self._strong) < _MOST_STRINGS:
            self._strong.append(text)

    def line_break(self) -> None:
        """Note a line break; two of them, with nothing between, end a paragraph."""
        for part in reversed(self._buffer):
            if part == _LINE_BREAK:
                self.flush()
                return
            if not part.isspace():
                break
        self._buffer.append(_LINE_BREAK)

    def flush(self) -> None:
        if not self._buffer:
            return
        # Line breaks in the source are spaces; only <br> breaks a line.
        raw = "".join(self._buffer)
        links, self._links = self._links, 0
        self._buffer = []
        strong, self._strong = "".join(self._strong), []
        text = tidy(raw)
        if text.endswith(_CELL.rstrip()):
            text = text.rstrip(" |")
        if not text or self._node is None:
            return
        if "\n" in raw and self._heading and self._heading[1] is self._node:
            parts = date_in_lines(raw, self._lang)
            if parts is not None:
                self._add_dated_heading(*parts, links, strong)
                return
        self._add(self._node, text, links, raw, strong)

    def _add_dated_heading(
        self, headline: str, date: str, leads: bool, links: int, strong: str
    ) -> None:
        """Add a heading and the date that a line break parts from it, in their order."""
        heading = self._node
        assert heading is not None
        node = Node("span", _DATE, {}, heading, number=len(self.nodes), depth=heading.depth + 1)
        node.table = heading.table
        heading.children.append(node)
        self.nodes.append(node)
        units = [(heading, headline, links, strong), (node, date, 0, "")]
        for one, raw, linked, heavy in reversed(units) if leads else units:
            self._add(one, tidy(raw), linked, raw, heavy)

    def _add(self, node: Node, text: str, links: int, raw: str, strong: str) -> None:
        prose = is_prose(text) and links < 0.5 * len(text)
        self.units.append(Unit(node, text, min(links, len(text)), prose, raw, strong))
        node.leads += _LEAD <= len(text) <= 1.25 * links
        node.text += len(text)
        node.links += min(links, len(text))
        node.prose += len(text) if prose else 0

    def mark(self, tag: Tag) -> None:
        if len(self.marks) >= _MOST_MARKS:
            return
        names = (tag.get("itemprop"), tag.get("property"))
        name = " ".join(str(name) for name in names if name)
        if tag.name == "time":
            name = f"time {name} {tag.get('class') or ''}"
        value = tag.get("datetime") or tag.get("content") or ""
        if not value and tag.name != "meta" and len(tag.contents) <= 3:
            value = tidy(" ".join(islice(tag.strings, _MOST_STRINGS)))[:300]
        if name and value:
            self.marks.append(Mark(str(name), str(value), len(self.units)))


def _sum_up(nodes: list[Node]) -> None:
    for node in reversed(nodes):
        node.end = max(node.end, node.number + 1)
        if node.parent is not None:
            node.parent.end = max(node.parent.end, node.end)
            node.parent.text += node.text
            node.parent.links += node.links
            node.parent.prose += node.prose
            node.parent.leads += node.leads
