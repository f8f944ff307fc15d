"""From many texts to numbered surface terms at once: the hot path of indexing.

``index.analysis.tokenize`` says what the terms are. Here its answers are remembered: a text is cut
where no token can reach across, and each distinct piece (*chunk*) is analyzed once. Cutting and
looking up are done on the UTF-8 bytes of a whole batch with numpy, without one Python object for
a token: about 0.1 µs a token, where ``tokenize`` takes 2.5 and even a ``dict`` over ``str.split``
takes 0.3 (Senate releases, one core).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from index.analysis import MAX_TERM_LENGTH, tokenize
from index.charsets import APOSTROPHES, GERSHAYIM, HYPHENS, WORD
from index.codec.lexicon import Codes, Lexicon
from index.codec.spots import Spot, bytes_at, first_of_sentences, tokens_at
from index.sentences import UNSPACED_STOPS, sentence_breaks

Ints = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]

MAX_CHUNKS = 1 << 18
"""A vocabulary of as many chunks, or terms, is spent: it has taken about 90 MB (Senate).

72,624 releases hold 190,000. With half of this they were analyzed in two vocabularies, each from
nothing: 7% of the time of a build."""
MAX_BYTES = 1 << 24
"""Likewise one whose unusual chunks (long, or of several tokens) are of this size together."""

_BLANK = 0x20
# An ASCII character that no token holds and no look-around asks for can be cut at; so can white
# space of other scripts, but finding it in UTF-8 is not worth it: it stays inside a chunk. Case
# is dropped here already (every class of the analyzer holds both cases, and terms are folded).
_KEPT = re.compile(f"[{HYPHENS}{WORD}{APOSTROPHES}{GERSHAYIM}.,&+#]")
_TO_CHUNKS = bytes(
    code if code > 127 else ord(chr(code).lower()) if _KEPT.match(chr(code)) else _BLANK
    for code in range(256)
)
# One of the apostrophes is a letter.
_MARKS = re.sub(f"[{WORD}]", "", f"{APOSTROPHES}{GERSHAYIM}{HYPHENS}.,&\u201c\u2013\u2014\u2026")
"""Around a run of ASCII letters and digits these neither make a token nor lengthen it."""

_IS_MARK = np.zeros(256, bool)
_IS_MARK[[ord(mark) for mark in _MARKS if mark.isascii()]] = True

_WIDE = 8
_KEY_SIZE = 2 * _WIDE
_LOW_BYTES = np.array([(1 << (8 * size)) - 1 for size in range(_WIDE + 1)], np.uint64)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_MIX_SECOND = np.uint64(0xC2B2AE3D27D4EB4F)
_SLOT_BITS = 20  # at MAX_CHUNKS a quarter full: most look-ups end at the first slot
_LAST_SLOT = (1 << _SLOT_BITS) - 1


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of some texts, by the numbers their vocabulary gave.

    ``terms``: int32 (T,) surface term of each token, in order; ``lengths``: int64, tokens of each
    text. ``joined_at`` and ``joined_stems``: int64, index of a token that carries the closed
    spelling of a hyphened word, and the number of that spelling's stem. ``sentences``: int64,
    index of each sentence's first token; ``spots``: that at or after each place asked for.
    """

    terms: npt.NDArray[np.int32]
    lengths: Ints
    joined_at: Ints
    joined_stems: Ints
    sentences: Ints
    spots: Ints


class Vocabulary:
    """The chunks of texts that were met, and the terms they are made of.

    Not for several threads at once. It only grows: throw it away when it is ``spent``.
    """

    def __init__(self) -> None:
        self.lexicon = Lexicon()
        """The terms and their numbers."""
        # A chunk's code: the number of its only token's term, or ~i for entry i of these two.
        self._several: list[tuple[int, ...]] = []
        self._joined: list[tuple[tuple[int, int], ...]] = []  # (which token, number of the stem)
        self._chunks = _ChunkTable()
        self._long: dict[bytes, int] = {}
        self._bytes = 0

    @property
    def spent(self) -> bool:
        """Whether it has grown past what a process should keep."""
        most = max(self._chunks.size, len(self._long), len(self.lexicon.terms))
        return most >= MAX_CHUNKS or self._bytes > MAX_BYTES

    def read(
        self,
        texts: Sequence[str],
        spots: Sequence[Spot] = (),
        encoded: Sequence[bytes] | None = None,
    ) -> Tokens:
        """Return the tokens of the texts: exactly those ``tokenize`` gives.

        ``encoded``: the same in UTF-8, surrogates passed, where that is known.
        """
        if encoded is None:
            encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        data, text_starts, breaks = _join(encoded)
        starts, sizes = _cut(data)
        codes = self._codes(data, starts, sizes)
        counts = np.ones(len(codes), np.int64)
        several = np.flatnonzero(codes < 0)
        entries = (~codes[several]).tolist()
        found = list(map(self._several.__getitem__, entries))
        counts[several] = np.fromiter(map(len, found), np.int64, len(found))
        first_tokens = np.zeros(len(codes) + 1, np.int64)
        np.cumsum(counts, out=first_tokens[1:])
        terms = np.repeat(codes, counts)
        terms[terms < 0] = np.fromiter(chain.from_iterable(found), np.int32)
        joined = [
            (first + offset, stem_number)
            for first, entry in zip(first_tokens[several].tolist(), entries, strict=True)
            for offset, stem_number in self._joined[entry]
        ]
        pairs = np.array(joined, np.int64).reshape(-1, 2)
        text_tokens = first_tokens[np.searchsorted(starts, text_starts)]
        places = np.concatenate((breaks, bytes_at(texts, text_starts, spots)))
        at = tokens_at(data, starts, sizes, first_tokens, places)
        begins, of_spots = first_of_sentences(text_tokens, at[: breaks.size]), at[breaks.size :]
        lengths = np.diff(text_tokens)
        return Tokens(terms, lengths, pairs[:, 0], pairs[:, 1], begins, of_spots)

    def _codes(self, data: bytes, starts: Ints, sizes: Ints) -> Codes:
        first, second = _keys(data, starts, sizes)
        codes, unknown = self._chunks.look_up(first, second)
        # One at a time: what is new, and what is too long for a key (about 1 in 100).
        fresh: dict[bytes, int] = {}
        fresh_at = []
        begins = starts[unknown]
        spans = zip(begins.tolist(), (begins + sizes[unknown]).tolist(), strict=True)
        found = []
        for index, (start, end) in enumerate(spans):
            chunk = data[start:end]
            known = self._long if end - start > _KEY_SIZE else fresh
            code = known.get(chunk)
            if code is None:
                code = known[chunk] = self._analyze(chunk)
                if known is fresh:
                    fresh_at.append(index)
                else:
                    self._bytes += len(chunk)
            found.append(code)
        codes[unknown] = found
        new = unknown[fresh_at]
        self._chunks.add(first[new], second[new], codes[new])
        return codes

    def _analyze(self, chunk: bytes) -> int:
        """Return the code of a chunk never met."""
        text = chunk.decode("utf-8", "surrogatepass")
        word = text.strip(_MARKS)
        if word.isascii() and word.isalnum():
            return self.lexicon.term(word[:MAX_TERM_LENGTH])  # three of four, and 5 times as fast
        tokens = tokenize(text)
        terms = tuple(self.lexicon.term(token.term) for token in tokens)
        joined = [(place, token.joined) for place, token in enumerate(tokens) if token.joined]
        if len(terms) == 1 and not joined:
            return terms[0]
        self._bytes += 8 * len(terms)
        self._several.append(terms)
        self._joined.append(tuple((place, self.lexicon.stem_of(word)) for place, word in joined))
        return ~(len(self._several) - 1)


class _ChunkTable:
    """Codes of chunks of at most 16 bytes: open addressing, looked up for a whole batch at once.

    A key is a chunk's bytes as two numbers, so a hit is the very chunk and not one of the same
    hash. Holds at most MAX_CHUNKS; what comes after is not kept.
    """

    def __init__(self) -> None:
        self.size = 0
        self._slots = np.zeros(1 << _SLOT_BITS, np.int32)  # 0: empty, else an index into these:
        self._first = np.zeros(MAX_CHUNKS + 1, np.uint64)
        self._second = np.zeros(MAX_CHUNKS + 1, np.uint64)
        self._code = np.zeros(MAX_CHUNKS + 1, np.int32)
        self._first[0] = 1  # no chunk's key: the byte 1 is cut away

    def look_up(self, first: Words, second: Words) -> tuple[Codes, Ints]:
        """Return the chunks' codes, and the indexes (ascending) of those that have none here."""
        slots = _hash(first, second)
        # ``take`` by numbers of its own type is twice as fast as brackets.
        entries = self._slots.take(slots).astype(np.int64)
        wrong = self._first.take(entries) != first
        wrong |= self._second.take(entries) != second
        wrong = np.flatnonzero(wrong)
        unknown = []
        while wrong.size:
            empty = entries[wrong] == 0
            unknown.append(wrong[empty])
            wrong = wrong[~empty]
            slots[wrong] = (slots[wrong] + 1) & _LAST_SLOT
            entries[wrong] = found = self._slots[slots[wrong]]
            differs = (self._first[found] != first[wrong]) | (self._second[found] != second[wrong])
            wrong = wrong[differs]
        missing = np.sort(np.concatenate(unknown)) if unknown else np.zeros(0, np.int64)
        return self._code.take(entries), missing

    def add(self, first: Words, second: Words, codes: Codes) -> None:
        """Keep the codes of distinct chunks that are not here yet."""
        room = MAX_CHUNKS - self.size
        first, second, codes = first[:room], second[:room], codes[:room]
        start = self.size + 1
        stop = start + len(codes)
        self._first[start:stop], self._second[start:stop] = first, second
        self._code[start:stop] = codes
        slots = memoryview(self._slots)  # type: ignore[arg-type]
        for entry, slot in enumerate(_hash(first, second).tolist(), start):
            while slots[slot]:
                slot = (slot + 1) & _LAST_SLOT
            slots[slot] = entry
        self.size += len(codes)


def _join(encoded: Sequence[bytes]) -> tuple[bytes, Ints, Ints]:
    """Return the texts as blank-separated UTF-8 without case and without what no token holds.

    Also where each begins, and at last where a next one would; and where sentences begin.
    """
    begins = np.ones(len(encoded) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)) + 1, out=begins[1:])
    begins[1:] += 1
    padding = b" " * (3 * _WIDE)  # keys are read past the end
    data = b"".join([b" ", b" ".join(encoded), padding])
    breaks, unspaced = sentence_breaks(data)
    if unspaced:  # no token holds one: chunks end there
        for stop in UNSPACED_STOPS:
            data = data.replace(stop.encode(), b" " * len(stop.encode()))
    return data.translate(_TO_CHUNKS), begins, breaks


def _cut(data: bytes) -> tuple[Ints, Ints]:
    """Return where the chunks of ``data`` start, and their sizes in bytes.

    A mark at the end of a chunk is left out: no token ends with one but an abbreviation, which
    is the same without its last full stop. It makes a quarter fewer chunks.
    """
    characters = np.frombuffer(data, np.uint8)
    written = characters != _BLANK
    edges = np.flatnonzero(written[1:] != written[:-1]) + 1  # blanks stand at both ends
    starts, sizes = edges[0::2], edges[1::2] - edges[0::2]
    sizes -= _IS_MARK[characters[edges[1::2] - 1]] & (sizes > 1)
    return starts, sizes


def _keys(data: bytes, starts: Ints, sizes: Ints) -> tuple[Words, Words]:
    """Return the first and second 8 bytes of each chunk as numbers, 0 for chunks too long."""
    wide = np.ndarray((len(data) - _WIDE + 1,), "<u8", data, 0, (1,))  # the 8 bytes at any place
    first = wide[starts] & _LOW_BYTES.take(np.minimum(sizes, _WIDE))
    second = np.zeros(len(starts), np.uint64)
    longer = np.flatnonzero(sizes > _WIDE)
    left = sizes[longer] - _WIDE
    second[longer] = wide[starts[longer] + _WIDE] & _LOW_BYTES[np.minimum(left, _WIDE)]
    too_long = longer[left > _WIDE]
    first[too_long] = second[too_long] = 0
    return first, second


def _hash(first: Words, second: Words) -> Ints:
    mixed = (first * _MIX) ^ (second * _MIX_SECOND)
    mixed ^= mixed >> np.uint64(29)
    mixed *= _MIX
    return (mixed >> np.uint64(64 - _SLOT_BITS)).astype(np.int64)
