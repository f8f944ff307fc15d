"""Dates of other calendars become Gregorian ones, or as much of them as is certain."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.reading.calendars import other_calendars
from index.reading.dates import find_dates

PERSIAN = [
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
]


def values(text: str, lang: str) -> list[tuple[str, ...]]:
    return [found.values for found in find_dates(text, lang)]


@pytest.mark.parametrize(
    ("text", "lang", "value"),
    [
        ("令和4年7月5日", "ja", "2022-07-05"),
        ("平成元年1月8日", "ja", "1989-01-08"),
        ("２０２２年７月５日", "ja", "2022-07-05"),
        ("二〇二一年十二月三十一日", "zh", "2021-12-31"),
        ("中華民國110年4月19日", "zh", "2021-04-19"),
        ("110年4月19日", "zh", "2021-04-19"),
        ("วันที่ ๕ กรกฎาคม พ.ศ. ๒๕๖๕", "th", "2022-07-05"),
        ("05/07/2565", "th", "2022-07-05"),
        ("۱۴ تیر ۱۴۰۱", "fa", "2022-07-05"),
        ("۱۴۰۱/۰۴/۱۴", "fa", "2022-07-05"),
        ("30 اسفند 1403", "fa", "2025-03-20"),
        ("י״ח בכסלו תש״ף", "he", "2019-12-16"),
        ("א׳ בתשרי תשפ״ד", "he", "2023-09-16"),
        ("ט״ו בשבט תשפ״א", "he", "2021-01-28"),
        ("י״ד באדר ב׳ תשפ״ב", "he", "2022-03-17"),
        ("15 رمضان 1445 هـ", "ar", "2024-03"),
        ("2019 m. rugsėjo 12 d.", "lt", "2019-09-12"),
        ("12. septembra 2019", "sl", "2019-09-12"),
        ("ngày 12 tháng 9 năm 2019", "vi", "2019-09-12"),
    ],
)
def test_dates_of_other_calendars_and_scripts(text: str, lang: str, value: str) -> None:
    assert values(text, lang) == [(value,)]


def test_the_gregorian_date_beside_another_counts_alone() -> None:
    assert values("5 رجب 1442 هـ الموافق 17 فبراير 2021 م", "ar") == [("2021-02-17",)]
    assert values("י״ח בכסלו תש״ף, 16 בדצמבר 2019", "he") == [("2019-12-16",)]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("110年4月19日", "ja"),  # a bare number names no era
        ("1401/04/14", "en"),
        ("Room 2565, 05/07", "th"),
        ("31 رمضان 1445", "ar"),
        ("32 تیر 1401", "fa"),
        ("13月40日", "ja"),
    ],
)
def test_what_is_no_date_there_is_none(text: str, lang: str) -> None:
    assert values(text, lang) == []


@given(st.integers(1300, 1450), st.integers(1, 12), st.integers(1, 29))
def test_persian_days_follow_one_another(year: int, month: int, day: int) -> None:
    def converted(number: int) -> date:
        text = f"{number} {PERSIAN[month - 1]} {year}"
        return date(*next(other_calendars(text, "fa"))[2])

    assert converted(day) + timedelta(days=1) == converted(day + 1) or day == 29


@given(st.dates(date(1920, 1, 1), date(2099, 12, 30)))
def test_every_day_of_the_japanese_eras_is_found(day: date) -> None:
    start = {"大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
    era = max((name for name in start if start[name] < day.year), key=start.__getitem__)
    text = f"{era}{day.year - start[era]}年{day.month}月{day.day}日"
    assert values(text, "ja") == [(day.isoformat(),)]
