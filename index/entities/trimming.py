"""Words at the ends of a run that belong to no name in it."""

from __future__ import annotations

from index.entities.gazetteer import gazetteer
from index.entities.lexicon import lexicon
from index.entities.matching import Word
from index.entities.runs import OPENING, SUFFIXES, Run
from index.entities.word_kinds import is_initial, opens_name

_PATRONYMICS = ("ович", "евич", "ич", "овна", "евна", "овича", "евича", "овны", "евны")
_PARTIES = frozenset({"D", "R", "I"})


def trim(run: Run, words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Without words at either end that no name begins or ends with."""
    while words and words[0].key in SUFFIXES:
        words = words[1:]
    while words and words[-1].key == "st":
        words = words[:-1]
    # "Boris Johnson A Foreign Office spokesman": one bare letter at the end is an article.
    while len(words) > 1 and len(words[-1].text) == 1:
        words = words[:-1]
    # "To: John Roe Re: hours"
    if len(words) > 1 and words[-1].key == "re" and run.segment.text[words[-1].end :][:1] == ":":
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


def from_given_name(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """From the given name on, where a surname follows it: "Как Олег Иванов", "России Олег Иванов".

    A name that begins with the surname stays: a patronymic ends it.
    """
    lists = lexicon()
    first = next((n for n, word in enumerate(words) if word.key in lists.given), 0)
    if first == 0 or first == len(words) - 1 or words[-1].key.endswith(_PATRONYMICS):
        return words
    return words[first:]


def without_nouns(run: Run, words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Without the nouns around a name where all nouns have capitals: "Parteichef Karl Roe Anfang".

    A surname is one word there, or two with a hyphen.
    """
    lists, text = lexicon(), run.segment.text
    first = next((n for n, word in enumerate(words) if word.key in lists.given), len(words))
    if first < len(words) - 1 and not any(map(is_initial, words[:first])):
        words = words[first:]
    elif first:
        return words
    for number in range(1, len(words)):
        gap = text[words[number - 1].end : words[number].start].strip()
        if number > 1 and not gap and not opens_name(words[number - 1]):
            return words[:number] if words[number].key not in SUFFIXES else words[: number + 1]
    return words


def _is_state(words: tuple[Word, ...]) -> bool:
    text = " ".join(word.text for word in words)
    regions = gazetteer().regions
    return any(form in regions for form in (text, f"{text}.", text.replace(" ", ".") + "."))
