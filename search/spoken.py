"""Quotations as they are answered: on the page of who said them, in a release, as warnings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from index.analysis import surface_terms
from search.answers import Quote, Quoting, SaidPage
from search.engine import Engine
from search.parser import ParsedQuery
from search.passage_keys import passage_key
from search.query import Said
from search.request import QueryWarning
from search.said import speakers
from search.stored import StoredQuote, StoredRelease

QUOTING_PER_PAGE = 10
"""Releases on a page of what somebody said."""


def unsaid(engine: Engine, parsed: ParsedQuery) -> tuple[QueryWarning, ...]:
    """Return a warning for each ``said:`` by whom the archive quotes nothing."""
    found = []
    for one in speakers(parsed.query):
        known, quoted = engine.speaks(one.terms)
        if not known:
            message = f"the archive names nobody “{one.text}”: nothing is said by them"
            found.append(QueryWarning(message, one.position))
        elif not quoted:
            message = f"no quotation by “{one.text}” was found in the archive"
            found.append(QueryWarning(message, one.position))
    return tuple(dict.fromkeys(found))


def spoken_in(stored: StoredRelease, asked: Sequence[Said]) -> dict[int, list[StoredQuote]]:
    """Return the quotations in a release of those who are asked for, by passage."""
    found: dict[int, list[StoredQuote]] = {}
    for quote in stored.quotes:
        if any(says(quote, one) for one in asked):
            found.setdefault(quote.number, []).append(quote)
    return found


def says(quote: StoredQuote, asked: Said) -> bool:
    """Whether a quotation is of somebody who is asked for: the words of the name, in order."""
    words = iter(surface_terms(quote.speaker))
    return all(term in words for term in asked.terms)


def said_page(engine: Engine, name: str, page: int) -> SaidPage:
    """Return a page of what a person said, by the value of the facet."""
    page = max(1, page)
    found = engine.said_by(name, (page - 1) * QUOTING_PER_PAGE, QUOTING_PER_PAGE)
    last = max(1, -(-found.total // QUOTING_PER_PAGE))
    releases = [
        Quoting(
            stored.id,
            stored.title,
            stored.date,
            stored.source,
            stored.lang,
            tuple(quote for quote in quotes_of(stored) if quote.speaker == name),
        )
        for stored in found.releases
    ]
    return SaidPage(name, found.total, page, last, tuple(releases))


def quotes_of(stored: StoredRelease) -> tuple[Quote, ...]:
    """Return the quotations of a release that was read with its passages."""
    texts = {passage.number: passage.text for passage in stored.passages}
    return tuple(_quotes(stored, texts))


def _quotes(stored: StoredRelease, texts: dict[int, str]) -> Iterable[Quote]:
    keys: dict[int, str] = {}
    for number, start, end, speaker, rule in stored.quotes:
        text = texts.get(number, "")
        if number not in keys:
            keys[number] = passage_key(number, text, surface_terms(text))
        yield Quote(speaker, text[start:end], rule, number, keys[number], start, end)
