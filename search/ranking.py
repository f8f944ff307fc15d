"""Ranking: BM25F with Lucene's idf, on whole releases.

The title's words are counted ``TITLE_WEIGHT`` times into the field ``text`` when indexing, which
is BM25F with one shared length: a term's weight is its weighted frequency over both fields.
Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009;
idf as in Lucene's BM25Similarity, which is never negative.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

K1 = 2.0
"""How slowly repetition saturates."""
B = 0.45
"""How much long releases are held back; 0 not at all, 1 fully."""


def idf(releases: int, matching: int) -> float:
    """Return ``ln(1 + (N - n + 0.5) / (n + 0.5))`` for n of N releases holding a term."""
    return math.log(1 + (releases - matching + 0.5) / (matching + 0.5))


def length_norms(lengths: Floats) -> Floats:
    """Return ``K1 * (1 - B + B * length / average)`` for each release, float32, shape (N,)."""
    average = float(lengths.mean()) if lengths.size else 1.0
    return (K1 * (1 - B + B * lengths / max(average, 1.0))).astype(np.float32)


def bm25(weights: Floats, norms: Floats, term_idf: float) -> Floats:
    """Return the part of each release's score that comes from one term.

    ``weights`` are the term's weighted frequencies and ``norms`` the length norms of the same
    releases, both float32 of shape (n,), as is the result.
    """
    return np.asarray(term_idf * (K1 + 1) * weights / (weights + norms), dtype=np.float32)
