"""Stored releases: what is shown of them, each compressed on its own with a common dictionary.

A release is two lines of JSON (its own fields; its passages). One release to a frame costs 7 µs to
read, a frame of 16 KiB of them 50; with a dictionary trained on some of the releases the single
frames are even smaller (.34 of the text against .37, Senate releases). Releases of merged
segments keep the frames and dictionaries they had.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from threading import local
from typing import Any

import numpy as np
import zstandard

from index.codec.container import Array, SectionFile, SectionWriter
from index.codec.frames import Frames, compressed, compressor
from index.errors import GenerationError

DICTIONARY_BYTES = 1 << 16
SAMPLES = 500
"""Releases that wait for a dictionary; the next ones are compressed with it too."""
_MOST_SAMPLES = 250
"""Releases of these it is trained on: .05 s. All took twice that and saved half a percent."""
_LEAST_SAMPLES = 250
"""With fewer releases a dictionary would take more than it saves."""
_COPIED = 4_096
"""Releases of another segment that are copied at a time."""

StoredPassageRow = tuple[int, str, str]
"""Number, kind, text."""
_decoded = json.JSONDecoder().raw_decode
"""Reads one value and says where it ends: half of what ``json.loads`` takes for so little."""


class StoredReleases:
    """The stored releases of a segment, by ordinal. Safe for several threads."""

    def __init__(self, file: SectionFile) -> None:
        self._file = file
        self._ends: Array = file.array("stored.ends")
        self._dictionary_of: Array = file.array("stored.dictionary_of")
        self._data = file.section("stored.data")
        # A decompressor serves one thread at a time; making one costs more than a release.
        # What it takes most for, the dictionary made ready, is shared.
        self._of_thread = local()
        self._made: dict[int, zstandard.ZstdCompressionDict] = {}

    def raw(self, ordinal: int) -> bytes:
        """Return a release as it was written: two lines of JSON."""
        start = self._ends.item(ordinal - 1) if ordinal else 0
        data = self._data.read(start, self._ends.item(ordinal))
        decompressor = self._decompressor(self._dictionary_of.item(ordinal))
        try:
            return decompressor.decompress(data.data)
        except zstandard.ZstdError as error:
            raise GenerationError(
                f"a stored release is damaged: {error}", where=str(self._file.path)
            ) from error

    def header(self, ordinal: int) -> dict[str, Any]:
        """Return a release's own fields."""
        value: dict[str, Any] = _decoded(self._text(ordinal))[0]
        return value

    def passages(self, ordinal: int) -> list[StoredPassageRow]:
        """Return the passages of a release in order."""
        return self.group(ordinal)[1]

    def group(self, ordinal: int) -> tuple[dict[str, Any], list[StoredPassageRow]]:
        """Return a release's own fields and its passages."""
        text = self._text(ordinal)
        header, end = _decoded(text)
        return header, _decoded(text, end + 1)[0]

    def _text(self, ordinal: int) -> str:
        return self.raw(ordinal).decode("utf-8", "surrogatepass")

    def frames(self, first: int, last: int) -> tuple[Array, Array, Array]:
        """Return the frames of a run of releases as they lie: bytes, their ends, dictionaries."""
        start = int(self._ends[first - 1]) if first else 0
        ends = self._ends[first:last].astype(np.int64) - start
        data = self._data.read(start, start + int(ends[-1]))
        return data, ends, self._dictionary_of[first:last]

    def unload(self) -> None:
        """Give back the memory of what was read (``SectionFile.unload``)."""
        self._file.unload()

    def dictionaries(self) -> list[bytes]:
        """Return the dictionaries; release r uses number ``dictionary_of[r]`` from 1, 0 none."""
        count = self._file.section("stored.dictionary_ends").size
        return [self._dictionary(number) for number in range(1, count + 1)]

    def _decompressor(self, number: int) -> zstandard.ZstdDecompressor:
        try:
            known: dict[int, zstandard.ZstdDecompressor] = self._of_thread.known
        except AttributeError:
            known = self._of_thread.known = {}
        if number not in known:
            if number and number not in self._made:
                self._made[number] = zstandard.ZstdCompressionDict(self._dictionary(number))
            known[number] = zstandard.ZstdDecompressor(dict_data=self._made.get(number))
        return known[number]

    def _dictionary(self, number: int) -> bytes:
        ends = self._file.array("stored.dictionary_ends")
        start = int(ends[number - 2]) if number > 1 else 0
        content = self._file.section("stored.dictionaries").read(start, int(ends[number - 1]))
        return content.tobytes()


class StoredWriter:
    """Writes the stored releases of a segment in the order of their ordinals.

    ``dictionary``: one that was trained already, for another segment; else one is trained here.
    """

    def __init__(self, writer: SectionWriter, dictionary: bytes = b"") -> None:
        self._writer = writer
        self._data = writer.open("stored.data", "u1")
        self._ends: list[Array] = []
        self._dictionary_of: list[Array] = []
        self._dictionaries: list[bytes] = []
        self._waiting: list[bytes] = []
        self._trained = False
        self._compressor = compressor()
        self._number = 0
        self._end = 0
        if dictionary:
            self._take_dictionary(dictionary)

    @property
    def dictionary(self) -> bytes:
        """The dictionary that is compressed with, or nothing."""
        return self._dictionaries[self._number - 1] if self._number else b""

    def add(self, blob: bytes) -> None:
        """Add the next release: two lines of JSON."""
        self._waiting.append(blob)
        if len(self._waiting) >= SAMPLES:
            self._compress()

    def add_frames(self, frames: Frames) -> None:
        """Add releases that are compressed already, with ``dictionary``."""
        self._compress()
        self._put_own(frames)

    def copy(self, stored: StoredReleases, live: Array) -> None:
        """Add the releases of another segment that are ``live`` (bool, one for each).

        Those that were compressed with a dictionary are taken as they are.
        """
        numbers = [0, *(self._take_dictionary(content) for content in stored.dictionaries())]
        for first, last in _runs(live):
            stored.unload()
            data, ends, dictionary_of = stored.frames(first, last)
            if not dictionary_of.all():
                for ordinal in range(first, last):
                    self.add(stored.raw(ordinal))
                continue
            self._compress()
            self._put(data, ends, np.array(numbers, np.uint16)[dictionary_of])

    def close(self) -> None:
        """End the sections of the stored releases."""
        self._compress()
        self._writer.finish(self._data)
        add = self._writer.add
        add("stored.ends", _joined(self._ends, np.uint64))
        add("stored.dictionary_of", _joined(self._dictionary_of, np.uint16))
        sizes = np.fromiter(map(len, self._dictionaries), np.int64)
        add("stored.dictionary_ends", np.cumsum(sizes).astype(np.uint32))
        add("stored.dictionaries", np.frombuffer(b"".join(self._dictionaries), np.uint8))

    def _compress(self) -> None:
        """Compress what is waiting, with a dictionary as soon as there is enough to make one of."""
        if not self._waiting:
            return
        if not self._trained and len(self._waiting) >= _LEAST_SAMPLES:
            self._train()
        self._put_own(compressed(self._compressor, self._waiting))
        self._waiting.clear()

    def _put_own(self, frames: Frames) -> None:
        """Write frames that were compressed with the dictionary that is compressed with."""
        self._put(*frames, np.full(frames.ends.size, self._number, np.uint16))

    def _put(self, data: Array, ends: Array, numbers: Array) -> None:
        self._data.write(data)
        self._ends.append(ends + self._end)
        self._dictionary_of.append(numbers)
        self._end += int(ends[-1])

    def _train(self) -> None:
        self._trained = True
        try:
            step = -(-len(self._waiting) // _MOST_SAMPLES)
            samples: list[bytes | bytearray | memoryview[int]] = [*self._waiting[::step]]
            content = zstandard.train_dictionary(DICTIONARY_BYTES, samples).as_bytes()
        except zstandard.ZstdError:
            return  # too little, or too much alike: it compresses without as well
        self._use(self._take_dictionary(content))

    def _take_dictionary(self, content: bytes) -> int:
        """Return the number of a dictionary, from 1; a new one compresses what comes next."""
        if content not in self._dictionaries:
            self._dictionaries.append(content)
            if not self._number:
                self._use(len(self._dictionaries))
                self._trained = True
        return self._dictionaries.index(content) + 1

    def _use(self, number: int) -> None:
        self._compressor = compressor(self._dictionaries[number - 1])
        self._number = number


def _runs(live: Array) -> Sequence[tuple[int, int]]:
    """Return the runs of true values, half open, long ones cut."""
    edges = np.flatnonzero(np.diff(live.astype(np.int8), prepend=0, append=0))
    runs = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    return [
        (start, min(start + _COPIED, last))
        for first, last in runs
        for start in range(first, last, _COPIED)
    ]


def _joined(arrays: list[Array], dtype: Any) -> Array:
    return np.concatenate(arrays).astype(dtype) if arrays else np.empty(0, dtype)
