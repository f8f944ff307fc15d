"""The words of a query in several texts at once: how often each leaf occurs and what to mark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from search.leaf_table import LeafTable, PassageMatches, Span
from search.page_scan import Scan
from search.page_text import Ints, Page, flags


class PageMatches:
    """Where texts answer a query.

    ``counts`` is an integer array of shape (texts, leaves): how often each leaf occurs in each
    text. ``titles`` are the numbers of the texts that are titles.
    """

    def __init__(
        self, table: LeafTable, texts: Sequence[str], titles: Collection[int] = ()
    ) -> None:
        self._page = Page(texts)
        self._leaves = len(table.leaves)
        scan = Scan(self._page, table)
        leaves, starts, ends = scan.run()
        slow = dict.fromkeys(scan.slow_texts.tolist(), PassageMatches((), ()))
        for at in slow:
            slow[at] = table.matches(texts[at], title=at in titles)
        edges = np.concatenate((starts.searchsorted(self._page.bases), [starts.size]))
        numbers = np.arange(len(texts)).repeat(edges[1:] - edges[:-1])
        kept = self._kept(table, numbers, leaves, len(texts), titles, slow)
        if kept is not None:
            leaves, starts, ends, numbers = leaves[kept], starts[kept], ends[kept], numbers[kept]
        self.counts: Ints = np.bincount(
            numbers * self._leaves + leaves, minlength=len(texts) * self._leaves
        ).reshape(len(texts), self._leaves)
        if table.quiet:
            loud = ~flags(table.quiet, self._leaves).take(leaves)
            starts, ends = starts[loud], ends[loud]
        for at, matches in slow.items():
            self.counts[at] = matches.counts
        if slow:
            starts, ends = self._with_slow(starts, ends, slow)
        self._merge(starts, ends)

    @staticmethod
    def _kept(
        table: LeafTable,
        numbers: Ints,
        leaves: Ints,
        texts: int,
        titles: Collection[int],
        slow: Collection[int],
    ) -> npt.NDArray[np.bool_] | None:
        """Return which occurrences count; None for all of them."""
        kept = None
        if slow:
            kept = ~flags(slow, texts).take(numbers)
        if table.titled:
            allowed = flags(titles, texts).take(numbers)
            allowed |= ~flags(table.titled, len(table.leaves)).take(leaves)
            kept = allowed if kept is None else kept & allowed
        return kept

    def _with_slow(
        self, starts: Ints, ends: Ints, slow: dict[int, PassageMatches]
    ) -> tuple[Ints, Ints]:
        spans = [
            (start + base, end + base)
            for at, matches in slow.items()
            for base in [int(self._page.bases[at])]
            for start, end in matches.spans
        ]
        more = np.array(spans, np.intp).reshape(-1, 2)
        starts, ends = np.concatenate((starts, more[:, 0])), np.concatenate((ends, more[:, 1]))
        order = np.argsort(starts, kind="stable")
        return starts[order], ends[order]

    def _merge(self, starts: Ints, ends: Ints) -> None:
        """Make one span of those that overlap; touching ones stay apart."""
        if starts.size:
            reached = np.maximum.accumulate(ends)
            firsts = np.flatnonzero(np.concatenate(([True], starts[1:] >= reached[:-1])))
            lasts = np.concatenate((firsts[1:] - 1, [starts.size - 1]))
            starts, ends = starts[firsts], reached[lasts]
        self._starts, self._ends = starts, ends
        self._listed = starts.tolist(), ends.tolist()
        self._bounds = [*np.searchsorted(starts, self._page.bases).tolist(), starts.size]
        self._bases = self._page.bases.tolist()

    def spans(self, at: int) -> list[Span]:
        """Return what is to be marked in text ``at``, in order, without overlaps."""
        first, last, base = self._bounds[at], self._bounds[at + 1], self._bases[at]
        starts, ends = self._listed
        return [(starts[i] - base, ends[i] - base) for i in range(first, last)]

    def matches(self, at: int) -> PassageMatches:
        """Return what ``LeafTable.matches`` says of text ``at``."""
        return PassageMatches(tuple(self.spans(at)), tuple(self.counts[at].tolist()))

    def adjacent(self) -> dict[int, int]:
        """Return for texts in how many places a span follows another after blanks only."""
        page = self._page
        left, right = self._ends[:-1], self._starts[1:]
        pairs = np.flatnonzero(
            np.searchsorted(page.starts, left) == np.searchsorted(page.starts, right)
        )
        if not pairs.size:
            return {}
        left, right = left[pairs], right[pairs]
        return Counter(
            at
            for start, end, before, at in zip(
                left.tolist(),
                right.tolist(),
                page.text_of(left).tolist(),
                page.text_of(right).tolist(),
                strict=True,
            )
            if before == at and not page.text[start:end].strip()
        )
