"""The place and date a release opens with: ``SOCHI, Sept. 12, 2019 –``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from index.reading.asian_datelines import FULL, SHORT, asian_opening
from index.reading.characters import tidy
from index.reading.dates import FoundDate, find_dates
from index.reading.months import month_pattern
from index.reading.traits import is_prose

# Atomic: a word is taken whole, so that no text makes the patterns try all ways to cut it.
_WORD = r"(?>[A-ZÀ-ÖØ-ÞĀ-ŽȘȚА-ЯЁІЇЄҐΑ-ΩĞİŞ][\w.'’]*(?:-[\w.'’]+)*)"
_SMALL = (
    r"(?:de|del|la|las|los|el|al|of|the|and|upon|on|am|an|der|im|in|le|les|sur|en|di|do|da|dos"
    r"|sous|na|nad|St\.|a\.M\.|&)"
)
_PLACE = rf"{_WORD}(?:[ /](?:{_SMALL}[ ])?(?:{_SMALL}[ ])?{_WORD}){{0,3}}"
_REGION = rf"(?:,[ ]?(?:{_PLACE}))"
_CASELESS = "(?>[\u0590-\u05ff\u0600-\u06ff][\\w\"״׳'’-]*)"
_DASH = r"(?:--+|[–—―‒]|-(?=\s|$)|(?<=\s)-|\.[-–—])"
_WIRE = r"(?:[/(\[](?!\d+[/)\]])[^/()\[\]\n\x01]{2,60}[/)\]])"
_JOIN = (
    r"(?:(?:a|le|den|am|vom|the|el|il|em|on|this|dnia|dne|dňa|lì|د|في|ב)\s|יום\s)?"
    r"(?:(?!(?:in|of|by|from|since|until|before|after|for|bis|ab|seit|von|ve|od|do)\s)"
    r"[^\W\d_]{2,12}[,،]?\s+)?"
)
_YEAR_MARK = r"(?P<mark>\s?(?:г|р|года|року|рік|roku|godine|god|r|م|год)\b)?"
_DATED = re.compile(
    rf"^\W{{0,3}}(?P<place>{_PLACE}{_REGION}{{0,2}}|{_CASELESS}(?:[ ]{_CASELESS}){{0,2}}"
    rf"(?:[،,][ ]?{_CASELESS}(?:[ ]{_CASELESS}){{0,3}})?)"
    rf"(?P<sign>\s*{_WIRE})?\s*[.,،;:|(/]?\s*(?:{_DASH}\s*)?[(]?"
    rf"{_JOIN}(?P<date>[{FULL}{SHORT}]){_YEAR_MARK}(?P<end>[)\s,.،]*"
    rf"(?:{_WIRE}[\s,.]*)*(?:{_DASH}|[:.|)]|$|/)?)",
)
_UNDATED = re.compile(
    rf"^\W{{0,2}}(?P<place>{_PLACE}{_REGION}{{0,2}})[,.]?\s*(?P<wire>{_WIRE}?)\s*"
    rf"(?:{_WORD}(?:\s{_WORD}){{0,2}}\s*)?{_DASH}\s*"
)
_WIRED = re.compile(rf"^\W{{0,2}}(?P<place>{_PLACE}{_REGION}{{0,2}})[,.]?\s*{_WIRE}\s*(?=[A-Z“\"])")
_PARENTHESISED = re.compile(
    rf"^[(\[](?P<place>{_PLACE}{_REGION}{{0,2}})(?:(?:\s*(?:{_DASH}|[,:;|])?\s*"
    rf"{_JOIN}(?P<date>[{FULL}{SHORT}]))\s*[)\]]|(?<![\])])[)\]](?=\s*\S))"
)
_IN_PLACE = re.compile(rf"(?:,\s|\)\s?,?\s?|\s)in\s+(?P<place>{_WORD}(?:[ ]{_WORD}){{0,3}})")
_SAID_TODAY = re.compile(
    r"\b(?:to(?:day|night)|this (?:morning|afternoon|evening)|yesterday|held|met|spoke|said|signed"
    r"|opened|attended|visited|addressed)\b[^.]*$",
    re.IGNORECASE,
)
_ALONE = re.compile(
    rf"\(?(?P<place>{_PLACE}{_REGION}{{0,2}}|{_CASELESS}),\s*(?:den|le|el|il|the|em|a)?\s*"
)
_ALONE_CODED = re.compile(rf"\(?(?P<place>{_PLACE},[ ](?:[A-Z]{{2}}|[A-Z][a-z]{{2,5}}\.))\s+")
_SIGN = re.compile(
    r"[/(][^/()\n]{0,40}(?:wire|news|press|PR|media)[^/()\n]{0,20}[/)]", re.IGNORECASE
)
# A wire's name and a date may stand before the place: "(Wire) - April 8, 2025 - CHARLOTTE —".
_BEFORE = re.compile(rf"^\([A-Za-z0-9. -]{{2,30}}\)\s*{_DASH}\s*(?=\w)")
_AFTER_DATE = re.compile(rf"[\s,:)]*(?:{_DASH}|[|/])\s*(?=\w)")
_TWO_SENTENCES = re.compile(r"[^\W\d_]{4,}\.\s\S|[a-z][A-Z][a-z]")
_MAY_BE_SURE = re.compile(
    r"(?=.{0,90}(?:\d|[/(]))(?=.{0,110}(?:\s[-–—]|[–—]|--|/))\W{0,3}[^\Wa-z_]"
)
_NOT_PLACES = re.compile(
    r"""^(?:today|yesterday|the|a|an|in|on|at|for|by|this|these|we|our|it|he|she|mr|mrs|ms|dr|sen|senator
    |president|minister|prime|following|senate|congress|government|u\.s|contact|media|press|news|note
    |update|updated|statement|remarks|release
    |who|what|when|where|why|date|time|location|subject|re|from|to|q\d?|fy\d*|january|february|march|april|may
    |june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec
    |monday|tuesday|wednesday|thursday|friday|saturday|sunday|\w*wire|photo|image|video
    |caption|source|immediate
    |published|posted|issued|released|embargo\w*|as|after|since|until|between|before|during|born
    |effective|der|die|das|seit|depuis|desde|attorney|governor|district|judge|chairman|secretary
    |representative|rep|gov|case|docket|deadline|background|tomorrow|however|beginning|commencing
    |starting|opening|ending|submission|watch|read|view|listen|download|click|according|also|thank
    |en|em|im|dans|nel|nella|nos|nas|nach|bis|dal|dalla|depuis|dès|après|avant|até|hasta|w|we|ve|od|po|do
    |в|во|на|по|с|со|до|после|у|з|від|після|während|als|op|på|från|om|this|in|und|and)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_FIRMS = re.compile(
    r"\b(?:wire|corp|inc|ltd|llc|gmbh|ag|plc|group|company|university|institute|department"
    r"|association|foundation|committee|commission)\b\.?",
    re.IGNORECASE,
)
_PERSONS = re.compile(r"\b(?:Sen|Rep|Gov|Dr|Mr|Mrs|Ms|Prof|Hon)\.\s|[a-z]{2}[A-Z]")
_WEEKDAY = re.compile(
    r"[\s,]+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|MON|TUE|WED|THU|FRI|SAT|SUN)\.?$"
    r"|[\s,،]+(?:يوم )?(?:الأحد|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت)$"
    r"|[\s,]+יום \S+$",
    re.IGNORECASE,
)
_REGION_CODE = re.compile(r"^(?:[A-Z]\.){1,3}$|^[A-Z]{2,3}$")
_SURE_REGION = re.compile(r",\s*(?:[A-Z]{2}|(?:[A-Z]\.\s?){1,3}|[A-Z][a-z]{1,5}\.)$")
_LONGEST = 60
_WITHIN = 300
_ASIAN_START = 4
# "г. Москва", "À Paris, le": what stands before the name of a town.
_TOWN = re.compile(
    r"^(?:(?:г|м|гор)\.\s*(?=[А-ЯЁІЇЄҐ])|[AÀV]\s(?=[A-ZÀ-Ž][^\W\d_]+,?\s(?:le|dne)\s))"
)
_TOWN_STARTS = ("г", "м", "A ", "À ", "V ")


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place a release opens with, as written but tidy, and the date if one stands there."""

    place: str
    date: str = ""


def find_dateline(paragraph: str, lang: str = "") -> Dateline | None:
    """Return the dateline that ``paragraph``, the first of a release, opens with, or None."""
    text = paragraph[:_WITHIN]
    if text.startswith(_TOWN_STARTS):
        text = _TOWN.sub("", text)
    rest = _BEFORE.sub("", text)
    found = _opening(rest, lang) if rest != text else None
    if found and (found.date or rest[: len(found.place)].isupper()):
        return found  # "(ANSA) - ROMA, 12 SET -"
    found = _opening(text, lang)
    if found:
        return found
    date = ""
    dates = find_dates(rest, lang)
    if dates and dates[0].start < 2 and (dash := _AFTER_DATE.match(rest, dates[0].end)):
        # "April 8, 2025 - CHARLOTTE —": the date stands before the place.
        date, rest = rest[dates[0].start : dates[0].end], rest[dash.end() :]
    if rest != text and (found := _opening(rest, lang)):
        return Dateline(found.place, found.date or date)
    return _within(text, lang)


def is_sure_dateline(paragraph: str, lang: str = "") -> bool:
    """Whether a paragraph opens with a dateline that a date or a wire's sign makes sure."""
    text = paragraph[:_WITHIN]
    found = find_dateline(text, lang) if _MAY_BE_SURE.match(text) else None
    if found is None:
        return False
    if found != _opening(text, lang):
        return bool(_BEFORE.match(text))
    head = text[: len(found.place) + _LONGEST]
    placed = "," in found.place or text[: len(found.place)].isupper()
    return bool((found.date and placed) or _SIGN.search(head))


def dateline_alone(line: str, lang: str = "") -> Dateline | None:
    """Return the place and date a short line consists of (``Berlin, 12. September 2019``)."""
    dates = find_dates(line, lang) if len(line) < _LONGEST else []
    if not dates or line[dates[0].end :].strip(" .)") or not dates[0].start:
        return None
    before = line[: dates[0].start]
    match = _ALONE.fullmatch(before) or _ALONE_CODED.fullmatch(before)
    if match is None or _NOT_PLACES.match(match["place"]):
        return None
    return Dateline(tidy_place(match["place"]), line[dates[0].start : dates[0].end])


def _opening(text: str, lang: str) -> Dateline | None:
    """Match the shapes of an opening, dates being put out of the way first."""
    dates = find_dates(text, lang)
    masked = _masked(text, dates[:1], lang)
    for pattern in (_PARENTHESISED, _DATED):
        match = pattern.match(masked)
        if match and (pattern is _PARENTHESISED or _closed(match, masked)):
            date = ""
            if match["date"] == FULL and dates:
                date = text[dates[0].start : dates[0].end]
            if place := _checked(match["place"]):
                return Dateline(place, date)
    if not text[:_ASIAN_START].isascii() and (match := asian_opening(masked)):
        dated = dates and match.groupdict().get("date") == FULL
        return Dateline(match["place"], text[dates[0].start : dates[0].end] if dated else "")
    for pattern in (_UNDATED, _WIRED):
        match = pattern.match(masked)
        if match and _may_open(match, masked) and (place := _checked(match["place"])):
            return None if _is_abbreviated(match) else Dateline(place)
    return None


def _closed(match: re.Match[str], text: str) -> bool:
    """Whether a date after a place is set off from what follows."""
    if match["mark"] and match["end"].strip() == "." and text[match.end() :].lstrip()[:1].islower():
        return False  # the stop is that of "12 września 2019 r."
    return bool(match["end"].strip() or match["sign"]) or match.end() == len(text)


def _masked(text: str, dates: list[FoundDate], lang: str) -> str:
    """Put a sign in the place of the first date, full or without its year."""
    short = _short_date(lang).search(text[:_WITHIN])
    if dates and (short is None or dates[0].start <= short.start()):
        return f"{text[: dates[0].start]}{FULL}{text[dates[0].end :]}"
    if short:
        return f"{text[: short.start()]}{SHORT}{text[short.end() :]}"
    return text


@cache
def _short_date(lang: str) -> re.Pattern[str]:
    """Return the pattern of a day and a month without a year, in ``lang`` and English."""
    month = month_pattern(lang).replace("(", "(?:", 1)
    letter = r"[^\W\d_]"
    return re.compile(
        rf"(?<!\w)(?:{month}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?!\d)"
        rf"|\d{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:de\s+)?{month}(?!{letter})\.?)",
        re.IGNORECASE,
    )


def _may_open(match: re.Match[str], text: str) -> bool:
    """Whether an opening without a date is one: "Smith – a resident of" is a dash in a sentence."""
    place = match["place"].strip(" ,")
    city = place.split(",")[0]
    if _SURE_REGION.search(place) or (city.isupper() and (len(city) > 3 or city != place)):
        return True
    if not is_prose(text) or city.isupper():
        return False  # a label, a point of a list, an abbreviation
    if "," not in place and place.count(" ") > 2:
        return False  # a headline
    return not text[match.end() : match.end() + 1].islower()


def _is_abbreviated(match: re.Match[str]) -> bool:
    """Whether what stands in brackets after a name is short for it, or its ticker."""
    sign = re.search(r"\(([^()]+)\)", match[0][len(match["place"]) :])
    if sign is None:
        return False
    words = match["place"].replace(",", " ").split()
    initials = "".join(word[0] for word in words)
    short = sign[1].strip(" “”\"'")
    return ":" in short or short in words or short.upper() == initials.upper()


def _checked(place: str) -> str:
    """Return the place, tidy, or "" when it is none."""
    place = _WEEKDAY.sub("", place.strip(" ,").split("/")[0])
    place = tidy_place(place.removesuffix(" في").removesuffix(" יום").rstrip(" ،"))
    if (
        not place
        or _PERSONS.search(place)
        or len(place) > _LONGEST
        or any(char.isdigit() for char in place)
        or _NOT_PLACES.match(place)
        or _FIRMS.search(place)
        or _TWO_SENTENCES.search(place)
    ):
        return ""
    return place


def _within(text: str, lang: str) -> Dateline | None:
    """Find "(Thursday, 12 September 2019), in Sochi" in the first sentence."""
    for date in find_dates(text, lang)[:1]:
        if text[: date.start][-1:] != "(" and not _SAID_TODAY.search(text[: date.start]):
            continue  # the day of an event, past or to come
        match = _IN_PLACE.match(text, date.end)
        if match is None and text[date.end : date.end + 1] == ")":
            match = _IN_PLACE.match(text, date.end)
        if match and not _NOT_PLACES.match(match["place"]):
            place = match["place"]
            place = place[:-1] if place.count(".") == 1 else place  # the sentence's own stop
            return Dateline(tidy_place(place), text[date.start : date.end])
    return None


def tidy_place(place: str) -> str:
    """Write a place as one does: capitals only at the start of words, codes left alone."""
    place = re.sub(r",(?=\w)", ", ", tidy(place).strip(" ,:;–—-"))
    parts = place.split(", ")
    return ", ".join(_tidy_part(part, number > 0) for number, part in enumerate(parts))


def _tidy_part(part: str, region: bool) -> str:
    words = part.split(" ")
    if not any(char.islower() for char in part):
        if len(words) == 1 and (len(part) < 3 or (region and _REGION_CODE.match(part))):
            return part
        return " ".join(word if word == "DC" else _capitalised(word) for word in words)
    return " ".join(
        _capitalised(word)
        if word.isupper() and len(word.strip(",.")) > 3 and "." not in word
        else word
        for word in words
    )


def _capitalised(word: str) -> str:
    if "." in word.rstrip(".,") or len(word) < 2:
        return word
    return "-".join(part[:1] + part[1:].lower() for part in word.split("-"))
