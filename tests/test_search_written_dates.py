from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.request import period_bounds
from search.written_dates import read_period

TODAY = date(2026, 11, 25)  # a Wednesday


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("12 Sept 2019", "2019-09-12", "2019-09-12"),
        ("September 12, 2019", "2019-09-12", "2019-09-12"),
        ("12th of September 2019", "2019-09-12", "2019-09-12"),
        ("Sept 2019", "2019-09", "2019-09"),
        ("2019", "2019", "2019"),
        ("2019-9-2", "2019-09-02", "2019-09-02"),
        ("2019/09/12", "2019-09-12", "2019-09-12"),
        ("9/2019", "2019-09", "2019-09"),
        ("12.9.2019", "2019-09-12", "2019-09-12"),
        ("9/25/2019", "2019-09-25", "2019-09-25"),
        ("Q3 2019", "2019-07", "2019-09"),
        ("1990s", "1990", "1999"),
        ("2016 to 2018", "2016", "2018"),
        ("2016-2018", "2016", "2018"),
        ("between March 2016 and May 2018", "2016-03", "2018-05"),
        ("today", "2026-11-25", "2026-11-25"),
        ("yesterday", "2026-11-24", "2026-11-24"),
        ("last week", "2026-11-16", "2026-11-22"),
        ("this month", "2026-11", "2026-11"),
        ("Last  month.", "2026-10", "2026-10"),
        ("last year", "2025", "2025"),
        ("3 days ago", "2026-11-22", "2026-11-22"),
        ("last 30 days", "2026-10-26", "2026-11-25"),
    ],
)
def test_dates_as_people_write_them(written: str, first: str, last: str) -> None:
    period = read_period(written, TODAY)
    assert period is not None
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize(
    "written", ["", " ", "Septober", "31 Feb 2019", "2019-02-30", "0000", "2018 to 2016", "13/2019",
                "12 September", "the year of the flood", "-", "to", "2019 2020"],
)  # fmt: skip
def test_what_is_no_date_is_none(written: str) -> None:
    assert read_period(written, TODAY) is None


def test_what_had_to_be_decided_is_said() -> None:
    period = read_period("05/09/2019", TODAY)
    assert period is not None
    assert (period.first, period.note) == ("2019-09-05", "the day is taken to come first")


def test_a_month_back_from_a_longer_one_is_in_the_shorter() -> None:
    period = read_period("1 month ago", date(2019, 3, 31))
    assert period is not None
    assert period.first == "2019-02"


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_in_every_form(day: date) -> None:
    written = (
        f"{day:%Y-%m-%d}",
        f"{day.day} {day:%B} {day.year}",
        f"{day:%b} {day.day}, {day.year}",
        f"{day.day}.{day.month}.{day.year}",
    )
    for text in written:
        period = read_period(text, TODAY)
        assert period is not None, text
        assert period.first == period.last == day.isoformat(), text


@given(st.text(max_size=30), st.dates(min_value=date(1950, 1, 1)))
def test_no_text_breaks_it_and_what_is_read_exists(text: str, today: date) -> None:
    period = read_period(text, today)
    if period is not None:
        assert period_bounds(period.first)[0] <= period_bounds(period.last)[1]
