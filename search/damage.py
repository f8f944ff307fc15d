"""Damage of the index, told as what it means for a question: nothing can be answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from index.errors import GenerationError, IndexUnavailableError


@contextmanager
def unavailable() -> Iterator[None]:
    """Turn what is damaged into an error that says that nothing can be answered."""
    try:
        yield
    except GenerationError as error:
        raise IndexUnavailableError(error.what, where=error.where, hint=error.hint) from error
