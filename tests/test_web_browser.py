from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from selenium.webdriver.common.keys import Keys

from index.settings import Settings
from tests.web_browser import FAINT, Browser, chromium
from tests.web_sample import HOSTILE, SampleService, served
from web.app import create_app

pytestmark = pytest.mark.browser

KINDS = (
    "/",
    "/search?q=security+coordination&person=Ada+Lindqvist",
    "/search?q=security&page=3",
    "/search?q=%22zebra&person=Ada+Lindqvist&from=2016&to=2017",
    "/search?q=harbour&from=Septober",
    "/releases/r001?q=security#p3",
    "/releases/r026?q=security",
    "/releases",
    "/help",
    "/nowhere",
)
ATTACKS = (
    HOSTILE,
    "<svg onload=window.pwned=1>",
    "javascript:window.pwned=1",
    "'-(window.pwned=1)-'",
    "</title><script>window.pwned=1</script>",
    "{{ 7*7 }}${window.pwned=1}",
    "\"autofocus onfocus=window.pwned=1 x=\"",
    "<mark onmouseover=window.pwned=1>",
)  # fmt: skip


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served(create_app(Settings(), SampleService())) as address:
        yield address


@pytest.fixture(scope="module")
def with_scripts(site: str) -> Iterator[Browser]:
    with chromium() as browser:
        browser.base = site
        yield browser


@pytest.fixture(scope="module")
def without_scripts(site: str) -> Iterator[Browser]:
    with chromium(scripts=False) as browser:
        browser.base = site
        yield browser


@pytest.fixture(params=["with_scripts", "without_scripts"])
def any_browser(request: pytest.FixtureRequest) -> Browser:
    found: Browser = request.getfixturevalue(request.param)
    found.screen(1280, 900)
    return found


@pytest.fixture
def browser(with_scripts: Browser) -> Browser:
    with_scripts.screen(1280, 900)
    return with_scripts


def test_type_narrow_page_open_and_back(any_browser: Browser) -> None:
    web = any_browser
    web.open("/")
    web.one("#q").send_keys("security coordination", Keys.ENTER)
    assert web.heading.startswith("28 releases")
    web.link("Ada Lindqvist", ".facets").click()
    assert web.heading.startswith("27 releases")
    assert "Ada Lindqvist" in web.one(".chips").text
    web.one(".pager a[rel=next]").click()
    assert web.one(".pager [aria-current=page]").text == "2"
    results = web.path
    web.one(".results h2 a").click()
    assert "round 11" in web.heading
    assert web.path.endswith("#p3")
    passage = web.one("#p3")
    assert passage.is_displayed()
    assert [mark.text for mark in web.all("#p3 mark")] == ["security", "coordination"]
    web.link("Back to the results").click()
    assert web.path == results
    web.driver.back()
    web.driver.back()
    assert web.path == results
    web.link("Ada Lindqvist", ".chips").click()
    assert web.heading.startswith("28 releases")


def test_new_words_keep_the_filters(any_browser: Browser) -> None:
    web = any_browser
    web.open("/search?q=water&person=Ada+Lindqvist&sort=newest")
    web.one("#q").clear()
    web.one("#q").send_keys("harbour", Keys.ENTER)
    assert "q=harbour" in web.path
    assert "person=Ada+Lindqvist" in web.path
    assert "sort=newest" in web.path


def test_dates_can_be_typed(any_browser: Browser) -> None:
    web = any_browser
    web.open("/search?q=water")
    web.one("#from").send_keys("Septober")
    web.one(".dates button").click()
    assert "not a date" in web.one("[role=alert]").text
    web.one("#from").clear()
    web.one("#from").send_keys("2018")
    web.one("#to").send_keys("2019")
    web.one(".dates button").click()
    assert "2018 to 2019" in web.one(".chips").text


def test_without_scripts_there_are_none(without_scripts: Browser) -> None:
    without_scripts.open("/releases/r001")
    assert not without_scripts.all(".cite button")


def test_no_page_makes_the_console_complain(browser: Browser) -> None:
    browser.complaints()
    for path in KINDS:
        browser.open(path)
        assert browser.complaints() == [], path


def test_hostile_text_executes_nothing(browser: Browser) -> None:
    paths = ["/releases/r028", "/search?per_page=100", "/releases", "/"]
    for text in ATTACKS:
        bad = quote(text, safe="")
        paths += [f"/search?q={bad}&person={bad}", f"/search?from={bad}", f"/{bad}"]
        paths.append(f"/releases/r028?q={bad}")
    for path in paths:
        browser.open(path)  # an alert would make this raise
        assert browser.script("return window.pwned") is None, path
        assert not browser.script("return document.querySelectorAll('main img, [onload]').length")


def test_the_keyboard_reaches_the_box_and_the_text(browser: Browser) -> None:
    browser.open("/releases/r001")
    body = browser.one("body")
    body.send_keys(Keys.TAB)
    assert browser.driver.switch_to.active_element.text.startswith("Skip to")
    browser.driver.switch_to.active_element.send_keys(Keys.ENTER)
    assert browser.script("return document.activeElement.id") == "main"
    browser.one("body").send_keys("/")
    assert browser.script("return document.activeElement.id") == "q"
    assert browser.one("#q").get_attribute("value") == ""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", KINDS)
def test_all_text_can_be_read(browser: Browser, path: str, dark: bool) -> None:
    browser.screen(1280, 900, dark=dark)
    browser.open(path)
    browser.script("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    background = browser.script("return getComputedStyle(document.body).backgroundColor")
    assert (background == "rgb(20, 22, 26)") is dark
    assert browser.script(FAINT) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1280])
def test_no_page_is_wider_than_the_screen(browser: Browser, width: int) -> None:
    browser.screen(width, 800, touch=width < 800)
    for path in KINDS:
        browser.open(path)
        assert browser.script("return document.documentElement.scrollWidth") <= width, path


def test_facets_are_folded_on_a_phone_and_open_on_a_desk(any_browser: Browser) -> None:
    web = any_browser
    web.open("/search?q=security")
    assert web.one("#facet-person").is_displayed()
    assert not web.one(".facets summary").is_displayed()
    web.screen(390, 844, touch=True)
    web.open("/search?q=security")
    assert not web.one("#facet-person").is_displayed()
    web.one(".facets > details > summary").click()
    assert web.one("#facet-person").is_displayed()
    web.link("Geneva", ".facets").click()
    assert "Geneva" in web.one(".chips").text


def test_fingers_have_room(browser: Browser) -> None:
    browser.screen(390, 844, touch=True)
    small = """return [...document.querySelectorAll(
        '.facet li a, .chips a, .pager a, .sorts a, .site-nav a, .index a, .names a, .trail a,'
        + ' button, summary, input:not([type=hidden])')]
        .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 43.5)
        .map((e) => e.className + e.textContent)"""
    for path in KINDS:
        browser.open(path)
        browser.script("document.querySelectorAll('details').forEach((d) => (d.open = true))")
        assert browser.script(small) == [], path


def test_pages_print_without_the_tools(browser: Browser) -> None:
    browser.open("/search?q=security")
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not browser.one(".facets").is_displayed()
        assert not browser.one(".search").is_displayed()
        assert browser.one(".results").is_displayed()
    finally:
        browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
