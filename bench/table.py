"""Tables as plain text and as Markdown, and the part of a document they go into."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Table:
    """A heading, rows of cells under column names, and what is to be said about them."""

    title: str
    columns: list[str]
    rows: list[list[str]]
    note: str = ""

    def text(self) -> str:
        """Return the table for a terminal: the first column left, the others right."""
        widths = [max(len(row[i]) for row in [self.columns, *self.rows]) for i in self._numbers]
        lines = [self.title, "-" * len(self.title)]
        for row in [self.columns, *self.rows]:
            cells = [row[0].ljust(widths[0])]
            cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
            lines.append("  ".join(cells).rstrip())
        return "\n".join([*lines, *([self.note] if self.note else []), ""])

    def markdown(self) -> str:
        """Return the table as Markdown, its title a heading of the third level."""
        bars = "|".join(["---", *["---:"] * (len(self.columns) - 1)])
        lines = [f"### {self.title}", "", _row(self.columns), f"|{bars}|"]
        lines += [_row(row) for row in self.rows]
        return "\n".join([*lines, *(["", self.note] if self.note else []), ""])

    @property
    def _numbers(self) -> range:
        return range(len(self.columns))


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def put_section(document: Path, name: str, text: str) -> None:
    """Replace what stands between a document's ``begin NAME`` and ``end NAME`` comments.

    Raises ValueError when the document has no such comments.
    """
    begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
    before = document.read_text("utf-8")
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if not pattern.search(before):
        raise ValueError(f"{document.name} has no section {name}")
    section = f"{begin}\n\n{text.strip()}\n\n{end}"
    document.write_text(pattern.sub(lambda _: section, before), "utf-8")


def number(value: float | None) -> str:
    """Return a figure in three digits or so, a dash for none."""
    if value is None:
        return "-"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
