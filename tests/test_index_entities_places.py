"""Which names are places, under which one name, and by which evidence."""

from __future__ import annotations

import pytest

from index.entities import find_places
from index.entities.gazetteer import gazetteer
from index.model import Block, BlockKind, Release
from tests import renew_cities


def release(*texts: str, lang: str = "en", dateline: str = "") -> Release:
    blocks = tuple(Block(BlockKind.PARAGRAPH, text) for text in texts)
    return Release(id="r", path="r", title="T", blocks=blocks, lang=lang, dateline=dateline)


def places(*texts: str, lang: str = "en", dateline: str = "") -> set[str]:
    return {one.name for one in find_places(release(*texts, lang=lang, dateline=dateline), ())}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("They met in the U.S. and in Russia.", {"United States", "Russia"}),
        ("The Russian Federation and South Korea signed.", {"Russia", "South Korea"}),
        ("It came from Syrian territory.", {"Syria"}),
        ("The Syrian president spoke.", set()),
        ("The siege of Leningrad and Auschwitz.", {"Leningrad", "Auschwitz"}),
        ("They were defeating Nazi Germany.", set()),
        ("He is from Springfield, Illinois.", {"Springfield, Illinois", "Illinois"}),
        ("Offices in Chicago, Ill., and Boston.", {"Chicago", "Boston"}),
        ("She lives in Portland, Maine. Portland is small.", {"Portland, Maine", "Maine"}),
        (
            "Fairs near Mobile, Alabama, and Macon, Georgia.",
            {"Mobile", "Alabama", "Macon", "Georgia"},
        ),
        ("He was born in Vermillion, South Dakota.", {"Vermillion", "South Dakota"}),
        ("Strikes near Ayn Isa and in Idlib province.", {"Ayn Isa", "Idlib"}),
        ("The village of Qamenas was hit.", {"Qamenas"}),
        ("Deputies of Prince George's County came.", {"Prince George's County"}),
        ("The London-based firm grew.", {"London"}),
        ("War in the Middle East and the Gaza Strip.", {"Middle East", "Gaza Strip"}),
        ("He studied in Seattle, Washington.", {"Seattle", "Washington"}),
        ("The offices in Washington are closed.", {"Washington, D.C."}),
    ],
)
def test_a_place_is_found(text: str, names: set[str]) -> None:
    assert places(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "The Bank of Israel and the University of California agreed.",
        "The New York Times wrote about it.",
        "Reading is a nice thing to do in March.",
        "The Mobile Applications team won the Orange Prize.",
        "Lincoln said so to Victoria and Charlotte.",
        "The Minister for the Middle East, Tobias Ellwood, spoke.",
        "U.S. Attorney Preet Bharara announced it.",
        "They walked down Madison Avenue.",
        "The Boston Red Sox lost.",
    ],
)
def test_what_is_no_place(text: str) -> None:
    assert places(text) == set()


def test_the_dateline_is_a_place() -> None:
    found = find_places(release("SOCHI, 12 September – They met.", dateline="SOCHI"), ())
    assert [(one.name, one.mentions[0].rule) for one in found] == [("Sochi", "dateline")]
    assert "Moscow, Idaho" in places("MOSCOW, Idaho – A fair.", dateline="MOSCOW, Idaho")


def test_countries_in_the_language_of_the_release() -> None:
    assert "Russia" in places("ראש הממשלה נפגש ברוסיה", lang="he")
    assert "Germany" in places("Die Minister trafen sich in Deutschland.", lang="de")
    assert "Japan" in places("首相は日本で会談した。", lang="ja")
    assert places("ראש הממשלה נפגש ברוסיה", lang="xx") == set()


def test_the_gazetteer_tells_namesakes_apart() -> None:
    known = gazetteer()
    assert known.in_region("Springfield", "US-IL") == "Springfield, Illinois"
    assert known.in_region("Chicago", "US-IL") == "Chicago"
    assert known.in_region("Moscow", "US-ID") == "Moscow, Idaho"
    assert known.in_region("London", "CA") == "London, Canada"


def test_the_list_of_cities_is_what_its_source_gives() -> None:
    assert renew_cities.FILE.read_text("utf-8") == renew_cities.cities()


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        (
            "de",
            "Er traf sie in Wien und reist nach Rom, Köln und Moskau.",
            "Vienna Rome Cologne Moscow",
        ),
        ("de", "Treffen in Dornbirn, aus Österreich kamen viele.", "Dornbirn Austria"),
        ("fr", "Il ira à Grenoble, à Londres et en Allemagne.", "Grenoble London Germany"),
        ("es", "Viajó de Londres a Moscú y Alemania.", "London Moscow Germany"),
        ("it", "Andrà a Mosca, Parigi e Milano.", "Moscow Paris Milan"),
        ("nl", "Hij reist naar Parijs en Duitsland.", "Paris Germany"),
        ("sv", "Mötet i Köpenhamn och Oslo.", "Copenhagen Oslo"),
        ("tr", "Ankara'dan Konya'ya gitti, Almanya'da kaldı.", "Ankara Konya Germany"),
    ],
)
def test_cities_in_other_languages(lang: str, text: str, names: str) -> None:
    assert places(text, lang=lang) == set(names.split())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("They met in Mexico City and in Kansas City.", {"Mexico City", "Kansas City"}),
        ("We write Java code. All of Java runs here.", set()),
        ("The island of Java is green.", {"Java"}),
        ("He studied at California State University.", set()),
        ("Police of Dallas County came.", {"Dallas County"}),
        ("Offices in Houston, LA and Boston.", {"Houston", "Boston"}),
        ("A shop in New Richmond, Wisconsin, closed.", {"New Richmond", "Wisconsin"}),
        ("It is the first result of Google today.", set()),
        ("Covered district courts may act.", set()),
        ("Fighting near Al Fallūjah and in Fallujah.", {"Fallujah"}),
    ],
)
def test_longer_names_techniques_and_namesakes(text: str, names: set[str]) -> None:
    assert places(text) == names


def test_no_place_opens_a_release_with_a_title() -> None:
    assert places("Her Excellency Dr. (Ms.) Roe came.", dateline="Her Excellency Dr.") == set()
