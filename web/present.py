"""How values are worded and cut for reading: dates, counts, languages, marked text; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from markupsafe import Markup

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_RIGHT_TO_LEFT = frozenset(
    ("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi")
)
_BULLET = re.compile(r"\s*[-*•·‣▪◦–]\s+")
AROUND = 80
"""Characters shown on either side of a place in a query."""
_TOKEN = re.compile(r"\S+")


_DATE_SOURCES = {
    "visible": "what the page says",
    "dateline": "its dateline",
    "metadata": "the page's metadata",
    "frontmatter": "its front matter",
    "record": "its record",
    "sidecar": "the file beside it",
    "mail": "the mail's header",
    "url": "its address",
    "path": "its path in the archive",
}


def date_source_words(source: str) -> str:
    """Return in words where the date of a release was found."""
    return _DATE_SOURCES.get(source, source)


def date_words(value: str, *, short: bool = False) -> str:
    """Return ``2019-09-12`` as ``12 September 2019``, a month or a year likewise.

    ``short`` cuts the month to three letters. An empty date is ``undated``; what is no date is
    given back as it came.
    """
    if not value:
        return "undated"
    parts = value.split("-")
    if len(parts) > 1 and parts[1].isdigit() and 1 <= int(parts[1]) <= 12:
        month = _MONTHS[int(parts[1]) - 1]
        words = [month[:3] if short else month, parts[0]]
        return " ".join([str(int(parts[2])), *words] if len(parts) > 2 else words)
    return value


def period_words(first: str, last: str) -> str:
    """Return a range of dates in words; either end may be open (empty)."""
    if first and last:
        if first == last:
            return date_words(first)
        return f"{date_words(first)} to {date_words(last)}"
    if first:
        return f"{date_words(first)} or later"
    return f"{date_words(last)} or earlier" if last else "any date"


def count_words(count: int, one: str, many: str = "") -> str:
    """Return ``1 release``, ``1,234 releases``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def sentence(text: str) -> str:
    """Return a message as a sentence: a capital first, a full stop last."""
    text = text.strip()
    if not text:
        return ""
    return text[:1].upper() + text[1:] + ("" if text[-1] in ".!?:…" else ".")


def direction(lang: str) -> str:
    """Return the value of ``dir`` for text in a language: ``auto`` when it is not known."""
    if not lang:
        return "auto"
    return "rtl" if lang.lower().split("-")[0] in _RIGHT_TO_LEFT else "ltr"


@cache
def language_name(lang: str) -> str:
    """Return the English name of a language code; the code itself when nobody knows it."""
    try:
        return str(Locale.parse(lang.replace("-", "_")).get_language_name("en") or lang)
    except (ValueError, UnknownLocaleError):
        return lang


def safe_address(url: str) -> str:
    """Return an address when it is a plain one of the web, else nothing: never ``javascript:``.

    Refused as well: blanks, characters that are not seen, backslashes, and a name or password
    before the host, which serve to show another host than the one that is opened.
    """
    if not re.match(r"https?://[^\s/]", url, re.IGNORECASE):
        return ""
    if not url.isprintable() or " " in url or "\\" in url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.hostname and "@" not in parts.netloc else ""


def split_marked(html: str, separator: str) -> list[Markup]:
    """Cut escaped text with ``<mark>`` at each separator, blank parts dropped.

    A mark that spans a cut is closed before it and opened again after it.
    """
    parts: list[Markup] = []
    inside = False
    for piece in html.split(separator):
        text = f"<mark>{piece}" if inside else piece
        inside = text.count("<mark>") > text.count("</mark>")
        text = f"{text}</mark>" if inside else text
        text = text.replace("<mark></mark>", "")
        if text.strip():
            parts.append(Markup(text.strip()))  # the engine escaped it before marking
    return parts


def item_at(values: Sequence[int], place: int) -> int:
    """Return one of several numbers, for ``map`` in templates."""
    return values[place]


def list_items(html: str) -> list[Markup]:
    """Return the lines of a list, without the bullets that were typed before them."""
    items = (
        _BULLET.sub("", item, count=1) if _BULLET.match(item) else item
        for item in split_marked(html, "\n")
    )
    return [Markup(item) for item in items if item]


def pointed_at(text: str, position: int) -> tuple[str, str, str]:
    """Return what stands before, at and after a position of a query; ``at`` is a whole word.

    Of a long query only what is around the place.
    """
    position = min(max(0, position), len(text))
    end = position
    for match in _TOKEN.finditer(text):
        if match.start() <= position < match.end():
            end = match.end()
    before, after = text[:position], text[end:]
    if len(before) > AROUND:
        before = f"…{before[-AROUND:]}"
    if len(after) > AROUND:
        after = f"{after[:AROUND]}…"
    return before, text[position:end], after


def excerpt(html: str, words: int = 55) -> Markup:
    """Return the stretch of a passage with the most marked words in it, about ``words`` long.

    A passage a little longer than that is kept whole: an ellipsis that hides five words is worse
    than the words.
    """
    tokens = html.split()
    if len(tokens) <= words + words // 4:
        return Markup(html)
    marked: list[bool] = []
    still_open = 0
    for token in tokens:
        opened = token.count("<mark>")
        marked.append(still_open + opened > 0)
        still_open += opened - token.count("</mark>")
    start = _best_start(marked, words)
    end = start + words
    before, piece = " ".join(tokens[:start]), " ".join(tokens[start:end])
    if before.count("<mark>") > before.count("</mark>"):
        piece = f"<mark>{piece}"
    if piece.count("<mark>") > piece.count("</mark>"):
        piece = f"{piece}</mark>"
    return Markup(f"{'… ' if start else ''}{piece}{' …' if end < len(tokens) else ''}")


def _best_start(marked: list[bool], words: int) -> int:
    """Return where the window with most marks starts: the earliest, with room before its first."""
    inside = best = sum(marked[:words])
    start = 0
    for begin in range(1, len(marked) - words + 1):
        inside += marked[begin + words - 1] - marked[begin - 1]
        if inside > best:
            best, start = inside, begin
    if not start:
        return 0
    hits = [n for n in range(start, start + words) if marked[n]]
    # The scan stops with the last hit at the right edge; share the spare room between both sides.
    start = max(0, hits[0] - (words - (hits[-1] - hits[0] + 1)) // 2)
    near_beginning = start < 6 and hits[-1] < words
    return 0 if near_beginning else min(start, len(marked) - words)


def page_numbers(current: int, last: int) -> list[int]:
    """Return the page numbers to offer, 0 standing for a gap: ``1 0 4 5 6 0 20``."""
    near = {1, last, *range(current - 1, current + 2)}
    shown = sorted(number for number in near if 1 <= number <= last)
    numbers: list[int] = []
    for number in shown:
        if numbers and number - numbers[-1] == 2:
            numbers.append(number - 1)
        elif numbers and number - numbers[-1] > 2:
            numbers.append(0)
        numbers.append(number)
    return numbers
