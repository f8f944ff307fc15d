"""How results and statistics look on a terminal."""

from __future__ import annotations

import os
import re
from html import unescape

import click

from index.generations import Generations
from search.answers import Overview
from search.request import Hit, SearchPage
from web.commands.plain import CONTROL, plain

_MARK = re.compile(r"<mark>(.*?)</mark>", re.DOTALL)


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
    click.echo(f"{number}. " + click.style(plain(hit.title), bold=True))
    facts = [hit.dateline, hit.date or "no date", hit.source, hit.path]
    click.echo("   " + click.style(" · ".join(plain(fact) for fact in facts if fact), dim=True))
    for passage in hit.passages:
        html = CONTROL.sub(" ", passage.html)
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
            shown = ", ".join(f"{plain(value.label)} ({value.count:,})" for value in values)
            click.echo(f"{name}: {shown}")
    for generation in generations.complete():
        mark = "*" if generation.name == overview.generation else " "
        size = sum(size for size, _ in generation.manifest.files.values())
        click.echo(
            f"{mark} {generation.name}  {generation.manifest.releases:,} releases"
            f"  {size / 2**20:.1f} MiB"
        )


def _width() -> int:
    try:
        return min(100, os.get_terminal_size().columns)
    except OSError:
        return 100
