"""Pages with so little text that nothing on them reads as running text."""

from __future__ import annotations

from index.reading.html_tree import Page, Unit

_SHORT_TEXT = 50
_SHORT_WORDS = 7


def with_short_prose(page: Page) -> Page:
    """Take for running text what stands outside links, on a page where no unit reads as such.

    So a release of two lines, or one cut off, is told from the menus around it.
    """
    if not page.nodes or page.nodes[0].prose:
        return page
    for unit in page.units:
        plain = len(unit.text) - unit.links
        if plain >= _SHORT_TEXT and unit.text.count(" ") >= _SHORT_WORDS and not _is_label(unit):
            unit.prose = plain > unit.links
            for node in unit.node.ancestors() if unit.prose else ():
                node.prose += len(unit.text)
    return page


def _is_label(unit: Unit) -> bool:
    return unit.node.name in ("li", "th", "dt", "label", "legend") or (
        unit.node.name[:1] == "h" and unit.node.name[1:].isdigit()
    )
