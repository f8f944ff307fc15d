"""The versions of the code that makes what is stored, and the fingerprint of them all."""

from __future__ import annotations

import whoosh

from index.codec.container import FORMAT_VERSION
from index.codec.folder import FORMAT
from index.entities import EXTRACTOR_VERSION
from index.fields import schema_fingerprint
from index.passages import PASSAGES_VERSION
from index.reading import READER_VERSION

READER = str(READER_VERSION)
"""Documents are read again when this changes."""

DERIVER = f"{READER_VERSION}.{PASSAGES_VERSION}.{EXTRACTOR_VERSION}"
"""What is derived from the parsed releases is derived again when this changes."""

FINGERPRINT = schema_fingerprint(
    deriver=DERIVER, files=[FORMAT, FORMAT_VERSION], whoosh=list(whoosh.__version__)
)
"""Indexes are built again when this changes."""
