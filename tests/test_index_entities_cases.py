"""Slavic names in other cases than the nominative: one person, one place, nothing made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.entities import find_people, find_places
from index.entities.cases import is_case_of, nominatives
from index.model import Block, BlockKind, Release
from index.names.evidence import evidence_of
from search.request import make_request
from tests.conftest import SmallArchive


def release(text: str, lang: str) -> Release:
    blocks = (Block(BlockKind.PARAGRAPH, text),)
    return Release(id="r", path="r", title="T", blocks=blocks, lang=lang)


def people(text: str, lang: str) -> dict[str, int]:
    return {one.name: len(one.mentions) for one in find_people(release(text, lang), ())}


def places(text: str, lang: str) -> set[str]:
    return {one.name for one in find_places(release(text, lang), ())}


@pytest.mark.parametrize(
    ("lang", "word", "nominative"),
    [
        ("ru", "Путина", "Путин"),
        ("ru", "Зеленского", "Зеленский"),
        ("ru", "Захаровой", "Захарова"),
        ("ru", "Сергея", "Сергей"),
        ("ru", "МОСКВЕ", "Москва"),
        ("ru", "России", "Россия"),
        ("uk", "Львові", "Львів"),
        ("uk", "Шмигалем", "Шмигаль"),
        ("uk", "Франції", "Франція"),
        ("pl", "Sikorskiego", "Sikorski"),
        ("pl", "Krakowie", "Kraków"),
        ("pl", "Dudę", "Duda"),
        ("cs", "Praze", "Praha"),
        ("cs", "Pavlem", "Pavel"),
        ("hr", "Plenkoviću", "Plenković"),
        ("sr", "Вучићу", "Вучић"),
        ("en", "Obamas", "Obama"),
    ],
)
def test_nominatives(lang: str, word: str, nominative: str) -> None:
    assert nominative in nominatives(word, lang)
    assert is_case_of(word, nominative, lang)


@given(st.text(max_size=30), st.sampled_from(["ru", "uk", "pl", "cs", "hr", "sr", "en", "fr", ""]))
def test_any_word_is_taken_and_is_no_case_of_itself(word: str, lang: str) -> None:
    assert word not in nominatives(word, lang)
    assert not is_case_of(word, word, lang)


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        (
            "ru",
            "Президент Франции Олег Рябов прибыл. По словам Рябова, Олега Рябова ждут. "
            "Министру Рябову написали.",
            {"Олег Рябов": 4},
        ),
        ("ru", "Ответила Анна Рябова. Анну Рябову слушали. Олег Рябов молчал.",
         {"Анна Рябова": 2, "Олег Рябов": 1}),
        ("uk", "Дмитро Савчук говорив. Зустріч з Дмитром Савчуком. За словами Савчука, так.",
         {"Дмитро Савчук": 3}),
        ("pl", "Radosław Wolski mówił. Wolskiego przyjęto. Radosława Wolskiego czeka praca.",
         {"Radosław Wolski": 3}),
        ("cs", "Petr Novotný přijel. Jednal s Petrem Novotným.", {"Petr Novotný": 2}),
        # Only the other case is met: it is left as it is.
        ("ru", "Письмо получил от Олега Рябова.", {"Олега Рябова": 1}),
    ],
)  # fmt: skip
def test_one_person_in_all_cases(lang: str, text: str, found: dict[str, int]) -> None:
    assert people(text, lang) == found


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        ("ru", "Встреча в Москве, затем в Казани и Лондоне.", "Moscow Kazan London"),
        ("ru", "Он летит из Китая во Францию.", "China France"),
        ("uk", "Школи у Львові, Харкові та Одесі.", "Lviv Kharkiv Odesa"),
        ("pl", "Był w Krakowie i w Warszawie.", "Krakow Warsaw"),
        ("cs", "Přijel do Prahy, jednal v Brně a v Německu.", "Prague Brno Germany"),
        ("sr", "Састали су се у Београду.", "Belgrade"),
        # No place of this name is known in any case.
        ("ru", "Он живет в Заречинске.", ""),
    ],
)
def test_places_in_any_case(lang: str, text: str, names: str) -> None:
    assert places(text, lang) == set(names.split())


def test_the_archive_gives_the_nominative(small: SmallArchive) -> None:
    """A release that has another case alone is filed under the name that others have."""
    more = "Совет обсудил сегодня дороги, школы и больницы нашего города и решил их строить. "
    for number in range(3):
        small.release(f"whole{number}.md", f"Встреча номер {number}", f"{more}Выступил Олег Рябов.")
    small.release("other.md", "Письмо совету", f"{more}Все письма были от Олега Рябова.")
    small.release("lone.md", "Ответ совету", f"{more}Письмо министру Рябову послано.")
    small.release("nobody.md", "Речь в совете", f"{more}Речь была от Анны Зотовой.")
    small.index()
    page = small.service.search(make_request(""))
    found = {value.value: value.count for value in page.facets["person"]}
    assert found == {"Олег Рябов": 5, "Анны Зотовой": 1}
    reopened = {e.rule for e in evidence_of(small.settings, "other.md")}
    assert "given name; archive: nominative" in reopened


def test_a_genitive_without_apostrophe_is_no_person_of_its_own(small: SmallArchive) -> None:
    for number in range(3):
        small.release(
            f"r{number}.md", f"Visit {number}", "President Radomir Kovalenta said it was good."
        )
    small.release("s.md", "Plan", "They praised President Kovalentas plan for the year.")
    small.index()
    page = small.service.search(make_request(""))
    assert [value.value for value in page.facets["person"]] == ["Radomir Kovalenta"]
