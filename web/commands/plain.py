"""What a document says, fit for a terminal."""

from __future__ import annotations

import re

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Characters that would steer the terminal."""


def plain(text: str) -> str:
    """Keep what a document says from steering the terminal."""
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\n", " "))
