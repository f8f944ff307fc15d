"""The errors Dateline raises. Each says what was wrong, where, and what to do about it."""

from __future__ import annotations


class DatelineError(Exception):
    """Base of every error a person may see.

    ``what`` names the trouble, ``where`` the file, line, byte or query position (may be empty),
    ``hint`` what to do next (may be empty). ``str()`` of the error is all three in one line.
    """

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(what, where, hint)
        self.what = what
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        text = f"{self.where}: {self.what}" if self.where else self.what
        return f"{text} ({self.hint})" if self.hint else text

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the keyword-only parts when an error crosses a process boundary."""
        return (_rebuild, (type(self), self.what, self.where, self.hint))


def _rebuild(kind: type[DatelineError], what: str, where: str, hint: str) -> DatelineError:
    return kind(what, where=where, hint=hint)


class SettingsError(DatelineError):
    """A setting has a value that cannot be used."""


class ReadingError(DatelineError):
    """A document could not be turned into a release; it is reported and skipped."""


class ArchiveError(DatelineError):
    """The archive folder itself cannot be walked."""


class IndexUnavailableError(DatelineError):
    """There is no generation that can serve: nothing was indexed yet, or it cannot be opened."""


class GenerationError(DatelineError):
    """A generation is damaged, incomplete or does not answer as its manifest says."""


class WriterLockedError(DatelineError):
    """Another writer holds the lock of the data directory."""


class NotFoundError(DatelineError):
    """The release, page or facet asked for does not exist."""


class BadRequestError(DatelineError):
    """A request that cannot be understood at all (a wrong date, a page of zero)."""
