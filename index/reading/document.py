"""The door of reading: one raw document in, one Release out, or a ReadingError that says why."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from dataclasses import replace
from urllib.parse import urlsplit

from index.errors import ReadingError
from index.model import Block, BlockKind, DocumentKind, RawDocument, Release
from index.reading import date_choice
from index.reading.characters import tidy, tidy_lines
from index.reading.date_lines import date_line, embargo_clues, is_of_event, is_update
from index.reading.dated_title import dated_title, is_numeric
from index.reading.dateline import Dateline, dateline_alone, find_dateline, is_sure_dateline
from index.reading.draft import DateClue, Draft, Fields
from index.reading.fields import sidecar_fields
from index.reading.generic import is_generic
from index.reading.html import read_html
from index.reading.language import detect_language
from index.reading.mail import is_mail, read_mail
from index.reading.markdown import read_markdown
from index.reading.record import read_record
from index.reading.roles import to_blocks
from index.reading.sniff import unusable
from index.reading.text import read_text
from index.reading.titles import fallback_title
from index.reading.traits import is_embargo, is_prose, repeats

_READERS = {
    DocumentKind.HTML: read_html,
    DocumentKind.TEXT: read_text,
    DocumentKind.MARKDOWN: read_markdown,
    DocumentKind.RECORD: read_record,
    DocumentKind.MAIL: read_mail,
}
_BODY = (BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST)
_LONGEST_DECK = 400
_LONGEST_SLUG = 40
_HEAD = 8
_SHORT_LINES = 5
_EVIDENCE = 20000
# "(18.01.2018) The ministry ..."
_OPENING_DATE = re.compile(
    r"[(\[](?P<date>\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}[./-]\d\d[./-]\d\d)[)\]]\s*[-–—:]?\s*(?=\w)"
)


def read_document(document: RawDocument) -> Release:
    """Read one document.

    Pure: the same document gives the same release. Raises ReadingError, with ``where`` naming
    the document, when it is empty or binary, holds no text, or is a record with wrong fields.
    """
    trouble = unusable(document.data)
    if trouble:
        raise ReadingError(trouble[1], where=document.path, hint=trouble[0])
    fields, warnings = sidecar_fields(document.sidecar)
    kind = document.kind
    if kind is DocumentKind.TEXT and is_mail(document.data):
        kind = DocumentKind.MAIL
    draft = _READERS[kind](document)
    draft = replace(draft, warnings=warnings + draft.warnings)
    return _assembled(document, draft, fields)


def release_id(document: RawDocument) -> str:
    """Return the release's identity, made from the document's key (or path) alone.

    A readable part, which may be missing, and eight letters of a hash: ``[a-z0-9-]`` only.
    """
    key = document.key or document.path
    name = key.rsplit("#", 1)[-1] if "#" in key else key
    stem = name.rstrip("/").rsplit("/", 1)[-1]
    stem = re.sub(r"\.[A-Za-z]{1,8}$", "", stem)
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode("ascii")
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    if len(slug) > _LONGEST_SLUG:
        # Cut at a word where that leaves something to read.
        cut = slug[: _LONGEST_SLUG + 1]
        slug = cut.rsplit("-", 1)[0] if "-" in cut[_LONGEST_SLUG // 2 :] else cut[:_LONGEST_SLUG]
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
    tail = base64.b32encode(digest[:5]).decode("ascii").lower()
    return f"{slug}-{tail}" if slug else tail


def _assembled(document: RawDocument, draft: Draft, fields: Fields) -> Release:
    sample = "\n".join(piece.text for piece in draft.pieces) or draft.title
    lang = detect_language(f"{draft.title}\n{sample}", fields.lang or draft.lang)
    title, made = _title(document, draft, fields, lang)
    summary = _summary(draft, fields, title)
    blocks = to_blocks(draft.pieces, "" if made else title, summary, lang)
    summary = summary or _deck(blocks, lang)
    if not any(block.kind in _BODY for block in blocks) and not draft.title and not fields.title:
        raise ReadingError("it holds no text of a release", where=document.path, hint="no_text")
    if summary:
        blocks.insert(0, Block(BlockKind.SUMMARY, summary))
    blocks.insert(0, Block(BlockKind.TITLE, title))
    dateline = _dateline(blocks, lang)
    url = tidy(fields.url or draft.url)
    clues = _clues(document, draft, fields, blocks, lang, url)
    if dateline and dateline.date:
        clues.append(DateClue(dateline.date, "dateline", date_choice.DATELINE))
    if title == tidy(draft.title) and (bare := _without_date(document, title, clues, lang)):
        title = bare
        blocks[0] = Block(BlockKind.TITLE, title)
    tag = fields.lang or draft.lang
    texts = [*(clue.text for clue in clues), sample[:_EVIDENCE]]
    evidence = f"{sample[:_EVIDENCE]}\n{draft.around}"
    region = date_choice.region_of(tag, url, [*texts, draft.around], evidence)
    return Release(
        id=release_id(document),
        path=document.path,
        title=title,
        blocks=tuple(blocks),
        summary=summary,
        date=date_choice.choose_date(clues, lang, region),
        dateline=dateline.place if dateline else "",
        lang=lang,
        url=url if urlsplit_is_web(url) else "",
        source=tidy(fields.source or draft.source) or _first_folder(document.path),
        warnings=draft.warnings,
    )


def urlsplit_is_web(url: str) -> bool:
    """Whether an address is one of the web, with a host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _title(document: RawDocument, draft: Draft, fields: Fields, lang: str) -> tuple[str, bool]:
    """Return the title, and whether it had to be made from the text."""
    given, found = tidy(fields.title), tidy(draft.title)
    if given and not (found and repeats(given, found)):
        return given, False
    if found:
        # When the field cuts the title off with an ellipsis, the text has the whole of it.
        return found, draft.made_title and not given
    return fallback_title(draft.pieces, document.path, lang), True


def _without_date(document: RawDocument, title: str, clues: list[DateClue], lang: str) -> str:
    """Return the title without the day of publication on its line, which becomes evidence, or "".

    On a page a day with the month's name may be what the headline is about: there only one that
    other evidence confirms is taken off.
    """
    bare, written = dated_title(title, lang)
    if not bare:
        return ""
    clue = DateClue(written, "visible", date_choice.VISIBLE)
    known, own = (date_choice.choose_date(votes, lang) for votes in (clues, [clue]))
    confirmed = known is not None and own is not None and own.value.startswith(known.value)
    page = document.kind is DocumentKind.HTML
    if not (confirmed or is_numeric(written) or (known is None and not page)):
        return ""
    clues.append(clue)
    return bare


def _summary(draft: Draft, fields: Fields, title: str) -> str:
    for text in (fields.summary, draft.summary):
        summary = tidy(text)
        if summary and not repeats(summary, title) and not repeats(title, summary):
            return summary
    return ""


def _deck(blocks: list[Block], lang: str) -> str:
    """Take off and return a short paragraph above the one that opens with place and date.

    A release opens with its dateline; what stands between title and opening sums it up.
    """
    if len(blocks) < 2 or {block.kind for block in blocks[:2]} != {BlockKind.PARAGRAPH}:
        return ""
    first, second = blocks[0].text, blocks[1].text
    if len(first) > _LONGEST_DECK or find_dateline(first, lang):
        return ""
    opening = find_dateline(second, lang)
    return blocks.pop(0).text if opening and opening.date else ""


def _dateline(blocks: list[Block], lang: str) -> Dateline | None:
    """Return the dateline that the first paragraph opens with, or a line of its own above it."""
    alone = None
    looked_at = 0
    for block in blocks:
        if block.kind is BlockKind.BOILERPLATE and alone is None:
            alone = dateline_alone(block.text, lang)
        if block.kind not in _BODY:
            continue
        found = find_dateline(block.text, lang)
        if found or alone or is_prose(block.text) or looked_at == _SHORT_LINES:
            return found or alone or _later_dateline(blocks, lang)
        looked_at += 1
    return alone or _later_dateline(blocks, lang)


def _later_dateline(blocks: list[Block], lang: str) -> Dateline | None:
    """Return a dateline below key points or a teaser, which only a date or a wire makes sure."""
    body = [block.text for block in blocks if block.kind in _BODY][:_HEAD]
    return next((find_dateline(text, lang) for text in body if is_sure_dateline(text, lang)), None)


def _clues(
    document: RawDocument, draft: Draft, fields: Fields, blocks: list[Block], lang: str, url: str
) -> list[DateClue]:
    clues = list(draft.clues)
    if fields.date:
        clues.append(DateClue(fields.date, "sidecar", date_choice.FIELD))
    # A page's own reader has looked at what it shows, and where.
    shown = any(clue.source == "visible" for clue in clues)
    for block in blocks[:_HEAD] if not shown else ():
        if block.kind in _BODY and is_prose(block.text):
            break
        if block.kind is BlockKind.TITLE and not is_generic(block.text):
            continue  # the day that a headline speaks of
        if is_embargo(block.text) or is_of_event(block.text):
            continue
        if (date := date_line(block.text, lang)) and not is_update(block.text):
            clues.append(DateClue(date, "visible", date_choice.VISIBLE))
            break
    else:
        clues += [] if shown else embargo_clues([one.text for one in blocks[:_HEAD]], lang)
    first = next((block.text for block in blocks if block.kind in _BODY), "")
    if opening := _OPENING_DATE.match(first):
        clues.append(DateClue(opening["date"], "dateline", date_choice.DATELINE))
    if date := date_choice.address_date(url):
        clues.append(DateClue(date, "url", date_choice.URL))
    path = re.sub(r"#\d+$", "", document.path)
    if date := date_choice.address_date(path):
        clues.append(DateClue(date, "path", date_choice.PATH))
    return clues


def _first_folder(path: str) -> str:
    return tidy_lines(path.split("/", 1)[0]) if "/" in path else ""
