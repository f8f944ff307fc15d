"""The names of the months in the languages Unicode's CLDR knows, through Babel."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

_ENGLISH = "january february march april may june july august september october november december"
_SERBIAN = (
    "januara februara marta aprila maja juna jula avgusta septembra oktobra novembra decembra"
)
# Forms in use that CLDR has not: the genitive of dates where it gives the nominative alone,
# the case of "in July", and the three letters of the wires.
_FURTHER = {
    "sl": (
        "januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra "
        "decembra",
        "januarju februarju marcu aprilu maju juniju juliju avgustu septembru oktobru novembru "
        "decembru",
    ),
    "sr": (
        _SERBIAN,
        "јануара фебруара марта априла маја јуна јула августа септембра октобра новембра децембра",
    ),
    "bs": (_SERBIAN,),
    "hr": (
        "siječnju veljači ožujku travnju svibnju lipnju srpnju kolovozu rujnu listopadu studenom "
        "prosincu",
    ),
    "pl": (
        "styczniu lutym marcu kwietniu maju czerwcu lipcu sierpniu wrześniu październiku "
        "listopadzie grudniu",
    ),
    "cs": ("lednu únoru březnu dubnu květnu červnu červenci srpnu září říjnu listopadu prosinci",),
    "sk": (
        "januári februári marci apríli máji júni júli auguste septembri októbri novembri decembri",
    ),
    "ru": (
        "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре",
        "янв фев мар апр май июн июл авг сен окт ноя дек",
    ),
    "uk": (
        "січні лютому березні квітні травні червні липні серпні вересні жовтні листопаді грудні",
    ),
    "be": (
        "студзені лютым сакавіку красавіку маі чэрвені ліпені жніўні верасні кастрычніку "
        "лістападзе снежні",
    ),
    "lv": (
        "janvārī februārī martā aprīlī maijā jūnijā jūlijā augustā septembrī oktobrī novembrī "
        "decembrī",
    ),
}
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
        for row in _FURTHER.get(lang, ()):
            for number, name in enumerate(row.split(), 1):
                names.setdefault(name, number)
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
