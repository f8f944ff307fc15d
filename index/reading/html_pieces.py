"""Units of a page to pieces: headings, lists, quotations, captions, rows of tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.model import BlockKind
from index.reading.characters import same_text, tidy, tidy_lines
from index.reading.date_lines import date_line
from index.reading.draft import Piece
from index.reading.html_tree import Node, Unit
from index.reading.text_lines import paragraphs
from index.reading.traits import ends_sentence, is_prose

_CAPTIONS = frozenset(("caption", "captions", "wpcaption", "credit", "credits", "photocredit"))
_CONTACTS = frozenset(("contact", "contacts", "presscontact", "mediacontact"))
_STANDING = frozenset(("boilerplate", "byline", "disclaimer"))
_LINES = 3
_SHORT_LINE = 90
_HEAD = 4
_LONGEST_HEADING = 200


@dataclass(frozen=True, slots=True)
class _Place:
    """What an element gives the text in it and below: a kind, unless nothing decides it."""

    kind: BlockKind | None = None
    group: Node | None = None
    quoted: bool = False
    outer: Node | None = None
    """The outermost list around, below the root."""


def pieces_of(
    units: Sequence[Unit], numbers: Iterable[int], root: Node, title: str = ""
) -> list[Piece]:
    """Turn the chosen units into pieces; the items of one list, the rows of one table together.

    ``title`` is that of the release when it is a line of a unit, to be left out of it.
    """
    pieces: list[Piece] = []
    places: dict[int, _Place] = {}
    previous: Node | None = None
    run: list[str] = []  # the texts of the piece that is still growing, joined when it is done
    for number in numbers:
        unit = units[number]
        long_prose = unit.prose and len(unit.text) > _LONGEST_HEADING
        kind, group = _kind(unit.node, root, places, long_prose)
        joins = group is not None and group is previous and pieces and pieces[-1].kind is kind
        for text in _texts(unit, title):
            if joins:
                run.append(text)
                pieces[-1] = Piece(kind, "", pieces[-1].links + unit.links)
            else:
                _close(pieces, run)
                run = [text]
                pieces.append(Piece(kind, "", unit.links))
            joins = group is not None
        previous = group
    _close(pieces, run)
    return pieces


def _close(pieces: list[Piece], run: Sequence[str]) -> None:
    """Give the last piece the texts gathered for it."""
    if pieces:
        pieces[-1] = Piece(pieces[-1].kind, "\n".join(run), pieces[-1].links)


def _kind(
    node: Node, root: Node, places: dict[int, _Place], prose: bool
) -> tuple[BlockKind, Node | None]:
    """Return the kind an element gives its text, and the list or table it is part of.

    ``prose`` says that the text is too much of running text for a heading.

    The nearest element that decides it does; ``places`` keeps what is known of those above.
    """
    chain: list[Node] = []
    for above in node.ancestors():
        if above.number in places:
            break
        chain.append(above)
        if above is root:
            break
    for one in reversed(chain):
        inherits = one is not root and one.parent is not None
        above_it = places[one.parent.number] if inherits and one.parent else _Place()
        places[one.number] = _placed(one, above_it, root)
    place = places[node.number]
    if place.kind is BlockKind.HEADING and prose:
        return BlockKind.PARAGRAPH, None  # a heading nobody closed
    if node.name == "tr" and place.kind is BlockKind.PARAGRAPH:
        return place.kind, node.table or node
    if place.kind is not None:
        return place.kind, place.group
    return (BlockKind.QUOTE if place.quoted else BlockKind.PARAGRAPH), None


def _placed(node: Node, above: _Place, root: Node) -> _Place:
    """Return what an element gives its text: its own kind before that of the element above."""
    outer = above.outer
    if node.name in ("figcaption", "caption") or not _CAPTIONS.isdisjoint(node.tokens):
        return _Place(BlockKind.CAPTION, outer=outer)
    inner = node is not root and node.prose < 800
    if inner and not _CONTACTS.isdisjoint(node.tokens):
        return _Place(BlockKind.CONTACT, outer=outer)
    if inner and not _STANDING.isdisjoint(node.tokens):
        return _Place(BlockKind.BOILERPLATE, outer=outer)
    if node.name in ("ul", "ol", "dl"):
        group = outer or node
        return _Place(BlockKind.LIST, group, outer=group if node is not root else None)
    if node.name == "tr":
        return _Place(BlockKind.PARAGRAPH, outer=outer)
    if re.match(r"h[1-6]$", node.name):
        return _Place(BlockKind.HEADING, outer=outer)
    quoted = above.quoted or node.name == "blockquote"
    return _Place(above.kind, above.group, quoted, outer)


def _texts(unit: Unit, title: str) -> list[str]:
    """Return the paragraphs inside a unit: line breaks may stand for them."""
    if unit.node.name == "pre":
        return [para.text for para in paragraphs(tidy_lines(unit.raw))]
    if "\n" not in unit.raw:
        return [unit.text]
    lines = [line for line in map(tidy, unit.raw.split("\n")) if line]
    head: list[str] = []
    if title and any(same_text(line) == same_text(title) for line in lines[:_HEAD]):
        lines = [line for line in lines if same_text(line) != same_text(title)]
    while len(lines) > 1 and len(head) < _HEAD and date_line(lines[0], ""):
        head.append(lines.pop(0))
    short = len(lines) >= _LINES and all(len(line) < _SHORT_LINE for line in lines)
    if short and not any(is_prose(line) for line in lines):
        return head + lines  # an address, a list of names: each line is its own
    if len(lines) > 1 and all(map(_is_paragraph, lines)):
        return head + lines
    return [*head, " ".join(lines)] if lines else head


def _is_paragraph(line: str) -> bool:
    """Whether a line is long and ends as a sentence: it was not broken to fit a width."""
    return len(line) > _SHORT_LINE and ends_sentence(line)
