"""What a reindex did, or would do: counts, and each document that could not be read."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from index.generations import Generation
from index.model import SkippedDocument


@dataclass(slots=True)
class ReindexReport:
    """The account of one reindex. Counts are numbers of documents of the archive.

    ``new``, ``unchanged`` and ``removed`` are of releases in the index; what cannot be read is in
    ``skipped`` alone, but for what could be before, which is in ``changed`` too. A dry run reads
    nothing: what would prove not readable is ``new`` in it.
    ``generation`` is the one that serves afterwards; ``written`` whether it is a new one.
    ``parsed`` counts documents that were read; the others needed came from the store.
    """

    archive: str = ""
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    renewed: list[str] = field(default_factory=list)
    """Unchanged documents written again: the archive as a whole reads their names otherwise."""
    skipped: list[SkippedDocument] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)
    ignored: int = 0
    """Files of types that are not read."""
    ignored_types: dict[str, int] = field(default_factory=dict)
    """How many of each, by the ending of their names (``_files/``: folders of saved pages)."""
    parsed: int = 0
    releases: int = 0
    passages: int = 0
    rebuilt: str = ""
    """Why everything was built anew; empty for an incremental run."""
    dry_run: bool = False
    written: bool = False
    generation: str = ""
    seconds: float = 0.0

    def left_alone(self, types: Counter[str]) -> None:
        """Note how many files of each type were not read."""
        self.ignored = types.total()
        self.ignored_types = dict(types.most_common())

    def served_by(self, generation: Generation) -> None:
        """Note which generation serves now, and what is in it."""
        self.generation = generation.name
        self.releases = generation.manifest.releases
        self.passages = generation.manifest.passages

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain values, lists of paths included."""
        value = asdict(self)
        value["counts"] = self.counts()
        value["warnings"] = [{"path": path, "warning": text} for path, text in self.warnings]
        return value

    def counts(self) -> dict[str, int]:
        """Return the four counts of the comparison and that of what was skipped."""
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "removed": len(self.removed),
            "unchanged": self.unchanged,
            "skipped": len(self.skipped),
        }
