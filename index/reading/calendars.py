"""Dates of other calendars, turned into Gregorian ones where a text says which calendar it is.

Hebrew, Persian (Jalali), Islamic, Buddhist, Republic of China, Japanese eras. A date is only taken
when its month's name or era belongs to one calendar alone, or when its year cannot be Gregorian
and the language settles it. Islamic months begin by the moon as it is seen: of these dates only
the month is kept, where it is sure, else the year.

Formulas: E. M. Reingold and N. Dershowitz, Calendrical Calculations (Hebrew, arithmetic
Islamic); the 33-year cycle of leap years for the Persian calendar, right from 1799 to 2256.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

_OTHER_DIGITS = "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹๐๑๒๓๔๕๖๗๘๙０１２３４５６７８９"
_DIGITS = str.maketrans(_OTHER_DIGITS, "0123456789" * 4)
_CHINESE_DIGITS = {sign: number for number, sign in enumerate("〇一二三四五六七八九")} | {"零": 0}
_CHINESE = re.compile(
    r"(?P<y>[〇零一二三四五六七八九]{4})年(?P<m>[一二三四五六七八九十]{1,2})月(?:(?P<d>[一二三四五六七八九十]{1,3})日)?"
)
_SCRIPTS = re.compile("[\u0590-\u06ff\u0e00-\u0e7f\u3007-\u9fff\uff10-\uff19]")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
_JAPANESE = re.compile(
    r"(?P<era>令和|平成|昭和|大正|明治)\s?(?P<y>元|\d{1,2})\s?年\s?(?:(?P<m>\d{1,2})\s?月\s?(?:(?P<d>\d{1,2})\s?日)?)?"
)
_REPUBLIC = re.compile(
    r"(?:(?:中華)?民[國国]\s?(?P<y>\d{2,3})|(?<!\d)(?P<y2>1[0-4]\d))\s?年\s?"
    r"(?P<m>\d{1,2})\s?月\s?(?:(?P<d>\d{1,2})\s?日)?"
)
_THAI_MONTHS = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
]
_THAI_SHORT = [
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
]
_BUDDHIST = re.compile(
    rf"(?:(?P<d>\d{{1,2}})\s?)?(?P<m>{'|'.join(map(re.escape, _THAI_MONTHS + _THAI_SHORT))})"
    r"\s?(?:พ\.?ศ\.?|ปี)?\s?(?P<y>2[45]\d\d)(?!\d)"
)
_BUDDHIST_NUMBERS = re.compile(
    r"(?<![\d/])(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>2[45]\d\d)(?!\d)"
)
_PERSIAN_MONTHS = (
    "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند",
    "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت",
)
_PERSIAN = re.compile(
    rf"(?<!\d)(?:(?P<d>\d{{1,2}})\s*)?(?<!\w)(?P<m>{'|'.join(_PERSIAN_MONTHS).replace(' ', '|')})"
    r"(?:‌?\s?ماه)?\s*(?:سال\s*)?(?P<y>1[34]\d\d)(?!\d)"
)
_PERSIAN_NUMBERS = re.compile(
    r"(?<![\d/])(?P<y>1[34]\d\d)[/.-](?P<m>\d{1,2})[/.-](?P<d>\d{1,2})(?![\d/])"
)
_ISLAMIC_MONTHS = (
    r"(?:ال)?محرم",
    r"صفر",
    r"ربيع (?:ال)?[أا]ول",
    r"ربيع (?:ال)?(?:[آا]خر|ثاني)",
    r"جمادى (?:ال)?[أا]ولى",
    r"جمادى (?:ال)?(?:[آا]خرة|ثانية|[آا]خر)",
    r"رجب",
    r"شعبان",
    r"رمضان",
    r"شوال",
    r"ذ[ويا] ?القعدة",
    r"ذ[ويا] ?الحجة",
)
_ISLAMIC = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})\s*(?:من\s+)?(?:شهر\s+)?(?P<m>{'|'.join(_ISLAMIC_MONTHS)})"
    r"\s*(?:عام\s*|سنة\s*)?[,،]?\s*(?P<y>1[345]\d\d)(?!\d)\s*(?:هـ?)?"
)
_HEBREW_MONTHS = {
    **{"ניסן": 1, "אייר": 2, "איר": 2, "סיוון": 3, "סיון": 3, "תמוז": 4, "אב": 5, "אלול": 6},
    **{"תשרי": 7, "חשוון": 8, "חשון": 8, "מרחשוון": 8, "כסלו": 9, "כסליו": 9, "טבת": 10},
    **{"שבט": 11, "אדר א": 12, "אדר ב": 13, "אדר": 12},
}
_HEBREW_NUMBERS = dict(
    zip(
        "אבגדהוזחטיכלמנסעפצקרשת",
        (*range(1, 11), *range(20, 100, 10), *range(100, 500, 100)),
        strict=True,
    )
)
_HEBREW = re.compile(
    r"(?<!\w)(?P<d>[א-ל][\"״׳']?[א-ט]?[׳']?)\s+ב?"
    rf"(?P<m>{'|'.join(sorted(_HEBREW_MONTHS, key=len, reverse=True))})[׳']?"
    r",?\s+(?P<y>ה?[׳']?ת[ק-ת][א-ת]?[\"״][א-ת])(?!\w)"
)

Converted = tuple[int, int, int]
"""Year, month and day; 0 where it is not known."""


def other_calendars(text: str, lang: str) -> Iterator[tuple[int, int, Converted]]:
    """Yield start, end and Gregorian date of each date of another calendar in ``text``."""
    for pattern, languages, convert in _CALENDARS:
        if languages and lang not in languages:
            continue
        for match in pattern.finditer(text):
            try:
                found = convert(match)
            except (ValueError, OverflowError):
                continue
            if found:
                yield match.start(), match.end(), found


def may_be_other(text: str) -> bool:
    """Whether a text has a letter or digit of a script that writes dates of other calendars."""
    return _SCRIPTS.search(text) is not None


def without_other_calendars(text: str, lang: str) -> str:
    """Return a text without the dates of other calendars in it."""
    if may_be_other(text):
        for start, end, _ in reversed([*other_calendars(plain_digits(text), lang)]):
            text = text[:start] + " " + text[end:]
    return text


def plain_digits(text: str) -> str:
    """Write Arabic, Persian, Thai and full-width digits as ASCII ones, each in its place."""
    return text.translate(_DIGITS)


def _chinese(match: re.Match[str]) -> Converted:
    year = int("".join(str(_CHINESE_DIGITS[sign]) for sign in match["y"]))
    return year, _counted(match["m"]), _counted(match["d"] or "")


def _counted(signs: str) -> int:
    """Read a Chinese number below 100: 十九, 二十, 三十一."""
    tens, ten, ones = signs.rpartition("十")
    return (10 * (_CHINESE_DIGITS[tens] if tens else 1) if ten else 0) + _CHINESE_DIGITS.get(
        ones, 0
    )


def _numbers(match: re.Match[str]) -> tuple[int, int, int]:
    part = match.groupdict()
    return int(part["y"]), int(part.get("m") or 0), int(part.get("d") or 0)


def _japanese(match: re.Match[str]) -> Converted:
    year = _ERAS[match["era"]] + (1 if match["y"] == "元" else int(match["y"]))
    return year, int(match["m"] or 0), int(match["d"] or 0)


def _republic(match: re.Match[str]) -> Converted:
    return int(match["y"] or match["y2"]) + 1911, int(match["m"]), int(match["d"] or 0)


def _buddhist(match: re.Match[str]) -> Converted:
    names = _THAI_MONTHS if match["m"] in _THAI_MONTHS else _THAI_SHORT
    return int(match["y"]) - 543, names.index(match["m"]) + 1, int(match["d"] or 0)


def _buddhist_numbers(match: re.Match[str]) -> Converted:
    year, month, day = _numbers(match)
    return year - 543, month, day


def _persian(match: re.Match[str]) -> Converted:
    months = next(names.split() for names in _PERSIAN_MONTHS if match["m"] in names.split())
    month, year = months.index(match["m"]) + 1, int(match["y"])
    if match["d"]:
        return _persian_day(year, month, int(match["d"]))
    first = _persian_day(year, month, 1)
    return first[0], 0, 0  # a Persian month lies in two Gregorian ones


def _persian_numbers(match: re.Match[str]) -> Converted:
    return _persian_day(*_numbers(match))


def _persian_day(year: int, month: int, day: int) -> Converted:
    if not 1 <= month <= 12 or not 1 <= day <= (31 if month <= 6 else 30):
        raise ValueError("no such day")
    # Leap years stand 8 times in 33 years; 1 Farvardin 1354 was 21 March 1975.
    leaps = sum(_persian_leap(one) for one in range(min(year, 1354), max(year, 1354)))
    days = 365 * (year - 1354) + (leaps if year >= 1354 else -leaps)
    days += 31 * min(month - 1, 6) + 30 * max(month - 7, 0) + day - 1
    found = date(1975, 3, 21) + timedelta(days=days)
    return found.year, found.month, found.day


def _persian_leap(year: int) -> bool:
    return year % 33 in (1, 5, 9, 13, 17, 22, 26, 30)


def _islamic(match: re.Match[str]) -> Converted:
    name = match["m"]
    month = next(n for n, form in enumerate(_ISLAMIC_MONTHS, 1) if re.fullmatch(form, name))
    year, day = int(match["y"]), int(match["d"])
    if not 1 <= day <= 30:
        raise ValueError("no such day")
    # Days from 16 July 622 (Julian), of which date.toordinal() is 227015.
    days = (day - 1) + 29 * (month - 1) + month // 2 + (year - 1) * 354 + (3 + 11 * year) // 30
    about = [date.fromordinal(227015 + days + slip) for slip in (-2, 2)]
    if about[0].year != about[1].year:
        return (0, 0, 0)
    return about[0].year, about[0].month if about[0].month == about[1].month else 0, 0


def _hebrew(match: re.Match[str]) -> Converted:
    letters = re.sub(r"[^א-ת]", "", match["y"].removeprefix("ה"))
    year = 5000 + sum(_HEBREW_NUMBERS.get(letter, 0) for letter in _unfinal(letters))
    day = sum(_HEBREW_NUMBERS.get(letter, 0) for letter in _unfinal(match["d"]))
    month = _HEBREW_MONTHS[match["m"]]
    if match["m"] == "אדר" and _hebrew_leap(year):
        month = 13
    if not 1 <= day <= 30:
        raise ValueError("no such day")
    found = date.fromordinal(_hebrew_ordinal(year, month, day))
    return found.year, found.month, found.day


def _unfinal(letters: str) -> str:
    return letters.translate(str.maketrans("ךםןףץ", "כמנפצ"))


def _hebrew_leap(year: int) -> bool:
    return (7 * year + 1) % 19 < 7


def _elapsed(year: int) -> int:
    """Days from the epoch to the new year of a Hebrew year."""
    months = (235 * year - 234) // 19
    parts = 12084 + 13753 * months
    day = 29 * months + parts // 25920
    return day + 1 if (3 * (day + 1)) % 7 < 3 else day


def _new_year(year: int) -> int:
    before, this, after = _elapsed(year - 1), _elapsed(year), _elapsed(year + 1)
    late = 2 if after - this == 356 else 1 if this - before == 382 else 0
    return -1373427 + this + late


def _month_length(year: int, month: int) -> int:
    length = _new_year(year + 1) - _new_year(year)
    if month in (2, 4, 6, 10, 13) or (month == 12 and not _hebrew_leap(year)):
        return 29
    if (month == 8 and length % 10 != 5) or (month == 9 and length % 10 == 3):
        return 29
    return 30


def _hebrew_ordinal(year: int, month: int, day: int) -> int:
    last = 13 if _hebrew_leap(year) else 12
    before = [*range(7, month)] if month >= 7 else [*range(7, last + 1), *range(1, month)]
    return _new_year(year) + sum(_month_length(year, one) for one in before) + day - 1


_CALENDARS: tuple[
    tuple[re.Pattern[str], tuple[str, ...], Callable[[re.Match[str]], Converted]], ...
] = (
    (_CHINESE, (), _chinese),
    (_JAPANESE, (), _japanese),
    (_REPUBLIC, ("zh", "zh-hant", ""), _republic),
    (_BUDDHIST, (), _buddhist),
    (_BUDDHIST_NUMBERS, ("th",), _buddhist_numbers),
    (_PERSIAN, ("fa", "ps", "tg", ""), _persian),
    (_PERSIAN_NUMBERS, ("fa", "ps"), _persian_numbers),
    (_ISLAMIC, ("ar", "ur", "fa", ""), _islamic),
    (_HEBREW, (), _hebrew),
)
