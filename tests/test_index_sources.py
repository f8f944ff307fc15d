"""Walking an archive: what is found, in which order, and what is reported instead."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.errors import ArchiveError
from index.model import DocumentKind, RawDocument, SkippedDocument
from index.sources import walk_archive

LIMIT = 1 << 20
FILES = 4000
SECONDS_FOR_FILES = 2.0


def put(root: Path, path: str, content: str | bytes = "A release.") -> Path:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def found(root: Path, limit: int = LIMIT) -> list[RawDocument]:
    return [item for item in walk_archive(root, limit) if isinstance(item, RawDocument)]


def skipped(root: Path, limit: int = LIMIT) -> dict[str, str]:
    items = walk_archive(root, limit)
    return {item.path: item.code for item in items if isinstance(item, SkippedDocument)}


def test_kinds_follow_endings_in_any_case_and_order_is_by_name(tmp_path: Path) -> None:
    for path in (
        "b.TXT",
        "a/z.htm",
        "a/c.Html",
        "x.md",
        "w.markdown",
        "v.xhtml",
        "r.jsonl",
        "s.NDJSON",
    ):
        put(tmp_path, path, '{"title": "T"}' if "json" in path.lower() else "text")
    documents = found(tmp_path)
    assert [(item.path, item.kind) for item in documents] == [
        ("a/c.Html", DocumentKind.HTML),
        ("a/z.htm", DocumentKind.HTML),
        ("b.TXT", DocumentKind.TEXT),
        ("r.jsonl#1", DocumentKind.RECORD),
        ("s.NDJSON#1", DocumentKind.RECORD),
        ("v.xhtml", DocumentKind.HTML),
        ("w.markdown", DocumentKind.MARKDOWN),
        ("x.md", DocumentKind.MARKDOWN),
    ]
    assert [item.path for item in found(tmp_path)] == [item.path for item in documents]


def test_hidden_files_are_passed_over_and_other_types_only_counted(tmp_path: Path) -> None:
    for path in (".git/a.txt", ".hidden.txt", "a.txt", "b.pdf", "c.jpg", "sub/d.docx", "e"):
        put(tmp_path, path)
    walk = walk_archive(tmp_path, LIMIT)
    assert [item.path for item in walk] == ["a.txt"]
    assert walk.ignored == {".pdf": 1, ".jpg": 1, ".docx": 1, "e": 1}


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.html", b" \n\t\r\n ", "empty"),
        ("big.txt", b"x" * 101, "too_large"),
        ("nul.txt", b"abc\x00def" * 4, "binary"),
        ("pdf.html", b"%PDF-1.7 and so on", "binary"),
        ("zip.md", b"PK\x03\x04 and so on", "binary"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n", "binary"),
        ("noise.txt", bytes(range(1, 9)) * 8, "binary"),
        ("nothing.jsonl", b"\n\n", "empty"),
    ],
)
def test_what_cannot_be_read_is_reported_with_its_reason(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    put(tmp_path, name, content)
    (item,) = walk_archive(tmp_path, 100)
    assert isinstance(item, SkippedDocument)
    assert (item.path, item.code) == (name, code)
    assert item.reason


def test_a_file_of_exactly_the_limit_is_read(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", b"x" * 100)
    assert [item.path for item in found(tmp_path, 100)] == ["a.txt"]


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings_are_not_binary(tmp_path: Path, codec: str) -> None:
    put(tmp_path, "a.txt", "The minister spoke in Sochi today.".encode(codec))
    assert len(found(tmp_path)) == 1


def test_links_out_of_the_archive_are_reported_not_followed(tmp_path: Path) -> None:
    outside = put(tmp_path, "outside/secret.txt")
    root = tmp_path / "archive"
    put(root, "a.txt")
    (root / "file.txt").symlink_to(outside)
    (root / "folder").symlink_to(outside.parent)
    (root / "broken.txt").symlink_to(root / "nowhere")
    assert [item.path for item in found(root)] == ["a.txt"]
    assert set(skipped(root).values()) == {"symlink"}
    assert set(skipped(root)) == {"file.txt", "folder", "broken.txt"}


def test_a_link_to_a_folder_of_the_archive_does_not_go_round_in_circles(tmp_path: Path) -> None:
    put(tmp_path, "sub/a.txt")
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    assert [item.path for item in found(tmp_path)] == ["sub/a.txt"]
    assert "sub/up" in skipped(tmp_path)


def test_what_is_no_regular_file_is_unreadable(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert skipped(tmp_path) == {"pipe.txt": "unreadable"}


@contextmanager
def without_privileges() -> Iterator[None]:
    """Run as somebody who is not root: root may read everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_files_and_folders_without_permission_are_unreadable() -> None:
    # Not below pytest's own folder, which only its owner may enter.
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        root.chmod(0o755)
        put(root, "a.txt").chmod(0)
        put(root, "sub/b.txt").parent.chmod(0)
        try:
            with without_privileges():
                assert skipped(root) == {"a.txt": "unreadable", "sub": "unreadable"}
        finally:
            (root / "sub").chmod(0o700)


def test_names_that_are_not_utf8_do_not_stop_the_walk(tmp_path: Path) -> None:
    put(tmp_path, "b.txt")
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.txt"))).write_text("A release.")
    paths = [item.path for item in found(tmp_path)]
    assert paths == ["a\\xff.txt", "b.txt"]


def test_a_sidecar_comes_with_its_document_and_changes_its_digest(tmp_path: Path) -> None:
    put(tmp_path, "doc.txt", "Text.")
    (alone,) = found(tmp_path)
    put(tmp_path, "doc.json", json.dumps({"title": "T", "extra": [1]}))
    (with_sidecar,) = found(tmp_path)
    assert alone.sidecar is None
    assert json.loads(with_sidecar.sidecar or b"")["title"] == "T"
    assert alone.sha256 != with_sidecar.sha256
    put(tmp_path, "doc.json", json.dumps({"title": "U", "extra": [1]}))
    assert found(tmp_path)[0].sha256 != with_sidecar.sha256


@pytest.mark.parametrize("content", ['{"version": 3}', "[1, 2]", "{broken", ""])
def test_json_that_describes_nothing_is_no_sidecar_but_ignored(
    tmp_path: Path, content: str
) -> None:
    put(tmp_path, "doc.txt")
    put(tmp_path, "doc.json", content)
    put(tmp_path, "other.json", '{"title": "of nothing"}')
    walk = walk_archive(tmp_path, LIMIT)
    (item,) = walk
    assert isinstance(item, RawDocument)
    assert item.sidecar is None
    assert walk.ignored == {".json": 2}


def test_equal_bytes_at_one_path_have_equal_digests(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "one")
    first = found(tmp_path)[0].sha256
    assert found(tmp_path)[0].sha256 == first
    put(tmp_path, "a.txt", "two")
    assert found(tmp_path)[0].sha256 != first


def test_records_are_keyed_by_id_then_url_then_title_then_line(tmp_path: Path) -> None:
    lines = [
        {"id": "r-1", "title": "One"},
        {"url": "https://x.example/2", "title": "Two"},
        {"id": 7, "title": "Three"},
        {"id": "r-1", "title": "Again"},
        {"title": "Five"},
        {"title": "Five"},
        {"id": 6, "title": "Seven"},
        {"ID": 8, "Title": "Eight"},
        {"Headline": "Nine"},
    ]
    put(tmp_path, "all.jsonl", "\n".join(map(json.dumps, lines)))
    assert [item.key for item in found(tmp_path)] == [
        "all.jsonl#r-1",
        "all.jsonl#https://x.example/2",
        "all.jsonl#7",
        "all.jsonl#Again",
        "all.jsonl#Five",
        "all.jsonl#line 6",
        "all.jsonl#6",
        "all.jsonl#8",
        "all.jsonl#Nine",
    ]


def test_a_record_put_in_before_leaves_the_keys_after_it_alone(tmp_path: Path) -> None:
    lines = [json.dumps({"id": f"r{number}", "title": "T"}) for number in range(3)]
    lines.append(json.dumps({"title": "Without an id"}))
    put(tmp_path, "all.jsonl", "\n".join(lines))
    before = {item.key for item in found(tmp_path)}
    put(tmp_path, "all.jsonl", "\n".join(['{"id": "new", "title": "N"}', *lines]))
    assert {item.key for item in found(tmp_path)} == before | {"all.jsonl#new"}


def test_bad_records_are_reported_by_line_and_the_rest_is_read(tmp_path: Path) -> None:
    lines = [
        b"\xef\xbb\xbf" + b'{"title": "One"}\r',
        b"",
        b'{"title": "broken}',
        b"[1, 2]",
        b'{"title": "caf\xe9"}',
        b"[" * 100_000,
        b'{"title": "Last"}',
    ]
    put(tmp_path, "all.jsonl", b"\n".join(lines))
    assert [item.path for item in found(tmp_path)] == ["all.jsonl#1", "all.jsonl#7"]
    assert skipped(tmp_path) == {f"all.jsonl#{line}": "bad_record" for line in (3, 4, 5, 6)}
    reasons = [i.reason for i in walk_archive(tmp_path, LIMIT) if isinstance(i, SkippedDocument)]
    assert "column 11" in reasons[0]
    assert "list" in reasons[1]


def test_a_collection_may_be_larger_than_the_limit_but_a_record_may_not(tmp_path: Path) -> None:
    small = json.dumps({"title": "x" * 50})
    lines = [small, json.dumps({"title": "y" * 500}), *[small] * 20]
    put(tmp_path, "all.jsonl", "\n".join(lines))
    assert len(found(tmp_path, 200)) == 21
    assert skipped(tmp_path, 200) == {"all.jsonl#2": "too_large"}


RECORDS = [{"id": n, "title": f"Tram {n}", "body": f"Line {n} runs to Leith."} for n in (4, 5, 6)]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(RECORDS, indent=2),
        json.dumps(RECORDS),
        "\n".join(json.dumps(record, indent=2) for record in RECORDS),
        json.dumps({"status": "ok", "count": 3, "results": RECORDS}, indent=1),
        "\ufeff" + json.dumps(RECORDS, indent=4).replace("\n", "\r\n"),
        json.dumps(RECORDS, indent=2).encode("utf-16"),
        "\r\n".join(map(json.dumps, RECORDS)).encode("utf-16"),
    ],
    ids=["list", "list in a line", "objects", "service", "windows", "wide list", "wide lines"],
)
def test_a_list_of_records_is_read_however_it_is_laid_out(
    tmp_path: Path, content: str | bytes
) -> None:
    put(tmp_path, "all.jsonl", content)
    items = found(tmp_path)
    assert [item.path for item in items] == ["all.jsonl#1", "all.jsonl#2", "all.jsonl#3"]
    assert [item.key for item in items] == ["all.jsonl#4", "all.jsonl#5", "all.jsonl#6"]
    assert [json.loads(item.data) for item in items] == RECORDS
    assert skipped(tmp_path) == {}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (json.dumps(RECORDS, indent=2)[:-30], "line "),
        ("title,body\n" * 2_000, "column 1"),
        ("[\n1,\n2\n]", "no list of objects"),
        ('"a text"\n"another"', "line 2"),
    ],
)
def test_a_file_without_a_record_is_told_of_once(tmp_path: Path, content: str, told: str) -> None:
    put(tmp_path, "all.jsonl", content)
    (item,) = walk_archive(tmp_path, LIMIT)
    assert isinstance(item, SkippedDocument)
    assert (item.path, item.code) == ("all.jsonl", "bad_record")
    assert told in item.reason


def test_a_list_over_the_limit_is_told_of_once(tmp_path: Path) -> None:
    put(tmp_path, "all.jsonl", json.dumps(RECORDS * 50, indent=2))
    assert skipped(tmp_path, 2_000) == {"all.jsonl": "too_large"}
    put(tmp_path, "all.jsonl", "\n".join(map(json.dumps, RECORDS * 50)).encode("utf-16"))
    assert len(found(tmp_path, 2_000)) == 150


def test_a_bad_first_line_does_not_cost_the_others(tmp_path: Path) -> None:
    put(tmp_path, "all.jsonl", '{"title": "cut of\n' + "\n".join(map(json.dumps, RECORDS)))
    assert [item.path for item in found(tmp_path)] == [f"all.jsonl#{n}" for n in (2, 3, 4)]
    assert skipped(tmp_path) == {"all.jsonl#1": "bad_record"}


def test_records_in_json_files_are_read_when_they_have_a_text(tmp_path: Path) -> None:
    put(tmp_path, "list.json", json.dumps(RECORDS, indent=2))
    put(tmp_path, "one.json", json.dumps({"headline": "Ferry", "content": "It sails."}, indent=2))
    data = [{"id": "a", "attributes": {"title": "Pier", "body": {"value": "It opens."}}}]
    put(tmp_path, "jsonapi.json", json.dumps({"data": data, "links": {}}))
    put(tmp_path, "package.json", '{"name": "site", "description": "A site", "files": []}')
    put(tmp_path, "menu.json", '[{"title": "Home", "url": "/"}]')
    walk = walk_archive(tmp_path, LIMIT)
    paths = ["jsonapi.json#1", "list.json#1", "list.json#2", "list.json#3", "one.json"]
    assert [item.path for item in walk] == paths
    assert walk.ignored == {".json": 2}
    assert {item.kind for item in found(tmp_path)} == {DocumentKind.RECORD}


PAGE = "<!-- saved -->\n<!DOCTYPE html><html><p>The ferry sails to Islay.</p></html>"


def test_pages_are_read_under_the_names_mirrors_give_them(tmp_path: Path) -> None:
    pages = ["view.php", "index.html?page=2", "news/release-1", "a.aspx@id=3"]
    for name in pages:
        put(tmp_path, name, PAGE)
    for name in ("view.php.bak", "code.php", "style.css", "a.html.part"):
        put(tmp_path, name, PAGE if name.endswith(("bak", "part")) else "<?php echo 1;")
    walk = walk_archive(tmp_path, LIMIT)
    assert {item.path for item in walk} == set(pages)
    assert walk.ignored == {".bak": 1, ".php": 1, ".css": 1, ".part": 1}


def test_the_folder_a_browser_saved_beside_a_page_is_no_part_of_the_archive(
    tmp_path: Path,
) -> None:
    put(tmp_path, "News.htm", PAGE)
    put(tmp_path, "News_files/frame.html", PAGE)
    put(tmp_path, "Other_files/release.html", PAGE)
    walk = walk_archive(tmp_path, LIMIT)
    assert [item.path for item in walk] == ["News.htm", "Other_files/release.html"]
    assert walk.ignored == {"_files/": 1}


def test_an_archive_that_is_no_folder_is_an_error(tmp_path: Path) -> None:
    for root in (tmp_path / "nowhere", put(tmp_path, "file.txt")):
        with pytest.raises(ArchiveError) as caught:
            walk_archive(root, LIMIT)
        assert str(root) in str(caught.value)


def test_very_deep_folders_are_walked(tmp_path: Path) -> None:
    here = os.getcwd()
    os.chdir(tmp_path)
    try:
        for _ in range(300):
            os.mkdir("d")
            os.chdir("d")
        Path("a.txt").write_text("deep")
    finally:
        os.chdir(here)
    assert [item.path for item in found(tmp_path)] == ["d/" * 300 + "a.txt"]


def test_walking_thousands_of_small_files_takes_little_time(tmp_path: Path) -> None:
    for number in range(FILES):
        put(tmp_path, f"{number % 40}/{number}.txt", f"Release {number}. " * 100)
    start = time.process_time()
    assert len(found(tmp_path)) == FILES
    assert time.process_time() - start < SECONDS_FOR_FILES
