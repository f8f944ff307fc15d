from __future__ import annotations

import csv
import io
import re
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from index.settings import Settings
from tests.web_sample import HOSTILE, SampleService
from tests.web_schema import check
from web.app import create_app
from web.feeds import CSV_COLUMNS
from web.openapi import document

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(Settings(base_url="https://press.example/x/"), SampleService()).test_client()


def answers() -> list[tuple[str, str, int]]:
    return [
        ("/search.json", "/search.json?q=security&from=2016&to=2018&page=2&per_page=3", 200),
        ("/search.json", "/search.json?q=%22zebra", 200),
        ("/search.json", "/search.json?per_page=100", 200),
        ("/search.json", "/search.json?from=x", 400),
        ("/releases.json", "/releases.json?per_page=7", 200),
        ("/releases/{id}.json", "/releases/r001.json", 200),
        ("/releases/{id}.json", "/releases/r028.json", 404),
        ("/healthz", "/healthz", 200),
        ("/readyz", "/readyz", 200),
    ]


@pytest.mark.parametrize(("route", "path", "status"), answers())
def test_answers_are_as_described(client: FlaskClient, route: str, path: str, status: int) -> None:
    response = client.get(path if status != 404 else path.replace("r028", "none"))
    assert response.status_code == status
    described = document("x", "y")["paths"][route]["get"]["responses"][str(status)]
    check(response.json, described["content"]["application/json"]["schema"])


def test_every_route_is_described_and_the_other_way_round(client: FlaskClient) -> None:
    served = client.get("/openapi.json").json
    routes = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule).replace("{release_id}", "{id}")
        for rule in client.application.url_map.iter_rules()
        if rule.endpoint != "static"
    }
    assert served["openapi"] == "3.1.0"
    assert set(served["paths"]) == routes
    assert served["servers"] == [{"url": "https://press.example/x"}]
    references = set(re.findall(r"#/components/schemas/(\w+)", client.get("/openapi.json").text))
    assert references == set(served["components"]["schemas"])


def test_every_described_parameter_is_understood(client: FlaskClient) -> None:
    described = document("x", "y")["paths"]["/search.json"]["get"]["parameters"]
    values = {"q": "security", "person": "Ada Lindqvist", "place": "Sochi", "lang": "en",
              "source": "City of Amsel", "from": "2015", "to": "2020", "undated": "1",
              "literal": "pm", "explain": "1", "sort": "newest", "page": "2", "per_page": "3",
              "not_person": "Nobody", "not_place": "Oz", "not_source": "No",
              "not_lang": "xx", "boilerplate": "0"}  # fmt: skip
    assert {parameter["name"] for parameter in described} == set(values)
    for left_out in ({"undated"}, {"from", "to"}):
        asked = {name: value for name, value in values.items() if name not in left_out}
        echoed = client.get("/search.json", query_string=asked).json["links"]["self"]
        for name in asked:
            assert f"{name}=" in echoed


def test_a_range_beside_undated_is_said_to_be_left_out(client: FlaskClient) -> None:
    found = client.get("/search.json?q=a&undated=1&from=2020").json
    assert found["links"]["self"] == "/search.json?q=a&undated=1"
    assert "left out" in found["query"]["warnings"][-1]["message"]
    assert not client.get("/search.json?q=a&undated=1").json["query"]["warnings"]


def test_behind_the_last_page_the_way_back_is_the_last(client: FlaskClient) -> None:
    links = client.get("/search.json?per_page=5&page=99").json["links"]
    assert (links["next"], links["prev"]) == (None, "/search.json?page=6&per_page=5")
    assert client.get("/search.json?person=Nobody&page=9").json["links"]["prev"] is None
    feed = client.get("/search.atom?per_page=5&page=99").text
    assert 'rel="next"' not in feed
    assert 'href="https://press.example/x/search.atom?page=6&amp;per_page=5"' in feed


def test_the_shape_of_a_page_of_results(client: FlaskClient) -> None:
    page = client.get("/search.json?q=security&per_page=5&page=2").json
    assert list(page) == ["query", "total", "boilerplate", "page", "per_page", "took_ms",
                          "generation", "results", "facets", "links"]  # fmt: skip
    assert list(page["facets"]) == ["person", "place", "date", "source", "lang"]
    assert page["links"] == {
        "self": "/search.json?q=security&page=2&per_page=5",
        "next": "/search.json?q=security&page=3&per_page=5",
        "prev": "/search.json?q=security&per_page=5",
    }
    only = client.get("/search.json?q=security&lang=en&person=Minister+1").json
    assert only["links"]["next"] is only["links"]["prev"] is None


def test_following_next_visits_every_release_once(client: FlaskClient) -> None:
    path, seen = "/search.json?per_page=7", list[str]()
    while path:
        page = client.get(path).json
        seen += [result["id"] for result in page["results"]]
        path = page["links"]["next"]
    assert len(seen) == len(set(seen)) == page["total"] == 30


def test_other_scripts_are_readable_in_the_answer(client: FlaskClient) -> None:
    assert "ראש הממשלה" in client.get("/releases/r026.json").text


def table(client: FlaskClient, path: str) -> list[list[str]]:
    response = client.get(path)
    assert response.mimetype == "text/csv"
    assert response.data.startswith(b"\xef\xbb\xbf")
    assert "attachment" in response.headers["Content-Disposition"]
    return list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"), newline="")))


def test_the_table(client: FlaskClient) -> None:
    rows = table(client, "/search.csv?q=security&per_page=5&page=2")
    assert tuple(rows[0]) == CSV_COLUMNS
    assert [row[0] for row in rows[1:]] == ["6", "7", "8", "9", "10"]
    assert rows[1][10] == "https://press.example/x/releases/r006"


def test_no_cell_of_the_table_is_a_formula(client: FlaskClient) -> None:
    rows = table(client, "/search.csv?per_page=100")
    assert not [cell for row in rows for cell in row if cell[:1] in "=+-@\t\r" and cell]
    assert any(row[2] == '\'=HYPERLINK("http://evil.example")' for row in rows)


def test_the_feed(client: FlaskClient) -> None:
    response = client.get("/search.atom?per_page=100")
    assert response.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(response.data)
    assert feed.tag == f"{ATOM}feed"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == "https://press.example/x/search.atom?per_page=100"
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 30
    stamp = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")
    for node in [feed, *entries]:
        for name in ("id", "title", "updated"):
            assert node.findtext(f"{ATOM}{name}"), name
        assert stamp.match(node.findtext(f"{ATOM}updated") or "")
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 30
    by_id = {(entry.findtext(f"{ATOM}id") or "").rsplit("/")[-1]: entry for entry in entries}
    assert feed.findtext(f"{ATOM}id") == "tag:dateline,2026:search?sort=newest&per_page=100"
    assert by_id["r028"].findtext(f"{ATOM}title") == HOSTILE
    undated = by_id["r029"]
    assert undated.find(f"{ATOM}published") is None
    assert undated.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"
    assert by_id["r030"].findtext(f"{ATOM}published") == "2016-01-01T00:00:00Z"


def test_the_feed_shows_marked_passages_as_html(client: FlaskClient) -> None:
    feed = ElementTree.fromstring(client.get("/search.atom?q=security").data)
    content = feed.find(f"{ATOM}entry/{ATOM}content")
    assert content is not None
    assert content.get("type") == "html"
    assert "<p>The ministers agreed to continue the <mark>security</mark>" in (content.text or "")


def test_a_feed_survives_characters_that_xml_has_not(client: FlaskClient) -> None:
    ElementTree.fromstring(client.get("/search.atom?q=%0b%ef%bf%be%00%1b").data)


def test_the_search_bar_description(client: FlaskClient) -> None:
    root = ElementTree.fromstring(client.get("/opensearch.xml").data)
    urls = [node.get("template") or "" for node in root if node.tag.endswith("}Url")]
    assert "https://press.example/x/search?q={searchTerms}" in urls


def test_without_a_public_address_links_use_the_host_asked() -> None:
    client = create_app(Settings(), SampleService()).test_client()
    feed = client.get("/search.atom", base_url="http://archive.test:8080/").text
    assert 'href="http://archive.test:8080/releases/r023"' in feed


def test_identities_do_not_depend_on_the_host_asked() -> None:
    client = create_app(Settings(), SampleService()).test_client()
    both = [client.get("/search.atom", headers={"Host": h}).text for h in ("a.test", "evil.test")]
    found = [re.findall("<id>(.*)</id>", feed) for feed in both]
    assert found[0] == found[1]
    assert "tag:dateline,2026:release/r023" in found[0]
    page = client.get("/releases/r001", headers={"Host": "evil.test"}).text
    assert '<link rel="canonical" href="/releases/r001">' in page


def test_the_public_address_is_the_canonical_one(client: FlaskClient) -> None:
    page = client.get("/releases/r001").text
    assert '<link rel="canonical" href="https://press.example/x/releases/r001">' in page


def test_a_feed_has_the_newest_first(client: FlaskClient) -> None:
    bare, newest = (client.get(f"/search.atom?q=security{s}").text for s in ("", "&sort=newest"))
    assert bare == newest
    assert "/search.atom?q=security&amp;sort=relevance" in (
        client.get("/search.atom?q=security&sort=relevance").text
    )
    described = document("x", "y")["paths"]
    defaults = {
        path: parameter["schema"]["default"]
        for path in ("/search", "/search.atom", "/search.csv")
        for parameter in described[path]["get"]["parameters"]
        if parameter["name"] == "sort"
    }
    assert defaults == {
        "/search": "relevance",
        "/search.atom": "newest",
        "/search.csv": "relevance",
    }


def test_robots_stay_out_of_searches(client: FlaskClient) -> None:
    assert "Disallow: /search" in client.get("/robots.txt").text


def test_counters_are_in_the_prometheus_format(client: FlaskClient) -> None:
    for _ in range(3):
        client.get("/search?q=a")
    client.get("/nowhere")
    text = client.get("/metrics").text
    line = re.compile(r'[a-z_]+(\{([a-z_]+="[^"\n]*",?)+\})? [0-9.e+-]+\Z')
    for row in text.splitlines():
        assert row.startswith("# ") or line.match(row), row
    assert re.search(r'requests_total\{endpoint="pages.search",status="200"\} [3-9]', text)
    assert re.search(r'requests_total\{endpoint="none",status="404"\} \d', text)
    assert 'dateline_request_seconds_bucket{endpoint="pages.search",le="+Inf"}' in text
    assert "\ndateline_releases 30\n" in text
    assert "dateline_generation_info" in text
