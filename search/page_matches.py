"""The words of a query in several texts at once: how often each leaf occurs and what to mark."""

from __future__ import annotations

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
        leaves, starts, ends = found = scan.run()
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
        self._merge(starts, ends, edges if starts is found[1] else None)

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
        order = starts.argsort(kind="stable")
        return starts[order], ends[order]

    def _merge(self, starts: Ints, ends: Ints, bounds: Ints | None) -> None:
        """Make one span of those that overlap; touching ones stay apart.

        ``bounds`` are where those of each text begin, and the end, if it is known.
        """
        if starts.size and (starts[1:] < ends[:-1]).any():
            reached = np.maximum.accumulate(ends)
            firsts = np.concatenate(([True], starts[1:] >= reached[:-1])).nonzero()[0]
            lasts = np.concatenate((firsts[1:] - 1, [starts.size - 1]))
            starts, ends, bounds = starts[firsts], reached[lasts], None
        self._starts, self._ends = starts, ends
        if bounds is None:
            bounds = np.concatenate((starts.searchsorted(self._page.bases), [starts.size]))
        cuts = np.empty((starts.size, 2), np.intp)
        cuts[:, 0], cuts[:, 1] = starts, ends
        cuts -= self._page.bases.repeat(bounds[1:] - bounds[:-1])[:, None]
        self._cuts: list[int] = cuts.ravel().tolist()
        self._bounds: list[int] = (bounds * 2).tolist()

    def cuts(self, at: int) -> list[int]:
        """Return what is to be marked in text ``at``: start, end, start, end ..., in order."""
        return self._cuts[self._bounds[at] : self._bounds[at + 1]]

    def spans(self, at: int) -> list[Span]:
        """Return what is to be marked in text ``at``, in order, without overlaps."""
        cuts = self.cuts(at)
        return list(zip(cuts[::2], cuts[1::2], strict=True))

    def matches(self, at: int) -> PassageMatches:
        """Return what ``LeafTable.matches`` says of text ``at``."""
        return PassageMatches(tuple(self.spans(at)), tuple(self.counts[at].tolist()))

    def adjacent(self) -> Ints:
        """Return for each text in how many places a span follows another after blanks only."""
        page = self._page
        left, right = self._ends[:-1], self._starts[1:]
        if not left.size:
            return np.zeros(page.bases.size, np.intp)
        # No run begins between the two: the first that begins after the one, if there is any, is
        # not before the other.
        after = page.starts.searchsorted(left)
        following = page.starts.take(after, mode="clip")
        pairs = ((following >= right) | (after == page.starts.size)).nonzero()[0]
        left, right = left.take(pairs), right.take(pairs)
        texts = page.text_of(left)
        if (right - left == 1).all():  # nearly always, and then no piece is cut out
            found = map(str.isspace, map(page.text.__getitem__, left.tolist()))
            blank = np.fromiter(found, bool, left.size)
        else:
            bounds = zip(left.tolist(), right.tolist(), strict=True)
            blank = np.array([not page.text[start:end].strip() for start, end in bounds], bool)
        kept = blank & (texts == page.text_of(right))
        return np.bincount(texts[kept], minlength=page.bases.size)
