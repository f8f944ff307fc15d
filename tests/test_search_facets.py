"""Facets against counting by hand: several values, exclusions, periods, all values of a facet."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import pytest

from index.charsets import fold
from index.errors import NotFoundError
from index.generations import Generations
from index.settings import Settings
from search.facet_pages import ValueOrder, ValuesAsked
from search.facets import UNDATED
from search.parser import parse_query
from search.request import NAMED_FACETS, SearchRequest, make_request
from search.service import SearchService
from search.whoosh_engine import WhooshEngine
from tests.conftest import EXAMPLES
from tests.oracle import Known, chosen, facet_counts, known_of, matches

REQUESTS = 500
TEXTS = ("", "water", "dam", '"Upper Tamel Dam"', "line OR tram", "-storm", "title:opened", "riv*")
PERIODS = (("", ""), ("", ""), ("2019", "2019"), ("2021-02", "2021-02"), ("2018", "2022"),
           ("2021-02-09", "2021-02-09"), ("", "2020"), ("2023-05", ""))  # fmt: skip


@pytest.fixture(scope="module")
def known(example_settings: Settings) -> list[Known]:
    return known_of(EXAMPLES, WhooshEngine(Generations(example_settings.data).current()))


def generated(draw: random.Random, values: dict[str, list[str]]) -> SearchRequest:
    picked = {
        name: draw.sample(values[name], draw.choice((0, 0, 0, 1, 3))) for name in NAMED_FACETS
    }
    excluded = [(n, draw.choice(values[n])) for n in NAMED_FACETS if draw.random() < 0.2]
    undated = draw.random() < 0.1
    first, last = ("", "") if undated else draw.choice(PERIODS)
    return make_request(
        draw.choice(TEXTS),
        people=picked["person"],
        places=picked["place"],
        sources=picked["source"],
        langs=picked["lang"],
        date_from=first,
        date_to=last,
        undated=undated,
        excluded=excluded,
        per_page=1,
    )


def periods_by_hand(found: Sequence[Known], request: SearchRequest) -> Counter[str]:
    """Years of all, months of a chosen year, days of a chosen month, counted one by one."""
    left = [k for k in found if chosen(k, request, leave_out="date")]
    counts = facet_counts(found, request, "date")
    if request.undated:
        counts.setdefault(UNDATED, 0)  # a chosen value is always given
    first, last = request.first_day, request.last_day
    for size in (4, 7):
        if first and first[:size] == last[:size]:
            for k in left:
                inside = k.period and k.period[0][:size] == first[:size]
                if inside and k.period and k.period[0][: size + 3] == k.period[1][: size + 3]:
                    counts[k.period[0][: size + 3]] += 1
    return counts


def test_counts_equal_brute_force_for_generated_requests(
    service: SearchService, known: list[Known]
) -> None:
    draw = random.Random(20190912)
    values = {name: sorted({v for k in known for v in k.values(name)}) for name in NAMED_FACETS}
    by_text = {t: [k for k in known if matches(parse_query(t).query, k)] for t in TEXTS}
    with_results = 0
    for _ in range(REQUESTS):
        request = generated(draw, values)
        found = by_text[request.text]
        page = service.search(request)
        assert page.total == sum(chosen(k, request) for k in found), request
        with_results += page.total > 0
        dates = {value.value: value.count for value in page.facets["date"]}
        assert dates == periods_by_hand(found, request), request
        for name in NAMED_FACETS:
            expected = facet_counts(found, request, name)
            shown = {v.value: v.count for v in page.facets.get(name, ())}
            assert all(expected[value] == count for value, count in shown.items()), request
            assert page.facet_sizes[name] == len(expected), request
            listed = service.facet_values(request, name, ValuesAsked(per_page=1_000))
            assert {v.value: v.count for v in listed.values} == expected, request
    assert with_results > REQUESTS // 4


def test_choosing_after_leaving_out_shows_what_was_counted(service: SearchService) -> None:
    without = make_request("water", excluded=[("person", "Ruth Kiplagat")])
    page = service.search(without)
    assert page.total < service.search(make_request("water")).total
    assert "Ruth Kiplagat" not in {v.value for v in page.facets["person"]}
    for value in page.facets["person"][:5]:
        chosen_too = make_request("water", people=[value.value], excluded=without.excluded)
        assert service.search(chosen_too).total == value.count


def test_values_by_name_and_by_count(service: SearchService) -> None:
    everything = make_request()
    by_name = service.facet_values(everything, "person", ValuesAsked(ValueOrder.NAME))
    names = [value.value for value in by_name.values]
    assert names == sorted(names, key=fold)
    assert {letter for letter, _ in by_name.letters} >= {"A", "R"}
    by_count = service.facet_values(everything, "person", ValuesAsked())
    counts = [value.count for value in by_count.values]
    assert counts == sorted(counts, reverse=True)
    assert set(names) == {value.value for value in by_count.values}
    assert by_count.total == by_count.of == len(names)
    pages = [service.facet_values(everything, "person", ValuesAsked(page=n, per_page=7))
             for n in range(1, len(names) // 7 + 2)]  # fmt: skip
    assert [v for page in pages for v in page.values] == list(by_count.values)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("kip", "Ruth Kiplagat"), ("RUTH KIP", "Ruth Kiplagat"), ("ibanez", "Lucía Ibáñez"),
     ("o’rourke", "Niamh O'Rourke"), ("rourke nia", "Niamh O'Rourke")],
)  # fmt: skip
def test_a_value_is_found_by_the_beginnings_of_its_words(
    service: SearchService, typed: str, name: str
) -> None:
    found = service.facet_values(make_request(), "person", ValuesAsked(find=typed))
    assert name in {value.value for value in found.values}
    assert found.total < found.of


def test_inside_a_word_nothing_begins(service: SearchService) -> None:
    found = service.facet_values(make_request(), "person", ValuesAsked(find="iplagat"))
    assert (found.total, found.values) == (0, ())


def test_only_named_facets_have_such_pages(service: SearchService) -> None:
    with pytest.raises(NotFoundError):
        service.facet_values(make_request(), "date", ValuesAsked())
