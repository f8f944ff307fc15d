"""Words in the languages of an archive: other forms of them, German ones without umlauts too."""

from __future__ import annotations

import pytest

from search.request import make_request
from tests.conftest import SmallArchive

GERMAN = (
    "Die Bundesregierung hat heute in Berlin neue Sicherheiten für die Bürgerinnen und Bürger "
    "beschlossen. Staatssekretärin Müller sagte, die Häuser der Gemeinden würden in den nächsten "
    "Jahren erneuert, und die Kosten trage der Bund gemeinsam mit den Ländern."
)
FRENCH = (
    "Le gouvernement a annoncé aujourd'hui à Paris que les négociations nationales sur les "
    "retraites reprendront à l'automne. Les ministres ont souligné que ces décisions seront "
    "prises avec les organisations syndicales et dans le respect de tous les travailleurs."
)
ENGLISH = (
    "The government announced in London that the harbour will be opened to all ships in spring. "
    "Ministers said that the costs would be shared by the towns along the coast and the state."
)


@pytest.fixture
def mixed(small: SmallArchive) -> SmallArchive:
    small.release("german.md", "Neue Regeln für Gemeinden", GERMAN)
    small.release("french.md", "Reprise des discussions", FRENCH)
    small.release("english.md", "Harbour opens in spring", ENGLISH)
    small.index()
    return small


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("Sicherheit", "german.md"),
        ("haus gemeinde", "german.md"),
        ("Müller", "german.md"),
        ("mueller", "german.md"),
        ("Staatssekretaerin", "german.md"),
        ("négociation", "french.md"),
        ("decision nationale", "french.md"),
        ("retraite", "french.md"),
        ("harbours", "english.md"),
    ],
)
def test_other_forms_of_a_word_are_found(mixed: SmallArchive, query: str, path: str) -> None:
    assert mixed.found(query) == [path]


def test_what_is_found_by_another_form_is_marked(mixed: SmallArchive) -> None:
    page = mixed.service.search(make_request("haus gemeinde"))
    assert "<mark>Häuser</mark> der <mark>Gemeinden</mark>" in page.results[0].passages[0].html
    release = mixed.service.release(page.results[0].id, "haus")
    assert any("<mark>Häuser</mark>" in passage.html for passage in release.passages)


def test_quoted_words_stay_as_they_are(mixed: SmallArchive) -> None:
    assert mixed.found('"Haus der Gemeinde"') == []
    assert mixed.found('"Häuser der Gemeinden"') == ["german.md"]


def test_an_archive_in_english_is_searched_in_english(small: SmallArchive) -> None:
    small.release("a.md", "Harbour opens in spring", ENGLISH)
    small.release("b.md", "A house of sicherheiten", ENGLISH)
    small.index()
    assert small.found("sicherheit") == []
