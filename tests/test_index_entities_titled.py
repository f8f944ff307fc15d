"""People of releases in scripts without capitals, told by their titles."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.entities.extract import extract
from index.model import Block, BlockKind, Release


def people(text: str, lang: str) -> list[tuple[str, list[str]]]:
    """Return each person's name and how the text has it."""
    found = Release("r", "r.txt", "-", (Block(BlockKind.PARAGRAPH, text),), lang=lang)
    return [
        (one.name, [text[mention.start : mention.end] for mention in one.mentions])
        for one in extract(found).people
    ]


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        (
            "he",
            "ראש הממשלה בנימין נתניהו נפגש עם נשיא רוסיה ולדימיר פוטין. נתניהו הודה לפוטין.",
            [
                ("בנימין נתניהו", ["בנימין נתניהו", "נתניהו"]),
                ("ולדימיר פוטין", ["ולדימיר פוטין"]),  # "to Putin" is one word with "to"
            ],
        ),
        ("he", 'ח"כ משה גפני, יו"ר הוועדה, השתתף.', [("משה גפני", ["משה גפני"])]),
        ("he", "שר הביטחון משה (בוגי) יעלון ביקר.", [("משה יעלון", ["משה (בוגי) יעלון"])]),
        ("he", "ראש הממשלה קיים ישיבה. השר עמד על החשיבות של העניין.", []),
        ("he", "הנשיא האמריקני דונלד טראמפ הגיע.", [("דונלד טראמפ", ["דונלד טראמפ"])]),
        (
            "ar",
            "قال الرئيس المصري عبد الفتاح السيسي إن",
            [("عبد الفتاح السيسي", ["عبد الفتاح السيسي"])],
        ),
        ("ar", "استقبل الوزير الوفد في القاهرة.", []),
        ("en", "שר הביטחון משה יעלון ביקר.", []),  # not a release in that language
    ],
)
def test_a_title_and_a_given_name_make_a_person(
    lang: str, text: str, wanted: list[tuple[str, list[str]]]
) -> None:
    assert people(text, lang) == wanted


WORDS = ("ראש הממשלה", "שר החוץ", "בנימין", "נתניהו", "אמר", "בן", "ו", "ולדימיר", "א")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*WORDS, *':,.\n"', "(x)"]), max_size=30))
def test_any_words_are_read_and_mentions_lie_in_them(words: list[str]) -> None:
    text = " ".join(words) or "x"
    found = Release("r", "r.txt", "-", (Block(BlockKind.PARAGRAPH, text),), lang="he")
    for one in extract(found).people:
        spans = [(mention.start, mention.end) for mention in one.mentions]
        assert spans == sorted(spans)
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
