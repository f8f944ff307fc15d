"""What repeats itself in an archive: boilerplate under many releases, and releases issued again."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from index.generations import Generations
from index.model import BlockKind
from index.verify import verify_generation
from search.request import make_request
from tests.conftest import SmallArchive
from web.app import create_app

ABOUT = (
    "The Port Authority of Casterel runs the harbour, its cranes and four ferry lines. Founded by "
    "the merchants of the upper town it belongs to the city since the great flood, keeps the "
    "lights along ninety miles of coast, trains pilots and shipwrights in a school of its own and "
    "lends its quays each summer to the regatta, to which all the islands send their boats, their "
    "cooks and their musicians, and the mainland the rain."
)
WORDS = ("quay", "crane", "ferry", "tide", "pilot", "berth", "cargo", "storm", "light", "rope")


def body(seed: int, sentences: int = 14) -> str:
    """Some hundred words that no other seed has."""
    chance = random.Random(seed)
    return " ".join(
        f"{' '.join(chance.choices(WORDS, k=9)).capitalize()} {chance.randrange(10**6)}."
        for _ in range(sentences)
    )


def kinds(small: SmallArchive, path: str) -> dict[str, BlockKind]:
    """The kind of each passage of a release, by its last paragraph."""
    page = small.service.search(make_request("", per_page=100))
    release = next(hit.id for hit in page.results if hit.path == path)
    return {p.text.split("\n\n")[-1]: p.kind for p in small.service.release(release).passages}


def test_a_passage_of_five_releases_is_boilerplate_as_long_as_there_are_five(
    small: SmallArchive,
) -> None:
    for number in range(4):
        small.release(f"r{number}.md", f"Notice {number} to all ships", body(number), ABOUT)
    small.index()
    assert kinds(small, "r0.md")[ABOUT] is BlockKind.PARAGRAPH
    small.release("r4.md", "Ferries wait for the tide", body(4), ABOUT.upper(), body(40))
    small.index()
    assert kinds(small, "r0.md")[ABOUT] is BlockKind.BOILERPLATE
    assert kinds(small, "r4.md")[ABOUT.upper()] is BlockKind.BOILERPLATE
    others = Counter(kinds(small, "r4.md").values())
    assert others[BlockKind.BOILERPLATE] == 1
    verify_generation(Generations(small.settings.data).current())
    (small.root / "r2.md").unlink()
    small.index()
    assert kinds(small, "r0.md")[ABOUT] is BlockKind.PARAGRAPH


def test_copies_of_a_page_make_no_boilerplate_of_it(small: SmallArchive) -> None:
    for number in range(8):
        # One page under many addresses, each with an advertisement of its own at the foot ...
        small.release(
            f"m{number}/page.md", "Harbour bridge opens to ships", ABOUT, body(number, 4),
            date="2019-03-04",
        )  # fmt: skip
        # ... and the statement of many offices, each under its own title.
        small.release(f"o{number}/joint.md", f"Office {number} speaks up", body(77), body(78))
    small.index()
    assert BlockKind.BOILERPLATE not in kinds(small, "m3/page.md").values()
    assert BlockKind.BOILERPLATE not in kinds(small, "o3/joint.md").values()


def test_copies_of_a_short_release_are_one_result(small: SmallArchive) -> None:
    notice = "The swing bridge at the upper quay is closed to all ships on Friday for repairs."
    for number in range(7):
        small.release(f"a/{number}.md", "Upper bridge closes", notice, date="2019-03-04")
    small.release("a/later.md", "Upper bridge closes", notice, date="2019-03-11")
    small.index()
    assert small.service.search(make_request("swing")).total == 2


def test_short_lines_repeat_without_being_boilerplate(small: SmallArchive) -> None:
    for number in range(6):
        small.release(f"r{number}.md", f"Notice {number}", "## Background of it all", body(number))
    small.index()
    assert BlockKind.BOILERPLATE not in kinds(small, "r0.md").values()


@pytest.fixture
def reissued(small: SmallArchive) -> SmallArchive:
    text = body(1)
    small.release("first.md", "Harbour dues fall in spring", text, date="2021-03-01")
    small.release("other.md", "Harbour dues fall in spring", body(2), date="2021-03-02")
    corrected = text.replace(text.split(". ")[2], "This sentence alone was mended by the office")
    small.release(
        "mended.md", "CORRECTED: Harbour dues fall in spring", corrected, date="2021-03-04"
    )
    small.release("next-year.md", "Harbour dues fall in spring", text, date="2022-03-01")
    small.index()
    return small


def test_the_newest_version_that_matches_stands_for_all(reissued: SmallArchive) -> None:
    page = reissued.service.search(make_request("harbour dues"))
    assert {hit.path for hit in page.results} == {"mended.md", "other.md", "next-year.md"}
    assert page.total == 3
    assert [(v.value, v.count) for v in page.facets["date"]] == [("2022", 1), ("2021", 2)]
    newest = next(hit for hit in page.results if hit.path == "mended.md")
    assert [(v.title, v.date) for v in newest.versions] == [
        ("Harbour dues fall in spring", "2021-03-01")
    ]
    assert [hit.versions for hit in page.results if hit.path != "mended.md"] == [(), ()]


def test_an_older_version_is_found_by_what_it_alone_says(reissued: SmallArchive) -> None:
    lost = body(1).split(". ")[2]
    assert reissued.found(f'"{lost}"') == ["next-year.md", "first.md"]
    assert reissued.found("dues", date_to="2021-03-03", date_from="2021") == [
        "other.md",
        "first.md",
    ]


def test_the_first_use_of_words_is_told_though_a_later_version_stands_for_it(
    reissued: SmallArchive,
) -> None:
    quote = reissued.service.check_quote(body(1).split(". ")[0]).parts[0]
    assert quote.releases == 3
    assert quote.first
    assert quote.latest
    assert (quote.first.date, quote.latest.date) == ("2021-03-01", "2022-03-01")
    series = reissued.service.wording([body(1).split(". ")[0]]).series[0]
    assert series.first
    assert series.first.date == "2021-03-01"
    assert series.total == 2  # as the search that it leads to
    assert series.counts == (1, 1)


def test_an_opened_release_has_the_versions_of_the_search_and_tells_others_of_its_text(
    reissued: SmallArchive,
) -> None:
    said = "Pelicans, walruses, dolphins, herons and puffins may enter by the northern gate. "
    for path, day in (("north/a.md", "01-05"), ("north/b.md", "01-09"), ("south/c.md", "01-07")):
        text = f"{said * 8} On day {day} all of it begins."
        reissued.release(path, f"Rules of {day}", text, date=f"2021-{day}")
    reissued.index()
    (newest,) = (r for r in reissued.service.listing().results if r.path == "north/b.md")
    similar = reissued.service.similar(newest.id)
    assert [one.path for one in similar.versions] == ["north/a.md"]
    assert [one.path for one in similar.shared] == ["south/c.md"]
    text = create_app(reissued.settings).test_client().get(f"/releases/{newest.id}").text
    assert "A later version" not in text
    assert "Much of the same text" in text


def test_versions_come_and_go_with_their_files(reissued: SmallArchive) -> None:
    (reissued.root / "mended.md").unlink()
    reissued.index()
    page = reissued.service.search(make_request("harbour dues"))
    assert page.total == 3
    assert not any(hit.versions for hit in page.results)


@pytest.mark.parametrize(
    ("title", "versions"),
    [
        ("Grant of 200 crowns for the port of Aber", 0),
        ("Grant of 300 crowns to the port of Bree", 0),
        ("Grant of 300 crowns for the port of Aber announced", 1),
    ],
)
def test_the_same_words_under_another_title(small: SmallArchive, title: str, versions: int) -> None:
    """Offices announce the same thing for one town after another."""
    text = body(1, 40)
    small.release("a.md", "Grant of 300 crowns for the port of Aber", text, date="2021-03-01")
    small.release("b.md", title, text, date="2021-03-01")
    small.index()
    assert small.service.search(make_request("grant")).total == 2 - versions


def test_one_town_after_another_gets_its_own_release(small: SmallArchive) -> None:
    for town in ("Aber", "Bree", "Carn"):
        text = f"{body(1, 40)} The money goes to {town} next week."
        small.release(f"{town}.md", f"{town} receives a grant of the sea fund", text)
    small.index()
    assert small.service.search(make_request("grant")).total == 3


def test_a_letter_given_out_with_other_names_again_and_again_is_no_correction(
    small: SmallArchive,
) -> None:
    for number in range(8):
        text = f"{body(1, 40)} The money goes to port {'abcdefgh'[number]} next week."
        small.release(f"r{number}.md", "Grant of the sea fund", text, date="2021-03-01")
    small.release("again.md", "Grant of the sea fund", text, date="2021-03-02")
    small.index()
    page = small.service.search(make_request("grant"))
    assert page.total == 8
    assert [len(hit.versions) for hit in page.results if hit.path == "again.md"] == [1]


def test_versions_do_not_chain_beyond_a_month(small: SmallArchive) -> None:
    days = ("2021-01-01", "2021-01-25", "2021-02-20", "2021-03-16")
    for number, day in enumerate(days):
        small.release(f"r{number}.md", "Water levels of the harbour", body(1), date=day)
    small.index()
    assert small.found("harbour", sort="newest") == ["r3.md", "r1.md"]


def test_of_many_releases_of_one_title_each_meets_those_of_its_time(small: SmallArchive) -> None:
    for number in range(30):
        day = f"2021-{number // 3 + 1:02d}-{number % 3 * 9 + 1:02d}"
        small.release(f"r{number:02}.md", "Water levels of the harbour", body(number), date=day)
    small.release("late.md", "Water levels of the harbour", body(29), date="2021-10-24")
    small.index()
    newest = small.service.search(make_request("harbour", sort="newest"))
    assert newest.total == 30
    assert [version.date for version in newest.results[0].versions] == ["2021-10-19"]


def test_the_same_release_of_two_offices_stays_two(small: SmallArchive) -> None:
    for office in ("north", "south"):
        small.release(f"{office}/a.md", "Harbour dues fall in spring", body(1), date="2021-03-01")
    small.index()
    assert small.service.search(make_request("harbour dues")).total == 2


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_of_versions_of_one_day_the_same_stands_for_both_in_whatever_order_they_came(
    small: SmallArchive, order: str
) -> None:
    for name in order:
        small.release(f"{name}.md", "Harbour dues fall in spring", body(1), date="2021-03-01")
        small.index()
    by_id = sorted(small.service.listing().results, key=lambda release: release.id)
    assert small.found("harbour") == [by_id[0].path]
    small.index(full=True)
    assert small.found("harbour") == [by_id[0].path]


def test_the_page_of_results_leads_to_the_other_versions(reissued: SmallArchive) -> None:
    client = create_app(reissued.settings).test_client()
    first = reissued.found("dues", date_to="2021-03-01", date_from="2021-03-01")
    assert first == ["first.md"]
    found = client.get("/search.json?q=harbour+dues").json["results"]
    older = next(hit for hit in found if hit["path"] == "mended.md")["versions"]
    page = client.get("/search?q=harbour+dues").text
    assert f"/releases/{older[0]['id']}?" in page
    listed = client.get(f"/releases/{older[0]['id']}").text
    assert "CORRECTED: Harbour dues fall in spring" in listed
