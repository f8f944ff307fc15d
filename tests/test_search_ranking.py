"""What comes first, and why: the second stage of ranking through the doors a person uses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import STOP_WORDS
from index.errors import SettingsError
from index.settings import Settings, load_settings
from search.feedback import TERMS, expansion, weight_for
from search.relaxing import enough
from search.request import SearchPage, make_request
from search.service import SearchService
from tests.conftest import SmallArchive
from web.app import create_app

WORDS = ["the", "of", "quay", "pier", "levy", "fish", "gull", "rope", "mast"]
FILLER = "The council met on the hill and the report of the clerk was read to those who came. "


def searched(small: SmallArchive, text: str, **settings_: object) -> SearchPage:
    service = SearchService(replace(small.settings, **settings_))  # type: ignore[arg-type]
    return service.search(make_request(text, explain=True))


def parts(page: SearchPage, path: str) -> dict[str, float]:
    return next(dict(hit.explanation) for hit in page.results if hit.path == path)


@pytest.mark.parametrize(
    "text",
    [
        "dam",
        "tamel dam",
        "what did the inquiry find about the silence of the probe",
        '"upper tamel" dam',
        "water OR dam",
        "tram -dam",
        "pm water",
        "Adeyemi-Lund 2016",
        "first gaet for the upper tamel leaves",
        "filt*",
    ],
)
@pytest.mark.parametrize("ranking", ["full", "words"])
def test_a_score_is_the_sum_of_what_is_said_of_it(
    example_settings: Settings, text: str, ranking: str
) -> None:
    service = SearchService(replace(example_settings, ranking=ranking, recency=0.1))
    page = service.search(make_request(text, explain=True, per_page=100))
    assert page.results
    for hit in page.results:
        assert sum(adds for _, adds in hit.explanation) == pytest.approx(hit.score, abs=2e-3)
    assert not service.search(make_request(text)).results[0].explanation


def test_every_page_continues_the_one_before(service: SearchService) -> None:
    for text in ("water", "dam water tram", "who signed the agreement on rivers and storms"):
        whole = [hit.id for hit in service.search(make_request(text, per_page=100)).results]
        total = min(len(whole), 28)
        pages = [service.search(make_request(text, page=page, per_page=7)) for page in range(1, 5)]
        assert [hit.id for page in pages for hit in page.results][:total] == whole[:total]
        scores = [hit.score for page in pages for hit in page.results]
        if not pages[0].query.relaxed:
            assert scores == sorted(scores, reverse=True)


def test_words_together_come_before_words_apart(small: SmallArchive) -> None:
    small.release("apart.md", "Minutes", FILLER + "A harbour wall stood there. " + FILLER * 2
                  + "The levy was raised. " + FILLER)  # fmt: skip
    small.release("near.md", "Minutes", FILLER + "A stood there wall. " + FILLER * 2
                  + "The harbour levy was raised. " + FILLER)  # fmt: skip
    small.index()
    page = searched(small, "harbour levy", ranking="full")
    assert [hit.path for hit in page.results] == ["near.md", "apart.md"]
    assert parts(page, "near.md")["words together"] > 0
    assert "words together" not in parts(page, "apart.md")
    assert "words together" not in parts(searched(small, "levy harbour"), "near.md")


def test_what_stands_under_every_release_counts_less(small: SmallArchive) -> None:
    about = "## About Nerrick\n\nNerrick Instruments makes turbines, pumps and meters in Bergen."
    for number in range(6):
        text = FILLER * (number % 3 + 3)
        small.write(f"r{number}.md", f"# News number {number}\n\n{text}\n\n{about}\n")
    small.write("turbines.md", f"# Sale\n\n{FILLER * 3} They sold turbines.\n\n{FILLER}\n")
    small.index()
    page = searched(small, "turbines")
    assert page.results[0].path == "turbines.md"
    assert parts(page, "r0.md")["where the words stand"] < 0


def test_a_headline_finds_its_release_whatever_is_wrong_with_it(small: SmallArchive) -> None:
    title = "Harbour authority of Sarre orders three icebreakers from Gdansk"
    small.release("it.md", title, FILLER)
    for number in range(12):
        small.release(
            f"other{number}.md",
            f"Harbour authority of Sarre opens quay {number}",
            "Three icebreakers from Gdansk were ordered by the harbour authority of Sarre. " * 3,
        )
    small.index()
    for text in (
        title,
        title.lower(),
        title.upper(),
        "Harbour Sarre orders icebreakers Gdansk",
        title.replace("icebreakers", "icebraekers"),
        title.replace("orders", "ordesr"),
    ):
        assert searched(small, text).results[0].path == "it.md", text


def test_a_misspelt_word_is_guessed_and_said(small: SmallArchive) -> None:
    small.release("quota.md", "Fishing quotas of the western coast", FILLER)
    small.release("coast.md", "Western coast", "Fishing on the western coast. " + FILLER)
    small.index()
    page = searched(small, "qoutas western coast fishing")
    assert page.results[0].path == "quota.md"
    assert parts(page, "quota.md")["spelt quotas"] > 0


def test_the_named_person_place_and_year_count(small: SmallArchive) -> None:
    small.release(
        "about.md", "Talks", "President Vladimir Putin spoke in Lisbon, Portugal. " + FILLER,
        date="2019-05-02",
    )  # fmt: skip
    small.release(
        "other.md", "Talks", "Putinesque talks on portugal were 2019 too. " + FILLER,
        date="2020-05-02",
    )  # fmt: skip
    for number in range(5):
        small.release(f"x{number}.md", "Quay", FILLER, date="2018-01-01")
    small.index()
    page = searched(small, "vladimir putin lisbon 2019")
    assert page.results[0].path == "about.md"
    told = parts(page, "about.md")
    assert {"person: vladimir putin", "place: lisbon", "date: 2019"} <= set(told)


def test_recency_is_off_and_can_be_put_on(small: SmallArchive) -> None:
    small.release(
        "old.md", "Harbour dues", "Harbour dues and harbour. " + FILLER, date="2001-02-03"
    )
    small.release("new.md", "Dues", "The harbour dues were paid. " + FILLER, date="2021-02-03")
    small.index()
    assert searched(small, "harbour dues").results[0].path == "old.md"
    page = searched(small, "harbour dues", recency=1.0, recency_half_life=300.0)
    assert page.results[0].path == "new.md"
    assert "newness" in parts(page, "new.md")


def test_no_word_of_a_long_question_is_a_must(small: SmallArchive) -> None:
    for number in range(30):
        small.release(f"r{number}.md", f"Report {number}", FILLER)
    small.release(
        "it.md", "Turbidity", "Turbidity of the estuary was measured by divers. " + FILLER
    )
    small.index()
    question = "please explain which methods anyone knows for measuring estuary turbidity cheaply"
    page = searched(small, question)
    assert page.results[0].path == "it.md"
    assert page.query.relaxed
    quoted = searched(small, f'{question} in an "estuary of turbidity"')
    assert quoted.results[0].path == "it.md"


def test_more_words_ask_for_more_before_others_are_left_out() -> None:
    wanted = [enough(words) for words in range(1, 40)]
    assert wanted[:3] == [10, 10, 10]
    assert wanted == sorted(wanted)
    assert weight_for(2) == weight_for(3) == 0 < weight_for(4) < weight_for(6) == weight_for(60)


@given(
    st.lists(
        st.lists(st.sampled_from(WORDS)).map(" ".join),
        min_size=1,
        max_size=10,
    )
)
@settings(max_examples=60, deadline=None)
def test_feedback_adds_shares_of_telling_words(texts: Sequence[str]) -> None:
    held = {"quay": 3, "pier": 1, "levi": 2, "fish": 9, "gull": 40}
    scores = [float(len(texts) - place) for place in range(len(texts))]
    added = expansion(texts, scores, 100, lambda value: held.get(value, 0))
    assert not set(added) - {"quay", "levi", "fish"}  # not rare, not common, not function words
    assert not set(added) & STOP_WORDS
    assert len(added) <= TERMS
    assert not added or sum(added.values()) == pytest.approx(1)


def test_synonyms_are_looked_for_said_and_taken_back(small: SmallArchive) -> None:
    small.release("full.md", "Visit", "The Prime Minister went to Lisbon. " + FILLER)
    small.release("short.md", "Visit", "The PM went to Lisbon. " + FILLER)
    small.release("none.md", "Visit", "The minister went to Lisbon. " + FILLER)
    small.index()
    client: FlaskClient = create_app(small.settings).test_client()
    for text in ("PM Lisbon", "pm lisbon", "prime minister lisbon"):
        found = client.get("/search.json", query_string={"q": text, "explain": "1"}).json
        assert {hit["path"] for hit in found["results"][:2]} == {"full.md", "short.md"}, text
        (told,) = found["query"]["synonyms"]
        assert found["results"][0]["explanation"]
        assert client.get(told["without"]).json["query"]["synonyms"] == []
    found = client.get("/search.json?q=PM+Lisbon").json
    told = found["query"]["synonyms"][0]
    assert (told["typed"], told["also"]) == ("PM", ["Prime Minister"])
    left = client.get(told["without"]).json
    assert [hit["path"] for hit in left["results"]] == ["short.md"]
    page = client.get("/search?q=PM+Lisbon").text
    assert "only as typed" in page
    assert "literal=pm" in page
    assert client.get('/search.json?q="PM"+Lisbon').json["query"]["synonyms"] == []
    full = next(hit["id"] for hit in found["results"] if hit["path"] == "full.md")
    for literal, marked in (("", True), ("pm", False)):
        asked = {"q": "PM Lisbon", "literal": literal}
        opened = client.get(f"/releases/{full}", query_string=asked).text
        assert ("Prime" in re.sub(r"<mark[^>]*>.*?</mark>", "", opened)) is not marked


def test_an_abbreviation_spelt_like_a_common_word_is_meant_in_capitals(
    service: SearchService,
) -> None:
    def said(text: str) -> list[str]:
        return [also.typed for also in service.search(make_request(text)).query.synonyms]

    assert said("US water policy") == ["US"]
    assert said("who told us about it") == []
    assert said("WHO TOLD US ABOUT THE WATER") == []


def test_the_table_of_synonyms_can_be_replaced(small: SmallArchive) -> None:
    small.release("a.md", "Tarn", "The satellite Tarn is in orbit. " + FILLER)
    small.index()
    table = small.root.parent / "words.toml"
    table.write_text('groups = [["bird", "satellite"]]\n', "utf-8")
    assert searched(small, "bird", synonyms=str(table)).results[0].path == "a.md"
    assert not searched(small, "bird").results
    for wrong in ("groups = 3", "groups = [[1]]", "groups = [", "synonyms = []"):
        table.write_text(wrong, "utf-8")
        with pytest.raises(SettingsError):
            searched(small, "bird", synonyms=str(table))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RANKING", "best"),
        ("RECENCY", "2"),
        ("RECENCY_HALF_LIFE", "0"),
        ("RECENCY_HALF_LIFE", "inf"),
    ],
)
def test_wrong_settings_of_ranking_are_refused(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name.lower()):
        load_settings({f"DATELINE_{name}": value})
