"""How reports, results and statistics look on a terminal."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from dataclasses import asdict
from html import unescape

import click

from index.generations import Generations
from index.names.evidence import Evidence
from index.report import ReindexReport
from search.answers import Overview
from search.request import Hit, SearchPage

_LISTED = 20
"""Paths listed of each kind; the JSON report has all."""
_TYPES = 8
"""Types of files left alone that are named, the most frequent first."""
_MARK = re.compile(r"<mark>(.*?)</mark>", re.DOTALL)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


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
        click.echo(f"  note    {_plain(path)}: {_plain(warning)}", err=True)
    _print_rest(len(report.warnings), "notes")
    for skipped in report.skipped[:_LISTED]:
        click.echo(f"  skipped {_plain(skipped.path)}: {_plain(skipped.reason)}", err=True)
    _print_rest(len(report.skipped), "skipped documents")
    if report.ignored:
        shown = list(report.ignored_types.items())[:_TYPES]
        types = ", ".join(f"{_plain(ending)} {count:,}" for ending, count in shown)
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
            click.echo(f"{one.facet}: {_plain(one.name)}")
        where = f"p{one.passage} {one.start}-{one.end}"
        click.echo(f"  {where:<16}{_plain(one.words)}  [{one.rule}]")


def _print_paths(name: str, paths: list[str]) -> None:
    for path in paths[:_LISTED]:
        click.echo(f"  {name:<8}{_plain(path)}")
    _print_rest(len(paths), name)


def _print_rest(count: int, what: str) -> None:
    if count > _LISTED:
        click.echo(f"  ... and {count - _LISTED:,} more {what} (all with --json)")


def print_page(page: SearchPage) -> None:
    """Print a page of results: title, line of facts, best passages with the words in bold."""
    for warning in page.query.warnings:
        click.echo(f"note: {warning.message}", err=True)
    if page.query.relaxed:
        click.echo("note: few releases have all these words; those with most follow", err=True)
    first = (page.request.page - 1) * page.request.per_page + 1
    for number, hit in enumerate(page.results, start=first):
        _print_hit(number, hit)
    noun = "release" if page.total == 1 else "releases"
    click.echo(f"{page.total:,} {noun}, {page.took_ms:.0f} ms")


def _print_hit(number: int, hit: Hit) -> None:
    click.echo(f"{number}. " + click.style(_plain(hit.title), bold=True))
    facts = [hit.dateline, hit.date or "no date", hit.source, hit.path]
    click.echo("   " + click.style(" · ".join(_plain(fact) for fact in facts if fact), dim=True))
    for passage in hit.passages:
        html = _CONTROL.sub(" ", passage.html)
        bold = _MARK.sub(lambda m: click.style(m[1], bold=True, underline=True), html)
        text = " ".join(unescape(bold).split())
        click.echo(click.wrap_text(text, _width(), f"   #p{passage.number} ", "      "))
    click.echo()


def print_stats(overview: Overview, generations: Generations) -> None:
    """Print the size and span of the archive, its main people and places, its generations."""
    click.echo(f"{overview.releases:,} releases, {overview.passages:,} passages")
    if overview.first_date:
        click.echo(f"dated {overview.first_date} to {overview.last_date}")
    for name in ("person", "place", "source", "lang"):
        values = overview.facets.get(name, ())[:8]
        if values:
            shown = ", ".join(f"{_plain(value.label)} ({value.count:,})" for value in values)
            click.echo(f"{name}: {shown}")
    for generation in generations.complete():
        mark = "*" if generation.name == overview.generation else " "
        size = sum(size for size, _ in generation.manifest.files.values())
        click.echo(
            f"{mark} {generation.name}  {generation.manifest.releases:,} releases"
            f"  {size / 2**20:.1f} MiB"
        )


def _plain(text: str) -> str:
    """Keep what a document says from steering the terminal."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\n", " "))


def _width() -> int:
    try:
        return min(100, os.get_terminal_size().columns)
    except OSError:
        return 100
