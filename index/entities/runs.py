"""Capitalised words and the runs they form: the only places where names are looked for.

One pass of one regular expression without nested repetition over each block, so the time is
linear in the text whatever the text is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from index.entities.lexicon import fold, lexicon, word_set
from index.entities.matching import PlaceMatch, Word, match_places
from index.entities.segments import NOUNS_WITH_CAPITALS, Segment

PARTICLES = word_set(
    "van von de der den del della di da dos das du la le al el bin ibn ben bint abu ter ten zu st"
)
LONGEST = 40
"""Words a run may have; longer ones are pages in capitals, and cut."""
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "esq"})

# Letters of the cased scripts that a name can begin with; ``re`` has no class for upper case.
_UPPER = "".join(
    chr(code)
    for code in (*range(0x41, 0x590), *range(0x1E00, 0x2000))
    if chr(code).isupper() or chr(code).istitle()
)
# With a stop they do not end a sentence, so the words after them go on with the run.
_ABBREVIATIONS = word_set(
    "Mr Mrs Ms Mx Dr Prof Sen Sens Rep Reps Gov Govs Gen Lt Maj Col Capt Cpt Cmdr Cdr Adm "
    "Brig Sgt Cpl Pfc Pvt Spc Det Supt Insp Rev Fr Msgr Hon St Ste Ft Mt Jr Sr Atty Ave Blvd "
    "Rd Inc Corp Co Ltd Bros Messrs Mme Mlle Sra Pres Sec Amb Asst Dept Univ Ala Ariz Ark "
    "Calif Colo Conn Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore "
    "Pa Tenn Tex Vt Va Wash Wis Wyo"
)
_WORD = re.compile(rf"[{_UPPER}]\w*(?:[-‑'’]\w+)*")
_INITIALS = re.compile(rf"\.(?:[{_UPPER}]\.)*(?!\w)")
_ARTICLES = frozenset({"al", "el", "ad", "an", "as", "ash", "ar", "at", "az", "d", "l"})
_ARTICLE = re.compile(r"(?<!\w)(\w{1,3})[-‑'’]$")
_NO_WORD_AFTER = re.compile(r"[\w@/&%-]")
# "z. B. Jane": the second letter of an abbreviation, not an initial.
_SMALL_INITIAL = re.compile(r"(?<!\w)[a-z]\. ?$")
_APOSTROPHE = re.compile("['’]")
# "I'll", "We've", "Don't"
_CONTRACTED = ("'ll", "'ve", "'re", "'m", "n't")
# What may follow a possessive inside one name: "Prince George's County".
_OWNED = frozenset({"county", "island", "parish"})
OPENING = frozenset({' "', " “", " ‘", " '", " (", " „"})
_CLOSING = frozenset({'" ', "” ", "’ ", "' ", ") ", "“ "})
_PARTICLE_GAPS = frozenset(
    {f" {one} " for one in PARTICLES}
    | {" de la ", " de las ", " de los ", " van der ", " van den ", " von der ", " al-", " el-"}
)
# "Leiter der Abteilung": where every noun has a capital, articles join no names.
_GERMAN_ARTICLES = frozenset({" der ", " den ", " das ", " des ", " do ", " am ", " la ", " du "})
ROMANCE = frozenset({"fr", "es", "it", "pt", "ca", "gl", "ro"})
"""Languages in which a preposition may be a particle of names: "de"."""
_SPACE = frozenset({" ", "\u00a0", "  ", "- "})


class Run(NamedTuple):
    """Capitalised words next to each other, with nothing but spaces and particles between.

    ``places`` are the names of the gazetteer in it.
    """

    segment: Segment
    words: tuple[Word, ...]
    places: tuple[PlaceMatch, ...]

    def is_ordinary(self, word: Word) -> bool:
        """Whether a word has a meaning of its own: by the lists, or as used in this release."""
        lists = lexicon()
        if lists.is_ordinary(word.key) or word.key in lists.everyday:
            return True
        return word.key in self.segment.lower and word.key not in lists.given

    @property
    def before(self) -> str:
        """Up to 48 characters that stand before the run."""
        start = self.words[0].start
        return self.segment.text[max(0, start - 48) : start]


def find_runs(segment: Segment) -> list[Run]:
    """All runs of a segment in order."""
    runs: list[Run] = []
    current: list[Word] = []
    for word in _capitalised(segment.text, segment.lang):
        if current and not (len(current) < LONGEST and _joined(segment, current, word)):
            if not _says_nothing(segment.text, current):
                runs.append(_run(segment, current))
            current = []
        current.append(word)
    if current and not _says_nothing(segment.text, current):
        runs.append(_run(segment, current))
    return runs


def _run(segment: Segment, current: list[Word]) -> Run:
    words = tuple(current)
    return Run(segment, words, match_places(segment, words))


def _says_nothing(text: str, current: list[Word]) -> bool:
    """Whether the run is one word such as "The" or "However" at the start of a sentence."""
    after = text[current[0].end : current[0].end + 3]
    if len(current) > 1 or (after.startswith(", ") and after[2:].isupper()):
        return False  # "Mobile, Alabama" and the like are more than they seem
    lists, key = lexicon(), current[0].key
    if key not in lists.common or key in lists.titles or key in lists.modifiers:
        return False
    return not (lists.is_given(key) or key in lists.surnames or key in lists.demonyms)


@lru_cache(maxsize=1 << 16)  # an archive's names come again and again
def key_of(text: str) -> str:
    """A word as the lists know it: no capitals, accents or final stop, ' and - straight."""
    return fold(text.lower()).replace("’", "'").replace("‑", "-").rstrip(".")


def _capitalised(text: str, lang: str) -> list[Word]:
    words: list[Word] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        if words and start < words[-1].end:
            continue  # the second letter of "J.D."
        if text[end : end + 1] == "@":
            continue  # the beginning of a mail address
        if start and (text[start - 1] in "'’" or _NO_WORD_AFTER.match(text, start - 1)):
            start = _with_article(text, start, words[-1].end if words else -1)
            if start < 0:
                continue
        found = text[start:end]
        if text[end : end + 1] == ".":
            if end - start == 1:
                if _SMALL_INITIAL.search(text, max(0, start - 4), start):
                    continue
                initials = _INITIALS.match(text, end)
                end = initials.end() if initials else end
            elif found in _ABBREVIATIONS:
                end += 1
            found = text[start:end]
        # The possessive is no part of the name: "Netanyahu's", and "SMITH'S" in capitals.
        elif found[-2:] in ("'s", "’s", "'S", "’S"):
            found, end = found[:-2], end - 2
        elif lang == "tr" and _APOSTROPHE.search(found):
            # Turkish sets the endings of names apart: "Ankara'da".
            found = _APOSTROPHE.split(found)[0]
            end = start + len(found)
        if found and not _is_contracted(found):
            words.append(Word(start, end, found, key_of(found)))
    return words


def _is_contracted(word: str) -> bool:
    """Whether the word is a pronoun or verb with another: "I'll", "Don't"."""
    return ("'" in word or "’" in word) and word.replace("’", "'").lower().endswith(_CONTRACTED)


def _with_article(text: str, start: int, before: int) -> int:
    """Where a word begins whose capital is not its first letter: al-Abadi; -1 if it is none.

    ``before`` is where the capitalised word before it ends.
    """
    found = _ARTICLE.search(text, max(0, start - 5), start)
    if found is not None:
        # "Giscard d'Estaing" goes on with a name, "le discours d'Emmanuel Macron" begins one.
        if found.group(1) in ("d", "l") and text[start - 1] != "-":
            return found.start() if text[before : found.start()] == " " else start
        return found.start() if found.group(1) in _ARTICLES else -1
    # A quotation mark may stand before a word; a letter, hyphen or slash may not.
    quoted = text[start - 1] in "'’" and not text[start - 2 : start - 1].isalnum()
    return start if quoted else -1


def _joined(segment: Segment, current: list[Word], word: Word) -> bool:
    text = segment.text
    gap = text[current[-1].end : word.start]
    if gap in _SPACE:
        return True
    if gap in ("'s ", "’s "):
        return word.key in _OWNED
    if gap == ", ":
        return word.key in SUFFIXES
    if gap in _PARTICLE_GAPS:
        if segment.lang not in NOUNS_WITH_CAPITALS:
            return True
        # "Der Tod von Anna Roe" is nobody's name, Otto von Roe is.
        return gap not in _GERMAN_ARTICLES and not (gap == " von " and lexicon().is_given(word.key))
    if gap in OPENING:
        # A nickname: one word between quotation marks or brackets, and a name after it.
        return text[word.end : word.end + 2] in _CLOSING
    return gap in _CLOSING and text[max(0, current[-1].start - 2) : current[-1].start] in OPENING
