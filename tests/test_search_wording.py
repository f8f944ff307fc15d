from __future__ import annotations

from collections import Counter

import pytest

from index.analysis import surface_terms
from search.request import make_request
from search.service import SearchService
from tests.conftest import SmallArchive


@pytest.mark.parametrize("by_month", [False, True])
@pytest.mark.parametrize("phrase", ["water", "Upper Tamel Dam", "the minister of water and coast"])
def test_counts_are_those_of_reading_every_release(
    service: SearchService, phrase: str, by_month: bool
) -> None:
    size, wanted = 7 if by_month else 4, surface_terms(phrase)
    every: Counter[str] = Counter()
    having: Counter[str] = Counter()
    for listed in service.listing(1, 1_000).results:
        period = listed.date[:size]
        if len(period) < size:
            continue
        texts = [surface_terms(p.text) for p in service.release(listed.id).passages]
        rows = (terms[at : at + len(wanted)] for terms in texts for at in range(len(terms)))
        every[period] += 1
        having[period] += wanted in rows
    found = service.wording([phrase], by_month=by_month)
    (series,) = found.series
    for period, of, count, rate in zip(
        found.periods, found.releases, series.counts, series.rates, strict=True
    ):
        assert (of, count) == (every[period], having[period]), period
        assert rate == pytest.approx(1_000 * count / of if of else 0)
    assert set(every) <= set(found.periods)


def test_each_point_is_what_its_search_finds(service: SearchService) -> None:
    found = service.wording(["Line 4", "storm"])
    for series in found.series:
        for period, count in zip(found.periods, series.counts, strict=True):
            asked = make_request(series.query, date_from=period, date_to=period)
            assert service.search(asked).total == count
        assert service.search(make_request(series.query)).total == series.total


def test_first_use_is_the_earliest(small: SmallArchive) -> None:
    for date in ("2019-03-01", "2016-07-05", "2021"):
        small.release(f"{date}.md", f"Of {date}", "They spoke of green steel.", date=date)
    small.release("undated.md", "Of no date", "They spoke of green steel.")
    small.index()
    (series,) = small.service.wording(["green steel"]).series
    assert series.first is not None
    assert (series.first.date, series.total, sum(series.counts)) == ("2016-07-05", 4, 3)


def test_gaps_are_periods_without_releases(small: SmallArchive) -> None:
    for date in ("2016-11-05", "2017-02-01"):
        small.release(f"{date}.md", f"Of {date}", "Green steel.", date=date)
    small.index()
    found = small.service.wording(["green steel", "", "green  steel"], by_month=True)
    assert found.periods == ("2016-11", "2016-12", "2017-01", "2017-02")
    assert found.releases == (1, 0, 0, 1)
    assert [s.counts for s in found.series] == [(1, 0, 0, 1)]
