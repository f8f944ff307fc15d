"""Releases analyzed in batches: what a reading process hands to the builder of a segment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np
import numpy.typing as npt

from index.codec.lexicon import Codes, Lexicon
from index.codec.sketches import Hashes, Marks, marks
from index.codec.speech import quotation_spots
from index.codec.stored_json import stored_lines
from index.codec.tokens import Tokens, Vocabulary
from index.memory import give_back_freed_memory
from index.model import BLOCK_SEPARATOR, BlockKind, Entity, IndexedRelease, Passage

Ints = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.uint32]

_KIND_CODES = {kind.value: code for code, kind in enumerate(BlockKind)}
_TITLE = _KIND_CODES[BlockKind.TITLE.value]


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """n releases analyzed, with P passages of T tokens.

    Numbers of terms and stems are those of ``lexicon``. All arrays are uint32 and one-dimensional
    but for ``kinds`` and what is said to be int32.
    """

    ids: tuple[str, ...]
    """The n ids of the releases."""
    passages: Numbers
    """(n,) passages of each release."""
    kinds: npt.NDArray[np.uint8]
    """uint8 (P,) kind of each passage: index into ``tuple(BlockKind)``."""
    lengths: Numbers
    """(P,) tokens of each passage."""
    lexicon: Lexicon
    """The terms, and their stems. It grows with the batches that are made after this one."""
    tokens: Codes
    """int32 (T,) surface term of each token of each passage, in order."""
    joined_at: Numbers
    """Tokens that carry the closed spelling of a hyphened word, counted in all T, ascending."""
    joined_stems: Codes
    """int32, the stem of each of those spellings."""
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
    """Each release as it is stored (``stored_lines``)."""


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
    texts = list(chain.from_iterable(paragraphs))
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    read = vocabulary.read(texts, spots, encoded)
    counts = np.fromiter(map(len, paragraphs), np.int64, len(paragraphs))
    stored = stored_lines(releases, _joined(encoded, counts))
    batch = _batch(releases, passages, vocabulary.lexicon, read, counts, speakers, stored)
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
    lexicon: Lexicon,
    read: Tokens,
    paragraphs: Ints,
    speakers: Sequence[str],
    stored: list[bytes],
) -> Batch:
    ends = np.concatenate(([0], np.cumsum(read.lengths)))
    lengths = np.diff(ends[np.concatenate(([0], np.cumsum(paragraphs)))])
    counts = np.fromiter((len(each.passages) for each in releases), np.int64, len(releases))
    # ``_value_``: the attribute ``value`` of an enumeration is a call in Python.
    kinds = np.array([_KIND_CODES[passage.kind._value_] for passage in passages], np.uint8)
    hashes = np.frombuffer(lexicon.hashes, np.uint64).take(read.terms)
    spoken = read.spots[0::2] < read.spots[1::2]
    return Batch(
        tuple(indexed.release.id for indexed in releases),
        counts.astype(np.uint32),
        kinds,
        lengths.astype(np.uint32),
        lexicon,
        read.terms,
        read.joined_at.astype(np.uint32),
        read.joined_stems.astype(np.int32),
        _marks(counts, kinds, lengths, hashes, (paragraphs, read.lengths)),
        read.sentences.astype(np.uint32),
        read.spots[np.repeat(spoken, 2)].astype(np.uint32),
        [name for name, kept in zip(speakers, spoken.tolist(), strict=True) if kept],
        _facets(releases),
        stored,
    )


def _joined(paragraphs: list[bytes], counts: Ints) -> list[bytes]:
    """Return passages of so many paragraphs each, all in UTF-8."""
    if len(paragraphs) == counts.size:
        return paragraphs
    separator, left = BLOCK_SEPARATOR.encode(), iter(paragraphs)
    return [
        next(left) if count == 1 else separator.join(islice(left, count))
        for count in counts.tolist()
    ]


def _marks(
    passages: Ints,
    kinds: npt.NDArray[np.uint8],
    lengths: Ints,
    hashes: Hashes,
    paragraphs: tuple[Ints, Ints],
) -> Marks:
    owners = np.repeat(np.arange(passages.size), passages)
    titles = kinds == _TITLE
    bodies = np.bincount(owners, lengths * ~titles, passages.size).astype(np.int64)
    title_owners = np.repeat(owners[titles], lengths[titles])
    in_title = np.repeat(titles, lengths)
    return marks(hashes, in_title, title_owners, bodies, *paragraphs)


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
