"""One line of a JSON Lines file to a draft."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from index.errors import ReadingError
from index.model import RawDocument
from index.reading import date_choice
from index.reading.characters import tidy
from index.reading.draft import DateClue, Draft
from index.reading.fields import BODY_NAMES, named_fields, text_field
from index.reading.html import html_draft
from index.reading.text import text_draft

_MARKUP = re.compile(
    r"<(?:p|div|br|ul|ol|li|h[1-6]|a|em|strong|b|i|span|table|article|section)\b[^>]*>", re.I
)


def read_record(document: RawDocument) -> Draft:
    """Read one record: title, date, url, lang, summary, source and a body, text or HTML.

    Raises ReadingError when the line is no JSON object, a field is not a text, or there is
    neither a body nor a title.
    """
    try:
        values = json.loads(document.data)
    except (ValueError, RecursionError) as error:
        raise ReadingError(
            f"the record is not valid JSON: {error}", where=document.path, hint="bad_record"
        ) from error
    if not isinstance(values, dict):
        raise ReadingError("the record is no object", where=document.path, hint="bad_record")
    fields = named_fields(values, document.path)
    body, markup = "", False
    for name in BODY_NAMES:
        body = text_field(values, name, document.path)
        if body.strip():
            markup = name == "html" or bool(_MARKUP.search(body))
            break
    draft = _body(body, markup, fields.title, document.path)
    date = (DateClue(fields.date, "record", date_choice.FIELD),) if fields.date else ()
    return replace(
        draft,
        title=fields.title or draft.title,
        summary=fields.summary or draft.summary,
        clues=date + draft.clues,
        url=fields.url or draft.url,
        lang=fields.lang or draft.lang,
        source=fields.source or draft.source,
    )


def _body(body: str, markup: bool, title: str, where: str) -> Draft:
    if not body.strip():
        if title:
            return Draft(pieces=(), title=title)
        raise ReadingError("the record has neither a body nor a title", where=where, hint="no_text")
    if markup:
        # A fragment has no menus; what is in it is the release.
        return html_draft(body, where, fragment=True)
    # The title put before the text is found there and taken out again, with any copy of it.
    return text_draft(f"{tidy(title)}\n\n{body}" if title else body, where)
