"""``dateline serve``: the site, by gunicorn."""

from __future__ import annotations

import os
import sys

import click

from index.errors import DatelineError
from index.generations import Generations
from index.settings import Settings, load_settings
from web.commands.reporting import reported

_THREADS = 32
"""Threads of each server process: they wait for slow or silent browsers, not for each other."""


@click.command("serve")
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
