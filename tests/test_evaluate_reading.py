"""``dateline evaluate reading``: an operator's own pages scored."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from index.model import Block, BlockKind, Release, ReleaseDate
from index.reading.score import Gold, figures, score_page, tokens
from web.cli import main

BODY = (
    "The harbour at Port Aldern was opened on Monday by the minister. It took nine years to build."
)
PAGE = f"""<html><head><title>Harbour opened after nine years | Ministry</title></head><body>
<nav><ul><li><a>Home</a></li><li><a>News</a></li><li><a>Contact</a></li></ul></nav>
<h1>Harbour opened after nine years</h1><p>3 June 1998</p><p>PORT ALDERN - {BODY}</p>
<footer>Copyright 2024 Ministry</footer></body></html>"""
RIGHT = {
    "file": "a.html",
    "title": "Harbour opened after nine years",
    "date": "1998-06-03",
    "place": "Port Aldern",
    "body": f"PORT ALDERN - {BODY}",
}


def run(tmp_path: Path, *gold: object, options: tuple[str, ...] = ()) -> tuple[int, str]:
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    (tmp_path / "b.html").write_text("<p>   </p>", "utf-8")
    lines = [one if isinstance(one, str) else json.dumps(one) for one in gold]
    (tmp_path / "gold.jsonl").write_text("\n".join(lines), "utf-8")
    arguments = ["evaluate", "reading", str(tmp_path / "gold.jsonl"), *options]
    result = CliRunner().invoke(main, arguments)
    return result.exit_code, result.output


def test_a_page_read_right_scores_one_and_is_not_listed(tmp_path: Path) -> None:
    status, shown = run(tmp_path, RIGHT)
    assert status == 0
    assert "1 pages" in shown
    assert "body   f1 1.0000, precision 1.0000, recall 1.0000" in shown
    assert "title  right 1.0000" in shown
    assert "place  right 1.0000" in shown
    assert "a.html" not in shown


def test_what_differs_is_listed_the_worst_first(tmp_path: Path) -> None:
    slight = {**RIGHT, "body": BODY}
    wrong = {**RIGHT, "title": "Another", "date": "1998-06-04", "place": ""}
    unread = {"file": "b.html", "title": "T", "date": "2020", "body": "some text", "place": "Oslo"}
    status, shown = run(tmp_path, slight, wrong, unread)
    assert status == 0
    listed = [line.strip().split(":")[0] for line in shown.splitlines() if ".html:" in line]
    assert listed == ["b.html", "a.html", "a.html"]
    assert "date 1998-06-03 for 1998-06-04" in shown
    assert "place 'Port Aldern' for 'none'" in shown
    assert "it could not be read" in shown
    assert "wrong 0.3333, missed 0.3333" in shown
    assert "invented where there is none 1.0000" in shown


def test_as_json_every_page_has_its_score(tmp_path: Path) -> None:
    status, shown = run(tmp_path, RIGHT, {"file": "a.html", "date": None}, options=("--json",))
    told = json.loads(shown)
    assert status == 0
    assert told["figures"]["date"] == 1.0
    assert told["figures"]["date_invented"] == 1.0
    assert [page["f1"] for page in told["pages"]] == [1.0, None]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "gold.jsonl:1: not valid JSON"),
        ("[1]", 'the line has no "file"'),
        ('{"file": "a.html", "title": 3}', '"title" is not a text'),
        ('{"file": "none.html"}', "the page cannot be read"),
        ('{"file": "a.pdf"}', "a file of a type that is not read"),
        ("", "the gold list is empty"),
    ],
)
def test_a_gold_list_that_cannot_be_used_says_why(tmp_path: Path, line: str, words: str) -> None:
    status, shown = run(tmp_path, line)
    assert status == 1
    assert words in shown


@given(st.text(max_size=60), st.text(max_size=60))
def test_scores_are_shares_and_a_text_agrees_with_itself(gold: str, found: str) -> None:
    def release(body: str) -> Release:
        blocks = (Block(BlockKind.TITLE, "t"), Block(BlockKind.PARAGRAPH, body))
        return Release("i", "p", "t", blocks, date=ReleaseDate("2020-01"))

    score = score_page(Gold("f", body=gold, date="2020-01"), release(found))
    assert score.f1 is not None
    assert 0 <= score.f1 <= 1
    assert score_page(Gold("f", body=gold), release(gold)).f1 == 1
    assert figures([score])["date"] == 1
    assert tokens(gold) == tokens(gold.replace(" ", "\n"))
