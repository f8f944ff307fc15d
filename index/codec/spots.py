"""Which tokens places in texts stand at: where sentences and quotations begin and end."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from index.analysis import tokenize

Ints = npt.NDArray[np.int64]
Spot = tuple[int, int]
"""A place in one of some texts: which text, and the character in it."""


def bytes_at(texts: Sequence[str], text_starts: Ints, spots: Sequence[Spot]) -> Ints:
    """Return where places in the texts stand in their UTF-8, the texts beginning so."""
    found = np.empty(len(spots), np.int64)
    for number, (text, at) in enumerate(spots):
        before = texts[text][:at]
        size = at if before.isascii() else len(before.encode("utf-8", "surrogatepass"))
        found[number] = text_starts[text] + size
    return found


def tokens_at(data: bytes, starts: Ints, sizes: Ints, first_tokens: Ints, places: Ints) -> Ints:
    """Return the index of the first token at or after places (bytes of ``data``).

    ``starts`` and ``sizes`` are those of its chunks, ``first_tokens`` the index of the first token
    of each chunk and the number of all.
    """
    if not starts.size:
        return np.zeros(places.size, np.int64)
    chunks = starts.searchsorted(places)
    found = first_tokens[chunks]
    before = np.maximum(chunks - 1, 0)
    inside = (chunks > 0) & (places < (starts + sizes).take(before, mode="clip"))
    for at in np.flatnonzero(inside).tolist():
        chunk = int(before[at])
        text = data[int(starts[chunk]) : int(places[at])].decode("utf-8", "surrogatepass")
        found[at] = first_tokens[chunk] + len(tokenize(text))
    return found


def first_of_sentences(text_tokens: Ints, found: Ints) -> Ints:
    """Return the first tokens of sentences: those found and those of the texts, each once."""
    every = np.sort(np.concatenate((text_tokens[:-1], found)), kind="stable")  # two runs: merged
    every = every[: every.searchsorted(text_tokens[-1])]
    return every[np.flatnonzero(np.diff(every, prepend=-1))]
