from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

import web
from index.settings import Settings
from tests.web_axe import violations
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
    "/search/person?q=security",
    "/quote?text=security",
    "/people?order=name",
    "/people/Ada%20Lindqvist",
    "/dates",
    "/statistics",
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
def with_scripts() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def without_scripts() -> Iterator[Browser]:
    with chromium(scripts=False) as browser:
        yield browser


@pytest.fixture(params=["with_scripts", "without_scripts"])
def any_browser(request: pytest.FixtureRequest) -> Browser:
    found: Browser = request.getfixturevalue(request.param)
    found.base = request.getfixturevalue("site")
    found.screen(1280, 900)
    return found


@pytest.fixture
def browser(with_scripts: Browser, site: str) -> Browser:
    with_scripts.base = site
    with_scripts.screen(1280, 900)
    return with_scripts


def test_type_narrow_page_open_and_back(any_browser: Browser, live_server: str) -> None:
    web = any_browser
    web.base = live_server
    web.open("/")
    web.search("water")
    total = int(web.heading.split()[0])
    assert total > 10
    value = next(
        a
        for a in web.all(".facets section:not(:first-child) > ul a.value")
        if 10 < count_in(a) < total
    )
    label = value.find_element(By.CSS_SELECTOR, "bdi")
    name, narrower = label.get_attribute("textContent") or "", count_in(value)
    web.follow(value)
    assert int(web.heading.split()[0]) == narrower
    assert name in web.one(".chips").text
    web.follow(web.one(".pager a[rel=next]"))
    assert web.one(".pager [aria-current=page]").text == "2"
    results = web.path
    title = web.one(".results h2 a").text
    web.follow(web.one(".results h2 a"))
    assert web.heading == title
    anchor = web.path.partition("#")[2]
    assert web.one(f"#{anchor} mark").is_displayed()
    web.follow(web.link("Back to the results"))
    assert web.path == results
    web.driver.back()
    web.wait(lambda: web.path.startswith("/releases/"))
    web.driver.back()
    web.wait(lambda: web.path == results)
    web.follow(web.link(name, ".chips"))
    assert int(web.heading.split()[0]) == total


def count_in(link: WebElement) -> int:
    text = link.find_element(By.CSS_SELECTOR, ".count").get_attribute("textContent") or ""
    return int("".join(c for c in text if c.isdigit()))


def test_new_words_keep_the_filters(any_browser: Browser) -> None:
    web = any_browser
    web.open("/search?q=water&person=Ada+Lindqvist&sort=newest")
    web.search("harbour")
    assert "q=harbour" in web.path
    assert "person=Ada+Lindqvist" in web.path
    assert "sort=newest" in web.path


def test_dates_can_be_typed(any_browser: Browser) -> None:
    web = any_browser
    web.open("/search?q=water")
    web.one("#from").send_keys("Septober", Keys.ENTER)
    web.wait(lambda: "from=Septober" in web.path)
    assert "not a date" in web.one("[role=alert]").text
    web.one("#from").clear()
    web.one("#from").send_keys("2018")
    web.one("#to").send_keys("2019")
    web.follow(web.one(".dates button"))
    assert "2018 to 2019" in web.one(".chips").text


def test_without_scripts_there_are_none(without_scripts: Browser, site: str) -> None:
    without_scripts.base = site
    without_scripts.open("/releases/r001")
    assert "<button" not in without_scripts.one(".cite").get_attribute("innerHTML")


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


def tab_to(web: Browser, wanted: Callable[[WebElement], bool], most: int = 120) -> WebElement:
    """Press Tab until the focus is on what is wanted, each stop in sight."""
    for _ in range(most):
        ActionChains(web.driver).send_keys(Keys.TAB).perform()
        at = web.driver.switch_to.active_element
        if wanted(at):
            return at
    raise AssertionError("the keyboard does not get there")


def test_by_keyboard_alone_from_the_box_to_a_quoted_passage(
    any_browser: Browser, live_server: str
) -> None:
    web = any_browser
    web.base = live_server
    web.open("/")
    tab_to(web, lambda at: at.get_attribute("id") == "q")
    ActionChains(web.driver).send_keys('"Upper Tamel Dam"', Keys.ENTER).perform()
    web.wait(lambda: "/search?" in web.path)
    result = tab_to(web, lambda at: "/releases/" in (at.get_attribute("href") or ""))
    title = result.text
    ActionChains(web.driver).send_keys(Keys.ENTER).perform()
    web.wait(lambda: web.path.startswith("/releases/"))
    assert web.heading == title
    bar = tab_to(web, lambda at: at.get_attribute("class") == "after")
    focused = "return getComputedStyle(document.activeElement).outlineStyle"
    assert web.script(focused) == "solid"
    bar.send_keys(Keys.ENTER)
    web.wait(lambda: " of " in web.one(".hits .which").text)
    web.driver.switch_to.active_element.send_keys(Keys.HOME)
    web.open(web.path.partition("#")[0])
    quoted = tab_to(web, lambda at: at.get_attribute("class") == "pilcrow")
    quoted.send_keys(Keys.ENTER)
    web.wait(lambda: "/passages/" in web.path)
    assert title in web.one("#citation").text
    assert web.one("#quoted").text
    assert web.path.split("/passages/")[1] in web.one("#permalink").text


def test_what_somebody_said_is_found_and_opened_at_it(
    any_browser: Browser, live_server: str
) -> None:
    web = any_browser
    web.base = live_server
    web.open("/")
    web.search("said:brugge sandbags")
    assert web.heading == "1 release with sandbags said by brugge"
    shown = web.one(".results .passage")
    assert "Annelies van der Brugge: " in shown.text
    assert shown.find_element(By.TAG_NAME, "mark").text == "sandbags"
    web.follow(web.one(".results h2 a"))
    assert [mark.text for mark in web.all(".release mark")] == ["sandbags"]
    web.follow(web.link("Annelies van der Brugge", ".about"))
    assert web.heading.startswith("Annelies van der Brugge")
    first = web.one(".sayings blockquote").text
    web.follow(web.one(".said .pager a[rel=next]"))
    assert web.one(".sayings blockquote").text != first


def test_places_are_gone_through_without_loading_again(browser: Browser, live_server: str) -> None:
    browser.base = live_server
    browser.open("/search?q=water")
    browser.follow(browser.one(".results h2 a"))
    before = browser.path
    which = browser.one(".hits .which")
    browser.wait(lambda: " of " in which.text)  # opened at a passage: its first place is meant
    at, total = (int(part) for part in which.text.split(" of "))
    browser.one("body").send_keys("n")
    assert which.text == f"{at % total + 1} of {total}"
    assert browser.one("#told").get_attribute("textContent").startswith(which.text)
    browser.one("body").send_keys("p")
    assert which.text == f"{at} of {total}"
    browser.one(".hits .before").click()
    assert which.text == f"{(at - 2) % total + 1} of {total}"
    assert browser.script("return document.querySelectorAll('.hit.current').length") == 1
    assert browser.path == before


def test_what_is_typed_is_completed_by_keyboard(browser: Browser, live_server: str) -> None:
    browser.base = live_server
    browser.open("/")
    box = browser.one("#q")
    box.send_keys("ruth kip")
    browser.wait(lambda: browser.shows("#offers"))
    assert box.get_attribute("aria-expanded") == "true"
    assert violations(browser) == []
    box.send_keys(Keys.ARROW_DOWN)
    row = browser.one(f"#{box.get_attribute('aria-activedescendant')}")
    assert row.get_attribute("aria-selected") == "true"
    assert "Ruth Kiplagat" in row.text
    box.send_keys(Keys.ESCAPE)
    assert not browser.shows("#offers")
    assert box.get_attribute("value") == "ruth kip"
    box.send_keys("l")
    browser.wait(lambda: browser.shows("#offers"))
    box.send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    browser.wait(lambda: browser.path == "/people/Ruth%20Kiplagat")


def test_single_keys_can_be_turned_off(browser: Browser, live_server: str) -> None:
    browser.base = live_server
    browser.open("/help")
    browser.one("#keys button").click()
    browser.one("body").send_keys("/")
    assert browser.script("return document.activeElement.id") != "q"
    browser.one("#keys button").click()
    browser.one("body").send_keys("/")
    assert browser.script("return document.activeElement.id") == "q"


def test_the_number_of_results_is_said(browser: Browser) -> None:
    browser.open("/search?q=security")
    told = browser.one("#told")
    browser.wait(lambda: bool(told.get_attribute("textContent")))
    assert "releases found" in (told.get_attribute("textContent") or "")


def test_a_page_of_results_is_light_and_keeps_still(browser: Browser, live_server: str) -> None:
    browser.base = live_server
    browser.driver.execute_cdp_cmd("Network.enable", {})
    browser.driver.execute_cdp_cmd("Network.setCacheDisabled", {"cacheDisabled": True})
    try:
        browser.open("/search?q=water&per_page=10")
        loaded = browser.script("return document.querySelectorAll('.results article').length")
        weight = browser.script(
            "return performance.getEntriesByType('resource')"
            ".concat(performance.getEntriesByType('navigation'))"
            ".reduce((sum, entry) => sum + entry.transferSize, 0)"
        )
    finally:
        browser.driver.execute_cdp_cmd("Network.setCacheDisabled", {"cacheDisabled": False})
    assert loaded == 10
    assert 5_000 < weight < 40_000
    shift = """const done = arguments[0]; let sum = 0;
        new PerformanceObserver((list) => { for (const e of list.getEntries()) sum += e.value; })
          .observe({ type: "layout-shift", buffered: true });
        setTimeout(() => done(sum), 300);"""
    assert browser.driver.execute_async_script(shift) == 0


def test_scripts_are_small() -> None:
    scripts = (Path(web.__file__).parent / "static").glob("*.js")
    assert sum(len(script.read_bytes()) for script in scripts) < 15_000


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", KINDS)
def test_all_text_can_be_read(browser: Browser, path: str, dark: bool) -> None:
    browser.screen(1280, 900, dark=dark)
    browser.open(path)
    browser.script("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    background = browser.script("return getComputedStyle(document.body).backgroundColor")
    assert (background == "rgb(20, 22, 26)") is dark
    assert browser.script(FAINT) == []


@pytest.mark.parametrize("text", ["water", "ראש הממשלה"])
def test_the_box_keeps_its_frame_whatever_is_typed(browser: Browser, text: str) -> None:
    browser.open(f"/search?q={text}")
    code = "const s = getComputedStyle(document.querySelector('#q'));"
    widths = browser.script(f"{code} return [s.borderLeftWidth, s.borderRightWidth]")
    assert widths[0] != "0px"
    assert widths[1] == "0px"


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1280])
def test_no_page_is_wider_than_the_screen(browser: Browser, width: int) -> None:
    browser.screen(width, 800, touch=width < 800)
    for path in KINDS:
        browser.open(path)
        assert browser.script("return document.documentElement.scrollWidth") <= width, path


def test_facets_are_folded_on_a_phone_and_open_on_a_desk(any_browser: Browser) -> None:
    web = any_browser
    web.open("/search?q=security")
    assert web.shows("#facet-person")
    assert not web.shows(".facets summary")
    web.screen(390, 844, touch=True)
    web.open("/search?q=security")
    assert not web.shows("#facet-person")
    web.one(".facets > details > summary").click()
    assert web.shows("#facet-person")
    web.follow(web.link("Geneva", ".facets"))
    assert "Geneva" in web.one(".chips").text


def test_fingers_have_room(browser: Browser) -> None:
    browser.screen(390, 844, touch=True)
    small = """return [...document.querySelectorAll(
        '.facet li a, .all-values a, .letters a, .chips a, .pager a, .sorts a, .site-nav a,'
        + ' .index a, .names a, .trail a, .months a, .years a, .takes a, .hits a, .colophon li a,'
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
        assert not browser.shows(".facets")
        assert not browser.shows(".search")
        assert browser.shows(".results")
    finally:
        browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
