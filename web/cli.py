"""The command line: reindex, serve, search, stats, verify, evidence, rollback, evaluate.

Exit status: 0 done, 1 something could not be done, 2 usage. The same commands hang under
``flask --app wsgi``.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from index.errors import DatelineError
from index.generations import Generations
from index.lock import writer_lock
from index.names.evidence import evidence_of
from index.reindex import reindex
from index.report import ReindexReport
from index.settings import Settings, load_settings, stray_variables
from index.verify import verify_generation
from search.request import make_request
from search.service import SearchService
from web.evaluate import evaluate_command
from web.reporting import reported
from web.terminal import print_evidence, print_page, print_report, print_stats

_THREADS = 32
"""Threads of each server process: they wait for slow or silent browsers, not for each other."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dateline")
def main() -> None:
    """Full-text search for archives of press releases and official statements."""
    if click.get_current_context().invoked_subcommand != "serve":  # whose processes say it
        for told in stray_variables():
            click.echo(f"dateline: {told}", err=True)


@main.command("reindex")
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


@main.command("serve")
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--workers", type=click.IntRange(1), help="Server processes.")
@reported
def serve_command(host: str | None, port: int | None, workers: int | None) -> None:
    """Serve the site with gunicorn until interrupted."""
    settings = load_settings().with_overrides(host=host, port=port, workers=workers)
    _warn_when_empty(settings)
    arguments = ["gunicorn", "wsgi:app", "--bind", f"{settings.host}:{settings.port}"]
    arguments += ["--workers", str(settings.workers), "--access-logfile", "-"]
    # Threads, so that a connection nobody speaks on does not keep a process from answering.
    arguments += ["--threads", str(_THREADS)]
    # As long as gunicorn allows: the longest query in Latin script, 1,300 letters of one that takes
    # two bytes for each.
    arguments += ["--limit-request-line", "8190", "--no-control-socket"]
    click.echo(f"Dateline on http://{settings.host}:{settings.port}  (Ctrl-C stops)")
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", *arguments])


def _warn_when_empty(settings: Settings) -> None:
    try:
        Generations(settings.data).current()
    except DatelineError as error:
        click.echo(f"dateline: {error}; the site will say so", err=True)


@main.command("search")
@click.argument("query", nargs=-1)
@click.option("--person", multiple=True, help="Only releases about this person; repeatable.")
@click.option("--place", multiple=True, help="Only releases about this place; repeatable.")
@click.option("--from", "date_from", default="", help="YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option("--to", "date_to", default="", help="YYYY, YYYY-MM or YYYY-MM-DD, inclusive.")
@click.option("--sort", type=click.Choice(["relevance", "newest", "oldest"]), default="relevance")
@click.option("-n", "--count", type=click.IntRange(1, 100), default=10, help="Results.")
@reported
def search_command(query: tuple[str, ...], **options: Any) -> None:
    """Search the archive and print the releases found. No QUERY: all, newest first."""
    request = make_request(
        " ".join(query),
        people=options["person"],
        places=options["place"],
        date_from=options["date_from"],
        date_to=options["date_to"],
        sort=options["sort"],
        per_page=options["count"],
    )
    print_page(SearchService(load_settings()).search(request))


@main.command("stats")
@reported
def stats_command() -> None:
    """Print the size and span of the archive and what serves it."""
    settings = load_settings()
    print_stats(SearchService(settings).overview(), Generations(settings.data))


@main.command("verify")
@reported
def verify_command() -> None:
    """Check the serving generation: checksums, counts, canary queries."""
    generation = Generations(load_settings().data).current()
    verify_generation(generation)
    manifest = generation.manifest
    click.echo(
        f"{generation.name}: sound, {manifest.releases:,} releases,"
        f" {manifest.passages:,} passages, {len(manifest.files)} files"
    )


@main.command("evidence")
@click.argument("path")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, for scripts.")
@reported
def evidence_command(path: str, as_json: bool) -> None:
    """Say why a release has its people and places: where each is named, and by which rule.

    PATH is that of its document in the archive.
    """
    print_evidence(evidence_of(load_settings(), path), as_json)


@main.command("rollback")
@reported
def rollback_command() -> None:
    """Serve the generation before the present one again."""
    settings = load_settings()
    generations = Generations(settings.data)
    with writer_lock(settings.data, settings.lock_wait):
        previous = generations.previous()
        verify_generation(previous)
        generations.promote(previous)
    click.echo(f"serving {previous.name} of {previous.manifest.created}")


main.add_command(evaluate_command)


if __name__ == "__main__":
    main()
