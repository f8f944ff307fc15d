"""Dates and datelines as they are written in many languages, and the choice between them."""

from __future__ import annotations

import pytest

from tests.corpora import read

TEXT = "The ministry opened a new harbour in the north of the country, and it serves four islands."
TEXTS = {
    "en": TEXT,
    "de": "Das Ministerium hat einen neuen Hafen im Norden des Landes eröffnet für vier Inseln.",
    "fr": "Le ministère a ouvert un nouveau port dans le nord du pays, qui dessert quatre îles.",
    "es": "El ministerio inauguró un nuevo puerto en el norte del país, que sirve a cuatro islas.",
    "it": (
        "Il ministero ha aperto un nuovo porto nel nord del paese, che serve quattro isole vicine."
    ),
    "pt": "O ministério abriu um novo porto no norte do país, que serve quatro ilhas da região.",
    "nl": (
        "Het ministerie heeft een nieuwe haven in het "
        "noorden van het land geopend voor de eilanden."
    ),
    "pl": (
        "Ministerstwo otworzyło nowy port na północy "
        "kraju, który obsługuje cztery wyspy w regionie."
    ),
    "ru": "Министерство открыло новый порт на севере страны, который обслуживает четыре острова.",
    "uk": "Міністерство відкрило новий порт на півночі країни, який обслуговує чотири острови.",
    "he": "המשרד פתח נמל חדש בצפון המדינה, והוא ישרת ארבעה איים בשנים הקרובות של הפעילות.",
    "ar": "افتتحت الوزارة ميناء جديدا في شمال البلاد، وهو يخدم أربع جزر في المنطقة كلها اليوم.",
    "si": "අමාත්‍යාංශය රටේ උතුරු ප්‍රදේශයේ නව වරායක් විවෘත කළ අතර එය දූපත් හතරකට සේවය කරයි.",
    "ta": ("அமைச்சகம் நாட்டின் வடக்கில் ஒரு புதிய துறைமுகத்தைத் திறந்தது, அது நான்கு தீவுகளுக்கு உதவும்."),
    "tr": "Bakanlık ülkenin kuzeyinde dört adaya hizmet verecek yeni bir liman açtı ve duyurdu.",
    "ja": "同省は国の北部に新しい港を開港し、四つの島に役立つと発表した。工事には三年かかった。",
}


def date_of(line: str, lang: str = "en", path: str = "a/b.html", head: str = "") -> str:
    page = f"<html lang='{lang}'><head>{head}</head><body><main><h1>{TEXTS[lang[:2]][:40]}</h1>"
    release = read(f"{page}<p>{line}</p><p>{TEXTS[lang[:2]]}</p></main></body></html>", path)
    return release.date.value if release.date else ""


@pytest.mark.parametrize(
    ("line", "lang"),
    [
        ("12 September 2019", "en"),
        ("September 12, 2019", "en"),
        ("Sept. 12, 2019", "en"),
        ("Thursday, 12th of September 2019", "en"),
        ("September12, 2019", "en"),
        ("12-Sep-2019", "en"),
        ("2019-09-12", "en"),
        ("2019-09-12T23:30:00+02:00", "en"),
        ("Published: 12 September 2019 at 10:30 am", "en"),
        ("12. September 2019", "de"),
        ("12. Sept. 2019", "de"),
        ("12.09.2019", "de"),
        ("12.9.2019", "de"),
        ("12 septembre 2019", "fr"),
        ("12/09/2019", "fr"),
        ("12 de septiembre de 2019", "es"),
        ("12 settembre 2019", "it"),
        ("12 de setembro de 2019", "pt"),
        ("12 september 2019", "nl"),
        ("12 września 2019 r.", "pl"),
        ("12 сентября 2019 года", "ru"),
        ("12 вересня 2019", "uk"),
        ("12 בספטמבר 2019", "he"),
        ("12.9.2019", "he"),
        ("12 سبتمبر 2019", "ar"),
        ("١٢ سبتمبر ٢٠١٩", "ar"),
        ("12 أيلول 2019", "ar"),
        ("2019 සැප්තැම්බර් 12", "si"),
        ("12 செப்டம்பர் 2019", "ta"),
        ("12 Eylül 2019", "tr"),
        ("2019年9月12日", "ja"),
    ],
)
def test_one_day_in_many_spellings(line: str, lang: str) -> None:
    assert date_of(line, lang) == "2019-09-12"


@pytest.mark.parametrize(
    ("line", "lang", "head", "expected"),
    [
        ("12/09/2019", "en-US", "", "2019-12-09"),
        ("12/09/2019", "en-GB", "", "2019-09-12"),
        ("25/09/2019", "en", "", "2019-09-25"),
        ("09/25/2019", "en", "", "2019-09-25"),
        ("12/09/2019", "en", '<link rel="canonical" href="https://a.gov/b">', "2019-12-09"),
        ("12/09/2019", "en", '<link rel="canonical" href="https://a.gov.uk/b">', "2019-09-12"),
        ("12/09/2019", "en", '<meta name="dc.date" content="2019-09-12">', "2019-09-12"),
        # Nothing tells day from month here: the year is what is known.
        ("12/09/2019", "en", "", "2019"),
        ("09/09/2019", "en", "", "2019-09-09"),
    ],
)
def test_numbers_are_read_by_the_customs_of_the_place(
    line: str, lang: str, head: str, expected: str
) -> None:
    assert date_of(line, lang, head=head) == expected


@pytest.mark.parametrize(
    "line",
    [
        "29 February 2019",
        "32 January 2019",
        "12 September 1819",
        "12 September 2119",
        "13/13/2019",
        "Tel. 202-555-2019",
        "Case 2019/12",
        "Smarch 12, 2019",
        "The harbour served 12 May 2019 times as many",
    ],
)
def test_what_is_no_date_gives_none(line: str) -> None:
    assert date_of(line) == ""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("wire/2019/0912/a.html", "2019-09-12"),
        ("wire/2019/09/12/a.html", "2019-09-12"),
        ("x/2019-09-12-harbour.html", "2019-09-12"),
        ("x/20190912_harbour.html", "2019-09-12"),
        ("x/2019_09_12_harbour.html", "2019-09-12"),
        ("Reed/12Sep2019Reed4.html", "2019-09-12"),
        ("x/harbour-september-12-2019.html", "2019-09-12"),
        ("x/2019/09/harbour.html", "2019-09"),
        ("2019/harbour.html", "2019"),
        ("x/20191399.html", ""),
        ("x/harbour-1234567.html", ""),
        ("room-2019b/harbour.html", ""),
    ],
)
def test_a_path_is_the_last_resort(path: str, expected: str) -> None:
    assert date_of("", path=path) == expected
    assert date_of("3 May 2018", path=path) == "2018-05-03"


@pytest.mark.parametrize(
    ("opening", "place", "date"),
    [
        ("SOCHI, Sept. 12, 2019 –", "Sochi", "2019-09-12"),
        ("WASHINGTON –", "Washington", ""),
        ("WASHINGTON, D.C. —", "Washington, D.C.", ""),
        ("PHOENIX, AZ, June 18, 2025 /24-Wire/ --", "Phoenix, AZ", "2025-06-18"),
        ("FISHERS, INDIANA - July 10, 2025 (NEWSWIRE) -", "Fishers, Indiana", "2025-07-10"),
        ("(NEW YORK, NY - March 3, 2021)", "New York, NY", "2021-03-03"),
        ("(Dallas, Texas) –", "Dallas, Texas", ""),
        ("NEW YORK--(BUSINESS NEWS)--", "New York", ""),
        ("St. Petersburg, Fla. (Sept. 3, 2020) —", "St. Petersburg, Fla.", "2020-09-03"),
        ("LONDON, 12 May 2020:", "London", "2020-05-12"),
        ("(Newswire) - April 8, 2025 - CHARLOTTE —", "Charlotte", "2025-04-08"),
        ("The mayor, this evening (Thursday, 12 September 2019), in Sochi,", "Sochi", "2019-09-12"),
        ("The harbour – the oldest in the country –", "", ""),
        ("Defendant Smith – a resident of the town –", "", ""),
        ("Monday - ", "", ""),
        ("Photo –", "", ""),
    ],
)
def test_datelines(opening: str, place: str, date: str) -> None:
    text = f"A new harbour for the northern islands\n\n{opening} {TEXT}\n\n{TEXT}"
    release = read(text, "a/b.txt")
    assert release.dateline == place
    assert (release.date.value if release.date else "") == date


@pytest.mark.parametrize("lang", sorted(TEXTS))
def test_the_language_is_told_from_the_text_whatever_is_declared(lang: str) -> None:
    text = "\n\n".join([TEXTS[lang]] * 3)
    assert read(text, "a/b.txt").lang == lang
    wrong = "de" if lang != "de" else "en"
    assert read(text, "a/b.txt", f'{{"lang": "{wrong}"}}').lang == lang


def test_short_texts_believe_what_is_declared() -> None:
    assert read("Merci beaucoup", "a/b.txt", '{"lang": "fr_CA"}').lang == "fr"
    assert read("Merci beaucoup", "a/b.txt").lang == ""
