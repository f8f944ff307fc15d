"""Which characters of a text a query asked for, and the text as HTML with them marked.

The text is escaped and only ``<mark>`` is ever added, so that no text and no query can bring in
markup of its own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import chain

from search.leaf_table import LeafTable, PassageMatches, Span, is_like, pattern_regex
from search.nearness import nearnesses
from search.page_matches import PageMatches
from search.query import Query, TextLeaf

__all__ = [
    "Highlighter",
    "PassageMatches",
    "escape",
    "is_like",
    "mark_all",
    "mark_cut",
    "pattern_regex",
]

_NEXT = "\x04"
"""Stands between texts while a page is escaped as a whole."""
_UNSAFE = ("&", "<", ">", _NEXT)
_ESCAPED = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#x27;"))


class Highlighter:
    """Finds and marks the words of one query in any number of texts.

    Words are marked in every inflection, phrases as a whole and verbatim. A word like "the" is
    marked only when the query has nothing else to mark or has it in a phrase. Keeps what it
    decided for each term, so use one per request; not for sharing between threads.
    """

    def __init__(self, query: Query) -> None:
        self._table = LeafTable(query)
        self.nearnesses = nearnesses(query)
        """What ``/5`` and ``/p`` ask for."""

    @property
    def leaves(self) -> tuple[TextLeaf, ...]:
        """The words, phrases and patterns that are looked for."""
        return self._table.leaves

    @property
    def empty(self) -> bool:
        """Whether the query has nothing that could be marked."""
        return not self._table.leaves

    @property
    def titled(self) -> bool:
        """Whether the query has words for the title alone."""
        return bool(self._table.titled)

    def matches(self, text: str, *, title: bool = False) -> PassageMatches:
        """Return the occurrences of the query's words in ``text``.

        Words limited to the title are looked for only when ``title`` says that this is one.
        For several texts ``matches_of_all`` is much quicker.
        """
        return self._table.matches(text, title=title)

    def matches_of_all(self, texts: Sequence[str], titles: Collection[int] = ()) -> PageMatches:
        """Return what ``matches`` says of each text; ``titles`` are the places of the titles."""
        return PageMatches(self._table, texts, titles)

    def mark(self, text: str, matches: PassageMatches | None = None) -> str:
        """Return ``text`` as HTML: escaped, with ``<mark>`` around what was asked for.

        A mark never reaches over the end of a line.
        """
        return mark_all([(text, (self.matches(text) if matches is None else matches).spans)])[0]


def mark_all(texts: Sequence[tuple[str, Sequence[Span]]]) -> list[str]:
    """Return texts as HTML with the spans marked, none of them over the end of a line."""
    return mark_cut([(text, [*chain.from_iterable(spans)]) for text, spans in texts])


def mark_cut(texts: Sequence[tuple[str, Sequence[int]]]) -> list[str]:
    """Return what ``mark_all`` does, of spans one after the other: start, end, start, end ..."""
    together = "".join([text for text, _ in texts])
    safe = not any(sign in together for sign in _UNSAFE)
    pieces: list[str] = []
    by_pieces: list[tuple[int, str]] = []
    for at, (text, cuts) in enumerate(texts):
        if not safe and any(sign in text for sign in _UNSAFE):
            by_pieces.append((at, _marked_by_pieces(text, cuts)))
            pieces += ("", _NEXT, "", "")
            continue
        done = 0
        for start, end in zip(cuts[::2], cuts[1::2], strict=True):
            pieces += (text[done:start], "<mark>", text[start:end], "</mark>")
            done = end
        pieces += (text[done:], _NEXT, "", "")
    marked = "".join(pieces[2::4])
    if "\n" in marked or "\r" in marked:
        return mark_cut([(text, _within_lines(text, cuts)) for text, cuts in texts])
    # What is left to escape is not in the tags: it can be done at once for all.
    html = "".join(pieces).replace('"', "&quot;").replace("'", "&#x27;").split(_NEXT)[:-1]
    for at, one in by_pieces:
        html[at] = one
    return html


def escape(text: str) -> str:
    """Return what ``html.escape`` does; most texts hold few of these signs, which is quicker."""
    for sign, entity in _ESCAPED:
        if sign in text:
            text = text.replace(sign, entity)
    return text


def _marked_by_pieces(text: str, cuts: Sequence[int]) -> str:
    html: list[str] = []
    done = 0
    cuts = _within_lines(text, cuts)
    for start, end in zip(cuts[::2], cuts[1::2], strict=True):
        html += (escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>")
        done = end
    html.append(escape(text[done:]))
    return "".join(html)


def _within_lines(text: str, cuts: Sequence[int]) -> Sequence[int]:
    """Return cuts with a span for each line of what reaches over the end of one."""
    if "\n" not in text and "\r" not in text:
        return cuts
    found: list[int] = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=True):
        if "\n" not in text[start:end] and "\r" not in text[start:end]:
            found += (start, end)
            continue
        for line in re.finditer(r"[^\r\n]+", text[start:end]):
            piece = line[0]
            left = start + line.start() + len(piece) - len(piece.lstrip())
            right = start + line.start() + len(piece.rstrip())
            if left < right:
                found += (left, right)
    return found
