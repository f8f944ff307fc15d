"""Every kind of page before axe-core in a real Chromium, on the example archive."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web_axe import violations
from tests.web_browser import Browser, chromium

pytestmark = pytest.mark.browser

KINDS = {
    "front": "/",
    "results": "/search?q=water&person=Ruth+Kiplagat&from=2019&to=2024",
    "narrowed to a month": "/search?q=water&from=2021-02&to=2021-02&sort=newest",
    "values left out": "/search?q=water&not_person=Ruth+Kiplagat&from=2019+to+2021",
    "all people": "/search/person?q=water&order=name",
    "people found by name": "/search/person?find=ni",
    "a warning": "/search?q=water+%22dam",
    "nothing": "/search?q=zebrafish&place=Rotterdam&from=2016",
    "a wrong date": "/search?q=water&from=Septober",
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


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("touch", [False, True], ids=["desk", "phone"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(browser: Browser, kind: str, touch: bool, dark: bool) -> None:
    browser.screen(390 if touch else 1280, 844 if touch else 900, touch=touch, dark=dark)
    browser.open(KINDS[kind])
    assert violations(browser) == []
