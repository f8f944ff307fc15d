"""``dateline verify``, ``evidence`` and ``rollback``: looking after what serves."""

from __future__ import annotations

import click

from index.generations import Generations
from index.lock import writer_lock
from index.names.evidence import evidence_of
from index.settings import load_settings
from index.verify import verify_generation
from web.commands.reporting import reported
from web.commands.reports import print_evidence


@click.command("verify")
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


@click.command("evidence")
@click.argument("path")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, for scripts.")
@reported
def evidence_command(path: str, as_json: bool) -> None:
    """Say why a release has its people and places: where each is named, and by which rule.

    PATH is that of its document in the archive.
    """
    print_evidence(evidence_of(load_settings(), path), as_json)


@click.command("rollback")
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
