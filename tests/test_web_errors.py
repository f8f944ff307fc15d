from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.settings import Settings
from search.request import SearchPage, SearchRequest
from tests.web_sample import SampleService
from web.app import create_app


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(Settings(), SampleService()).test_client()


@pytest.fixture(scope="module")
def down() -> FlaskClient:
    return create_app(Settings(), SampleService(up=False)).test_client()


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/search.json?from=x", 400, "bad_request"),
        ("/search.json?sort=best", 400, "bad_request"),
        ("/search.json?page=5000", 400, "bad_request"),
        ("/releases/none.json", 404, "not_found"),
        ("/nowhere.json", 404, "not_found"),
    ],
)
def test_errors_of_data_are_data(client: FlaskClient, path: str, status: int, code: str) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert response.mimetype == "application/json"
    assert list(response.json) == ["error"]
    assert list(response.json["error"]) == ["code", "message", "hint"]
    assert response.json["error"]["code"] == code
    assert response.json["error"]["message"]


def test_errors_of_pages_are_pages(client: FlaskClient) -> None:
    for path in ("/releases/none", "/nowhere", "/people/%00", "/search?from=x"):
        response = client.get(path)
        assert response.status_code in (400, 404)
        assert response.mimetype == "text/html"
        assert '<main id="main"' in response.text
        assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("form", ["atom", "csv"])
def test_errors_of_feeds_and_tables_are_text(
    client: FlaskClient, down: FlaskClient, form: str
) -> None:
    for asked, path, status in (
        (client, f"/search.{form}?from=x", 400),
        (client, f"/nowhere.{form}", 404),
        (down, f"/search.{form}", 503),
    ):
        response = asked.get(path, headers={"Accept": "text/html"})
        assert response.status_code == status
        assert response.content_type == "text/plain; charset=utf-8"
        lines = response.text.splitlines()
        assert lines[0].startswith(f"{status} ")
        assert len(lines) == 3
        assert "<" not in response.text
    assert response.headers["Retry-After"]


def test_who_accepts_json_gets_json(client: FlaskClient) -> None:
    asked = {"Accept": "application/json"}
    assert client.get("/nowhere", headers=asked).mimetype == "application/json"
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    assert client.get("/nowhere", headers=browser).mimetype == "text/html"


@pytest.mark.parametrize("path", ["/", "/search", "/search.json", "/releases/r001", "/healthz"])
def test_other_methods(client: FlaskClient, path: str) -> None:
    head, options = client.head(path), client.options(path)
    assert (head.status_code, head.data) == (200, b"")
    assert options.status_code == 200
    assert "GET" in options.headers["Allow"]
    for method in ("POST", "DELETE", "PUT", "BREW"):
        response = client.open(path, method=method)
        assert response.status_code == 405
        assert "GET" in response.headers["Allow"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/", "/search?q=a", "/releases", "/releases/x", "/help"])
def test_without_an_index_every_page_says_what_to_run(down: FlaskClient, path: str) -> None:
    response = down.get(path)
    assert response.status_code == 503
    assert "dateline reindex" in response.text
    assert "/srv/secret" not in response.text
    assert response.headers["Retry-After"]


def test_without_an_index_the_process_is_alive_but_not_ready(down: FlaskClient) -> None:
    assert down.get("/healthz").json == {"status": "ok"}
    ready = down.get("/readyz")
    assert (ready.status_code, ready.json["error"]["code"]) == (503, "index_unavailable")
    assert "\ndateline_up 0\n" in down.get("/metrics").text
    assert down.get("/openapi.json").status_code == 200


class Broken(SampleService):
    def search(self, request: SearchRequest) -> SearchPage:
        raise RuntimeError("secret detail")


@pytest.fixture
def broken() -> Flask:
    app = create_app(Settings(), Broken())
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


def test_a_failure_is_recorded_but_not_shown(
    broken: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    for path, kind in (("/search?q=a", "text/html"), ("/search.json", "application/json")):
        response = broken.test_client().get(path)
        assert (response.status_code, response.mimetype) == (500, kind)
        assert "secret detail" not in response.text
        assert "Content-Security-Policy" in response.headers
    assert "secret detail" in caplog.text
