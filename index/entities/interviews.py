"""Interviews whose paragraphs begin with "Q:" and "A:", by the one who is interviewed; pure.

Precision first: the headline must say who that is and name nobody else, and no paragraph may
begin with the name of somebody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from index.entities.quoted_text import Named, Text
from index.entities.saying import Sayings, is_title
from index.model import BlockKind

_HEADINGS = frozenset({BlockKind.TITLE, BlockKind.HEADING})


def interviewee(
    texts: Sequence[Text], labels: Mapping[int, re.Match[str]], patterns: Sayings
) -> tuple[Named, frozenset[int]] | None:
    """Return who is interviewed and the blocks (numbers) that begin with "A:"; None for no one.

    ``labels`` are what blocks begin with, by their number.
    """
    names = {number: label["name"].strip().casefold() for number, label in labels.items()}
    answers = frozenset(at for at, name in names.items() if name in patterns.answer)
    asked = any(name in patterns.question for name in names.values())
    known = patterns.answer | patterns.question
    if not answers or not asked or not known.issuperset(names.values()):
        return None
    first = min(labels)
    headings = [text for text in texts[:first] if text.kind in _HEADINGS and text.named]
    if not headings or len({one.who for text in headings for one in text.named}) != 1:
        return None
    for text in headings:
        for pattern in (patterns.interview, patterns.statement):
            found = pattern.search(text.plain)
            named = text.named_at(found.start("who")) if found else None
            if found and named and named.sure and is_title(found["gap"] or ""):
                return named, answers
    return None
