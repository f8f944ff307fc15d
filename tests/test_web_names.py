"""The pages of people: other ways of writing a name, and what they said, page by page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.conftest import SmallArchive
from web.app import create_app


@pytest.fixture
def pages(small: SmallArchive, tmp_path: Path) -> FlaskClient:
    """A person quoted in eleven releases, which are two pages; also written in another way."""
    aliases = tmp_path / "names.toml"
    aliases.write_text(
        '[[person]]\nname = "Benjamin Netanyahu"\nvariants = ["Bibi Netanyahu"]\n', "utf-8"
    )
    small.settings = replace(small.settings, aliases=aliases)
    for day in range(1, 12):
        name = "Bibi" if day % 2 else "Benjamin"
        text = f"“This is saying number {day} of many,” said Prime Minister {name} Netanyahu."
        small.release(f"{day}.md", f"What was said, part {day}", text, date=f"2019-09-{day:02}")
    small.index()
    return create_app(small.settings).test_client()


def test_what_a_person_said_is_paged_and_found_under_every_name(pages: FlaskClient) -> None:
    person = "/people/Benjamin%20Netanyahu"
    first, second, beyond = (pages.get(f"{person}?said={n}").text for n in (1, 2, 99))
    assert "saying number 11 " in first
    assert "saying number 1 " not in first
    assert "saying number 1 " in second
    assert "saying number 1 " in beyond  # the last page there is
    assert pages.get(f"{person}.json?said=99").json["said"]["results"] == []
    for form in ("", ".json"):
        moved = pages.get(f"/people/bibi%20netanyahu{form}")
        assert (moved.status_code, moved.location) == (302, person + form)
    unknown = pages.get("/people/Nobody & Sons")
    assert unknown.status_code == 404
    assert 'href="/search?q=Nobody%20%26%20Sons"' in unknown.text
    assert 'href="/people?find=Nobody%20%26%20Sons"' in unknown.text


def test_a_quotation_is_on_the_page_of_who_says_it_however_it_is_told(
    small: SmallArchive, tmp_path: Path
) -> None:
    small.release(
        "plan.md",
        "Rostock Marine presents its plan",
        "Susan Miller, chief executive of Rostock Marine, presented the plan, stating, “We build"
        ' ships that last.”\n\n“Our yard is ready," Miller told the Harbour Times. “It was ready'
        " last year.”\n\n“Nobody builds as we do,” the chief executive added. Her deputy, Mark"
        " Brown, did not agree.\n\nMiller said that the yard had waited long. “It is time to"
        " begin.”\n\nMiller told Brown: “You will see.”",
        date="2024-05-06",
    )
    small.index()
    pages = create_app(small.settings).test_client()
    said = pages.get("/people/Susan%20Miller.json").json["said"]["results"]
    texts = [quote["text"] for one in said for quote in one["quotes"]]
    assert texts == [
        "“We build ships that last.”",
        '“Our yard is ready,"',
        "“It was ready last year.”",
        "“Nobody builds as we do,”",
        "“It is time to begin.”",
        "“You will see.”",
    ]
    assert all(quote["rule"] for one in said for quote in one["quotes"])
    assert pages.get("/people/Mark%20Brown.json").json["said"]["results"] == []
