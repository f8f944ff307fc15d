"""From pieces to blocks: what each piece of a release is, told from itself and its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.model import Block, BlockKind
from index.reading import date_choice
from index.reading.calendars import without_other_calendars
from index.reading.characters import same_text
from index.reading.credits import with_credit_apart
from index.reading.date_labels import DATE_LABEL, EVENT, VENUE
from index.reading.dates import find_dates
from index.reading.draft import DateClue, Piece
from index.reading.traits import (
    ends_sentence,
    has_address,
    is_caption,
    is_contact,
    is_embargo,
    is_end_mark,
    is_furniture,
    is_prose,
    is_quotation,
    is_standing_line,
    is_standing_text,
    opens_contacts,
    opens_standing_text,
    repeats,
)

_FIXED = (BlockKind.CAPTION, BlockKind.CONTACT, BlockKind.BOILERPLATE)
_CONTACT_LINES = 12
_DATE_LINE = 60
_LONGEST_LABEL = 45
_LABELLED = 200
_AFTER_LABEL = 22
_DIGIT = re.compile(r"\d")
_HEADLINE = 40
_SHORT_YEAR = re.compile(
    r"^\W*(?:date\W+)?(?P<date>\d{1,2}(?P<s>[./-])\d{1,2}(?P=s))(?P<y>\d\d)\W*$", re.IGNORECASE
)
_MONTH = len("YYYY-MM")
_IN_MONTH = re.compile(r"(?:^|\s)(?:in|w|we|v|ve|у|u|в|во|en|em|nel)\s+$", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]+")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_SIGNS = 16
"""So many signs of a script without spaces beside a date are a sentence."""
_BYLINE = re.compile(
    r"^\W*(?:[Bb]y|[Vv]on|[Pp]ar|[Pp]or|[Dd]oor|[Dd]a|[Aa]v|[Aa]f)\s+"
    r"(?:[A-ZÀ-ÖØ-Þ][\w.'’-]+[\s,]+){1,4}(?:on|am|le|el|em|il|op|den)?\s*$"
)
_STAMP = re.compile(
    r"\W{0,3}\d{1,2}[:：.]\d\d(?:[:：]\d\d)?(?!\d)(?=\W*$|\s*[^\W\d_]{1,12}\s?[:：])"
)
_UPDATE = re.compile(
    r"\b(?:updat|modif|revis|review|aktualisiert|geändert|mise?\s+à\s+jour|actualizad|atualizad"
    r"|aggiornat|bijgewerkt|обновл|оновл|עודכן|تحديث|güncelle)",
    re.IGNORECASE,
)
_DATE_LABELS = frozenset(
    (
        *(
            "published",
            "posted",
            "released",
            "issued",
            "updated",
            "modified",
            "date",
            "dated",
            "on",
        ),
        *("release", "press", "for", "immediate", "last", "at", "of", "the", "time", "a", "p", "m"),
        *("am", "pm", "gmt", "utc", "est", "edt", "et", "pst", "pdt", "cet", "cest", "ist", "h"),
        *(
            "الموافق",
            "المصادف",
            "هـ",
            "ه",
            "م",
            "מיום",
            "יום",
            "ב",
            "برابر",
            "با",
            "год",
            "року",
            "р",
            "г",
        ),
    )
)


@dataclass(slots=True)
class _State:
    """Where in the release the reading is."""

    section: BlockKind | None = None
    around: BlockKind | None = None  # what goes on when a block of contacts is over
    lines_in_section: int = 0
    ended: bool = False
    prose: int = 0


def to_blocks(pieces: Iterable[Piece], title: str, summary: str, lang: str) -> list[Block]:
    """Give every piece its kind; leave out furniture, end marks and repeats of the title.

    ``title`` and ``summary`` are those of the release, which get blocks of their own.
    """
    kept = [piece for piece in pieces if not _is_dropped(piece, title, summary)]
    kept = _contact_runs(_without_closing_links(kept))
    state = _State()
    blocks: list[Block] = []
    for piece in kept:
        if is_end_mark(piece.text):
            state.ended, state.section = True, None
            continue
        kind = _kind(piece, state, lang)
        if kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST):
            state.prose += is_prose(piece.text)
        text = with_credit_apart(piece.text) if kind is BlockKind.CAPTION else piece.text
        blocks.append(Block(kind, text))
    return blocks


def date_line(text: str, lang: str) -> str:
    """Return the date that a short line consists of or that its label names, or "".

    A time of day, a weekday and a label ("Published on", "发布时间") may stand beside it; after a
    label more may follow. A year of two digits is one of this century up to 50.
    """
    if len(text) > _LABELLED or not _DIGIT.search(text):
        return ""
    if dated := labelled_date(text, lang) or stamped_date(text, lang):
        return dated
    if "|" in text or "•" in text or " · " in text:
        parts = re.split(r"\s*[|•·]\s*", text)
        if any(len(part) > _HEADLINE and not find_dates(part, lang) for part in parts):
            return ""  # "2015-12-17 | Minister opens bridge"
        if len(parts) > 1 and sum(bool(find_dates(part, lang)) for part in parts) == 1:
            return next(filter(None, (date_line(part, lang) for part in parts)), "")
    if len(text) > _DATE_LINE:
        return ""
    byline, _, after = text.rpartition(", ")
    if short := _SHORT_YEAR.match(after if byline and _BYLINE.match(f"{byline} ") else text):
        century = "20" if int(short["y"]) <= 50 else "19"
        return f"{short['date']}{century}{short['y']}"
    dates = find_dates(text, lang)
    if len(dates) != 1:
        return ""
    if len(dates[0].values[0]) == _MONTH and _IN_MONTH.search(text[: dates[0].start]):
        return ""  # "Concerts in July 2019"
    rest = _BYLINE.sub("", text[: dates[0].start]) + text[dates[0].end :]
    if not text.isascii():
        # The same day by another calendar: "12 Rajab 1442, that is 24 February 2021".
        rest = without_other_calendars(rest, lang)
    words = [word for word in _WORDS.findall(rest.lower()) if word not in _DATE_LABELS]
    if len(words) > 2 or len(rest) > _LONGEST_LABEL or len(_UNSPACED.findall(rest)) > _SIGNS:
        return ""
    return text[dates[0].start : dates[0].end]


def stamped_date(text: str, lang: str) -> str:
    """Return the date and time that a line opens with, notes with labels following, or "".

    ``2020-11-23 10:22:14 Source: ... Editor: ...``
    """
    dates = find_dates(text, lang)
    if not dates or dates[0].start > 2 or len(dates[0].values[0]) <= _MONTH:
        return ""
    return text[dates[0].start : dates[0].end] if _STAMP.match(text, dates[0].end) else ""


def bylined_date(text: str, lang: str) -> str:
    """Return the date of a line that says who wrote and when: "By Ann Lee on 3 May 2013 | News"."""
    first = text.split("|", 1)[0]
    dates = find_dates(first, lang) if len(first) < _DATE_LINE else []
    return date_line(first, lang) if dates and _BYLINE.match(first[: dates[0].start]) else ""


def labelled_date(text: str, lang: str) -> str:
    """Return the date right after a label of publication that a line opens with, or ""."""
    label = DATE_LABEL.match(text)
    if label is None:
        return ""
    dates = find_dates(text[label.end() :], lang)
    if not dates or dates[0].start > _AFTER_LABEL:
        return ""
    return text[label.end() + dates[0].start : label.end() + dates[0].end]


def is_update(line: str) -> bool:
    """Whether the label of a date says that it is of a change, not of the publication."""
    return bool(_UPDATE.search(line))


def is_of_event(line: str, following: str = "") -> bool:
    """Whether a date is that of an event: its label says so, or ``following`` says where it is."""
    return bool(EVENT.match(line) or VENUE.match(following))


def embargo_clues(lines: Iterable[str], lang: str) -> list[DateClue]:
    """Return the day on which an embargo ends, which is evidence where nothing else is."""
    for line in lines:
        dates = find_dates(line, lang) if is_embargo(line) else []
        if dates:
            date = line[dates[0].start : dates[0].end]
            return [DateClue(date, "visible", date_choice.EMBARGO)]
    return []


def _is_dropped(piece: Piece, title: str, summary: str) -> bool:
    text = piece.text
    if not text:
        return True
    if "\n" not in text and is_furniture(text):
        return True
    if title and len(text) <= len(title) + 20 and repeats(text, title):
        return True
    return bool(summary) and len(text) <= len(summary) + 5 and same_text(text) == same_text(summary)


def _kind(piece: Piece, state: _State, lang: str) -> BlockKind:
    text = piece.text
    if piece.kind in _FIXED:
        return piece.kind
    heading = piece.kind is BlockKind.HEADING or _looks_like_heading(text)
    if heading or len(text) < 60:
        opened = _opened_section(text)
        if opened is BlockKind.BOILERPLATE and not state.prose:
            return opened  # an entry of a menu: standing text comes after the release
        if opened:
            if opened is BlockKind.CONTACT and state.section is not BlockKind.CONTACT:
                state.around = state.section
            state.section, state.lines_in_section = opened, 0
            return opened
    if piece.kind is BlockKind.HEADING and not date_line(text, lang):
        if is_standing_line(text) or is_contact(text):
            return BlockKind.CONTACT if is_contact(text) else BlockKind.BOILERPLATE
        state.section = None
        return BlockKind.HEADING
    if piece.kind is not BlockKind.LIST:
        if is_caption(text):
            return BlockKind.CAPTION
        if is_contact(text):
            return BlockKind.CONTACT
        if is_standing_line(text) or is_standing_text(text) or date_line(text, lang):
            return BlockKind.BOILERPLATE
    return _in_section(piece, state)


def _in_section(piece: Piece, state: _State) -> BlockKind:
    text = piece.text
    if state.section is BlockKind.BOILERPLATE:
        return BlockKind.BOILERPLATE
    if state.section is BlockKind.CONTACT:
        state.lines_in_section += 1
        short = not is_prose(text) and len(text) < 160
        if has_address(text) or (short and state.lines_in_section < _CONTACT_LINES):
            return BlockKind.CONTACT
        state.section = state.around
        if state.section is BlockKind.BOILERPLATE:
            return BlockKind.BOILERPLATE
    if state.ended and piece.kind is BlockKind.PARAGRAPH and not is_prose(text):
        return BlockKind.BOILERPLATE
    if piece.kind is BlockKind.PARAGRAPH and is_quotation(text):
        return BlockKind.QUOTE
    return piece.kind


def _opened_section(text: str) -> BlockKind | None:
    if opens_standing_text(text):
        return BlockKind.BOILERPLATE
    if opens_contacts(text):
        return BlockKind.CONTACT
    return None


def _without_closing_links(pieces: list[Piece]) -> list[Piece]:
    """Mark the links to other pages that close a release as standing text."""
    result = list(pieces)
    for index in range(len(pieces) - 1, -1, -1):
        piece = pieces[index]
        if is_prose(piece.text) or 5 * piece.links < 2 * len(piece.text):
            break
        result[index] = Piece(BlockKind.BOILERPLATE, piece.text, piece.links)
    return result


def _looks_like_heading(text: str) -> bool:
    return len(text) < 100 and "\n" not in text and not ends_sentence(text)


def _contact_runs(pieces: Sequence[Piece]) -> list[Piece]:
    """Mark names and offices standing between lines with telephones or addresses as contacts."""
    result = list(pieces)
    anchors = [
        index
        for index, piece in enumerate(pieces)
        if len(piece.text) < 120
        and piece.kind is not BlockKind.LIST
        and has_address(piece.text)
        and not is_prose(piece.text)
    ]
    for anchor in anchors:
        result[anchor] = Piece(BlockKind.CONTACT, pieces[anchor].text)
        # Upwards: the name and the office of whose number it is, at most three short lines.
        for index in range(anchor - 1, max(-1, anchor - 4), -1):
            text = pieces[index].text
            if not _is_name_line(pieces[index]):
                break
            result[index] = Piece(BlockKind.CONTACT, text)
    return result


def _is_name_line(piece: Piece) -> bool:
    text = piece.text
    return (
        piece.kind is BlockKind.PARAGRAPH
        and "\n" not in text
        and len(text) < 70
        and text.count(" ") < 9
        and not ends_sentence(text.rstrip("."))
        and not text.isupper()
        and not find_dates(text)
    )
