"""Plain text to a draft: a release typed or converted, or the dump of a web page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from index.errors import ReadingError
from index.model import BlockKind, RawDocument
from index.reading import date_choice
from index.reading.characters import tidy_lines
from index.reading.date_lines import date_line, embargo_clues, is_of_event, is_update
from index.reading.dates import find_dates
from index.reading.draft import DateClue, Draft, Piece
from index.reading.encoding import decode
from index.reading.html_notes import is_note
from index.reading.language import detect_language
from index.reading.text_head import page_headline
from index.reading.text_lines import Paragraph, paragraphs
from index.reading.text_page import body_end, find_summary, without_head_menus
from index.reading.text_title import (
    before_title,
    find_title,
    is_dumped_page,
    says_title,
    without_title_lines,
)
from index.reading.titles import without_site
from index.reading.traits import ends_sentence, is_embargo, is_furniture, is_prose

_LONG = 300
_SAMPLE = 1500
_MOST_LINES = 400
_WIDE_SPACE = re.compile(r"[ \t\xa0]{4,}")
_STAMP = re.compile(r"(?:19|20)\d\d-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?")
_HEAD = 25
_ABOVE = 4
_LONGEST_HEADING = 80


def read_text(document: RawDocument) -> Draft:
    """Read a text document. Raises ReadingError when nothing legible is in it."""
    text, warnings = decode(document.data)
    return text_draft(text, document.path, warnings)


def text_draft(text: str, where: str, warnings: tuple[str, ...] = ()) -> Draft:
    """Read decoded plain text into a draft; ``where`` names it in a ReadingError."""
    if len(text) > _LONG and text.strip().count("\n") <= len(text) / _LONG:
        # The line breaks of the original became runs of spaces.
        text = _WIDE_SPACE.sub("\n", text)
    paras = paragraphs(tidy_lines(text))
    if not any(any(map(str.isalnum, para.text)) for para in paras):
        raise ReadingError("it holds no text", where=where, hint="no_text")
    # Menus may be in another language than the text.
    prose = " ".join(para.text for para in paras[:_MOST_LINES] if is_prose(para.text))
    lang = detect_language(prose[:_SAMPLE] or text[:_SAMPLE])
    headline = page_headline(paras, lang)
    title, start = headline or find_title(paras, lang)
    if headline is None and start == 1 and is_dumped_page(paras):
        title = without_site(title, "")
    repeated = bool(headline) or sum(says_title(p.text, title) for p in paras[:_HEAD]) > 1
    end = body_end(paras, start)
    main = without_title_lines(without_head_menus(paras[start:end]), title)
    before = without_head_menus(before_title(paras[:start], title, repeated))
    body = [*before, *main]
    if headline:
        main = _without_notes(main, lang)
    summary, after = find_summary(main, lang)
    if summary:
        body.remove(main[after - 1])
    return Draft(
        pieces=tuple(_pieces(body)),
        title=title,
        made_title=not repeated and start < len(paras) and paras[start].text.startswith(title[:-1]),
        summary=summary,
        clues=(
            *_clues(paras[:start], paras[start:end], lang, headline is not None),
            *_stamps(paras[start:]),
        ),
        warnings=warnings,
    )


def _stamps(paras: Sequence[Paragraph]) -> list[DateClue]:
    """Return the earliest of the time stamps that a content system printed after the text.

    Templates print the time of publication and that of the last change next to each other.
    """
    for number, para in enumerate(paras):
        run = [one.text for one in paras[number : number + 2] if _STAMP.fullmatch(one.text)]
        if number and _STAMP.fullmatch(para.text):
            return [DateClue(min(run), "visible", date_choice.WEAK)]
    return []


def _without_notes(paras: Sequence[Paragraph], lang: str) -> list[Paragraph]:
    """Leave out notes about the page that stand before the first and after the last text."""
    prose = [number for number, para in enumerate(paras) if is_prose(para.text)]
    first, last = (prose[0], prose[-1]) if prose else (len(paras), len(paras))
    return [
        para
        for number, para in enumerate(paras)
        if first <= number <= last or not is_note(para.text, lang)
    ]


def _pieces(paras: Sequence[Paragraph]) -> list[Piece]:
    """Turn paragraphs into pieces, the points of one list together."""
    pieces: list[Piece] = []
    for number, para in enumerate(paras):
        follows = number > 0 and paras[number - 1].bullet
        if para.bullet and follows and pieces:
            pieces[-1] = Piece(BlockKind.LIST, f"{pieces[-1].text}\n{para.text}")
        elif para.bullet and number + 1 < len(paras) and paras[number + 1].bullet:
            pieces.append(Piece(BlockKind.LIST, para.text))
        elif _is_heading(paras, number):
            pieces.append(Piece(BlockKind.HEADING, para.text))
        else:
            pieces.append(Piece(BlockKind.PARAGRAPH, para.text))
    return pieces


def _is_heading(paras: Sequence[Paragraph], number: int) -> bool:
    """Whether a paragraph stands as a heading between paragraphs of prose."""
    text = paras[number].text
    if (
        len(text) > _LONGEST_HEADING
        or ends_sentence(text)
        or text[-1] in ",;:"
        or text[0].islower()
    ):
        return False
    around = [*paras[max(0, number - 1) : number], *paras[number + 1 : number + 2]]
    return len(around) == 2 and all(is_prose(para.text) for para in around) and ". " not in text


def _clues(
    head: Sequence[Paragraph], body: Sequence[Paragraph], lang: str, menus: bool
) -> list[DateClue]:
    """Find dates of publication: alone on a line near the title, or opening a letterhead.

    With ``menus`` before the title only the lines next to it count: others list other releases.
    """
    prose = [n for n, para in enumerate(body[:_HEAD]) if is_prose(para.text)]
    # Below menus a lead may stand between the title and the date.
    text = (prose[1] if menus and len(prose) > 1 else prose[0]) if prose else _HEAD
    above = [*reversed(head)]
    if menus:
        copies = (n for n, para in enumerate(head[1:-1], 1) if says_title(para.text, head[-1].text))
        above = above[: max(_ABOVE, len(head) - next(copies, len(head)) + _ABOVE)]
    near = [*body[:text], *above] if menus else [*above, *body[:text]]
    clues = []
    lines = [*head, *body[: _HEAD + 1]]
    following = {id(one): two.text for one, two in pairwise(lines)}
    for para in near:
        line = para.text
        if is_prose(line) or is_embargo(line) or is_of_event(line, following.get(id(para), "")):
            continue
        date = date_line(line, lang) if not is_update(line) else ""
        if date:
            clues.append(DateClue(date, "visible", date_choice.VISIBLE))
            break
        if not is_furniture(line) and len(line) < 200 and not is_update(line):
            dates = find_dates(line, lang)
            # "December 7, 2018 Contact: ..." and "For release: May 2, 2019 at noon".
            date = line[dates[0].start : dates[0].end] if dates and dates[0].start < 40 else ""
            if date:
                clues.append(DateClue(date, "visible", date_choice.VISIBLE / 2))
    return clues or embargo_clues([para.text for para in near], lang)
