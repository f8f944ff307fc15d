"""Finding the words of a query in all texts of a page of results at once.

The texts are joined, turned into letter codes and cut into runs with array operations. Runs that
a needle points to are decided: plain words by their letters, everything else (hyphens,
apostrophes, abbreviations, odd letters) by reading its chunk with the analyzer. The answer is
exactly that of ``LeafTable.matches`` on each text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import TypeVar

import numpy as np

from index.analysis import stem, surface_term, tokenize
from search.leaf_table import LeafTable, non_overlapping
from search.needles import LONGEST, Needles, Row, needles_of
from search.page_text import MASKS, Ints, Keys, Mask, Page, flags

Found = tuple[Ints, Ints, Ints]
Written = TypeVar("Written")

_NOTHING: Ints = np.zeros(0, np.intp)
_BEYOND_ASCII = np.uint64(0x8080808080808080)
_NEXT_CODE = np.uint64(56)


def _key(codes: bytes) -> int:
    return int.from_bytes(codes[:LONGEST], "little")


@lru_cache(maxsize=10_000)
def _joints(needle: bytes) -> frozenset[int]:
    """Return a needle's pieces with what goes on after them: key of a piece, next code on top."""
    return frozenset(
        _key(needle[:size]) | needle[size] << 56 for size in range(1, min(len(needle), LONGEST))
    )


@lru_cache(maxsize=100_000)
def _term_of(key: int) -> str:
    return key.to_bytes(LONGEST, "little").rstrip(b"\0").decode("ascii")


@lru_cache(maxsize=100_000)
def _stem_of(key: int) -> str:
    """Return the one stem of a plain run of ASCII letters and digits."""
    return stem(_term_of(key))


class Scan:
    """One look for the leaves of a query on a page."""

    def __init__(self, page: Page, table: LeafTable) -> None:
        self._page = page
        self._table = table
        self._needles: Needles = needles_of(table)
        self._multiple = frozenset(
            leaf for entries in table.sequences.values() for _, leaf in entries
        )
        self._leaves: list[Ints] = [_NOTHING]
        self._runs: list[Ints] = [_NOTHING]
        self._others: list[tuple[int, int, int]] = []
        """Leaf, start and end of what is not one plain run."""

    @cached_property
    def slow_texts(self) -> Ints:
        """Texts where words in a row can only be found by looking at every token."""
        page = self._page
        if self._needles.hard:
            return np.arange(page.bases.size)
        runs = page.odd if self._needles.sequences else page.odd[:0]
        if self._needles.anchors and page.starts.size:
            anchors = self._needles.anchors
            spread = np.array(self._spread(anchors), np.intp)
            runs = np.concatenate((runs, self._begun(anchors)[0], spread))
        return np.unique(page.text_of(page.starts[runs]))

    def run(self) -> Found:
        """Return leaves, starts and ends of what was found, by start, but in slow texts.

        Of the same leaf nothing overlaps.
        """
        page = self._page
        if not page.starts.size:
            return _NOTHING, _NOTHING, _NOTHING
        for row in self._needles.rows:
            self._find_row(row)
        runs, keys = self._candidates()
        is_open = page.open.take(runs)
        self._decide_plain(runs[~is_open], keys[~is_open])
        spread = self._spread(self._needles.beginnings)
        self._decide_chunks([*runs[is_open].tolist(), *spread, *page.odd.tolist()])
        return self._columns()

    def _columns(self) -> Found:
        leaves, runs = np.concatenate(self._leaves), np.concatenate(self._runs)
        starts, ends = self._page.starts.take(runs), self._page.ends.take(runs)
        if self._others:
            if self._multiple:
                self._move_multiple(leaves, starts, ends)
                single = ~flags(self._multiple, len(self._table.leaves)).take(leaves)
                leaves, starts, ends = leaves[single], starts[single], ends[single]
            # Of what begins at one place words in a row come first, as in ``LeafTable.matches``.
            self._others.sort(key=itemgetter(1))
            others = np.array([*non_overlapping(self._others)], np.intp)
            leaves = np.concatenate((leaves, others[:, 0]))
            starts = np.concatenate((starts, others[:, 1]))
            ends = np.concatenate((ends, others[:, 2]))
        order = starts.argsort(kind="stable")
        return leaves.take(order), starts.take(order), ends.take(order)

    def _move_multiple(self, leaves: Ints, starts: Ints, ends: Ints) -> None:
        """Put closed spellings of words of several terms where they may overlap with these."""
        self._others += [
            found
            for found in zip(leaves.tolist(), starts.tolist(), ends.tolist(), strict=True)
            if found[0] in self._multiple
        ]

    def _candidates(self) -> tuple[Ints, Keys]:
        """Return the runs that may be single terms that are asked for, and their keys."""
        page, needles = self._page, self._needles
        runs, keys = self._begun(needles.beginnings)
        if not needles.misspellings:
            return runs, keys
        similar = np.zeros(page.starts.size, bool)
        similar[runs] = True
        sizes = page.ends - page.starts
        for like in needles.misspellings:
            least = np.where(page.open, 1, like.least)
            similar |= (page.first == like.first) & (sizes >= least) & (sizes <= like.most)
        runs = similar.nonzero()[0]
        return runs, page.keys(runs)

    def _begun(self, beginnings: Sequence[bytes]) -> tuple[Ints, Keys]:
        """Return the runs that begin as a needle asks, and their keys."""
        page = self._page
        found = np.zeros(page.starts.size, bool)
        for pair in {needle[:2] for needle in beginnings}:
            begun = page.first == pair[0]
            if len(pair) > 1:
                begun &= page.second == pair[1]
            found |= begun
        runs = found.nonzero()[0]
        keys = page.keys(runs)
        wanted = np.zeros(runs.size, bool)
        for needle in beginnings:
            wanted |= (keys & MASKS[len(needle)]) == np.uint64(_key(needle))
        return runs[wanted], keys[wanted]

    def _spread(self, beginnings: Sequence[bytes]) -> list[int]:
        """Return the runs where a needle may begin that goes on in the next run."""
        page = self._page
        wanted = set().union(*map(_joints, beginnings))
        if not wanted or not page.tied.size:
            return []
        lengths = page.lengths(page.tied)
        short = (lengths < LONGEST).nonzero()[0]
        tied = page.tied.take(short)
        joints = page.keys(tied, lengths.take(short))
        joints |= page.first.take(tied + 1).astype(np.uint64) << _NEXT_CODE
        joints_listed = joints.tolist()
        if wanted.isdisjoint(joints_listed):
            return []
        return [
            run for run, joint in zip(tied.tolist(), joints_listed, strict=True) if joint in wanted
        ]

    def _decide_plain(self, runs: Ints, keys: Keys) -> None:
        """Decide runs that are tokens by themselves, each distinct one once."""
        if not runs.size:
            return
        page = self._page
        short = ((keys & _BEYOND_ASCII) == 0) & (page.lengths(runs) <= LONGEST)
        if short.all():
            self._decide_alike(runs, keys.tolist(), self._of_key)
            return
        self._decide_alike(runs[short], keys[short].tolist(), self._of_key)
        others = runs[~short]
        bounds = zip(page.starts[others].tolist(), page.ends[others].tolist(), strict=True)
        words = [page.text[start:end] for start, end in bounds]
        self._decide_alike(others, words, self._of_word)

    def _decide_alike(
        self, runs: Ints, written: Sequence[Written], decide: Callable[[Written], tuple[int, ...]]
    ) -> None:
        """Decide runs by what is written there, which is the same word where it is the same."""
        decided = {word: decide(word) for word in {*written}}
        first = {word: leaves[0] if leaves else -1 for word, leaves in decided.items()}
        leaf_of = np.fromiter(map(first.__getitem__, written), np.intp, len(written))
        matching = leaf_of >= 0
        self._runs.append(runs[matching])
        self._leaves.append(leaf_of[matching])
        for word, leaves in decided.items():
            for leaf in leaves[1:]:
                again = runs[[at for at, other in enumerate(written) if other == word]]
                self._runs.append(again)
                self._leaves.append(np.full(again.size, leaf, np.intp))

    def _of_key(self, key: int) -> tuple[int, ...]:
        """Return the leaves of a plain run of up to 8 ASCII letters and digits."""
        table = self._table
        if table.patterns or table.fuzzy:
            return table.of_term(_term_of(key))
        return table.by_stem.get(_stem_of(key), ())

    def _of_word(self, word: str) -> tuple[int, ...]:
        """Return the leaves of a plain run by what stands in the text."""
        return self._table.of_term(surface_term(word))

    def _decide_chunks(self, runs: Sequence[int]) -> None:
        page = self._page
        found: list[tuple[int, int, int]] = []
        done = 0
        for run in sorted({*runs}):
            if page.starts[run] < done:
                continue  # in the chunk just read
            start, end = page.chunk(run, run)
            done = end
            in_chunk = self._table.in_chunk(page.text[start:end])
            found += [(leaf, left + start, right + start) for leaf, left, right in in_chunk]
        self._others += found

    def _find_row(self, row: Row) -> None:
        """Find runs in a row, then decide on the tokens where they are not plain."""
        page = self._page
        anchor = max(range(len(row.runs)), key=lambda at: len(row.runs[at]))
        size = page.ends - page.starts == len(row.runs[anchor])
        runs = ((page.first == row.runs[anchor][0]) & size).nonzero()[0]
        runs = runs[(runs >= anchor) & (runs - anchor + len(row.runs) <= page.starts.size)] - anchor
        for at, codes in sorted(enumerate(row.runs), key=lambda item: -len(item[1])):
            there = runs + at
            same = (page.keys(there) == np.uint64(_key(codes))) & (
                page.lengths(there) == len(codes)
            )
            runs = runs[same]
            if not runs.size:
                return
        last = runs + len(row.runs) - 1
        one_text = page.text_of(page.starts[runs]) == page.text_of(page.starts[last])
        runs, last = runs[one_text], last[one_text]
        plain = self._plain(row, runs)
        whole = page.starts.take(runs[plain]).tolist(), page.ends.take(last[plain]).tolist()
        self._others += [(row.leaf, start, end) for start, end in zip(*whole, strict=True)]
        others = zip(runs[~plain].tolist(), last[~plain].tolist(), strict=True)
        windows = {page.chunk(first, final) for first, final in others}
        found = {place for window in windows for place in self._in_window(row, *window)}
        self._others += [(row.leaf, start, end) for start, end in found]

    def _plain(self, row: Row, firsts: Ints) -> Mask:
        """Whether the runs from each of these on are tokens by themselves and those of the row.

        Their lengths and first letters are known to be those of the row's runs.
        """
        page = self._page
        if len(row.runs) != len(row.terms) or not all(codes.isascii() for codes in row.runs):
            return np.zeros(firsts.size, bool)
        plain: Mask = np.ones(firsts.size, bool)
        for at, codes in enumerate(row.runs):
            there = firsts + at
            plain &= ~page.open.take(there)
            if len(codes) > LONGEST:
                bounds = zip(page.starts[there].tolist(), page.ends[there].tolist(), strict=True)
                plain &= np.array([page.codes[start:end] == codes for start, end in bounds], bool)
        return plain

    def _in_window(self, row: Row, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield where the tokens of some chunks are those of a row."""
        tokens = tokenize(self._page.text[start:end])
        width = len(row.terms)
        for at in range(len(tokens) - width + 1):
            if all(
                token.term == term
                for token, term in zip(tokens[at : at + width], row.terms, strict=True)
            ):
                yield start + tokens[at].start, start + tokens[at + width - 1].end
