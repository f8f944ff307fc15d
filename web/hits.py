"""The marked places of an opened release, numbered in the order they are read; pure.

Each becomes an element with an id (``hit3``), so that a link leads there without JavaScript.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from search.answers import PassageView

_RUN = re.compile(r"<mark>[^<]*</mark>(?:[ \u00a0]<mark>[^<]*</mark>)*")
"""Marked words side by side are one place."""


@dataclass(frozen=True, slots=True)
class Hits:
    """What is marked: the title, the passages, how many places; ``passages_with`` by number.

    ``current`` is the place asked for, counted from 1, 0 when none was.
    """

    title_html: str
    passages: tuple[PassageView, ...]
    total: int
    passages_with: tuple[int, ...]
    current: int = 0

    @property
    def previous(self) -> int:
        """The place before the current one; the last from the first."""
        return self.current - 1 if self.current > 1 else self.total

    @property
    def next(self) -> int:
        """The place after the current one; the first when there is none or it is the last."""
        return self.current + 1 if self.current < self.total else 1


def number_hits(title_html: str, passages: Sequence[PassageView], asked: int = 0) -> Hits:
    """Return the title and the passages with every marked place numbered."""
    count = 0

    def wrapped(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        current = " current" if count == asked else ""
        return f'<span id="hit{count}" class="hit{current}">{match[0]}</span>'

    title = _RUN.sub(wrapped, title_html)
    numbered, holding = [], []
    for passage in passages:
        before = count
        # The title is shown as such and not again where it stands among the passages.
        html = passage.html if passage.kind.value == "title" else _RUN.sub(wrapped, passage.html)
        numbered.append(replace(passage, html=html))
        if count > before:
            holding.append(passage.number)
    current = asked if 0 < asked <= count else 0
    return Hits(title, tuple(numbered), count, tuple(holding), current)
