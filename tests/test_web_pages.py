from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote, urljoin, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from index.settings import Settings
from tests.web_hostile import hostile
from tests.web_sample import HOSTILE, SampleService
from tests.web_tags import Tags
from web.app import create_app

PAGES = (
    "/",
    "/search",
    "/search?q=security&person=Ada+Lindqvist",
    "/search?q=zebra&person=Nobody&from=2016&to=2017",
    "/search?from=Septober&q=harbour",
    "/search?q=%22security",
    "/search?page=4",
    "/releases",
    "/releases?per_page=5&page=2",
    "/releases/r001?q=security",
    "/releases/r026",
    "/releases/r028",
    "/releases/nothing",
    "/help",
    "/people",
    "/places?find=so&order=name",
    "/people/Ada%20Lindqvist",
    "/dates",
    "/dates/2016",
    "/dates/never",
    "/statistics",
    "/quote",
    "/quote?text=words",
    "/wording",
    "/nowhere",
)


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(Settings(), SampleService()).test_client()


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_sound(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    page = Tags(response.text)
    assert response.status_code < 500
    assert response.content_type == "text/html; charset=utf-8"
    assert len(page.all("h1")) == len(page.all("main")) == 1
    assert page.all("html") == [{"lang": "en"}]
    assert len(page.ids()) == len(set(page.ids()))
    known = set(page.ids())
    labelled = {label.get("for") for label in page.all("label")}
    for field in page.all("input") + page.all("textarea"):
        assert field.get("type") == "hidden" or field["id"] in labelled
    for _, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        for name in ("aria-labelledby", "aria-describedby", "form"):
            assert attributes.get(name) in {None, *known}
    assert not page.all("style")
    assert all(script.get("src") for script in page.all("script"))


def test_every_link_inside_the_site_leads_somewhere(client: FlaskClient) -> None:
    waiting, seen = ["/"], set[str]()
    while waiting and len(seen) < 300:
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
            if parts.netloc != "localhost":
                continue
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            if parts.fragment and target == path:
                assert parts.fragment in page.ids(), (path, link)
            waiting.append(target)
    assert len(seen) == 300


def test_a_search_in_the_address_of_the_front_page_is_led_to_its_results(
    client: FlaskClient,
) -> None:
    answer = client.get("/?q=harbour+%22new+quay%22&from=2016")
    assert (answer.status_code, answer.location) == (
        302,
        "/search?q=harbour+%22new+quay%22&from=2016",
    )
    assert client.get("/?other=1").status_code == 200


def test_a_result_opens_at_its_best_passage(client: FlaskClient) -> None:
    found = Tags(client.get("/search?q=security+coordination").text)
    link = next(a["href"] for a in found.all("a") if "/releases/r001?" in a["href"])
    path, _, anchor = link.partition("#")
    assert path == "/releases/r001?q=security+coordination"
    opened = client.get(path).text
    assert anchor in Tags(opened).ids()
    assert "<mark>security</mark>" in opened
    assert 'href="/search?q=security+coordination"' in opened


def test_the_title_is_shown_once_and_keeps_its_anchor(client: FlaskClient) -> None:
    response = client.get("/releases/r001")
    body = response.text.split('<article class="release"')[1].split("</article>")[0]
    assert body.count("round 1") == 1
    assert "p1" in Tags(body).ids()
    assert [f"p{n}" for n in range(1, 11)] == sorted(Tags(body).ids(), key=lambda i: int(i[1:]))


def test_lists_quotes_and_paragraphs_keep_their_shape(client: FlaskClient) -> None:
    page = client.get("/releases/r001?q=pilot").text
    assert '<li>A second harbour <span id="hit1" class="hit"><mark>pilot</mark></span></li>' in page
    assert page.count("<blockquote>") == 1
    assert "<p>The talks were held in private.</p>" in page
    assert "<p>No questions were taken.</p>" in page
    assert "Press Office<br>Tel. 555 0100" in page


def test_words_found_in_standing_text_unfold_it(client: FlaskClient) -> None:
    assert '<details class="folded">' in client.get("/releases/r001?q=water").text
    assert '<details class="folded" open>' in client.get("/releases/r001?q=Republic").text


def test_right_to_left_text_is_marked_as_such(client: FlaskClient) -> None:
    opened = client.get("/releases/r026").text
    assert '<article class="release" lang="he" dir="rtl">' in opened
    found = client.get("/search?q=security&per_page=100").text
    assert '<h2 lang="ar" dir="rtl">' in found
    assert '<h2 lang="en" dir="ltr">' in found


def test_a_chosen_value_can_be_taken_off_in_both_places(client: FlaskClient) -> None:
    page = client.get("/search?q=security&person=Ada+Lindqvist&sort=newest").text
    assert page.count('href="/search?q=security&amp;sort=newest"') == 3  # facet, chip, clear all
    box = page.split('id="search"')[1].split("</form>")[0]
    hidden = [f for f in Tags(box).all("input") if f.get("type") == "hidden"]
    assert [(f["name"], f["value"]) for f in hidden] == [
        ("person", "Ada Lindqvist"), ("sort", "newest"),
    ]  # fmt: skip


def test_a_chosen_value_stays_in_sight_without_results(client: FlaskClient) -> None:
    page = client.get("/search?q=zebra&person=Nobody&place=Sochi&from=2016").text
    assert "No release found" in page
    for chip in ("naming</span> <bdi>Nobody", "about</span> <bdi>Sochi", "<bdi>from 2016 on"):
        assert chip in page
    assert 'class="value chosen"' in page


def test_what_finds_nothing_says_what_its_parts_find(client: FlaskClient) -> None:
    page = client.get("/search?q=security+zebra&place=Sochi").text
    alone = page[page.index("Each part alone") :]
    assert re.search(r'q=security"><span class="way"> <bdi>security</bdi></span>', alone)
    assert re.search(r'nowhere"><span class="way"> <bdi>zebra</bdi></span> .*?>0<', alone)
    less = page[page.index("With less asked for") : page.index("Each part alone")]
    for found in re.finditer(r'href="([^"]*)".*?class="count">([0-9,]+)<', less):
        there = client.get(unescape(found[1])).text
        assert f'data-said="{found[2]} release' in there
    assert "Without <bdi>zebra" in less
    assert "Without the filter <bdi>about Sochi" not in less  # it finds nothing either


def test_a_wrong_date_keeps_the_form_usable(client: FlaskClient) -> None:
    response = client.get("/search?q=harbour&person=Ada+Lindqvist&from=Septober&to=2019")
    assert response.status_code == 400
    fields = {f["name"]: f for f in Tags(response.text).all("input")}
    assert fields["q"]["value"] == "harbour"
    assert fields["from"]["value"] == "Septober"
    assert fields["from"]["aria-invalid"] == "true"
    assert fields["to"]["value"] == "2019"
    assert fields["person"]["value"] == "Ada Lindqvist"
    assert "is not a date" in response.text
    assert 'href="/search?q=harbour&amp;person=Ada+Lindqvist&amp;to=2019"' in response.text


def test_a_warning_points_at_its_place(client: FlaskClient) -> None:
    page = client.get("/search?q=water+%22air").text
    assert 'water <span class="here">&#34;air</span>' in page


def test_pages_of_results_are_linked_both_ways(client: FlaskClient) -> None:
    page = Tags(client.get("/search?q=security&page=2").text)
    rels = {a["rel"]: a["href"] for a in page.all("a") + page.all("link") if "rel" in a}
    assert rels["next"] == "/search?q=security&page=3"
    assert rels["prev"] == "/search?q=security"


def test_the_icon_is_where_browsers_look(client: FlaskClient) -> None:
    response = client.get("/favicon.ico")
    assert (response.status_code, response.mimetype) == (200, "image/svg+xml")
    assert response.data == client.get("/static/icon.svg").data
    for path in PAGES:
        icons = [a for a in Tags(client.get(path).text).all("link") if a["rel"] == "icon"]
        assert [a["href"].split("?")[0] for a in icons] == ["/static/icon.svg"]


def test_a_page_that_is_not_there_names_the_last(client: FlaskClient) -> None:
    for path in ("/search?per_page=5", "/releases?per_page=5"):
        response = client.get(f"{path}&page=99")
        assert response.status_code == 200
        assert "There is no page 99; <a" in response.text
        assert ">the last is 6</a>" in response.text
        page = Tags(response.text)
        rels = {a["rel"]: a["href"] for a in page.all("link") + page.all("a") if "rel" in a}
        assert "next" not in rels
        assert "99 of" not in response.text
    assert 'rel="prev" href="/search?page=6&amp;per_page=5"' in (
        client.get("/search?per_page=5&page=99").text
    )


def test_a_range_beside_undated_is_said_to_be_left_out(client: FlaskClient) -> None:
    page = client.get("/search?undated=1&from=2020").text
    assert "dates from and to are left out." in page
    assert "2020 or later" not in page
    assert 'id="from"' not in page
    assert "undated=1&amp;from" not in page
    assert "from=2020&amp;undated" not in page
    assert "left out" not in client.get("/search?undated=1").text


def test_nothing_from_a_release_becomes_markup(client: FlaskClient) -> None:
    bad = quote(HOSTILE, safe="")
    paths = ["/", "/search?q=ministers", "/releases", "/releases/r028", "/search?per_page=100"]
    paths += [f"/search?{name}={bad}" for name in ("q", "person", "from", "sort", "lang")]
    for path in [*paths, f"/releases/{bad}", f"/{bad}"]:
        page = Tags(client.get(path).text)
        assert not page.all("img"), path
        assert {s["src"].split("?")[0] for s in page.all("script")} <= {
            "/static/site.js",
            "/static/suggest.js",
            "/static/hits.js",
        }
        assert not [a for a in page.all("a") if a["href"].startswith("javascript")]


def test_an_empty_archive_says_how_to_fill_it() -> None:
    client = create_app(Settings(), SampleService(())).test_client()
    for path in ("/", "/releases"):
        assert "dateline reindex" in client.get(path).text
    assert client.get("/help").status_code == 200


def test_a_proxy_prefix_is_kept_in_every_link(client: FlaskClient) -> None:
    response = client.get("/search?q=security", environ_overrides={"SCRIPT_NAME": "/archive"})
    page = Tags(response.text)
    for link in page.all("a") + page.all("link"):
        assert link["href"].startswith(("/archive/", "#")), link
    assert page.all("form")[0]["action"] == "/archive/search"


@given(hostile, st.sampled_from(["/search", "/search.json", "/search.atom", "/search.csv",
                                 "/releases/r001"]))  # fmt: skip
@effort(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_text_breaks_a_search(client: FlaskClient, text: str, path: str) -> None:
    query = quote(text.encode("utf-8", "surrogatepass"))
    assert client.get(f"{path}?q={query}&person={query}").status_code < 500


names = st.sampled_from(["q", "from", "to", "page", "lang", "sort", "undated"])


@given(st.binary(max_size=40), names)
@effort(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_bytes_break_a_parameter(client: FlaskClient, raw: bytes, name: str) -> None:
    raw_query = "".join(f"%{byte:02x}" for byte in raw)
    assert client.get(f"/search?{name}={raw_query}").status_code < 500
    assert client.get(f"/releases?{name}={raw_query}").status_code < 500
    assert client.get(f"/search?{name}=%zz%{raw_query}").status_code < 500
