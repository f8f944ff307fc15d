"""Plain texts to releases: typed, wrapped, torn, dumped from pages, without punctuation."""

from __future__ import annotations

import pytest

from index.errors import ReadingError
from index.model import BlockKind, Release
from tests.corpora import read

ONE = "The council opened a new library in the old town on Monday after two years of work."
TWO = "It holds forty thousand books, and anyone who lives in the county may borrow them free."
THREE = "The old library closed last year, when its roof was found to be unsafe for visitors."

DUMP = f"""Council opens library in old town - Wendshire Council
Skip to content
Home
Services
Your council
Contact us
You are here:
Home
/
News
/
Council opens library in...
Council opens library in old town
Published
4 March 2021
Image
x
The new reading room. Photo: Tom Pix
{ONE}
{TWO}
“This is a building for everyone,” said Councillor
Jane Orme
, who cut the ribbon. “It stands at 12
th
Street.”
{THREE}
###
Share this page
Facebook
Twitter
Related news
School places announced for September
Bins to be collected on Monday
Newsletter sign-up
Name*
Email*
Accessibility
Site map
© Wendshire Council 2021
"""

LETTER = """March 3, 2019 Contact: Ann Lee
Director of Communications
Office of the Harbour Master
555-214-3756 (office)
ann.lee@harbour.example
For Immediate Release: Harbour Master Closes the Northern Basin to
Ships Over Forty Metres
(Port Aldern) - The harbour master closed the northern basin on Sunday to all
ships over forty metres, because the sea wall was found to be cracked in three
places after the storm of last week.
The basin will stay closed until the wall has been mended, which engineers say
may take until the summer. Smaller boats may still come and go.
- 2 -
“Nobody likes to close a harbour, but safety goes before trade,” said the harbour
master. Ships will be sent to the southern basin, where the water is deep and the
quays are long enough.
###
Harbour House • 1 Quay Road • Port Aldern, NN 12345 • 555/214-3600
"""


def of_kind(release: Release, kind: BlockKind) -> list[str]:
    return [block.text for block in release.blocks if block.kind is kind]


def test_a_dumped_page_keeps_its_release_and_loses_its_furniture() -> None:
    release = read(DUMP, "council/library.txt")
    assert release.title == "Council opens library in old town"
    assert (release.date and release.date.value) == "2021-03-04"
    assert of_kind(release, BlockKind.CAPTION) == ["The new reading room. Photo: Tom Pix"]
    body = of_kind(release, BlockKind.PARAGRAPH)
    assert body == [
        ONE,
        TWO,
        "“This is a building for everyone,” said Councillor Jane Orme, who cut the ribbon. "
        "“It stands at 12th Street.”",
        THREE,
    ]
    assert release.text.count("Council opens library") == 1
    for furniture in ("Skip", "Services", "Share", "School places", "Email", "©", "\nx\n"):
        assert furniture not in release.text


def test_a_wrapped_letter_is_joined_and_its_letterhead_is_contact() -> None:
    release = read(LETTER, "harbour/letter.txt")
    title = "Harbour Master Closes the Northern Basin to Ships Over Forty Metres"
    assert release.title == title
    assert (release.date and release.date.value) == "2019-03-03"
    assert release.dateline == "Port Aldern"
    contacts = of_kind(release, BlockKind.CONTACT)
    assert "ann.lee@harbour.example" in contacts
    assert any("Ann Lee" in text for text in contacts)
    assert any("Quay Road" in text for text in contacts)
    body = of_kind(release, BlockKind.PARAGRAPH)
    assert len(body) == 3
    assert body[0].endswith("in three places after the storm of last week.")
    assert "- 2 -" not in release.text


def test_texts_with_empty_lines_between_paragraphs() -> None:
    release = read(f"Library opens in old town\n\n{ONE}\n{TWO}\n\n\n\n{THREE}\n", "a/b.txt")
    assert release.title == "Library opens in old town"
    assert of_kind(release, BlockKind.PARAGRAPH) == [ONE, TWO, THREE]


def test_a_paragraph_set_off_by_a_source_line_is_the_summary() -> None:
    text = f"Library opens in old town\n\n{ONE}\n\n(Issued by the press office)\n\n{TWO}\n\n{THREE}"
    release = read(text, "a/b.txt")
    assert release.summary == ONE
    assert release.blocks[1].kind is BlockKind.SUMMARY
    assert of_kind(release, BlockKind.BOILERPLATE) == ["(Issued by the press office)"]
    assert release.text.count(ONE) == 1


def test_lists_headings_and_quotations_of_plain_text() -> None:
    quote = "“We waited long for this day, and we are very glad that it has come at last.”"
    text = (
        f"Library opens in old town\n\n{ONE}\n\nOpening hours\n\n{TWO}\n\n{quote}\n\n"
        f"- Monday to Friday\n- Saturday\n\n{THREE}"
    )
    release = read(text, "a/b.txt")
    assert of_kind(release, BlockKind.HEADING) == ["Opening hours"]
    assert of_kind(release, BlockKind.LIST) == ["- Monday to Friday\n- Saturday"]
    assert of_kind(release, BlockKind.QUOTE) == [quote]


def test_standing_text_and_contacts_at_the_end_are_told_apart() -> None:
    text = (
        f"Library opens in old town\n\n{ONE}\n\n{TWO}\n\nAbout the County Library\n\n{THREE}\n\n"
        "Media contact:\n\nAnn Lee\n\n555-214-3756\n\nBy Tom Reed"
    )
    release = read(text, "a/b.txt")
    assert of_kind(release, BlockKind.BOILERPLATE)[:2] == ["About the County Library", THREE]
    assert of_kind(release, BlockKind.CONTACT)[:3] == ["Media contact:", "Ann Lee", "555-214-3756"]
    assert "By Tom Reed" not in of_kind(release, BlockKind.PARAGRAPH)


@pytest.mark.parametrize(
    "line",
    [
        "Photo: GPO/Amos Lee",
        "The minister at the opening. Photo by Ann Lee",
        "Credit: Ann Lee / Harbour Office",
        "Der Minister bei der Eröffnung. Foto: Anna Klein",
        "The library at night (Image: Ann Lee)",
    ],
)
def test_credits_are_captions(line: str) -> None:
    release = read(f"Library opens in old town\n\n{ONE}\n\n{line}\n\n{TWO}\n\n{THREE}", "a/b.txt")
    assert of_kind(release, BlockKind.CAPTION) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "The image of the town has changed since the library was opened, said the mayor of it.",
        "Contact with the contractor was lost for a week, the council said in its statement.",
        "By Monday evening more than two thousand people had come to see the new building.",
        "About forty people work there, and most of them came from the old library in town.",
        "The source of the money is a fund that was set up by the county ten years ago.",
    ],
)
def test_prose_that_begins_like_a_label_is_prose(line: str) -> None:
    release = read(f"Library opens in old town\n\n{ONE}\n\n{line}\n\n{THREE}", "a/b.txt")
    assert of_kind(release, BlockKind.PARAGRAPH) == [ONE, line, THREE]


def test_one_line_without_punctuation_has_a_bounded_title_and_its_paths_date() -> None:
    words = "Senator Reed announced that the town would receive a grant for its library " * 9
    release = read(words, "reed/02Feb2005Reed7.txt")
    assert len(release.title) <= 151
    assert words.startswith(release.title.rstrip("…"))
    assert (release.date and release.date.value) == "2005-02-02"
    assert (release.date and release.date.source) == "path"
    assert words.strip() in release.text


def test_line_breaks_that_became_runs_of_spaces_are_breaks() -> None:
    words = "The town would receive a grant for its library and for its school and its bridge " * 5
    text = f"   Reed Announces Grant for Town Library      March 4  2006      {words}"
    release = read(text, "reed/a.txt")
    assert release.title == "Reed Announces Grant for Town Library"
    assert (release.date and release.date.value) == "2006-03-04"


@pytest.mark.parametrize(
    ("capitals", "title"),
    [
        ("REED SECURES GRANT FOR TOWN LIBRARY Senator", "REED SECURES GRANT FOR TOWN LIBRARY"),
        ("Reed Secures Grant for Town Library WASHINGTON", "Reed Secures Grant for Town Library"),
        ("Reed Secures Grant for Town Library Contact Ann", "Reed Secures Grant for Town Library"),
    ],
)
def test_headlines_run_together_with_their_text_are_told_by_their_letters(
    capitals: str, title: str
) -> None:
    text = capitals + " Reed today said that the grant would be paid to the town " * 8
    assert read(text, "a/b.txt").title == title


@pytest.mark.parametrize("text", ["...\n***\n", "\n \n-\n", "#\n"])
def test_texts_without_a_word_say_so(text: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read(text, "a/b.txt")
    assert caught.value.where == "a/b.txt"
    assert caught.value.hint == "no_text"


def test_a_list_of_names_that_ends_a_release_is_no_menu() -> None:
    names = ["Ann Lee", "Tom Reed", "Jane Orme", "Sam Field", "Dana Cole"]
    text = "\n".join(["Library names its readers of the year", ONE, TWO, *names])
    release = read(text, "a/b.txt")
    assert all(name in release.text for name in names)


def test_other_scripts_keep_their_marks_and_joiners() -> None:
    title = "ජනාධිපති අනුර කුමාර දිසානායක මහතා ශ්‍රී ලංකාව"
    text = f"{title}\n\n{'ශ්‍රී ලංකාවේ ජනාධිපතිවරයා අද ප්‍රකාශයක් නිකුත් කළේය. ' * 3}\n"
    release = read(text, "pmd/si/doc.txt")
    assert release.title == title
    assert release.lang == "si"
    assert "\u200d" in release.text


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Beta bulletin", "CASTEREL, 13 March 2020 - The zebrafish are many.\n\nMore text here."),
        ("Utf16 release", "Paris, 4 May 2021 - zebrafish café"),
    ],
)
def test_a_dateline_is_no_title_when_a_short_line_stands_above(title: str, text: str) -> None:
    release = read(f"{title}\n\n{text}", "a/b.txt")
    assert release.title == title
    assert text.split("\n")[0] in release.text


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Northport harbour opened",
            "Northport harbour opened\n\nFour islands to be served\n\nWork took three years\n\n"
            "The whole cost was 4 million\n",
        ),
        (
            "Harbour Opens",
            "Harbour Opens\nThree boats\nFour crews\nTwo bands\n"
            "The minister and the mayor will attend\n",
        ),
        # A name above is whose the text is.
        (
            "Minister opens harbour in the north",
            "Ministry of Water\nMinister opens harbour in the north\nFour islands served\n",
        ),
        (
            "Minister opens harbour in the north",
            "Press release\nMinister opens harbour in the north\nFour islands served\n",
        ),
    ],
)
def test_short_lines_without_stops_have_their_first_for_the_title(title: str, text: str) -> None:
    release = read(text, "a/b.txt")
    assert release.title == title
    assert text.splitlines()[-1] in release.text


@pytest.mark.parametrize(
    ("opening", "rest", "title", "date", "place"),
    [
        (
            "Berlin, 5. Mai 2017 – Der Verband der Häfen hat heute seinen Bericht vorgelegt. Danach"
            " stieg der Umschlag um vier Prozent.",
            "Die Zahlen seien erfreulich, sagte der Vorsitzende des Verbands am Morgen.",
            "Der Verband der Häfen hat heute seinen Bericht vorgelegt",
            "2017-05-05",
            "Berlin",
        ),
        (
            "Paris, le 4 février 2016 — La ministre a signé aujourd’hui une convention avec les"
            " ports. Elle entre en vigueur en mars.",
            "Les ports saluent cet accord, qui leur donne les moyens de grandir.",
            "La ministre a signé aujourd’hui une convention avec les ports",
            "2016-02-04",
            "Paris",
        ),
        (
            "LISBON, March 3, 2019 - The harbour opened its new quay today. Many came to see it.",
            "It cost ten million and took three years to build.",
            "The harbour opened its new quay today",
            "2019-03-03",
            "Lisbon",
        ),
    ],
)
def test_a_text_without_a_headline_is_called_by_its_first_sentence(
    opening: str, rest: str, title: str, date: str, place: str
) -> None:
    release = read(f"{opening}\n\n{rest}\n", "office/a.txt")
    assert (release.title, release.dateline) == (title, place)
    assert release.date is not None
    assert release.date.value == date
    assert opening in {block.text for block in release.blocks}
