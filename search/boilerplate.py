"""Releases that a search finds by their boilerplate alone: "About ...", contacts, legal notes.

Where a word stands in passages repeated under many releases only, finding it there says nothing
of what the release is about. A release counts as such when no word of the query stands anywhere
else in it; titles are never boilerplate.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from index.analysis import stem
from index.codec.integers import distinct
from search.columnar_postings import ColumnarPostings
from search.executor import Executor
from search.needed import is_stop_word
from search.postings import TermHits
from search.query import Query, TextLeaf, Word, text_leaves
from search.release_sets import Ordinals, ReleaseSet
from search.request import Boilerplate, SearchRequest


def in_boilerplate_alone(
    executor: Executor, postings: ColumnarPostings, query: Query, chosen: ReleaseSet
) -> Ordinals:
    """Return those of the chosen releases (ascending) that only their boilerplate makes match.

    To be asked after ``executor`` has matched the query.
    """
    nobody = np.empty(0, np.intp)
    if not postings.boilerplate_passages or not chosen.size:
        return nobody
    leaves = [leaf for leaf in dict.fromkeys(text_leaves(query)) if not _quiet(leaf)]
    repeated = [postings.repeated(leaf) for leaf in leaves]
    found = [hits.releases for hits in repeated if hits.releases.size]
    if not found:
        return nobody
    candidates = distinct(np.concatenate(found))
    candidates = candidates[np.flatnonzero(chosen.holds(candidates))]
    for leaf, hits in zip(leaves, repeated, strict=True):
        if not candidates.size:
            break
        elsewhere = -hits.weights_at(candidates, chosen.slots)
        for found_by in _hits(executor, leaf):
            elsewhere = elsewhere + found_by.weights_at(candidates, chosen.slots)
        candidates = candidates[np.flatnonzero(elsewhere <= 0)]
    return candidates


def set_apart(
    executor: Executor,
    postings: ColumnarPostings,
    request: SearchRequest,
    query: Query,
    chosen: ReleaseSet,
) -> ReleaseSet:
    """Return the chosen releases that match in boilerplate alone, where the request cares."""
    found = np.empty(0, np.intp)
    if request.boilerplate is not Boilerplate.LIKE_OTHERS:
        found = in_boilerplate_alone(executor, postings, query, chosen)
    return ReleaseSet(chosen.slots, ordinals=found)


def _hits(executor: Executor, leaf: TextLeaf) -> Iterator[TermHits]:
    yield executor.hits(leaf)
    if isinstance(leaf, Word) and leaf.joined and len(leaf.terms) > 1:
        yield executor.stem(leaf.field or "text", stem(leaf.joined))


def _quiet(leaf: TextLeaf) -> bool:
    return isinstance(leaf, Word) and is_stop_word(leaf)
