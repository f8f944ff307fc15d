"""How the account of a reindex and the evidence for names look on a terminal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

import click

from index.names.evidence import Evidence
from index.report import ReindexReport
from web.commands.plain import plain

_LISTED = 20
"""Paths listed of each kind; the JSON report has all."""
_TYPES = 8
"""Types of files left alone that are named, the most frequent first."""


def print_report(report: ReindexReport) -> None:
    """Print what a reindex did: counts, then the paths concerned."""
    counts = report.counts()
    would = "would be " if report.dry_run else ""
    parts = [f"{counts[name]:,} {name}" for name in ("new", "changed", "removed", "unchanged")]
    click.echo(f"{report.archive}: {would}{', '.join(parts)}; {counts['skipped']:,} not readable")
    if report.rebuilt:
        built = "Would be built anew" if report.dry_run else "Built anew"
        click.echo(f"{built}: {report.rebuilt}.")
    else:
        for name in ("new", "changed", "removed"):
            _print_paths(name, getattr(report, name))
    for path, warning in report.warnings[:_LISTED]:
        click.echo(f"  note    {plain(path)}: {plain(warning)}", err=True)
    _print_rest(len(report.warnings), "notes")
    for skipped in report.skipped[:_LISTED]:
        click.echo(f"  skipped {plain(skipped.path)}: {plain(skipped.reason)}", err=True)
    _print_rest(len(report.skipped), "skipped documents")
    if report.ignored:
        shown = list(report.ignored_types.items())[:_TYPES]
        types = ", ".join(f"{plain(ending)} {count:,}" for ending, count in shown)
        more = ", ..." if len(report.ignored_types) > _TYPES else ""
        click.echo(f"{report.ignored:,} files of other types left alone: {types}{more}")
    if not report.dry_run:
        state = "now serves" if report.written else "still serves; nothing was written:"
        click.echo(
            f"{report.generation} {state} {report.releases:,} releases,"
            f" {report.passages:,} passages. {report.seconds:.1f} s"
        )


def print_evidence(evidence: Sequence[Evidence], as_json: bool) -> None:
    """Print where the people and places of a release are named, and why they are believed."""
    if as_json:
        click.echo(json.dumps([asdict(one) for one in evidence], ensure_ascii=False, indent=1))
        return
    heading = ("", "")
    for one in evidence:
        if (one.facet, one.name) != heading:
            heading = (one.facet, one.name)
            click.echo(f"{one.facet}: {plain(one.name)}")
        where = f"p{one.passage} {one.start}-{one.end}"
        click.echo(f"  {where:<16}{plain(one.words)}  [{one.rule}]")


def _print_paths(name: str, paths: list[str]) -> None:
    for path in paths[:_LISTED]:
        click.echo(f"  {name:<8}{plain(path)}")
    _print_rest(len(paths), name)


def _print_rest(count: int, what: str) -> None:
    if count > _LISTED:
        click.echo(f"  ... and {count - _LISTED:,} more {what} (all with --json)")
