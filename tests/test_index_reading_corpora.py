"""Reading real releases: the floors that may not fall, and the founding document exactly."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from index.model import BlockKind, RawDocument, Release, SkippedDocument
from index.reading import read_document
from index.sources import walk_archive
from tests.corpora import require_corpus

TITLE_FLOOR = 0.99  # measured 1.000 of 410
DATE_FLOOR = 0.99  # measured 1.000
BODY_FLOOR = 0.99  # measured 0.999: mean token F1 against the gold body
PATH_DATE_FLOOR = 0.96  # measured 0.976 of 4,000: the wire's day and the dateline's may differ
DATELINE_FLOOR = 0.45  # measured 0.484; about half of them have one
SAMPLE = 4  # every so manieth of a large corpus is read
LIMIT = 20 << 20
QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'"})


def plain(text: str) -> str:
    return " ".join(text.translate(QUOTES).split())


def releases(root: Path, step: int = 1) -> Iterator[tuple[RawDocument, Release]]:
    for number, document in enumerate(walk_archive(root, LIMIT)):
        assert not isinstance(document, SkippedDocument), document
        if number % step == 0:
            yield document, read_document(document)


def test_the_founding_document() -> None:
    path = require_corpus("sochi-2019-09-12.txt")
    documents = {item.path: item for item in walk_archive(path.parent, LIMIT)}
    document = documents[path.name]
    assert isinstance(document, RawDocument)
    release = read_document(document)
    title = "PM Netanyahu meets with Russian President Vladimir Putin in Sochi"
    assert release.title == title
    assert release.date is not None
    assert (release.date.value, release.date.precision) == ("2019-09-12", "day")
    assert (release.dateline, release.lang) == ("Sochi", "en")
    assert [(block.kind.value, block.text[:50]) for block in release.blocks] == [
        ("title", title[:50]),
        ("summary", "The security coordination between is especially im"),
        ("caption", "PM Netanyahu with Russian President Vladimir Putin"),
        ("boilerplate", "(Communicated by the Prime Minister’s Media Advise"),
        ("paragraph", "Prime Minister Benjamin Netanyahu, this evening (T"),
        ("paragraph", "Prime Minister Netanyahu made the following remark"),
        ("quote", "„I am happy to meet you again. The relations betwe"),
        ("quote", "“Tightening the relations between us, Mr. Presiden"),
        ("quote", "“This is the 13th meeting between us in recent yea"),
    ]
    assert release.blocks[1].text == release.summary
    assert release.summary.endswith("precision missiles there against us.")
    assert release.blocks[2].text.endswith("Photo: GPO/Amos Ben-Gershom")
    assert release.blocks[-1].text.endswith("Mr. President, thank you very much.”")
    assert release.text.count(title) == 1
    assert not {"x", "Image"} & set(release.text.split("\n"))


@pytest.fixture(scope="module")
def justice() -> list[tuple[dict[str, str], str, Release]]:
    """Gold, page and release of every page of the corpus; a page that fails fails all."""
    root = require_corpus("doj-html")
    read = {document.path: (document, release) for document, release in releases(root / "pages")}
    gold = [json.loads(line) for line in (root / "gold.jsonl").read_text("utf-8").splitlines()]
    assert len(gold) == len(read) == 410
    return [(one, read[one["file"]][0].data.decode(), read[one["file"]][1]) for one in gold]


Justice = list[tuple[dict[str, str], str, Release]]


def test_titles_dates_and_addresses_of_real_pages(justice: Justice) -> None:
    titles = [plain(release.title) == plain(gold["title"]) for gold, _, release in justice]
    dates = [release.date and release.date.value == gold["date"] for gold, _, release in justice]
    addresses = [release.url == gold["url"] for gold, _, release in justice]
    assert sum(titles) >= TITLE_FLOOR * len(justice)
    assert sum(map(bool, dates)) >= DATE_FLOOR * len(justice)
    assert all(addresses)


def test_menus_and_footers_of_real_pages_are_in_no_block(justice: Justice) -> None:
    """Furniture is what stands, outside the gold body, on more than 60% of the pages."""
    pages: Counter[str] = Counter()
    scores = []
    for _, page, release in justice:
        soup = BeautifulSoup(page, "lxml")
        body = soup.select_one("div.field--name-field-pr-body")
        assert body is not None
        scores.append(overlap(body.get_text(" "), release))
        body.extract()
        for unseen in soup(["script", "style", "head"]):
            unseen.extract()
        pages.update({plain(text) for text in soup.stripped_strings})
    furniture = {text for text, count in pages.items() if count > 0.6 * len(justice)}
    furniture = {text for text in furniture if re.search(r"[^\W\d_]", text)}
    assert len(furniture) > 50
    for gold, _, release in justice:
        lines = {plain(line) for block in release.blocks for line in block.text.split("\n")}
        assert not lines & furniture, gold["file"]
    assert sum(scores) / len(scores) >= BODY_FLOOR


def overlap(gold: str, release: Release) -> float:
    """Token F1 of a release's blocks, title and summary aside, against a gold body."""
    own = (BlockKind.TITLE, BlockKind.SUMMARY)
    found = " ".join(block.text for block in release.blocks if block.kind not in own)
    theirs, ours = (Counter(re.findall(r"\w+", text.casefold())) for text in (gold, found))
    return 2 * (theirs & ours).total() / (theirs.total() + ours.total())


def test_releases_in_english_sinhala_and_tamil_with_sidecars() -> None:
    for document, release in releases(require_corpus("lk-pmd"), step=2):
        said = json.loads(document.sidecar or b"{}")
        assert release.lang == said["lang"]
        assert release.date is not None
        assert release.date.value == said["date_str"]
        assert release.url == said["url_metadata"]
        # Every sign of the longest line, combining or joining, is kept.
        text = unicodedata.normalize("NFC", document.data.decode()).replace("\u200b", "")
        longest = max(text.split("\n"), key=len)
        assert " ".join(longest.split()) in " ".join(release.text.split())


def test_dumps_of_pages_lose_what_every_page_of_a_site_has() -> None:
    root = require_corpus("prosecutors")
    by_site: dict[str, list[Release]] = {}
    lines: dict[str, Counter[str]] = {}
    for document, release in releases(root):
        site = document.path.split("/")[0]
        by_site.setdefault(site, []).append(release)
        text = document.data.decode()
        lines.setdefault(site, Counter()).update(set(map(str.strip, text.split("\n"))))
    kinds = (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST, BlockKind.QUOTE)
    for site, read in by_site.items():
        common = {line for line, count in lines[site].items() if count > 0.6 * len(read)}
        common = {line for line in common if re.search(r"[^\W\d_]{2}", line)}
        left = sum(
            block.text in common
            for release in read
            for block in release.blocks
            if block.kind in kinds
        )
        if len(read) > 10:
            assert left <= 0.05 * len(read), site


def test_dates_and_datelines_of_wire_releases() -> None:
    agreed = datelines = total = 0
    for document, release in releases(require_corpus("newsworthy"), step=SAMPLE):
        year, day = re.findall(r"/(\d{4})/(\d{4})/", document.path)[0]
        total += 1
        agreed += bool(release.date and release.date.value == f"{year}-{day[:2]}-{day[2:]}")
        datelines += bool(release.dateline)
        assert release.title
    assert agreed >= PATH_DATE_FLOOR * total
    assert datelines >= DATELINE_FLOOR * total
