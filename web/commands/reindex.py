"""``dateline reindex``: bring the index up to the archive."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from index.errors import DatelineError
from index.reindex import reindex
from index.report import ReindexReport
from index.settings import Settings, load_settings
from web.commands.reporting import reported
from web.commands.reports import print_report


@click.command("reindex")
@click.argument("archive", required=False, type=click.Path(path_type=Path))
@click.option("--full", is_flag=True, help="Build everything anew.")
@click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing.")
@click.option("--jobs", type=click.IntRange(0), help="Reading processes; 0: one a processor.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON, for scripts.")
@reported
def reindex_command(
    archive: Path | None, full: bool, dry_run: bool, jobs: int | None, as_json: bool
) -> None:
    """Bring the index up to the ARCHIVE folder (default: the setting "archive")."""
    settings = load_settings().with_overrides(archive=archive, jobs=jobs)
    signal.signal(signal.SIGTERM, _stop)
    try:
        report = _reindex_with_progress(settings, full, dry_run, quiet=as_json)
    except DatelineError as error:
        if as_json:
            told = {"message": error.what, "where": error.where, "hint": error.hint}
            click.echo(json.dumps({"error": told}, indent=1))
        raise
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=True, indent=1))
    else:
        print_report(report)
    if report.skipped:
        sys.exit(1)


def _stop(number: int, frame: object) -> None:
    """End on SIGTERM as on an interrupt: what is half built is cleared away."""
    sys.exit(128 + number)


def _reindex_with_progress(
    settings: Settings, full: bool, dry_run: bool, quiet: bool
) -> ReindexReport:
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        return reindex(settings, full=full, dry_run=dry_run)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    # No refresh thread: the reading processes are forked, and threads do not survive that.
    with Progress(*columns, console=console, transient=True, auto_refresh=False) as bar:
        task = bar.add_task("looking at the archive")

        def tell(phase: str, done: int) -> None:
            bar.update(task, description=f"{phase}: {done:,} documents")
            if done % 25 == 0 or phase != "reading":
                bar.refresh()

        return reindex(settings, full=full, dry_run=dry_run, progress=tell)
