"""Citing a passage: plain text, RIS for reference managers, CSL-JSON; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from search.answers import FoundPassage
from web.present import date_words


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation says. ``link`` leads to the passage for good; ``read`` is the day it was."""

    title: str
    publisher: str
    archive: str
    place: str
    published: str
    lang: str
    quoted: str
    number: int
    link: str
    original: str
    read: date


def citation_of(found: FoundPassage, archive: str, link: str, read: date) -> Citation:
    """Return what to say of a passage of the archive with this name."""
    release, passage = found.release, found.passage
    return Citation(
        title=release.title,
        publisher=release.source or archive,
        archive=archive,
        place=release.dateline,
        published=release.date,
        lang=release.lang,
        quoted=" ".join(passage.text.split()),
        number=passage.number,
        link=link,
        original=release.url,
        read=read,
    )


def as_text(cited: Citation) -> str:
    """Return the citation as one sentence, the quoted words left to who quotes."""
    where = f", {cited.place}" if cited.place else ""
    when = f", {date_words(cited.published)}" if cited.published else ", undated"
    read = date_words(cited.read.isoformat())
    return (
        f"{cited.publisher}, “{cited.title}”{where}{when}, paragraph {cited.number}."
        f" {cited.archive}, {cited.link} (read {read})."
    )


def as_ris(cited: Citation) -> str:
    """Return the citation in RIS, one reference, lines ended as the format asks."""
    year, month, day = (*cited.published.split("-"), "", "", "")[:3]
    fields = [
        ("TY", "ELEC"),
        ("TI", cited.title),
        ("AU", cited.publisher),
        ("PB", cited.publisher),
        ("T2", cited.archive),
        ("CY", cited.place),
        ("PY", year),
        ("DA", f"{year}/{month}/{day}/" if year else ""),
        ("SP", f"paragraph {cited.number}"),
        ("AB", cited.quoted),
        ("LA", cited.lang),
        ("UR", cited.link),
        ("L2", cited.original),
        ("Y2", f"{cited.read:%Y/%m/%d}/"),
        ("M3", "Press release"),
    ]
    lines = [f"{tag}  - {_one_line(value)}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def as_csl(cited: Citation) -> list[dict[str, Any]]:
    """Return the citation as CSL-JSON: a list with one item."""
    item: dict[str, Any] = {
        "id": cited.link,
        "type": "webpage",
        "genre": "Press release",
        "title": cited.title,
        "author": [{"literal": cited.publisher}],
        "publisher": cited.publisher,
        "container-title": cited.archive,
        "URL": cited.link,
        "accessed": {"date-parts": [[cited.read.year, cited.read.month, cited.read.day]]},
        "note": f"paragraph {cited.number}: {cited.quoted}",
    }
    if cited.place:
        item["publisher-place"] = cited.place
    if cited.lang:
        item["language"] = cited.lang
    if cited.published:
        item["issued"] = {"date-parts": [[int(part) for part in cited.published.split("-")]]}
    if cited.original:
        item["source"] = cited.original
    return [item]


def _one_line(value: str) -> str:
    return " ".join(value.split())
