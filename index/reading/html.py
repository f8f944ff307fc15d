"""HTML pages to a draft, with BeautifulSoup on lxml."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urljoin

from bs4.builder import ParserRejectedMarkup

from index.errors import ReadingError
from index.model import BlockKind, RawDocument
from index.reading.characters import same_text, tidy, tidy_lines
from index.reading.date_lines import date_line
from index.reading.draft import Draft, Piece
from index.reading.encoding import decode
from index.reading.html_chrome import clear_title, mark_chrome, mark_named_chrome
from index.reading.html_consent import mark_consent
from index.reading.html_content import find_content
from index.reading.html_dates import date_clues, page_language
from index.reading.html_listing import listing
from index.reading.html_metadata import Metadata, read_metadata
from index.reading.html_notes import without_notes
from index.reading.html_pieces import pieces_of
from index.reading.html_refusals import refusal
from index.reading.html_short import with_short_prose
from index.reading.html_soup import Soup, page_soup
from index.reading.html_state import stated_release
from index.reading.html_title import Title, find_title
from index.reading.html_tree import Page, read_page
from index.reading.text_lines import paragraphs
from index.reading.titles import segments
from index.reading.traits import is_prose, repeats

_OPENING = re.compile(
    r"<(script|style|svg|noscript|iframe|template)\b([^<>]*)>|<!--", re.IGNORECASE
)
_INSTRUCTION = re.compile(r"<\?xml[^<>]*>|<!\[CDATA\[|\]\]>")
_INSTRUCTIONS = ("<?xml", "<![CDATA[", "]]>")
_JSON_LD = re.compile(r"application/ld\+json", re.IGNORECASE)
_TO_BREAKS = str.maketrans("\r\t\x00", "\n\n\n")
_PREFORMATTED = re.compile(r"<(?:pre|textarea)\b", re.IGNORECASE)
_SUMMARY_TOKENS = frozenset(
    (
        *("summary", "lead", "lede", "standfirst", "intro", "introduction", "deck", "dek"),
        *("subtitle", "subhead", "subheading", "subheadline", "abstract", "chapeau", "tagline"),
        *("excerpt", "teaser", "description", "kicker", "vorspann", "bajada", "copete"),
    )
)
_NEAR_TITLE = 8
_HEADINGS = 3
_LITTLE = 200
_AROUND = 4000
_NOSCRIPT = re.compile(r"</?noscript\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


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
    page, metadata = _page(markup, where, fragment)
    if not fragment:
        mark_chrome(page.nodes)
    lang = page_language(page, metadata)
    title = find_title(page, metadata, lang)
    numbers, pieces = _content(page, metadata, title, lang, fragment)
    site = _site(metadata, title)
    stated = len(metadata.body) > _LITTLE
    if not (fragment or stated) and (reason := listing(page.units, title, site, lang)):
        raise ReadingError(reason, where=where, hint="listing_page")
    if not pieces and not title.text:
        raise ReadingError("the page holds no text of a release", where=where, hint="no_text")
    headings = [unit.text for unit in page.units if unit.node.name == "h1"][:_HEADINGS]
    names = (title.text, metadata.page_title, *headings)
    if not fragment and (reason := refusal(names, pieces)):
        raise ReadingError(reason, where=where, hint="error_page")
    summary = _summary(page, numbers, title, metadata, pieces)
    return Draft(
        pieces=tuple(piece for piece in pieces if not repeats(piece.text, summary)),
        title=title.text,
        summary=summary,
        clues=tuple(date_clues(page, title, metadata, numbers, lang)),
        around=_around(page),
        url=_address(metadata),
        lang=metadata.lang,
        source=site,
        warnings=warnings,
    )


def _page(original: str, where: str, fragment: bool) -> tuple[Page, Metadata]:
    """Parse a page: what it shows, what its head states, or what it carries for its scripts."""
    soup, structured = _parsed(original, where)
    page = read_page(soup)
    if page.nodes[0].prose < _LITTLE and _NOSCRIPT.search(original):
        soup, page = _without_scripts(original, where, soup, page)
    metadata = read_metadata(soup, structured)
    if page.nodes[0].prose < _LITTLE and not metadata.body and not fragment:
        _add_state(metadata, original)
    if not page.units and not metadata.body:
        raise ReadingError("the page holds no text", where=where, hint="no_text")
    return with_short_prose(page), metadata


def _content(
    page: Page, metadata: Metadata, title: Title, lang: str, fragment: bool
) -> tuple[list[int], list[Piece]]:
    """Return the units of the release's part of the page, and its text as pieces."""
    if not fragment:
        mark_consent(page.nodes, page.units, title.unit)
        if title.unit >= 0:
            clear_title(page.nodes, page.units[title.unit].node)
            mark_named_chrome(page.nodes, page.units[title.unit].node)
    root, numbers = find_content(page, title)
    if fragment:
        alone = title.unit if title.whole else -1
        numbers = [number for number in range(len(page.units)) if number != alone]
    kept = numbers if fragment else without_notes(page.units, numbers, lang)
    pieces = pieces_of(page.units, kept, root, "" if title.whole else title.text)
    if len(metadata.body) > max(_LITTLE, 3 * sum(len(piece.text) for piece in pieces)):
        pieces = _stated_body(metadata.body)
    return numbers, pieces


def _around(page: Page) -> str:
    """Return the head and the foot of the page, where addresses tell its country."""
    text = "\n".join(unit.text for unit in page.units)
    return f"{text[:_AROUND]}\n{text[-_AROUND:]}"


def _without_scripts(markup: str, where: str, soup: Soup, page: Page) -> tuple[Soup, Page]:
    """Read what a scripted page shows where scripts do not run, if that is the release."""
    other, _ = _parsed(_NOSCRIPT.sub(" ", markup), where)
    shown = read_page(other)
    enough = shown.nodes and shown.nodes[0].prose > max(_LITTLE, 2 * page.nodes[0].prose)
    return (other, shown) if enough else (soup, page)


def _add_state(metadata: Metadata, markup: str) -> None:
    """Take the release from the state that a scripted page carries, where it shows none."""
    stated = stated_release(markup)
    if stated is not None:
        metadata.body = stated.body
        metadata.titles += [stated.title] if stated.title else []
        metadata.published += [stated.date] if stated.date else []


def _stated_body(body: str) -> list[Piece]:
    """Turn the text that the page's structured data state into pieces."""
    if "</" in body:
        body = _TAG.sub(
            " ", re.sub(r"</(?:p|li|h\d|div)>|<br\s*/?>", "\n\n", body, flags=re.IGNORECASE)
        )
    return [Piece(BlockKind.PARAGRAPH, para.text) for para in paragraphs(tidy_lines(body))]


def _lightened(markup: str) -> tuple[str, list[str]]:
    """Take out scripts, styles and comments, keeping JSON-LD aside."""
    structured: list[str] = []
    kept: list[str] = []
    place = 0
    unclosed: set[str] = set()
    while match := _OPENING.search(markup, place):
        name = (match[1] or "").lower()
        end = None
        empty = (match[2] or "").endswith("/")
        if name not in unclosed and not empty:
            end = _closing(name).search(markup, match.end())
        kept += [markup[place : match.start()], " "]
        if empty:
            place = match.end()
            continue
        if end is None:
            # Searching once for each name keeps a hostile page from costing its length squared.
            unclosed.add(name)
            place = match.end()
            continue
        if name == "script" and _JSON_LD.search(match[2]):
            structured.append(markup[match.end() : end.start()])
        place = end.end()
    kept.append(markup[place:])
    light = "".join(kept)
    if any(opening in light for opening in _INSTRUCTIONS):
        light = _INSTRUCTION.sub(" ", light)
    return light, structured


@cache
def _closing(name: str) -> re.Pattern[str]:
    """Return the pattern of what closes an element, or (for "") a comment."""
    return re.compile(rf"</{name}\s*>" if name else r"--!?>", re.IGNORECASE)


def _parsed(markup: str, where: str) -> tuple[Soup, list[str]]:
    """Parse a page without what says nothing of it; return it with its JSON-LD scripts.

    Line breaks in the source become spaces except where they count, so that a line break in
    the text of a unit is always one of the page (``<br>``).
    """
    light, structured = _lightened(markup)
    idle = not _PREFORMATTED.search(light)
    if idle:
        light = _one_line(light)
    try:
        return page_soup(light.replace("\x00", ""), idle=idle), structured
    except (ParserRejectedMarkup, ValueError, AssertionError) as error:
        raise ReadingError(
            f"the page cannot be parsed: {error}", where=where, hint="no_text"
        ) from error


def _one_line(markup: str) -> str:
    """Make a space of each run of line breaks and tabs, in a quarter of a pattern's time."""
    markup = markup.translate(_TO_BREAKS)
    while "\n\n" in markup:
        markup = markup.replace("\n\n", "\n")
    return markup.replace("\n", " ")


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
