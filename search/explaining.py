"""What the score of each release of a page is the sum of."""

from __future__ import annotations

import numpy as np

from search.describe import describe
from search.executor import Executor
from search.query import Query
from search.refining import Refined
from search.release_sets import Ordinals, ReleaseSet
from search.stored import Explanation


def explained(
    executor: Executor,
    query: Query,
    chosen: ReleaseSet,
    page: Ordinals,
    refined: Refined | None,
    relaxed: bool,
) -> tuple[Explanation, ...]:
    """Return for each release of a page what its score is the sum of."""
    ascending = np.sort(page)
    words = [
        (f"word: {describe(part)}", scores)
        for part, scores in executor.parts(query, ascending, relaxed=relaxed)
    ]
    found = []
    for ordinal in page.tolist():
        at = int(ascending.searchsorted(ordinal))
        parts = [(name, float(scores[at])) for name, scores in words if scores[at]]
        if refined is not None:
            parts += refined.of(int(chosen.ordinals.searchsorted(ordinal)))
        found.append(tuple(parts))
    return tuple(found)
