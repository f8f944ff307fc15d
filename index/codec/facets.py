"""Facet values of a segment's releases, by release and by value."""

from __future__ import annotations

import hashlib
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from index.codec.container import Array, SectionFile, SectionWriter
from index.codec.dictionary import DictionaryWriter, TermDictionary
from index.codec.integers import Ints

_KEPT = 1 << 14
"""Hashes of values that are kept: the segments of a build have most values in common."""


class FacetField:
    """The values of one facet.

    The values of release r are ``value_ids[starts[r]:starts[r + 1]]``, in the release's own order;
    the releases with value v are ``releases[value_starts[v]:value_starts[v + 1]]``, ascending.
    """

    def __init__(self, file: SectionFile, name: str) -> None:
        self._file = file
        self._name = f"facet.{name}"

    @cached_property
    def values(self) -> TermDictionary:
        """The distinct values, sorted."""
        return TermDictionary(self._file, self._name)

    @cached_property
    def hashes(self) -> npt.NDArray[np.uint64]:
        """A hash of each value, uint64 of shape (V,): equal values of all segments agree."""
        return self._array("hashes")

    @cached_property
    def starts(self) -> npt.NDArray[np.uint32]:
        """Where each release's values begin, uint32 of shape (R + 1,)."""
        return self._array("starts")

    @cached_property
    def value_ids(self) -> Ints:
        """The values of all releases, int32 of shape (pairs,)."""
        return self._array("value_ids")

    @cached_property
    def value_starts(self) -> npt.NDArray[np.uint32]:
        """Where each value's releases begin, uint32 of shape (V + 1,)."""
        return self._array("value_starts")

    @cached_property
    def releases(self) -> Ints:
        """The releases of all values, ordinals, int32 of shape (pairs,)."""
        return self._array("releases")

    def _array(self, part: str) -> Array:
        return self._file.array(f"{self._name}.{part}")


def write_facet(
    writer: SectionWriter, name: str, values: list[str], starts: Array, value_ids: Array
) -> None:
    """Write a facet: its sorted ``values``, and the ids of them that each release has."""
    field = f"facet.{name}"
    dictionary = DictionaryWriter(writer, field)
    dictionary.add(values)
    dictionary.close()
    writer.add(f"{field}.hashes", np.array([value_hash(value) for value in values], np.uint64))
    writer.add(f"{field}.starts", starts.astype(np.uint32))
    writer.add(f"{field}.value_ids", value_ids.astype(np.int32))
    owners = np.repeat(np.arange(starts.size - 1, dtype=np.int32), np.diff(starts).astype(np.int64))
    counts = np.bincount(value_ids, minlength=len(values))
    value_starts = np.concatenate(([0], np.cumsum(counts)))
    writer.add(f"{field}.value_starts", value_starts.astype(np.uint32))
    writer.add(f"{field}.releases", owners[np.argsort(value_ids, kind="stable")])


@lru_cache(_KEPT)
def value_hash(value: str) -> int:
    """Return the hash that stands for a value: 8 bytes of BLAKE2b of its UTF-8."""
    digest = hashlib.blake2b(value.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")
