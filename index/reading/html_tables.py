"""Telling tables of data from tables that only lay a page out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bs4.element import CData, NavigableString, PageElement, Tag

_LONGEST_CELL = 200


@dataclass(slots=True)
class _Table:
    """What has been seen of a table whose end has not come yet."""

    rows: int = 0
    cells: int = 0
    layout: bool = False

    def is_data(self) -> bool:
        return not self.layout and self.rows >= 2 and self.cells >= 2 * self.rows


def data_tables(top: Tag) -> frozenset[int]:
    """Return the identities of the tables that hold rows of short cells.

    A table with another inside, or with a long cell, is the layout of a page. One pass over the
    whole tree, so that tables nested in tables cost no more than others.
    """
    found: set[int] = set()
    tables: list[_Table] = []
    length = 0
    # Each open element, what is left of its children, and the length of text before it.
    stack: list[tuple[Tag, Iterator[PageElement], int]] = [(top, iter(top.contents), 0)]
    while stack:
        tag, children, before = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            _leave(tag, tables, length - before, found)
        elif isinstance(child, Tag):
            _enter(child, tables)
            stack.append((child, iter(child.contents), length))
        elif type(child) in (NavigableString, CData):
            length += len(str(child))
    return frozenset(found)


def _enter(tag: Tag, tables: list[_Table]) -> None:
    if tag.name == "table":
        if tables:
            tables[-1].layout = True
        tables.append(_Table())
    elif tables:
        tables[-1].rows += tag.name == "tr"
        tables[-1].cells += tag.name in ("td", "th")


def _leave(tag: Tag, tables: list[_Table], length: int, found: set[int]) -> None:
    if tag.name == "table" and tables:
        if tables.pop().is_data():
            found.add(id(tag))
    elif tag.name in ("td", "th") and tables and length >= _LONGEST_CELL:
        tables[-1].layout = True
