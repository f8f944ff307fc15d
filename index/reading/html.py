"""HTML pages to a draft, with BeautifulSoup on lxml."""

from __future__ import annotations

import re
import warnings as python_warnings
from functools import cache
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from bs4.builder import ParserRejectedMarkup

from index.errors import ReadingError
from index.model import RawDocument
from index.reading import date_choice
from index.reading.characters import same_text, tidy
from index.reading.draft import DateClue, Draft, Piece
from index.reading.encoding import decode
from index.reading.html_chrome import mark_chrome
from index.reading.html_content import Title, find_content, find_title
from index.reading.html_metadata import Metadata, is_published_name, read_metadata
from index.reading.html_pieces import pieces_of
from index.reading.html_tree import Page, read_page
from index.reading.roles import date_line, is_update
from index.reading.titles import segments
from index.reading.traits import is_prose, repeats

_OPENING = re.compile(
    r"<(script|style|svg|noscript|iframe|template)\b([^<>]*)>|<!--", re.IGNORECASE
)
_INSTRUCTION = re.compile(r"<\?xml[^<>]*>|<!\[CDATA\[|\]\]>")
_JSON_LD = re.compile(r"application/ld\+json", re.IGNORECASE)
_BREAK_IN_SOURCE = re.compile(r"[\r\n\t\x00]+")
# Space before a block element means nothing, and costs the parser an object each time.
_IDLE_SPACE = re.compile(
    r"\s+<(?=/?(?:div|p|ul|ol|li|table|tbody|tr|td|th|section|article|nav|h[1-6]|dl|dd|dt|head|body"
    r"|meta|link|footer|header|main|aside|figure|form|html|title)\b)",
    re.IGNORECASE,
)
_PREFORMATTED = re.compile(r"<(?:pre|textarea)\b", re.IGNORECASE)
_SUMMARY_TOKENS = frozenset(
    (
        *("summary", "lead", "lede", "standfirst", "intro", "introduction", "deck", "dek"),
        *("subtitle", "subhead", "subheading", "subheadline", "abstract", "chapeau", "tagline"),
        *("excerpt", "teaser", "description", "kicker", "vorspann", "bajada", "copete"),
    )
)
_NEAR_TITLE = 8


def read_html(document: RawDocument) -> Draft:
    """Read a page. Raises ReadingError when there is no text in it."""
    text, warnings = decode(document.data, markup=True)
    return html_draft(text, document.path, warnings)


def html_draft(
    markup: str, where: str, warnings: tuple[str, ...] = (), *, fragment: bool = False
) -> Draft:
    """Read decoded HTML into a draft; a ``fragment`` is all content, without furniture.

    Raises ReadingError when nothing is in it that could be read.
    """
    markup, structured = _lightened(markup)
    soup = _parsed(markup, where)
    page = read_page(soup)
    if not page.units:
        raise ReadingError("the page holds no text", where=where, hint="no_text")
    metadata = read_metadata(soup, structured)
    if not fragment:
        mark_chrome(page.nodes)
    title = find_title(page, metadata)
    root, numbers = find_content(page, title)
    if fragment:
        numbers = [number for number in range(len(page.units)) if number != title.unit]
    pieces = pieces_of(page.units, numbers, root)
    if not pieces and not title.text:
        raise ReadingError("the page holds no text of a release", where=where, hint="no_text")
    summary = _summary(page, numbers, title, metadata, pieces)
    return Draft(
        pieces=tuple(piece for piece in pieces if not repeats(piece.text, summary)),
        title=title.text,
        summary=summary,
        clues=tuple(_clues(page, title, metadata, numbers)),
        url=_address(metadata),
        lang=metadata.lang,
        source=_site(metadata, title),
        warnings=warnings,
    )


def _lightened(markup: str) -> tuple[str, list[str]]:
    """Take out scripts, styles and comments before parsing, keeping JSON-LD aside.

    Line breaks in the source become spaces except where they count, so that a line break in
    the text of a unit is always one of the page (``<br>``).
    """
    structured: list[str] = []
    kept: list[str] = []
    place = 0
    unclosed: set[str] = set()
    while match := _OPENING.search(markup, place):
        name = (match[1] or "").lower()
        end = None
        if name not in unclosed and not (match[2] or "").endswith("/"):
            end = _closing(name).search(markup, match.end())
        kept += [markup[place : match.start()], " "]
        if end is None:
            # Searching once for each name keeps a hostile page from costing its length squared.
            unclosed.add(name)
            place = match.end()
            continue
        if name == "script" and _JSON_LD.search(match[2]):
            structured.append(markup[match.end() : end.start()])
        place = end.end()
    kept.append(markup[place:])
    light = _INSTRUCTION.sub(" ", "".join(kept))
    if not _PREFORMATTED.search(light):
        light = _BREAK_IN_SOURCE.sub(" ", light)
        light = _IDLE_SPACE.sub("<", light)
    return light.replace("\x00", ""), structured


@cache
def _closing(name: str) -> re.Pattern[str]:
    """Return the pattern of what closes an element, or (for "") a comment."""
    return re.compile(rf"</{name}\s*>" if name else r"--!?>", re.IGNORECASE)


def _parsed(markup: str, where: str) -> BeautifulSoup:
    try:
        with python_warnings.catch_warnings():
            # BeautifulSoup warns about text that looks like a file name or XML; both are fine.
            python_warnings.simplefilter("ignore")
            return BeautifulSoup(markup, "lxml", multi_valued_attributes=None)
    except (ParserRejectedMarkup, ValueError, AssertionError) as error:
        raise ReadingError(
            f"the page cannot be parsed: {error}", where=where, hint="no_text"
        ) from error


def _summary(
    page: Page, numbers: list[int], title: Title, metadata: Metadata, pieces: list[Piece]
) -> str:
    """Return the summary: an element near the title that is called one, or the description.

    A description that only repeats the text of the page is none.
    """
    for number in numbers[:_NEAR_TITLE]:
        unit = page.units[number]
        names: set[str] = set()
        for above in unit.node.ancestors():
            if above.text > 2 * len(unit.text) + 40:
                break
            names |= above.tokens
        if names & _SUMMARY_TOKENS and 20 < len(unit.text) < 700 and not date_line(unit.text, ""):
            return "" if repeats(unit.text, title.text) else unit.text
        if is_prose(unit.text):
            break
    body = same_text(" ".join(piece.text for piece in pieces))
    for text in metadata.summaries:
        same = same_text(text.rstrip("….").removesuffix("[…]").removesuffix("[...]"))
        if len(same) > 40 and same[:200] not in body and _is_about(text, title.text, body):
            return tidy(text)
    return ""


def _is_about(text: str, title: str, body: str) -> bool:
    """Whether a description is of this page rather than of the whole site."""
    words = {same_text(word) for word in text.split() if len(word) > 4}
    shared = sum(word in body for word in words)
    return bool(words) and shared >= 0.6 * len(words) and not repeats(text, title)


def _clues(page: Page, title: Title, metadata: Metadata, numbers: list[int]) -> list[DateClue]:
    clues = [DateClue(text, "metadata", date_choice.METADATA) for text in metadata.published[:1]]
    near = range(title.unit - _NEAR_TITLE, title.unit + _NEAR_TITLE + 1) if title.unit >= 0 else ()
    for mark in page.marks:
        if is_published_name(mark.name):
            clues.append(DateClue(mark.value, "metadata", date_choice.METADATA))
            break
    for mark in page.marks:
        if mark.name == "time" and (mark.unit in near or mark.unit in numbers[:_NEAR_TITLE]):
            clues.append(DateClue(mark.value, "metadata", date_choice.TIME_ELEMENT))
            break
    order = sorted(near, key=lambda number: (abs(number - title.unit), -number))
    for number in [*order, *numbers[:_NEAR_TITLE]]:
        if not 0 <= number < len(page.units):
            continue
        unit = page.units[number]
        if 2 * unit.links > len(unit.text):
            continue  # the date of another release, listed beside this one
        date = _visible_date(unit.raw, _lang(metadata))
        if date:
            clues.append(DateClue(date, "visible", date_choice.VISIBLE))
            break
    return clues


def _visible_date(raw: str, lang: str) -> str:
    """Return the date that a line of a unit consists of, unless it is that of an update."""
    if len(raw) > 400 or not any(map(str.isdigit, raw)):
        return ""
    for line in map(tidy, raw.split("\n")):
        if (date := date_line(line, lang)) and not is_update(line):
            return date
    return ""


def _lang(metadata: Metadata) -> str:
    return metadata.lang.strip().lower()[:2]


def _address(metadata: Metadata) -> str:
    base = next((url for url in metadata.urls if url.startswith("http")), "")
    for url in metadata.urls:
        if url.startswith("http"):
            return url
        if url and base:
            return urljoin(base, url)
    return ""


def _site(metadata: Metadata, title: Title) -> str:
    """Return the site's name: stated, or the last segment of the page's title."""
    if metadata.sites:
        return metadata.sites[0]
    parts = segments(metadata.page_title)
    same = same_text(title.text)
    if len(parts) > 1 and same in (same_text(parts[0]), same_text(parts[-1])):
        return parts[0] if same == same_text(parts[-1]) else parts[-1]
    return ""
