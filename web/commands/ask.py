"""``dateline search`` and ``dateline stats``: the archive, on a terminal."""

from __future__ import annotations

from typing import Any

import click

from index.generations import Generations
from index.settings import load_settings
from search.request import make_request
from search.service import SearchService
from web.commands.reporting import reported
from web.commands.results import print_page, print_stats


@click.command("search")
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


@click.command("stats")
@reported
def stats_command() -> None:
    """Print the size and span of the archive and what serves it."""
    settings = load_settings()
    print_stats(SearchService(settings).overview(), Generations(settings.data))
