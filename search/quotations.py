"""What people say, on the arrays of the segments: who is quoted where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from index.codec.integers import Ints, distinct
from index.codec.segment import Segment

_NONE = np.empty(0, np.int32)


def quotations_of(segment: Segment, people: Sequence[int]) -> tuple[Ints, Ints]:
    """Return where quotations of people (ids of the facet) begin and end, positions, ascending."""
    speech = segment.speech
    if not people or not speech.begins.size:
        return _NONE, _NONE
    chosen = np.flatnonzero(np.isin(speech.speakers, np.array(people, speech.speakers.dtype)))
    return _ints(speech.begins[chosen]), _ints(speech.ends[chosen])


def releases_quoting(segment: Segment, person: int) -> npt.NDArray[np.intp]:
    """Return the releases (ordinals, ascending) that quote a person (id of the facet)."""
    begins, _ = quotations_of(segment, [person])
    return distinct(segment.releases_of(begins)).astype(np.intp)


def _ints(values: npt.NDArray[Any]) -> Ints:
    return values.astype(np.int32)
