"""Ranking: BM25F with Lucene's idf, on whole releases.

The title's words are counted ``TITLE_WEIGHT`` times into the field ``text`` when indexing, which
is BM25F with one shared length: a term's weight is its weighted frequency over both fields.
Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009;
idf as in Lucene's BM25Similarity, which is never negative.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from search.release_sets import ReleaseSet

Floats = npt.NDArray[np.float32]

K1 = 2.0
"""How slowly repetition saturates."""
B = 0.45
"""How much long releases are held back; 0 not at all, 1 fully."""


def idf(releases: int, matching: int) -> float:
    """Return ``ln(1 + (N - n + 0.5) / (n + 0.5))`` for n of N releases holding a term."""
    return math.log(1 + (releases - matching + 0.5) / (matching + 0.5))


def length_norms(lengths: npt.NDArray[Any], live: ReleaseSet) -> Floats:
    """Return ``K1 * (1 - B + B * length / average)`` for each release, float32, shape (slots,).

    ``lengths`` are sums of weights, shape (slots,); the average is that of the live releases.
    """
    average = float(lengths[live.mask].mean()) if live.size else 1.0
    norms = lengths.astype(np.float32)
    norms *= np.float32(K1 * B / max(average, 1.0))
    norms += np.float32(K1 * (1 - B))
    return norms


def bm25(weights: Floats, norms: Floats, term_idf: float) -> Floats:
    """Return the part of each release's score that comes from one term.

    ``weights`` are the term's weighted frequencies (0 gives 0) and ``norms`` the length norms of
    the same releases, both float32 of shape (n,), as is the result.
    """
    parts = weights + norms
    np.divide(weights, parts, out=parts)
    parts *= np.float32(term_idf * (K1 + 1))
    return parts


def bm25_sum(weights: Floats, norms: Floats, idfs: Sequence[float]) -> Floats:
    """Return the sum of ``bm25`` of several terms.

    ``weights`` are float32 of shape (terms, n), ``norms`` and the result of shape (n,).
    """
    parts = weights / (weights + norms)
    return np.asarray((np.array(idfs, np.float32) * np.float32(K1 + 1)) @ parts, np.float32)
