"""Entity gold of the ``ner`` corpus, and the measure: distinct names by document.

Read ``measure`` for what counts. Not a test module: tests and benchmarks import it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from index.entities import extract_entities
from index.model import Block, BlockKind, Entity, Release

Name = frozenset[str]


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ROLES = word_set(
    "i my he his her she me we our him the a an and of for to in mr mrs ms dr hon sir "
    "prime minister president secretary foreign "
    "defence defense office state us u.s u.k uk iraqi russian syrian french turkish general gen lt "
    "maj col capt brig cmdr commodore spc sgt petty officer senior chief special warfare operator "
    "1st class navy army marine air force commander central command pentagon press ambassador "
    "spokesman spokesperson director operations fco affairs middle east asia representative "
    "inherent resolve prime-minister minister-designate investigating cjtf-oir commanding deputy "
    "maintenance group coalition king queen"
)
_AROUND = word_set(
    "northern southern eastern western northeast northwest southeast southwest northwestern "
    "northeastern city town village province district region area the camp governorate isil "
    "isil-held ied uav vbied iraqi hashemite kingdom"
)


class GoldDocument(NamedTuple):
    """A text and the distinct people and places people found named in it."""

    name: str
    text: str
    people: frozenset[Name]
    places: frozenset[Name]
    neutral: frozenset[Name] = frozenset()
    """Names that are neither right nor wrong as places."""


@dataclass
class Score:
    """Counts of distinct names over documents; ``missed`` and ``wrong`` are there to be read."""

    right: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + len(self.missed))

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def name_of(text: str) -> Name:
    """A name as it is compared: its words without case, accents, stops and possessive."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    plain = "".join(char for char in plain if not unicodedata.combining(char)).lower()
    plain = re.sub(r"'s\b", "", plain).replace("- ", "-")
    return frozenset(re.findall(r"[^\W_]+(?:\.[^\W_]+)*", plain.replace("-", " "))) - {"the", "of"}


def wikigold(folder: Path) -> Iterator[GoldDocument]:
    """The documents of wikigold, put together again from their words."""
    path = next(folder.rglob("wikigold.conll.txt"))
    documents = path.read_text(encoding="utf-8").split("-DOCSTART- O")
    for number, document in enumerate(documents):
        sentences = [
            [line.rsplit(" ", 1) for line in part.splitlines() if " " in line]
            for part in document.split("\n\n")
        ]
        sentences = [sentence for sentence in sentences if sentence]
        if not sentences:
            continue
        text = " ".join(_detokenise([word for word, _ in sentence]) for sentence in sentences)
        people = _spans(sentences, "I-PER")
        places = _spans(sentences, "I-LOC")
        yield GoldDocument(f"wikigold {number}", text, _merged(people), frozenset(places))


def _spans(sentences: list[list[list[str]]], tag: str) -> set[Name]:
    found = set()
    for sentence in sentences:
        words: list[str] = []
        for word, label in [*sentence, ["", "O"]]:
            if label == tag:
                words.append(word)
            elif words:
                found.add(name_of(" ".join(words)))
                words = []
    return {name for name in found if name}


def _detokenise(words: list[str]) -> str:
    text = " ".join(words)
    text = re.sub(r" ([,.;:!?)\]%]|'s\b|n't\b)", r"\1", text)
    return re.sub(r"([(\[$]) ", r"\1", re.sub(r'" ([^"]*?) "', r'"\1"', text))


def re3d(folder: Path) -> Iterator[GoldDocument]:
    """The documents of the three government sources of re3d, gold of confidence .9 and more."""
    for source in sorted(folder.rglob("re3d-*")):
        people: dict[str, set[Name]] = {}
        places: dict[str, set[Name]] = {}
        for entity in _json_lines(source / "entities.json"):
            if float(entity["confidence"]) < 0.9:
                continue
            if entity["type"] == "Person":
                people.setdefault(entity["documentId"], set()).update(
                    _proper_person(entity["value"])
                )
            if entity["type"] == "Location":
                places.setdefault(entity["documentId"], set()).update(
                    _proper_places(entity["value"])
                )
        for document in _json_lines(source / "documents.json"):
            key = document["_id"]
            yield GoldDocument(
                f"{source.name} {key}",
                document["text"],
                _merged(people.get(key, set())),
                frozenset(places.get(key, set())),
            )


def _json_lines(path: Path) -> Iterator[dict[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _proper_person(value: str) -> set[Name]:
    """The name in a value such as "Iraqi President Fuad Masum"; none in "the Minister"."""
    first = value.split(", ")
    parts = [part for part in first if _capitals(part, _ROLES)]
    return {name_of(_capitals(part, _ROLES)) for part in parts[:2]} - {frozenset()}


def _proper_places(value: str) -> set[Name]:
    found = set()
    for run in re.findall(
        r"(?:\b[A-Z][\w.'’-]*|\bal-[A-Z]\w+|\b(?:az|of)\b)(?: (?:of |az )?[A-Z][\w'’-]*)*", value
    ):
        name = _capitals(run, _AROUND)
        if name and not name.endswith("ISIL’s"):
            found.add(name_of(name))
    return found - {frozenset()}


def _capitals(text: str, without: frozenset[str]) -> str:
    words = [
        word
        for word in text.replace("al- ", "al-").split()
        if not word[0].islower() or word.startswith(("al-", "az"))
    ]
    words = [word for word in words if word.lower().rstrip(".,") not in without]
    words = [word for word in words if any(char.isalpha() for char in word)]
    return (
        " ".join(words)
        if any(word[0].isupper() or word.startswith("al-") for word in words)
        else ""
    )


def _merged(names: set[Name]) -> frozenset[Name]:
    """Names without those that are part of a longer one: the surname beside the full name."""
    return frozenset(one for one in names if not any(one < other for other in names))


def release_of(document: GoldDocument) -> Release:
    """The text as a release of plain paragraphs."""
    paragraphs = [part.strip() for part in document.text.split("\n\n") if part.strip()]
    blocks = tuple(Block(BlockKind.PARAGRAPH, part) for part in paragraphs)
    return Release(id="gold", path="gold.txt", title="Gold", blocks=blocks, lang="en")


def measure(documents: Iterable[GoldDocument]) -> tuple[Score, Score]:
    """Score people and places: a found value is right when a name of the gold has its words.

    A person is right when the words of one name contain those of the other ("Putin" and
    "Vladimir Putin"); each gold name counts once. A place is right when its canonical name or one
    of the ways it is written in the text equals a gold name.
    """
    people, places = Score(), Score()
    for document in documents:
        release = release_of(document)
        found_people, found_places = extract_entities(release, ())
        _count(
            people,
            document.name,
            document.people,
            [{name_of(one.name)} for one in found_people],
            subset=True,
        )
        written = [_written(one, release.text) for one in found_places]
        written = [
            forms for forms in written if forms & document.places or not forms & document.neutral
        ]
        _count(places, document.name, document.places, written, subset=False)
    return people, places


def _written(entity: Entity, text: str) -> set[Name]:
    forms = {text[mention.start : mention.end] for mention in entity.mentions}
    return {name_of(form) for form in (*forms, entity.name)}


def _count(
    score: Score, where: str, gold: frozenset[Name], found: list[set[Name]], *, subset: bool
) -> None:
    hit: set[Name] = set()
    for forms in found:
        same = {
            one
            for one in gold
            if any(one == form or (subset and (one <= form or form <= one)) for form in forms)
        }
        if not same:
            score.wrong.append(f"{where}: {' / '.join(' '.join(sorted(form)) for form in forms)}")
        hit |= same
    score.right += len(hit)
    score.missed += [f"{where}: {' '.join(sorted(one))}" for one in gold - hit]
