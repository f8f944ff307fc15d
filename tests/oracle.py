"""What a search must find, computed the slow and obvious way from the read releases."""

from __future__ import annotations

import fnmatch
import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from index.analysis import stem, stems, surface_terms, token_stems, tokenize
from index.model import BLOCK_SEPARATOR, BlockKind, Entity, IndexedRelease, Mention
from index.prepare import derive
from index.reading import read_document
from index.sentences import split_sentences
from index.sources import walk_archive
from search.engine import Engine
from search.query import (
    And,
    DateIn,
    Everything,
    FacetIs,
    Fuzzy,
    Near,
    NearPart,
    Not,
    Or,
    Pattern,
    Phrase,
    Query,
    TextLeaf,
    Word,
    text_leaves,
)
from search.request import SearchRequest, period_bounds


@dataclass(frozen=True)
class Known:
    """A release as the oracle sees it."""

    indexed: IndexedRelease

    @property
    def id(self) -> str:
        return self.indexed.release.id

    @cached_property
    def passages(self) -> list[tuple[str, tuple[str, ...]]]:
        return [(p.kind.value, surface_terms(p.text)) for p in self.indexed.passages]

    @cached_property
    def sentences(self) -> list[tuple[str, tuple[str, ...]]]:
        return [
            (p.kind.value, surface_terms(sentence))
            for p in self.indexed.passages
            for paragraph in p.text.split(BLOCK_SEPARATOR)
            for sentence in split_sentences(paragraph)
        ]

    @cached_property
    def stems(self) -> set[str]:
        tokens = [t for p in self.indexed.passages for t in tokenize(p.text)]
        return {stem for token in tokens for stem in token_stems(token)}

    @cached_property
    def title_stems(self) -> set[str]:
        titles = [p for p in self.indexed.passages if p.kind is BlockKind.TITLE]
        tokens = [t for p in titles for t in tokenize(p.text)]
        return {stem for token in tokens for stem in token_stems(token)}

    @cached_property
    def weights(self) -> Counter[str]:
        """How often each stem occurs, the title's counted twice."""
        counts: Counter[str] = Counter()
        for passage in self.indexed.passages:
            tokens = [s for token in tokenize(passage.text) for s in token_stems(token)]
            counts.update(tokens * (2 if passage.kind is BlockKind.TITLE else 1))
        return counts

    @cached_property
    def period(self) -> tuple[str, str] | None:
        date = self.indexed.release.date
        return period_bounds(date.value) if date else None

    def values(self, facet: str) -> set[str]:
        return self._values[facet]

    @cached_property
    def _values(self) -> dict[str, set[str]]:
        release = self.indexed.release
        return {
            "person": {e.name for e in self.indexed.people},
            "place": {e.name for e in self.indexed.places},
            "source": {release.source} - {""},
            "lang": {release.lang} - {""},
        }


def matches(query: Query, known: Known) -> bool:
    """Whether a release answers a tree, strictly (no stop words left out, none relaxed)."""
    if isinstance(query, And):
        return all(matches(child, known) for child in query.children)
    if isinstance(query, Or):
        return any(matches(child, known) for child in query.children)
    if isinstance(query, Not):
        return not matches(query.child, known)
    if isinstance(query, Everything):
        return True
    if isinstance(query, DateIn):
        return within(known, query.first_day, query.last_day)
    if isinstance(query, FacetIs):
        values = known.values(query.facet)
        return any(in_order(query.terms, surface_terms(value)) for value in values)
    if isinstance(query, Word) and len(query.terms) == 1:
        wanted = query.joined or query.terms[0]
        return stem(wanted) in (known.title_stems if query.field else known.stems)
    if isinstance(query, Near):
        return any(
            near(query, terms)
            for kind, terms in (known.sentences if query.sentence else known.passages)
            if not query.field or kind == "title"
        )
    passages = [terms for kind, terms in known.passages if not query.field or kind == "title"]
    if isinstance(query, Phrase | Word):
        return any(in_row(query.terms, terms) for terms in passages)
    if isinstance(query, Pattern):
        return any(fnmatch.fnmatchcase(t, query.pattern) for terms in passages for t in terms)
    assert isinstance(query, Fuzzy)
    return any(like(query, term) for terms in passages for term in terms)


def near(query: Near, terms: tuple[str, ...]) -> bool:
    """Whether a passage has two different places of the two near each other."""
    width = len(terms) if query.within == 0 else query.within
    return any(
        1 <= max(right - left_end, left - right_end) <= width
        for left, left_end in spans(query.left, terms)
        for right, right_end in spans(query.right, terms)
    )


def spans(part: NearPart, terms: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return first and last word of every place of what stands beside a ``/5``."""
    return [
        (at, at + (1 if isinstance(leaf, Pattern | Fuzzy) else len(leaf.terms)) - 1)
        for leaf in text_leaves(part)
        for at in places(leaf, terms)
    ]


def places(leaf: TextLeaf, terms: tuple[str, ...]) -> list[int]:
    """Return where a phrase begins verbatim, or a word stands in any inflection."""
    if isinstance(leaf, Pattern):
        return [at for at, term in enumerate(terms) if fnmatch.fnmatchcase(term, leaf.pattern)]
    if isinstance(leaf, Fuzzy):
        return [at for at, term in enumerate(terms) if like(leaf, term)]
    if isinstance(leaf, Word) and len(leaf.terms) == 1:
        wanted = stem(leaf.joined) if leaf.joined else stems(leaf.terms[0])[0]
        return [at for at, term in enumerate(terms) if wanted in stems(term)]
    return [at for at in range(len(terms)) if in_row(leaf.terms, terms[at : at + len(leaf.terms)])]


def like(query: Fuzzy, term: str) -> bool:
    return term[:1] == query.term[:1] and distance(term, query.term) <= query.distance


def distance(one: str, other: str) -> int:
    """Edit distance with neighbours swapped as one edit (optimal string alignment)."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        rows.append([i] + [0] * len(other))
        for j, b in enumerate(other, 1):
            best = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, rows[i - 2][j - 2] + 1)
            rows[i][j] = best
    return rows[-1][-1]


def in_row(wanted: tuple[str, ...], terms: tuple[str, ...]) -> bool:
    return any(
        all(map(fnmatch.fnmatchcase, terms[i:], wanted))
        for i in range(len(terms) - len(wanted) + 1)
    )


def in_order(wanted: tuple[str, ...], terms: tuple[str, ...]) -> bool:
    """Whether the terms stand in this order, others between them or not."""
    rest = iter(terms)
    return all(term in rest for term in wanted)


def within(known: Known, first: str, last: str) -> bool:
    if known.period is None:
        return False
    return (not first or known.period[0] >= first) and (not last or known.period[1] <= last)


def chosen(known: Known, request: SearchRequest, leave_out: str = "") -> bool:
    """Whether the choices of a request leave a release, those of one facet not asked."""
    facets = {"person": request.people, "place": request.places}
    facets |= {"source": request.sources, "lang": request.langs}
    for name, values in facets.items():
        if values and name != leave_out and not known.values(name) & set(values):
            return False
    if any(value in known.values(name) for name, value in request.excluded):
        return False
    if leave_out == "date":
        return True
    if request.undated:
        return known.period is None
    if request.date_from or request.date_to:
        return within(known, request.first_day, request.last_day)
    return True


def facet_counts(found: Iterable[Known], request: SearchRequest, facet: str) -> Counter[str]:
    """Count a facet's values over what the query found, its own choice left out."""
    left = [known for known in found if chosen(known, request, leave_out=facet)]
    if facet != "date":
        return Counter(value for known in left for value in known.values(facet))
    return Counter(known.period[0][:4] if known.period else "undated" for known in left)


def ordered(found: Iterable[Known], *, oldest: bool = False) -> list[str]:
    """Return the ids newest first (or oldest), undated last; of one day by id (or reversed)."""
    dated = sorted((known for known in found if known.period), key=lambda known: known.id)
    dated.sort(key=lambda known: known.period[0] if known.period else "", reverse=True)
    undated = sorted((known for known in found if not known.period), key=lambda known: known.id)
    newest = [[known.id for known in each] for each in (dated, undated)]
    return [id_ for each in newest for id_ in (each[::-1] if oldest else each)]


def score(query: Query, known: Known, archive: Sequence[Known]) -> float:
    """Return the score of a release for words and phrases, straight from the formula."""
    if isinstance(query, And | Or):
        return sum(score(child, known, archive) for child in query.children)
    assert isinstance(query, Word | Phrase)
    if len(query.terms) == 1:
        return term_score(known, archive, lambda k: k.weights[stems(query.terms[0])[0]])
    whole = term_score(
        known, archive, lambda k: sum(len(places(query, terms)) for _, terms in k.passages)
    )
    if not whole:
        return 0.0
    parts = [stems(term)[0] for term in query.terms]
    return whole + sum(term_score(known, archive, lambda k, p=part: k.weights[p]) for part in parts)  # type: ignore[misc]


def term_score(known: Known, archive: Sequence[Known], weight: Callable[[Known], int]) -> float:
    """Return BM25's part of one term: k1 2, b 0.45, Lucene's idf."""
    having = sum(weight(each) > 0 for each in archive)
    idf = math.log(1 + (len(archive) - having + 0.5) / (having + 0.5))
    average = sum(each.weights.total() for each in archive) / len(archive)
    norm = 2 * (0.55 + 0.45 * known.weights.total() / average)
    return idf * 3 * weight(known) / (weight(known) + norm)


def known_of(archive: Path, engine: Engine) -> list[Known]:
    """The releases of an archive, with the names that were settled by all of them."""
    documents = walk_archive(archive, 1 << 24)
    derived = [derive(read_document(document)) for document in documents]  # type: ignore[arg-type]
    return [Known(with_stored_names(indexed, engine)) for indexed in derived]


def with_stored_names(indexed: IndexedRelease, engine: Engine) -> IndexedRelease:
    stored = engine.release(indexed.release.id)
    assert stored is not None
    people, places = (
        tuple(Entity(name, (Mention(0, 0, ""),) * count) for name, count in names)
        for names in (stored.people, stored.places)
    )
    return replace(indexed, people=people, places=places)
