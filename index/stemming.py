"""Stems of surface terms, by the script they are written in.

A query does not say its language and an archive may mix several, so the script decides: the same
word has the same stem wherever it stands. Where several languages share a script, the most widely
written one's Snowball stemmer serves (English, Russian, Arabic); it takes few endings off words of
the others, and the same ones in a query. Sinhala, Tamil and scripts not named here are found by
the word.

Hebrew has no stemmer in Snowball. A word loses the article and the final form of its last letter;
the particles that are written together with the next word (*and*, *that*, *in*, *to*, *from*) make
alternatives: ``ובממשלה`` is found by ``ממשלה`` as well. So do those of Arabic.
"""

from __future__ import annotations

import Stemmer

_BY_SCRIPT = (
    (0x0370, 0x0400, "greek"),
    (0x1F00, 0x2000, "greek"),
    (0x0400, 0x0530, "russian"),
    (0x0530, 0x0590, "armenian"),
    (0x0590, 0x0600, "hebrew"),
    (0x0600, 0x0780, "arabic"),
    (0x08A0, 0x0900, "arabic"),
    (0x0900, 0x0980, "hindi"),
)
"""First code point of a block, first one after it, and what stems the words in it."""

_HEBREW, _ARABIC = "hebrew", "arabic"
_STEMMERS = {
    name: Stemmer.Stemmer(name, 0)
    for name in ("english", *dict.fromkeys(name for _, _, name in _BY_SCRIPT))
    if name != _HEBREW
}
_english = _STEMMERS["english"]
_FINAL_FORMS = str.maketrans("ךםןףץ", "כמנפצ")
_ARTICLE = "ה"
_PARTICLES = {_HEBREW: "ושהבכלמ", _ARABIC: "وفبكل"}
_MOST_PARTICLES = 2
_LEFT = 3
"""Letters that must be left of a word."""


def stem(term: str) -> str:
    """Return the stem of a surface term; scripts without a stemmer pass unchanged."""
    if term.isascii():
        return str(_english.stemWord(term))
    name = _named(term)
    if name == _HEBREW:
        bare = term[1:] if term.startswith(_ARTICLE) and len(term) > _LEFT else term
        return bare.translate(_FINAL_FORMS)
    return str(_STEMMERS[name].stemWord(term))


def without_particles(term: str) -> list[str]:
    """Return a word without its first letter and without two, as far as these can be particles.

    Nothing in most scripts.
    """
    if term.isascii() or not (particles := _PARTICLES.get(_named(term), "")):
        return []
    found: list[str] = []
    while len(found) < _MOST_PARTICLES and len(term) > _LEFT and term[0] in particles:
        term = term[1:]
        found.append(term)
    return found


def keeps_its_beginning(value: str) -> bool:
    """Whether every word with this stem begins with it, but for the vowel at its end.

    Not where articles and particles are taken off, nor in Greek, whose stemmer mends stems.
    """
    return value.isascii() or _named(value) not in (_HEBREW, _ARABIC, "greek")


def _named(term: str) -> str:
    """Return the name of what stems a term: that of its first letter of a script listed above."""
    for char in term:
        code = ord(char)
        if code >= _BY_SCRIPT[0][0]:
            for first, end, name in _BY_SCRIPT:
                if first <= code < end:
                    return name
    return "english"
