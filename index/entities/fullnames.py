"""Full names with a given name in no list, told by a surname that a title has made sure.

"Minister Adeyemi-Lund" makes a person of "Ifeoma Adeyemi-Lund" wherever the release says it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from index.entities.evidence import LOCATED, weigh, well_formed
from index.entities.gazetteer import gazetteer
from index.entities.lexicon import lexicon, word_set
from index.entities.pieces import Piece
from index.entities.runs import SUFFIXES
from index.entities.segments import NOUNS_WITH_CAPITALS, primary
from index.entities.word_kinds import is_initial, is_title

_ENOUGH = 1.0
# Words that begin a sentence before a surname and that the lists of common words lack.
_BEGINNERS = word_set(
    "unless neither hence around onto respecting underneath afterwards apparently flanked joined "
    "formerly consequently likewise shall been quoting accompanied autumn "
    "nor alongside beside besides like because since asked speaking having being given "
    "says said did does can could would should shall might must even only just both dear hello "
    "laut dann dort danach dass wenn weil aber doch selon puis ensuite mais quand alors lorsque "
    "cuando luego pero entonces quando depois mas poi dopo ma volgens toen maar enligt men da"
)
_NOT_AT_SENTENCE_START = ("ly", "ing", "ed", "wards", "wise")
_SENTENCE_ENDS = (". ", "! ", "? ", "\n", "“", "„", '"', "«", ": ", "– ", "— ", "- ", "(")


def full_names(
    pieces: Sequence[Piece], others: Iterable[Piece], surnames: Collection[str], lang: str
) -> list[int]:
    """Numbers of the ``pieces`` that are the full name of someone whose surname is sure.

    ``others`` are all pieces of the release: a word that also stands alone or begins another
    name, of a country or a company, is no given name. ``surnames`` have been told by title.
    """
    if not surnames or has_capital_nouns(lang):
        return []
    hopeful = {n: _surname(piece) for n, piece in enumerate(pieces) if len(piece.words) > 1}
    hopeful = {n: surname for n, surname in hopeful.items() if surname in surnames}
    if not hopeful:
        return []
    elsewhere = _beginnings(others)
    return [
        number
        for number, surname in hopeful.items()
        if _is_full_name(pieces[number])
        and elsewhere.get(pieces[number].keys[0], set()) <= {surname}
    ]


def has_capital_nouns(lang: str) -> bool:
    """Whether every noun has a capital in a language, so that a capital proves no name."""
    return primary(lang) in NOUNS_WITH_CAPITALS


def _surname(piece: Piece) -> str:
    keys = [key for key in piece.keys if key not in SUFFIXES]
    return keys[-1].removeprefix("al-").removeprefix("el-") if len(keys) > 1 else ""


def _beginnings(pieces: Iterable[Piece]) -> dict[str, set[str]]:
    """What each word goes on to where it begins a name: a surname, another word, or nothing."""
    found: dict[str, set[str]] = {}
    for piece in pieces:
        if len(piece.words) > 1 and not piece.after:
            follows = _surname(piece)
        else:
            follows = "" if len(piece.words) == 1 and not piece.after else "…"
        found.setdefault(piece.keys[0], set()).add(follows)
    return found


def _is_full_name(piece: Piece) -> bool:
    """Whether the words before the surname read as given names and stand where a name may."""
    if piece.run.segment.heading or piece.after or piece.word_before in LOCATED:
        return False
    names = [word for word in piece.words if word.key not in SUFFIXES]
    lists, places = lexicon(), gazetteer()
    if not well_formed(names) or weigh(piece).score < _ENOUGH:
        return False
    first = names[0]
    if first.key in _BEGINNERS or first.text.isupper() != names[-1].text.isupper():
        return False
    starts = not piece.text_before or piece.text_before.endswith(_SENTENCE_ENDS)
    if starts and first.key.endswith(_NOT_AT_SENTENCE_START) and not lists.is_given(first.key):
        return False
    return first.key not in lists.common and all(
        is_initial(word)
        or lists.is_given(word.key)
        or not (is_title(word) or piece.run.is_ordinary(word) or places.find(word.text))
        for word in names[:-1]
    )
