from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from web.timeline import main_years

years = st.dictionaries(
    st.integers(1, 9999).map(lambda year: f"{year:04d}"), st.integers(0, 5_000), max_size=30
)


def test_a_misread_year_does_not_flatten_the_rest() -> None:
    counts = {"1910": 1, "1945": 2, "2004": 579, "2005": 1_855, "2006": 2_157, "2008": 448}
    assert main_years(counts) == ["2004", "2005", "2006", "2007", "2008"]
    assert main_years(counts | {"2019-03": 9, "9999": 1})[-1] == "2008"


def test_a_span_that_fits_is_drawn_whole() -> None:
    assert main_years({"1990": 1, "2005": 5_000, "2001-02": 7})[0] == "1990"
    assert main_years({}) == main_years({"2019": 0}) == []


def test_early_years_of_many_releases_are_drawn() -> None:
    assert main_years({"1950": 60, "2005": 5_000, "2006": 1})[0] == "1950"


@given(years)
def test_nearly_all_releases_are_drawn_or_only_the_last_of_them(counts: dict[str, int]) -> None:
    drawn = main_years(counts)
    assert not drawn or len(drawn) == int(drawn[-1]) - int(drawn[0]) + 1
    total = sum(counts.values())
    if len(drawn) < 120:
        assert sum(counts.get(year, 0) for year in drawn) >= 0.99 * total
