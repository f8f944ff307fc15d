"""Files that hold records: one JSON object a line, or JSON as programs and people write it."""

from __future__ import annotations

import codecs
import hashlib
import io
import json
import tempfile
from collections.abc import Iterable, Iterator
from typing import BinaryIO, cast

from index.model import DocumentKind, RawDocument, SkippedDocument
from index.reading.content_api import plain_record
from index.reading.fields import FIELD_NAMES, plain_name
from index.reading.record import BODY_NAMES
from index.reading.sniff import unusable

_LONGEST_KEY = 500
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ENOUGH_BAD_LINES = 1_000
"""Lines without a record at the beginning of a file after which nobody looks for one."""
_CHUNK, _IN_MEMORY = 1 << 20, 1 << 24
_BETWEEN = " \t\r\n,"
"""What may stand between the records of a list, or of a file with one object after another."""
_DECODE = json.JSONDecoder().raw_decode

Found = RawDocument | SkippedDocument


def records(path: str, file: BinaryIO, max_bytes: int) -> Iterator[Found]:
    """Yield the records of a ``.jsonl`` file, each with its number: that of its line.

    A file whose first line is no record by itself, and which is one JSON list or one indented
    object after another, is read as that; a record's number is then its place in it.
    Lines are streamed; anything else must fit in ``max_bytes``.
    """
    wide = file.read(2) in _UTF16  # as a shell of Windows redirects into a file
    file.seek(0)
    file = _narrowed(file) if wide else file
    begins = _begins_with_a_record(file, max_bytes)
    file.seek(0)
    if begins:
        yield from _lines(path, file, max_bytes)
        return
    data = file.read(max_bytes + 1)
    texts = _whole(data) if len(data) <= max_bytes else []
    if texts:
        yield from _numbered(path, texts)
        return
    trouble = _no_records(data)
    if len(data) > max_bytes:
        size = too_large(file.seek(0, io.SEEK_END), max_bytes)
        trouble = ("too_large", f"not one record a line, and as a list {size}")
    file.seek(0)
    yield from _told_once(path, trouble, _lines(path, file, max_bytes))


def _narrowed(file: BinaryIO) -> BinaryIO:
    """Return a file of UTF-16 as one of UTF-8, kept on disk where it is large."""
    decoder = codecs.getincrementaldecoder("utf-16")("replace")
    plain = cast(BinaryIO, tempfile.SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115 - read later
    while chunk := file.read(_CHUNK):
        plain.write(decoder.decode(chunk).encode("utf-8", "replace"))
    plain.seek(0)
    return plain


def _told_once(path: str, trouble: tuple[str, str], lines: Iterator[Found]) -> Iterator[Found]:
    """Yield what the lines hold; where none of them is a record, say once what is wrong."""
    held: list[Found] = []
    for line in lines:
        held.append(line)
        if isinstance(line, RawDocument):
            break
        if len(held) >= _ENOUGH_BAD_LINES:
            break
    if len(held) < 2 or isinstance(held[-1], RawDocument):
        yield from held
        yield from lines
    else:
        yield SkippedDocument(path, *trouble)


def loose_records(path: str, data: bytes) -> list[RawDocument]:
    """Return the records of a ``.json`` file that is no other document's: those with a text.

    One object is the document itself; a list of them, bare or as what an object holds, are
    ``path#1`` and so on. Empty when the file is about something else.
    """
    texts = _whole(data)
    if not texts or not all(_has_a_body(text) for text in texts):
        return []
    if texts != [_plain(data)]:
        return [one for one in _numbered(path, texts) if isinstance(one, RawDocument)]
    line = texts[0].encode("utf-8", "surrogatepass")
    digest = document_digest(DocumentKind.RECORD, path, line, None)
    return [RawDocument(path, DocumentKind.RECORD, line, digest, None, path)]


def _begins_with_a_record(file: BinaryIO, max_bytes: int) -> bool:
    """Whether the first line that is not blank is a JSON object."""
    while line := file.readline(max_bytes + 1):
        line = line.strip(b"\xef\xbb\xbf \t\r\n")
        if line:
            return isinstance(_value(line), dict)
    return False


def _value(text: str | bytes) -> object:
    """Return the value of a piece of JSON; None when it is none, or beyond reasonable limits."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _plain(data: bytes) -> str:
    codec = "utf-16" if data.startswith(_UTF16) else "utf-8-sig"
    return data.decode(codec, "replace").strip()


def _whole(data: bytes) -> list[str]:
    """Return each record of a list, or of objects one after another; empty when it is neither."""
    text = _plain(data)
    listed = text.startswith("[")
    end = len(text) - (listed and text.endswith("]"))
    at, found = int(listed), []
    try:
        while (at := _next(text, at, end)) < end:
            value, stop = _DECODE(text, at)
            if not isinstance(value, dict) or stop > end:
                return []
            found.append(text[at:stop])
            at = stop
    except (ValueError, RecursionError):
        return []
    return _inside(found[0]) or found if len(found) == 1 and not listed else found


def _next(text: str, at: int, end: int) -> int:
    while at < end and text[at] in _BETWEEN:
        at += 1
    return at


def _inside(text: str) -> list[str]:
    """Return the records of the one list of objects that an object holds: answers of services."""
    value = _value(text)
    if not isinstance(value, dict) or _has_a_body(text):
        return []
    lists = [one for one in value.values() if isinstance(one, list) and one]
    if len(lists) != 1 or not all(isinstance(one, dict) for one in lists[0]):
        return []
    return [json.dumps(one, ensure_ascii=False) for one in lists[0]]


def _has_a_body(text: str) -> bool:
    value = _value(text)
    if not isinstance(value, dict):
        return False
    names = {plain_name(name) for name, part in plain_record(value).items() if part}
    return not names.isdisjoint(BODY_NAMES) and not names.isdisjoint(FIELD_NAMES)


def _no_records(data: bytes) -> tuple[str, str]:
    """Say of a file that holds no record at all, once, why that is."""
    trouble = unusable(data)
    if trouble:
        return trouble
    text = _plain(data)
    if text in ("[]", "{}"):
        return "empty", "the file holds no records"
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}: {error.msg}"
        return "bad_record", f"neither one record a line nor a list of records: {where}"
    except (ValueError, RecursionError):
        return "bad_record", "JSON that is beyond reasonable limits"
    return "bad_record", "JSON, but no list of objects: write one record a line"


def _numbered(path: str, texts: Iterable[str]) -> Iterator[Found]:
    seen: set[str] = set()
    for number, text in enumerate(texts, start=1):
        yield _record(path, f"{path}#{number}", text.encode("utf-8", "surrogatepass"), seen)


def _lines(path: str, file: BinaryIO, max_bytes: int) -> Iterator[Found]:
    seen: set[str] = set()
    number = 0
    any_record = False
    while line := file.readline(max_bytes + 1):
        number += 1
        where = f"{path}#{number}"
        if len(line) > max_bytes:
            size = len(line)
            while not line.endswith(b"\n") and (line := file.readline(1 << 20)):
                size += len(line)
            any_record = True
            yield SkippedDocument(where, "too_large", too_large(size, max_bytes))
            continue
        line = line.strip(b"\xef\xbb\xbf \t\r\n") if number == 1 else line.strip()
        if not line:
            continue
        any_record = True
        yield _record(path, where, line, seen)
    if not any_record:
        yield SkippedDocument(path, "empty", "the file holds no records")


def _record(path: str, where: str, line: bytes, seen: set[str]) -> Found:
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        reason = f"not UTF-8 at byte {error.start + 1} of the line"
        return SkippedDocument(where, "bad_record", reason)
    except json.JSONDecodeError as error:
        reason = f"not valid JSON at column {error.colno}: {error.msg}"
        return SkippedDocument(where, "bad_record", reason)
    except (ValueError, RecursionError):
        # A number of thousands of digits, or brackets nested without end.
        return SkippedDocument(where, "bad_record", "JSON that is beyond reasonable limits")
    if not isinstance(value, dict):
        reason = f"the line is not a JSON object but a {_json_type(value)}"
        return SkippedDocument(where, "bad_record", reason)
    key = _record_key(path, where, value, seen)
    digest = document_digest(DocumentKind.RECORD, where, line, None)
    return RawDocument(where, DocumentKind.RECORD, line, digest, None, key)


def _record_key(path: str, where: str, value: dict[str, object], seen: set[str]) -> str:
    """Return what a record's identity is made from: its id, its address, its title, its place.

    The title comes before the line so that a record put in above leaves those below alone.
    """
    keys = {plain_name(name): name for name in reversed(list(value))}
    for name in ("id", "url", "title", "headline"):
        part = value.get(keys.get(name, name))
        if isinstance(part, (str, int)) and not isinstance(part, bool) and str(part).strip():
            key = f"{path}#{str(part).strip()[:_LONGEST_KEY]}"
            if key not in seen:
                seen.add(key)
                return key
    line = where.rsplit("#", 1)[1]
    return f"{path}#line {line}"


def document_digest(kind: DocumentKind, path: str, data: bytes, sidecar: bytes | None) -> str:
    """Return the hexadecimal digest of everything that reading a document depends on."""
    # The path is read too (dates and sources may come from it), so it belongs to the digest.
    # Lengths before the parts keep two different splits from giving one digest.
    digest = hashlib.sha256()
    parts = [kind.encode(), path.encode("utf-8", "surrogatepass"), data]
    for part in parts if sidecar is None else [*parts, sidecar]:
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return digest.hexdigest()


def too_large(size: int, limit: int) -> str:
    """Say that something of ``size`` bytes is over the limit."""
    return f"{size / 2**20:.1f} MiB, over the limit of {limit / 2**20:.1f} MiB"


def _json_type(value: object) -> str:
    names = {list: "list", str: "text", bool: "truth value", int: "number", float: "number"}
    return names.get(type(value), "null")
