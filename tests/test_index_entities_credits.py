"""Contacts, credits and bylines of real releases: nobody in them is a person of the release."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.entities.extract import extract
from index.errors import ReadingError
from index.model import RawDocument, Release
from index.reading import read_document
from index.sources import walk_archive
from tests.corpora import require_corpus

_PHONE_OR_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w|\(?\b\d{3}\)?[-. /]{1,2}\d{3}[-. ]\d{4}\b")
_LABEL = re.compile(
    r"^(?:(?:media |press |photo |image |news )?(?:contacts?|credits?|inquiries|enquiries)"
    r"|photos?|images?|source|byline|written by|posted by|by)\b",
    re.IGNORECASE,
)
_RIGHT_BEFORE = re.compile(
    r"(?:\bcontacts?(?: is| are|:)?|\bphotos? (?:by|credit:?|courtesy(?: of)?)|©|\bcredit:|"
    r"\bcourtesy(?: of)?|\b(?:written|posted|reported) by|GPO/) ?$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"\b(?:said|says|is|was|were|are|has|had|have|will|would|of the)\b")


def suspects(release: Release) -> Iterator[str]:
    """People named on a line that is a contact's, a credit's or a byline's and nothing else."""
    for person in extract(release).people:
        for mention in person.mentions:
            begin = release.text.rfind("\n", 0, mention.start) + 1
            end = release.text.find("\n", mention.end)
            line = release.text[begin : end if end >= 0 else None]
            before = release.text[max(0, mention.start - 30) : mention.start]
            short = len(line) < 120 and not _SENTENCE.search(line)
            if (short and (_PHONE_OR_MAIL.search(line) or _LABEL.match(line))) or (
                _RIGHT_BEFORE.search(before)
            ):
                yield f"{person.name!r} in {line[:100]!r}"


def sample(folder: Path, count: int) -> Iterator[Release]:
    """Every n-th document of a corpus, so that there are about ``count``."""
    documents = [one for one in walk_archive(folder, 20 << 20) if isinstance(one, RawDocument)]
    for document in documents[:: max(1, len(documents) // count)][:count]:
        try:
            yield read_document(document)
        except ReadingError:
            continue


@pytest.mark.parametrize("corpus", ["newsworthy", "prosecutors", "doj-html"])
def test_no_contact_credit_or_byline_is_a_person(corpus: str) -> None:
    found = [
        f"{release.path}: {suspect}"
        for release in sample(require_corpus(corpus), 60)
        for suspect in suspects(release)
    ]
    assert found == []


def test_nor_in_releases_whose_punctuation_is_lost() -> None:
    folder = require_corpus("senate")
    found = []
    senators = sorted(path for path in folder.iterdir() if path.is_dir())
    for senator in senators[::5]:
        release = next(sample(senator, 1), None)
        found += [f"{release.path}: {one}" for one in suspects(release)] if release else []
    assert found == []


def test_the_measure_sees_a_contact() -> None:
    from index.model import Block, BlockKind

    text = "Jane Miller, 202-555-0101"
    release = Release("r", "r", "T", (Block(BlockKind.PARAGRAPH, f"It rained.\n{text}\nSo."),))
    assert _PHONE_OR_MAIL.search(text)
    assert not list(suspects(release))
