"""The newswire and the messages of the ``ner`` corpus, as documents of a few sentences each.

GMB is partly labelled by machines: its figures say less than those of re3d and wikigold, but on
texts of another kind. Demonyms (``gpe``) are neither right nor wrong there.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from tests.entity_gold import (
    _ROLES,
    GoldDocument,
    Name,
    _detokenise,
    _merged,
    name_of,
    word_set,
)

Sentence = list[tuple[str, str]]
"""Words with their tags, ``B-per`` or ``I-per`` or ``O``."""

_TITLES = word_set(
    "president minister prime secretary mr ms mrs senator sen general gen king pope chancellor "
    "foreign former leader spokesman sir state ambassador judge justice queen prince governor vice "
    "finance defense lawmaker interior deputy rep dr attorney press"
)


def gmb(folder: Path) -> Iterator[GoldDocument]:
    """Newswire in documents of twelve sentences."""
    path = next(folder.rglob("gmb-part.csv"))
    return _documents("gmb", _gmb_sentences(path), 12, "per", "geo", neutral="gpe")


def wnut(folder: Path) -> Iterator[GoldDocument]:
    """Short messages of the public, in documents of ten."""
    data = next(folder.rglob("wnut17train.conll")).parent.parent
    names = ("train/wnut17train.conll", "dev/emerging.dev.conll", "test/emerging.test.annotated")
    sentences = (one for name in names for one in _columns(data / name))
    return _documents("wnut", sentences, 10, "person", "location", neutral="")


def _gmb_sentences(path: Path) -> Iterator[Sentence]:
    sentence: Sentence = []
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        for row in list(csv.reader(file))[1:]:
            if len(row) < 4:
                continue
            if row[0].startswith("Sentence:") and sentence:
                yield sentence
                sentence = []
            sentence.append((row[1], row[3]))
    yield sentence


def _columns(path: Path) -> Iterator[Sentence]:
    sentence: Sentence = []
    for line in [*path.read_text("utf-8").splitlines(), ""]:
        word, _, tag = line.partition("\t")
        if tag and word:
            sentence.append((word, tag.split("\t")[0]))
        elif sentence and not tag:
            yield sentence
            sentence = []


def _documents(
    name: str, sentences: Iterable[Sentence], size: int, person: str, place: str, neutral: str
) -> Iterator[GoldDocument]:
    every = list(sentences)
    for begin in range(0, len(every), size):
        part = every[begin : begin + size]
        text = " ".join(_detokenise([word for word, _ in sentence]) for sentence in part)
        people = {_without_titles(found) for found in _spans(part, person)} - {frozenset()}
        places = {name_of(found) for found in _spans(part, place)} - {frozenset()}
        either = {name_of(found) for found in _spans(part, neutral)} - places
        yield GoldDocument(
            f"{name} {begin}", text, _merged(people), frozenset(places), frozenset(either)
        )


def _spans(sentences: Collection[Sentence], kind: str) -> Iterator[str]:
    for sentence in sentences:
        words: list[str] = []
        for word, tag in [*sentence, ("", "O")]:
            if words and tag == f"I-{kind}":
                words.append(word)
                continue
            if words:
                yield " ".join(words)
            words = [word] if kind and tag[2:] == kind else []


def _without_titles(text: str) -> Name:
    words = [word for word in text.split() if word.lower().rstrip(".") not in _TITLES | _ROLES]
    return name_of(" ".join(words))
