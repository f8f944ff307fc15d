"""Wording over time: how often phrases are used, by year or month, and when first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from search.engine import Engine
from search.parser import parse_query
from search.query import Everything
from search.request import Sort, clean_text, make_request

MAX_PHRASES = 5
MAX_PERIODS = 600


@dataclass(frozen=True, slots=True)
class FirstUse:
    """The earliest dated release that has a phrase."""

    id: str
    title: str
    date: str


@dataclass(frozen=True, slots=True)
class Series:
    """One phrase over time. ``query`` is what finds its releases in a search.

    ``counts`` are releases in each period, ``rates`` the same for 1,000 releases of the period;
    both as many as there are periods. ``total`` counts undated releases too.
    """

    phrase: str
    query: str
    total: int
    counts: tuple[int, ...]
    rates: tuple[float, ...]
    first: FirstUse | None


@dataclass(frozen=True, slots=True)
class Wording:
    """Phrases side by side over the same periods. ``releases`` are those of each period."""

    by_month: bool
    periods: tuple[str, ...]
    releases: tuple[int, ...]
    series: tuple[Series, ...]


def compare_wording(engine: Engine, phrases: Sequence[str], *, by_month: bool) -> Wording:
    """Count the releases of each period that have each phrase verbatim.

    A phrase with quotation marks or a field of its own is taken as a query as it stands. Releases
    known only by their year are in no month. Up to ``MAX_PHRASES`` phrases and the last
    ``MAX_PERIODS`` periods.
    """
    cleaned = dict.fromkeys(" ".join(clean_text(phrase).split()) for phrase in phrases)
    wanted = [phrase for phrase in cleaned if phrase][:MAX_PHRASES]
    digits = 7 if by_month else 4
    releases = dict(engine.spread(Everything(), digits))
    periods = _without_gaps(sorted(releases), by_month)[-MAX_PERIODS:]
    of = tuple(releases.get(period, 0) for period in periods)
    return Wording(
        by_month, tuple(periods), of, tuple(_series(engine, p, periods, of) for p in wanted)
    )


def _series(engine: Engine, phrase: str, periods: Sequence[str], of: Sequence[int]) -> Series:
    text = phrase_query(phrase)
    query = parse_query(text).query
    found = dict(engine.spread(query, len(periods[0]) if periods else 4))
    counts = tuple(found.get(period, 0) for period in periods)
    rates = tuple(1_000 * n / total if total else 0.0 for n, total in zip(counts, of, strict=True))
    oldest = make_request(sort=Sort.OLDEST, per_page=1)
    answer = engine.search(oldest, query)
    earliest = engine.search(replace(oldest, every_version=True), query)
    first = next((stored for stored, _ in earliest.hits if stored.date), None)
    use = FirstUse(first.id, first.title, first.date) if first else None
    return Series(phrase, text, answer.total, counts, rates, use)


def phrase_query(phrase: str) -> str:
    """Return the query for a phrase verbatim; one with quotation marks is a query already."""
    return phrase if '"' in phrase else f'"{phrase}"'


def _without_gaps(periods: Sequence[str], by_month: bool) -> list[str]:
    """Return all periods from the first to the last."""
    if not periods:
        return []
    if not by_month:
        return [f"{year:04d}" for year in range(int(periods[0]), int(periods[-1]) + 1)]
    first, last = (int(p[:4]) * 12 + int(p[5:]) - 1 for p in (periods[0], periods[-1]))
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(first, last + 1)]
