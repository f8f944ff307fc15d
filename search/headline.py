"""How much a title is what was typed: all of it, in its order, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from index.analysis import surface_terms
from search.asked import Asked
from search.evidence import Evidence
from search.ranking import Floats

HEADLINE_WORDS = 2
"""One word is no headline, and many a title holds it."""
_DISORDER = 0.3
"""What a title loses that has none of the query's words in their order."""
_IN_ORDER = 0.3
"""The say of pairs of words, beside that of single words."""


def share_held(asked: Asked, evidence: Evidence) -> Floats:
    """Return which share of the query's weight each title holds, 0 to 1."""
    weights = np.array(asked.idfs, np.float32)
    return np.asarray(evidence.titled @ weights / max(float(weights.sum()), 1e-9), np.float32)


def likeness(asked: Asked, evidence: Evidence) -> Floats:
    """Return how much each title is like the query, 0 to 1, by the places of its words.

    Function words are not looked up: the query's share of them is taken to be the title's.
    """
    if len(asked.words) < HEADLINE_WORDS:
        return np.zeros(evidence.passage.size, np.float32)
    held = share_held(asked, evidence)
    words = (evidence.titled > 0).sum(axis=1) * (len(asked.terms) / len(asked.words))
    size = np.maximum(evidence.title_lengths, 1)
    filled = np.minimum(words / size, size / np.maximum(words, 1))
    ordered = 1 - _DISORDER * (1 - evidence.headline) if asked.pairs else np.float32(1)
    return np.asarray(held * filled * ordered, np.float32)


def overlap(terms: Sequence[str], title: str) -> float:
    """Return how much a title is like surface terms, 0 to 1, word by word.

    Twice what they share over what both have (Dice), of words and of pairs of neighbours.
    """
    titled = surface_terms(title)
    words = _shared(Counter(terms), Counter(titled))
    pairs = _shared(Counter(pairwise(terms)), Counter(pairwise(titled)))
    return (1 - _IN_ORDER) * words + _IN_ORDER * pairs


def _shared(one: Counter[object], other: Counter[object]) -> float:
    return 2 * (one & other).total() / max(one.total() + other.total(), 1)
