"""``aliases.toml``: what the operator says of people and places, which always wins.

::

    [[person]]
    name = "Sergei Shoigu"                      # how the facet shows it
    variants = ["Sergey Shoygu", "Шойгу"]       # other ways of writing, whole words
    [[person.office]]
    title = ["Defense Minister of Russia", "Russian Defense Minister"]
    from = 2012-11-06                           # both ends inclusive, either may be left out
    to = 2024-05-12

    [[place]]
    name = "Kyiv"
    variants = ["Kiev"]

    [ignore]
    people = ["Grand Jury"]                     # values that are none
    places = []
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from index.errors import SettingsError
from index.names.aliases import Alias, Aliases, Office

DEFAULT = Path("aliases.toml")
"""The file in the working directory that need not exist."""
_HINT = "see examples/aliases.toml"


def load_aliases(path: Path) -> Aliases:
    """Read the file; without one under its default name there are no aliases.

    Raises SettingsError with the line and what to do for whatever cannot be understood.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        if path == DEFAULT:
            return Aliases()
        raise SettingsError("the file of aliases does not exist", where=str(path)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"cannot be read: {error}", where=str(path), hint=_HINT) from error
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what = str(error).replace("end of document", f"line {len(text.splitlines())}, the end")
        raise SettingsError(f"is not valid TOML: {what}", where=str(path), hint=_HINT) from error
    return _Reader(path, text).read(value)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Checks the values of a file and says of a wrong one where it stands."""

    path: Path
    text: str
    owners: dict[tuple[str, str], str] = field(default_factory=dict)

    def read(self, value: dict[str, Any]) -> Aliases:
        self._known(value, {"person", "place", "ignore"}, 1)
        ignore = value.get("ignore", {})
        line = self._line_of("ignore", 0)
        if not isinstance(ignore, dict):
            raise self._error("ignore must be a table: [ignore]", line)
        self._known(ignore, {"people", "places"}, line)
        return Aliases(
            tuple(self._entries(value, "person")),
            tuple(self._entries(value, "place")),
            self._texts(ignore, "people", line),
            self._texts(ignore, "places", line),
        )

    def _entries(self, value: dict[str, Any], kind: str) -> Iterable[Alias]:
        entries = value.get(kind, [])
        if not isinstance(entries, list):
            raise self._error(f"write [[{kind}]], not [{kind}]", self._line_of(kind, 0))
        for number, entry in enumerate(entries):
            line = self._line_of(kind, number)
            known = {"name", "variants", "office"} if kind == "person" else {"name", "variants"}
            self._known(entry, known, line)
            name = entry.get("name", "")
            if not isinstance(name, str) or not name.strip():
                raise self._error(f"a [[{kind}]] needs a name", line)
            variants = self._texts(entry, "variants", line)
            for written in (name, *variants):
                owner = self.owners.setdefault((kind, written), name)
                if owner != name:
                    what = f"{written!r} is given to both {owner!r} and {name!r}"
                    raise self._error(what, line)
            offices = self._offices(entry.get("office", []), line)
            yield Alias(" ".join(name.split()), variants, offices)

    def _offices(self, offices: object, line: int) -> tuple[Office, ...]:
        if not isinstance(offices, list) or not all(isinstance(one, dict) for one in offices):
            raise self._error("write [[person.office]] with a title", line)
        found = []
        for office in offices:
            self._known(office, {"title", "from", "to"}, line)
            title = office.get("title", [])
            titles = self._texts(
                {"title": [title] if isinstance(title, str) else title}, "title", line
            )
            if not titles:
                raise self._error("an office needs a title", line)
            begin, end = (self._day(office.get(name, ""), line) for name in ("from", "to"))
            if begin and end and end < begin:
                raise self._error(f"the office ends ({end}) before it begins ({begin})", line)
            found.append(Office(titles, begin, end))
        return tuple(found)

    def _day(self, value: object, line: int) -> str:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value.isoformat()
        try:
            return date.fromisoformat(value).isoformat() if value else ""  # type: ignore[arg-type]
        except (TypeError, ValueError):
            raise self._error(f"{value!r} is not a date such as 2012-11-06", line) from None

    def _texts(self, table: dict[str, Any], name: str, line: int) -> tuple[str, ...]:
        values = table.get(name, [])
        if not isinstance(values, list) or not all(
            isinstance(one, str) and one.strip() for one in values
        ):
            raise self._error(f"{name} must be a list of texts, none of them empty", line)
        return tuple(" ".join(one.split()) for one in values)

    def _known(self, table: object, names: set[str], line: int) -> None:
        if not isinstance(table, dict):
            raise self._error("a table was expected here", line)
        unknown = sorted(set(table) - names)
        if unknown:
            raise self._error(
                f"unknown entry {unknown[0]!r}; known are {', '.join(sorted(names))}", line
            )

    def _line_of(self, kind: str, number: int) -> int:
        headers = [
            line
            for line, text in enumerate(self.text.splitlines(), start=1)
            if re.match(rf"\s*\[?\[\s*{kind}\s*\]", text)
        ]
        return headers[number] if number < len(headers) else 1

    def _error(self, what: str, line: int) -> SettingsError:
        return SettingsError(what, where=f"{self.path}, line {line}", hint=_HINT)
