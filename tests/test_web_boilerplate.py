"""Boilerplate in an opened release: folded, searched as well, opened by the place asked for."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from tests.conftest import SmallArchive
from tests.test_search_boilerplate import port
from web.app import create_app

__all__ = ["port"]  # the fixture


def opened(port: SmallArchive, path: str, query: str) -> tuple[FlaskClient, str]:
    client = create_app(port.settings).test_client()
    listed = client.get("/releases.json").json["results"]
    name = next(one["id"] for one in listed if one["path"] == path)
    return client, f"/releases/{name}?{query}"


def fold(page: str) -> str:
    return page[page.index('<details class="folded"') :].split("</details>")[0]


def test_it_is_folded_and_says_what_is_marked_in_it(port: SmallArchive) -> None:
    client, address = opened(port, "quay.md", "q=regatta")
    folded = fold(client.get(address).text)
    assert folded.startswith('<details class="folded">')
    assert "marked words in 1 passage" in folded
    assert re.search(r'id="hit2" class="hit"><mark>regatta', folded)


def test_the_way_to_its_marked_place_needs_no_script(port: SmallArchive) -> None:
    client, address = opened(port, "quay.md", "q=regatta&hit=1")
    page = client.get(address).text
    assert fold(page).startswith('<details class="folded">')
    onward = re.search(r'<a class="after" href="([^"]*)"', page)
    assert onward is not None
    there = client.get(onward[1].replace("&amp;", "&")).text
    assert fold(there).startswith('<details class="folded" open>')
    assert 'id="hit2" class="hit current"' in fold(there)


def test_where_nothing_else_is_marked_it_is_open(port: SmallArchive) -> None:
    client, address = opened(port, "r0.md", "q=regatta")
    assert fold(client.get(address).text).startswith('<details class="folded" open>')


def test_data_tell_which_passages_are_boilerplate(port: SmallArchive) -> None:
    client, address = opened(port, "quay.md", "")
    passages = client.get(address.replace("?", ".json")).json["passages"]
    kinds = {"regatta, to which" in p["text"]: p["kind"] for p in passages}
    assert kinds == {True: "boilerplate", False: "paragraph"}
