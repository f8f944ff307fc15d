"""axe-core in a page: what it finds wrong by WCAG 2.2, levels A and AA."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import in_ci
from tests.web_browser import Browser

_RUN = """
const done = arguments[arguments.length - 1];
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] })
  .then(({ violations }) => done(violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary}`))),
    (error) => done([`axe failed: ${error}`]));
"""


@cache
def axe_source() -> str:
    """Return axe-core's script; skip without it, or fail where CI promised it."""
    spec = importlib.util.find_spec("axe_playwright_python")
    if spec is None or not spec.submodule_search_locations:
        reason = "needs axe-core (pip install --no-deps -r requirements-axe.lock)"
        if in_ci():
            pytest.fail(reason)
        pytest.skip(reason)
    return (Path(next(iter(spec.submodule_search_locations))) / "axe.min.js").read_text("utf-8")


def violations(browser: Browser) -> list[str]:
    """Return what axe-core objects to in the page that is open, folded parts opened."""
    browser.script("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    browser.script(axe_source())
    found: list[str] = browser.driver.execute_async_script(_RUN)
    return found
