from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from search.request import make_request
from search.service import SearchService
from tests.conftest import SmallArchive


def offered(service: SearchService, typed: str) -> set[tuple[str, str]]:
    return {(one.kind, one.text) for one in service.suggest(typed)}


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("kip", "person", "Ruth Kiplagat"),
        ("ruth kip", "person", "Ruth Kiplagat"),
        ("ibane", "person", "Lucía Ibáñez"),
        ("rotter", "place", "Rotterdam"),
        ("rottre", "place", "Rotterdam"),  # two letters swapped
        ("gdan", "place", "Gdańsk"),
        ("dam open", "title", "Upper Tamel Dam opened"),
        ("wat", "word", "water"),
        ("Upper Tam", "word", "Upper tamel"),
        ("minsite", "word", "minister"),
    ],
)
def test_what_is_meant_is_offered(service: SearchService, typed: str, kind: str, text: str) -> None:
    assert (kind, text) in offered(service, typed)


@pytest.mark.parametrize("typed", ["", "w", "?!", "zzqx", "secur*", '"water"'])
def test_nothing_is_offered_where_nothing_is_begun(service: SearchService, typed: str) -> None:
    assert service.suggest(typed) == ()


def test_a_quotation_mark_stays(service: SearchService) -> None:
    assert ("word", '"upper tamel') in offered(service, '"upper tam')


def test_the_word_before_decides_between_completions(small: SmallArchive) -> None:
    small.release("a.md", "Of cars", *["The car was a car in a car park by a car."] * 3)
    small.release("b.md", "Of health", "Health care is discussed.", "Health care again.")
    small.index()
    words = [one.text for one in small.service.suggest("health ca") if one.kind == "word"]
    assert words[0] == "health care"


def test_names_count_releases(service: SearchService) -> None:
    for one in service.suggest("ruth"):
        if one.kind == "person":
            assert one.count == service.search(make_request(people=[one.text])).total


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("minsiter watr", "minister water"), ("rotterdm", "rotterdam"), ("Tamle", "tamel")],
)
def test_a_mistyped_search_is_put_right_and_finds_more(
    service: SearchService, typed: str, meant: str
) -> None:
    page = service.search(make_request(typed))
    found = service.correction(page)
    assert found is not None
    assert found.text == meant
    assert found.total == service.search(make_request(meant)).total > page.total


@pytest.mark.parametrize("typed", ["", "water", "zzzzqqqq", '"rotterdm"', "Kiplagat", "W-2"])
def test_what_cannot_be_bettered_is_left_alone(service: SearchService, typed: str) -> None:
    assert service.correction(service.search(make_request(typed))) is None


def test_a_correction_is_offered_and_never_put_in_place(client: FlaskClient) -> None:
    page = client.get("/search?q=rotterdm&sort=newest").text
    assert 'Did you mean <a href="/search?q=rotterdam&amp;sort=newest">' in page
    assert 'No release found with <i class="typed"><bdi>rotterdm</bdi></i>' in page
    assert "Did you mean" not in client.get("/search?q=rotterdam").text


def test_suggestions_lead_somewhere_in_both_forms(client: FlaskClient) -> None:
    found = client.get("/suggest.json?q=rotter").json
    assert found["query"] == "rotter"
    assert {one["kind"] for one in found["suggestions"]} >= {"place", "title", "word"}
    for one in found["suggestions"]:
        assert client.get(one["path"]).status_code == 200
    typed, texts, kinds, paths = client.get("/suggest.json?q=rotter&form=opensearch").json
    assert typed == "rotter"
    assert len(texts) == len(kinds) == len(paths) == len(found["suggestions"])
    assert all(path.startswith("http://localhost/") for path in paths)
    assert "/suggest.json?form=opensearch" in client.get("/opensearch.xml").text


@given(st.text(max_size=80))
@effort(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_it(service: SearchService, text: str) -> None:
    service.suggest(text)
    service.correction(service.search(make_request(text)))


def test_a_slip_that_others_made_too_is_told(small: SmallArchive) -> None:
    said = "Minister Gunnarsdottir opened the harbour. " + "Gunnarsdottir spoke. " * 4
    for number in range(160):
        small.release(f"right{number}.md", f"Harbour {number}", said)
    for number in range(5):
        small.release(f"wrong{number}.md", f"Ferry {number}", "Minister Gunarsdottir sailed.")
    small.index()
    page = small.service.search(make_request("gunarsdottir"))
    found = small.service.correction(page)
    assert page.total == 5
    assert found is not None
    assert (found.text, found.total) == ("gunnarsdottir", 160)
    assert small.service.correction(small.service.search(make_request("gunnarsdottir"))) is None
    assert small.service.correction(small.service.search(make_request("ferry"))) is None


def test_a_mistyped_word_is_told_where_the_others_alone_find_much(small: SmallArchive) -> None:
    for number in range(130):
        small.release(f"a{number}.md", f"Harbour {number}", "The global warming of the harbour.")
        small.release(f"b{number}.md", f"Ferry {number}", "The global market for ferries.")
    small.index()
    page = small.service.search(make_request("global warmeng"))
    assert page.query.relaxed
    assert page.total > 200
    found = small.service.correction(page)
    assert found is not None
    assert (found.text, found.total) == ("global warming", 130)
