"""Settings: read once from ``dateline.toml`` and the environment, then passed down.

This module is the only reader of the environment. Order of trust: an argument given in code or
on the command line, then ``DATELINE_*``, then ``dateline.toml`` in the working directory (or the
file ``DATELINE_CONFIG`` names), then the default here.
"""

from __future__ import annotations

import math
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from index.errors import SettingsError

RANKINGS = ("full", "words")
_PREFIX = "DATELINE_"
_OF_TESTS = ("DATELINE_TEST_", "DATELINE_CORPORA")
MOST_PROCESSES = 1_024
"""All reading processes are started at once: a slip of the hand must not start a million."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator can set. Each field ``x`` is ``DATELINE_X`` or ``x`` in the file."""

    data: Path = Path("var")
    """Folder for the index generations and the store of parsed releases; trusted."""
    archive: Path = Path("examples/archive")
    """Folder of releases that ``dateline reindex`` reads when none is named."""
    title: str = "Dateline"
    """Name of the site, shown in the header and in feeds."""
    base_url: str = ""
    """Public address of the site (``https://press.example.org``); empty: the request's own."""
    max_file_mb: float = 20.0
    """Largest file that is read, in MiB; a larger one is reported and skipped."""
    aliases: Path = Path("aliases.toml")
    """What the operator says of people and places; need not exist under its default name."""
    ner: str = ""
    """``spacy:<package or path>``: a pipeline that finds people and places instead of the rules."""
    jobs: int = 0
    """Processes that read documents; 0: one for each processor."""
    lock_wait: float = 10.0
    """Seconds a writer waits for another writer before it refuses."""
    keep_generations: int = 2
    """Verified generations kept on disk, the serving one included."""
    host: str = "127.0.0.1"
    """Address ``dateline serve`` listens on."""
    port: int = 8000
    """Port ``dateline serve`` listens on."""
    workers: int = 2
    """Web server processes of ``dateline serve``."""

    ranking: str = "full"
    """``full``, or ``words`` to rank by the words alone (BM25), without the second stage."""
    recency: float = 0.0
    """How much newer releases are lifted: 0 not at all, 1 by as much as the best one's score."""
    recency_half_life: float = 365.0
    """Days before the newest release after which half of that is left."""
    synonyms: str = ""
    """Table of synonyms and abbreviations (TOML); empty: the one that comes with Dateline."""

    def with_overrides(self, **changes: Any) -> Settings:
        """Return a copy with the given fields replaced, ``None`` meaning "leave as it is"."""
        return checked(replace(self, **{k: v for k, v in changes.items() if v is not None}))


def load_settings(env: Mapping[str, str] | None = None, cwd: Path | None = None) -> Settings:
    """Read the settings.

    ``env`` defaults to the process environment and ``cwd`` to the working directory. Raises
    SettingsError for an unreadable file, an unknown key or a value of the wrong type.
    """
    env = os.environ if env is None else env
    folder = Path.cwd() if cwd is None else cwd
    values = _from_file(env, folder)
    for field in fields(Settings):
        name = f"DATELINE_{field.name.upper()}"
        if env.get(name, "") != "":
            values[field.name] = _convert(field.name, env[name], name)
    return checked(replace(Settings(), **values))


def stray_variables(env: Mapping[str, str] | None = None) -> list[str]:
    """Say of each ``DATELINE_*`` that is no setting what it may have been meant for.

    ``env`` defaults to the process environment. Such a variable is ignored and no error: it may
    be another version's. Those of the test suite (``DATELINE_TEST_*`` ...) are not told of.
    """
    known = [f"{_PREFIX}{field.name.upper()}" for field in fields(Settings)]
    known.append(f"{_PREFIX}CONFIG")
    told = []
    for name in sorted(os.environ if env is None else env):
        if not name.upper().startswith(_PREFIX) or name in known or name.startswith(_OF_TESTS):
            continue
        near = get_close_matches(name.upper(), known, 1, 0.8)
        hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
        told.append(f"{name} is no setting and is ignored ({hint})")
    return told


def checked(settings: Settings) -> Settings:
    """Return the settings when every number is in its range; raise SettingsError otherwise."""
    lowest = {"max_file_mb": 0.001, "jobs": 0, "lock_wait": 0, "keep_generations": 1}
    lowest |= {"port": 1, "workers": 1, "recency": 0, "recency_half_life": 1}
    highest = {"port": 65535, "recency": 1, "jobs": MOST_PROCESSES, "workers": MOST_PROCESSES}
    for name, bound in lowest.items():
        value, most = getattr(settings, name), highest.get(name, math.inf)
        if value > most:
            raise SettingsError(f"{name} must be at most {most}", where=_where(name))
        if not (value >= bound and math.isfinite(value)):
            raise SettingsError(f"{name} must be a number from {bound} on", where=_where(name))
    if settings.ranking not in RANKINGS:
        raise SettingsError(
            f"ranking must be one of {', '.join(RANKINGS)}", where=_where("ranking")
        )
    if settings.base_url and not settings.base_url.startswith(("http://", "https://")):
        raise SettingsError(
            "base_url must begin with http:// or https://", where=_where("base_url")
        )
    return settings


def _from_file(env: Mapping[str, str], folder: Path) -> dict[str, Any]:
    named = env.get("DATELINE_CONFIG", "")
    path = Path(named) if named else folder / "dateline.toml"
    if not path.exists():
        if named:
            raise SettingsError("the settings file does not exist", where=str(path))
        return {}
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"cannot be read: {error}", where=str(path)) from error
    known = {field.name for field in fields(Settings)}
    unknown = sorted(set(table) - known)
    if unknown:
        near = get_close_matches(unknown[0], known, 1)
        raise SettingsError(
            f"unknown setting {unknown[0]!r}",
            where=str(path),
            hint=f"did you mean {near[0]!r}?" if near else "known are " + ", ".join(sorted(known)),
        )
    return {name: _convert(name, value, f"{path}: {name}") for name, value in table.items()}


def _convert(name: str, value: object, where: str) -> Any:
    default = getattr(Settings(), name)
    wanted = type(default)
    wants_text = isinstance(default, str | Path)
    if (
        isinstance(value, bool)
        or (wants_text and not isinstance(value, str))
        or (wanted is int and isinstance(value, float))
    ):
        what = "text" if wants_text else "a whole number" if wanted is int else "a number"
        raise SettingsError(f"{value!r} is not {what}", where=where)
    try:
        return Path(str(value)).expanduser() if isinstance(default, Path) else wanted(value)
    except (TypeError, ValueError) as error:
        what = "a whole number" if wanted is int else "a number"
        raise SettingsError(f"{value!r} is not {what}", where=where) from error


def _where(name: str) -> str:
    return f"setting {name} (DATELINE_{name.upper()})"
