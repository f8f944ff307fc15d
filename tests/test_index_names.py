"""Names settled by the whole archive: joined, told apart, and the same however it was built."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import NotFoundError, SettingsError
from index.generations import Generations
from index.model import IndexedRelease
from index.names.evidence import evidence_of
from index.names.settle import settle
from index.names.table import NameTable, read_table
from index.prepare import derive
from index.release_json import load_derived, load_release
from index.store import ParsedStore
from index.versions import READER
from search.request import make_request
from tests.conftest import ROOT, SmallArchive
from tests.corpora import read, require_corpus


def values(small: SmallArchive, facet: str = "person") -> dict[str, int]:
    """Values of a facet and their numbers of releases."""
    page = small.service.search(make_request(""))
    return {value.value: value.count for value in page.facets[facet]}


def settled(small: SmallArchive) -> Iterator[IndexedRelease]:
    """The releases as the serving generation has them, with their evidence."""
    generation = Generations(small.settings.data).current()
    table = read_table(generation.folder)
    with ParsedStore(small.settings.data / "parsed.sqlite") as store:
        for path in store.paths():
            row = store._db.execute("select sha256 from parsed where path=?", (path,)).fetchone()
            kept = store.get(path, row[0], READER)
            assert kept
            yield settle(load_derived(load_release(kept.release), kept.derived), table)


def rule_of(small: SmallArchive, path: str, name: str) -> tuple[str, str]:
    """The words of the first mention of a person in a release, and the rule."""
    for indexed in settled(small):
        if indexed.release.path == path:
            mention = next(e for e in indexed.people if e.name == name).mentions[0]
            return indexed.release.text[mention.start : mention.end], mention.rule
    raise AssertionError(path)


def ministers(small: SmallArchive, count: int = 4) -> None:
    for number in range(count):
        small.release(
            f"full{number}.md",
            f"Visit number {number}",
            f"Defense Minister Radomir Kovalenti said visit {number} went well.",
        )


def test_a_titled_surname_joins_who_holds_that_office(small: SmallArchive) -> None:
    ministers(small)
    small.release("bare.md", "A call", "The two talked with Defense Minister Kovalenti today.")
    small.release(
        "other.md", "A match", "The speech of Mayor Kovalenti of the lower town was short."
    )
    small.release("third.md", "A match", "The referee was Judge Kovalenti of the lower court.")
    small.index()
    assert values(small) == {"Radomir Kovalenti": 5, "Kovalenti": 1}
    assert rule_of(small, "bare.md", "Radomir Kovalenti") == (
        "Kovalenti",
        "title; archive: office",
    )


def test_a_person_is_found_without_the_middle_name(small: SmallArchive) -> None:
    small.release(
        "a.md", "Vote", 'Senator Robert T. Oakhurst said: "The dam must be rebuilt soon."'
    )
    small.release("b.md", "Vote", "Senator Thomas Robert voted against the mayor, Anna Oakhurst.")
    small.index()
    assert small.found('person:"Robert Oakhurst"') == ["a.md"]
    assert small.found('said:"Robert Oakhurst" dam') == ["a.md"]
    assert small.found('person:"Oakhurst Robert"') == []


def test_one_release_alone_invents_no_first_name(small: SmallArchive) -> None:
    ministers(small, 1)
    small.release("bare.md", "A call", "The two talked with Defense Minister Kovalenti today.")
    small.index()
    assert values(small) == {"Radomir Kovalenti": 1, "Kovalenti": 1}


def test_two_people_of_one_surname_stay_two(small: SmallArchive) -> None:
    for number in range(4):
        small.release(f"a{number}.md", "Vote", f"Senator Hedda Brandvik voted on bill {number}.")
        small.release(f"b{number}.md", "Vote", f"Senator Jonas Brandvik spoke on bill {number}.")
    small.release("bare.md", "Vote", "Senator Brandvik did not vote.")
    small.index()
    assert values(small) == {"Hedda Brandvik": 4, "Jonas Brandvik": 4, "Brandvik": 1}


def test_forms_of_one_name_become_one(small: SmallArchive) -> None:
    for number in range(3):
        small.release(f"a{number}.md", "Vote", f"Senator Robert T. Oakhurst voted on {number}.")
        small.release(f"b{number}.md", "Vote", f"Sen. Bob Oakhurst spoke on bill {number}.")
    small.release("c.md", "Vote", "Senator Robert Oakhurst was absent, said R. Oakhurst.")
    small.index()
    assert len(values(small)) == 1
    assert sum(values(small).values()) == 7


def test_father_and_son_stay_two(small: SmallArchive) -> None:
    for number in range(3):
        small.release(f"a{number}.md", "Talk", f"President Karl A. Lindqvor spoke at {number}.")
        small.release(f"b{number}.md", "Talk", f"President Karl B. Lindqvor spoke at {number}.")
    small.release("c.md", "Talk", "President Karl Lindqvor spoke.")
    small.index()
    assert values(small) == {"Karl A. Lindqvor": 3, "Karl B. Lindqvor": 3, "Karl Lindqvor": 1}


def test_a_name_in_a_headline_counts_where_the_archive_knows_it(small: SmallArchive) -> None:
    ministers(small)
    small.release("head.md", "Kovalenti Meets Fishermen", "They talked about quotas for an hour.")
    small.release("none.md", "Drought Meets Fishermen", "They talked about quotas for an hour.")
    small.index()
    assert values(small) == {"Radomir Kovalenti": 5}
    assert rule_of(small, "head.md", "Radomir Kovalenti")[1] == "archive: named elsewhere"


def test_a_city_is_in_the_region_that_the_archive_writes(small: SmallArchive) -> None:
    for number in range(4):
        small.release(f"a{number}.md", "Fair", f"The fair {number} is in Portland, Maine, again.")
    small.release("b.md", "Fair", "The fair is in Portland this year.")
    small.index()
    assert values(small, "place")["Portland, Maine"] == 5


FIRST = ["Radomir", "Hedda", "Robert", "Bob", "R.", "Karl A.", "Karl B.", "Karl", "Zelda"]
LAST = ["Kovalenti", "Brandvik", "Oakhurst"]
OFFICE = ["Senator", "President", "Defense Minister", "Mr.", ""]
PLACE = ["Portland, Maine", "Portland", "Springfield, Illinois", "Springfield", "Lincoln"]


def random_release(small: SmallArchive, name: str, rng: random.Random) -> None:
    def person() -> str:
        parts = (rng.choice(OFFICE), rng.choice([*FIRST, ""]), rng.choice(LAST))
        return " ".join(part for part in parts if part)

    body = [f"{person()} met {person()} in {rng.choice(PLACE)} on business {name}."]
    body.append(f"Later {person()} said the talks with {person()} went well.")
    small.release(name, f"{rng.choice(LAST)} Meets Fishermen", *body)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_many_small_runs_give_the_facets_of_one_full_build(
    small: SmallArchive, tmp_path: Path, seed: int
) -> None:
    rng = random.Random(seed)
    for step in range(6):
        for number in rng.sample(range(24), 6):
            path = small.root / f"r{number}.md"
            if path.exists() and rng.random() < 0.4:
                path.unlink()
            else:
                random_release(small, path.name, rng)
        assert small.index().rebuilt == ("" if step else "nothing was indexed yet")
        fresh = SmallArchive(small.root, tmp_path / f"fresh{step}")
        fresh.index()
        request = make_request("")
        one, other = small.service.search(request), fresh.service.search(request)
        assert one.facets == other.facets
        people = {hit.path: (hit.people, hit.places) for hit in one.results}
        assert people == {hit.path: (hit.people, hit.places) for hit in other.results}
        assert _table(small) == _table(fresh)


def _table(small: SmallArchive) -> NameTable:
    return read_table(Generations(small.settings.data).current().folder)


def test_only_what_changes_is_written_again(small: SmallArchive) -> None:
    ministers(small, 3)
    for number in range(30):
        small.release(f"x{number}.md", "Weather", f"Mayor Anna Petrov{number} spoke of rain.")
    small.release("bare.md", "A call", "They talked with Defense Minister Kovalenti today.")
    small.index()
    small.release("new.md", "A talk", "Mayor Ossian Kovalenti spoke of law.")
    assert small.index().renewed == []  # another office: nobody else's values change
    for number in range(4):
        text = f"Defense Minister Ossian Kovalenti spoke {number}."
        small.release(f"y{number}.md", "A talk", text)
    report = small.index()
    assert report.renewed == ["bare.md"]
    assert report.unchanged == 35
    assert values(small)["Kovalenti"] == 1


def test_a_run_that_died_leaves_nothing_undecided(
    small: SmallArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ministers(small, 3)
    small.release("bare.md", "A call", "They talked with Defense Minister Kovalenti today.")
    small.index()
    for number in range(4):
        text = f"Defense Minister Ossian Kovalenti spoke {number}."
        small.release(f"y{number}.md", "A talk", text)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("index.build.publish", die)
        with pytest.raises(KeyboardInterrupt):
            small.index()
    for number in range(4):
        (small.root / f"y{number}.md").unlink()
    small.release("z.md", "A walk", "They talked with Defense Minister Kovalenti again.")
    small.index()
    assert values(small) == {"Radomir Kovalenti": 5}


def test_losing_the_store_costs_time_only(small: SmallArchive) -> None:
    ministers(small)
    small.index()
    (small.settings.data / "parsed.sqlite").unlink()
    small.release("bare.md", "A call", "They talked with Defense Minister Kovalenti today.")
    report = small.index()
    assert values(small) == {"Radomir Kovalenti": 5}
    assert report.unchanged == 4


ALIASES = """
[[person]]
name = "Sergei Shoigu"
variants = ["Шойгу"]
[[person.office]]
title = ["Defense Minister of Russia", "Russian Defense Minister"]
from = 2012-11-06
to = 2024-05-12

[[place]]
name = "Petersburg"
variants = ["Leningrad"]

[ignore]
people = ["Vladimir Putin"]
"""


def with_aliases(small: SmallArchive, text: str) -> None:
    path = small.root.parent / "aliases.toml"
    path.write_text(text, "utf-8")
    small.settings = small.settings.with_overrides(aliases=path)


def test_sochi_names_shoigu_in_full_only_through_the_aliases(small: SmallArchive) -> None:
    sochi = require_corpus("sochi-2019-09-12.txt").read_text("utf-8")
    small.write("sochi.txt", sochi)
    small.index()
    assert values(small) == {"Benjamin Netanyahu": 1, "Vladimir Putin": 1, "Shoigu": 1}
    places = values(small, "place")
    assert {"Leningrad", "Auschwitz", "Sochi", "Israel", "Russia", "Iran"} <= set(places)
    assert "Germany" not in places
    with_aliases(small, ALIASES)
    report = small.index()
    assert (report.rebuilt, report.parsed) == ("the aliases changed", 0)
    assert values(small) == {"Benjamin Netanyahu": 1, "Sergei Shoigu": 1}
    assert "Petersburg" in values(small, "place")
    assert "Leningrad" not in values(small, "place")


def test_aliases_know_when_an_office_was_held(small: SmallArchive) -> None:
    with_aliases(small, ALIASES)
    text = "The Russian Defense Minister arrived. Шойгу did not speak."
    small.release("in.md", "Visit", "The Russian Defense Minister arrived.", date="2019-03-01")
    small.release("out.md", "Visit", "The Russian Defense Minister arrived.", date="2025-03-01")
    small.release("never.md", "Visit", "The Russian Defense Minister arrived.")
    small.release("name.md", "Visit", text, date="2025-03-01")
    small.index()
    assert values(small) == {"Sergei Shoigu": 2}
    assert rule_of(small, "in.md", "Sergei Shoigu") == (
        "Russian Defense Minister",
        "alias: office",
    )


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('[[person]]\nname = "A B"\n[[person]]\nvariants = ["C"]', 3, "needs a name"),
        ('[[person]]\nname = "A B"\nvariant = ["C"]', 1, "unknown entry 'variant'"),
        ('[[person]]\nname = "A B"\nvariants = "C"', 1, "list of texts"),
        ('[[place]]\nname = "A"\n\n[[place]]\nname = "B"\nvariants = ["A"]', 4, "both"),
        ('[[person]]\nname = "A B"\n[[person.office]]\ntitle = "X"\nfrom = "May"', 1, "date"),
        ('[[person]]\nname = "A', 2, "TOML"),
        ("[people]", 1, "unknown entry 'people'"),
    ],
)
def test_errors_of_the_aliases_name_line_and_remedy(
    small: SmallArchive, text: str, line: int, says: str
) -> None:
    with_aliases(small, text)
    with pytest.raises(SettingsError) as caught:
        small.index()
    assert says in str(caught.value)
    assert f"line {line}" in str(caught.value)
    assert "examples/aliases.toml" in caught.value.hint


def test_a_file_of_aliases_that_was_named_must_exist(small: SmallArchive) -> None:
    small.settings = small.settings.with_overrides(aliases=small.root / "none.toml")
    with pytest.raises(SettingsError, match="does not exist"):
        small.index()


def test_evidence_points_at_the_words(small: SmallArchive) -> None:
    ministers(small)
    small.release("head.md", "Kovalenti Meets Fishermen", "They talked in Lisbon for an hour.")
    small.index()
    found = evidence_of(small.settings, "head.md")
    assert [(one.facet, one.name, one.words) for one in found] == [
        ("person", "Radomir Kovalenti", "Kovalenti"),
        ("place", "Lisbon", "Lisbon"),
    ]
    release = small.service.search(make_request("fishermen")).results[0]
    view = small.service.release(release.id)
    for one in found:
        assert one.rule
        passage = next(p for p in view.passages if p.number == one.passage)
        assert passage.text[one.start : one.end] == one.words
    with pytest.raises(NotFoundError):
        evidence_of(small.settings, "none.md")


def test_settling_without_an_archive_changes_nothing() -> None:
    for path in sorted((ROOT / "examples" / "archive").rglob("*.html"))[:20]:
        indexed = derive(read(path.read_bytes(), path.name))
        settled = settle(indexed, NameTable())
        assert [replace(quote, speaker="") for quote in settled.quotes] == [*indexed.quotes]
        assert replace(settled, quotes=indexed.quotes) == indexed


def test_an_initial_before_the_name_someone_is_called_by(small: SmallArchive) -> None:
    for number in range(3):
        small.release(f"a{number}.md", "Relief", f"Director David Brandvik saw town {number}.")
    small.release("b.md", "Relief", "It was said by Director R. David Brandvik of the agency.")
    small.release("c.md", "Relief", "It was said by Director R David Brandvik of the agency.")
    small.index()
    assert values(small) == {"David Brandvik": 5}


def test_a_seldom_short_name_without_an_office_is_the_well_known_one(small: SmallArchive) -> None:
    for number in range(5):
        small.release(f"a{number}.md", "Vote", f"Senator James Brandvik voted on bill {number}.")
    small.release("b.md", "Vote", "It was written by Jim Brandvik, who had said so.")
    small.index()
    assert values(small) == {"James Brandvik": 6}
