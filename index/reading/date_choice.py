"""Choosing a release's date from clues that may contradict each other.

Every clue votes for the dates its text can mean, with its weight; clues that agree add up, and
a clue known to the month or the year supports the days within it. Weights express how often
such evidence tells the day of publication: what an editor wrote into a field outweighs what a
template printed, which outweighs what can be read off an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.model import ReleaseDate
from index.reading.dates import checked_date, whole_date
from index.reading.draft import DateClue

FIELD = 100.0
METADATA = 5.0
TIME_ELEMENT = 4.0
VISIBLE = 5.5
DATELINE = 3.5
URL = 3.0
PATH = 2.0
WEAK = 3.6
EMBARGO = 2.5
_SLIGHT = 0.01

_Vote = tuple[tuple[str, ...], DateClue]

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ADDRESS_DATES = (
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[-_/.](?P<m>\d\d?)[-_/.](?P<d>\d\d?)(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[-_/]?(?P<m>[01]\d)[-_/]?(?P<d>[0-3]\d)(?!\d)"),
    re.compile(
        r"(?<!\d)(?P<d>\d\d?)[-_/. ]?(?P<n>[a-z]{3})[a-z]{0,6}[-_/. ]?(?P<y>(?:19|20)\d\d)(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![a-z])(?P<n>[a-z]{3})[a-z]{0,6}[-_ ]?(?P<d>\d\d?)[-_, ]{1,2}"
        r"(?P<y>(?:19|20)\d\d)(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(r"(?<!\d)(?P<d>[0-3]?\d)[-_.](?P<m>[01]?\d)[-_.](?P<y>(?:19|20)\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[-_/](?P<m>[01]\d)(?=[-_/]|$)"),
    re.compile(r"(?:^|/)(?P<y>(?:19|20)\d\d)(?=/)"),
)


def address_date(address: str) -> str:
    """Return the date that a URL or a path holds (``/2019/09/12/``, ``02Feb2005``), or ""."""
    for pattern in _ADDRESS_DATES:
        for match in pattern.finditer(address):
            part = match.groupdict()
            name = (part.get("n") or "").lower()
            if name and name not in _MONTHS:
                continue
            month = _MONTHS.index(name) + 1 if name else int(part.get("m") or 0)
            value = checked_date(int(part["y"]), month, int(part.get("d") or 0))
            if value:
                return value
    return ""


def choose_date(clues: Iterable[DateClue], lang: str, region: str = "") -> ReleaseDate | None:
    """Return the date most of the evidence speaks for, or None when there is none.

    ``lang`` names the language of month names. ``region`` (``US``, ``GB`` ...) settles whether
    05/09/2019 has the month first. When nothing does, only the year is taken from such a date:
    a wrong day would be an invention.
    """
    votes = [(_values(clue, lang), clue) for clue in clues]
    votes = _settled([(values, clue) for values, clue in votes if values], lang, region)
    scores: dict[str, float] = {}
    for values, _ in votes:
        for value in values:
            scores[value] = 0.0
    for value in scores:
        for values, clue in votes:
            if value in values or any(value.startswith(wider) for wider in values):
                scores[value] += clue.weight
    if not scores:
        return None
    best = max(scores, key=lambda value: scores[value] + _SLIGHT * len(value))
    source = max((clue for values, clue in votes if best in values), key=lambda clue: clue.weight)
    values = next(values for values, clue in votes if clue is source)
    if len(values) > 1 and len({scores[value] for value in values}) == 1:
        return ReleaseDate(best[:4], source.source)
    return ReleaseDate(best, source.source)


def _values(clue: DateClue, lang: str) -> tuple[str, ...]:
    """Return the values a clue can mean: two where day and month cannot be told apart."""
    found = whole_date(clue.text, lang)
    return found.values if found else ()


def _settled(votes: list[_Vote], lang: str, region: str) -> list[_Vote]:
    """Leave the unlikely order out of dates whose day and month cannot be told apart.

    Other evidence that names one of the two days settles it before language and country do.
    """
    sure = {values[0] for values, _ in votes if len(values) == 1}
    settled: list[_Vote] = []
    for values, clue in votes:
        named = tuple(value for value in values if value in sure)
        if len(values) == 2 and len(named) == 1:
            values = named
        elif len(values) == 2 and region in _MONTH_FIRST:
            values = values[:1]
        elif len(values) == 2 and (region or lang not in ("en", "")):
            values = values[1:]
        settled.append((values, clue))
    return settled


# Telephone numbers and postal addresses as the United States write them; Canada shares the former.
_AMERICAN = re.compile(
    r"(?<![\d+])\(?\d{3}\)?[-. /]\s?\d{3}[-.]\d{4}(?!\d)"
    r"|\b(?:A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]"
    r"|T[NX]|UT|V[AT]|W[AIVY])\.?\s+\d{5}(?:-\d{4})?\b"
)
_BRITISH = re.compile(r"\+44[\s(]|\b[A-Z]{1,2}\d[\dA-Z]?\s\d[A-Z]{2}\b")
# What every American, every British one holds: looked for first, at a tenth of the cost.
_MAYBE_AMERICAN = re.compile(r"\d(?:\d{4}|\d\d[-.]\d{4})")
_MAYBE_BRITISH = re.compile(r"\+44|\d[A-Z]{2}")
_MONTH_FIRST = ("US", "PH", "PR", "GU", "VI", "AS")


def region_of(lang_tag: str, url: str, dates: Iterable[str], text: str) -> str:
    """Return the country by whose customs numeric dates are written, or "" when unknown.

    Evidence, in this order: an unambiguous numeric date among ``dates`` (``US`` standing for the
    month first, ``GB`` for the day first), the country in the language tag, the top-level domain,
    American or British telephone numbers and postal addresses in ``text``.
    """
    for date in dates:
        if "/19" not in date and "/20" not in date:
            continue
        for match in re.finditer(r"(?<!\d)(\d{1,2})/(\d{1,2})/(?:19|20)\d\d", date):
            first, second = int(match[1]), int(match[2])
            if first > 12 >= second:
                return "GB"
            if second > 12 >= first:
                return "US"
    if tag := re.search(r"[-_]([A-Za-z]{2})$", lang_tag.strip()):
        return tag[1].upper()
    host = re.sub(r"^[a-z]+://", "", url.lower()).split("/")[0].split(":")[0]
    domain = host.rsplit(".", 1)[-1] if "." in host else ""
    if domain in ("gov", "mil", "us"):
        return "US"
    if len(domain) == 2 and domain not in ("eu", "io", "tv", "me", "co", "ai"):
        return domain.upper()
    if _MAYBE_AMERICAN.search(text) and _AMERICAN.search(text):
        return "US"
    return "GB" if _MAYBE_BRITISH.search(text) and _BRITISH.search(text) else ""
