"""How soon a page is painted in Chromium, what it weighs, whether anything moves.

    python -m bench.paint http://127.0.0.1:8000 --query "water" --query "budget deficit"

For a running site, asked on the same machine. Every load begins with an empty cache. Of each page
the medians: first contentful paint and the server's time to the first byte (milliseconds from the
start of the navigation), the bytes that came over the wire with all styles and scripts, and the
worst layout shift of any load (CLS; 0 is none). Needs Chromium, its driver and selenium (``make
test`` installs it).
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import time
from dataclasses import dataclass
from urllib.parse import quote_plus

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

_WATCH = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
_READ = """
const paint = performance.getEntriesByName("first-contentful-paint")[0];
const page = performance.getEntriesByType("navigation")[0];
const parts = [page, ...performance.getEntriesByType("resource")];
return [paint ? paint.startTime : -1, page.responseStart, window.shift,
        parts.reduce((sum, part) => sum + part.transferSize, 0)];
"""
_PAGES = ("/", "/people", "/help")


@dataclass(frozen=True)
class Load:
    """One load: milliseconds to the first paint and to the first byte, shift, bytes."""

    paint: float
    first_byte: float
    shift: float
    size: float


def loads(driver: webdriver.Chrome, address: str, times: int) -> list[Load]:
    """Load a page so many times, with nothing cached, after one load that is not counted."""
    found = []
    for number in range(times + 1):
        driver.get("about:blank")
        driver.execute_cdp_cmd("Network.clearBrowserCache", {})
        driver.get(address)
        for _ in range(50):
            time.sleep(0.05)
            values = driver.execute_script(_READ)
            if values[0] >= 0:
                break
        if number:
            found.append(Load(*values))
    return found


def main() -> None:
    """Measure the pages of a running site and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base", help="address of the running site")
    parser.add_argument("--query", action="append", default=[], help="a search to load")
    parser.add_argument("--loads", type=int, default=9)
    parser.add_argument("--phone", action="store_true", help="390 pixels wide")
    asked = parser.parse_args()
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    for flag in ("--headless=new", "--no-sandbox", "--hide-scrollbars"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver") or ""))
    width, height = (390, 844) if asked.phone else (1280, 900)
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": asked.phone}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    driver.execute_cdp_cmd("Network.enable", {})
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": _WATCH})
    paths = [*(f"/search?q={quote_plus(query)}" for query in asked.query), *_PAGES]
    print(f"{'page':44} {'paint ms':>9} {'best':>5} {'byte ms':>8} {'kB':>6} {'shift':>6}")
    try:
        for path in paths:
            found = loads(driver, asked.base.rstrip("/") + path, asked.loads)
            paint = statistics.median(load.paint for load in found)
            byte = statistics.median(load.first_byte for load in found)
            size = max(load.size for load in found) / 1000
            shift = max(load.shift for load in found)
            best = min(load.paint for load in found)  # what a busy machine adds is not the page's
            print(f"{path:44} {paint:9.0f} {best:5.0f} {byte:8.0f} {size:6.1f} {shift:6.3f}")
    finally:
        driver.quit()


if __name__ == "__main__":
    main()
