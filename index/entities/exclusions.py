"""What is no person whatever else speaks for it: companies, contacts, bodies of a town."""

from __future__ import annotations

import re
from collections.abc import Collection

from index.entities.gazetteer import Grade
from index.entities.lexicon import lexicon, word_set
from index.entities.pieces import Piece
from index.entities.runs import ROMANCE
from index.entities.word_kinds import is_title

_CONTACT_BEFORE = re.compile(
    r"(?:\b[Cc]ontact(?:ing)?|\b[Cc]all|\b[Ee]-?mail) (?:[A-Z][\w.]{1,20} ){0,3}$"
    r"|(?:\b[Cc]ontacts?|CONTACTS?)(?: is| are)?: ?(?:[\w.]{1,20} ){0,3}$"
    r"|\b(?:[Ii]nquiries|[Ee]nquiries|[Qq]uestions|[Rr]svp|RSVP)(?: to)?:? "
    r"(?:[A-Z][\w.]{1,20} ){0,2}$"
)
_CONTACT_HINTS = ("ontact", "ONTACT", "all ", "mail ", "nquiries", "uestions", "svp", "RSVP")
_CONTACT_AFTER = re.compile(
    r"^,? ?(?:\(?\+?\d{1,3}[)\-. ]{1,2}\d{2,4}[)\-. ]|[\w.+-]{1,40}@"
    r"|(?:directly )?at \(?\d{3}|al número)"
    r"|^(?:,? [A-Z][\w.]{1,20}){0,3},? ?[(–-]? ?"
    r"(?:Phone|Tel|Telephone|E-?mail|Mobile|Cell|Fax)\b ?[:.]"
)
_COMPANY_AFTER = re.compile(
    r"^(?:,? (?:Inc|LLC|L\.L\.C|Corp|Corporation|Ltd|Limited|PLC|plc|LLP|LP|S\.A|N\.V|AG|GmbH|Co)\b"
    r"(?!-)"  # "Jane Roe, Co-Founder"
    r"|[®™]| ?\((?:[A-Z]{2,8}|NYSE|NASDAQ|OTC\w*|TSX\w*|LSE|ASX|CSE)[:) ]|\.(?:com|org|net|io)\b"
    r"| & (?:Co|Company|Sons|Associates|Partners)\b"
    r"|(?:, [A-Z]\w+)* & [A-Z]\w+,? (?:LLP|LLC|PLLC|PC|P\.C\.|P\.A\.|Inc|Ltd|GmbH|AG)\b)"
)


_STREETS = word_set(
    "street st avenue ave boulevard blvd drive road rd parkway highway expressway freeway plaza "
    "bridge turnpike"
)
# "Tex. Admin. Code", where the states are shortened as in citations.
_STATE_FIRST = re.compile(
    r"(?:Ala|Ariz|Ark|Calif|Colo|Conn|Fla|Ill|Ind|Kan|Mass|Mich|Minn|Nev|Okla|Tenn|Tex|Wis)\."
)


def _is_said_twice(keys: tuple[str, ...]) -> bool:
    """Whether words without a stop between them are one name twice: "Owner Jane Roe Jane Roe"."""
    half = len(keys) // 2
    return half > 0 and keys[:half] == keys[half:]


def is_company(piece: Piece) -> bool:
    """Whether what follows says that the words name a company or are a part of its name."""
    if _COMPANY_AFTER.match(piece.text_after):
        return True
    if not piece.after:
        return False
    if piece.after[0].key in lexicon().organisation:
        return True
    # "Strawberry Fields REIT, Inc."
    return not piece.title and bool(_COMPANY_AFTER.match(piece.text_after_run))


def is_excluded(piece: Piece, companies: Collection[tuple[str, ...]]) -> bool:
    """Organisations, contacts and whatever is too long for a name."""
    if piece.keys[0][:1] > "\u0370" and piece.run.segment.lang in ("", "en"):
        return True  # "Alexander Gradsky (Александр Градский)": one value is enough
    if len(piece.words) > 5 or piece.keys in companies:
        return True
    if piece.keys in lexicon().not_people or _is_said_twice(piece.keys):
        return True
    if piece.after and not is_title(piece.after[0]) and is_company(piece):
        return True
    if _STATE_FIRST.match(piece.words[0].text):
        return True
    if _is_of_a_place(piece) or _is_in_a_longer_name(piece):
        return True
    if len(piece.words) == 1 and _opens_organisation(piece):
        return True
    if _COMPANY_AFTER.match(piece.text_after) and not piece.title:
        return True
    if _CONTACT_AFTER.match(piece.text_after):
        return True
    before = piece.text_before
    return any(hint in before for hint in _CONTACT_HINTS) and bool(_CONTACT_BEFORE.search(before))


def _is_in_a_longer_name(piece: Piece) -> bool:
    """Whether the words are part of a street's name, or of a place's with the title before them."""
    if not piece.run.segment.heading and any(word.key in _STREETS for word in piece.after):
        return True
    start = len(piece.before)
    return start > 0 and any(
        match.first < start and match.first + match.size >= start + len(piece.words)
        for match in piece.run.places
    )


def _is_of_a_place(piece: Piece) -> bool:
    """Whether the words are a body of a town in a Romance language: "Industrie de Paris"."""
    if piece.run.segment.lang not in ROMANCE or lexicon().is_given(piece.keys[0]) or piece.title:
        return False
    last = len(piece.before) + len(piece.words) - 1
    return len(piece.words) > 1 and any(
        match.first <= last < match.first + match.size and match.place.grade is not Grade.DOUBTFUL
        for match in piece.run.places
    )


def _opens_organisation(piece: Piece) -> bool:
    """Whether a lone word begins something longer: "Attorney Generals Medicaid Fraud Unit"."""
    if piece.run.segment.heading or piece.keys[0] in lexicon().surnames:
        return False
    return any(word.key in lexicon().organisation for word in piece.after)
