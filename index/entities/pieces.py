"""Runs of capitalised words cut into pieces that could each be a person's name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from index.entities.gazetteer import Grade, gazetteer
from index.entities.lexicon import lexicon
from index.entities.matching import Word
from index.entities.runs import OPENING, PARTICLES, SUFFIXES, Run

_LINKS = frozenset(
    {" of ", " for ", " of the ", " for the ", " and ", " in ", " & ", ", ", " and the ", " to "}
)
# A word is looked at once, not from each of its letters on and in each length.
_WORD_BEFORE = re.compile(r"(?<!\w)(\w++),? $")
# Party and constituency in brackets: "(D-Sacramento)".
_PARTY = re.compile(r"[A-Z]-[A-Z]")
_PARTIES = frozenset({"D", "R", "I"})
_LAST_LOWER_WORD = re.compile(r"([^\W\d_][\w.’'-]*) $")


class Piece(NamedTuple):
    """Words of a run which could be a name, the words around them in the run, and the title.

    ``title`` is the title word that stands directly before the words, or empty.
    """

    run: Run
    before: tuple[Word, ...]
    words: tuple[Word, ...]
    after: tuple[Word, ...]
    title: str

    @property
    def keys(self) -> tuple[str, ...]:
        """The words as the lists know them."""
        return tuple(word.key for word in self.words)

    @property
    def word_before(self) -> str:
        """The word right before the words in small letters, or empty."""
        found = _WORD_BEFORE.search(self.text_before)
        return found.group(1).lower() if found else ""

    @property
    def text_after(self) -> str:
        """Up to 80 characters after the words."""
        end = self.words[-1].end
        return self.run.segment.text[end : end + 80]

    @property
    def text_before(self) -> str:
        """Up to 60 characters before the words."""
        start = self.words[0].start
        return self.run.segment.text[max(0, start - 60) : start]


def pieces_of(run: Run, previous: Run | None) -> list[Piece]:
    """Cut a run at titles, organisations, places and other words that are in no one's name."""
    words = run.words
    walls = _place_words(run)
    walls |= {number for number in range(len(words)) if _is_wall(run, number)}
    walls |= _title_tail(run, previous, walls)
    pieces: list[Piece] = []
    begin = 0
    for number in range(len(words) + 1):
        if number < len(words) and number not in walls:
            continue
        kept = _trim(run, words[begin:number])
        if kept:
            start = words.index(kept[0])
            stop = start + len(kept)
            title = _title_before(run, start, previous)
            pieces.append(Piece(run, words[:start], kept, words[stop:], title))
        begin = number + 1
    return pieces


def is_initial(word: Word) -> bool:
    """Whether the word is one letter, or letters each with a stop."""
    text = word.text
    # A bare letter of another alphabet is rather an article or a preposition: "Η", "В".
    if len(text) == 1:
        return text.isascii()
    return len(text) <= 4 and text[1::2] == "." * (len(text) // 2)


def is_title(word: Word) -> bool:
    """Whether the word can stand before a name as a title."""
    return _is_title(word.key)


@lru_cache(maxsize=1 << 16)
def _is_title(key: str) -> bool:
    lists = lexicon()
    if key in lists.titles:
        return True
    # "Secretary-General", "Minister-designate", "Editor-in-Chief"
    parts = key.split("-")
    sure = (part in lists.titles and part not in lists.loose_titles for part in parts)
    return len(parts) > 1 and (any(sure) or all(part in lists.titles for part in parts))


def _is_wall(run: Run, number: int) -> bool:
    """Whether the word is certainly in no person's name where it stands."""
    lists = lexicon()
    word = run.words[number]
    key = word.key
    if key in SUFFIXES:
        return number == 0
    if is_initial(word):
        return False
    if _PARTY.match(word.text):
        return True
    if (not key.isalpha() and any(map(str.isdigit, key))) or _is_acronym(word, run):
        return True
    follows_name = number > 0 and _opens_name(run.words[number - 1])
    if is_title(word):
        last = all(other.key in SUFFIXES for other in run.words[number + 1 :])
        return not (follows_name and last and (key in lists.surnames or number > 1))
    if key in PARTICLES and 0 < number < len(run.words) - 1:
        return False
    if key in lists.given or not run.is_ordinary(word):
        return False
    if number > 1 and is_initial(run.words[number - 1]) and key not in lists.organisation:
        # "Phillip W. Price": whatever the word means besides.
        return not lists.is_given(run.words[number - 2].key)
    if key in lists.surnames or key in lists.everyday:
        return not (follows_name or (number > 0 and is_title(run.words[number - 1])))
    if key in lists.weak_given and number + 1 < len(run.words):
        return run.is_ordinary(run.words[number + 1])
    return True


def _opens_name(word: Word) -> bool:
    return lexicon().is_given(word.key) or is_initial(word)


def _is_acronym(word: Word, run: Run) -> bool:
    """Capitals only, where the words around are not: FBI, GPO, but not JOHN SMITH."""
    if not word.text.isupper() or len(word.text) < 2:
        return False
    others = [other for other in run.words if other is not word and len(other.key) > 2]
    return not any(other.text.isupper() for other in others)


def _place_words(run: Run) -> set[int]:
    """Numbers of the words that belong to a place's name of several words or to a country's."""
    taken: set[int] = set()
    for match in run.places:
        if match.place.grade is not Grade.SURE:
            continue
        if match.size > 1 or match.place.kind in ("country", "state"):
            taken.update(range(match.first, match.first + match.size))
    return taken


def _title_tail(run: Run, previous: Run | None, walls: set[int]) -> set[int]:
    """Numbers of the words that go on with a title: "Secretary of State", "Foreign Affairs"."""
    lists = lexicon()
    tail: set[int] = set()
    inside = previous is not None and continues_title(run, previous)
    for number, word in enumerate(run.words):
        if inside and word.key in lists.modifiers and not lists.is_given(word.key):
            tail.add(number)
            continue
        inside = is_title(word) and number in walls
    return tail


def continues_title(run: Run, previous: Run) -> bool:
    """Whether the run goes on with a title begun before: "Secretary of | State John Kerry"."""
    if previous.segment is not run.segment:
        return False
    if run.segment.text[previous.words[-1].end : run.words[0].start] not in _LINKS:
        return False
    last = previous.words[-1].key
    if last in lexicon().titles:
        return True
    # "Secretary of | Health and | Human Services", but not "Department of | Defense".
    return last in lexicon().modifiers and _title_within(run, previous)


def _title_within(run: Run, previous: Run) -> bool:
    """Whether a title stands among the capitalised words shortly before a run."""
    if any(is_title(word) for word in previous.words):
        return True
    start = previous.words[0].start
    before = run.segment.text[max(0, start - 60) : start].rpartition(". ")[2].split()
    return any(word[:1].isupper() and word.lower() in lexicon().titles for word in before)


def _trim(run: Run, words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Without words at either end that no name begins or ends with."""
    while words and words[0].key in SUFFIXES:
        words = words[1:]
    while words and words[-1].key == "st":
        words = words[:-1]
    # "Boris Johnson A Foreign Office spokesman": one bare letter at the end is an article.
    while len(words) > 1 and len(words[-1].text) == 1:
        words = words[:-1]
    # What is left of "Allard, R-Colo.".
    if len(words) > 1 and words[0].text in _PARTIES and _is_state(words[1:]):
        return ()
    # "George Allen Virginia": the state whose name is a given name too.
    if len(words) > 2 and words[-1].key in lexicon().weak_given and _is_state(words[-1:]):
        words = words[:-1]
    # "Patty Murray D Wash": party and state, their brackets lost.
    for number in range(2, len(words)):
        if words[number].text in _PARTIES and "." not in words[number].text:
            words = words[:number] if _is_state(words[number + 1 :]) else words
            break
    # A nickname is inside a name, not at its end.
    if len(words) > 1 and run.segment.text[words[-2].end : words[-1].start] in OPENING:
        words = words[:-1]
    return words


def _is_state(words: tuple[Word, ...]) -> bool:
    text = " ".join(word.text for word in words)
    regions = gazetteer().regions
    return any(form in regions for form in (text, f"{text}.", text.replace(" ", ".") + "."))


def _title_before(run: Run, start: int, previous: Run | None) -> str:
    """The title word directly before a word of the run, or empty."""
    lists = lexicon()
    for number in range(start - 1, -1, -1):
        key = run.words[number].key
        if is_title(run.words[number]):
            return key
        if key not in lists.modifiers:
            return ""
    if previous is not None and continues_title(run, previous):
        gap = run.segment.text[previous.words[-1].end : run.words[0].start]
        if start > 0:
            return "minister"
        last = previous.words[-1].key
        return last if gap == " and " and last.endswith("s") and last in lists.titles else ""
    found = None if start else _LAST_LOWER_WORD.search(run.before)
    word = found.group(1).lower().rstrip(".") if found else ""
    return word if word in lists.titles else ""
