"""The house: imports point one way, and files and functions stay readable."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
RANK = {"index": 0, "search": 1, "web": 2}
FILES = sorted(path for package in RANK for path in (ROOT / package).rglob("*.py"))
PURE = ["index/model.py", "index/analysis.py", "index/passages.py", "search/parser.py"]
PURE += ["search/ranking.py", "search/highlight.py", "search/executor.py", "search/facets.py"]
PURE += [str(p.relative_to(ROOT)) for p in FILES if p.parent.name in {"reading"}]


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_downward(path: Path) -> None:
    own = RANK[path.relative_to(ROOT).parts[0]]
    tree = ast.parse(path.read_text("utf-8"))
    upward = [name for name in imported(tree) if RANK.get(name.split(".")[0], -1) > own]
    assert not upward


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_import_is_deferred_to_hide_a_circle(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            inner = [n for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
            names = [name for n in inner for name in imported(ast.Module([n], []))]
            assert not [name for name in names if name.split(".")[0] in RANK]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_and_functions_stay_short(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= 310
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno <= 45, node.name


def test_model_needs_the_standard_library_only() -> None:
    tree = ast.parse((ROOT / "index/model.py").read_text("utf-8"))
    allowed = {"__future__", "dataclasses", "enum", "functools", "typing"}
    assert {name.split(".")[0] for name in imported(tree)} <= allowed


@pytest.mark.parametrize("name", PURE)
def test_the_inside_does_no_input_or_output(name: str) -> None:
    tree = ast.parse((ROOT / name).read_text("utf-8"))
    banned = {"os", "io", "pathlib", "socket", "subprocess", "sqlite3", "shutil", "flask"}
    assert not {module.split(".")[0] for module in imported(tree)} & banned
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    called = {function.id for function in calls if isinstance(function, ast.Name)}
    assert not called & {"open", "print", "input"}


def test_only_settings_reads_the_environment() -> None:
    readers = []
    for path in FILES:
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}:
                readers.append(path.relative_to(ROOT).as_posix())
    assert set(readers) == {"index/settings.py"}
