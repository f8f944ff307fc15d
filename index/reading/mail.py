"""A release as it was mailed: ``.eml`` files, and text saved from a mail program, to a draft."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes, message_from_string
from email.errors import HeaderParseError
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime
from itertools import takewhile

from index.model import RawDocument
from index.reading import date_choice
from index.reading.characters import tidy
from index.reading.draft import DateClue, Draft
from index.reading.encoding import decode
from index.reading.record import body_draft

_HEADER = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9-]{1,40}):(?P<value>.*)")
_KNOWN = frozenset(
    (
        *("from", "to", "cc", "bcc", "date", "sent", "subject", "reply-to", "return-path"),
        *("delivered-to", "received", "message-id", "mime-version", "content-type"),
        *("content-transfer-encoding", "list-id", "list-unsubscribe", "importance"),
    )
)
_LEAST_KNOWN = 3
"""Lines that name a known header, for a text to be a mail; one names the subject."""
_HEAD = 16_384
_PASSED_ON = re.compile(r"(?:\s*(?:re|fwd?|fw|aw|wg|tr)\s*:\s*)+", re.IGNORECASE)
_ENCODED = ("base64", "quoted-printable")


def is_mail(data: bytes) -> bool:
    """Whether a text begins with the headers of a mail."""
    head = data[:_HEAD].decode("utf-8", "replace").lstrip("\ufeff \r\n")
    lines = takewhile(str.strip, head.splitlines())
    named: set[str] = set()
    for number, line in enumerate(lines):
        match = _HEADER.match(line)
        if match:
            named.add(match["name"].lower())
        elif not number or not line.startswith((" ", "\t")):
            return False
    return "subject" in named and "from" in named and len(named & _KNOWN) >= _LEAST_KNOWN


def read_mail(document: RawDocument) -> Draft:
    """Read a mail: subject, day, sender, and its text, or its page where it has no text.

    Raises ReadingError when there is neither text nor subject. Attachments are not read.
    """
    text, warnings = decode(document.data)
    text = text.lstrip("\ufeff \r\n")
    message = message_from_string(text, policy=default)
    encoded = message.get("Content-Transfer-Encoding", "").strip().lower() in _ENCODED
    if message.is_multipart() or encoded:
        # The text of each part has an encoding of its own.
        message = message_from_bytes(document.data.lstrip(b"\r\n"), policy=default)
        body, markup, warnings = *_part(message), ()
    else:
        body = str(message.get_payload())
        markup = message.get_content_type() == "text/html"
    title = _PASSED_ON.sub("", tidy(_header(message, "Subject")), count=1)
    draft = body_draft(body, markup, title, document.path)
    day = _day(_header(message, "Date") or _header(message, "Sent"))
    clues = (DateClue(day, "mail", date_choice.FIELD),) if day else ()
    return replace(
        draft,
        title=title or draft.title,
        source=tidy(parseaddr(_header(message, "From"))[0]) or draft.source,
        clues=clues + draft.clues,
        warnings=(*warnings, *draft.warnings),
    )


def _part(message: EmailMessage) -> tuple[str, bool]:
    """Return the body of a mail, plain text before a page, and whether it is one."""
    part = message.get_body(("plain", "html"))
    if part is None:
        return "", False
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return "", False
    markup = part.get_content_type() == "text/html"
    charset = part.get_content_charset("")
    try:
        return data.decode(charset or "utf-8"), markup
    except (LookupError, UnicodeDecodeError):
        return decode(data, markup=markup)[0], markup


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name, ""))
    except (HeaderParseError, ValueError, IndexError, AttributeError):
        return ""  # the parser trips over some broken headers


def _day(value: str) -> str:
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return value  # in words, as some programs save it
