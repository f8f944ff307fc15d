"""One line of a JSON Lines file to a draft."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace

from index.errors import ReadingError
from index.model import BlockKind, RawDocument
from index.reading import date_choice
from index.reading.characters import tidy
from index.reading.content_api import plain_record
from index.reading.draft import DateClue, Draft, Piece
from index.reading.fields import FIELD_NAMES, kind_of, named_fields, plain_name
from index.reading.html import html_draft
from index.reading.text import text_draft
from index.reading.text_title import says_title

_MARKUP = re.compile(
    r"<(?:p|div|br|ul|ol|li|h[1-6]|a|em|strong|b|i|span|table|article|section)\b[^>]*>", re.I
)


BODY_NAMES = (
    *("body", "html", "text", "content", "full_text", "fulltext", "body_text", "article_body"),
    *("articlebody", "article_text", "article", "body_html", "content_html", "message", "story"),
    *("paragraphs",),
)
"""What the field with the text may be called, best first."""
_LONG_TEXT = 300
"""Characters of a field of another name that is taken for the text when no other is."""


def read_record(document: RawDocument) -> Draft:
    """Read one record: title, date, url, lang, summary, source and a body, text or HTML.

    Fields are known by their usual names in any case; where none is the body's, the longest text
    is taken, which a warning tells. Raises ReadingError when the line is no JSON object, the body
    is neither a text nor a list of texts, or there is neither a body nor a title.
    """
    try:
        values = json.loads(document.data)
    except (ValueError, RecursionError) as error:
        raise ReadingError(
            f"the record is not valid JSON: {error}", where=document.path, hint="bad_record"
        ) from error
    if not isinstance(values, dict):
        raise ReadingError("the record is no object", where=document.path, hint="bad_record")
    values = plain_record(values)
    fields, wrong = named_fields(values)
    key, body = _found_body(values, document.path)
    warnings = list(wrong)
    if body and plain_name(key) not in BODY_NAMES:
        warnings.append(f'the text was taken from the field "{key}"')
    markup = "html" in key.lower() or bool(_MARKUP.search(body))
    draft = body_draft(body, markup, fields.title, document.path)
    date = (DateClue(fields.date, "record", date_choice.FIELD),) if fields.date else ()
    return replace(
        draft,
        title=fields.title or draft.title,
        summary=fields.summary or draft.summary,
        clues=date + draft.clues,
        url=fields.url or draft.url,
        lang=fields.lang or draft.lang,
        source=fields.source or draft.source,
        warnings=(*draft.warnings, *warnings),
    )


def _found_body(values: Mapping[str, object], where: str) -> tuple[str, str]:
    """Return the name and the text of the field that holds the body; empty when none does."""
    keys = {plain_name(key): key for key in reversed(list(values))}
    for key in (keys[name] for name in BODY_NAMES if name in keys):
        value = values[key]
        if isinstance(value, list) and all(isinstance(part, str) for part in value):
            value = "\n\n".join(value)
        if value is not None and not isinstance(value, str):
            raise ReadingError(
                f'the field "{key}" is {kind_of(value)} instead of a text',
                where=where,
                hint="write its value in quotation marks",
            )
        if value and value.strip():
            return key, value
    others = [(key, text) for key, text in values.items() if isinstance(text, str)]
    others = [(key, text) for key, text in others if plain_name(key) not in FIELD_NAMES]
    key, text = max(others, key=lambda pair: len(pair[1]), default=("", ""))
    return (key, text) if len(text) >= _LONG_TEXT and " " in text else ("", "")


def body_draft(body: str, markup: bool, title: str, where: str) -> Draft:
    """Read the text of a release whose title is known from elsewhere, if it is.

    Raises ReadingError when there is neither.
    """
    if not body.strip():
        if title:
            return Draft(pieces=(), title=title)
        raise ReadingError("the record has neither a body nor a title", where=where, hint="no_text")
    if markup:
        # A fragment has no menus; what is in it is the release.
        return html_draft(body, where, fragment=True)
    if not title:
        return text_draft(body, where)
    # The title put before the text is found there and taken out again, with any copy of it.
    draft = text_draft(f"{tidy(title)}\n\n{body}", where)
    if draft.made_title or not draft.title or says_title(draft.title, title):
        return draft
    # A line of the body was taken for the title, which the record knows better.
    return replace(draft, pieces=(Piece(BlockKind.PARAGRAPH, draft.title), *draft.pieces))
