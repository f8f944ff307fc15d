"""Scoring what was read against what a person says stands on the page. Pure.

Measures: token F1 of the body (the harmonic mean of precision and recall over bags of tokens),
the title up to case, punctuation and spaces, the date and the place to the letter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from index.model import BlockKind, Release
from index.reading.characters import same_text, tidy

RIGHT, WRONG, MISSED, INVENTED = "right", "wrong", "missed", "invented"
"""What becomes of a value: INVENTED is one found where the page has none."""
_NONE = "rightly none"

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
# Scripts that write no spaces between words are compared by character.
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")


@dataclass(frozen=True, slots=True)
class Gold:
    """What a page holds, by a person's eye. None: not judged; "": the page has none.

    ``date`` is ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``; ``place`` that of the dateline.
    """

    file: str
    body: str | None = None
    title: str | None = None
    date: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class PageScore:
    """How one page was read. Values not judged are None; ``notes`` say what differs."""

    file: str
    precision: float | None = None
    recall: float | None = None
    title: bool | None = None
    date: str | None = None
    place: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def f1(self) -> float | None:
        """The token F1 of the body."""
        if self.precision is None or self.recall is None:
            return None
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def badness(self) -> float:
        """How far the page is from right: what is missing to each judged value, added up."""
        lost = 1.0 - self.f1 if self.f1 is not None else 0.0
        lost += self.title is False
        good = (None, RIGHT, _NONE)
        return lost + sum(value not in good for value in (self.date, self.place))


def tokens(text: str) -> Counter[str]:
    """Count the tokens of a text: words without case, characters of scripts without spaces."""
    return Counter(_TOKEN.findall(text.casefold()))


def score_page(gold: Gold, release: Release | None) -> PageScore:
    """Compare a release with its gold; None stands for a page that could not be read."""
    notes: list[str] = []
    precision = recall = None
    if gold.body is not None:
        precision, recall = _overlap(gold.body, _body(release, gold.body) if release else "")
    title = None
    if gold.title is not None:
        found = release.title if release else ""
        title = same_text(found) == same_text(gold.title)
        if not title:
            notes.append(f"title {found!r} for {tidy(gold.title)!r}")
    date = place = None
    if gold.date is not None:
        found = release.date.value if release and release.date else ""
        date = _outcome(gold.date, found, gold.date == found)
        if date not in (RIGHT, _NONE):
            notes.append(f"date {found or 'none'} for {gold.date or 'none'}")
    if gold.place is not None:
        found = release.dateline if release else ""
        place = _outcome(gold.place, found, _same_place(gold.place, found))
        if place not in (RIGHT, _NONE):
            notes.append(f"place {found or 'none'!r} for {gold.place or 'none'!r}")
    if release is None:
        notes = ["it could not be read"]
    return PageScore(gold.file, precision, recall, title, date, place, tuple(notes))


def figures(scores: Sequence[PageScore]) -> dict[str, float]:
    """Sum scores up as means and shares from 0 to 1; a measure nobody judged is left out.

    ``date`` and ``place`` are shares of the pages that have one, ``date_invented`` and
    ``place_invented`` of those that have none.
    """
    found: dict[str, float] = {"pages": float(len(scores))}
    _add_mean(found, "body_f1", [score.f1 for score in scores])
    _add_mean(found, "body_precision", [score.precision for score in scores])
    _add_mean(found, "body_recall", [score.recall for score in scores])
    _add_mean(found, "title", [score.title for score in scores])
    for name in ("date", "place"):
        outcomes = [value for score in scores if (value := getattr(score, name))]
        there = [value for value in outcomes if value not in (INVENTED, _NONE)]
        absent = [value for value in outcomes if value in (INVENTED, _NONE)]
        _add_mean(found, name, [value == RIGHT for value in there])
        _add_mean(found, f"{name}_wrong", [value == WRONG for value in there])
        _add_mean(found, f"{name}_missed", [value == MISSED for value in there])
        _add_mean(found, f"{name}_invented", [value == INVENTED for value in absent])
    return found


def worst(scores: Sequence[PageScore], count: int) -> list[PageScore]:
    """Return the pages read worst, at most ``count``, the worst first; right ones are none."""
    bad = [score for score in scores if score.badness > 0.02]
    return sorted(bad, key=lambda score: (-score.badness, score.file))[:count]


def _add_mean(into: dict[str, float], name: str, values: Sequence[float | bool | None]) -> None:
    judged = [float(value) for value in values if value is not None]
    if judged:
        into[name] = fmean(judged)


def _outcome(gold: str, found: str, same: bool) -> str:
    if not gold:
        return INVENTED if found else _NONE
    if not found:
        return MISSED
    return RIGHT if same else WRONG


def _same_place(gold: str, found: str) -> bool:
    """Whether two places are the same as far as both say: "Sochi" and "Sochi, Russia" are."""
    parts = [[same_text(part) for part in place.split(",")] for place in (gold, found)]
    return all(this == that for this, that in zip(*parts, strict=False))


def _body(release: Release, gold: str) -> str:
    """Return the text of all blocks but the title; the summary counts where the gold has it."""
    body = same_text(gold)
    return "\n".join(
        block.text
        for block in release.blocks
        if block.kind is not BlockKind.TITLE
        and (block.kind is not BlockKind.SUMMARY or same_text(block.text) in body)
    )


def _overlap(gold: str, found: str) -> tuple[float, float]:
    """Return precision and recall over the tokens; a text rightly empty has both."""
    theirs, ours = tokens(gold), tokens(found)
    shared = (theirs & ours).total()
    precision = shared / ours.total() if ours else float(not theirs)
    recall = shared / theirs.total() if theirs else float(not ours)
    return precision, recall
