"""A real Chromium for tests, and what they ask of a page in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

# Walks all visible text and returns what is too faint for WCAG AA (4.5, or 3 when large).
FAINT = """
const luminance = (rgb) => rgb.map((v) => v / 255)
  .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
  .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const channels = (colour) => {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data];
};
const behind = (element) => {
  for (let at = element; at; at = at.parentElement) {
    const style = getComputedStyle(at);
    const stroke = at.tagName === "MARK" &&
      getComputedStyle(document.documentElement).getPropertyValue("--mark");
    const colour = channels(stroke || style.backgroundColor);
    if (colour[3] === 255) return colour.slice(0, 3);
  }
  return [255, 255, 255];
};
const faint = [];
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const element = walk.currentNode.parentElement;
  if (!walk.currentNode.data.trim() || !element.checkVisibility()) continue;
  if (element.closest(".unseen, .skip, [aria-hidden=true]")) continue;
  const style = getComputedStyle(element);
  const size = parseFloat(style.fontSize);
  const least = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
  const pair = [channels(style.color).slice(0, 3), behind(element)].map(luminance).sort();
  const ratio = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
  if (ratio < least) faint.push([walk.currentNode.data.trim().slice(0, 30), ratio.toFixed(2)]);
}
return faint;
"""


class Browser:
    """Chromium on one site."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver
        self.base = ""

    def open(self, path: str) -> None:
        self.driver.get(self.base + path)

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def link(self, words: str, inside: str = "body") -> WebElement:
        """Return the first link with these words."""
        # Not ``.text``: Selenium takes what stands in a closed <details> for hidden, whatever
        # the style sheet says.
        links = self.all(f"{inside} a")
        found = [a for a in links if words in (a.get_attribute("textContent") or "")]
        assert found, (words, self.driver.current_url)
        return found[0]

    def shows(self, selector: str) -> bool:
        """Whether the first such element is really rendered."""
        code = "return document.querySelector(arguments[0]).checkVisibility()"
        return bool(self.driver.execute_script(code, selector))

    def script(self, code: str) -> Any:
        return self.driver.execute_script(code)

    def wait(self, true: Callable[[], bool]) -> None:
        """Wait until something holds; pages load after the key or click returns."""
        WebDriverWait(self.driver, 10, poll_frequency=0.05).until(lambda _: true())

    def follow(self, link: WebElement) -> None:
        """Click a link with the mouse, where it is shown, and wait until it has led away."""
        before = self.driver.current_url
        mouse = ActionChains(self.driver)
        mouse.scroll_to_element(link).move_to_element(link).click().perform()
        self.wait(lambda: self.driver.current_url != before)

    def search(self, text: str) -> None:
        """Type into the box and press Enter."""
        before = self.driver.current_url
        self.one("#q").clear()
        self.one("#q").send_keys(text, Keys.ENTER)
        self.wait(lambda: self.driver.current_url != before)

    @property
    def path(self) -> str:
        return self.driver.current_url.removeprefix(self.base)

    @property
    def heading(self) -> str:
        return self.one("h1").text

    def screen(self, width: int, height: int, *, touch: bool = False, dark: bool = False) -> None:
        """Look like a screen of this size, with fingers or a mouse, in a light or dark room."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": touch}
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.driver.get("about:blank")  # else the old page fades into its new colours
        command = self.driver.execute_cdp_cmd
        command("Emulation.setDeviceMetricsOverride", metrics)
        command("Emulation.setTouchEmulationEnabled", {"enabled": touch})
        command("Emulation.setEmulatedMedia", {"features": [scheme]})

    def complaints(self) -> list[str]:
        """What the console said since it was last asked, but for the status of the page itself."""
        entries = self.driver.get_log("browser")  # type: ignore[no-untyped-call]
        return [e["message"] for e in entries if "the server responded with" not in e["message"]]


def find_programs() -> tuple[str, str]:
    """Return Chromium and its driver; skip without them, or fail where CI promised them."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome") or ""
    driver = shutil.which("chromedriver") or ""
    if not (chromium and driver):
        reason = "needs chromium and chromedriver (Debian: chromium chromium-driver)"
        if os.environ.get("CI", "").lower() in {"1", "true"}:
            pytest.fail(reason)
        pytest.skip(reason)
    return chromium, driver


@contextmanager
def chromium(*, scripts: bool = True) -> Iterator[Browser]:
    """Run a headless Chromium while the block runs, with or without JavaScript."""
    program, driver_program = find_programs()
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for flag in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    if not scripts:
        prefs = {"profile.managed_default_content_settings.javascript": 2}
        options.add_experimental_option("prefs", prefs)
    driver = webdriver.Chrome(options=options, service=Service(driver_program))
    driver.implicitly_wait(0.5)
    try:
        yield Browser(driver)
    finally:
        driver.quit()
