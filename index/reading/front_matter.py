"""The front matter of a Markdown file: simple YAML between ``---`` or TOML between ``+++``."""

from __future__ import annotations

import re
import tomllib

from index.reading.draft import Fields
from index.reading.fields import named_fields

_YAML = re.compile(
    r"\A﻿?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_TOML = re.compile(r"\A﻿?\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_PAIR = re.compile(r"^([A-Za-z_][\w.-]*)[ \t]*:(?:[ \t]+(.*?))?[ \t]*$")


def split_front_matter(text: str) -> tuple[Fields, str]:
    """Return what the front matter says and the text after it.

    Only texts at the top level are read; what cannot be understood is passed over, and a block
    without a single ``key: value`` is no front matter but part of the text.
    """
    if match := _TOML.match(text):
        try:
            table = tomllib.loads(match[1])
        except tomllib.TOMLDecodeError:
            table = {}
        values: dict[str, object] = {
            key: value if isinstance(value, str) else str(value)
            for key, value in table.items()
            if not isinstance(value, (dict, list))
        }
        return named_fields(values)[0], text[match.end() :]
    if (match := _YAML.match(text)) and (values := _yaml_pairs(match[1])):
        return named_fields(values)[0], text[match.end() :]
    return Fields(), text


def _yaml_pairs(block: str) -> dict[str, object]:
    values: dict[str, object] = {}
    key = ""
    folded = False
    for line in block.splitlines():
        pair = _PAIR.match(line)
        if pair:
            key, value = pair[1], (pair[2] or "").strip()
            folded = value in ("|", ">", "|-", ">-", "|+", ">+", "")
            values[key] = "" if folded else _unquoted(value)
        elif key and folded and line.startswith((" ", "\t")) and not line.strip().startswith("- "):
            values[key] = f"{values[key]} {line.strip()}".strip()
    return values


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] == '"':
        return value[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    return re.sub(r"\s+#.*$", "", value)
