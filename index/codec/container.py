"""One file of named arrays: memory-mapped, checksummed by block, the same on every machine.

Sections first, each at a multiple of 8 bytes, little-endian; then the directory (JSON), the
checksums of the blocks, and a footer that finds both. ``docs/index-format.md`` has the bytes.
A block is checked the first time a process reads from it, so that a flipped bit is an error and
never an answer; a CRC runs at 4 GB/s, which is less than the arithmetic on what was read.
"""

from __future__ import annotations

import json
import mmap
import struct
import zlib
from contextlib import suppress
from pathlib import Path
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from index.errors import GenerationError

MAGIC = b"DATELINE"
FORMAT_VERSION = 1
BLOCK = 1 << 14
"""Bytes a checksum covers."""

Array = npt.NDArray[Any]

_HEADER = struct.Struct("<8sII")  # magic, format version, bytes a block
_FOOTER = struct.Struct("<QQQII8s")
# Offsets of directory, checksums and footer; CRC of both, CRC of the footer before it; magic.
_ALIGN = 8
_BUFFERED = 1 << 20
_IN_MEMORY = 1 << 23
"""Bytes of a stream that are kept in memory: all of a segment of a build, little of a merge."""
_HINT = "run: dateline rollback, or: dateline reindex --full"
_DTYPES = frozenset({"|u1", "<u2", "<u4", "<u8", "<i4", "<i8"})


class SectionFile:
    """A file of sections, opened for reading; safe for several threads.

    Raises GenerationError, here and whenever a section is read, when the file is not what was
    written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise self._damaged(f"does not open: {error}") from error
        self._bytes = np.frombuffer(self._map, np.uint8)
        self._sections, self._checksums = self._directory()
        self._checked = bytearray(len(self._checksums))
        self.checked = False
        """Whether every block was checked: nothing is left to ask for then."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the sections."""
        return tuple(self._sections)

    def array(self, name: str) -> Array:
        """Return a whole section, checked, as a read-only view of the file."""
        section = self.section(name)
        return section.read(0, section.size)

    def section(self, name: str) -> Section:
        """Return a section to read parts of; what is read is checked then."""
        try:
            start, count, dtype = self._sections[name]
        except KeyError:
            raise self._damaged(f"has no section {name!r}") from None
        size = count * np.dtype(dtype).itemsize
        return Section(self, self._bytes[start : start + size].view(dtype), start)

    def check(self, start: int, stop: int) -> None:
        """Check the blocks that hold the bytes from ``start`` to ``stop``, once each."""
        if start >= stop:
            return
        first, last = start // BLOCK, (stop - 1) // BLOCK
        block = self._checked.find(0, first, last + 1)
        while block >= 0:
            found = zlib.crc32(self._bytes[block * BLOCK : self._end_of_block(block)].data)
            if found != self._checksums[block]:
                raise self._damaged(f"the checksum of byte {block * BLOCK:,} and after is wrong")
            self._checked[block] = 1
            block = self._checked.find(0, block + 1, last + 1)

    @property
    def size(self) -> int:
        """The bytes of the file."""
        return len(self._map)

    def check_ahead(self) -> None:
        """Read and check all blocks, for other threads that will; what is wrong stays unchecked.

        Whoever reads that is told.
        """
        for start in range(0, self._data_end, BLOCK):
            with suppress(GenerationError):
                self.check(start, min(start + BLOCK, self._data_end))
        self.checked = all(self._checked)

    def verify(self) -> None:
        """Check every block anew."""
        self._checked = bytearray(len(self._checksums))
        self.check(0, self._data_end)

    def unload(self) -> None:
        """Give back the memory of what was read, which stays valid and is loaded when asked again.

        A process that reads a large file from end to end would have all of it resident.
        """
        if hasattr(self._map, "madvise"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def close(self) -> None:
        """Let go of the file; arrays that were read stay valid and keep it mapped."""
        del self._bytes
        with suppress(BufferError):
            self._map.close()

    def _end_of_block(self, block: int) -> int:
        return min((block + 1) * BLOCK, self._data_end)

    def _directory(self) -> tuple[dict[str, tuple[int, int, str]], Array]:
        size = self._bytes.size
        if size < _HEADER.size + _FOOTER.size:
            raise self._damaged(f"is cut off: {size} bytes long")
        footer = bytes(self._map[size - _FOOTER.size :])
        directory, checksums, end, content, own, magic = _FOOTER.unpack(footer)
        version = _HEADER.unpack(self._map[: _HEADER.size])[1]
        if magic != MAGIC or zlib.crc32(footer[:-12]) != own or end != size - _FOOTER.size:
            raise self._damaged("its footer is damaged or cut off")
        if version != FORMAT_VERSION:
            raise self._damaged(f"is of format {version}, not {FORMAT_VERSION}")
        if zlib.crc32(self._bytes[directory:end].data) != content:
            raise self._damaged("its directory is damaged")
        self._data_end: int = directory
        entries = json.loads(bytes(self._map[directory:checksums]))
        blocks = np.frombuffer(self._map, "<u4", (end - checksums) // 4, checksums)
        return {name: (start, count, dtype) for name, start, count, dtype in entries}, blocks

    def _damaged(self, what: str) -> GenerationError:
        return GenerationError(what, where=str(self.path), hint=_HINT)


class Section:
    """A section that is read in parts. ``size`` counts items of ``dtype``."""

    __slots__ = ("_file", "_items", "_start", "_width", "dtype", "size")

    def __init__(self, file: SectionFile, items: Array, start: int) -> None:
        self._file = file
        self._items = items
        self._start = start
        self._width = items.itemsize
        self.dtype = items.dtype
        self.size = items.size

    def read(self, start: int, stop: int) -> Array:
        """Return the items from ``start`` to ``stop``, checked, as a view of the file."""
        if not self._file.checked:
            offset = self._start
            self._file.check(offset + start * self._width, offset + stop * self._width)
        return self._items[start:stop]


class SectionStream:
    """A section that is written piece by piece beside others; a nameless file when it is large."""

    def __init__(self, name: str, dtype: str, folder: Path) -> None:
        self.name = name
        self.dtype = np.dtype(dtype).newbyteorder("<")
        self.count = 0
        self._file = SpooledTemporaryFile(  # noqa: SIM115 - ``discard`` closes it
            _IN_MEMORY, buffering=_BUFFERED, dir=str(folder)
        )

    def write(self, items: Array) -> None:
        """Add items at the end."""
        self.count += items.size
        self._file.write(np.ascontiguousarray(items, self.dtype).view(np.uint8).data)

    def move_to(self, target: SectionWriter) -> None:
        """Add all that was written to ``target`` as a section and end the stream."""
        self._file.seek(0)
        target.begin(self.name, self.count, self.dtype)
        while piece := self._file.read(_BUFFERED):
            target.append(piece)
        self.discard()

    def discard(self) -> None:
        """End the stream without a section."""
        self._file.close()


class SectionWriter:
    """Writes a file of sections. A context manager: an error removes what was written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: BinaryIO = path.open("wb", buffering=_BUFFERED)
        self._entries: list[tuple[str, int, int, str]] = []
        self._streams: list[SectionStream] = []
        self._at = 0
        self._crc, self._in_block = 0, 0
        self._checksums: list[int] = []
        self.append(_HEADER.pack(MAGIC, FORMAT_VERSION, BLOCK))

    def add(self, name: str, items: Array) -> None:
        """Write a whole section, one-dimensional."""
        dtype = items.dtype.newbyteorder("<")
        self.begin(name, items.size, dtype)
        self.append(np.ascontiguousarray(items, dtype).data)

    def copy(self, file: SectionFile, name: str) -> None:
        """Write a section of another file as it is, a piece at a time."""
        section = file.section(name)
        self.begin(name, section.size, section.dtype)
        for start in range(0, section.size, _BUFFERED):
            self.append(section.read(start, min(start + _BUFFERED, section.size)).data)
            file.unload()

    def open(self, name: str, dtype: str) -> SectionStream:
        """Open a section that is written piece by piece; ``move_to`` or ``finish`` ends it."""
        stream = SectionStream(name, dtype, self.path.parent)
        self._streams.append(stream)
        return stream

    def finish(self, *streams: SectionStream) -> None:
        """Take what was written to the streams into the file, as sections, in this order."""
        for stream in streams:
            stream.move_to(self)
            self._streams.remove(stream)

    def begin(self, name: str, count: int, dtype: np.dtype[Any]) -> None:
        """Enter a section whose bytes are appended next."""
        if dtype.str not in _DTYPES:
            raise ValueError(f"no section can hold {dtype.str}")
        self.append(bytes(-self._at % _ALIGN))
        self._entries.append((name, self._at, count, dtype.str))

    def append(self, data: Any) -> None:
        """Write bytes and count them into the checksums."""
        view = memoryview(data).cast("B") if len(data) else memoryview(b"")
        self._file.write(view)
        self._at += len(view)
        while len(view):
            piece = view[: BLOCK - self._in_block]
            self._crc = zlib.crc32(piece, self._crc)
            self._in_block += len(piece)
            view = view[len(piece) :]
            if self._in_block == BLOCK:
                self._end_block()

    def close(self) -> None:
        """Write directory, checksums and footer."""
        if self._in_block:
            self._end_block()
        directory = self._at
        entries = json.dumps(self._entries, separators=(",", ":")).encode()
        checksums = np.array(self._checksums, "<u4").tobytes()
        footer = _FOOTER.pack(
            directory,
            directory + len(entries),
            directory + len(entries) + len(checksums),
            zlib.crc32(checksums, zlib.crc32(entries)),
            0,
            MAGIC,
        )[:-12]
        self._file.write(entries + checksums + footer)
        self._file.write(struct.pack("<I8s", zlib.crc32(footer), MAGIC))
        self._file.close()

    def discard(self) -> None:
        """Remove what was written."""
        for stream in self._streams:
            stream.discard()
        self._file.close()
        self.path.unlink(missing_ok=True)

    def _end_block(self) -> None:
        self._checksums.append(self._crc)
        self._crc = self._in_block = 0

    def __enter__(self) -> SectionWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.discard()
