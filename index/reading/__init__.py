"""Reading: turning one raw document into a Release. Pure: no I/O."""

from __future__ import annotations

from index.reading.document import read_document, release_id

READER_VERSION: int = 5
"""Raised whenever reading may give another release for the same bytes."""

__all__ = ["READER_VERSION", "read_document", "release_id"]
