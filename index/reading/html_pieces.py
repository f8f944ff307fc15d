"""Units of a page to pieces: headings, lists, quotations, captions, rows of tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from index.model import BlockKind
from index.reading.characters import tidy, tidy_lines
from index.reading.draft import Piece
from index.reading.html_tree import Node, Unit
from index.reading.text_lines import paragraphs
from index.reading.traits import is_prose

_CAPTIONS = frozenset(("caption", "captions", "wpcaption", "credit", "credits", "photocredit"))
_CONTACTS = frozenset(("contact", "contacts", "presscontact", "mediacontact"))
_STANDING = frozenset(("boilerplate", "byline", "disclaimer"))
_LINES = 3
_SHORT_LINE = 90


def pieces_of(units: Sequence[Unit], numbers: Iterable[int], root: Node) -> list[Piece]:
    """Turn the chosen units into pieces; the items of one list, the rows of one table together."""
    pieces: list[Piece] = []
    previous: Node | None = None
    for number in numbers:
        unit = units[number]
        kind, group = _kind(unit.node, root)
        joins = group is not None and group is previous and pieces and pieces[-1].kind is kind
        for text in _texts(unit):
            if joins:
                last = pieces[-1]
                text, links = f"{last.text}\n{text}", last.links + unit.links
                pieces[-1] = Piece(kind, text, links)
            else:
                pieces.append(Piece(kind, text, unit.links))
            joins = group is not None
        previous = group
    return pieces


def _kind(node: Node, root: Node) -> tuple[BlockKind, Node | None]:
    """Return the kind an element gives its text, and the list or table it is part of."""
    quoted = False
    for above in node.ancestors():
        if above.name in ("figcaption", "caption") or not _CAPTIONS.isdisjoint(above.tokens):
            return BlockKind.CAPTION, None
        if above is not root and above.prose < 800 and not _CONTACTS.isdisjoint(above.tokens):
            return BlockKind.CONTACT, None
        if above is not root and above.prose < 800 and not _STANDING.isdisjoint(above.tokens):
            return BlockKind.BOILERPLATE, None
        if above.name in ("ul", "ol", "dl"):
            return BlockKind.LIST, _outermost(above, root)
        if above.name == "tr":
            table = next((one for one in above.ancestors() if one.name == "table"), above)
            return BlockKind.PARAGRAPH, table if node is above else None
        if re.match(r"h[1-6]$", above.name):
            return BlockKind.HEADING, None
        quoted = quoted or above.name == "blockquote"
        if above is root:
            break
    return (BlockKind.QUOTE if quoted else BlockKind.PARAGRAPH), None


def _outermost(node: Node, root: Node) -> Node:
    found = node
    for above in node.ancestors():
        if above is root:
            break
        if above.name in ("ul", "ol", "dl"):
            found = above
    return found


def _texts(unit: Unit) -> list[str]:
    """Return the paragraphs inside a unit: line breaks may stand for them."""
    if unit.node.name == "pre":
        return [para.text for para in paragraphs(tidy_lines(unit.raw))]
    if "\n" not in unit.raw:
        return [unit.text]
    lines = [line for line in map(tidy, unit.raw.split("\n")) if line]
    short = len(lines) >= _LINES and all(len(line) < _SHORT_LINE for line in lines)
    if short and not any(is_prose(line) for line in lines):
        return lines  # an address, a list of names: each line is its own
    return [unit.text]
