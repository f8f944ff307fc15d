"""Why a release is among the results, as a reader is told: what matched, where, how much of it."""

from __future__ import annotations

from dataclasses import dataclass

from search.request import FoundWord, Hit

SHOWN = 6
"""Reasons told of one result; what is left is told together."""
_NAMES = {
    "where the words stand": "In the headline or the summary",
    "words together": "Your words side by side",
    "best passage": "Its best passage",
    "the headline": "A headline like what you typed",
    "newness": "How new it is",
}
_LIKE = "what the best are about: "
_FACETS = {
    "person": "It names",
    "place": "It is about",
    "date": "It is of",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: what matched (``words``: as typed), where, and its share of the whole in percent.

    ``share`` is below zero where it counts against the release.
    """

    label: str
    where: str
    share: int
    typed: bool = False


def reasons(hit: Hit) -> list[Reason]:
    """Return why a release is among the results, what counts most first.

    Without a score (results by date, or nothing typed) there are only the places of the words.
    """
    places = {found.words: found for found in hit.found}
    whole = sum(adds for _, adds in hit.explanation if adds > 0)
    told: list[Reason] = []
    for name, adds in sorted(hit.explanation, key=lambda part: -part[1]):
        share = round(100 * adds / whole) if whole else 0
        typed = name.removeprefix("word: ")
        if typed != name:
            told.append(Reason(typed, _where(places.pop(typed, None)), share, True))
        elif share:
            told.append(_other(name, share))
    told += [
        Reason(found.words, _where(found), 0, True) for found in places.values() if any(found[1:])
    ]
    if len(told) > SHOWN:
        rest = sum(reason.share for reason in told[SHOWN:])
        told = [*told[:SHOWN], Reason("Everything else", "", rest)]
    return told


def _other(name: str, share: int) -> Reason:
    if name == "where the words stand" and share < 0:
        return Reason("In boilerplate or contacts", "", share)
    if name.startswith(_LIKE):
        return Reason("Like the other best results", "", share)
    facet, colon, value = name.partition(": ")
    if colon and facet in _FACETS:
        return Reason(_FACETS[facet], value, share)
    if name.startswith("spelt "):
        return Reason(name.removeprefix("spelt "), "as it is usually spelt", share, True)
    return Reason(_NAMES.get(name, name.capitalize()), "", share)


def _where(found: FoundWord | None) -> str:
    """Return where a word stands: ``in the headline, 3 times in the text``."""
    if found is None:
        return ""
    places = ["in the headline"] if found.title else []
    counts = (found.text, "in the text"), (found.boilerplate, "in boilerplate")
    for count, place in (*counts, (found.said, "in what they say")):
        if count:
            places.append(f"{'once' if count == 1 else f'{count:,} times'} {place}")
    return ", ".join(places)
