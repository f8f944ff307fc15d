"""Why a result is a result, as readers are told."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from search.request import make_request
from search.service import SearchService
from tests.conftest import SmallArchive
from web.why import SHOWN, reasons

TYPED = ["water harbour", '"the city"', "wate* counci~", "the city council budget for water"]


@pytest.mark.parametrize("text", TYPED)
def test_shares_are_parts_of_the_whole(service: SearchService, text: str) -> None:
    page = service.search(make_request(text, explain=True))
    assert page.results
    for hit in page.results:
        told = reasons(hit)
        assert 0 < len(told) <= SHOWN + 1
        assert abs(sum(reason.share for reason in told if reason.share > 0) - 100) <= len(told)
        named = {reason.label: reason.where for reason in told if reason.typed}
        for found in hit.found:
            places = named.get(found.words, "in the headline in the text in boilerplate")
            assert ("headline" in places) == bool(found.title) or found.words not in named
        whole = sum(adds for _, adds in hit.explanation)
        assert hit.score == pytest.approx(whole, abs=1e-3)


def test_the_page_tells_each_result(client: FlaskClient) -> None:
    page = client.get("/search?q=water+harbour").text
    count = page.count('<details class="why plus"><summary>Why this result')
    assert count == page.count("<article>")
    assert '<details class="why plus" open>' in client.get("/search?q=water&explain=1").text
    first = page.split('<details class="why plus">')[1].split("</details>")[0]
    assert re.search(r"<bdi>harbour</bdi></th><td>[a-z0-9 ,]* in the text", first)
    assert "%</td>" in first


def test_results_by_date_tell_where_the_words_stand(client: FlaskClient) -> None:
    page = client.get("/search?q=water&sort=newest").text
    assert "times in the text</td>" in page


def test_nothing_typed_needs_no_reasons(client: FlaskClient) -> None:
    assert "Why this result" not in client.get("/search?lang=en").text


def test_what_somebody_said_is_counted_in_their_quotations(small: SmallArchive) -> None:
    small.release(
        "a.md",
        "Water for the valley",
        "The water board met. Water is short in the valley, and the water tower stands empty.",
        'Mayor Ruth Abernathy said: "We need water now, and water next year."',
    )
    small.index()
    (hit,) = small.service.search(make_request("said:abernathy water", explain=True)).results
    assert [reason.where for reason in reasons(hit)] == ["2 times in what they say"]
    (hit,) = small.service.search(make_request("water")).results
    assert [reason.where for reason in reasons(hit)] == ["in the headline, 5 times in the text"]
