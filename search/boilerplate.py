"""Releases that a search finds by their boilerplate alone: "About ...", contacts, legal notes.

Where a word stands in passages repeated under many releases only, finding it there says nothing
of what the release is about. A release counts as such when no word of the query stands anywhere
else in it; titles are never boilerplate.
"""

from __future__ import annotations

import numpy as np

from search.columnar_postings import ColumnarPostings
from search.executor import Executor
from search.needed import is_stop_word
from search.query import Query, TextLeaf, Word, text_leaves
from search.release_sets import Ordinals, ReleaseSet


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
    candidates = np.unique(np.concatenate(found))
    candidates = candidates[np.flatnonzero(chosen.holds(candidates))]
    for leaf, hits in zip(leaves, repeated, strict=True):
        if not candidates.size:
            break
        every = executor.occurrences(leaf, candidates)
        within = hits.weights_at(candidates, chosen.slots)
        candidates = candidates[np.flatnonzero(every <= within)]
    return candidates


def _quiet(leaf: TextLeaf) -> bool:
    return isinstance(leaf, Word) and is_stop_word(leaf)
