"""The documentation is true: every setting, command, path and dependency is in it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import click
import pytest

from index.settings import Settings
from web.app import create_app
from web.cli import all_commands

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


@pytest.mark.parametrize("field", fields(Settings), ids=lambda field: field.name)
def test_every_setting_is_in_the_table(field: object) -> None:
    name = field.name  # type: ignore[attr-defined]
    rows = [line for line in README.splitlines() if line.startswith(f"| `{name}`")]
    assert len(rows) == 1
    assert f"`DATELINE_{name.upper()}`" in rows[0]
    default = getattr(Settings(), name)
    shown = f"{default:g}" if isinstance(default, float) else str(default)
    assert f"| `{shown}` |" in rows[0] if shown else "| empty |" in rows[0]


def test_the_table_names_no_setting_that_is_not_there() -> None:
    named = set(re.findall(r"`DATELINE_([A-Z_]+)`", README)) - {"CONFIG", "CORPORA"}
    assert named == {field.name.upper() for field in fields(Settings)}


@pytest.mark.parametrize("command", all_commands(), ids=lambda command: command.name)
def test_every_command_and_option_is_documented(command: click.Command) -> None:
    assert f"`dateline {command.name}" in README
    for parameter in command.params:
        for option in parameter.opts:
            if option.startswith("--"):
                assert option in README, f"{command.name} {option}"


def test_every_route_is_documented() -> None:
    app = create_app(Settings(data=Path("nowhere")))
    rules = {rule.rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"}
    shown = {re.sub(r"<[^>]*>", "<id>", rule) for rule in rules}
    assert not [rule for rule in shown if f"`{rule}`" not in README]


def test_every_dependency_has_its_reason() -> None:
    for line in PYPROJECT["project"]["dependencies"]:
        name = re.match(r"[A-Za-z0-9-]+", line)
        assert name
        rows = [row for row in README.splitlines() if row.startswith(f"| `{name[0]}`")]
        assert len(rows) == 1, name[0]
        assert len(rows[0].split("|")[3].strip()) > 20


@pytest.mark.parametrize(
    "name",
    [
        "requirements.lock",
        "requirements-dev.lock",
        "requirements-axe.lock",
        "requirements-bench.lock",
    ],
)
def test_locks_have_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "://" not in text
    assert "index-url" not in text
    entries = re.split(r"\n(?=[a-zA-Z])", text)
    assert entries
    assert all("--hash=sha256:" in entry for entry in entries)


def test_lock_holds_every_dependency() -> None:
    locked = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text(), re.M))
    names = {re.match(r"[A-Za-z0-9-]+", d)[0].lower() for d in PYPROJECT["project"]["dependencies"]}  # type: ignore[index]
    assert names <= locked


def test_changelog_has_the_version() -> None:
    assert f"## {PYPROJECT['project']['version']}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
