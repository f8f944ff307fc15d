"""Dates as they are written: finding them in text and saying how precisely they are known."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from index.reading.calendars import may_be_other, other_calendars, plain_digits
from index.reading.months import month_key, month_numbers, month_pattern

FIRST_YEAR = 1900
LAST_YEAR = 2100
_BESIDE = 40
"""Characters within which a Gregorian date is that of another calendar, said twice."""

_ORDINAL = r"(?:\s?(?:st|nd|rd|th|er|ère|º|ª|°|-?го|-?е|\.))?"
_OF = r"(?:\s*(?:of|de|del|di|do|d['’]|из|من|בחודש))?"
_YEAR = r"((?:19|20|١٩|٢٠)\d\d)(?!\d)"
_DAY = r"(?<![\d.,:/$€£])(\d{1,2})"
_CENTURIES = ("19", "20", "١٩", "٢٠")
_LETTER = r"[^\W\d_]"


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: where it stands and the values (``YYYY-MM-DD``, ...) it can mean.

    More than one value means that day and month cannot be told apart (``05/09/2019``): first the
    reading with the month in front, then the one with the day in front.
    """

    start: int
    end: int
    values: tuple[str, ...]


def find_dates(text: str, lang: str = "") -> list[FoundDate]:
    """Find every date in ``text``, in order, with month names of ``lang`` and of English.

    Full dates, months with a year, ISO and numeric forms; years before 1900 or after 2100 and
    days that do not exist are not dates. A bare year is none either.
    """
    found: list[FoundDate] = []
    taken = 0
    matches = [*_matches(text, lang)]
    if not text.isascii() and may_be_other(text):
        plain = plain_digits(text)
        matches = [*_matches(plain, lang)] if plain != text else matches
        matches += _converted(plain, lang, matches)
    elif lang == "th":
        matches += _converted(text, lang, matches)
    spans = sorted(matches, key=lambda one: (one.start, -one.end))
    for one in spans:
        if one.start >= taken:
            found.append(one)
            taken = one.end
    return found


def _converted(text: str, lang: str, known: list[FoundDate]) -> Iterator[FoundDate]:
    """Yield dates of other calendars beside which no Gregorian date stands."""
    for start, end, parts in other_calendars(text, lang):
        beside = any(one.start < end + _BESIDE and start - _BESIDE < one.end for one in known)
        value = checked_date(*parts)
        if value and not beside:
            yield FoundDate(start, end, (value,))


def whole_date(text: str, lang: str = "") -> FoundDate | None:
    """Return the date a short text consists of or begins with, bare years included, or None."""
    text = text.strip()
    if re.fullmatch(r"\d{4}", text):
        value = checked_date(int(text))
        return FoundDate(0, 4, (value,)) if value else None
    if compact := re.fullmatch(r"(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}(?:Z|[+-]\d{4})?)?", text):
        value = checked_date(*(int(part) for part in compact.groups()))
        return FoundDate(0, len(text), (value,)) if value else None
    if month := re.fullmatch(r"(\d{4})[-/](\d{1,2})", text):
        value = checked_date(int(month[1]), int(month[2]))
        return FoundDate(0, len(text), (value,)) if value else None
    found = find_dates(text[:200], lang)
    return found[0] if found else None


def checked_date(year: int, month: int = 0, day: int = 0) -> str:
    """Return ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, or "" when there is no such date."""
    if not FIRST_YEAR <= year <= LAST_YEAR or not 0 <= month <= 12 or (day and not month):
        return ""
    if not month:
        return f"{year:04}"
    if not day:
        return f"{year:04}-{month:02}"
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return ""
    return f"{year:04}-{month:02}-{day:02}"


def _matches(text: str, lang: str) -> Iterator[FoundDate]:
    if not any(century in text for century in _CENTURIES):
        return  # every form has a year
    for match in _numeric().finditer(text):
        values = _numeric_values(match)
        if values:
            yield FoundDate(match.start(), match.end(), values)
    named, months = _named(lang), month_numbers(lang)
    for match in named.finditer(text):
        parts = {name: part for name, part in match.groupdict().items() if part is not None}
        names = [part for name, part in parts.items() if name.startswith("m")]
        month = months.get(month_key(names[0]), 0)
        year = next(int(part) for name, part in parts.items() if name.startswith("y"))
        day = next((int(part) for name, part in parts.items() if name.startswith("d")), 0)
        value = checked_date(year, month, day) if month else ""
        if value:
            yield FoundDate(match.start(), match.end(), (value,))


@cache
def _named(lang: str) -> re.Pattern[str]:
    """Return the pattern for dates whose month is a name: five orders, each with its groups."""
    month = month_pattern(lang)
    # Hebrew writes its prepositions before the month without a space.
    before = rf"(?<!{_LETTER})[בל]?"
    after = rf"(?!{_LETTER})[.׳]?"
    forms = (
        rf"{_DAY}{_ORDINAL}{_OF}[\s,.\-/]*{before}{month}{after}{_OF}[\s,.\-/]*{_YEAR}",
        rf"{before}{month}{after}\s*(\d{{1,2}})(?!\d){_ORDINAL}\s*[,.]?\s*{_YEAR}",
        rf"(?<!\d){_YEAR}\s*(?:[.,]|m\.|ko|eko)?\s*{month}{after}\s*(\d{{1,2}})(?!\d)",
        rf"(?<!\d){_YEAR}\.?\s*gada\s+(\d{{1,2}})\.?\s*{month}{after}",
        rf"{before}{month}{after}{_OF}[\s,]*{_YEAR}",
    )
    named = []
    for number, (form, order) in enumerate(
        zip(forms, ("dmy", "mdy", "ymd", "ydm", "my"), strict=True)
    ):
        for letter in order:
            form = re.sub(r"\((?!\?)", f"(?P<{letter}{number}>", form, count=1)
        named.append(form)
    return re.compile("|".join(named), re.IGNORECASE)


@cache
def _numeric() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\d./\-])(?:"
        r"(?P<y>(?:19|20)\d\d)(?P<s1>[-/.])(?P<m>\d{1,2})(?P=s1)(?P<d>\d{1,2})(?![\d\-/])"
        r"|(?P<a>\d{1,2})\s?(?P<s2>[-/.])\s?(?P<b>\d{1,2})\s?(?P=s2)\s?(?P<y2>(?:19|20)\d\d)(?![\d\-/])"
        r"|(?P<yc>(?:19|20)\d\d)\s?[年년]\s?(?P<mc>\d{1,2})\s?[月월](?:\s?(?P<dc>\d{1,2})\s?[日일])?"
        r"|(?P<dv>\d{1,2})\s+tháng\s+(?P<mv>\d{1,2})(?:,|\s+năm|/)?\s*(?P<yv>(?:19|20)\d\d)(?!\d)"
        r")"
    )


def _numeric_values(match: re.Match[str]) -> tuple[str, ...]:
    part = match.groupdict()
    if part["y"]:
        value = checked_date(int(part["y"]), int(part["m"]), int(part["d"]))
        return (value,) if value and part["m"] != "0" else ()
    if part["yc"]:
        value = checked_date(int(part["yc"]), int(part["mc"]), int(part["dc"] or 0))
        return (value,) if value else ()
    if part["yv"]:
        value = checked_date(int(part["yv"]), int(part["mv"]), int(part["dv"]))
        return (value,) if value else ()
    first, second, year = int(part["a"]), int(part["b"]), int(part["y2"])
    if not first or not second:
        return ()
    month_first = checked_date(year, first, second) if first <= 12 else ""
    day_first = checked_date(year, second, first) if second <= 12 else ""
    if part["s2"] == "." and day_first:
        # Dots between numbers are the continental style, where the day comes first.
        month_first = ""
    values = [value for value in (month_first, day_first) if value]
    return tuple(dict.fromkeys(values))
