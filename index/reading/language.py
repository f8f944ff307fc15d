"""Which language a text is in: by its script, by what is declared, by its letters."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

_SAMPLE = 4000
_FEW_LETTERS = 40
_ENOUGH_LETTERS = 120
_CERTAIN = 0.85
_WIDE_ENOUGH = 0.5

# First code point, last code point, what the script is called here.
_SCRIPTS = (
    (0x0370, 0x03FF, "el"),
    (0x0400, 0x052F, "cyrillic"),
    (0x0530, 0x058F, "hy"),
    (0x0590, 0x05FF, "hebrew"),
    (0x0600, 0x06FF, "arabic"),
    (0x0750, 0x077F, "arabic"),
    (0x0780, 0x07BF, "dv"),
    (0x0900, 0x097F, "devanagari"),
    (0x0980, 0x09FF, "bengali"),
    (0x0A00, 0x0A7F, "pa"),
    (0x0A80, 0x0AFF, "gu"),
    (0x0B00, 0x0B7F, "or"),
    (0x0B80, 0x0BFF, "ta"),
    (0x0C00, 0x0C7F, "te"),
    (0x0C80, 0x0CFF, "kn"),
    (0x0D00, 0x0D7F, "ml"),
    (0x0D80, 0x0DFF, "si"),
    (0x0E00, 0x0E7F, "th"),
    (0x0E80, 0x0EFF, "lo"),
    (0x0F00, 0x0FFF, "tibetan"),
    (0x1000, 0x109F, "my"),
    (0x10A0, 0x10FF, "ka"),
    (0x1200, 0x139F, "ethiopic"),
    (0x1780, 0x17FF, "km"),
    (0x3040, 0x30FF, "ja"),
    (0x3400, 0x9FFF, "han"),
    (0xAC00, 0xD7AF, "ko"),
)
# The languages of a script that several share: the usual one first, which is taken unless
# another of them is declared or betrayed by a letter of its own.
_SHARED = {
    "cyrillic": ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg"),
    "hebrew": ("he", "yi"),
    "arabic": ("ar", "fa", "ur", "ps", "ku", "sd", "ug"),
    "devanagari": ("hi", "mr", "ne", "sa"),
    "bengali": ("bn", "as"),
    "tibetan": ("bo", "dz"),
    "ethiopic": ("am", "ti"),
    "han": ("zh", "ja"),
}
_OWN_LETTERS = (
    ("cyrillic", "uk", "іїєґ"),
    ("cyrillic", "be", "ў"),
    ("cyrillic", "mk", "ѓќѕ"),
    ("cyrillic", "sr", "ђћ"),
    ("cyrillic", "ru", "ыэ"),
    ("cyrillic", "bg", "ъ"),
    ("arabic", "ur", "ٹڈڑےں"),
    ("arabic", "ps", "ښځډ"),
    ("arabic", "fa", "پچژگی"),
)
_ONLY_ENGLISH = frozenset(("the", "of", "and", "that", "with", "said", "will", "was", "has"))
_COMMON_ENGLISH = _ONLY_ENGLISH | {"to", "in", "a", "for", "is", "on", "by"}
_LETTERS = re.compile(r"[^\W\d_]+")
_OLD_CODES = {"iw": "he", "in": "id", "ji": "yi", "mo": "ro", "sh": "sr"}
_LONG_CODES = {"eng": "en", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "spa": "es"}
_LONG_CODES |= {"ita": "it", "por": "pt", "heb": "he", "ara": "ar", "rus": "ru", "nld": "nl"}
_LONG_CODES |= {"sin": "si", "tam": "ta", "zho": "zh", "jpn": "ja", "kor": "ko", "fas": "fa"}


def language_code(tag: str) -> str:
    """Reduce a language tag (``en-GB``, ``pt_BR``, ``iw``) to ISO 639-1, or "" when it is none."""
    primary = re.split(r"[-_.@\s]", tag.strip().lower())[0]
    primary = _OLD_CODES.get(primary) or _LONG_CODES.get(primary) or primary
    return primary if re.fullmatch(r"[a-z]{2}", primary) else ""


def detect_language(text: str, declared: str = "") -> str:
    """Return the ISO 639-1 code of the language ``text`` is in, or "" when it cannot be told.

    ``declared`` is a language tag of the document: believed when the text is short or agrees,
    overruled by another script and by long text that is clearly in another language.
    """
    declared = language_code(declared)
    sample = text[:_SAMPLE]
    words = _LETTERS.findall(sample)
    script, share = _main_script(sample)
    if script and share >= _WIDE_ENOUGH:
        return _of_script(script, sample, declared)
    letters = sum(map(len, words))
    if letters < _FEW_LETTERS:
        return declared
    if _is_english(words):
        return "en"
    guess, certainty = _classify(sample)
    if declared and (guess == declared or letters < _ENOUGH_LETTERS or certainty < _CERTAIN):
        return declared
    if letters >= _ENOUGH_LETTERS or certainty >= _WIDE_ENOUGH:
        return guess
    return ""


def _main_script(sample: str) -> tuple[str, float]:
    """Return the most used script other than Latin and its share of the letters."""
    if sample.isascii():
        return "", 0.0
    counts: Counter[str] = Counter()
    latin = 0
    for char, number in Counter(sample).items():
        if not char.isalpha():
            continue
        code = ord(char)
        name = next((name for low, high, name in _SCRIPTS if low <= code <= high), "")
        if name:
            counts[name] += number
        else:
            latin += number
    if not counts:
        return "", 0.0
    if counts["ja"] > 0.05 * counts["han"]:
        counts["ja"] += counts.pop("han", 0)
    name, number = counts.most_common(1)[0]
    return name, number / (latin + counts.total())


def _of_script(script: str, sample: str, declared: str) -> str:
    shared = _SHARED.get(script)
    if shared is None:
        return script
    if declared in shared:
        return declared
    for of, lang, letters in _OWN_LETTERS:
        if of == script and sum(sample.count(letter) for letter in letters) * 100 > len(sample):
            return lang
    return shared[0]


def _is_english(words: list[str]) -> bool:
    # Sparing the model for the commonest case: it takes a fifth of a second to load.
    common = [word for word in map(str.lower, words) if word in _COMMON_ENGLISH]
    only = sum(map(_ONLY_ENGLISH.__contains__, common))
    return len(words) >= 10 and len(common) >= 0.14 * len(words) and only >= 0.06 * len(words)


def _classify(sample: str) -> tuple[str, float]:
    language, certainty = _model().classify(sample)
    return language_code(str(language)), float(certainty)


@cache
def _model() -> Any:
    from py3langid import langid

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
