"""What every engine has to give for one query, and the interface the workers drive.

Standard library only, as ``flat``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Protocol

from bench.flat import Part
from bench.queries import Query

PAGE = 10
"""Releases in an answer."""
SHOWN = 3
"""Passages shown of each."""
VALUES = 40
"""Values given of each facet."""
FACETS = ("person", "place", "year")

Counts = list[tuple[str, int]]


@dataclass
class Answer:
    """The whole answer: total, ten releases with their best passages marked, three facets."""

    total: int
    releases: list[tuple[str, list[str]]]
    """Of each release its header and its passages as HTML with the words marked."""
    facets: dict[str, Counts] = field(default_factory=dict)


class Engine(Protocol):
    """One engine. Made anew in a process of its own, for building or for answering."""

    def build(self, folder: Path, part: Part, processes: int) -> None:
        """Index the releases of a part into the folder; searchable when this returns."""

    def open(self, folder: Path) -> None:
        """Open what was built there."""

    def answer(self, query: Query) -> Answer | None:
        """Answer a query; None when the engine does not offer its kind."""


def marked(text: str, spans: list[tuple[int, int]]) -> str:
    """Return the text as HTML with the spans (in characters, ascending, apart) marked."""
    parts, done = [], 0
    for start, end in spans:
        parts += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    return "".join([*parts, escape(text[done:])])


def best(candidates: list[tuple[int, str]]) -> list[str]:
    """Return the passages with the most words marked, given as (words marked, HTML)."""
    found = [candidate for candidate in candidates if candidate[0]]
    found.sort(key=lambda candidate: -candidate[0])
    return [html for _, html in found[:SHOWN]]


def opening(passages: list[str]) -> list[str]:
    """Return what is shown of a release when nothing was typed: what follows the title."""
    return [escape(passage) for passage in passages[1:2]]
