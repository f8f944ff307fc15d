"""Which capitalised words name a person, decided piece by piece and then across the release."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.entities.cases import is_case_of, is_inflected, nominatives
from index.entities.doubts import could_be_person
from index.entities.evidence import Evidence, speaks, weigh
from index.entities.exclusions import is_company, is_excluded
from index.entities.fullnames import full_names, has_capital_nouns
from index.entities.lexicon import lexicon, word_set
from index.entities.matching import Word
from index.entities.offices import office_of
from index.entities.pieces import Piece, pieces_of
from index.entities.regions import region_code
from index.entities.runs import SUFFIXES, Run, key_of
from index.entities.word_kinds import is_initial
from index.model import BlockKind

ENOUGH = 2.0
"""What must speak for a name without a title."""
ENOUGH_IN_HEADLINE = 3.5
"""The same in a paragraph in which nearly every word has a capital."""
LISTED_ENOUGH = 1.0
"""What must speak for a name that stands in a list next to a person."""

_LIST_LINKS = frozenset(
    {", ", " and ", ", and ", " & ", "; ", "; and ", " und ", " et ", " y ", " e "}
)
# In these every word may have a capital: a name needs a title or the body to say it too.
_NO_NAMES_OF_THEIR_OWN = frozenset({BlockKind.TITLE, BlockKind.HEADING})


class PersonMention(NamedTuple):
    """A person's name in the text: the words of the name, without title, why, and the office."""

    run: Run
    words: tuple[Word, ...]
    rule: str
    office: str = ""

    @property
    def start(self) -> int:
        """Offset of the name in the release's text."""
        return self.run.segment.start + self.words[0].start

    @property
    def end(self) -> int:
        """Offset after the name in the release's text."""
        return self.run.segment.start + self.words[-1].end

    @property
    def keys(self) -> tuple[str, ...]:
        """The words of the name as the lists know them, without suffixes."""
        keys = tuple(word.key for word in self.words if word.key not in SUFFIXES)
        return keys or tuple(word.key for word in self.words)


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the whole release says of words: which stand alone, begin names, name companies.

    ``capital_nouns``: in its language every noun has a capital, so that a capital proves nothing.
    """

    alone: Counter[str]
    opening: frozenset[str]
    companies: frozenset[tuple[str, ...]]
    capital_nouns: bool


def persons_in(
    runs: Sequence[Run], lang: str = ""
) -> tuple[tuple[PersonMention, ...], tuple[PersonMention, ...]]:
    """All mentions of people, in order of the text, and what the release leaves in doubt."""
    pieces: list[Piece] = []
    previous: Run | None = None
    for run in runs:
        pieces += pieces_of(run, previous)
        previous = run
    setting = _setting(pieces, lang)
    usable = [piece for piece in pieces if not is_excluded(piece, setting.companies)]
    rules = [_decide(piece, setting) for piece in usable]
    _add_listed(usable, rules)
    sure: list[PersonMention] = []
    rest: list[Piece] = []
    for piece, rule in zip(usable, rules, strict=True):
        if rule:
            sure.append(_mention(piece, rule))
        else:
            rest.append(piece)
    told = {one.keys[0] for one in sure if one.rule == "title" and len(one.keys) == 1}
    whole = full_names(rest, pieces, told, lang)
    sure += [_mention(rest[n], "surname told by title") for n in whole]
    named = frozenset(whole)
    rest = [piece for number, piece in enumerate(rest) if number not in named]
    confirmed, left = _confirmed(rest, sure)
    found = sorted(_without_rows(sure, confirmed), key=lambda mention: mention.start)
    return tuple(found), tuple(_mention(piece, "") for piece in left if could_be_person(piece))


def _is_surname(piece: Piece, surnames: Collection[str]) -> bool:
    """Whether a lone word is the surname of someone, or one in another case: "Путину"."""
    if surname_key(piece.keys) in surnames:
        return True
    forms = nominatives(piece.words[0].text, piece.run.segment.lang)
    return any(key_of(form) in surnames for form in forms)


def _is_in_case(piece: Piece, named: Sequence[PersonMention]) -> bool:
    """Whether the words are the full name of someone named, in another case."""
    if not named or len(piece.words) < 2:
        return False
    lang, name = piece.run.segment.lang, " ".join(word.text for word in piece.words)
    return any(is_case_of(name, " ".join(w.text for w in one.words), lang) for one in named)


def _without_rows(sure: list[PersonMention], confirmed: list[PersonMention]) -> list[PersonMention]:
    """Without rows of surnames whose commas were lost: "Senators Doe Roe" beside "Jane Doe"."""
    lists = lexicon()
    surnames = {
        surname_key(one.keys) for one in sure if len(one.keys) > 1 and lists.is_given(one.keys[0])
    }
    return [
        one
        for one in (*sure, *confirmed)
        if len(one.keys) == 1
        or lists.is_given(one.keys[0])
        or one.keys[0] not in surnames
        or surname_key(one.keys) == one.keys[0]
    ]


def _mention(piece: Piece, rule: str) -> PersonMention:
    return PersonMention(piece.run, piece.words, rule, office_of(piece))


def surname_key(keys: Sequence[str]) -> str:
    """The surname in a name's keys: the last of them, without al- or el-."""
    return keys[-1].removeprefix("al-").removeprefix("el-")


def _setting(pieces: list[Piece], lang: str) -> _Setting:
    alone: Counter[str] = Counter()
    companies = set()
    opening = set()
    given = lexicon().given
    for piece in pieces:
        if len(piece.words) == 1 and not piece.before and not piece.after:
            alone[piece.keys[0]] += 1
        if len(piece.words) > 1 and piece.keys[0] not in given and is_company(piece):
            companies.add(piece.keys)
        if len(piece.words) + len(piece.after) > 1:
            opening.add(piece.keys[0])
    return _Setting(alone, frozenset(opening), frozenset(companies), has_capital_nouns(lang))


def _decide(piece: Piece, setting: _Setting) -> str:
    """The rule by which the piece names a person for itself, or ""."""
    evidence = weigh(piece)
    if piece.title and _title_suffices(piece, evidence):
        return "title"
    if len(piece.words) == 1 or piece.run.segment.kind in _NO_NAMES_OF_THEIR_OWN:
        return ""
    if setting.capital_nouns and not (
        lexicon().is_given(piece.keys[0]) or is_initial(piece.words[0])
    ):
        return ""
    score = evidence.score
    if piece.run.segment.heading:
        return evidence.rule if score >= ENOUGH_IN_HEADLINE else ""
    if score < ENOUGH and score > 0:
        # Later mentions give a person's last word and a company's first.
        last, first = piece.keys[-1], piece.keys[0]
        score += 1.0 if setting.alone[last] and last not in setting.opening else 0.0
        score -= 1.0 if setting.alone[first] and not lexicon().is_given(first) else 0.0
        return "surname alone" if score >= ENOUGH else ""
    return evidence.rule if score >= ENOUGH else ""


def _add_listed(pieces: list[Piece], rules: list[str]) -> None:
    """Fill in the rule of names that stand in a list next to people: "A, B and C"."""
    numbers = range(1, len(pieces))
    for number, other in (*((n, n - 1) for n in numbers), *((n - 1, n) for n in reversed(numbers))):
        if rules[number] or not rules[other]:
            continue
        one, two = pieces[min(number, other)], pieces[max(number, other)]
        if one.run.segment is not two.run.segment or one.after or two.before:
            continue
        between = one.run.segment.text[one.words[-1].end : two.words[0].start]
        here = pieces[number]
        if between not in _LIST_LINKS or here.run.segment.heading:
            continue
        if 1 < len(here.words) < 4 and weigh(here).score >= LISTED_ENOUGH:
            rules[number] = "list"


def _title_suffices(piece: Piece, evidence: Evidence) -> bool:
    lists = lexicon()
    if evidence.score <= -1 or len(piece.keys[-1]) < 2:
        return False
    if len(piece.words) == 1 and _is_no_surname(piece):
        # "said DA Stephan": whoever says something is no "his wife Mary", no "Joint Chiefs".
        return piece.title in _OF_OFFICE and speaks(piece)
    if piece.title not in lists.loose_titles:
        return True
    if len(piece.words) == 1:
        return piece.keys[0] in lists.surnames and not piece.run.is_ordinary(piece.words[0])
    return evidence.score >= 1


# Bearers of these are called by their given names.
_WITH_GIVEN_NAME = word_set(
    "king queen prince princess pope saint st sheikh sheik shaykh emperor empress sultan emir "
    "imam bishop archbishop patriarch brother sister father mother sir dame lady lord mr ms mrs "
    "miss dr sri rabbi"
)


# Titles before a surname alone, never before a given name.
_OF_OFFICE = word_set(
    "da ada d.a minister secretary president chancellor senator sen rep congressman congresswoman "
    "governor gov mayor sheriff commissioner ambassador attorney prosecutor detective sergeant sgt "
    "captain capt major general gen colonel col lieutenant lt chief judge justice inspector"
)


def _is_no_surname(piece: Piece) -> bool:
    """Whether a lone word after a title is something else: "Joint Chiefs", "his wife Mary"."""
    lists = lexicon()
    key = piece.keys[0]
    if key in lists.surnames:
        return False
    if key in lists.given:
        return piece.title not in _WITH_GIVEN_NAME
    # "Gen Xers", "MS Bio-Medical": a short title without its stop is a word of another kind.
    short = piece.text_before.rstrip()[-3:].strip()
    if short in ("Gen", "MS"):
        return True
    return _like_a_verb(key) or (key.endswith("s") and key[:-1] in lists.titles)


def _like_a_verb(key: str) -> bool:
    """Whether a lone word after a title reads as a verb: "the District Attorney Denounced"."""
    lists = lexicon()
    return (
        key.endswith("ed") and len(key) > 5 and not (key in lists.surnames or lists.is_given(key))
    )


def _confirmed(
    pieces: list[Piece], sure: list[PersonMention]
) -> tuple[list[PersonMention], list[Piece]]:
    """Mentions by a name, or part of a name, that another has made sure; and the other pieces."""
    full = {mention.keys for mention in sure}
    surnames = {surname_key(keys) for keys in full}
    first = Counter(keys[0] for keys in full if len(keys) > 1)
    cased = [mention for mention in sure if is_inflected(mention.run.segment.lang)]
    found = []
    left = []
    for piece in pieces:
        keys = piece.keys
        # "Dallas, Texas" is no mention of a Mr. Dallas.
        alone = len(keys) == 1 and not piece.after and not region_code(piece.text_after)
        if keys in full or _is_in_case(piece, cased) or (alone and _is_surname(piece, surnames)):
            found.append(_mention(piece, "named before"))
        elif alone and first[keys[0]] == 1 and keys[0] in lexicon().given:
            found.append(_mention(piece, "given name alone"))
        else:
            left.append(piece)
    return found, left
