"""Countries by their names in the release's own language, in scripts without capitals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from index.entities.gazetteer import country_names
from index.entities.segments import Segment
from index.entities.spots import Spans, Spot

# One-letter words written together with the next: and, in, to, from, the, as.
PREFIXES = {"he": "[ושהבכלמ]{0,2}", "ar": "[وفبكل]{0,2}", "fa": "", "ur": ""}
# "Nueva Jersey" is not Jersey.
_WORD_BEFORE = re.compile(r"(\w{4,}) $")
# Their words are not set apart by spaces.
_UNSPACED = frozenset({"zh", "ja", "th", "km", "lo", "my"})


def foreign_spots(lang: str, segments: Sequence[Segment], known: Sequence[Spot]) -> list[Spot]:
    """Names of countries in ``lang`` that stand as whole words and were not found before."""
    code = lang.split("-")[0].split("_")[0].lower()
    if code in ("", "en"):
        return []
    pattern = _pattern(code)
    if pattern is None:
        return []
    names = country_names(code)
    taken = Spans((spot.start, spot.end) for spot in known)
    spots = []
    for segment in segments:
        for match in pattern.finditer(segment.text):
            start, end = (segment.start + offset for offset in match.span("name"))
            before = segment.text[max(0, match.start("name") - 24) : match.start("name")]
            if not taken.overlap(start, end) and not _part_of_longer(before):
                spots.append(Spot(names[match["name"]], start, end, "country name", True))
    return spots


def _part_of_longer(before: str) -> bool:
    found = _WORD_BEFORE.search(before)
    return found is not None and found.group(1)[0].isupper()


@cache
def _pattern(lang: str) -> re.Pattern[str] | None:
    names = sorted(country_names(lang), key=len, reverse=True)
    if not names:
        return None
    any_name = "|".join(re.escape(name) for name in names)
    if lang in _UNSPACED:
        return re.compile(f"(?P<name>{any_name})")
    # Names inside longer words are no names; vowel signs and joiners are no letters to ``re``.
    return re.compile(rf"(?<!\w){PREFIXES.get(lang, '')}(?P<name>{any_name})(?!\w)")
