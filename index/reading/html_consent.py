"""Notes that ask for consent to cookies, told by what they say where nothing names them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.reading.html_tree import Node, Unit

_WORDS = """
cookie; consent; gdpr; tracking; privacy; personal data; third part; datenschutz; einwilligung
personenbezogen; widerrufen; drittanbieter; rgpd; confidentialité; consentement; traceurs
données personnelles; consentimiento; privacidad; datos personales; consenso; dati personali
terze parti; consentimento; dados pessoais; toestemming; privacyverkl; ciasteczk; zgodę; zgody
danych osobowych; куки; персональных данных; согласи; עוגיות; פרטיות; ملفات تعريف الارتباط; الخصوصية
クッキー; 同意; 隐私; çerez; samtycke; samtykke; evästei
"""
_CONSENT = tuple(word.strip() for word in re.split(r"[;\n]", _WORDS.strip()))
_FEWEST_WORDS = 2
_SHARE = 0.7
_MOST_OF_PAGE = 0.75


def mark_consent(nodes: Sequence[Node], units: Sequence[Unit], title: int) -> None:
    """Mark as furniture the outermost element that says little but that consent is asked for.

    ``title`` is the unit of the headline, -1 when the page has none. A release about cookies
    holds its headline and most of the page's text, which such a note does not.
    """
    asking: dict[int, int] = {}
    texts = [unit for unit in units if unit.prose and not unit.node.chrome]
    if not _asks("\n".join(unit.text for unit in texts)):
        return
    for unit in texts:
        if _asks(unit.text):
            for node in unit.node.ancestors():
                asking[node.number] = asking.get(node.number, 0) + len(unit.text)
    heading = units[title].node if title >= 0 else None
    for number, length in sorted(asking.items()):
        node = nodes[number]
        if node.chrome or node.parent is None or (heading is not None and heading.within(node)):
            continue
        if length >= _SHARE * node.prose and node.prose <= _MOST_OF_PAGE * nodes[0].prose:
            for inner in nodes[node.number : node.end]:
                inner.chrome = True


def _asks(text: str) -> bool:
    small = text.lower()
    return sum(word in small for word in _CONSENT) >= _FEWEST_WORDS
