"""The embedded engine: the executor on a Whoosh index."""

from __future__ import annotations

from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from index.errors import IndexUnavailableError
from index.generations import Generation
from index.model import BlockKind
from search.columns import Ints, Mask
from search.executor import Executor, Match
from search.facets import count_facets, facet_masks, narrow
from search.query import Query, text_leaves
from search.request import SearchRequest, Sort
from search.stored import EngineAnswer, StoredPassage, StoredRelease
from search.whoosh_postings import WhooshPostings


class WhooshEngine:
    """One generation of a Whoosh index, opened for reading."""

    def __init__(self, generation: Generation) -> None:
        """Open the index and build its columns.

        Raises IndexUnavailableError when it does not open.
        """
        self._generation = generation
        try:
            self._postings = WhooshPostings(generation.index_folder)
            self._columns = self._postings.columns
        except Exception as error:
            raise IndexUnavailableError(
                f"the index does not open: {type(error).__name__}: {error}",
                where=str(generation.folder),
                hint="run: dateline rollback, or: dateline reindex --full",
            ) from error

    @property
    def generation(self) -> Generation:
        """The generation that answers."""
        return self._generation

    def search(self, request: SearchRequest, query: Query) -> EngineAnswer:
        """Answer a search."""
        executor = Executor(self._postings)
        masks = facet_masks(self._columns, request)
        match, full = executor.match(query), np.ones(self._columns.total, dtype=bool)
        relaxed = executor.relax(query)
        if relaxed:
            match, full = relaxed
        chosen = narrow(match.mask, masks)
        first = (request.page - 1) * request.per_page
        page = self._order(request, match, full, chosen)[first : first + request.per_page]
        return EngineAnswer(
            total=int(chosen.sum()),
            hits=tuple((self._stored(int(i), True), float(match.scores[i])) for i in page),
            facets=count_facets(self._columns, request, match.mask, masks),
            relaxed=relaxed is not None,
            leaf_weights=tuple(executor.idfs.get(leaf, 0.0) for leaf in text_leaves(query)),
        )

    def release(self, release_id: str) -> StoredRelease | None:
        """Return a whole release, or None when there is none of that id."""
        ordinal = self._postings.find(release_id)
        return None if ordinal is None else self._stored(ordinal, True)

    def listing(self, start: int, count: int) -> tuple[StoredRelease, ...]:
        """Return releases newest first, undated last, from ``start`` on, without passages."""
        order = np.argsort(self._columns.dates.rank)[start : start + count]
        return tuple(self._stored(int(ordinal), False) for ordinal in order)

    def date_span(self) -> tuple[str, str]:
        """Return the first and the last date of the archive as they are known, or empty."""
        order = np.argsort(self._columns.dates.rank)[: int((~self._columns.dates.undated).sum())]
        if not order.size:
            return "", ""
        return self._stored(int(order[-1]), False).date, self._stored(int(order[0]), False).date

    def _order(self, request: SearchRequest, match: Match, full: Mask, chosen: Mask) -> Ints:
        """Return the chosen releases in the order asked for, ties newest first."""
        found = np.flatnonzero(chosen)
        rank = self._columns.dates.rank[found].astype(np.int64)
        keys: list[npt.NDArray[Any]]  # the last one counts first
        if request.sort is Sort.NEWEST:
            keys = [rank]
        elif request.sort is Sort.OLDEST:
            keys = [-rank, self._columns.dates.undated[found]]
        else:
            keys = [rank, -match.scores[found], ~full[found]]
        return np.asarray(found[np.lexsort(keys)], dtype=np.int32)

    def _stored(self, ordinal: int, with_passages: bool) -> StoredRelease:
        documents = self._postings.stored_group(ordinal)
        value: dict[str, Any] = next(documents)
        passages = islice(documents, value["passages"] if with_passages else 0)
        return StoredRelease(
            **{name: value[name] for name in ("id", "path", "url", "title", "summary", "date")},
            **{name: value[name] for name in ("date_source", "dateline", "source", "lang")},
            people=tuple((name, count) for name, count in value["people"]),
            places=tuple((name, count) for name, count in value["places"]),
            passages_total=value["passages"],
            passages=tuple(StoredPassage(n, BlockKind(kind), text) for n, kind, text in passages),
        )
