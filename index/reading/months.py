"""The names of the months in the languages Unicode's CLDR knows, through Babel."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

_ENGLISH = "january february march april may june july august september october november december"
# CLDR has the nominative alone, dates the genitive.
_SLOVENE = (
    "januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra"
)
# Arabic has three sets of month names in use, which CLDR keeps under the countries.
_VARIANTS = {"ar": ("ar", "ar_SY", "ar_MA", "ar_DZ"), "no": ("nb",), "tl": ("fil",)}
_WIDTHS = ("wide", "abbreviated")


@cache
def month_numbers(lang: str) -> Mapping[str, int]:
    """Return month names of ``lang`` and of English, case folded without dots, as 1 to 12.

    An unknown language gives the English names alone. Loaded once for each language.
    """
    names: dict[str, int] = {}
    for number, name in enumerate(_ENGLISH.split(), 1):
        names |= {name: number, name[:3]: number}
    names |= {"sept": 9, "june": 6, "july": 7}
    if lang and lang != "en":
        for locale in _VARIANTS.get(lang, (lang,)):
            for name, number in _cldr_names(locale):
                names.setdefault(month_key(name), number)
        if lang == "sl":
            names |= {name: number for number, name in enumerate(_SLOVENE.split(), 1)}
    return names


@cache
def month_pattern(lang: str) -> str:
    """Return a regular expression (one group, no flags) for the names of ``month_numbers``."""
    names = sorted(month_numbers(lang), key=len, reverse=True)
    return "(" + "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names) + ")"


def month_key(name: str) -> str:
    """Reduce a month's name as written to the form ``month_numbers`` is keyed by."""
    return " ".join(name.casefold().split()).rstrip(".׳'")


def _cldr_names(locale: str) -> list[tuple[str, int]]:
    # Imported here: it is needed for releases in other languages only. The raw locale data are
    # used because Babel resolves an aliased stand-alone form to the locale loaded before.
    from babel import localedata

    if not re.fullmatch(r"[a-z]{2,3}(_[A-Z]{2})?", locale) or not localedata.exists(locale):
        return []
    found: list[tuple[str, int]] = []
    months = localedata.load(locale)["months"]
    for context in ("format", "stand-alone"):
        for width in _WIDTHS:
            names = months.get(context, {}).get(width)
            names = names[1] if isinstance(names, tuple) else names
            if isinstance(names, dict):
                # "9月" and the like are numbers, which the numeric patterns read.
                found += [(n, k) for k, n in names.items() if not any(c.isdigit() for c in n)]
    return [(name, number) for name, number in found if len(name) > 1]
