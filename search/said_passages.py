"""What is shown of a release that was found by what somebody says: their quotations, with marks.

Only for queries all of whose words must be said by somebody: a word of theirs that stands outside
the quotations is not what was asked for, and is not marked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from search.highlight import Highlighter, mark_all
from search.hit import HitPassage
from search.leaf_table import Span
from search.stored import StoredPassage, StoredQuote

SHOWN = 3
"""Passages shown under a result, at most."""
Quotes = Mapping[int, Sequence[StoredQuote]]
"""Quotations by the number of their passage, in order."""
Counts = tuple[tuple[int, int, int], ...]
"""For each text leaf: how often in the title, in the text, in boilerplate."""
Shown = tuple[str, tuple[HitPassage, ...], Counts]
"""Title as HTML, the passages chosen, best first, and how often each leaf stands in what."""
_BETWEEN = " … "


def inside(spans: Sequence[Span], quotes: Sequence[StoredQuote]) -> tuple[Span, ...]:
    """Return the spans that stand within a quotation."""
    return tuple(
        (start, end)
        for start, end in spans
        if any(quote.start <= start and end <= quote.end for quote in quotes)
    )


def told_as_said(
    shown: Shown, passages: Sequence[StoredPassage], quotes: Quotes, highlighter: Highlighter
) -> Shown:
    """Return what is shown of a release with quotations for passages, its title unmarked.

    Words asked for in the title stay marked there.
    """
    title, best, counts = shown
    if not highlighter.titled:
        title = title.replace("<mark>", "").replace("</mark>", "")
    return title, quoted_passages(best, passages, quotes, highlighter), counts


def quoted_passages(
    best: Sequence[HitPassage],
    passages: Sequence[StoredPassage],
    quotes: Quotes,
    highlighter: Highlighter,
) -> tuple[HitPassage, ...]:
    """Return the passages that show what is said, each with its speaker; best first.

    ``best`` are those that answer best by their words. Without such the first quotations are
    shown; without quotations nothing changes.
    """
    found = [one for one in best if one.number in quotes]
    html = [_said(one, quotes[one.number], highlighter, marked=True) for one in found]
    shown = [one for one in html if one is not None]
    if not shown:
        opening = [
            HitPassage(one.number, one.kind, one.text, "", 0.0)
            for one in passages
            if one.number in quotes
        ]
        told = [
            _said(one, quotes[one.number], highlighter, marked=False) for one in opening[:SHOWN]
        ]
        shown = [one for one in told if one is not None]
    return tuple(shown) or tuple(best)


def _said(
    passage: HitPassage, quotes: Sequence[StoredQuote], highlighter: Highlighter, *, marked: bool
) -> HitPassage | None:
    """Return a passage with what one person says in it as HTML; None where nobody says a mark."""
    spans = () if highlighter.empty else highlighter.matches(passage.text).spans
    every = [(quote, inside(spans, [quote])) for quote in quotes]
    first = next((quote for quote, within in every if within or not marked), None)
    if first is None:
        return None
    pieces = [
        (passage.text[q.start : q.end], [(s - q.start, e - q.start) for s, e in within])
        for q, within in every
        if q.speaker == first.speaker
    ]
    html = _BETWEEN.join(mark_all(pieces))
    return passage._replace(html=html, speaker=first.speaker, rule=first.rule)
