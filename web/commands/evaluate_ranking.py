"""``dateline evaluate ranking``: how well the site answers an operator's own queries."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from index.settings import load_settings
from search.evaluation import DEPTH, QueryScore, evaluate, means, read_judgments
from search.request import make_request
from search.service import SearchService
from web.commands.reporting import reported


@click.command("ranking")
@click.argument("judgments", type=click.Path(path_type=Path))
@click.option("--queries", type=click.Path(path_type=Path), help="Texts of the queries of qrels.")
@click.option("--worst", "count", type=click.IntRange(0), default=10, help="Queries listed.")
@click.option("--json", "as_json", is_flag=True, help="Print every query's score as JSON.")
@reported
def ranking_command(judgments: Path, queries: Path | None, count: int, as_json: bool) -> None:
    """Search for each query of JUDGMENTS (CSV or TREC qrels) and score what is found.

    A release is named by its id, its path, its address or its title.
    """
    service = SearchService(load_settings())

    def search(text: str) -> list[frozenset[str]]:
        page = service.search(make_request(text, per_page=DEPTH))
        return [frozenset((hit.id, hit.path, hit.url, hit.title)) for hit in page.results]

    scores = evaluate(read_judgments(judgments, queries), search)
    if as_json:
        told = {"figures": means(scores), "queries": [asdict(score) for score in scores]}
        click.echo(json.dumps(told, ensure_ascii=True, indent=1))
        return
    click.echo(f"{len(scores)} queries")
    for name, value in means(scores).items():
        click.echo(f"{name:<20}{value:.4f}")
    for score in sorted(scores, key=_worst)[:count]:
        rank = f"first at {score.first}" if score.first else "none found"
        click.echo(f"  {score.ndcg:.3f}  {rank:<13} {score.query}")


def _worst(score: QueryScore) -> tuple[float, float]:
    return score.ndcg, score.average_precision
