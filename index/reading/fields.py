"""What is said about a release outside its text: records, sidecar files, front matter."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from index.reading.characters import tidy
from index.reading.dates import checked_date
from index.reading.draft import Fields

_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline"),
    "date": (
        *("date", "date_str", "published", "published_at", "published_date", "date_published"),
        *("datepublished", "publication_date", "publish_date", "pubdate", "release_date"),
        "datetime",
    ),
    "url": ("url", "link", "canonical", "canonical_url", "permalink", "url_metadata"),
    "lang": ("lang", "language", "locale"),
    "summary": ("summary", "description", "subtitle", "abstract", "excerpt", "standfirst"),
    "source": ("source", "publisher", "site", "site_name", "organization", "organisation"),
}
FIELD_NAMES = frozenset(name for names in _NAMES.values() for name in names)
"""What fields may be called, in lower case, with ``_`` for ``-``."""
_WORDS = {list: "a list", dict: "an object", bool: "true or false", int: "a number"}
_WORDS |= {float: "a number", type(None): "null"}
_YEARS = range(1000, 3000)
_WRITTEN_DAYS = range(1000_01_01, 3000_00_00)
_SECONDS = range(10**8, 10**10)
"""Seconds since 1970 from 1973 on; a thousand times as many are milliseconds."""


def plain_name(key: str) -> str:
    """Return the name of a field as the tables here write it."""
    return key.lower().replace("-", "_")


def kind_of(value: object) -> str:
    """Return in words what a value of JSON is."""
    return _WORDS.get(type(value), "a text")


def named_fields(values: Mapping[str, object]) -> tuple[Fields, tuple[str, ...]]:
    """Pick title, date, url, lang, summary and source out of a mapping, by their usual names.

    A date may also be a year, a day as a number (20190304) or a time stamp (seconds or
    milliseconds since 1970). What is no text is left out and told in a warning.
    """
    keys = {plain_name(key): key for key in reversed(list(values))}
    found: dict[str, str] = {}
    warnings = []
    for field, names in _NAMES.items():
        for key in (keys[name] for name in names if name in keys):
            value = values[key]
            text = tidy(_text(field, value))
            if text:
                found[field] = text
                break
            if value is not None and not isinstance(value, str):
                warnings.append(f'the field "{key}" is {kind_of(value)}, not a text: left out')
    return Fields(**found), tuple(warnings)


def _text(field: str, value: object) -> str:
    if isinstance(value, str):
        return _day_of(int(value)) or value if field == "date" and _is_stamp(value) else value
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return ""
    return _day_of(value) if field == "date" else ""


def _is_stamp(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) in (8, 10, 13)


def _day_of(number: float) -> str:
    """Return the year, the day, or that of a time stamp (UTC), as a date; "" when it is none."""
    if number != number or abs(number) > 10**14:
        return ""
    whole = int(number)
    if whole in _YEARS:
        return str(whole)
    if whole in _WRITTEN_DAYS:
        return checked_date(whole // 10_000, whole // 100 % 100, whole % 100)
    if whole // 1_000 in _SECONDS:
        whole //= 1_000
    return datetime.fromtimestamp(whole, UTC).strftime("%Y-%m-%d") if whole in _SECONDS else ""


def sidecar_fields(sidecar: bytes | None) -> tuple[Fields, tuple[str, ...]]:
    """Read a sidecar file; what is wrong in it is left out and reported in a warning."""
    if sidecar is None:
        return Fields(), ()
    try:
        values = json.loads(sidecar)
    except (ValueError, RecursionError):
        return Fields(), ("the JSON file beside it is not valid and was ignored",)
    if not isinstance(values, dict):
        return Fields(), ("the JSON file beside it holds no object and was ignored",)
    fields, warnings = named_fields(values)
    return fields, tuple(f"in the JSON file beside it {warning}" for warning in warnings)
