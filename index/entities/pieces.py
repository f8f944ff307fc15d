"""Runs of capitalised words cut into pieces that could each be a person's name."""

from __future__ import annotations

import re
from typing import NamedTuple

from index.entities.gazetteer import Grade
from index.entities.lexicon import lexicon, word_set
from index.entities.matching import Word
from index.entities.runs import PARTICLES, SUFFIXES, Run
from index.entities.segments import NOUNS_WITH_CAPITALS
from index.entities.trimming import from_given_name, trim, without_nouns
from index.entities.word_kinds import (
    is_compound,
    is_glued,
    is_initial,
    is_title,
    opens_name,
)

_LINKS = frozenset(
    {" of ", " for ", " of the ", " for the ", " and ", " in ", " & ", ", ", " and the ", " to "}
)
# A word is looked at once, not from each of its letters on and in each length.
_WORD_BEFORE = re.compile(r"(?<!\w)(\w++),? $")
# Party and constituency in brackets: "(D-Sacramento)".
_PARTY = re.compile(r"[A-Z]-[A-Z]")
# They begin the next sentence where stops were lost: "said Senator Roe The bill".
_OPENERS = word_set(
    "the a an and although though despite we he she they it i you in on at by to of this that "
    "these those our his her their its as for while when after under before since with from but "
    "or if because however there here what who how why not no yes all each both every today "
    "yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday january "
    "february april june july september october november december last next then also over more "
    "most many some any"
)
_POLITE = word_set("mr ms mrs dr prof professor rev")
# A stop ends a sentence, unless the word is an abbreviation: "sen. Roe".
_LAST_LOWER_WORD = re.compile(
    r"(?<![\w.@’'-])([^\W\d_][\w’'-]*|[^\W\d_]\w{0,4}\.|[^\W\d_]\.[^\W\d_]\.) $"
)


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
    def text_after_run(self) -> str:
        """Up to 40 characters after the last word of the run."""
        end = self.run.words[-1].end
        return self.run.segment.text[end : end + 40]

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
        kept = trim(run, words[begin:number])
        if run.segment.lang in NOUNS_WITH_CAPITALS:
            kept = without_nouns(run, kept)
        elif kept and kept[-1].key[0] > "\u0370":
            kept = from_given_name(kept)
        if kept:
            start = words.index(kept[0])
            stop = start + len(kept)
            title = _title_before(run, start, previous)
            pieces.append(Piece(run, words[:start], kept, words[stop:], title))
        begin = number + 1
    return pieces


def _is_wall(run: Run, number: int) -> bool:
    """Whether the word is certainly in no person's name where it stands."""
    lists = lexicon()
    word = run.words[number]
    key = word.key
    if key in SUFFIXES:
        return number == 0
    if _is_monsieur(run, word):
        return True
    if is_initial(word):
        return False
    if _PARTY.match(word.text):
        return True
    if (not key.isalpha() and any(map(str.isdigit, key))) or _is_acronym(word, run):
        return True
    if is_glued(word) or ("-" in word.text and is_compound(word)):
        return True
    follows_name = number > 0 and opens_name(run.words[number - 1])
    if is_title(word):
        last = all(other.key in SUFFIXES for other in run.words[number + 1 :])
        initials = all(map(is_initial, run.words[:number]))
        surname = key in lists.surnames or (number > 1 and not initials)
        return not (follows_name and last and surname)
    if key in PARTICLES and 0 < number < len(run.words) - 1:
        return False
    if key in lists.given or not run.is_ordinary(word):
        return False
    if _ends_titled_name(run, number):
        return False
    if number > 1 and is_initial(run.words[number - 1]) and key not in lists.organisation:
        # "Phillip W. Price": whatever the word means besides.
        return not lists.is_given(run.words[number - 2].key)
    if key in lists.surnames or key in lists.everyday:
        return not (follows_name or (number > 0 and is_title(run.words[number - 1])))
    if key in lists.weak_given and number + 1 < len(run.words):
        return run.is_ordinary(run.words[number + 1])
    return True


def _ends_titled_name(run: Run, number: int) -> bool:
    """Whether any word is a surname here: "Ms. Maria Power", not "Mr. Roe Power Company"."""
    word = run.words[number]
    lists = lexicon()
    if number < 1 or number + 1 < len(run.words) or run.segment.heading or word.text.isupper():
        return False
    first = run.words[number - 1]
    if word.key in _OPENERS or word.key.endswith("ly") or not _is_titled(run, number - 1):
        return False
    if first.key in lists.given:
        return not (word.key in lists.verbs and word.key.endswith("s"))
    if word.key in lists.verbs or word.key in lists.titles or word.key in lists.modifiers:
        return False
    # "Prof. Shanhui Fan", "Mr. Dien Do": a word that no list knows, and one that is no body's.
    known = run.is_ordinary(first) or first.key in lists.surnames or is_title(first)
    polite = number > 1 and run.words[number - 2].key in _POLITE
    body = word.key in lists.organisation or word.key in lists.demonyms
    body = body or (word.key.endswith("s") and not polite)
    known = known or is_initial(first) or (first.key.endswith("s") and not polite)
    return not (known or body) and run.segment.lang in ("", "en")


def _is_titled(run: Run, number: int) -> bool:
    """Whether a title that is hardly anything else stands right before a word of the run."""
    loose = lexicon().loose_titles
    if number == 0:
        found = _LAST_LOWER_WORD.search(run.before)
        word = found.group(1).lower().rstrip(".") if found else ""
        return word in lexicon().titles and word not in loose
    title = run.words[number - 1]
    # "The Dr. Phil Show"
    shown = run.segment.text[max(0, title.start - 4) : title.start].endswith(("The ", "the "))
    return is_title(title) and title.key not in loose and not shown


def _is_acronym(word: Word, run: Run) -> bool:
    """Capitals only, where the words around are not: FBI, GPO, but not JOHN SMITH."""
    if not word.text.isupper() or len(word.text) < 2:
        return False
    others = [
        other
        for other in run.words
        if other is not word and len(other.key) > 2 and "." not in other.text
    ]
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


def _is_monsieur(run: Run, word: Word) -> bool:
    return run.segment.lang == "fr" and word.text in ("M.", "MM.")


def _is_time(run: Run, word: Word) -> bool:
    """Whether the word is no prime minister but an hour: "12:15 PM Pacific"."""
    return (
        word.key == "pm"
        and run.segment.text[max(0, word.start - 2) : word.start].rstrip()[-1:].isdigit()
    )


def _title_before(run: Run, start: int, previous: Run | None) -> str:
    """The title word directly before a word of the run, or empty."""
    lists = lexicon()
    for number in range(start - 1, -1, -1):
        key = run.words[number].key
        if _is_monsieur(run, run.words[number]):
            return "mr"
        if is_title(run.words[number]):
            return "" if _is_time(run, run.words[number]) else key
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
