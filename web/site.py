"""What one running site holds, and how views reach it: settings, service, counters, file names."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from flask import current_app, request

from index.settings import Settings
from search.service import SearchService
from web.metrics import Metrics

EXTENSION = "dateline"


@dataclass(frozen=True, slots=True)
class Site:
    """The parts of a running site. ``assets`` maps a static file to the hash of its content."""

    settings: Settings
    service: SearchService
    metrics: Metrics
    assets: dict[str, str]
    version: str


def current_site() -> Site:
    """Return the site of the application that serves this request."""
    return cast(Site, current_app.extensions[EXTENSION])


def local(path: str) -> str:
    """Return a path of the site as a browser must ask for it, below the prefix of a proxy."""
    return request.script_root + path


def absolute(path: str) -> str:
    """Return the full address of a path: at ``base_url`` when set, else at the host asked."""
    base = current_site().settings.base_url.rstrip("/")
    return (base or request.url_root.rstrip("/")) + path


def canonical(path: str) -> str:
    """Return the address of a path that anyone may keep: no host but the one of ``base_url``.

    The host of a request is whatever the asker wrote there.
    """
    return absolute(path) if current_site().settings.base_url else local(path)


def permanent_id(name: str) -> str:
    """Return a ``tag:`` address (RFC 4151) for a path, the same at every host and prefix."""
    return f"tag:dateline,2026:{name.lstrip('/')}"


def hash_files(folder: Path) -> dict[str, str]:
    """Return each file below a folder with a short hash of its content."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
