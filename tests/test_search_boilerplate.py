"""Results that match in boilerplate alone are told apart, put last, and left out where asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.model import BlockKind
from search.request import Boilerplate, SearchPage, Sort, make_request
from tests.conftest import SmallArchive
from tests.test_index_repeats import ABOUT, body

QUAY = "A crane for the regatta was lifted on the quay by the harbour master himself this morning."


@pytest.fixture
def port(small: SmallArchive) -> SmallArchive:
    """Seven releases with one text about the port under them; three say more of the regatta."""
    for number in range(4):
        small.release(f"r{number}.md", f"Notice {number} to ships", body(number), ABOUT)
    small.release("quay.md", "Lifted this morning", f"{QUAY} {body(10)}", ABOUT)
    small.release("title.md", "Regatta postponed", body(11), ABOUT)
    small.release("bare.md", "No more of it", body(12) + " The regatta begins.", body(13))
    small.index()
    return small


def found(port: SmallArchive, text: str, **asked: object) -> SearchPage:
    request = replace(make_request(text, per_page=50), **asked)  # type: ignore[arg-type]
    return port.service.search(request)


ONLY = {"r0.md", "r1.md", "r2.md", "r3.md"}
OTHERS = {"quay.md", "title.md", "bare.md"}


@pytest.mark.parametrize(
    "text", ["regatta", "regattas", "regat*", "regata~", "regatta OR zeppelin"]
)
def test_they_come_last_and_are_counted(port: SmallArchive, text: str) -> None:
    page = found(port, text, boilerplate=Boilerplate.LAST)
    assert [hit.path in OTHERS for hit in page.results] == [True] * 3 + [False] * 4
    assert [hit.boilerplate for hit in page.results] == [False] * 3 + [True] * 4
    assert (page.total, page.boilerplate, page.hidden) == (7, 4, 0)


def test_they_are_left_out_of_the_list_and_not_of_the_counts(port: SmallArchive) -> None:
    hidden = found(port, "regatta", boilerplate=Boilerplate.HIDDEN)
    shown = found(port, "regatta", boilerplate=Boilerplate.LAST)
    assert {hit.path for hit in hidden.results} == OTHERS
    assert (hidden.total, hidden.boilerplate, hidden.hidden, hidden.listed) == (7, 4, 4, 3)
    assert hidden.facets == shown.facets
    by_date = found(port, "regatta", boilerplate=Boilerplate.HIDDEN, sort=Sort.NEWEST)
    assert {hit.path for hit in by_date.results} == OTHERS


def test_one_word_elsewhere_is_enough(port: SmallArchive) -> None:
    page = found(port, "regatta crane", boilerplate=Boilerplate.HIDDEN)
    assert page.hidden == 0
    assert page.boilerplate == 0


def test_phrases_count_where_they_stand(port: SmallArchive) -> None:
    page = found(port, '"lends its quays"', boilerplate=Boilerplate.LAST)
    assert page.boilerplate == page.total == 6


def test_where_there_is_nothing_else_nothing_is_hidden(port: SmallArchive) -> None:
    page = found(port, "musicians", boilerplate=Boilerplate.HIDDEN)
    assert len(page.results) == page.total == page.boilerplate == 6
    assert page.hidden == 0


def test_like_others_asks_nothing(port: SmallArchive) -> None:
    page = found(port, "regatta")
    assert (page.boilerplate, page.hidden) == (0, 0)
    assert not any(hit.boilerplate for hit in page.results)


def test_boilerplate_is_shown_only_of_releases_that_have_nothing_else(port: SmallArchive) -> None:
    page = found(port, "regatta harbour", boilerplate=Boilerplate.LAST)
    shown = {hit.path: {p.kind for p in hit.passages} for hit in page.results}
    assert BlockKind.BOILERPLATE not in shown["quay.md"]
    assert shown["r0.md"] == {BlockKind.BOILERPLATE}


def test_where_each_word_stands_is_told(port: SmallArchive) -> None:
    page = found(port, "regatta", boilerplate=Boilerplate.LAST)
    told = {hit.path: hit.found[0][:4] for hit in page.results}
    assert told["title.md"] == ("regatta", 1, 0, 1)
    assert told["quay.md"] == ("regatta", 0, 1, 1)
    assert told["r0.md"] == ("regatta", 0, 0, 1)
    assert told["bare.md"] == ("regatta", 0, 1, 0)
