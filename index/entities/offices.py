"""The office a person is named with: "Defense Minister Shoigu", "Sen. Barack Obama", "Mrs. Lee"."""

from __future__ import annotations

from index.entities.lexicon import lexicon, word_set
from index.entities.pieces import Piece
from index.entities.runs import key_of

COURTESY = frozenset({"mr", "ms"})
"""What ``office_of`` gives for a form of address that is no office."""

_MOST_WORDS = 6
_LINKS = word_set("of for and the & to")
# One word for what is written in several ways; what has none here stands for itself.
_SAME = {
    "sen": "senator",
    "senators": "senator",
    "sens": "senator",
    "reps": "representative",
    "rep": "representative",
    "congressman": "representative",
    "congresswoman": "representative",
    "gov": "governor",
    "pres": "president",
    "pm": "prime minister",
    "premier": "prime minister",
    "prime-minister": "prime minister",
    "mrs": "ms",
    "miss": "ms",
    "gen": "general",
    "adm": "admiral",
    "col": "colonel",
    "capt": "captain",
    "lt": "lieutenant",
    "sgt": "sergeant",
    "prof": "professor",
    "defence": "defense",
    "labour": "labor",
    "atty": "attorney",
    "sec": "secretary",
}
# They tell nothing about which office it is, or only until when it was held.
_WITHOUT = word_set(
    "the us u.s uk u.k un u.n american federal national state former then acting current new "
    "late h.e he hon honorable honourable his her excellency and & right rt"
)
# Titles that need no other word to say which office it is.
_ENOUGH_ALONE = word_set(
    "president senator representative governor mayor king queen prince princess pope judge justice "
    "mr ms dr professor sheriff general admiral colonel captain lieutenant sergeant major private "
    "detective officer bishop cardinal rabbi imam sir lord lady ambassador chancellor"
)


def office_of(piece: Piece) -> str:
    """The office written right before a name, in small letters and one spelling; "" if none is.

    ``U.S. Senator`` and ``Sen.`` are ``senator``, ``PM`` is ``prime minister``, ``Secretary of
    State`` is itself; ``mr`` and ``ms`` are forms of address (``COURTESY``).
    """
    return office_before(piece.text_before) or office_named(piece.title) if piece.title else ""


def office_before(text: str) -> str:
    """The office at the end of the text before a name, as ``office_of`` gives it."""
    lists = lexicon()
    words: list[str] = []
    for word in reversed(text.split()[-_MOST_WORDS:]):
        key = key_of(word.strip("“”\"'(").removesuffix("’s").removesuffix("'s"))
        if word.endswith((",", ";", ":", ")")) or not (
            key in lists.titles or key in lists.modifiers or key in _LINKS
        ):
            break
        if word.endswith(".") and key not in lists.titles and key not in _WITHOUT:
            break
        words.insert(0, key)
    return office_named(" ".join(words)) if any(key in lists.titles for key in words) else ""


def office_named(text: str) -> str:
    """An office as ``office_of`` gives it, from the words of a title."""
    keys = [key_of(word) for word in text.lower().split()]
    keys = [_SAME.get(key, key) for key in keys if key not in _WITHOUT]
    while keys and keys[0] in _LINKS:
        keys = keys[1:]
    while keys and keys[-1] in _LINKS:
        keys = keys[:-1]
    if keys and keys[-1] in _ENOUGH_ALONE:
        # "Under President", "Research Senator": what else has a capital before them is no part.
        keys = keys[-2:] if keys[-2:-1] == ["vice"] else keys[-1:]
    return " ".join(keys)
