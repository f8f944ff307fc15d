"""Titles: the site's name taken off, and one made when a document gives none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.model import BlockKind
from index.reading.characters import same_text, tidy
from index.reading.dates import find_dates
from index.reading.draft import Piece
from index.reading.traits import is_furniture, is_release_flag, without_release_flag

LONGEST_TITLE = 150
_SHORTEST_HEADLINE = 25
_HEAD = 300
_CONTACT = re.compile(r"\b(?:Media |Press )?Contacts?\b:?|\bFOR IMMEDIATE RELEASE\b")
_SEPARATOR = re.compile(
    r"\s+(?:[|•·»«›‹]|::|[-–—]|//)\s+|(?<=[\u3040-\u9fff！？”》）])--+(?=\S)|\s*\|\s*|\s[»«›‹]\s?"
    r"|(?<=[\u3040-\u9fff！？])[_－](?=[\u3040-\u9fff])"
)
_SENTENCE = re.compile(r"[.!?](?=\s+[\"“„«(]?[A-Z0-9À-ÖØ-Þ])|[。！？।]")


def segments(title: str) -> list[str]:
    """Cut the title of a page at the separators between the release's title and the site's."""
    return [part for part in (tidy(piece) for piece in _SEPARATOR.split(title)) if part]


def without_site(title: str, site: str, others: Sequence[str] = ()) -> str:
    """Take the site's name off a page's title.

    ``site`` is the site's name where it is known, ``others`` are texts that may be the bare
    title (headings of the page). Without either, the last segment goes when it is short and
    what stays is long enough to be a headline.
    """
    title = tidy(title)
    whole = same_text(title)
    for other in sorted(others, key=len, reverse=True):
        same = same_text(other)
        if len(same) > 8 and same != whole and whole.startswith(same):
            return tidy(other)
    parts = segments(title)
    if len(parts) < 2:
        return title
    known = same_text(site)
    for index in (len(parts) - 1, 0):
        if known and same_text(parts[index]) == known:
            return _without(title, parts, index)
    last, rest = parts[-1], _without(title, parts, len(parts) - 1)
    if "|" in title or last.count(" ") < 5 <= rest.count(" "):
        return rest if len(rest) >= len(last) // 2 else title
    return title


def _without(title: str, parts: list[str], index: int) -> str:
    if index == 0:
        start = title.find(parts[1], len(parts[0]))
        return title[start:] if start > 0 else title
    end = title.rfind(parts[-1])
    rest = title[:end]
    cuts = [match.start() for match in _SEPARATOR.finditer(rest + " ")]
    return rest[: cuts[-1]].strip() if cuts else rest.strip()


def fallback_title(pieces: Sequence[Piece], path: str, lang: str = "") -> str:
    """Make a title: the first heading, else the first sentence, else the file's name."""
    for piece in pieces:
        if piece.kind is BlockKind.HEADING and not is_furniture(piece.text):
            return bounded(piece.text)
    for piece in pieces:
        if not is_furniture(piece.text) and not is_release_flag(piece.text):
            title = bounded(without_release_flag(piece.text), lang)
            if title:
                return title
    return stem_title(path)


def stem_title(path: str) -> str:
    """Make a title from a path: its last part without ending, hyphens as spaces."""
    stem = re.sub(r"#\d+$", "", path).rsplit("/", 1)[-1]
    stem = re.sub(r"\.[A-Za-z0-9]{1,8}$", "", stem)
    return tidy(re.sub(r"[-_+]+|%20", " ", stem)) or tidy(path) or "Untitled"


def bounded(text: str, lang: str = "") -> str:
    """Cut a text to a title: its first sentence, or as many words as fit."""
    text = _headline_part(tidy(text), lang)
    sentence = _SENTENCE.search(text, 25)
    if sentence and sentence.start() <= LONGEST_TITLE:
        return text[: sentence.end()].rstrip(".。 ")
    if len(text) <= LONGEST_TITLE:
        return text.rstrip(".。 ") if text.count(".") == 1 else text
    cut = text[: LONGEST_TITLE + 1].rsplit(" ", 1)[0][:LONGEST_TITLE]
    return cut.rstrip(" ,;:–—-(") + "…"


def _headline_part(text: str, lang: str) -> str:
    """Return the part of a text without punctuation that is its headline, where that shows.

    A headline ends where a date or a contact follows, where capitals end (``HAWAII TO RECEIVE
    FUNDS Senators ...``), or where, after lower case, a place in capitals opens the text.
    """
    dates = find_dates(text[:_HEAD], lang)
    if dates and dates[0].start < 12:
        text = text[dates[0].end :].lstrip(" ,:–—-") or text
        dates = find_dates(text[:_HEAD], lang)
    cuts = [dates[0].start] if dates else []
    if match := _CONTACT.search(text, _SHORTEST_HEADLINE, _HEAD):
        cuts.append(match.start())
    words = text[:_HEAD].split(" ")
    capitals = [len(word) > 1 and word.isupper() for word in words]
    place = 0
    for number, word in enumerate(words):
        before, after = capitals[:number], capitals[number : number + 2]
        if (
            len(before) > 3
            and sum(before) > 0.7 * len(before)
            and not any(after)
            and word.isalpha()
        ):
            cuts.append(place)
            break
        if number > 3 and not any(before[-4:]) and len(word) > 5 and capitals[number]:
            cuts.append(place)
            break
        place += len(word) + 1
    end = min((cut for cut in cuts if cut >= _SHORTEST_HEADLINE), default=len(text))
    return text[:end].rstrip(" ,:;–—-(")
