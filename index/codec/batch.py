"""Releases analyzed in batches: what a reading process hands to the builder of a segment."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from index.codec.header import stored_header
from index.codec.sketches import Hashes, Marks, marks
from index.codec.speech import quotation_spots
from index.codec.tokens import Tokens, Vocabulary
from index.fields import TITLE_WEIGHT
from index.memory import give_back_freed_memory
from index.model import BLOCK_SEPARATOR, BlockKind, Entity, IndexedRelease, Passage

Ints = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.uint32]
_Counts = tuple[Numbers, Numbers, Numbers]
"""Distinct stems of each release, those stems, how often each occurs."""

_KIND_CODES = {kind.value: code for code, kind in enumerate(BlockKind)}
_KIND_BYTES = {kind.value: kind.value.encode() for kind in BlockKind}
_TITLE = _KIND_CODES[BlockKind.TITLE.value]

# As ``json.dumps``, which makes a new encoder for each call that wants it compact.
_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_to_ascii_json = json.JSONEncoder(separators=(",", ":")).encode
_ESCAPES = ((b"\\", rb"\\"), (b'"', rb"\""), (b"\n", rb"\n"), (b"\r", rb"\r"), (b"\t", rb"\t"))
_RARE_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\r")
"""What JSON escapes beside those."""


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """n releases analyzed, with P passages of T tokens; equal terms are numbered once.

    Numbers of terms and stems are their indexes in ``surface`` and ``stems``. All arrays are
    uint32 and one-dimensional but for ``kinds``.
    """

    ids: tuple[str, ...]
    """The n ids of the releases."""
    passages: Numbers
    """(n,) passages of each release."""
    kinds: npt.NDArray[np.uint8]
    """uint8 (P,) kind of each passage: index into ``tuple(BlockKind)``."""
    lengths: Numbers
    """(P,) tokens of each passage."""
    surface: list[str]
    """The distinct surface terms, in no order."""
    tokens: Numbers
    """(T,) surface term of each token of each passage, in order."""
    stems: list[str]
    """The distinct stems, in no order: those of ``surface`` and of closed spellings."""
    family_surface: Numbers
    """With ``family_stem`` pairs: this surface term has that stem."""
    family_stem: Numbers
    """The stems of the pairs: all of ``stems(term)``, not those of closed spellings."""
    text_counts: Numbers
    """(n,) distinct stems of each release."""
    text_stems: Numbers
    """(sum of ``text_counts``,) the distinct stems of each release, ascending in it."""
    text_weights: Numbers
    """Their weights: occurrences, those in titles counted TITLE_WEIGHT times."""
    title_counts: Numbers
    """(n,) distinct stems of each release's title."""
    title_stems: Numbers
    """(sum of ``title_counts``,) the distinct stems of each title, ascending in it."""
    title_weights: Numbers
    """Their occurrences."""
    marks: Marks
    """What shows that they repeat each other or others."""
    sentences: Numbers
    """The first token of each sentence, counted in all T, ascending."""
    quotes: Numbers
    """The first token of each of Q quotations and the one after its last, in turn (2 Q,)."""
    speakers: list[str]
    """Who says each, a value of the facet ``person``; those without a token are left out."""
    facets: dict[str, list[tuple[str, ...]]]
    """By facet (person, place, date, source, lang): each release's distinct values, in order."""
    stored: list[bytes]
    """For each release in UTF-8: JSON of ``stored_header``, a line feed, and JSON of its passages
    as ``[[number, kind, text], ...]``. A lone surrogate stands as an escape."""


_spare: list[Vocabulary] = []
"""The vocabulary kept from batch to batch. Whoever works takes it out, so that no two threads
share one and a batch that failed half way leaves none behind."""


def make_batch(releases: Sequence[IndexedRelease]) -> Batch:
    """Analyze releases into a batch.

    The terms and weights are those of ``index.analysis``; what texts are made of is remembered
    from call to call, in bounded memory (see ``Vocabulary.spent``).
    """
    vocabulary = _spare.pop() if _spare else Vocabulary()
    passages = [passage for indexed in releases for passage in indexed.passages]
    paragraphs = [passage.text.split(BLOCK_SEPARATOR) for passage in passages]
    spots, speakers = quotation_spots(releases, paragraphs)
    read = vocabulary.read(list(chain.from_iterable(paragraphs)), spots)
    counts = np.fromiter(map(len, paragraphs), np.int64, len(paragraphs))
    batch = _batch(releases, passages, vocabulary, read, counts, speakers)
    if not vocabulary.spent:
        if not _spare:
            _spare.append(vocabulary)
    else:
        del vocabulary, read
        give_back_freed_memory()
    return batch


def _batch(
    releases: Sequence[IndexedRelease],
    passages: Sequence[Passage],
    vocabulary: Vocabulary,
    read: Tokens,
    paragraphs: Ints,
    speakers: Sequence[str],
) -> Batch:
    ends = np.concatenate(([0], np.cumsum(read.lengths)))
    lengths = np.diff(ends[np.concatenate(([0], np.cumsum(paragraphs)))])
    counts = np.fromiter((len(each.passages) for each in releases), np.int64, len(releases))
    # ``_value_``: the attribute ``value`` of an enumeration is a call in Python.
    kinds = np.array([_KIND_CODES[passage.kind._value_] for passage in passages], np.uint8)
    places, terms, tokens = _renumber(read.terms, len(vocabulary.terms))
    owns = np.frombuffer(vocabulary.own_stems, np.int32)[terms]
    with_more, others = vocabulary.more_stems_of(places < terms.size)
    every = np.concatenate((owns, others, read.joined_stems))
    _, stems, numbers = _renumber(every, len(vocabulary.stems))
    own, more, joined = np.split(numbers, (owns.size, owns.size + others.size))
    family = np.concatenate((np.arange(terms.size, dtype=np.uint32), places[with_more]))
    at, extra = _extra_occurrences(tokens, family[terms.size :], more, terms.size)
    at = np.concatenate((at, read.joined_at))
    extra = np.concatenate((extra, joined))
    surface = list(map(vocabulary.terms.__getitem__, terms.tolist()))
    hashes = np.frombuffer(vocabulary.hashes, np.uint64)[terms]
    spoken = read.spots[0::2] < read.spots[1::2]
    text, title = _count_stems(counts, kinds, lengths, own[tokens], at, extra, stems.size)
    return Batch(
        tuple(indexed.release.id for indexed in releases),
        counts.astype(np.uint32),
        kinds,
        lengths.astype(np.uint32),
        surface,
        tokens,
        list(map(vocabulary.stems.__getitem__, stems.tolist())),
        family,
        np.concatenate((own, more)),
        *text,
        *title,
        _marks(counts, kinds, lengths, hashes, tokens, (paragraphs, read.lengths)),
        read.sentences.astype(np.uint32),
        read.spots[np.repeat(spoken, 2)].astype(np.uint32),
        [name for name, kept in zip(speakers, spoken.tolist(), strict=True) if kept],
        _facets(releases),
        [_stored(indexed) for indexed in releases],
    )


def _marks(
    passages: Ints,
    kinds: npt.NDArray[np.uint8],
    lengths: Ints,
    hashes: Hashes,
    tokens: Numbers,
    paragraphs: tuple[Ints, Ints],
) -> Marks:
    owners = np.repeat(np.arange(passages.size), passages)
    titles = kinds == _TITLE
    bodies = np.bincount(owners, lengths * ~titles, passages.size).astype(np.int64)
    title_owners = np.repeat(owners[titles], lengths[titles])
    in_title = np.repeat(titles, lengths)
    return marks(hashes[tokens], in_title, title_owners, bodies, *paragraphs)


def _renumber(numbers: npt.NDArray[Any], size: int) -> tuple[Numbers, Ints, Numbers]:
    """Number anew those of 0..size-1 that occur in ``numbers``, without gaps.

    Returns the new number of each (``size`` where it has none), which those are
    (ascending), and ``numbers`` renumbered. A table takes a tenth of the time of ``np.unique``.
    """
    present = np.zeros(size, bool)
    present[numbers] = True
    occurring = np.flatnonzero(present)
    places = np.full(size, size, np.uint32)
    places[occurring] = np.arange(occurring.size, dtype=np.uint32)
    return places, occurring, places[numbers]


def _extra_occurrences(
    tokens: Numbers, with_more: Numbers, stems: Numbers, size: int
) -> tuple[Ints, Numbers]:
    """Return for each further stem of each token the token's index and the stem.

    ``with_more`` (ascending) and ``stems`` are the further stems of the ``size`` terms.
    """
    counts = np.bincount(with_more, minlength=size)
    at = np.flatnonzero(counts[tokens])
    terms = tokens[at]
    repeats = counts[terms]
    # A token's places in ``stems`` count up from where its term's begin.
    begins = (np.cumsum(counts) - counts)[terms] - (np.cumsum(repeats) - repeats)
    places = np.repeat(begins, repeats) + np.arange(repeats.sum())
    return np.repeat(at, repeats), stems[places]


def _count_stems(
    passages: Ints,
    kinds: npt.NDArray[np.uint8],
    lengths: Ints,
    own: Numbers,
    at: Ints,
    extra: Numbers,
    size: int,
) -> tuple[_Counts, _Counts]:
    """Count the stems of each release in its whole text (weighted) and in its title.

    ``own`` are the stems of the tokens; ``extra`` further ones, of the tokens at the indexes
    ``at``. ``size`` is the number of stems.
    """
    # A cell is release * size + stem, in 4 bytes if they fit: half the time to sort.
    rows = np.arange(passages.size)
    kind = np.uint32 if passages.size * size < 1 << 32 else np.int64
    row_of = np.repeat(np.repeat((rows * size).astype(kind), passages), lengths)
    in_title = np.repeat(kinds == _TITLE, lengths)
    cells = np.concatenate((row_of + own, row_of[at] + extra))
    titles = cells[np.concatenate((in_title, in_title[at]))]
    text = np.sort(np.concatenate([cells, *[titles] * (TITLE_WEIGHT - 1)]))
    return _count(text, passages.size, size), _count(np.sort(titles), passages.size, size)


def _count(cells: npt.NDArray[Any], rows: int, size: int) -> _Counts:
    """Count equal cells (sorted): distinct ones of each row, their stems, how often each."""
    begins = np.flatnonzero(np.concatenate(([True], cells[1:] != cells[:-1]))[: cells.size])
    distinct = cells[begins]
    row_begins = np.arange(rows + 1) * size
    per_row = np.diff(np.searchsorted(distinct, row_begins))
    stems = distinct - np.repeat(row_begins[:-1].astype(cells.dtype), per_row)
    times = np.diff(begins, append=cells.size)
    return per_row.astype(np.uint32), stems.astype(np.uint32), times.astype(np.uint32)


def _facets(releases: Sequence[IndexedRelease]) -> dict[str, list[tuple[str, ...]]]:
    each = [indexed.release for indexed in releases]
    return {
        "person": [_names(indexed.people) for indexed in releases],
        "place": [_names(indexed.places) for indexed in releases],
        "date": [(release.date.value,) if release.date else () for release in each],
        "source": [(release.source,) if release.source else () for release in each],
        "lang": [(release.lang,) if release.lang else () for release in each],
    }


def _names(entities: Sequence[Entity]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entity.name for entity in entities))


def _stored(indexed: IndexedRelease) -> bytes:
    header, passages = stored_header(indexed), indexed.passages
    try:
        head = _to_json(header).encode()
        texts = "\0".join([passage.text for passage in passages]).encode()
    except UnicodeEncodeError:  # half of a surrogate pair: escaped, and so valid UTF-8
        return _plain_stored(header, passages, _to_ascii_json)
    if len(texts.translate(None, _RARE_CONTROLS)) != len(texts) - max(len(passages) - 1, 0):
        return _plain_stored(header, passages, _to_json)
    # Byte for byte as the encoder writes it, in half its time (it looks at each character, which
    # was the greatest part of making a batch): most texts hold only the quotation mark of these.
    for char, escape in _ESCAPES:
        texts = texts.replace(char, escape)
    items = [
        b'[%d,"%b","%b"]' % (passage.number, _KIND_BYTES[passage.kind._value_], text)
        for passage, text in zip(passages, texts.split(b"\0"), strict=False)  # none gives [b""]
    ]
    return b"%b\n[%b]" % (head, b",".join(items))


def _plain_stored(
    header: dict[str, Any], passages: Sequence[Passage], to_json: Callable[[Any], str]
) -> bytes:
    values = [(passage.number, passage.kind, passage.text) for passage in passages]
    return f"{to_json(header)}\n{to_json(values)}".encode()
