"""Whether what stands before a name says that something is there, in the release's language."""

from __future__ import annotations

import re
from functools import cache

from index.entities.word_lists import lines

_PREPOSITION = re.compile(
    r"(?:^|\s|[(“\"])(?:in|at|from|near|to|of|around|outside|across|through|throughout|toward|towards|"
    r"into|via|visit|visited|visits|visiting|leaving|between|within|inside|over|against|with)"
    r"(?: the| northern| southern| eastern| western| central| downtown)? $",
    re.IGNORECASE,
)
_LOCATIVE = re.compile(
    r"(?:^|\s|[(“\"])(?:in|at|near|outside|around|across|throughout|into|via|visit|visited|visiting)"
    r"(?: northern| southern| eastern| western| central| downtown)? $",
    re.IGNORECASE,
)
_TURKISH_CASE = re.compile(r"['’](?:[dt][ae]n?|y?[ae]|n[ae]|nd[ae]n?)\b")


def is_located(lang: str, before: str, *, certain: bool) -> bool:
    """Whether the text before a name ends with a preposition of place.

    ``certain`` asks for one that does not stand before people as often: "in", but not "from".
    """
    patterns = _patterns().get(lang, (_LOCATIVE, _PREPOSITION))
    return bool(patterns[0 if certain else 1].search(before))


def in_local_case(lang: str, after: str) -> bool:
    """Whether the ending that follows a name says so: "Ankara'da", "Konya’dan"."""
    return lang == "tr" and _TURKISH_CASE.match(after) is not None


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    found = {}
    for line in lines("prepositions.txt"):
        lang, strong, others = (part.strip() for part in line.split("|"))
        found[lang] = (_any_of(strong.split()), _any_of([*strong.split(), *others.split()]))
    return found


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s(“„«\"])(?:{'|'.join(words)}) $", re.IGNORECASE)
