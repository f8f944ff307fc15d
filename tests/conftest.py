"""Fixtures for all tests: the example archive indexed once, the site on it, small archives."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis_settings
from werkzeug.serving import make_server

from index.reindex import reindex
from index.report import ReindexReport
from index.settings import Settings
from search.service import SearchService
from web.app import create_app

# How long an example takes depends on what else the machine does: bench/ is for times.
hypothesis_settings.register_profile("dateline", deadline=None)
hypothesis_settings.load_profile("dateline")

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples" / "archive"


@pytest.fixture(scope="session")
def example_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a data directory in which the example archive is indexed."""
    settings = Settings(data=tmp_path_factory.mktemp("example") / "var", archive=EXAMPLES)
    report = reindex(settings)
    assert report.written
    return settings


@pytest.fixture(scope="session")
def example_data(example_settings: Settings) -> Path:
    return example_settings.data


@pytest.fixture(scope="session")
def service(example_settings: Settings) -> SearchService:
    return SearchService(example_settings)


@pytest.fixture(scope="session")
def settings(example_settings: Settings) -> Settings:
    return example_settings


@pytest.fixture(scope="session")
def app(example_settings: Settings) -> Flask:
    app = create_app(example_settings)
    app.config["TESTING"] = True
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def live_server(app: Flask) -> Iterator[str]:
    """Address of the site, served on loopback for a real browser."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(10)


ArchiveMaker = Callable[[dict[str, str | bytes]], Path]


@pytest.fixture
def make_archive(tmp_path: Path) -> ArchiveMaker:
    """Write files (path to content) into a fresh archive folder and return it."""

    def make(files: dict[str, str | bytes]) -> Path:
        root = tmp_path / "archive"
        root.mkdir(exist_ok=True)
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return root

    return make


class SmallArchive:
    """An archive that is changed and indexed again and again."""

    def __init__(self, root: Path, data: Path) -> None:
        self.root = root
        self.settings = Settings(data=data, archive=root, jobs=1, lock_wait=0.2)

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def release(self, name: str, title: str, *paragraphs: str, date: str = "") -> None:
        """Write a Markdown release."""
        front = f"---\ndate: {date}\n---\n" if date else ""
        self.write(name, f"{front}# {title}\n\n" + "\n\n".join(paragraphs) + "\n")

    def index(self, **options: bool) -> ReindexReport:
        return reindex(self.settings, **options)

    @property
    def service(self) -> SearchService:
        return SearchService(self.settings)

    def found(self, text: str, **facets: object) -> list[str]:
        """Paths of the releases found, in order."""
        from search.request import make_request

        page = self.service.search(make_request(text, **facets))  # type: ignore[arg-type]
        return [hit.path for hit in page.results]


@pytest.fixture
def small(tmp_path: Path) -> SmallArchive:
    root = tmp_path / "archive"
    root.mkdir()
    return SmallArchive(root, tmp_path / "var")


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true"}
