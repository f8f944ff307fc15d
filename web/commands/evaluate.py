"""``dateline evaluate``: how well the system does on an operator's own data."""

from __future__ import annotations

import click

from web.commands.evaluate_ranking import ranking_command
from web.commands.evaluate_reading import reading_command


@click.group("evaluate")
def evaluate_command() -> None:
    """Measure on your own data."""


evaluate_command.add_command(ranking_command)
evaluate_command.add_command(reading_command)
