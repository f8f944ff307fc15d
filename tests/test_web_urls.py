from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import BadRequestError
from search.request import MAX_WINDOW, Boilerplate, SearchRequest, Sort, make_request
from web.urls import (
    Args,
    ignored_dates,
    last_page,
    listing_path,
    previous_page,
    read_listing,
    read_number,
    read_request,
    read_usable,
    release_path,
    search_path,
    toggled,
    without_filters,
)


@st.composite
def periods(draw: st.DrawFn) -> str:
    day = draw(st.dates()).isoformat()
    return draw(st.sampled_from(["", day, day[:7], day[:4]]))


@st.composite
def requests(draw: st.DrawFn) -> SearchRequest:
    values = st.lists(st.text(), max_size=4)
    dates = sorted([draw(periods()), draw(periods())])
    per_page = draw(st.integers(1, 100))
    undated = draw(st.booleans())
    dates = ["", ""] if undated else dates  # a URL never has both
    try:
        request = make_request(
            draw(st.text()),
            people=draw(values),
            places=draw(values),
            sources=draw(values),
            langs=draw(values),
            date_from=dates[0],
            date_to=dates[1],
            undated=undated,
            sort=draw(st.sampled_from(Sort)),
            page=draw(st.integers(1, MAX_WINDOW // per_page)),
            per_page=per_page,
        )
    except BadRequestError:  # 2019-09-12 sorts after 2019 but may end before it begins
        request = make_request(draw(st.text()))
    apart = draw(st.sampled_from([Boilerplate.HIDDEN, Boilerplate.LAST]))
    return replace(request, boilerplate=apart)


def parsed(path: str) -> Args:
    return Args(parse_qsl(urlsplit(path).query, keep_blank_values=True))


@given(requests())
def test_a_request_survives_the_way_through_a_url(request: SearchRequest) -> None:
    assert read_request(parsed(search_path(request))) == request


@given(requests())
def test_a_url_written_twice_is_the_same_url(request: SearchRequest) -> None:
    path = search_path(request)
    assert search_path(read_request(parsed(path))) == path


@given(requests(), st.text(min_size=1))
def test_a_release_carries_its_search_along(request: SearchRequest, release_id: str) -> None:
    address = urlsplit(release_path(release_id, request, 3))
    assert address.fragment == "p3"
    assert unquote(address.path.removeprefix("/releases/")) == release_id
    assert address.path.count("/") == 2
    assert read_request(Args(parse_qsl(address.query))) == request


names = st.sampled_from(["person", "place", "source", "lang"])


@given(requests(), names, st.text(alphabet="abc", min_size=1))
def test_toggling_twice_gives_back_the_search(
    request: SearchRequest, name: str, value: str
) -> None:
    start = toggled(toggled(request, name, value), name, value)
    back = toggled(toggled(start, name, value), name, value)
    assert set(back.people) == set(start.people)
    assert back.page == 1


def test_dates_toggle_as_one_choice() -> None:
    request = make_request("water", date_from="2018", date_to="2020", page=3)
    year = toggled(request, "date", "2019")
    assert (year.date_from, year.date_to, year.page) == ("2019", "2019", 1)
    assert toggled(year, "date", "2019") == make_request("water")
    undated = toggled(year, "date", "undated")
    assert undated.undated
    assert not undated.date_from
    assert toggled(undated, "date", "undated") == make_request("water")


def test_without_filters_keeps_words_and_order() -> None:
    request = make_request("a", people=["x"], date_from="2019", sort="newest", page=2)
    assert without_filters(request) == make_request("a", sort="newest")


@pytest.mark.parametrize(
    ("text", "value"),
    [("", 7), ("3", 3), (" 4 ", 4), ("-2", -2), ("abc", 7), ("1.5", 7), ("٣", 7), ("--1", 7),
     ("9" * 5_000, 999_999_999)],
)  # fmt: skip
def test_numbers_are_read_leniently(text: str, value: int) -> None:
    assert read_number(text, 7) == value


def test_wrong_numbers_count_as_left_out() -> None:
    request = read_request(Args({"q": "a", "page": "abc", "per_page": "-5"}))
    assert (request.page, request.per_page) == (1, 1)
    assert read_listing(Args({"page": "-1", "per_page": "99999"})) == (1, 1_000)


@pytest.mark.parametrize(
    "bad",
    [{"from": "x"}, {"to": "2019-13"}, {"sort": "best"}, {"page": "9999"},
     {"from": "2020", "to": "2019"}],
)  # fmt: skip
def test_what_is_refused_can_still_be_used_in_part(bad: dict[str, str]) -> None:
    args = Args({"q": "a", "person": "b", **bad})
    with pytest.raises(BadRequestError):
        read_request(args)
    usable = read_usable(args)
    assert (usable.text, usable.people) == ("a", ("b",))
    assert usable.sort is Sort.RELEVANCE


def test_a_good_date_is_kept_beside_a_wrong_one() -> None:
    usable = read_usable(Args({"from": "2019", "to": "nonsense"}))
    assert (usable.date_from, usable.date_to) == ("2019", "")


@given(st.dictionaries(
    st.sampled_from(["q", "person", "from", "to", "sort", "page", "per_page", "undated"]),
    st.text(),
))  # fmt: skip
def test_some_part_of_any_parameters_can_be_used(args: dict[str, str]) -> None:
    assert isinstance(read_usable(Args(args)), SearchRequest)


def test_the_last_page_can_be_opened() -> None:
    for per_page in (1, 3, 7, 10, 64, 100):
        request = make_request(per_page=per_page)
        make_request(per_page=per_page, page=last_page(request, 10**9))
    assert last_page(make_request(), 0) == 1


def test_undated_leaves_no_room_for_a_range() -> None:
    args = Args({"undated": "1", "from": "2020", "to": "nonsense"})
    expected = replace(make_request(undated=True), boilerplate=Boilerplate.HIDDEN)
    assert read_request(args) == read_usable(args) == expected
    assert "left out" in ignored_dates(args)
    assert ignored_dates(Args({"from": "2020"})) == ignored_dates(Args({"undated": "1"})) == ""
    assert search_path(make_request(undated=True, date_from="2020")) == "/search?undated=1"


def test_a_feed_has_its_own_default_order() -> None:
    args = Args({"q": "a"})
    assert read_request(args, "atom").sort is Sort.NEWEST
    assert search_path(read_request(args, "atom"), "atom") == "/search.atom?q=a"
    assert search_path(read_request(args), "atom") == "/search.atom?q=a&sort=relevance"
    asked = read_request(Args({"q": "a", "sort": "relevance"}), "atom")
    assert asked.sort is Sort.RELEVANCE


def test_the_page_before_one_that_is_not_there_is_the_last() -> None:
    asked = [previous_page(page, last, 30) for page, last in ((1, 6), (2, 6), (6, 6), (99, 6))]
    assert asked == [0, 1, 5, 6]
    assert previous_page(5, 1, 0) == 0


def test_listing_addresses() -> None:
    assert listing_path() == "/releases"
    assert listing_path(2, 10, "json") == "/releases.json?page=2&per_page=10"
