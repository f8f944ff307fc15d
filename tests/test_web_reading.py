"""The pages of one release and the tools, through the site on the example archive."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from urllib.parse import quote, unquote

import pytest
from flask.testing import FlaskClient

from search.request import make_request
from search.service import SearchService
from tests.conftest import SmallArchive
from tests.web_tags import Tags
from web.app import create_app
from web.citations import Citation, as_csl, as_ris, as_text
from web.hits import number_hits

CITED = Citation(
    title="Upper Tamel Dam opened",
    publisher="Ministry of Water and Coast",
    archive="Dateline",
    place="Ferrim",
    published="2023-05-17",
    lang="en",
    quoted="The dam is 87 metres high.\nIt holds water.",
    number=4,
    link="https://press.example/releases/x/passages/4-00000000",
    original="https://ministry.example/1",
    read=date(2026, 11, 5),
)


def test_every_marked_place_has_its_number_and_a_way_to_it(
    client: FlaskClient, service: SearchService
) -> None:
    hit = service.search(make_request("water")).results[0]
    first = client.get(f"/releases/{hit.id}?q=water").text
    total = first.count('class="hit')
    total -= first.count('class="hits"')
    assert total > 3
    assert f"{total} marked" in first
    for number in range(1, total + 1):
        assert first.count(f'id="hit{number}"') == 1
    third = client.get(f"/releases/{hit.id}?q=water&hit=3").text
    assert f"3 of {total}" in third
    bar = third.split('<nav class="hits"')[1]
    assert [a["href"].partition("#")[2] for a in Tags(bar).all("a")[:2]] == ["hit2", "hit4"]
    assert third.count("hit current") == 1
    last = client.get(f"/releases/{hit.id}?q=water&hit={total}").text.split('<nav class="hits"')[1]
    assert Tags(last).all("a")[1]["href"].endswith("#hit1")


def test_words_side_by_side_are_one_place() -> None:
    marked = "<mark>a</mark> <mark>b</mark> and <mark>c</mark>"
    hits = number_hits(marked, [])
    assert hits.total == 2
    assert hits.title_html.startswith('<span id="hit1" class="hit"><mark>a</mark> <mark>b</mark>')
    assert number_hits("nothing", []).total == 0
    assert number_hits(marked, [], 7).current == 0


def test_results_are_walked_from_the_release(client: FlaskClient, service: SearchService) -> None:
    asked = make_request("water", per_page=3)
    found = [hit.id for n in (1, 2) for hit in service.search(asked.on_page(n)).results]
    page = client.get(f"/releases/{found[2]}?q=water&per_page=3").text
    assert "Result 3 of" in page
    rels = {a["rel"]: a["href"] for a in Tags(page).all("a") if "rel" in a}
    assert rels["prev"].startswith(f"/releases/{found[1]}?q=water")
    assert rels["next"].startswith(f"/releases/{found[3]}?q=water")
    assert "page=2" in rels["next"]
    assert "Result" not in client.get(f"/releases/{found[2]}").text.split("<main")[0]


def test_a_passage_can_be_quoted_and_taken_along(
    client: FlaskClient, service: SearchService
) -> None:
    hit = service.search(make_request('"Upper Tamel Dam opened"')).results[0]
    passage = next(p for p in service.release(hit.id).passages if "87 metres" in p.text)
    path = f"/releases/{hit.id}/passages/{passage.key}"
    assert f'href="{path}"' in client.get(f"/releases/{hit.id}").text
    page = client.get(path)
    assert page.status_code == 200
    assert "was changed" not in page.text
    assert f"http://localhost{path}" in page.text
    ris = client.get(f"{path}.ris")
    assert ris.mimetype == "application/x-research-info-systems"
    lines = ris.text.split("\r\n")
    assert (lines[0], lines[-2]) == ("TY  - ELEC", "ER  - ")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    (item,) = client.get(f"{path}.csl").get_json(force=True)
    assert item["title"] == hit.title
    assert item["issued"] == {"date-parts": [[2023, 5, 17]]}
    assert item["URL"] == f"http://localhost{path}"
    text = client.get(f"{path}.txt").text
    assert " ".join(passage.text.split()) in text
    changed = client.get(f"/releases/{hit.id}/passages/{passage.number}-00000000").text
    assert "was changed since the link was made" in changed
    assert client.get(f"/releases/{hit.id}/passages/999-00000000.ris").status_code == 404


def test_citations_say_what_when_where_and_when_it_was_read() -> None:
    assert as_text(CITED) == (
        "Ministry of Water and Coast, “Upper Tamel Dam opened”, Ferrim, 17 May 2023, paragraph 4."
        " Dateline, https://press.example/releases/x/passages/4-00000000 (read 5 November 2026)."
    )
    ris = as_ris(CITED)
    for line in ("DA  - 2023/05/17/", "PY  - 2023", "Y2  - 2026/11/05/", "CY  - Ferrim",
                 "AB  - The dam is 87 metres high. It holds water."):  # fmt: skip
        assert f"{line}\r\n" in ris
    (item,) = as_csl(CITED)
    assert item["accessed"] == {"date-parts": [[2026, 11, 5]]}
    assert item["publisher-place"] == "Ferrim"


@pytest.mark.parametrize(("published", "day"), [("2023", "2023///"), ("2023-05", "2023/05//")])
def test_a_date_is_cited_as_far_as_it_is_known(published: str, day: str) -> None:
    assert f"DA  - {day}\r\n" in as_ris(replace(CITED, published=published))
    assert "DA  -" not in as_ris(replace(CITED, published=""))
    assert ", undated, paragraph" in as_text(replace(CITED, published=""))


def test_people_and_places_lead_to_their_pages(client: FlaskClient) -> None:
    page = client.get("/people?order=name").text
    links = [a["href"] for a in Tags(page).all("a") if a["href"].startswith("/people/")]
    assert len(links) > 20
    for link in links:
        shown = client.get(link)
        assert shown.status_code == 200
        name = unquote(link.removeprefix("/people/"))
        found = client.get("/search.json", query_string={"person": name}).json
        assert f"in {found['total']} release" in shown.text
    assert client.get("/people/Nobody%20At%20All").status_code == 404
    assert client.get("/places/" + quote("Gdańsk", safe="")).status_code == 200


def test_who_is_named_with_whom_is_counted(client: FlaskClient, service: SearchService) -> None:
    together = service.together("person", "Ruth Kiplagat", 50)
    assert "Ruth Kiplagat" not in dict(together["person"])
    for name, count in together["place"][:5]:
        asked = make_request(people=["Ruth Kiplagat"], places=[name])
        assert service.search(asked).total == count


def test_every_month_of_the_table_has_its_releases(client: FlaskClient) -> None:
    table = client.get("/dates").text.split('<table class="months">')[1].split("</table>")[0]
    cells = re.findall(r'href="/dates/(\d{4}-\d\d)" aria-label="[^"]*: (\d+) release', table)
    assert len(cells) > 30
    for month, count in cells[:12]:
        page = client.get(f"/dates/{month}").text
        assert page.count('<ol class="ledger">') == 1
        assert page.split('<ol class="ledger">')[1].count("<h3>") == int(count)
    assert client.get("/dates/2021-13").status_code == 404
    assert "No release is of this date" in client.get("/dates/1950").text


def test_a_quote_is_checked_on_its_page(client: FlaskClient) -> None:
    exact = "The dam is 87 metres high and holds 64 million cubic metres."
    assert ">Verbatim</h2>" in client.get(f"/quote?text={quote(exact)}").text
    changed = client.get(f"/quote?text={quote(exact.replace('87', '88'))}").text
    assert "Close, but not what the archive says" in changed
    assert "88<span" in changed
    assert "87<span" in changed
    assert ">Not found</h2>" in client.get("/quote?text=Penguins+rule+the+moon+by+decree").text
    assert "no words to look for" in client.get("/quote?text=%3F%21").text


def test_points_of_the_wording_lead_to_what_they_count(client: FlaskClient) -> None:
    page = client.get("/wording?phrase=water&phrase=Line+4").text
    table = page.split("<tbody>")[1].split("</tbody>")[0]
    cells = re.findall(r'<a href="([^"]+)">(\d+)</a>', table)
    assert len(cells) > 12
    for href, count in cells:
        path = href.replace("&amp;", "&").replace("/search?", "/search.json?")
        assert client.get(path).json["total"] == int(count)


def test_typed_dates_are_shown_as_read(client: FlaskClient) -> None:
    page = client.get("/search?q=water&from=12+Sept+2019&to=last+month").text
    assert "“12 Sept 2019” is read as 12 September 2019." in page
    assert "“last month” is read as" in page
    assert 'value="2019-09-12"' in page
    assert "is read as" not in client.get("/search?q=water&from=2019&to=2020-01").text
    both = client.get("/search.json?from=2016+to+2018").json
    assert both["links"]["self"] == "/search.json?from=2016&to=2018"


def test_bars_of_the_timeline_say_and_find_the_same(client: FlaskClient) -> None:
    for query in ("q=water", "q=water&from=2021&to=2021", "q=water&from=2021-02&to=2021-02"):
        page = client.get(f"/search?{query}").text
        svg = page.split('<svg class="bars"')[1].split("</svg>")[0]
        bars = re.findall(r'href="([^"]+)"[^>]*><title>[^<]*: (\d+) release', svg)
        assert bars
        listed = page.split('class="periods plus"')[1].split("</details>")[0]
        for href, count in bars:
            path = href.replace("&amp;", "&")
            found = client.get(path.replace("/search?", "/search.json?")).json["total"]
            assert found == int(count)
            value = re.search(r"from=([\d-]+)", href)
            assert value is None or f"from={value[1]}&" in listed or query.endswith(value[1])


def test_a_very_long_title_is_cut_in_the_tab_and_smaller_on_the_page(small: SmallArchive) -> None:
    title = "Statement by the Group on Simplification of Forms " * 10
    small.release("a.md", title, "The form was read by the group.", date="2020-01-02")
    small.index()
    client = create_app(small.settings).test_client()
    address = client.get("/releases.json").json["results"][0]["id"]
    page = client.get(f"/releases/{address}").text
    assert '<h1 class="long">' in page
    assert len(page.split("<title>")[1].split("</title>")[0]) < 200
    assert "Date taken from its front matter" in page
