from __future__ import annotations

import gzip

import pytest
from flask.testing import FlaskClient

from index.settings import Settings
from tests.web_sample import SampleService
from tests.web_tags import Tags
from web.app import create_app

KEPT = ("/", "/search?q=security", "/search.json?q=security", "/search.atom?q=security",
        "/search.csv?q=security", "/releases", "/releases.json", "/releases/r001?q=water",
        "/releases/r001.json", "/help", "/openapi.json", "/opensearch.xml")  # fmt: skip


@pytest.fixture
def service() -> SampleService:
    return SampleService()


@pytest.fixture
def client(service: SampleService) -> FlaskClient:
    return create_app(Settings(), service).test_client()


OTHERS = ("/nowhere", "/search?from=x", "/static/base.css", "/healthz")


@pytest.mark.parametrize("path", [*KEPT, *OTHERS])
def test_every_answer_is_fenced_in(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("path", KEPT)
def test_what_is_unchanged_is_not_sent_again(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Vary"] == first.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", ["/search.json?q=water", "/search.atom?q=water", "/search.csv"])
def test_a_new_generation_is_sent(client: FlaskClient, service: SampleService, path: str) -> None:
    before = client.get(path).headers["ETag"]
    service.generation_name = "20261123T000000Z-ffffff"
    again = client.get(path, headers={"If-None-Match": before})
    assert again.status_code == 200
    assert again.headers["ETag"] != before


def test_a_changed_release_is_sent(client: FlaskClient, service: SampleService) -> None:
    before = client.get("/releases/r001").headers["ETag"]
    service.releases = tuple(r for r in service.releases if r.id != "r001")
    assert client.get("/releases/r001", headers={"If-None-Match": before}).status_code == 404


def test_files_named_with_their_hash_are_kept_for_a_year(client: FlaskClient) -> None:
    page = client.get("/").text
    start = page.index("/static/base.css?v=")
    address = page[start : page.index('"', start)]
    assert client.get(address).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "immutable" not in client.get("/static/base.css?v=old").headers["Cache-Control"]
    assert "immutable" not in client.get("/static/base.css").headers["Cache-Control"]
    assert client.get("/static/../app.py").status_code == 404


def test_probes_are_never_kept(client: FlaskClient) -> None:
    for path in ("/healthz", "/readyz", "/metrics"):
        assert client.get(path).headers["Cache-Control"] == "no-store"


def test_pages_are_packed_for_who_accepts_it(client: FlaskClient) -> None:
    plain = client.get("/search?q=security")
    packed = client.get("/search?q=security", headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < 8_000
    assert plain.headers["ETag"] == packed.headers["ETag"]
    refused = client.get("/search?q=security", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers
    head = client.head("/search?q=security", headers={"Accept-Encoding": "gzip"})
    assert head.headers["Content-Length"] == str(len(packed.data))


def test_no_length_is_told_that_the_answer_will_not_have(client: FlaskClient) -> None:
    for path in ("/search.json?q=security", "/metrics"):
        for encoding in ("identity", "gzip"):
            head = client.head(path, headers={"Accept-Encoding": encoding})
            assert (head.status_code, head.data) == (200, b"")
            assert "Content-Length" not in head.headers
    tag = client.head("/search.json?q=security").headers["ETag"]
    assert tag == client.get("/search.json?q=security").headers["ETag"]
    for path in ("/releases.json", "/search.csv", "/"):
        length = client.head(path).headers["Content-Length"]
        assert length == str(len(client.get(path).data))


def test_pages_are_light(client: FlaskClient) -> None:
    files = ("base.css", "lists.css", "release.css", "site.js", "icon.svg")
    assert sum(len(client.get(f"/static/{name}").data) for name in files) < 30_000
    assert len(client.get("/static/site.js").data) < 4_000
    for path in ("/", "/search?q=security", "/releases/r001?q=security", "/people", "/quote"):
        page = Tags(client.get(path).text)
        named = [a["href"] for a in page.all("link") if a["rel"] in ("stylesheet", "icon")]
        named += [a["src"] for a in page.all("script")]
        assert sum(len(client.get(name).data) for name in named) < 30_000, path
    assert len(client.get("/search?q=security").data) < 60_000


@pytest.mark.parametrize("name", ["base.css", "site.js"])
def test_styles_and_scripts_are_packed_too(client: FlaskClient, name: str) -> None:
    plain = client.get(f"/static/{name}")
    packed = client.get(f"/static/{name}", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 1.8
    tags = {"If-None-Match": packed.headers["ETag"], "Accept-Encoding": "gzip"}
    assert client.get(f"/static/{name}", headers=tags).status_code == 304
    assert client.head(f"/static/{name}").status_code == 200
