"""The Sochi release word for word, and what holds for any release whatever."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.entities import EXTRACTOR_VERSION, extract_entities, find_people, find_places
from index.entities.segments import LOOKED_AT
from index.model import Block, BlockKind, Release
from tests.corpora import require_corpus

CAPTION = (
    "PM Netanyahu with Russian President Vladimir Putin in Sochi.  Photo: GPO/Amos Ben-Gershom"
)
TITLE = "PM Netanyahu meets with Russian President Vladimir Putin in Sochi"
BODY = (
    "Prime Minister Benjamin Netanyahu, this evening (Thursday, 12 September 2019), in Sochi, at "
    "the Bocharov Ruchey , met with Russian President Vladimir Putin, who welcomed him.",
    "„The relations between Russia and Israel have never been closer. As you said, there are over "
    "one million Russian-speakers in Israel.",
    "“This finds expression in the meetings that we have and in the important meeting I just held "
    "with Defense Minister Shoigu. Last month saw a very serious upsurge in the number of attempts "
    "by Iran to attack Israel from Syrian territory, Mr. President.",
    "I very much hope to see you in Israel in January to mark 75 years since the liberation of "
    "Auschwitz and the dedication of the memorial to the heroes of the siege of Leningrad. We will "
    "never forget the great contribution of the Russian army in defeating Nazi Germany.",
)


def sochi() -> Release:
    blocks = (
        Block(BlockKind.TITLE, TITLE),
        Block(BlockKind.CAPTION, CAPTION),
        *(Block(BlockKind.PARAGRAPH, text) for text in BODY),
    )
    return Release(id="s", path="s.txt", title=TITLE, blocks=blocks, lang="en", dateline="Sochi")


def test_sochi() -> None:
    people, places = extract_entities(sochi(), ())
    assert [one.name for one in people] == ["Benjamin Netanyahu", "Vladimir Putin", "Shoigu"]
    assert {one.name for one in places} == {
        *("Sochi", "Russia", "Israel", "Iran", "Syria", "Auschwitz", "Leningrad")
    }
    assert find_people(sochi(), ()) == people
    assert find_places(sochi(), ()) == places
    assert EXTRACTOR_VERSION >= 1


def test_the_whole_sochi_file() -> None:
    path = require_corpus("sochi-2019-09-12.txt")
    parts = [part.strip() for part in re.split(r"\n\s*\n", path.read_text("utf-8")) if part.strip()]
    kinds = [BlockKind.CAPTION if "Photo:" in part else BlockKind.PARAGRAPH for part in parts]
    blocks = tuple(Block(kind, part) for kind, part in zip(kinds, parts, strict=True))
    people, places = extract_entities(Release("s", "s", "S", blocks, lang="en"), ())
    assert {one.name for one in people} == {"Benjamin Netanyahu", "Vladimir Putin", "Shoigu"}
    assert {"Sochi", "Russia", "Israel", "Iran", "Syria", "Auschwitz", "Leningrad"} == {
        one.name for one in places
    }


WORDS = (
    "Mr. President Putin Vladimir of the in Paris , . - ' “ ” ( ) Jr. St. U.S. UK 34 said Bank "
    "al-Abadi New York Syrian territory County New\nYork JOHN SMITH İstanbul ß ǅ Ⅳ ´s ’s O’Brien "
    "contact: @ & Inc. van der Ⅷ 2019 רוסיה 日本 Photo: By"
)
NAMES = st.sampled_from(WORDS.split(" "))
TEXTS = st.one_of(st.text(max_size=200), st.lists(NAMES, max_size=60).map(" ".join))
BLOCKS = st.lists(st.builds(Block, st.sampled_from(list(BlockKind)), TEXTS), max_size=6)


@settings(max_examples=300, deadline=None)
@given(BLOCKS, st.sampled_from(["en", "", "he", "ar", "de", "ja", "zz", "pt-BR"]), TEXTS)
def test_any_release(blocks: list[Block], lang: str, dateline: str) -> None:
    release = Release("r", "r", "T", tuple(blocks), lang=lang, dateline=dateline)
    people, places = extract_entities(release, ())
    for entities in (people, places):
        assert len({one.name for one in entities}) == len(entities)
        counts = [len(one.mentions) for one in entities]
        assert counts == sorted(counts, reverse=True)
        for entity in entities:
            assert entity.name.strip()
            starts = [mention.start for mention in entity.mentions]
            assert starts == sorted(set(starts))
            for mention in entity.mentions:
                assert 0 <= mention.start < mention.end <= len(release.text)
                assert release.text[mention.start : mention.end].strip()
                assert mention.rule


@pytest.mark.parametrize(
    "text",
    [
        "A " * 50_000,
        "Aa-" * 50_000,
        "Mr. " * 50_000,
        "San " * 50_000,
        "New York, " * 20_000,
        "John Smith, " * 20_000,
        "x" * 300_000,
        "(" * 100_000,
        "A." * 100_000,
        "Photo: " * 30_000,
        "contact " * 30_000,
        "\n" * 100_000,
        "'A" * 100_000,
    ],
    ids=lambda text: repr(text[:10]),
)
def test_garbage_costs_no_more_than_its_length(text: str) -> None:
    kinds = (BlockKind.PARAGRAPH, BlockKind.CAPTION)
    release = Release("r", "r", "T", tuple(Block(kind, text) for kind in kinds), lang="en")
    began = time.process_time()
    extract_entities(release, ())
    assert time.process_time() - began < 8


@pytest.mark.parametrize("text", ["Dr. John ", "Paris, France ", "Mr. Ab Xyz Ab ", "日本 "])
def test_millions_of_names_are_not_all_looked_at(text: str) -> None:
    long = text * (2_000_000 // len(text))
    for blocks in ((long,), (long[:2000],) * 1000):
        made = tuple(Block(BlockKind.PARAGRAPH, one) for one in blocks)
        release = Release("r", "r", "T", made, lang="ja")
        began = time.process_time()
        entities = extract_entities(release, ())
        assert time.process_time() - began < 5
        ends = [mention.end for some in entities for one in some for mention in one.mentions]
        assert not ends or max(ends) <= LOOKED_AT


def test_a_word_at_the_limit_is_not_cut() -> None:
    text = "x " * (LOOKED_AT // 2 - 10) + "to Mr. John Harlowton"
    people, _ = extract_entities(Release("r", "r", "T", (Block(BlockKind.PARAGRAPH, text),)), ())
    assert [one.name for one in people] == ["John"]
