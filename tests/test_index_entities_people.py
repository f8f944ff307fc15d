"""Which names are people, and which value they are joined into."""

from __future__ import annotations

import pytest

from index.entities import extract_entities, find_people, normalise_name
from index.model import Block, BlockKind, Release


def release(*blocks: str | tuple[BlockKind, str], lang: str = "en", dateline: str = "") -> Release:
    made = tuple(
        Block(BlockKind.PARAGRAPH, one) if isinstance(one, str) else Block(*one) for one in blocks
    )
    return Release(id="r", path="r.txt", title="A title", blocks=made, lang=lang, dateline=dateline)


def people(*blocks: str | tuple[BlockKind, str], lang: str = "en") -> list[str]:
    return [one.name for one in find_people(release(*blocks, lang=lang), ())]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The talks were led by Defense Minister Shoigu.", ["Shoigu"]),
        ("It was announced by U.S. Attorney Preet Bharara for the district.", ["Preet Bharara"]),
        ("Secretary of State John Kerry arrived.", ["John Kerry"]),
        ("Minister of Finance Yuval Steinitz signed it.", ["Yuval Steinitz"]),
        ("A letter from Sen. Barack Obama, D-Ill., was read.", ["Barack Obama"]),
        ("FBI Special Agent in Charge William F. Sweeney Jr. spoke.", ["William F. Sweeney Jr."]),
        (
            "Assistant U.S. Attorneys Jane Harlow and John Mercer prosecuted the case.",
            ["Jane Harlow", "John Mercer"],
        ),
        ("Tarvin Quelpo, 34, of Springfield, pleaded guilty.", ["Tarvin Quelpo"]),
        ("“We are glad,” said Ingrid van der Meer, the mayor.", ["Ingrid van der Meer"]),
        ("Iraqi Prime Minister Haider al-Abadi thanked them.", ["Haider al-Abadi"]),
        ("Officers arrested JOHN MCDONALD, 41, on Friday.", ["John McDonald"]),
        ("He met Jean-Claude Juncker and James “Jim” Hunter.", ["Jean-Claude Juncker"]),
        ("Bundeskanzlerin Angela Merkel sprach in Berlin.", ["Angela Merkel"]),
        ("Secretary-General António Guterres came.", ["António Guterres"]),
        ("Sen. Toni Atkins (D-San Diego) agreed.", ["Toni Atkins"]),
        ("Sheikh Mohammed bin Rashid Al Maktoum.", ["Mohammed bin Rashid Al Maktoum"]),
        ("El presidente Pedro Sánchez viajó a Madrid.", ["Pedro Sánchez"]),
    ],
)
def test_a_name_is_found(text: str, names: list[str]) -> None:
    found = people(text)
    assert [one for one in names if one not in found] == []


@pytest.mark.parametrize(
    "text",
    [
        "The Justice Department and the New York Times disagreed.",
        "General Motors and Goldman Sachs opened offices on Madison Avenue.",
        "It was flown to John F. Kennedy International Airport.",
        "The Paul Hamlyn Foundation and Morgan Stanley gave money.",
        "In Tel Aviv the Security Council met on Monday.",
        "The Violence Against Women Act and the Dodd-Frank Act are laws.",
        "We launched Global Wellness Platform in March.",
        "For more information contact Jane Harlow at 202-555-0188.",
        "Ernesto Castellanos, Owner Phone: (831) 917-0047",
        "Media Contact for More Information: Julia Hanney Jhanney@example.com",
        "Media inquiries to: Peter Harlow, (202) 555-0188.",
        "Shares of Tarvin Quelpo Inc. (NASDAQ: TQI) rose.",
        "The President of the United States spoke to the Attorney General.",
    ],
)
def test_what_is_no_person(text: str) -> None:
    assert people(text) == []


def test_a_surname_joins_the_full_name() -> None:
    found = find_people(
        release(
            "Prime Minister Benjamin Netanyahu met the guests.",
            "PM Netanyahu thanked them. Netanyahu’s office said so, and Mr. Netanyahu agreed.",
        ),
        (),
    )
    assert [(one.name, len(one.mentions)) for one in found] == [("Benjamin Netanyahu", 4)]


def test_the_nearest_of_two_namesakes_is_meant() -> None:
    text = "Sen. Hillary Clinton spoke. Later Bill Clinton spoke. Mr. Clinton smiled."
    found = {one.name: len(one.mentions) for one in find_people(release(text), ())}
    assert found == {"Bill Clinton": 2, "Hillary Clinton": 1}


def test_headlines_need_a_title_or_the_body() -> None:
    headline = (BlockKind.TITLE, "Grand Jury Charges Pesticide Applicator After Tarvin Quelpo Case")
    assert people(headline) == []
    assert people(headline, "Tarvin Quelpo, 52, was charged.") == ["Tarvin Quelpo"]
    assert people((BlockKind.TITLE, "President Olmert Visits School")) == ["Olmert"]


def test_credits_bylines_and_contacts_are_left_out() -> None:
    found = people(
        "By Jane Harlow",
        (BlockKind.CAPTION, "Mayor Rosa Delgado at the fair. Photo: City Hall/Peter Harlow"),
        (BlockKind.CONTACT, "Mary Harlow, press officer"),
        (BlockKind.BOILERPLATE, "About us: founded by Henry Harlow"),
        "The fair (Photo by Lucy Harlow) opened today.",
    )
    assert found == ["Rosa Delgado"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("JOHN MCDONALD", "John McDonald"),
        ("Shimon  Peres’s", "Shimon Peres"),
        ("MARY O'BRIEN", "Mary O'Brien"),
        ("Charles H. Keating IV", "Charles H. Keating IV"),
    ],
)
def test_normalise_name(written: str, shown: str) -> None:
    assert normalise_name(written) == shown


def test_people_and_places_do_not_share_words() -> None:
    text = "Paris Hilton, 34, and Jordan Smith, 25, flew to Paris, France, from Jordan."
    found_people, found_places = extract_entities(release(text), ())
    assert {one.name for one in found_people} == {"Paris Hilton", "Jordan Smith"}
    assert {one.name for one in found_places} == {"Paris", "France", "Jordan"}


MINISTER = "Minister Adeyemi-Lund left. "


@pytest.mark.parametrize(
    "text",
    [
        "The Minister of Water and Coast, Ifeoma Adeyemi-Lund, announced it.",
        "“Ifeoma Adeyemi-Lund stood in Parliament,” the note goes.",
        "The text was negotiated by Ifeoma Adeyemi-Lund, his predecessor.",
        "Yesterday Ifeoma Adeyemi-Lund slept.",
    ],
)
def test_a_surname_told_by_title_tells_the_full_name(text: str) -> None:
    assert people(MINISTER + text) == ["Ifeoma Adeyemi-Lund"]
    assert people(text, "Ms. Adeyemi-Lund left.") == ["Ifeoma Adeyemi-Lund"]


@pytest.mark.parametrize(
    "text",
    [
        "Yesterday Adeyemi-Lund said so.",
        "In Velmora Adeyemi-Lund said so.",
        "Velmora Adeyemi-Lund left. She likes Velmora.",
        "Velmora Adeyemi-Lund left. The Velmora Water Board agreed.",
        "In April Adeyemi-Lund left.",
        "Neither Adeyemi-Lund nor anyone left.",
        "Visibly Adeyemi-Lund was moved.",
        "Nigerian Adeyemi-Lund left.",
        "Rotterdam Adeyemi-Lund left.",
        "The Ifeoma Adeyemi-Lund Foundation agreed.",
    ],
)
def test_no_other_word_becomes_a_given_name(text: str) -> None:
    assert people(MINISTER + text) == ["Adeyemi-Lund"]


def test_nouns_with_capitals_are_no_given_names() -> None:
    text = "Minister Adeyemi-Lund kam. Gestern sprach Experte Adeyemi-Lund."
    assert people(text, lang="de") == ["Adeyemi-Lund"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("It was told by the Minister of Trade, Oyelaran Tunbridge.", ["Oyelaran Tunbridge"]),
        ("The Prime Minister, Oyelaran Tunbridge, agreed.", ["Oyelaran Tunbridge"]),
        ("The Publisher, Alpine Ridge, agreed.", []),
        ("Oyelaran Tunbridge agreed.", []),
    ],
)
def test_apposition_to_an_office(text: str, names: list[str]) -> None:
    assert people(text) == names


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Fällt der Strom aus, läuft die Pumpe weiter. Der Strom kam zurück."),
        ("el", "Η Nerrick εγκαθιστά 40.000 υδρόμετρα. Η Nerrick πληρώνει."),
        ("en", "The Department of Defense DoD paid. The Joint Chiefs met the Executive Branch."),
        ("en", "He thanked his wife Suzanne. Gen Xers and MS Bio-Medical agreed."),
        ("en", "Officers of the 79th Precinct Detective Squad filed with the City Register."),
    ],
)
def test_words_that_name_nobody(lang: str, text: str) -> None:
    assert people(text, lang=lang) == []


def test_party_and_state_without_their_brackets_are_no_part_of_a_name() -> None:
    text = "Senator Patty Murray D Wash met Senator George Allen Virginia and Dick (Richard) Lugar."
    assert set(people(text)) >= {"Patty Murray", "George Allen"}


def test_a_row_of_surnames_is_no_name() -> None:
    text = "Senator Jane Oakhurst met Senator Robert Brandvik. Senators Oakhurst Brandvik agreed."
    assert set(people(text)) == {"Jane Oakhurst", "Robert Brandvik"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # "Co-Founder" after a name is no company's "Co".
        ("“It is ours,” said Seth Farbman, Co-Founder of the firm.", ["Seth Farbman"]),
        ("“It is ours,” says Jascha Samadi, Co-Chief Executive.", ["Jascha Samadi"]),
        ("The yard was sold to Alden Roe, Co. of the town.", []),
        # An ordinary word after a given name and an initial.
        ("“It is a new start,” said Phillip W. Price, a partner.", ["Phillip W. Price"]),
        # Whoever is quoted is somebody.
        ("“It is a new start,” said Mathy Orsolo, who leads it.", ["Mathy Orsolo"]),
        ("“It is a new start.” Vanesa Padullo added: “It is ours.”", ["Vanesa Padullo"]),
        ("“We will not tolerate this,” said DA Stephan.", ["Stephan"]),
        ("“We will not tolerate this,” DA Stephan said.", ["Stephan"]),
        # What is no person says things too.
        ("“We will not tolerate this,” said the Blue Harbour, which owns it.", []),
        ("“It is a new start,” said General Motors, which owns it.", []),
    ],
)
def test_who_is_quoted_is_a_person(text: str, expected: list[str]) -> None:
    found, _ = extract_entities(release(text), ())
    assert [person.name for person in found] == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The talk is at 12:15 PM Pacific in the hall.", []),
        ("Ask Ms. Samantha Power, who leads it.", ["Samantha Power"]),
        ("The Dr. Phil Show was on.", []),
        ("I'll be there, and We've said so; Don't Miller ask.", []),
        ("Strawberry Fields REIT, Inc. reported more.", []),
        ("The Charlotte Observer wrote of it.", []),
        ("See Tex. Admin. Code and S. Res. 12.", []),
        ("The Department of Justice and the U.S. Water Quality Agency (WQA) said so.", []),
        ("It was said by Kenyen R. Brown, U. S. Attorney for the district.", ["Kenyen R. Brown"]),
        ("A statement by Sarah Da Silva Keller, 28, of Miami.", ["Sarah Da Silva Keller"]),
        ("Look at www.example.gov. Forward-looking words follow.", []),
        (
            "The journalist Galvin Green wrote it with Prof. Shanhui Fan.",
            ["Galvin Green", "Shanhui Fan"],
        ),
        ("Thanks said Senator Schumer These funds will help.", ["Schumer"]),
        ("Questions went to SecurityAs and ChatGPT, said Dr. ChatGPT.", []),
        ("It was led by Toronto-based Michelle McBane.", ["Michelle McBane"]),
        ("The office is at 101 Martin Luther King, Jr. Boulevard.", []),
        ("The firm, northwest of Prince George in the north, digs.", []),
        ("Ms. Seo-young Kim and Steven VandeBrake spoke.", ["Seo-young Kim", "Steven VandeBrake"]),
    ],
)
def test_no_people_of_hours_companies_and_citations(text: str, names: list[str]) -> None:
    assert people(text) == names


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        ("de", "Der Leiter der Abteilung kam. Parteichef Jörg Maurer sagte es.", ["Jörg Maurer"]),
        ("de", "Man sah Karl Maurer Gelegenheit geben, z. B. Hadoop.", ["Karl Maurer"]),
        ("de", "Anna Maurer sprach. Er lobte Anna Maurers Rede.", ["Anna Maurer"]),
        ("de", "Die Serie nach dem Tod von Lukas Perry lief weiter.", ["Lukas Perry"]),
        ("fr", "Le discours d’Emmanuel Roland a plu. M. Roland a souri.", ["Emmanuel Roland"]),
        ("fr", "La Chambre de Commerce et d’Industrie de Paris l’a dit.", []),
        (
            "es",
            "El presidente Pedro Sanz habló con la ministra Ana Ríos.",
            ["Pedro Sanz", "Ana Ríos"],
        ),
        ("it", "Il presidente Sergio Mori ha visto Giulia Neri.", ["Sergio Mori", "Giulia Neri"]),
        ("sv", "Statsminister Ulf Karlsson talade.", ["Ulf Karlsson"]),
        ("tr", "Dışişleri Bakanı Hakan Fidan'ı kabul etti.", ["Hakan Fidan"]),
        ("pl", "Prezydent Andrzej Duda był w Krakowie.", ["Andrzej Duda"]),
    ],
)
def test_people_in_other_languages(lang: str, text: str, names: list[str]) -> None:
    assert people(text, lang=lang) == names
