"""The site on the example archive, through the real service."""

from __future__ import annotations

import csv
import io
import os
import re
from html import unescape
from urllib.parse import quote, unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from tests.web_hostile import hostile
from tests.web_schema import check
from tests.web_tags import Tags

SEARCHES = ("", "water", '"Upper Tamel Dam"', "agreement -storm", "tram OR dam", "zebra", 'un"fin')


@pytest.mark.parametrize("text", SEARCHES)
def test_data_is_as_described(client: FlaskClient, text: str) -> None:
    found = client.get("/search.json", query_string={"q": text, "per_page": 100})
    check(found.json, {"$ref": "#/components/schemas/SearchPage"})
    for result in found.json["results"][:10]:
        opened = client.get(f"/releases/{quote(result['id'])}.json").json
        check(opened, {"$ref": "#/components/schemas/Release"})
        assert opened["title"] == result["title"]
        numbers = [passage["number"] for passage in opened["passages"]]
        assert numbers == list(range(1, result["passages_total"] + 1))
        for shown in result["passages"]:
            assert opened["passages"][shown["number"] - 1]["text"] == shown["text"]


@pytest.mark.parametrize("apart", ["0", "1"])
def test_every_form_of_a_search_has_the_same_releases(client: FlaskClient, apart: str) -> None:
    query = f"q=water&sort=newest&per_page=20&boilerplate={apart}"
    titles = [result["title"] for result in client.get(f"/search.json?{query}").json["results"]]
    feed = ElementTree.fromstring(client.get(f"/search.atom?{query}").data)
    atom = "{http://www.w3.org/2005/Atom}"
    assert [entry.findtext(f"{atom}title") for entry in feed.iter(f"{atom}entry")] == titles
    table = client.get(f"/search.csv?{query}").data.decode("utf-8-sig")
    assert [row[2] for row in csv.reader(io.StringIO(table, newline=""))][1:] == titles
    assert client.get(f"/search?{query}").text.count("<article>") == len(titles)


@pytest.mark.parametrize("query", ["q=water", "q=agreement&from=2019&to=2023", ""])
def test_a_count_beside_a_link_is_what_the_link_finds(client: FlaskClient, query: str) -> None:
    page = client.get(f"/search?{query}&per_page=1").text
    facets = page.split('<aside class="facets"')[1].split("</aside>")[0]
    checked = 0
    for item in facets.split("<li")[1:]:
        if 'chosen"' in item:
            continue
        href = Tags(item).all("a")[0]["href"]
        count = int(item.split('class="count">')[1].split("<")[0].replace(",", ""))
        found = client.get(href.replace("/search?", "/search.json?"))
        assert found.json["total"] == count, href
        checked += 1
    assert checked > 10


def test_every_link_inside_the_site_leads_somewhere(client: FlaskClient) -> None:
    waiting, seen = ["/"], set[str]()
    while waiting and len(seen) < 150:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        response = client.get(path)
        assert response.status_code == 200, path
        if response.mimetype != "text/html":
            continue
        page = Tags(response.text)
        for link in page.all("a") + page.all("link"):
            parts = urlsplit(urljoin("http://localhost" + path, link["href"]))
            if parts.netloc == "localhost":
                waiting.append(parts.path + (f"?{parts.query}" if parts.query else ""))


def test_a_link_to_a_passage_finds_it(client: FlaskClient) -> None:
    page = Tags(client.get("/search?q=water&per_page=50").text)
    links = [a["href"] for a in page.all("a") if a.get("class") == "pilcrow"]
    assert links
    for link in links:
        path, _, anchor = link.partition("#")
        opened = client.get(path).text
        block = opened.split(f'id="{anchor}"')[1].split('id="p')[0]
        assert "<mark>" in block, link


def test_all_releases_open(client: FlaskClient) -> None:
    listed = client.get("/releases.json?per_page=1000").json
    assert len(listed["results"]) == listed["total"] >= 60
    for release in listed["results"]:
        response = client.get("/releases/" + quote(release["id"], safe=""))
        assert response.status_code == 200
        assert len(Tags(response.text).all("h1")) == 1


def test_right_to_left_releases_are_set_so(client: FlaskClient) -> None:
    found = client.get("/search.json?lang=he&lang=ar&per_page=100").json["results"]
    assert {result["lang"] for result in found} == {"he", "ar"}
    for result in found:
        page = client.get("/releases/" + quote(result["id"])).text
        assert f'<article class="release" lang="{result["lang"]}" dir="rtl">' in page


def test_what_is_unchanged_is_not_sent_again(client: FlaskClient) -> None:
    for path in ("/", "/search?q=water", "/search.json?q=water", "/releases", "/help"):
        tag = client.get(path).headers["ETag"]
        again = client.get(path, headers={"If-None-Match": tag})
        assert again.status_code == 304, path


def test_examples_of_the_help_page_find_something(client: FlaskClient) -> None:
    links = [a["href"] for a in Tags(client.get("/help").text).all("a")]
    examples = [link for link in links if link.startswith("/search?q=")]
    assert len(examples) > 10
    for link in examples:
        found = client.get(link.replace("/search?", "/search.json?")).json
        assert not found["query"]["warnings"], unquote(link)
        if any(field in link for field in ("person", "place", "date", "after", "before")):
            assert found["total"], unquote(link)


paths = st.sampled_from(["/search", "/search.json", "/search.atom", "/search.csv"])


@given(hostile, paths)
@effort(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=int(os.environ.get("DATELINE_TEST_HOSTILE", "300")),
)
def test_no_text_breaks_a_search(client: FlaskClient, text: str, path: str) -> None:
    query = quote(text.encode("utf-8", "surrogatepass"))
    assert client.get(f"{path}?q={query}&per_page=2").status_code < 500


@given(hostile)
@effort(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
def test_no_text_breaks_a_release(client: FlaskClient, text: str) -> None:
    query = quote(text.encode("utf-8", "surrogatepass"))
    listed = client.get("/releases.json?per_page=1").json["results"]
    assert client.get(f"/releases/{listed[0]['id']}?q={query}").status_code == 200


def test_matches_in_boilerplate_are_hidden_and_one_click_away(client: FlaskClient) -> None:
    """Every office ends its releases with a text about itself; one says what it supplies."""
    data = client.get("/search.json?q=water&per_page=100").json
    apart = [hit["id"] for hit in data["results"] if hit["boilerplate"]]
    assert apart
    assert data["boilerplate"] == {"total": len(apart), "hidden": 0}
    assert [hit["id"] for hit in data["results"][-len(apart) :]] == apart
    page = client.get("/search?q=water&per_page=100").text
    shown = {name for name in apart if f"/releases/{name}?" in page}
    assert not shown
    assert f"{len(apart)} matches in boilerplate hidden" in page
    (link,) = [a["href"] for a in Tags(page).all("a") if a.get("href", "").endswith("#boilerplate")]
    opened = client.get(link).text
    assert all(f"/releases/{name}?" in opened for name in apart)
    assert 'id="boilerplate"' in opened
    for way in Tags(opened.split("<main")[1]).all("a"):
        if way.get("href", "").startswith("/releases/") and "?" in way["href"]:
            assert "boilerplate=1" in way["href"]
    for hit in data["results"]:
        kinds = {passage["kind"] for passage in hit["passages"]}
        assert ("boilerplate" in kinds) == hit["boilerplate"]


def test_every_example_of_the_help_page_finds_what_it_says(client: FlaskClient) -> None:
    page = client.get("/help").text
    rows = re.findall(r'<a href="([^"]*)"><code.*?class="count">([0-9,]+) release', page)
    assert len(rows) >= 18
    for href, count in rows:
        found = client.get(unescape(href).replace("/search?", "/search.json?")).json
        assert found["total"] == int(count.replace(",", "")) > 0, href
        assert not found["query"]["warnings"], href


def test_the_values_of_a_facet_as_data(client: FlaskClient) -> None:
    page = client.get("/search/person.json?q=water").json
    assert page["facet"] == "person"
    assert page["total"] == page["of"] >= len(page["values"]) > 3
    for value in page["values"][:5]:
        assert client.get(value["path"]).json["total"] == value["count"]
    first = page["values"][0]["value"]
    found = client.get("/search/person.json", query_string={"q": "water", "find": first}).json
    assert first in [value["value"] for value in found["values"]]
    assert client.get("/search/nothing.json").status_code == 404


def test_a_quote_as_data(client: FlaskClient) -> None:
    release = client.get(f"/releases/{first_id(client)}.json").json
    text = next(p["text"] for p in release["passages"] if p["kind"] == "paragraph").split(". ")[0]
    (part,) = client.get("/quote.json", query_string={"text": text}).json["parts"]
    assert part["verdict"] == "verbatim"
    assert client.get(part["first"]["path"]).status_code == 200
    changed = client.get("/quote.json", query_string={"text": text + " zeppelin"}).json["parts"][0]
    assert changed["verdict"] == "close"
    assert {piece["side"] for piece in changed["difference"]} >= {"both", "quote"}
    assert client.get("/quote.json").json == {"text": "", "parts": []}


def test_wordings_as_data(client: FlaskClient) -> None:
    path = "/wording.json?phrase=water&phrase=city+council"
    found = client.get(path).json
    assert [series["phrase"] for series in found["series"]] == ["water", "city council"]
    for series in found["series"]:
        assert len(series["counts"]) == len(series["rates"]) == len(found["periods"])
        for period, count in zip(found["periods"], series["counts"], strict=True):
            asked = {"q": series["query"], "from": period, "to": period}
            assert client.get("/search.json", query_string=asked).json["total"] == count
    assert client.get(path + "&by=month").json["by"] == "month"


def first_id(client: FlaskClient) -> str:
    return str(client.get("/releases.json").json["results"][0]["id"])


def test_the_table_of_a_search_has_all_of_it(client: FlaskClient) -> None:
    page = client.get("/search?q=water&page=2").text
    (link,) = [a["href"] for a in Tags(page).all("a") if "search.csv" in a.get("href", "")]
    table = list(csv.reader(io.StringIO(client.get(link).data.decode("utf-8-sig"), newline="")))
    listed = client.get("/search.json?q=water&boilerplate=0&per_page=100").json["results"]
    assert len(listed) > 30
    assert [row[1] for row in table[1:]] == [hit["id"] for hit in listed]
    assert [row[0] for row in table[1:]] == [str(n) for n in range(1, len(listed) + 1)]


def test_the_years_of_a_person_say_that_they_count_naming_not_quoting(client: FlaskClient) -> None:
    page = unescape(client.get("/people/Ruth%20Kiplagat").text)
    assert "Releases by year that name Ruth Kiplagat, quoting or not" in page
    assert "Search in what they said, by year" in page
    assert "Releases by year that are about" in client.get("/places/Lisbon").text


def test_every_release_is_in_the_sitemap(client: FlaskClient) -> None:
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    assert "Sitemap: http://localhost/sitemap.xml" in client.get("/robots.txt").text
    index = ElementTree.fromstring(client.get("/sitemap.xml").data)
    files = [loc.text or "" for loc in index.findall("s:sitemap/s:loc", space)]
    named = []
    for file in files:
        listed = ElementTree.fromstring(client.get(file.removeprefix("http://localhost")).data)
        named += [loc.text or "" for loc in listed.findall("s:url/s:loc", space)]
    listing = client.get("/releases.json?per_page=1000").json
    assert len(named) == len(set(named)) == listing["total"]
    assert client.get(named[0].removeprefix("http://localhost")).status_code == 200
    assert client.get(f"/sitemaps/{len(files) + 1}.xml").status_code == 404


def test_the_front_page_offers_the_feed_of_what_it_shows(client: FlaskClient) -> None:
    page = client.get("/").text
    assert '<link rel="alternate" type="application/atom+xml" href="/search.atom"' in page
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring(client.get("/search.atom").data)
    titles = [title.text or "" for title in feed.findall(f"{atom}entry/{atom}title")]
    newest = page.split('id="newest"')[1].split("</section>")[0]
    assert titles[0] in unescape(newest)
