"""What was promised on real releases, through the same doors a person uses."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from index.reindex import reindex
from index.settings import Settings
from search.request import make_request
from search.service import SearchService
from tests.conftest import SmallArchive
from tests.corpora import require_corpus
from web.app import create_app

TITLE = "PM Netanyahu meets with Russian President Vladimir Putin in Sochi"


@pytest.fixture(scope="module")
def sochi(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The site on an archive of the founding document and a few others beside it."""
    root = tmp_path_factory.mktemp("sochi")
    (root / "archive").mkdir()
    shutil.copy(require_corpus("sochi-2019-09-12.txt"), root / "archive")
    (root / "archive" / "other.md").write_text(
        "# Cabinet meets in Jerusalem\n\nJERUSALEM, 3 March 2020 - The security cabinet met. "
        "Coordination with the ministries was praised, and an agreement on pensions was read.\n"
    )
    settings = Settings(data=root / "var", archive=root / "archive")
    assert not reindex(settings).skipped
    return create_app(settings).test_client()


def test_the_founding_release_is_read(sochi: FlaskClient) -> None:
    listed = sochi.get("/releases.json").json["results"]
    found = next(r for r in listed if r["path"] == "sochi-2019-09-12.txt")
    release = sochi.get(f"/releases/{found['id']}.json").json
    assert release["title"] == TITLE
    assert (release["date"], release["date_precision"]) == ("2019-09-12", "day")
    assert release["dateline"] == "Sochi"
    people = [person["name"] for person in release["people"]]
    assert {"Benjamin Netanyahu", "Vladimir Putin", "Shoigu"} == set(people)
    places = {place["name"] for place in release["places"]}
    assert {"Sochi", "Russia", "Israel", "Iran", "Syria", "Leningrad", "Auschwitz"} <= places
    assert "Germany" not in places
    texts = [passage["text"] for passage in release["passages"]]
    assert sum(TITLE in text for text in texts) == 1
    lines = {line.strip() for text in texts for line in text.split("\n")}
    assert not {"x", "Image"} & lines


def test_the_founding_searches(sochi: FlaskClient) -> None:
    found = sochi.get("/search.json", query_string={"q": "security coordination"}).json
    first = found["results"][0]
    assert first["title"] == TITLE
    best = first["passages"][0]
    assert best["text"].startswith("The security coordination between us is always important")
    assert "<mark>security</mark> <mark>coordination</mark>" in best["html"]

    def titles(**query: str) -> list[str]:
        return [r["title"] for r in sochi.get("/search.json", query_string=query).json["results"]]

    assert titles(q='"pensions agreement"') == [TITLE]
    assert titles(q='"agreement pensions"') == []
    assert titles(person="Vladimir Putin", place="Sochi") == [TITLE]
    assert titles(q="security", person="Vladimir Putin") == [TITLE]
    assert titles(q="security", place="Jerusalem") == ["Cabinet meets in Jerusalem"]


@pytest.mark.parametrize(
    ("corpus", "words"),
    [
        ("lk-pmd", {"si": "ජනාධිපති", "ta": "ஜனாதிபதி", "en": "president"}),
        ("prosecutors", {"": "attorney"}),
    ],
)
def test_whole_corpora_index_without_an_error(
    tmp_path: Path, corpus: str, words: dict[str, str]
) -> None:
    settings = Settings(data=tmp_path / "var", archive=require_corpus(corpus))
    report = reindex(settings)
    assert report.skipped == []
    assert report.releases == len(report.new) > 300
    service = SearchService(settings)
    for lang, word in words.items():
        page = service.search(make_request(word, langs=[lang] if lang else []))
        assert page.total > 5
        assert word in page.results[0].title.lower() or any(
            word in p.text.lower() for p in page.results[0].passages
        )
        assert "<mark>" in page.results[0].title_html + page.results[0].passages[0].html


def test_one_sinhala_and_one_tamil_word_find_their_release(tmp_path: Path) -> None:
    """A word that stands in one release alone finds that one."""
    corpus = require_corpus("lk-pmd")
    small = SmallArchive(tmp_path / "archive", tmp_path / "var")
    for lang in ("si", "ta"):
        for folder in sorted((corpus / lang).iterdir())[:20]:
            shutil.copytree(folder, small.root / lang / folder.name)
    small.index()
    for lang in ("si", "ta"):
        texts = {
            path.relative_to(small.root).as_posix(): path.read_text("utf-8")
            for path in (small.root / lang).rglob("doc.txt")
        }
        path, text = sorted(texts.items())[7]
        others = " ".join(other for name, other in texts.items() if name != path)
        unique = [w for w in text.split() if len(w) > 8 and w.isprintable() and w not in others]
        word = max((w.strip(".,()‘’“”'\"") for w in unique), key=len)
        assert small.found(word) == [path], word
        assert small.found(f'"{word}"') == [path]


def test_an_unchanged_archive_is_quick_and_three_changes_are_three(tmp_path: Path) -> None:
    corpus = require_corpus("newsworthy")
    small = SmallArchive(tmp_path / "archive", tmp_path / "var")
    for path in sorted(corpus.rglob("*.md"))[::16]:
        target = small.root / path.relative_to(corpus)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    small.settings = small.settings.with_overrides(jobs=2)
    assert small.index().releases == 250
    began = time.monotonic()
    again = small.index()
    assert not again.written
    assert time.monotonic() - began < 5  # seconds; the promise is for sixteen times as many
    files = sorted(path.relative_to(small.root).as_posix() for path in small.root.rglob("*.md"))
    changed, removed = files[3], files[100]
    text = (small.root / changed).read_text("utf-8")
    small.write(changed, text + "\n\nThe quixotic zeppelin departed.\n")
    (small.root / removed).unlink()
    small.release("added/new.md", "A zeppelin arrives", "The quixotic zeppelin arrived at noon.")
    report = small.index()
    assert (report.changed, report.removed, report.new) == ([changed], [removed], ["added/new.md"])
    assert set(small.found("quixotic zeppelin")) == {changed, "added/new.md"}
    listed = {r.path for r in small.service.listing(1, 1000).results}
    assert removed not in listed
    assert len(listed) == 250
