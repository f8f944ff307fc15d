"""The door the site and the command line use: pages of results, releases, the overview."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from index.codec.segment import open_segments
from index.errors import IndexUnavailableError, NotFoundError
from index.generations import Generations
from index.model import BlockKind
from index.settings import Settings
from search import reading_ahead
from search.request import make_request
from search.service import SearchService
from search.ways_out import Kind
from tests.conftest import SmallArchive

ABOUT = "## About the Office\n\nThe Office keeps the harbour dues of the coast."


def test_nothing_indexed_says_so(tmp_path: object) -> None:
    service = SearchService(Settings(data=tmp_path))  # type: ignore[arg-type]
    with pytest.raises(IndexUnavailableError, match="dateline reindex"):
        service.search(make_request("x"))
    with pytest.raises(IndexUnavailableError):
        service.overview()


def test_the_passage_that_answers_comes_first(small: SmallArchive) -> None:
    filler = (
        "The committee heard the engineers for an hour and thanked them for their patience. " * 8
    )
    answer = "The harbour dues of Lisbon rise by two percent. " + filler
    other = "Dues are paid by ships alone, as they always were, said the office. " + filler
    small.release("a.md", "Budget", filler, other, answer, "## Annex", filler + " harbour")
    small.index()
    hit = small.service.search(make_request("harbour dues")).results[0]
    assert "harbour dues of Lisbon" in hit.passages[0].text
    assert "<mark>harbour</mark> <mark>dues</mark>" in hit.passages[0].html
    assert [p.score for p in hit.passages] == sorted((p.score for p in hit.passages), reverse=True)
    assert len(hit.passages) <= 3
    phrase = small.service.search(make_request('"harbour dues"')).results[0]
    assert "<mark>harbour dues</mark>" in phrase.passages[0].html
    assert len(phrase.passages) == 1


def test_boilerplate_gives_way_to_text(small: SmallArchive) -> None:
    small.release("a.md", "Tides", "Harbour masters met.", ABOUT)
    small.index()
    hit = small.service.search(make_request("harbour")).results[0]
    assert hit.passages[0].kind is BlockKind.PARAGRAPH


def test_title_is_marked_and_not_repeated(small: SmallArchive) -> None:
    small.release(
        "a.md", "Harbour <b>dues</b> & tolls", "Nothing else is said here of them at all."
    )
    small.index()
    hit = small.service.search(make_request("dues")).results[0]
    assert "<mark>dues</mark>" in hit.title_html
    assert "<b>" not in hit.title_html
    assert "&amp; tolls" in hit.title_html
    assert all(p.kind is not BlockKind.TITLE for p in hit.passages)


def test_text_of_a_release_is_escaped(small: SmallArchive) -> None:
    small.write(
        "a.txt", "Notice of dues\n\nThe <script>alert(1)</script> harbour & 'dues' are due.\n"
    )
    small.index()
    hit = small.service.search(make_request("harbour")).results[0]
    assert "<script>" not in hit.passages[0].html
    view = small.service.release(hit.id, "harbour")
    assert "&lt;script&gt;" in "".join(p.html for p in view.passages)


def test_release_marks_the_words_of_the_search(service: SearchService) -> None:
    hit = service.search(make_request("harbour")).results[0]
    view = service.release(hit.id, "harbour")
    assert [p.number for p in view.passages] == list(range(1, len(view.passages) + 1))
    assert any(p.marked and "<mark>" in p.html for p in view.passages)
    assert not any("<mark>" in p.html for p in service.release(hit.id).passages)
    with pytest.raises(NotFoundError):
        service.release("no-such-release")


def test_overview_tells_size_span_and_newest(service: SearchService) -> None:
    overview = service.overview()
    assert overview.releases >= 60
    assert overview.passages > overview.releases
    assert overview.first_date < overview.last_date
    dates = [release.date for release in overview.newest]
    assert dates == sorted(dates, reverse=True)
    assert dates[0] == overview.last_date
    assert len(overview.facets["source"]) == 4
    assert len(overview.facets["lang"]) >= 5


def test_several_threads_get_the_answers_of_one(service: SearchService) -> None:
    texts = [
        "harbour",
        '"the first"',
        "minis*",
        "person:smith OR water",
        "",
        "harbor~1",
        "the /3 of",
    ]
    requests = [make_request(text, sort=sort) for text in texts for sort in ("relevance", "oldest")]
    alone = [replace(service.search(request), took_ms=0) for request in requests]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(service.search, requests * 8))
    assert [replace(page, took_ms=0) for page in together] == alone * 8


def test_chosen_values_stay_in_sight_at_zero(service: SearchService) -> None:
    page = service.search(
        make_request("harbour", people=["Nobody Known"], date_from="1990", date_to="1991")
    )
    assert page.total == 0
    chosen = [value for value in page.facets["person"] if value.selected]
    assert [(value.value, value.count) for value in chosen] == [("Nobody Known", 0)]


def test_labels_are_for_people(service: SearchService) -> None:
    page = service.search(make_request("", date_from="2019", date_to="2019"))
    labels = {value.value: value.label for value in page.facets["date"]}
    assert labels["2019"] == "2019"
    assert any(" 2019" in label for label in labels.values())
    everything = service.search(make_request(""))
    assert {v.value: v.label for v in everything.facets["lang"]}["en"] == "English"


def test_ways_out_are_counted_as_they_are_found(service: SearchService) -> None:
    text = '"Upper Tamel Dam" /3 rationing -zeppelin'
    page = service.search(make_request(text, date_from="2016", date_to="2016"))
    assert page.total == 0
    ways = service.ways_out(page)
    alone = {way.said: way.total for way in ways if way.kind is Kind.ALONE}
    assert list(alone) == ['"Upper Tamel Dam"', "rationing", "in 2016"]
    assert all(alone.values())
    for way in ways:
        assert service.search(way.request).total == way.total, way
        assert way.total > 0 or way.kind is Kind.ALONE
    anywhere = service.ways_out(service.search(make_request('"Upper Tamel Dam" /3 rationing')))
    assert [way.total > 0 for way in anywhere if way.kind is Kind.ANYWHERE] == [True]


def test_many_results_need_no_way_out(service: SearchService) -> None:
    page = service.search(make_request("water"))
    assert page.total > 3
    assert service.ways_out(page) == ()


def test_a_source_can_be_asked_for_in_the_box(service: SearchService) -> None:
    named = service.search(make_request("source:nerrick water", per_page=100))
    chosen = service.search(make_request("water", sources=["Nerrick Instruments"], per_page=100))
    assert {hit.id for hit in named.results} == {hit.id for hit in chosen.results} != set()
    every = service.search(make_request("water")).total
    assert service.search(make_request("water -source:nerrick")).total == every - named.total


def test_an_index_is_read_ahead_unless_it_is_large(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Generations(settings.data).current().index_folder
    segments = open_segments(folder)
    with monkeypatch.context() as patched:
        patched.setattr(reading_ahead, "LARGEST", sum(segment.bytes for segment in segments) - 1)
        assert reading_ahead.read_ahead(segments) is None
    thread = reading_ahead.read_ahead(segments)
    assert thread is not None
    thread.join(60)
    assert all(segment.checked for segment in segments)
