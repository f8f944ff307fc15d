"""The optional model: a real spaCy pipeline, saved by the test, reads the names of an archive."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from index.errors import SettingsError
from index.settings import Settings, load_settings
from tests.conftest import SmallArchive
from tests.test_index_names import rule_of, values


@pytest.fixture
def pipeline(tmp_path: Path) -> Path:
    """A small pipeline that knows a few names, on disk as spaCy writes it."""
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(  # type: ignore[attr-defined]
        [
            {"label": "PERSON", "pattern": "Xqzt Vrbl"},
            {"label": "PERSON", "pattern": "Senator Vrbl"},
            {"label": "PERSON", "pattern": "Vrbl"},
            {"label": "GPE", "pattern": "Qlmp"},
            {"label": "GPE", "pattern": "USA"},
            {"label": "ORG", "pattern": "John Smith"},
        ]
    )
    nlp.to_disk(tmp_path / "pipeline")
    return tmp_path / "pipeline"


def test_the_pipeline_finds_what_the_rules_cannot(small: SmallArchive, pipeline: Path) -> None:
    text = "Senator Xqzt Vrbl of Qlmp in the USA met John Smith. Vrbl left; so did Senator Vrbl."
    small.release("a.md", "Talks", text)
    small.release("b.md", "Talks", "(Photo by Xqzt Vrbl) Rain fell on Qlmp.")
    small.index()
    assert values(small).get("John Smith") == 1
    small.settings = small.settings.with_overrides(ner=f"spacy:{pipeline}")
    report = small.index()
    assert (report.rebuilt, report.parsed) == ("another model reads the names", 2)
    assert values(small) == {"Xqzt Vrbl": 1}
    assert values(small, "place") == {"Qlmp": 2, "United States": 1}
    assert rule_of(small, "a.md", "Xqzt Vrbl") == ("Xqzt Vrbl", "model")
    again = small.index()
    assert not again.written


def test_a_pipeline_trained_anew_reads_again(small: SmallArchive, pipeline: Path) -> None:
    small.release("a.md", "Talks", "Vrbl spoke.")
    small.settings = small.settings.with_overrides(ner=f"spacy:{pipeline}")
    small.index()
    nlp = spacy.load(pipeline)
    nlp.meta["version"] = "9.9"
    nlp.to_disk(pipeline)
    assert small.index().rebuilt == "another model reads the names"


@pytest.mark.parametrize("ner", ["spacy:no_such_package", "stanza:en", "spacy:"])
def test_a_pipeline_that_is_not_there_is_told(small: SmallArchive, ner: str) -> None:
    small.release("a.md", "Talks", "Vrbl spoke.")
    small.settings = small.settings.with_overrides(ner=ner)
    with pytest.raises(SettingsError) as caught:
        small.index()
    assert "DATELINE_NER" in str(caught.value)


def test_the_setting_is_read_from_the_environment(tmp_path: Path) -> None:
    assert load_settings({"DATELINE_NER": "spacy:en_core_web_sm"}, tmp_path).ner
    assert Settings().ner == ""
