"""The credit of a picture is parted from the caption it runs into, and names nobody."""

from __future__ import annotations

import pytest

from index.entities.extract import extract
from index.model import BlockKind
from tests.corpora import read

PROSE = (
    "<p>The ministry opened a new harbour in the north of the country on Monday morning.</p>"
    "<p>It will serve four islands, and it took the builders three years to finish it.</p>"
)


def captions(caption: str) -> tuple[list[str], list[str]]:
    """Return the captions read from a page whose picture has this one, and the people in it."""
    figure = f"<figure><img src='x.jpg'><figcaption>{caption}</figcaption></figure>"
    markup = f"<html><body><h1>Harbour opens today</h1>{PROSE}{figure}{PROSE}</body></html>"
    release = read(markup, "a/b.html")
    people = extract(release).people
    texts = [block.text for block in release.blocks if block.kind is BlockKind.CAPTION]
    return texts, [person.name for person in people]


@pytest.mark.parametrize(
    ("caption", "read_as"),
    [
        ("A ship at the quay.Photo: Jane Roe", "A ship at the quay. Photo: Jane Roe"),
        (
            "A ship at the quay.<small>Foto: Jane Roe/Ministry</small>",
            "A ship at the quay. Foto: Jane Roe/Ministry",
        ),
        ("A ship at the quay<i>Photo: Jane Roe</i>", "A ship at the quay Photo: Jane Roe"),
        ("A ship at the quay.© Jane Roe", "A ship at the quay. © Jane Roe"),
        ("A ship at the quay.(c) Jane Roe", "A ship at the quay. (c) Jane Roe"),
        ("A ship at the quay (c) Jane Roe", "A ship at the quay (c) Jane Roe"),
        ("A ship at the quay. (Photo: Jane Roe)", "A ship at the quay. (Photo: Jane Roe)"),
        ("السفينة.<b>تصوير: Jane Roe</b>", "السفينة. تصوير: Jane Roe"),
    ],
)
def test_a_credit_is_parted_from_the_caption_it_runs_into(caption: str, read_as: str) -> None:
    assert captions(caption) == ([read_as], [])


@pytest.mark.parametrize(
    "caption",
    [
        "On board, seen in the photo: the minister and the mayor of the town",
        "Auf dem Foto: die Ministerin und der Bürgermeister",
        "The minister takes a photo of the harbour for the archive",
    ],
)
def test_what_a_picture_shows_is_no_credit(caption: str) -> None:
    assert captions(caption)[0] == [caption]
