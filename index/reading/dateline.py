"""The place and date a release opens with: ``SOCHI, Sept. 12, 2019 –``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.reading.characters import tidy
from index.reading.dates import find_dates

_WORD = r"[A-ZÀ-ÖØ-ÞĀ-ŽȘȚА-ЯЁІЇЄΑ-ΩĞİŞ][\w.'’]*(?:-[\w.'’]+)*"
_SMALL = (
    r"(?:de|del|la|las|los|el|al|of|the|and|upon|on|am|an|der|im|le|les|sur|en|di|do|da|dos|St\.)"
)
_PLACE = rf"{_WORD}(?:[ ](?:{_SMALL}[ ])?{_WORD}){{0,3}}"
_REGION = rf"(?:,[ ]?(?:{_PLACE}))"
_DASH = r"(?:--+|[–—―‒]|-)"
_WIRE = r"(?:\s*[/(\[][^/()\[\]]{2,60}[/)\]])"
_OPENING = re.compile(
    rf"""^\W{{0,2}}(?P<place>{_PLACE}{_REGION}{{0,2}})[,.]?\s*
    (?P<middle>(?:[(,/:;|–—-]\s*)?[^\n–—]{{0,60}}?)\s*
    (?:(?<=\d):\s|\s{_DASH}\s|{_DASH}\s|\s{_DASH}|[–—―]|\)\s*[–—-]?|{_WIRE}\s*{_DASH}*)\s*""",
    re.VERBOSE,
)
_IN_PLACE = re.compile(rf"(?:,\s|\)\s?,?\s?|\s)in\s+(?P<place>{_WORD}(?:[ ]{_WORD}){{0,3}})")
_PARENTHESISED = re.compile(
    rf"^\((?P<place>{_PLACE}{_REGION}{{0,2}})(?:\s*{_DASH}\s*|[,:]\s*)?(?P<middle>[^()]{{0,60}})\)"
)
_ALONE = re.compile(rf"\(?(?P<place>{_PLACE}{_REGION}{{0,2}}),\s*(?:den|le|el|il|the|em)?\s*")
# A wire's name and a date may stand before the place: "(Wire) - April 8, 2025 - CHARLOTTE —".
_BEFORE = re.compile(rf"^\([A-Za-z0-9. -]{{2,30}}\)\s*{_DASH}\s*(?=\w)")
_TWO_SENTENCES = re.compile(r"[^\W\d_]{4,}\.\s\S|[a-z][A-Z][a-z]")
_NOT_PLACES = re.compile(
    r"""^(?:today|yesterday|the|a|an|in|on|at|for|by|this|these|we|our|it|he|she|mr|mrs|ms|dr|sen|senator
    |president|minister|prime|following|senate|congress|government|u\.s|contact|media|press|news|note|update|updated|statement|remarks|release
    |who|what|when|where|why|date|time|location|subject|re|from|to|q\d?|fy\d*|january|february|march|april|may
    |june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec
    |monday|tuesday|wednesday|thursday|friday|saturday|sunday|\w*wire|photo|image|video|caption|source|immediate)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_REGION_CODE = re.compile(r"^(?:[A-Z]\.){1,3}$|^[A-Z]{2,3}$")
_LONGEST = 60
_WITHIN = 300


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place a release opens with, as written but tidy, and the date if one stands there."""

    place: str
    date: str = ""


def find_dateline(paragraph: str, lang: str = "") -> Dateline | None:
    """Return the dateline that ``paragraph``, the first of a release, opens with, or None."""
    text = paragraph[:_WITHIN]
    found = _opening(text, lang)
    if found is None and (rest := _BEFORE.sub("", text)) != text:
        date = ""
        if (dates := find_dates(rest, lang)) and not dates[0].start:
            date, rest = rest[: dates[0].end], rest[dates[0].end :].lstrip(" ,:–—-")
        found = _opening(rest, lang)
        found = Dateline(found.place, found.date or date) if found else None
    return found or _within(text, lang)


def _opening(text: str, lang: str) -> Dateline | None:
    for pattern in (_PARENTHESISED, _OPENING):
        match = pattern.match(text)
        if match and (found := _checked(match, lang)):
            return found
    return None


def dateline_alone(line: str, lang: str = "") -> Dateline | None:
    """Return the place and date a short line consists of (``Berlin, 12. September 2019``)."""
    dates = find_dates(line, lang) if len(line) < _LONGEST else []
    if not dates or line[dates[0].end :].strip(" .)") or not dates[0].start:
        return None
    match = _ALONE.fullmatch(line[: dates[0].start])
    if match is None or _NOT_PLACES.match(match["place"]):
        return None
    return Dateline(tidy_place(match["place"]), line[dates[0].start : dates[0].end])


def _checked(match: re.Match[str], lang: str) -> Dateline | None:
    place, middle = match["place"].strip(" ,"), match["middle"].strip(" ,.()/–—-:;|")
    dates = find_dates(match[0], lang)
    if dates and (start := match[0].find(place)) >= 0:
        # "Fishers, Indiana - July 10" or "Phoenix, AZ, June 18": the month is not the place.
        place = place[: max(0, dates[0].start - start)].strip(" ,") or place
    date = match[0][dates[0].start : dates[0].end] if dates else ""
    rest = middle
    if date:
        rest = rest.replace(date, "")
    elif middle and not re.fullmatch(r"[\w.,'’\s/-]{0,40}", middle):
        return None
    if not date and (middle and not _is_short_date(middle)):
        return None
    if date and len(rest.strip(" ,.()/-")) > 40:
        return None
    bare = not date and "," not in place and not place.isupper()
    if bare and match.string[match.end() : match.end() + 1].islower():
        return None  # "Defendant Smith – a resident of": a dash inside a sentence
    place = tidy_place(place)
    if (
        not place
        or len(place) > _LONGEST
        or _NOT_PLACES.match(place)
        or _TWO_SENTENCES.search(place)
    ):
        return None
    return Dateline(place, date)


def _is_short_date(text: str) -> bool:
    """Whether the text between place and dash is a day without its year, or a wire's name."""
    day = r"(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\.?\s+[A-Z][a-z]{2,8}\.?)"
    return bool(re.fullmatch(rf"(?:[A-Z][a-z]+day,?\s*)?{day}|[A-Z][A-Za-z. -]{{1,25}}", text))


def _within(text: str, lang: str) -> Dateline | None:
    """Find "(Thursday, 12 September 2019), in Sochi" in the first sentence."""
    for date in find_dates(text, lang)[:1]:
        match = _IN_PLACE.match(text, date.end)
        if match is None and text[date.end : date.end + 1] == ")":
            match = _IN_PLACE.match(text, date.end)
        if match and not _NOT_PLACES.match(match["place"]):
            return Dateline(tidy_place(match["place"]), text[date.start : date.end])
    return None


def tidy_place(place: str) -> str:
    """Write a place as one does: capitals only at the start of words, codes left alone."""
    place = tidy(place).strip(" ,:;–—-")
    words = place.split(" ")
    if not any(char.islower() for char in place):
        words = [
            word
            if index and _REGION_CODE.match(word.strip(",")) and words[index - 1].endswith(",")
            else _capitalised(word)
            for index, word in enumerate(words)
        ]
    else:
        words = [
            _capitalised(word)
            if word.isupper() and len(word.strip(",.")) > 3 and "." not in word
            else word
            for word in words
        ]
    return " ".join(words)


def _capitalised(word: str) -> str:
    if "." in word.rstrip(".,") or len(word) < 2:
        return word
    return "-".join(part[:1] + part[1:].lower() for part in word.split("-"))
