"""``said:``: what it asks for, what it finds, and what its pages and data show."""

from __future__ import annotations

import pytest

from index.errors import NotFoundError
from search.describe import describe
from search.parser import parse_query
from search.query import FacetIs, Fuzzy, Near, Not, Or, Pattern, Phrase, Query, Said, Word
from search.request import make_request
from search.ways_out import Kind
from tests.conftest import SmallArchive

NETANYAHU, PUTIN = ("Netanyahu", ("netanyahu",)), ("Putin", ("putin",))


def one(speaker: tuple[str, tuple[str, ...]], leaf: Word | Phrase | Near | None = None) -> Said:
    return Said(*speaker, leaf)


def word(text: str, field: str = "") -> Word:
    return Word(text, (text.lower(),), "", field)


def flat(query: Query) -> list[Query]:
    return list(getattr(query, "children", (query,)))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("said:Putin", [one(PUTIN)]),
        ("said:Putin syria", [one(PUTIN, word("syria"))]),
        ("syria said:Putin", [one(PUTIN, word("syria"))]),
        ("said:Putin(syria) talks", [one(PUTIN, word("syria")), word("talks")]),
        ('said:Putin "in syria"', [one(PUTIN, Phrase("in syria", ("in", "syria")))]),
        (
            "said:Putin syria said:Netanyahu iran",
            [one(PUTIN, word("syria")), one(NETANYAHU, word("iran"))],
        ),
        ("said:Putin -syria", [one(PUTIN), Not(word("syria"))]),
        ("said:Putin title:talks", [one(PUTIN), word("talks", "title")]),
        ("said:Putin person:Lavrov", [one(PUTIN), FacetIs("person", "Lavrov", ("lavrov",))]),
        ("said:Putin the syria talks", [one(PUTIN, word("syria")), one(PUTIN, word("talks"))]),
        (
            "said:(Putin OR Netanyahu) syria",
            [one(PUTIN, word("syria")), one(NETANYAHU, word("syria"))],
        ),
        (
            "said:Putin (syria OR iran)",
            [one(PUTIN, word("syria")), one(PUTIN, word("iran"))],
        ),
        (
            "said:Putin war /s peace",
            [one(PUTIN, Near("war /s peace", word("war"), word("peace"), 0, sentence=True))],
        ),
        ("said:Putin pens*", [Said(*PUTIN, Pattern("pens*", "pens*"))]),
        ("said:Putin pensoins~", [Said(*PUTIN, Fuzzy("pensoins", "pensoins"))]),
    ],
)
def test_words_beside_a_speaker_are_theirs(text: str, parts: list[Query]) -> None:
    parsed = parse_query(text)
    assert parsed.warnings == ()
    assert flat(parsed.query) == parts
    again = parse_query(describe(parsed.query))
    assert again.query == parsed.query
    assert again.warnings == ()


def test_alternatives_of_speakers_stay_alternatives() -> None:
    assert isinstance(parse_query("said:(Putin OR Netanyahu) syria").query, Or)


@pytest.fixture
def talks(small: SmallArchive) -> SmallArchive:
    small.release(
        "talks.md",
        "Benjamin Netanyahu meets Vladimir Putin",
        "“We must keep our security coordination,” said Prime Minister Benjamin Netanyahu. “It"
        " prevents accidents.”\n\nPresident Vladimir Putin said: “I am glad. We fight terrorism.”",
        date="2019-09-12",
    )
    small.release(
        "later.md",
        "Benjamin Netanyahu goes home",
        "The security coordination was discussed. “I will go home now,” Benjamin Netanyahu said."
        "\n\nThe budget grew. The deficit fell, he was told.",
        date="2019-10-01",
    )
    small.index()
    return small


def test_only_what_somebody_says_is_found(talks: SmallArchive) -> None:
    found = talks.found
    assert found("said:netanyahu") == ["later.md", "talks.md"]
    assert found("said:netanyahu security") == ["talks.md"]
    assert found('said:"Benjamin Netanyahu" "security coordination"') == ["talks.md"]
    assert found("said:netanyahu keeping") == ["talks.md"]  # in any inflection
    assert found("said:netanyahu discussed") == []
    assert found("said:netanyahu terrorism") == []
    assert found("said:putin terrorism") == ["talks.md"]
    assert found('said:netanyahu "coordination it"') == []  # two quotations, not one
    assert found("said:netanyahu terror*") == []
    assert found("said:netanyahu acc*") == ["talks.md"]
    assert found("said:netanyahu we /s coordination") == ["talks.md"]
    assert found("said:(putin OR netanyahu) home") == ["later.md"]
    assert set(found("security said:putin OR said:netanyahu(home)")) == {"later.md"}
    page = talks.service.search(make_request("said:netanyahu"))
    assert {v.value: v.count for v in page.facets["date"]}["2019"] == page.total == 2


def same_sentence(talks: SmallArchive) -> None:
    assert talks.found("budget /s grew") == ["later.md"]
    assert talks.found("budget /s deficit") == []
    assert talks.found('"the deficit" /s told') == ["later.md"]


def the_quotation_is_what_is_shown(talks: SmallArchive) -> None:
    (hit,) = talks.service.search(make_request("said:putin terrorism")).results
    shown = hit.passages[0]
    assert shown.html == "“I am glad. We fight <mark>terrorism</mark>.”"
    assert (shown.speaker, bool(shown.rule)) == ("Vladimir Putin", True)
    (hit,) = talks.service.search(make_request("said:putin")).results
    assert [shown.html for shown in hit.passages] == ["“I am glad. We fight terrorism.”"]
    (hit,) = talks.service.search(make_request("said:netanyahu(coordination) putin")).results
    assert "<mark>Putin</mark>" in hit.title_html  # words about the release are marked anywhere
    assert hit.passages[0].speaker == ""


def words_are_marked_where_they_are_said(talks: SmallArchive) -> None:
    (hit,) = talks.service.search(make_request("said:netanyahu home")).results
    assert "<mark>" not in hit.title_html  # the headline says "home" too, of him
    assert hit.passages[0].html == "“I will go <mark>home</mark> now,”"
    view = talks.service.release(hit.id, "said:netanyahu home")
    assert [passage.html.count("<mark>") for passage in view.passages if passage.marked] == [1]
    assert "<mark>" not in view.title_html
    (hit,) = talks.service.search(make_request("said:netanyahu title:home")).results
    assert "<mark>home</mark>" in hit.title_html


def nothing_said_has_a_way_out(talks: SmallArchive) -> None:
    page = talks.service.search(make_request("said:netanyahu budget"))
    assert page.total == 0
    ways = talks.service.ways_out(page)
    alone = {way.said: way.total for way in ways if way.kind is Kind.ALONE}
    assert alone == {"said:netanyahu": 2, "budget": 1}
    (named,) = [way for way in ways if way.kind is Kind.ANYWHERE]
    assert named.request.text == "budget person:netanyahu"
    assert [hit.path for hit in talks.service.search(named.request).results] == ["later.md"]


_UNKNOWN = [
    ("said:Merkel peace", 5, "names nobody “Merkel”"),
    ("budget said:Nobody", 12, "names nobody “Nobody”"),
]


def unknown(talks: SmallArchive, text: str, position: int, words: str) -> None:
    page = talks.service.search(make_request(text))
    assert page.total == 0
    (warning,) = page.query.warnings
    assert warning.position == position
    assert words in warning.message


def what_a_person_said_newest_first(talks: SmallArchive) -> None:
    page = talks.service.said("Benjamin Netanyahu")
    assert [one.title for one in page.releases] == [
        "Benjamin Netanyahu goes home",
        "Benjamin Netanyahu meets Vladimir Putin",
    ]
    assert [quote.text for quote in page.releases[1].quotes] == [
        "“We must keep our security coordination,”",
        "“It prevents accidents.”",
    ]
    assert (page.total, page.last) == (2, 1)
    assert talks.service.said("Nobody At All").total == 0
    with pytest.raises(NotFoundError):
        talks.service.release("nothing")


def quotations_of_a_release(talks: SmallArchive) -> None:
    (hit,) = talks.service.search(make_request("said:putin")).results
    view = talks.service.release(hit.id)
    texts = {passage.number: passage.text for passage in view.passages}
    assert [quote.speaker for quote in view.quotes] == ["Benjamin Netanyahu"] * 2 + [
        "Vladimir Putin"
    ]
    for quote in view.quotes:
        assert texts[quote.number][quote.start : quote.end] == quote.text
        assert quote.rule


def test_the_pages_of_an_archive_and_its_warnings(talks: SmallArchive) -> None:
    same_sentence(talks)
    the_quotation_is_what_is_shown(talks)
    words_are_marked_where_they_are_said(talks)
    nothing_said_has_a_way_out(talks)
    for case in _UNKNOWN:
        unknown(talks, *case)
    what_a_person_said_newest_first(talks)
    quotations_of_a_release(talks)


def test_who_speaks_is_found_in_every_language(small: SmallArchive) -> None:
    """An archive in six languages, through the search alone."""
    small.release(
        "fr.md",
        "La France et l'Union",
        "« Nous irons plus loin avec nos partenaires », a indiqué Emmanuel Macron, président de la"
        " République. « Le moment est venu. »\n\nSelon Emmanuel Macron, « la France est prête »."
        " Il a ajouté que les travaux commenceront au printemps prochain dans tout le pays.",
    )
    small.release(
        "de.md",
        "Der Bund und die Länder",
        "„Das ist ein guter Tag“, so Olaf Scholz. Die Länder hatten lange darauf gewartet, sagte er"
        " den Zeitungen.\n\nOlaf Scholz zufolge „geht es jetzt um die Menschen im Land“.",
    )
    small.release(
        "es.md",
        "El Gobierno aprueba el plan",
        "El presidente Pedro Sánchez presentó el plan en Madrid. «Es una oportunidad para todos»,"
        " dijo. Y añadió: «Vamos a trabajar con las comunidades».",
    )
    small.release(
        "he.md",
        "ישיבת הממשלה השבועית",
        'ראש הממשלה בנימין נתניהו פתח את ישיבת הממשלה ואמר: "אנחנו ממשיכים לפעול בכל הגזרות."'
        '\n\nשר החינוך, נפתלי בנט, אמר כי "מערכת החינוך תמשיך לצמוח השנה".'
        '\n\nראש הממשלה הוסיף: "לא נסבול תוקפנות נגד אזרחי ישראל."',
    )
    small.release(
        "ar.md",
        "اجتماع القاهرة حول السلام",
        'قال وزير الخارجية سامح شكري إن "الحوار هو الطريق الوحيد للسلام في المنطقة". وأضاف:'
        ' "سنواصل العمل مع الشركاء في كل مكان". وكان الاجتماع قد عقد في القاهرة.',
    )
    small.index()
    spoken = {
        "said:Macron partenaires": ["fr.md"],
        "said:Macron prête": ["fr.md"],
        "said:Macron printemps": [],  # told of him, not quoted
        "said:Scholz Menschen": ["de.md"],
        "said:Scholz Zeitungen": [],
        "said:Sánchez oportunidad": ["es.md"],
        "said:Sánchez comunidades": ["es.md"],
        "said:נתניהו הגזרות": ["he.md"],
        "said:נתניהו תוקפנות": ["he.md"],
        "said:נתניהו החינוך": [],
        "said:בנט החינוך": ["he.md"],
        "said:شكري الحوار": ["ar.md"],
        "said:شكري الشركاء": ["ar.md"],
    }
    assert {text: small.found(text) for text in spoken} == spoken
