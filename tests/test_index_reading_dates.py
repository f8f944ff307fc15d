"""Dates and datelines as they are written in many languages, and the choice between them."""

from __future__ import annotations

import pytest

from index.reading.dateline import find_dateline
from index.reading.dates import find_dates
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


@pytest.mark.parametrize(
    ("opening", "lang", "place", "date"),
    [
        ("Frankfurt am Main, den 12. September 2019.", "de", "Frankfurt am Main", "2019-09-12"),
        ("Paris, le jeudi 12 septembre 2019 -", "fr", "Paris", "2019-09-12"),
        ("À Paris, le 12 septembre 2019 -", "fr", "Paris", "2019-09-12"),
        ("Madrid, 12 de septiembre de 2019.-", "es", "Madrid", "2019-09-12"),
        ("Brasília (DF), 12 de setembro de 2019 –", "pt", "Brasília", "2019-09-12"),
        ("Roma, 12 set. (ANSA) -", "it", "Roma", ""),
        ("(ANSA) - ROMA, 12 SET -", "it", "Roma", ""),
        ("МОСКВА, 12 сентября. /ТАСС/.", "ru", "Москва", ""),
        ("МОСКВА, 12 сен — РИА Новости.", "ru", "Москва", ""),
        ("г. Москва, 12 сентября 2019 года.", "ru", "Москва", "2019-09-12"),
        ("м. Київ, 12 вересня 2019 року –", "uk", "Київ", "2019-09-12"),
        ("Warszawa, 12 września 2019 r.", "pl", "Warszawa", "2019-09-12"),
        ("Warszawa, dnia 12 września 2019 roku –", "pl", "Warszawa", "2019-09-12"),
        ("Praha, dne 12. září 2019 –", "cs", "Praha", "2019-09-12"),
        ("Београд, 12. септембра 2019. –", "sr", "Београд", "2019-09-12"),
        ("القاهرة في 12 سبتمبر 2019 -", "ar", "القاهرة", "2019-09-12"),
        ("دبي، الإمارات العربية المتحدة، 12 سبتمبر 2019:", "ar", "دبي", "2019-09-12"),
        ("ירושלים, יום חמישי, 12 בספטמבר 2019 -", "he", "ירושלים", "2019-09-12"),
        ("新华社北京9月12日电", "zh", "北京", ""),
        ("中新网上海2019年9月12日电", "zh", "上海", "2019-09-12"),
        ("（中央社台北12日電）", "zh", "台北", ""),
        ("中国北京，2019年9月12日 —", "zh", "北京", "2019-09-12"),
        ("【東京、2019年9月12日】", "ja", "東京", "2019-09-12"),
        ("(東京 12日)", "ja", "東京", ""),
        ("【ワシントン共同】", "ja", "ワシントン", ""),
        ("서울, 2019년 9월 12일 –", "ko", "서울", "2019-09-12"),
        # What opens like one and is none.
        ("Berlin, am 12. September 2019 wurde hier gebaut, und", "de", "", ""),
        ("Warszawa, 12 września 2019 r. odbyło się", "pl", "", ""),
        ("【重要】", "ja", "", ""),
        ("（中央社記者王明台北12日電）", "zh", "", ""),
    ],
)
def test_datelines_by_the_conventions_of_the_press(
    opening: str, lang: str, place: str, date: str
) -> None:
    found = find_dateline(f"{opening} Xabc abc abc abc abc abc abc abc abc abc abc.", lang)
    assert (found.place.split("،")[0] if found else "") == place
    dates = find_dates(found.date, lang) if found and found.date else []
    assert [one.values[0] for one in dates] == ([date] if date else [])


@pytest.mark.parametrize(
    ("text", "lang", "value"),
    [
        ("12. маја 2019", "sr", "2019-05-12"),
        ("12. septembra 2019", "bs", "2019-09-12"),
        ("12 травня 2019", "uk", "2019-05-12"),
        ("w lipcu 2019", "pl", "2019-07"),
        ("в сентябре 2019 года", "ru", "2019-09"),
        ("у вересні 2019 року", "uk", "2019-09"),
        ("v květnu 2019", "cs", "2019-05"),
        ("v septembri 2019", "sk", "2019-09"),
        ("u svibnju 2019", "hr", "2019-05"),
        ("2019. gada 12. septembris", "lv", "2019-09-12"),
        ("2019. gada 12. septembrī", "lv", "2019-09-12"),
    ],
)
def test_months_in_the_cases_of_their_languages(text: str, lang: str, value: str) -> None:
    assert [one.values for one in find_dates(text, lang)] == [(value,)]


@pytest.mark.parametrize("line", ["Concerts in July 2019", "Koncerty w lipcu 2019"])
def test_the_month_of_an_event_is_not_that_of_the_release(line: str) -> None:
    assert date_of(line, "pl" if "w " in line else "en") == ""


@pytest.mark.parametrize(
    ("line", "lang"),
    [
        ("EMBARGOED UNTIL 00:01 12 September 2019", "en"),
        ("Strictly embargoed: not for publication before 12 September 2019", "en"),
        ("Under embargo until 9 am, Thursday 12 September 2019", "en"),
        ("Hold for release until 12 September 2019", "en"),
        ("Sperrfrist: 12. September 2019, 10 Uhr", "de"),
        ("Sous embargo jusqu'au 12 septembre 2019", "fr"),
        ("Embargado hasta el 12 de septiembre de 2019", "es"),
        ("Sob embargo até 12 de setembro de 2019", "pt"),
        ("Эмбарго до 12 сентября 2019 года", "ru"),
    ],
)
def test_an_embargo_gives_the_date_only_where_nothing_else_does(line: str, lang: str) -> None:
    assert date_of(line, lang) == "2019-09-12"
    assert date_of(f"{line}</p><p>2019-09-10", lang) == "2019-09-10"
    title, text = " ".join(TEXTS[lang].split()[2:8]), TEXTS[lang]
    release = read(f"{line}\n\n{title}\n\n{text}\n", "a/b.txt")
    assert release.title == title
    assert (release.date and release.date.value) == "2019-09-12"
    dated = read(f"{line}\n\n2019-09-10\n\n{title}\n\n{text}\n", "a/b.txt")
    assert (dated.date and dated.date.value) == "2019-09-10"


@pytest.mark.parametrize(
    "lines",
    [
        "When: 3 October 2019, 10 am",
        "Wann: 3. October 2019",
        "Date: 3 October 2019</p><p>Where: Town Hall",
        "3 October 2019</p><p>Time: 10 am",
    ],
)
def test_the_day_of_an_event_is_not_that_of_the_release(lines: str) -> None:
    assert date_of(lines) == ""
    assert date_of(f"{lines}</p><p>12 September 2019") == "2019-09-12"


def test_a_headline_on_an_embargo_stays_a_headline() -> None:
    title = "Embargo on 12 arms exporters lifted"
    assert read(f"{title}\n\n{TEXT}\n", "a/b.txt").title == title
