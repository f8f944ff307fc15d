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
