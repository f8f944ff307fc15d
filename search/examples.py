"""Examples of every kind of query that find something in the archive at hand.

Two words that often stand side by side in its newest releases are the stuff of most of them. An
example that finds nothing is not given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from index.analysis import STOP_WORDS, is_code, tokenize
from index.model import BlockKind
from search.engine import Engine
from search.stored import StoredRelease

_READ = 60
"""Releases the examples are made from."""
_TRIED = 6
"""Pairs of words that are tried."""
_SHORTEST = 5
_LEFT_OUT = (BlockKind.CONTACT, BlockKind.BOILERPLATE)

Count = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Example:
    """A query and the number of releases it finds."""

    query: str
    total: int


def examples_of(engine: Engine, person: str, place: str, count: Count) -> dict[str, Example]:
    """Return an example for each kind of query the archive has one for.

    ``person`` and ``place`` are frequent ones, or empty; ``count`` counts what a query finds.
    """
    releases = [engine.release(one.id) for one in engine.listing(0, _READ)]
    read = [release for release in releases if release is not None]
    found: dict[str, Example] = {}
    for kind, queries in _candidates(read, person, place, engine.date_span()[1][:4]).items():
        for query in queries:
            total = count(query)
            if total:
                found[kind] = Example(query, total)
                break
    return found


def _candidates(
    releases: Sequence[StoredRelease], person: str, place: str, year: str
) -> dict[str, list[str]]:
    """Return for each kind of query what may be an example, the likeliest first."""
    pairs = _pairs(releases)
    names = {
        "person": [f'person:"{person}"'] * bool(person),
        "place": [f'place:"{place}"'] * bool(place),
    }
    dates = {
        "date": [f"date:{year}"] * bool(year),
        "after": [f"after:{year}-01"] * bool(year),
        "before": [f"before:{year}"] * bool(year),
    }
    others = [word for pair in pairs[1:] for word in pair]
    codes = {"code": list(islice(_codes(releases), _TRIED))}
    titles = {"title": [f"title:{word}" for word in _title_words(releases)]}
    made: dict[str, list[str]] = {}
    for one, two in pairs[:_TRIED]:
        third = next((word for word in others if word not in (one, two)), "")
        longer = max(one, two, key=len)
        for kind, query in _of_pair(one, two, third, longer):
            made.setdefault(kind, []).append(query)
    return {**made, **codes, **titles, **names, **dates}


def _of_pair(one: str, two: str, third: str, longer: str) -> Iterator[tuple[str, str]]:
    middle = len(longer) // 2
    yield "words", f"{one} {two}"
    yield "phrase", f'"{one} {two}"'
    yield "open_phrase", f'"{one[:-2]}* {two}"'
    yield "any_word", f'"{one} * {two}"'
    yield "and", f"{one} AND {two}"
    yield "prefix", f"{longer[: max(4, len(longer) - 3)]}*"
    yield "letter", f"{longer[:middle]}?{longer[middle + 1 :]}"
    yield "fuzzy", f"{longer[:middle]}{longer[middle + 1 :]}~1"
    yield "near", f"{one} /5 {two}"
    yield "near_sentence", f"{one} /s {two}"
    if third:
        yield "or", f"{one} OR {third}"
        yield "not", f"{one} NOT {third}"
        yield "minus", f'{one} -"{third}"'
        yield "group", f"({one} OR {third}) {two}"
        yield "near_phrase", f'"{one} {two}" /p {third}'
        yield "near_any", f"({two} OR {third}) /20 {one}"


def _pairs(releases: Sequence[StoredRelease]) -> list[tuple[str, str]]:
    """Return pairs of words that stand side by side, those of most releases first."""
    counts: Counter[tuple[str, str]] = Counter()
    for release in releases:
        pairs: set[tuple[str, str]] = set()
        for passage in release.passages:
            if passage.kind not in _LEFT_OUT:
                words = [passage.text[token.start : token.end] for token in tokenize(passage.text)]
                pairs.update(pair for pair in pairwise(words) if all(map(_telling, pair)))
        counts.update(pairs)
    named = {word for release in releases for name, _ in release.people for word in name.split()}
    return [pair for pair, _ in counts.most_common(200) if not named & {*pair}][:50]


def _telling(word: str) -> bool:
    """Whether a word is an ordinary one: in lower case, where its script has that."""
    plain = word.isalpha() and word == word.lower() and word not in STOP_WORDS
    return plain and len(word) >= (_SHORTEST if word.isascii() else 3)


def _codes(releases: Sequence[StoredRelease]) -> Iterator[str]:
    for release in releases:
        for passage in release.passages:
            for token in tokenize(passage.text) if passage.kind not in _LEFT_OUT else ():
                typed = passage.text[token.start : token.end]
                if is_code(token.term.split("-")) and not token.term.isalpha() and "-" in typed:
                    yield typed


def _title_words(releases: Sequence[StoredRelease]) -> list[str]:
    counts: Counter[str] = Counter()
    for release in releases:
        words = {token.term for token in tokenize(release.title)}
        counts.update(word for word in words if _telling(word))
    return [word for word, _ in counts.most_common(_TRIED)]
