"""The command line: what it says, where, and with which exit status."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import SmallArchive
from web.app import create_app
from web.cli import main

Command = Callable[..., Result]


@pytest.fixture
def run(small: SmallArchive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """Run a command on the small archive, in a folder without a settings file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATELINE_DATA", str(small.settings.data))
    monkeypatch.setenv("DATELINE_ARCHIVE", str(small.root))
    small.release("a.md", "Harbour opens", "The harbour of Lisbon opened.", date="2019-03-01")

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(main, list(arguments))

    return invoke


def test_reindex_search_stats_verify(run: Command) -> None:
    result = run("reindex")
    assert result.exit_code == 0
    assert "1 new" in result.output
    found = run("search", "harbour", "lisbon")
    assert "1. Harbour opens" in found.output
    assert "1 release" in found.output
    assert "1 releases, 2 passages" in run("stats").output
    verified = run("verify")
    assert verified.exit_code == 0
    assert "sound, 1 releases" in verified.output


def test_status_one_when_something_could_not_be_read(run: Command, small: SmallArchive) -> None:
    small.write("empty.txt", "")
    small.write("report.pdf", "%PDF-")
    result = run("reindex")
    assert result.exit_code == 1
    assert "1 new, 0 changed, 0 removed, 0 unchanged; 1 not readable" in result.output
    assert "left alone: .pdf 1" in result.output
    assert "empty.txt" in result.output
    assert "now serves 1 releases" in result.output


def test_json_is_the_whole_report(run: Command) -> None:
    report = json.loads(run("reindex", "--json").stdout)
    assert report["counts"]["new"] == 1
    assert report["new"] == ["a.md"]
    assert json.loads(run("reindex", "--json").stdout)["written"] is False


def test_dry_run_and_full(run: Command, small: SmallArchive) -> None:
    dry = run("reindex", "--dry-run").output
    assert "would be 1 new" in dry
    assert "Would be built anew: nothing was indexed yet." in dry
    assert not small.settings.data.exists()
    run("reindex")
    assert "Built anew: --full was asked for." in run("reindex", "--full").output


def test_rollback(run: Command, small: SmallArchive) -> None:
    run("reindex")
    small.release("b.md", "Dam closes", "The dam closed.")
    run("reindex")
    assert run("rollback").exit_code == 0
    assert "0 releases" in run("search", "dam").output
    again = run("rollback")
    assert again.exit_code == 1
    assert "no older generation" in again.output


@pytest.mark.parametrize("command", ["search", "stats", "verify", "rollback"])
def test_nothing_indexed_is_one_line_and_status_one(run: Command, command: str) -> None:
    result = run(command)
    assert result.exit_code == 1
    assert result.output.startswith("dateline: ")
    assert "dateline reindex" in result.output
    assert result.output.count("\n") == 1


def test_an_index_of_another_format_says_once_what_to_do(run: Command, small: SmallArchive) -> None:
    run("reindex")
    (listed,) = small.settings.data.glob("generations/*/index/segments.json")
    listed.write_text(re.sub(r'"format": ?\d+', '"format": 1', listed.read_text()))
    result = run("search", "harbour")
    assert result.exit_code == 1
    assert "format 1" in result.output
    assert result.output.count("reindex --full") == 1
    assert result.output.count("segments.json") == 1


def test_wrong_use_is_status_two(run: Command) -> None:
    assert run("reindex", "--jobs", "many").exit_code == 2
    assert run("nonsense").exit_code == 2
    assert run("search", "--from", "soon").exit_code == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "eighty"), ("PORT", "65536"), ("WORKERS", "0"), ("JOBS", "99999"), ("JOBS", "-1")],
)
def test_bad_settings_name_the_setting(
    run: Command, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"DATELINE_{name}", value)
    result = run("stats")
    assert result.exit_code == 2
    assert f"DATELINE_{name}" in result.output


def test_a_mistyped_variable_is_told_with_the_setting_it_resembles(
    run: Command, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("DATELINE_TITEL", "Press archive")
    monkeypatch.setenv("DATELINE_CORPORA", "of the tests")
    result = run("reindex")
    assert result.exit_code == 0
    assert "DATELINE_TITEL is no setting" in result.stderr
    assert "DATELINE_TITLE?" in result.stderr
    assert "DATELINE_CORPORA is" not in result.stderr
    create_app()
    assert "DATELINE_TITEL is no setting" in caplog.text


def test_a_mistyped_setting_in_the_file_is_told_with_the_one_it_resembles(
    run: Command, tmp_path: Path
) -> None:
    (tmp_path / "dateline.toml").write_text('titel = "Press archive"\n', "utf-8")
    result = run("stats")
    assert result.exit_code == 2
    assert "did you mean 'title'?" in result.stderr


def test_what_a_document_says_cannot_steer_the_terminal(run: Command, small: SmallArchive) -> None:
    small.write(
        "c.txt",
        "Notice \x1b[31mred\x1b[0m harbour\n\nThe harbour \x1b]0;owned\x07 is open today.\n",
    )
    run("reindex")
    shown = CliRunner().invoke(main, ["search", "harbour"], color=False).output
    assert "\x1b" not in shown
    assert "\x07" not in shown


def test_flask_has_the_same_commands(small: SmallArchive) -> None:
    runner = create_app(small.settings).test_cli_runner()
    listed = runner.invoke(args=["--help"]).output
    assert all(re.search(rf"^  {name} ", listed, re.M) for name in main.commands)


def test_progress_does_not_break_a_terminal_run(run: Command, small: SmallArchive) -> None:
    """In a pseudo-terminal, with enough documents to start the reading processes."""
    for number in range(60):
        small.release(f"r{number}.md", f"Release {number}", "The harbour is open.")
    command = f"{sys.executable} -m web.cli reindex --jobs 2"
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run(
        ["script", "-qec", command, "/dev/null"],
        cwd=root,
        env={**os.environ, "TERM": "xterm"},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert b"now serves 61 releases" in done.stdout
    assert b"documents" in done.stdout


def test_a_pipe_that_closes_early_is_no_trouble(run: Command) -> None:
    run("reindex")
    command = f"{sys.executable} -m web.cli search harbour | true"
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run(["bash", "-c", command], cwd=root, capture_output=True, check=False)
    assert done.stderr == b""


def test_serve_answers_and_stops(run: Command) -> None:
    run("reindex")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "web.cli", "serve", "--port", str(port), "--workers", "1"],
        cwd=Path(__file__).resolve().parent.parent,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        answer = b""
        deadline = time.monotonic() + 30
        while not answer and time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(
                    f"http://127.0.0.1:{port}/search.json?q=harbour"
                ) as page:
                    answer = page.read()
            except OSError:
                time.sleep(0.1)
        assert json.loads(answer)["total"] == 1
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
