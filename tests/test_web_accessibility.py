"""Every kind of page before axe-core in a real Chromium, on the example archive."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search.request import make_request
from search.service import SearchService
from tests.web_axe import violations
from tests.web_browser import Browser, chromium

pytestmark = pytest.mark.browser

RELEASE = "/releases/{id}"
KINDS = {
    "front": "/",
    "results": "/search?q=water&person=Ruth+Kiplagat&from=2019&to=2024",
    "narrowed to a month": "/search?q=water&from=2021-02&to=2021-02&sort=newest",
    "values left out": "/search?q=water&not_person=Ruth+Kiplagat&from=2019+to+2021",
    "all people": "/search/person?q=water&order=name",
    "people found by name": "/search/person?find=ni",
    "reasons, and matches in boilerplate": "/search?q=water&explain=1&boilerplate=1&per_page=100",
    "few results": "/search?q=%22Upper+Tamel+Dam%22+/3+rationing",
    "a warning": "/search?q=water+%22dam",
    "nothing": "/search?q=zebrafish&place=Rotterdam&from=2016",
    "what somebody said": "/search?q=said:brugge",
    "words somebody said": "/search?q=said:brugge+sandbags&explain=1",
    "words nobody said": "/search?q=said:brugge+zebrafish&place=Lisbon",
    "nobody of that name": "/search?q=said:merkel+%22peace",
    "a wrong date": "/search?q=water&from=Septober",
    "a release": RELEASE + "?q=water",
    "a release at a hit": RELEASE + "?q=water&hit=2#hit2",
    "a release by what is said in it": RELEASE + "?q=said:almeida+water",
    "a release with a later version": "/releases/{recall}?q=recall",
    "a passage": RELEASE + "/passages/3-00000000",
    "quote check": "/quote",
    "a quote checked": "/quote?text=The+last+night+of+water+rationing+in+Casterel+was+30+March."
    "+Seven+years+after+it+was+announced,+the+dam+is+in+service.+Penguins+rule+the+moon+now.",
    "wording": "/wording?phrase=water&phrase=Upper+Tamel+Dam&phrase=storm&as=rate",
    "wording by month": "/wording?phrase=water&by=month",
    "people": "/people?order=name",
    "a person": "/people/Ruth%20Kiplagat",
    "a person with quotations": "/people/Annelies%20van%20der%20Brugge?said=2",
    "a place": "/places/Lisbon",
    "dates": "/dates",
    "a year": "/dates/2021",
    "a month": "/dates/2021-02",
    "figures": "/statistics",
    "listing": "/releases?per_page=20",
    "help": "/help",
    "no page": "/nowhere",
}


@pytest.fixture(scope="module")
def browser(live_server: str) -> Iterator[Browser]:
    with chromium() as browser:
        browser.base = live_server
        browser.driver.set_script_timeout(60)
        yield browser


@pytest.fixture(scope="module")
def release_id(service: SearchService) -> str:
    """The release about the opening of the dam: captions, contacts, quotations, names."""
    return service.search(make_request('"Upper Tamel Dam opened"')).results[0].id


@pytest.fixture(scope="module")
def recall_id(service: SearchService) -> str:
    """A release that was corrected two days later."""
    hits = service.search(make_request('title:"Nerrick recalls"')).results
    return next(hit.id for hit in hits if "CORRECTED" not in hit.title)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("touch", [False, True], ids=["desk", "phone"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(
    browser: Browser, release_id: str, recall_id: str, kind: str, touch: bool, dark: bool
) -> None:
    browser.screen(390 if touch else 1280, 844 if touch else 900, touch=touch, dark=dark)
    browser.open(KINDS[kind].replace("{id}", release_id).replace("{recall}", recall_id))
    assert violations(browser) == []
