"""From pieces to blocks: what each piece of a release is, told from itself and its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.model import Block, BlockKind
from index.reading.characters import same_text
from index.reading.credits import with_credit_apart
from index.reading.date_lines import date_line
from index.reading.dates import find_dates
from index.reading.draft import Piece
from index.reading.traits import (
    ends_sentence,
    has_address,
    is_caption,
    is_contact,
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
