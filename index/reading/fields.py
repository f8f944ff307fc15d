"""What is said about a release outside its text: records, sidecar files, front matter."""

from __future__ import annotations

import json
from collections.abc import Mapping

from index.errors import ReadingError
from index.reading.characters import tidy
from index.reading.draft import Fields

_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline"),
    "date": (
        *("date", "date_str", "published", "published_at", "published_date", "date_published"),
        *("datepublished", "publication_date", "pubdate", "release_date"),
    ),
    "url": ("url", "link", "canonical", "canonical_url", "permalink", "url_metadata"),
    "lang": ("lang", "language", "locale"),
    "summary": ("summary", "description", "subtitle", "abstract", "excerpt", "standfirst"),
    "source": ("source", "publisher", "site", "site_name", "organization", "organisation"),
}
BODY_NAMES = ("body", "html", "text", "content")
_WORDS = {list: "a list", dict: "an object", bool: "true or false", int: "a number"}
_WORDS |= {float: "a number"}


def text_field(values: Mapping[str, object], name: str, where: str) -> str:
    """Return a text of a record; "" when it is absent or null. Raises ReadingError otherwise."""
    value = values.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        kind = _WORDS.get(type(value), "something else")
        raise ReadingError(
            f'the field "{name}" is {kind} instead of a text',
            where=where,
            hint="write its value in quotation marks",
        )
    return value


def named_fields(values: Mapping[str, object], where: str) -> Fields:
    """Pick title, date, url, lang, summary and source out of a mapping, by their usual names.

    Raises ReadingError, naming the field, when one of them is not a text.
    """
    lowered = {key.lower().replace("-", "_"): key for key in reversed(list(values))}
    found: dict[str, str] = {}
    for field, names in _NAMES.items():
        for name in names:
            text = tidy(text_field(values, lowered.get(name, name), where))
            if text:
                found[field] = text
                break
    return Fields(**found)


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
    wrong = [
        key
        for key, value in values.items()
        if value is not None
        and not isinstance(value, str)
        and any(key.lower() in names for names in _NAMES.values())
    ]
    texts = {key: value for key, value in values.items() if isinstance(value, str)}
    warnings = tuple(f'the field "{key}" of the JSON file beside it is no text' for key in wrong)
    return named_fields(texts, ""), warnings
