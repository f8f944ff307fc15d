"""More like this: a query made of the words that tell a release from all others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from index.analysis import STOP_WORDS, stem, surface_terms
from index.codec.reissues import NEAR
from index.model import BlockKind
from search.query import Or, Word
from search.ranking import idf
from search.stored import StoredRelease

SHOWN = 5
_WORDS = 12
"""Words of the query; more add noise and time."""
_CANDIDATES = 36
_TITLE_COUNTS = 3
_WORD = re.compile(r"\w+")
_LEAST_LETTERS = 3
_SAME = 0.5
"""Releases that share so much of their text say the same in the same words."""
_DAY = len("2019-09-12")
_LEFT_OUT = frozenset({BlockKind.CONTACT, BlockKind.BOILERPLATE, BlockKind.CAPTION})


def same_text(one: StoredRelease, others: Sequence[StoredRelease]) -> list[StoredRelease]:
    """Return the releases that say the same as one: they share most of their runs of four words.

    Measured by the share of the shorter one's runs, standing text left out; Broder, "On the
    resemblance and containment of documents", 1997.
    """
    own = _runs(one)
    theirs = [_runs(other) for other in others]
    return [
        other
        for other, runs in zip(others, theirs, strict=True)
        if own and runs and len(own & runs) >= _SAME * min(len(own), len(runs))
    ]


def of_one_time(one: StoredRelease, other: StoredRelease) -> bool:
    """Whether two releases have one source and at most a month between them, as versions have."""
    if one.source != other.source:
        return False
    if len(one.date) < _DAY or len(other.date) < _DAY:
        return True
    days = date.fromisoformat(one.date) - date.fromisoformat(other.date)
    return abs(days.days) <= NEAR


def _runs(stored: StoredRelease) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for passage in stored.passages:
        if passage.kind not in _LEFT_OUT:
            terms = _WORD.findall(passage.text.lower())  # ten times quicker than terms
            found.update(zip(terms, terms[1:], terms[2:], terms[3:], strict=False))
    return found


def similar_query(
    stored: StoredRelease, releases: int, frequency: Callable[[str], int]
) -> Or | None:
    """Return a query for the words that weigh most in a release; None when too few do.

    Weighed by tf times idf, words of the title counted three times; ``frequency`` says how many
    of the ``releases`` hold a stem. Words of no other release find nothing and are left out.
    """
    counts: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for passage in stored.passages:
        if passage.kind in _LEFT_OUT:
            continue
        weight = _TITLE_COUNTS if passage.kind is BlockKind.TITLE else 1
        for term in surface_terms(passage.text):
            if len(term) >= _LEAST_LETTERS and term.isalpha() and term not in STOP_WORDS:
                root = stem(term)
                counts[root] += weight
                spelled.setdefault(root, term)
    weighed = []
    for root, count in counts.most_common(_CANDIDATES):
        holding = frequency(root)
        if 1 < holding < releases / 3 + 2:
            weighed.append((min(count, 6) * idf(releases, holding), root))
    best = [root for _, root in sorted(weighed, reverse=True)[:_WORDS]]
    if len(best) < _LEAST_LETTERS:
        return None
    return Or(tuple(Word(spelled[root], (spelled[root],)) for root in best))
