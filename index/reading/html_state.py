"""Releases that stand only in the state a scripted page carries for its scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from index.reading.characters import tidy
from index.reading.html_metadata import is_published_name

_SCRIPT = re.compile(r"<script\b([^<>]{0,2000})>", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script", re.IGNORECASE)
_JSON_TYPE = re.compile(r"application/(?:[\w.+-]*\+)?json", re.IGNORECASE)
_ASSIGNED = re.compile(r"(?:window|self|globalThis)\s*(?:\.\s*\w+|\[\s*[\"']\w+[\"']\s*\])\s*=\s*")
_TITLES = ("headline", "title", "name", "heading", "subject")
_DATES = ("date", "datetime", "created")
_FEWEST = 300
"""Characters that a text must have to be a release rather than a note of the template."""
_MOST_OBJECTS = 20_000
_LONGEST = 4_000_000


@dataclass(frozen=True, slots=True)
class Stated:
    """A release as a page's state has it: its text (HTML or plain), headline and date."""

    body: str
    title: str = ""
    date: str = ""


def stated_release(markup: str) -> Stated | None:
    """Return the release in a page's state: the object with the longest text, or None.

    Read are scripts of JSON and objects assigned to the window; nothing is run.
    """
    best: Stated | None = None
    for value in _states(markup):
        for item in _objects(value):
            body = _text(item)
            if len(body) >= _FEWEST and (best is None or len(body) > len(best.body)):
                best = Stated(body, _named(item, _TITLES), _date(item))
    return best


def _states(markup: str) -> Iterator[Any]:
    decoder = json.JSONDecoder()
    for attributes, script in _scripts(markup):
        if len(script) > _LONGEST or "ld+json" in attributes.lower():
            continue
        starts = [0] if _JSON_TYPE.search(attributes) else []
        starts += [found.end() for found in _ASSIGNED.finditer(script)]
        for start in starts[:20]:
            try:
                yield decoder.raw_decode(script[start:].lstrip())[0]
            except (ValueError, RecursionError):
                continue


def _scripts(markup: str) -> Iterator[tuple[str, str]]:
    """Yield attributes and text of each script that is closed, in one pass."""
    place = 0
    while opening := _SCRIPT.search(markup, place):
        end = _SCRIPT_END.search(markup, opening.end())
        if end is None:
            return
        yield opening[1], markup[opening.end() : end.start()]
        place = end.end()


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    queue, seen = [value], 0
    while queue and seen < _MOST_OBJECTS:
        item = queue.pop()
        seen += 1
        if isinstance(item, dict):
            yield item
            queue += [below for below in item.values() if isinstance(below, dict | list)]
        elif isinstance(item, list):
            queue += [below for below in item if isinstance(below, dict | list)]


def _text(item: dict[str, Any]) -> str:
    """Return the longest string of an object that reads as text."""
    texts = [text for text in item.values() if isinstance(text, str) and _is_text(text)]
    return max(texts, key=len, default="")


def _is_text(text: str) -> bool:
    words = text.count(" ")
    return (
        len(text) >= _FEWEST and 3 * words > len(text) // 8 and not re.search(r"[{};]\s*\n", text)
    )


def _named(item: dict[str, Any], names: tuple[str, ...]) -> str:
    for name in names:
        value = item.get(name)
        if isinstance(value, dict):
            value = value.get("rendered") or value.get("value")
        if isinstance(value, str) and value.strip():
            return tidy(value)
    return ""


def _date(item: dict[str, Any]) -> str:
    for key, value in item.items():
        if isinstance(value, str) and is_published_name(key):
            return value.strip()
    return _named(item, _DATES)
