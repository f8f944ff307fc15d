"""A date that a template prints inside a heading, told from one that the headline speaks of."""

from __future__ import annotations

import re

from bs4.element import Tag

from index.reading.characters import tidy
from index.reading.date_lines import date_line

HEADINGS = frozenset(("h1", "h2", "h3"))
TITLE_TOKENS = frozenset(("title", "headline", "heading"))
"""Words in the class or id of an element that heads a text without being a heading."""

_INLINE = frozenset(
    ("span", "time", "small", "em", "i", "b", "strong", "font", "sub", "sup", "label", "cite")
)
_LONGEST = 80
_SHORTEST = 8
_MOST_PARTS = 8
_SEPARATORS = " \t\n\xa0|•·–—-/,:;("
# A day, the name of a month in a language that the page does not declare, a year, and the time.
_ANY_LANGUAGE = re.compile(
    r"\W*(?:[^\W\d_]{2,12}[.,]?\s+){0,2}\d{1,2}(?:\.|er|º|th|st|nd|rd)?\s+(?:de\s+)?"
    r"[^\W\d_]{3,12}\.?,?\s+(?:del?\s+)?(?:19|20)\d\d"
    r"(?:\s?[^\W\d_]\.)?(?:[\s,|–-]*\d{1,2}[:.h]\d\d(?:\s?[^\W\d_]{1,3})?)?\W*"
)
_SPEAKS_OF = re.compile(
    r"(?:^|\s)(?:of|on|from|at|in|until|till|by|since|for|to|and|the|before|after|through|vom|am|von"
    r"|zum|seit|bis|und|ab|den|der|du|le|au|de|des|depuis|jusqu[’']au|et|del|desde|hasta|el|al|y"
    r"|dal|al|il|di|do|dos|em|até|van|op|tot|w|z|od|dnia|ze|dne|от|за|с|по|до|на|від|з)\s*$",
    re.IGNORECASE,
)


def is_date(text: str, lang: str) -> bool:
    """Whether a text is a date and nothing else; ``lang`` is what the page declares, or ""."""
    if not _SHORTEST <= len(text) <= _LONGEST or not any(map(str.isdigit, text)):
        return False
    return bool(
        date_line(text, lang) or date_line(text, "") or (not lang and _ANY_LANGUAGE.fullmatch(text))
    )


def is_date_beside(before: str, tag: Tag, heading: Tag, lang: str) -> bool:
    """Whether an element inside a heading is the release's date and no part of the headline.

    ``before`` is the heading's text up to the element. It is when it consists of a date and opens
    or ends the heading, and the headline does not lead up to it ("the attack of ...").
    """
    if tag.name not in _INLINE or not is_date(_text(tag), lang):
        return False
    after = _after(tag, heading).strip(_SEPARATORS + ")")
    before = before.replace("\n", " ")
    if not before.strip(_SEPARATORS):
        return bool(after) and not after[0].islower()
    if _SPEAKS_OF.search(before):
        return False
    return not after or before[-1:].isalnum()


def without_separators(text: str) -> str:
    """Return a heading's text without what parts it from the date after it."""
    return text.rstrip(_SEPARATORS)


def date_in_lines(raw: str, lang: str) -> tuple[str, str, bool] | None:
    """Return the headline and the date of a heading with line breaks, and whether the date leads.

    None when neither its first nor its last line is a date.
    """
    lines = [line for line in map(tidy, raw.split("\n")) if line]
    if len(lines) < 2:
        return None
    if is_date(lines[-1], lang) and not _SPEAKS_OF.search(lines[-2]):
        return without_separators("\n".join(lines[:-1])), lines[-1], False
    if is_date(lines[0], lang):
        return "\n".join(lines[1:]), lines[0], True
    return None


def _text(tag: Tag) -> str:
    if len(tag.contents) > _MOST_PARTS:
        return ""
    return tidy(" ".join(str(text) for text in tag.strings))


def _after(tag: Tag, heading: Tag) -> str:
    """Return the heading's text after an element inside it."""
    found: list[str] = []
    one = tag
    while one is not heading and one.parent is not None:
        seen = False
        for child in one.parent.contents:
            if seen:
                found += child.strings if isinstance(child, Tag) else [str(child)]
            seen = seen or child is one
        one = one.parent
    return "".join(found)
