"""Lines that consist of a date, or whose label or byline names one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.reading import date_choice
from index.reading.calendars import without_other_calendars
from index.reading.date_labels import DATE_LABEL, EVENT, VENUE
from index.reading.dates import find_dates
from index.reading.draft import DateClue
from index.reading.traits import is_embargo

_STAMP = re.compile(
    r"\W{0,3}\d{1,2}[:：.]\d\d(?:[:：]\d\d)?(?!\d)(?=\W*$|\s*[^\W\d_]{1,12}\s?[:：])"
)
_WORDS = re.compile(r"[^\W\d_]+")
_DATE_LABELS = frozenset(
    (
        *(
            "published",
            "posted",
            "released",
            "issued",
            "updated",
            "modified",
            "date",
            "dated",
            "on",
        ),
        *("release", "press", "for", "immediate", "last", "at", "of", "the", "time", "a", "p", "m"),
        *("am", "pm", "gmt", "utc", "est", "edt", "et", "pst", "pdt", "cet", "cest", "ist", "h"),
        *(
            "الموافق",
            "المصادف",
            "هـ",
            "ه",
            "م",
            "מיום",
            "יום",
            "ב",
            "برابر",
            "با",
            "год",
            "року",
            "р",
            "г",
        ),
    )
)
_LONGEST_LABEL = 45
_DIGIT = re.compile(r"\d")
_SHORT_YEAR = re.compile(
    r"^\W*(?:date\W+)?(?P<date>\d{1,2}(?P<s>[./-])\d{1,2}(?P=s))(?P<y>\d\d)\W*$", re.IGNORECASE
)
_BYLINE = re.compile(
    r"^\W*(?:[Bb]y|[Vv]on|[Pp]ar|[Pp]or|[Dd]oor|[Dd]a|[Aa]v|[Aa]f)\s+"
    r"(?:[A-ZÀ-ÖØ-Þ][\w.'’-]+[\s,]+){1,4}(?:on|am|le|el|em|il|op|den)?\s*$"
)
_AFTER_LABEL = 22
_LABELLED = 200
_IN_MONTH = re.compile(r"(?:^|\s)(?:in|w|we|v|ve|у|u|в|во|en|em|nel)\s+$", re.IGNORECASE)
_HEADLINE = 40
_MONTH = len("YYYY-MM")
_UPDATE = re.compile(
    r"\b(?:updat|modif|revis|review|aktualisiert|geändert|mise?\s+à\s+jour|actualizad|atualizad"
    r"|aggiornat|bijgewerkt|обновл|оновл|עודכן|تحديث|güncelle)",
    re.IGNORECASE,
)
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_DATE_LINE = 60
_SIGNS = 16
"""So many signs of a script without spaces beside a date are a sentence."""


def date_line(text: str, lang: str) -> str:
    """Return the date that a short line consists of or that its label names, or "".

    A time of day, a weekday and a label ("Published on", "发布时间") may stand beside it; after a
    label more may follow. A year of two digits is one of this century up to 50.
    """
    if len(text) > _LABELLED or not _DIGIT.search(text):
        return ""
    if dated := labelled_date(text, lang) or stamped_date(text, lang):
        return dated
    if "|" in text or "•" in text or " · " in text:
        parts = re.split(r"\s*[|•·]\s*", text)
        if any(len(part) > _HEADLINE and not find_dates(part, lang) for part in parts):
            return ""  # "2015-12-17 | Minister opens bridge"
        if len(parts) > 1 and sum(bool(find_dates(part, lang)) for part in parts) == 1:
            return next(filter(None, (date_line(part, lang) for part in parts)), "")
    if len(text) > _DATE_LINE:
        return ""
    byline, _, after = text.rpartition(", ")
    if short := _SHORT_YEAR.match(after if byline and _BYLINE.match(f"{byline} ") else text):
        century = "20" if int(short["y"]) <= 50 else "19"
        return f"{short['date']}{century}{short['y']}"
    dates = find_dates(text, lang)
    if len(dates) != 1:
        return ""
    if len(dates[0].values[0]) == _MONTH and _IN_MONTH.search(text[: dates[0].start]):
        return ""  # "Concerts in July 2019"
    rest = _BYLINE.sub("", text[: dates[0].start]) + text[dates[0].end :]
    if not text.isascii():
        # The same day by another calendar: "12 Rajab 1442, that is 24 February 2021".
        rest = without_other_calendars(rest, lang)
    words = [word for word in _WORDS.findall(rest.lower()) if word not in _DATE_LABELS]
    if len(words) > 2 or len(rest) > _LONGEST_LABEL or len(_UNSPACED.findall(rest)) > _SIGNS:
        return ""
    return text[dates[0].start : dates[0].end]


def stamped_date(text: str, lang: str) -> str:
    """Return the date and time that a line opens with, notes with labels following, or "".

    ``2020-11-23 10:22:14 Source: ... Editor: ...``
    """
    dates = find_dates(text, lang)
    if not dates or dates[0].start > 2 or len(dates[0].values[0]) <= _MONTH:
        return ""
    return text[dates[0].start : dates[0].end] if _STAMP.match(text, dates[0].end) else ""


def bylined_date(text: str, lang: str) -> str:
    """Return the date of a line that says who wrote and when: "By Ann Lee on 3 May 2013 | News"."""
    first = text.split("|", 1)[0]
    dates = find_dates(first, lang) if len(first) < _DATE_LINE else []
    return date_line(first, lang) if dates and _BYLINE.match(first[: dates[0].start]) else ""


def labelled_date(text: str, lang: str) -> str:
    """Return the date right after a label of publication that a line opens with, or ""."""
    label = DATE_LABEL.match(text)
    if label is None:
        return ""
    dates = find_dates(text[label.end() :], lang)
    if not dates or dates[0].start > _AFTER_LABEL:
        return ""
    return text[label.end() + dates[0].start : label.end() + dates[0].end]


def is_update(line: str) -> bool:
    """Whether the label of a date says that it is of a change, not of the publication."""
    return bool(_UPDATE.search(line))


def is_of_event(line: str, following: str = "") -> bool:
    """Whether a date is that of an event: its label says so, or ``following`` says where it is."""
    return bool(EVENT.match(line) or VENUE.match(following))


def embargo_clues(lines: Iterable[str], lang: str) -> list[DateClue]:
    """Return the day on which an embargo ends, which is evidence where nothing else is."""
    for line in lines:
        dates = find_dates(line, lang) if is_embargo(line) else []
        if dates:
            date = line[dates[0].start : dates[0].end]
            return [DateClue(date, "visible", date_choice.EMBARGO)]
    return []
