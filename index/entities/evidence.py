"""How much speaks for some capitalised words being the name of a person."""

from __future__ import annotations

import re
from typing import NamedTuple

from index.entities.gazetteer import Grade, gazetteer
from index.entities.lexicon import lexicon, word_set
from index.entities.matching import Word
from index.entities.pieces import Piece
from index.entities.runs import SUFFIXES
from index.entities.word_kinds import is_initial

_AGE = re.compile(r"^,? \(?(?:age |aged )?\d{1,2}\)?(?:,| years old| of | \(|-year)|^ \(\d{2}\)")
_SAID = re.compile(
    r"^,? (?:has |have |had |also |further |then |later )?(?:said|says|stated|added|told|noted|"
    r"explained|commented|wrote|pleaded|admitted|testified|thanked|remarked|stressed|played|"
    r"was born|was sentenced|was arrested|was charged|was convicted|died|married)\b"
)
# A quotation, a verb of saying, perhaps a title: "…,” said District Attorney Roe".
_QUOTED_BEFORE = re.compile(
    r"[”\"’»],? (?:also |further |then )?(?:said|says|added|adds|explained|explains|noted|notes"
    r"|stated|states|commented|comments|remarked|concluded|continued) (?:[\w.’'-]{1,20} ){0,4}$"
)
_SAID_OPENS = re.compile(r"[”\"’»],? $")
_SAYS_IT = re.compile(r"^ (?:said|says|added|adds|explained|noted|stated|commented|continued)\b")
_WHO = re.compile(r"^,? (?:who|whose)\b|^, (?:\w{1,20} )?(?:and his|and her)\b| \((?:born|b\.) ")
_WORDS_BEFORE = word_set(
    "said named defendant defendants colleague wife husband son daughter brother sister father "
    "mother former late married starring actor actress singer met"
)
_PHRASES_BEFORE = (
    "ccording to ", "identified as ", "led by ", "directed by ", "written by ", "produced by ",
    "played by ", "met with ",
)  # fmt: skip
_NO_NAME_AFTER = word_set("the a an in at from near of this that our its their your")
LOCATED = frozenset({"in", "at", "near", "outside"})
"""Words before a place rather than a person."""
# Companies and towns are named so, and people who bear such a name have a given name before it.
_LANDFORMS = word_set(
    "ridge valley creek lake river park peak point bay island springs falls canyon mesa harbor "
    "harbour cove summit trail grove meadow meadows shores heights rock pond"
)
_STREET_NUMBER = re.compile(r"\b\d{1,6} $")
# A small letter follows the first, or one more capital does: McCain, O'Neill, D'Arcy, not NFTs.
_NAME_SHAPE = re.compile(r"[^\W\d_](?:[’'][^\W\d_])?[^\W\d_A-Z]|[^\W\d_]{1,3}[-‑'’]")
_TITLE_AFTER = re.compile(
    r"^, (?:the |an? |his |her |our |their |its |who is |currently |former )?"
    r"((?:[\w’'&-]{1,30} ){0,5}?[\w’'-]{1,30})"
)
# "the Minister of Water and Coast, Ifeoma Okoro, said": an office with its capital, then commas.
_OFFICE_BEFORE = re.compile(
    r"\b(?:[Tt]he|[Ii]ts|[Oo]ur|[Tt]heir|[Hh]is|[Hh]er) (?:[a-z]{2,12} )?"
    r"((?:[A-Z][\w’'-]{1,20} ){0,3}[A-Z][\w’'-]{1,20})(?: (?:of|for) [^,.;:!?]{2,60})?, $"
)
_APPOSED = re.compile(r"^(?:[,.;]|$)")
# A company may be the one or the other too: "the Publisher, Alpine Ridge, said".
_OFFICES_OF_COMPANIES = word_set(
    "defendant defendants plaintiff publisher partner founder producer investor architect designer "
    "administrator distributor banker broadcaster manager engineer presenter"
)


class Evidence(NamedTuple):
    """The sum of what speaks for (above zero) and against a name, and the main reason."""

    score: float
    rule: str


def weigh(piece: Piece) -> Evidence:
    """Weigh the words themselves and what stands right before and after them."""
    names = [word for word in piece.words if word.key not in SUFFIXES]
    if not names:
        return Evidence(-5.0, "")
    inner, rule = _inner(names)
    if 1 < len(names) < len(piece.words):
        inner, rule = inner + 2.0, "suffix"
    if len(names) > 1 and well_formed(names) and piece.word_before not in _NO_NAME_AFTER:
        known = names[0].key in lexicon().weak_given
        inner += 0.5 if known else 1.0
    outer, context = _outer(piece)
    score = inner + outer + _against(names, piece)
    return Evidence(score, context if outer > inner else rule)


def _inner(names: list[Word]) -> tuple[float, str]:
    lists = lexicon()
    score, rule = 0.0, "shape"
    first, last = names[0], names[-1]
    if len(names) > 1 and lists.is_given(first.key):
        score, rule = (1.0 if first.key in lists.weak_given else 2.0), "given name"
    if len(names) > 2 and any(is_initial(word) for word in names[1:-1]):
        score, rule = score + 1.5, "initial"
    elif len(names) > 1 and is_initial(first):
        score, rule = score + 1.0, "initial"
    if last.key in lists.surnames:
        score += 1.0
    elif len(names) > 1 and last.key in lists.given:
        score += 0.5
    return score, rule


def well_formed(names: list[Word]) -> bool:
    """Two or three words, each of at least three small letters after its capital or an initial."""
    return len(names) < 4 and all(
        is_initial(word) or (len(word.key) > 2 and bool(_NAME_SHAPE.match(word.text)))
        for word in names
    )


def _against(names: list[Word], piece: Piece) -> float:
    lists = lexicon()
    places = gazetteer()
    score = 0.0
    for word in names:
        if word.key in lists.surnames or word.key in lists.given:
            continue
        if piece.run.is_ordinary(word):
            score -= 0.5 if word.key in lists.weak_given else 1.5
        place = places.find(word.text)
        if place is not None and place.grade == Grade.SURE:
            score -= 1.5
    if len(names) > 1 and is_initial(names[-1]):
        score -= 3.0
    if names[-1].key in _LANDFORMS and not lists.is_given(names[0].key):
        score -= 1.0
    if piece.text_before.endswith((" the ", "The ")) and not piece.before:
        score -= 1.0
    if is_initial(names[0]) and _STREET_NUMBER.search(piece.text_before):
        score -= 3.0
    if piece.word_before in LOCATED:
        score -= 1.0
    return score


def _outer(piece: Piece) -> tuple[float, str]:
    lists = lexicon()
    after = piece.text_after
    if _AGE.match(after):
        return 2.0, "age"
    score = 0.0
    rule = "context"
    if _SAID.match(after):
        score, rule = score + 1.0, "said"
    if _speaks_after_quotation(piece):
        score, rule = score + 1.0, "said"
    if _WHO.match(after):
        score, rule = score + 1.0, "who"
    if piece.word_before in _WORDS_BEFORE or piece.text_before.endswith(_PHRASES_BEFORE):
        score += 1.0
    if _APPOSED.match(after) and _office_before(piece):
        score, rule = score + 1.0, "office before"
    found = _TITLE_AFTER.match(after)
    if found:
        words = [part.lower().rstrip(".") for part in found.group(1).split()]
        if any(word in lists.titles for word in words):
            score, rule = score + 1.5, "title after"
    return score, rule


def _speaks_after_quotation(piece: Piece) -> bool:
    """Whether the words alone stand between a quotation with its verb and a comma or stop."""
    if piece.before or piece.after or piece.word_before in _NO_NAME_AFTER:
        return False
    return bool(
        _QUOTED_BEFORE.search(piece.text_before) and _APPOSED.match(piece.text_after)
    ) or bool(_SAID_OPENS.search(piece.text_before) and _SAYS_IT.match(piece.text_after))


def speaks(piece: Piece) -> bool:
    """Whether what stands before or after a quotation says that the words are who speaks."""
    before = piece.text_before
    if _SAYS_IT.match(piece.text_after):
        return True
    return bool(_QUOTED_BEFORE.search(before)) and _APPOSED.match(piece.text_after) is not None


def _office_before(piece: Piece) -> bool:
    """Whether the words stand in apposition to an office: "the Minister of Trade, A B, said"."""
    if piece.before or piece.after or not piece.text_before.endswith(", "):
        return False
    start = piece.words[0].start
    found = _OFFICE_BEFORE.search(piece.run.segment.text[max(0, start - 120) : start])
    if found is None:
        return False
    lists = lexicon()
    keys = {word.lower() for word in found.group(1).split()}
    return bool((keys & lists.titles) - lists.loose_titles - _OFFICES_OF_COMPANIES)
