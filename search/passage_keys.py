"""Keys of passages: what a link to a passage holds, so that it finds it again after a rebuild.

A key is the passage's number and a hash of its words (``3-4f7c2a1b``). When passages were put in
before it, the hash finds it where it went; when its words were changed, the number says where it
stood, and that it was changed is known.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from index.analysis import surface_terms

_KEY = re.compile(r"(\d{1,6})-([0-9a-f]{8})\Z", re.ASCII)


class Numbered(Protocol):
    """A passage, stored or to be shown."""

    @property
    def number(self) -> int:
        """Its place in the release, counted from 1."""

    @property
    def text(self) -> str:
        """What it says."""


P = TypeVar("P", bound=Numbered)


def passage_key(number: int, text: str, terms: Sequence[str] | None = None) -> str:
    """Return the key of a passage: case, accents and punctuation have no say in it.

    ``terms`` are its surface terms, where they are known already.
    """
    words = " ".join(surface_terms(text) if terms is None else terms) or text
    digest = hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{number}-{digest[:8]}"


def find_passage(passages: Iterable[P], key: str) -> tuple[P | None, bool]:
    """Return the passage of a key, and whether it is the one that the key was made for.

    Of several with the same words the one nearest to the number. ``(None, False)`` when the key
    is none or there is no passage of that number any more.
    """
    match = _KEY.match(key)
    if match is None:
        return None, False
    number, digest = int(match[1]), match[2]
    known = list(passages)
    same = [p for p in known if passage_key(p.number, p.text).endswith("-" + digest)]
    if same:
        return min(same, key=lambda p: abs(p.number - number)), True
    return next((p for p in known if p.number == number), None), False
