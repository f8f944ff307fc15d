"""``dateline evaluate reading``: how well the reader does on an operator's own pages."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from index.evaluation import evaluate_reading
from index.reading.score import figures, worst
from web.commands.reporting import reported


@click.command("reading")
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--pages", type=click.Path(path_type=Path), help="Folder of the pages.")
@click.option("--worst", "count", type=click.IntRange(0), default=10, help="Pages listed.")
@click.option("--json", "as_json", is_flag=True, help="Print every page's score as JSON.")
@reported
def reading_command(gold: Path, pages: Path | None, count: int, as_json: bool) -> None:
    """Read the pages a GOLD list (JSON Lines) names and compare with what it says they hold."""
    scores = list(evaluate_reading(gold, pages))
    if as_json:
        listed = [{**asdict(score), "f1": score.f1} for score in scores]
        told = {"figures": figures(scores), "pages": listed}
        click.echo(json.dumps(told, ensure_ascii=True, indent=1))
        return
    _print_figures(figures(scores))
    for score in worst(scores, count):
        body = f"body {score.f1:.3f}" if score.f1 is not None else ""
        click.echo(f"  {score.file}: {'; '.join(filter(None, (body, *score.notes)))}")


def _print_figures(found: dict[str, float]) -> None:
    click.echo(f"{found['pages']:.0f} pages")
    if "body_f1" in found:
        parts = (f"{name} {found[f'body_{name}']:.4f}" for name in ("f1", "precision", "recall"))
        click.echo(f"body   {', '.join(parts)}")
    if "title" in found:
        click.echo(f"title  right {found['title']:.4f}")
    for name in ("date", "place"):
        shares = [
            f"{what} {found[key]:.4f}"
            for what, key in (
                ("right", name),
                ("wrong", f"{name}_wrong"),
                ("missed", f"{name}_missed"),
                ("invented where there is none", f"{name}_invented"),
            )
            if key in found
        ]
        if shares:
            click.echo(f"{name:6} {', '.join(shares)}")
