"""People and places by an installed spaCy pipeline instead of the rules, where one is set.

``DATELINE_NER=spacy:<package or path>``. The pipeline says where names stand; which titles
go before them, who is one person and what a place is filed under is decided as for the rules.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

from index.entities.analysis import Analysis
from index.entities.candidates import PersonMention
from index.entities.gazetteer import gazetteer
from index.entities.lexicon import lexicon
from index.entities.matching import Word
from index.entities.offices import office_before
from index.entities.places import PlaceSpots, dateline_spots
from index.entities.runs import Run, key_of
from index.entities.segments import Segment, segments_of
from index.entities.spots import Spot
from index.errors import SettingsError
from index.model import Release

PREFIX = "spacy:"
RULE = "model"
"""The rule of every mention that the pipeline found."""

_PEOPLE = frozenset({"PERSON", "PER", "persName"})
_PLACES = frozenset({"GPE", "LOC", "placeName", "geogName"})
_WORD = re.compile(r"[^\s|]+")


def model_version(ner: str) -> str:
    """What tells one pipeline from another, "" for none: the setting, and its meta data's digest.

    Raises SettingsError when the setting or the pipeline it names cannot be used.
    """
    if not ner:
        return ""
    folder = _folder(ner)
    try:
        meta = (folder / "meta.json").read_bytes()
        json.loads(meta)
    except (OSError, ValueError) as error:
        raise _unusable(ner, f"its meta.json cannot be read: {error}") from error
    return f"{ner} {hashlib.sha256(meta).hexdigest()[:12]}"


def analyse_by_model(release: Release, ner: str) -> tuple[Analysis, PlaceSpots]:
    """What the pipeline finds in a release, in the shape the rules give it."""
    segments = segments_of(release)
    people: list[PersonMention] = []
    places: list[Spot] = []
    for segment, found in zip(segments, _documents(segments, ner), strict=True):
        for entity in found.ents:
            if entity.label_ in _PEOPLE:
                people += _person(segment, entity.start_char, entity.end_char)
            elif entity.label_ in _PLACES:
                places += _place(segment, entity.start_char, entity.end_char)
    spots = PlaceSpots(tuple(places), (), tuple(dateline_spots(release)))
    return Analysis(release, segments, (), tuple(people), ()), spots


def _documents(segments: Iterable[Segment], ner: str) -> Iterator[Any]:
    found: Iterator[Any] = _pipeline(ner).pipe(segment.text for segment in segments)
    return found


def _person(segment: Segment, start: int, end: int) -> Iterator[PersonMention]:
    words = [
        Word(start + m.start(), start + m.end(), m.group(), key_of(m.group()))
        for m in _WORD.finditer(segment.text[start:end])
    ]
    while len(words) > 1 and words[0].key in lexicon().titles:
        words = words[1:]
    if words and words[-1].text.endswith(("'s", "’s")):
        text = words[-1].text[:-2]
        words[-1] = Word(words[-1].start, words[-1].end - 2, text, key_of(text))
    if words and words[-1].text:
        kept = tuple(words)
        before = segment.text[max(0, words[0].start - 60) : words[0].start]
        yield PersonMention(Run(segment, kept, ()), kept, RULE, office_before(before))


def _place(segment: Segment, start: int, end: int) -> Iterator[Spot]:
    text = segment.text[start:end]
    name = " ".join(text.removeprefix("the ").removeprefix("The ").split())
    if any(map(str.isalpha, name)) and "|" not in name:
        known = gazetteer().find(name)
        shown = known.name if known else name
        yield Spot(shown, segment.start + start, segment.start + end, RULE, True)


@lru_cache(maxsize=1)
def _pipeline(ner: str) -> Any:
    spacy = _spacy(ner)
    try:
        return spacy.load(_folder(ner))
    except (OSError, ValueError, ImportError) as error:
        raise _unusable(ner, f"spaCy cannot load it: {error}") from error


def _folder(ner: str) -> Path:
    """Where the pipeline lies: the path itself, or inside the package."""
    name = ner.removeprefix(PREFIX)
    if not ner.startswith(PREFIX) or not name:
        raise SettingsError(
            f"{ner!r} is not spacy:<package or path>", where="setting ner (DATELINE_NER)"
        )
    _spacy(ner)
    path = Path(name).expanduser()
    if path.is_dir():
        return path
    try:
        version = metadata.version(name)
        package = Path(str(importlib.import_module(name).__file__)).parent
    except (ImportError, ValueError) as error:
        raise _unusable(ner, "there is no such folder and no such package") from error
    return package / f"{name}-{version}"


def _spacy(ner: str) -> Any:
    try:
        return importlib.import_module("spacy")
    except ImportError as error:
        raise SettingsError(
            "spaCy is not installed",
            where=f"setting ner (DATELINE_NER={ner})",
            hint="pip install 'dateline[spacy]'",
        ) from error


def _unusable(ner: str, what: str) -> SettingsError:
    return SettingsError(
        f"the pipeline cannot be used: {what}",
        where=f"setting ner (DATELINE_NER={ner})",
        hint="install the package, or name a folder that nlp.to_disk() wrote",
    )
