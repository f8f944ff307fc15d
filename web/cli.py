"""The command line: reindex, serve, search, stats, verify, evidence, rollback, evaluate.

Exit status: 0 done, 1 something could not be done, 2 usage. The same commands hang under
``flask --app wsgi``.
"""

from __future__ import annotations

from importlib import import_module

import click

from index.settings import stray_variables

_COMMANDS = {
    "reindex": "web.commands.reindex:reindex_command",
    "serve": "web.commands.serve:serve_command",
    "search": "web.commands.ask:search_command",
    "stats": "web.commands.ask:stats_command",
    "verify": "web.commands.upkeep:verify_command",
    "evidence": "web.commands.upkeep:evidence_command",
    "rollback": "web.commands.upkeep:rollback_command",
    "evaluate": "web.commands.evaluate:evaluate_command",
}


class _Commands(click.Group):
    """Loads a command when it is called: reindexing begins .2 s sooner without the searching."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module, _, name = _COMMANDS.get(cmd_name, "").partition(":")
        return getattr(import_module(module), name) if module else None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dateline")
def main() -> None:
    """Full-text search for archives of press releases and official statements."""
    if click.get_current_context().invoked_subcommand != "serve":  # whose processes say it
        for told in stray_variables():
            click.echo(f"dateline: {told}", err=True)


def all_commands() -> list[click.Command]:
    """Every command, loaded."""
    ctx = click.Context(main)
    found = (main.get_command(ctx, name) for name in main.list_commands(ctx))
    return [command for command in found if command]


if __name__ == "__main__":
    main()
