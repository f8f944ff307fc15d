"""How every command of the terminal ends when something goes wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import click

from index.errors import BadRequestError, DatelineError, SettingsError

P = ParamSpec("P")


def reported(command: Callable[P, None]) -> Callable[P, None]:
    """Turn an error into one line on standard error and exit status 1, or 2 for wrong use."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except (SettingsError, BadRequestError) as error:
            click.echo(f"dateline: {error}", err=True)
            sys.exit(2)
        except DatelineError as error:
            click.echo(f"dateline: {error}", err=True)
            sys.exit(1)
        except BrokenPipeError:
            # Nobody reads on, as behind ``| head``: no trouble worth a word.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)
        except OSError as error:
            click.echo(f"dateline: {error.filename or ''}: {error.strerror or error}", err=True)
            sys.exit(1)

    return wrapped
