"""The questions asked: kinds of five different queries each, the same for every engine.

The words are fixed and occur in the example archive as in the United States Senate's releases.
People, places and dates to narrow by are chosen from the corpus by how often they occur.
Standard library only, as ``flat``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import chain
from typing import Any

from bench.flat import Part


class How(StrEnum):
    """What the words of a query mean."""

    ALL = "all"
    """Every word, in any inflection."""
    ANY = "any"
    """At least one of the words."""
    MOST = "most"
    """A question: more than half of its words that mean much."""
    PHRASE = "phrase"
    """The words in this order, side by side."""
    PREFIX = "prefix"
    """Words that begin so."""
    FUZZY = "fuzzy"
    """Words that differ by one letter."""
    EVERYTHING = "everything"
    """No words: all releases, newest first."""


@dataclass(frozen=True)
class Query:
    """One query. ``first`` and ``last`` are inclusive days, ``YYYY-MM-DD`` or both empty."""

    kind: str
    how: How
    words: tuple[str, ...] = ()
    typed: str = ""
    person: str = ""
    place: str = ""
    first: str = ""
    last: str = ""
    page: int = 1

    @property
    def days(self) -> tuple[int, int]:
        """The first and last day as numbers YYYYMMDD, (0, 0) when dates are open."""
        first, last = (int(day.replace("-", "") or 0) for day in (self.first, self.last))
        return first, last

    @property
    def needed(self) -> int:
        """How many of the words a release must hold, for the kinds that count words.

        Of a question more than half: so about as many releases are found as Dateline finds, the
        thousand that hold most of its weight (72,624 Senate releases: 144 to 8,811 beside 989 to
        1,363).
        """
        if self.how is How.ANY:
            return 1
        return len(self.words) // 2 + 1 if self.how is How.MOST else len(self.words)

    def as_json(self) -> dict[str, Any]:
        """Return the query as a value for JSON; ``from_json`` takes it back."""
        return asdict(self)

    @staticmethod
    def from_json(value: dict[str, Any]) -> Query:
        """Rebuild what ``as_json`` gave."""
        return Query(**{**value, "how": How(value["how"]), "words": tuple(value["words"])})


_WORDS: list[tuple[str, How, str]] = [
    ("rare word", How.ALL, "limestone, railway, Lisbon, librarian, Estonia"),
    ("common word", How.ALL, "people, year, work, public, time"),
    (
        "two words",
        How.ALL,
        "public health, water quality, family support, new school, national security",
    ),
    (
        "three words",
        How.ALL,
        "health care children, small business workers, public safety money, "
        "clean water project, school budget year",
    ),
    (
        "OR of 2-6",
        How.ANY,
        "limestone rainfall, war peace treaty, school student teacher university, "
        "farm water drought rain flood, energy oil gas coal wind nuclear",
    ),
    (
        "phrase",
        How.PHRASE,
        "health care, united states, last week, public safety, small business",
    ),
    (
        "phrase of stop words",
        How.PHRASE,
        "no child left behind, one of the most, at the end of the, as well as the, "
        "in the last year",
    ),
    ("prefix", How.PREFIX, "secur, develop, econom, invest, nation"),
    ("one letter wrong", How.FUZZY, "veteren, budgit, irak, pensoin, markit"),
]
_QUESTIONS = [
    ("what did the minister say about the price of clean drinking water", "what did the about of"),
    ("how many children in our state will lose health insurance this year", "how in our will this"),
    ("why does the senator oppose the plan to close the military base", "why does the to"),
    ("which city will receive money to repair the roads and bridges soon", "which will to the and"),
    (
        "when will the new school building open for students and their teachers",
        "when will the for and their",
    ),
]
_NARROWED = ("water", "school", "security", "budget", "children")
KINDS = (*(kind for kind, _, _ in _WORDS), "12-word question", "date range + word")
KINDS += ("person + word", "three filters at once", "nothing typed")


def fixed_queries() -> list[Query]:
    """Return the queries that do not depend on the corpus."""
    queries = []
    for kind, how, lists in _WORDS:
        for line in lists.split(", "):
            queries.append(Query(kind, how, tuple(line.lower().split()), _typed(how, line)))
    for question, stops in _QUESTIONS:
        words = tuple(w for w in question.split() if w not in stops.split())
        queries.append(Query("12-word question", How.MOST, words, question))
    queries += [Query("nothing typed", How.EVERYTHING, page=page) for page in range(1, 6)]
    return queries


def _typed(how: How, line: str) -> str:
    """Return a line of words as a reader of Dateline types it."""
    shapes = {How.PHRASE: f'"{line}"', How.PREFIX: f"{line}*", How.FUZZY: f"{line}~1"}
    return " OR ".join(line.split()) if how is How.ANY else shapes.get(how, line)


def queries_for(part: Part) -> list[Query]:
    """Return five queries of every kind, those that narrow chosen from the corpus."""
    days: Counter[str] = Counter()
    people: Counter[str] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    for release in part._replace(copies=1).read():
        people.update(release.people)
        together.update((p, where) for p in release.people[:5] for where in release.places[:5])
        if len(release.date) == 10:
            days[release.date] += 1
    ordered = sorted(days.elements())
    periods = [_period(ordered, start) for start in (0.1, 0.25, 0.4, 0.55, 0.7)]
    names = [name for name, _ in people.most_common(20)]
    pairs = [pair for pair, _ in together.most_common(50)]
    queries = fixed_queries()
    for number, word in enumerate(_NARROWED):
        first, last = periods[number]
        person, place = pairs[number * 9 % len(pairs)]
        alone = names[number * 4 % len(names)]
        narrowed: dict[str, dict[str, Any]] = {
            "date range + word": {"first": first, "last": last},
            "person + word": {"person": alone},
            "three filters at once": {
                "person": person,
                "place": place,
                "first": _period(ordered, 0.1)[0],
                "last": periods[number][1],
            },
        }
        queries += [Query(k, How.ALL, (word,), word, **f) for k, f in narrowed.items()]
    return sorted(queries, key=lambda query: KINDS.index(query.kind))


def _period(days: list[str], start: float) -> tuple[str, str]:
    """Return the first and last day of the fifth of all releases that begins at ``start``."""
    if not days:
        return "1900-01-01", "2100-01-01"
    last = len(days) - 1
    return days[int(last * start)], days[int(last * (start + 0.2))]


def mixed(queries: list[Query]) -> list[Query]:
    """Return the queries with the kinds taking turns, so that drifts of the machine hit all."""
    kinds = [[query for query in queries if query.kind == kind] for kind in KINDS]
    return list(chain.from_iterable(zip(*kinds, strict=True)))
