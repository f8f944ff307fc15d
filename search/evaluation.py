"""How well a site ranks: an operator's own queries with the releases that answer them.

nDCG as Järvelin and Kekäläinen ("Cumulated gain-based evaluation of IR techniques", 2002) with the
grade as the gain; MAP and recall count every grade above 0 alike. A query that finds nothing counts
as 0 in all of them.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import DatelineError

DEPTH = 100
"""Results of a query that are looked at."""
CUT = 10
"""Results that nDCG and the reciprocal rank look at."""
_COLUMNS = ("query", "release", "grade")

Grades = dict[str, float]
"""Releases that answer a query (an id, path, address or title) and how well: above 0."""
Search = Callable[[str], Sequence[frozenset[str]]]
"""Gives the results for a text, best first, each as all that it is called."""


class JudgmentsError(DatelineError):
    """The judgments cannot be used."""


@dataclass(frozen=True, slots=True)
class QueryScore:
    """What the results of one query are worth, each from 0 to 1. ``first``: rank of the first
    release that answers, 0 when none of those looked at does.
    """  # noqa: D205

    query: str
    ndcg: float
    average_precision: float
    recall: float
    first: int


def read_judgments(path: Path, queries: Path | None = None) -> dict[str, Grades]:
    """Return queries with the releases that answer them.

    A table (``.csv``) has the columns ``query``, ``release`` and, when not all are alike,
    ``grade``. Anything else is TREC qrels, ``number 0 release grade``, and ``queries`` is a file
    of lines ``number<TAB>query``. Raises JudgmentsError.
    """
    try:
        text = path.read_text("utf-8-sig")
        topics = queries.read_text("utf-8-sig") if queries else ""
    except (OSError, UnicodeDecodeError) as error:
        raise JudgmentsError(f"cannot be read: {error}", where=str(path)) from error
    if path.suffix.lower() == ".csv":
        found = _from_table(text, str(path))
    else:
        found = _from_qrels(text, _topics(topics, str(queries or path)), str(path))
    if not found:
        raise JudgmentsError("no release is said to answer any query", where=str(path))
    return found


def evaluate(judged: Mapping[str, Grades], search: Search) -> list[QueryScore]:
    """Return the score of each query."""
    return [score_of(query, grades, search(query)) for query, grades in judged.items()]


def score_of(query: str, grades: Grades, results: Sequence[frozenset[str]]) -> QueryScore:
    """Return the score of one query whose results are given, best first."""
    left = dict(grades)
    gains: list[float] = []
    for result in results:
        names = [name for name in left if name in result]
        gains.append(max((left.pop(name) for name in names), default=0.0))
    hits = [rank for rank, gain in enumerate(gains, 1) if gain]
    ideal = sorted(grades.values(), reverse=True)
    precisions = [number / rank for number, rank in enumerate(hits, 1)]
    return QueryScore(
        query,
        _gain(gains[:CUT]) / _gain(ideal[:CUT]),
        sum(precisions) / len(grades),
        len(hits) / len(grades),
        hits[0] if hits else 0,
    )


def means(scores: Sequence[QueryScore]) -> dict[str, float]:
    """Return the figures of all queries together, by name."""
    count = len(scores)
    return {
        "ndcg_10": sum(score.ndcg for score in scores) / count,
        "map": sum(score.average_precision for score in scores) / count,
        "recall_100": sum(score.recall for score in scores) / count,
        "reciprocal_rank_10": sum(1 / s.first for s in scores if 0 < s.first <= CUT) / count,
        "first": sum(score.first == 1 for score in scores) / count,
    }


def _gain(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


def _from_table(text: str, where: str) -> dict[str, Grades]:
    rows = csv.DictReader(text.splitlines())
    names = {(name or "").strip().lower(): name for name in rows.fieldnames or ()}
    for column in _COLUMNS[:2]:
        if column not in names:
            raise JudgmentsError(
                f"there is no column {column!r}",
                where=where,
                hint=f"the first line names the columns: {','.join(_COLUMNS)}",
            )
    found: dict[str, Grades] = {}
    for row in rows:
        query, release = ((row[names[column]] or "").strip() for column in _COLUMNS[:2])
        typed = (row[names["grade"]] or "").strip() if "grade" in names else ""
        if query and release:
            grade = _grade(typed or "1", f"{where}, line {rows.line_num}")
            if grade > 0:
                found.setdefault(query, {})[release] = grade
    return found


def _from_qrels(text: str, topics: Mapping[str, str], where: str) -> dict[str, Grades]:
    found: dict[str, Grades] = {}
    for number, line in enumerate(text.splitlines(), 1):
        parts = line.split()
        if not parts:
            continue
        at = f"{where}, line {number}"
        # A path may hold blanks: the first two and the last are the other fields.
        if len(parts) < 4:
            raise JudgmentsError(
                "four fields are wanted",
                where=at,
                hint="a line of TREC qrels is: number 0 release grade; or name a .csv file",
            )
        if parts[0] not in topics:
            raise JudgmentsError(
                f"query {parts[0]!r} has no text", where=at, hint="name its file with --queries"
            )
        grade = _grade(parts[-1], at)
        if grade > 0:
            found.setdefault(topics[parts[0]], {})[" ".join(parts[2:-1])] = grade
    return found


def _topics(text: str, where: str) -> dict[str, str]:
    topics: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        name, tab, query = line.partition("\t")
        if line.strip() and not (tab and query.strip()):
            raise JudgmentsError(
                "a line of queries is: number, tab, query", where=f"{where}, line {number}"
            )
        topics[name.strip()] = query.strip()
    return topics


def _grade(typed: str, where: str) -> float:
    try:
        grade = float(typed)
    except ValueError:
        grade = math.nan
    if not math.isfinite(grade):
        raise JudgmentsError(f"{typed!r} is not a grade", where=where, hint="write a number")
    return grade
