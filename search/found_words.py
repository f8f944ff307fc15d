"""How often each word of a query stands where in a release: headline, text, what somebody says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from search.describe import describe
from search.highlight import Highlighter
from search.hit import FoundWord
from search.query import And, Or, Query, Said, text_leaves
from search.said_passages import Counts, Quotes
from search.spoken import says
from search.stored import StoredPassage

_found_word: Callable[[tuple[str, int, int, int, int]], FoundWord] = partial(
    tuple.__new__, FoundWord
)


class FoundWords:
    """Tells it for the releases of a page; for one request."""

    def __init__(self, query: Query) -> None:
        self._leaves = [(describe(owner or leaf), owner is None) for leaf, owner in _owned(query)]
        owners = dict.fromkeys(owner for _, owner in _owned(query) if owner)
        self._said = [(one, describe(one), Highlighter(one)) for one in owners]

    def of(
        self, counts: Counts, passages: Sequence[StoredPassage], quotes: Quotes
    ) -> tuple[FoundWord, ...]:
        """Return where the words stand in a release, one that was typed twice once.

        ``counts`` are those of the query's text leaves. What somebody must have said counts only
        in ``quotes``, the quotations of those who are asked for.
        """
        told = {
            words: _found_word((words, *count, 0))
            for (words, anywhere), count in zip(self._leaves, counts, strict=False)
            if anywhere
        }
        for one, words, highlighter in self._said:
            said = [
                highlighter.matches(passage.text[quote.start : quote.end]).counts
                for passage in passages
                for quote in quotes.get(passage.number, ())
                if says(quote, one)
            ]
            # Of words near each other as often as the rarer of them stands in a quotation.
            told[words] = FoundWord(words, 0, 0, 0, sum(min(count, default=0) for count in said))
        return tuple(told.values())


def _owned(query: Query) -> Iterator[tuple[Query, Said | None]]:
    """Yield ``text_leaves`` in order, each with the ``said:`` it belongs to."""
    if isinstance(query, And | Or):
        for child in query.children:
            yield from _owned(child)
    else:
        owner = query if isinstance(query, Said) else None
        yield from ((leaf, owner) for leaf in text_leaves(query))
