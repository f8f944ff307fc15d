"""Records as content management systems export them, made plain: a name and its text.

WordPress's REST API has ``"title": {"rendered": "..."}``, Drupal's ``"body": [{"value": "...",
"format": "..."}]``, and JSON:API puts all fields into ``attributes``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

from index.reading.fields import FIELD_NAMES, plain_name

_VALUES = ("processed", "rendered", "value")
"""What the text of a value is called, best first."""
_OTHER_NAMES = {"langcode": "lang", "created": "date"}
"""What Drupal calls a field; used where the record has none of the usual name."""
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def plain_record(values: Mapping[str, object]) -> dict[str, object]:
    """Return the fields of a record with their wrappings taken off; what has none stays itself."""
    attributes = values.get("attributes")
    merged = dict(values)
    if isinstance(attributes, dict):
        merged = {**{k: v for k, v in values.items() if k != "attributes"}, **attributes}
    plain = {name: _unwrapped(name, value) for name, value in merged.items()}
    have = {plain_name(name) for name in plain}
    for name, usual in _OTHER_NAMES.items():
        if name in plain and usual not in have:
            plain[usual] = plain[name]
    return plain


def _unwrapped(name: str, value: object) -> object:
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict):
        value = value[0]
    if not isinstance(value, dict):
        return value
    inner = next((value[key] for key in _VALUES if isinstance(value.get(key), (str, int))), None)
    if inner is None:
        return value
    # WordPress writes titles and excerpts as markup.
    markup = isinstance(inner, str) and plain_name(name) in FIELD_NAMES
    return unescape(_TAG.sub(" ", str(inner))).strip() if markup else inner
