from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.analysis import (
    MAX_TERM_LENGTH,
    STOP_WORDS,
    count_stems,
    is_code,
    stem,
    stems,
    token_stems,
    tokenize,
)
from index.charsets import APOSTROPHES, GERSHAYIM, HYPHENS, fold

LETTERS = "aÉßﬁ1½٣שׁ״ёйІтслவிමු東あก'’`-‐.,&+#\"” \n\u0301\u200d\u00ad\U0001f600\ud800"
TEXTS = st.one_of(st.text(max_size=60), st.text(LETTERS, max_size=30))


def terms(text: str) -> list[str]:
    return [token.term for token in tokenize(text)]


def found_by(text: str) -> set[str]:
    return {value for token in tokenize(text) for value in token_stems(token)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Form W-2, W‑2", ["form", "w-2", "w-2"]),
        ("F-35s", ["f-35s"]),
        ("C++ C# C", ["c++", "c#", "c"]),
        ("the U.S. economy", ["the", "u.s", "economy"]),
        ("U.S.-led U.K", ["u.s", "led", "u.k"]),
        ("I saw J.Smith. I left", ["i", "saw", "j", "smith", "i", "left"]),
        ("in the U.S", ["in", "the", "u.s"]),
        ("10,000 and 1,234,567.89", ["10000", "and", "1234567.89"]),
        ("3.5%, 12,5", ["3.5", "12,5"]),
        ("O'Brien O’Brien O`Brien O´Brien", ["o'brien"] * 4),
        ("café CAFÉ cafe\u0301", ["cafe"] * 3),
        ("AT&T", ["at&t"]),
        ("COVID-19 2019-09-12", ["covid-19", "2019-09-12"]),
        ("e-mail", ["e-mail"]),
        ("peace-keepers", ["peace", "keepers"]),
        ("end.Next", ["end", "next"]),
        ("to be, or not to be!", ["to", "be", "or", "not", "to", "be"]),
        ("Ёлка елка ЁЛКА", ["елка"] * 3),
        ("Шойгу йод и\u0306од", ["шойгу", "йод", "йод"]),
        ("שָׁלוֹם שלום", ["שלום"] * 2),
        ('צה״ל צה"ל צה”ל', ["צהל"] * 3),
        ("ג׳ורג׳ ג'ורג'", ["ג'ורג"] * 2),
        ("تشكيلٌ تشكيل", ["تشكيل"] * 2),
        ("தமிழ்நாடு", ["தமிழ்நாடு"]),
        ("ශ්‍රී ලංකාව", ["ශ්රී", "ලංකාව"]),
        ("हिन्दी", ["हिन्दी"]),
        ("東京2020", ["東", "京", "2020"]),
        ("straße STRASSE", ["strasse"] * 2),
        ("Ǿre Øre ore", ["ore"] * 3),
        ("co\u00adoperation", ["cooperation"]),
        ("— … ?! 😀", []),
        ("\u200d-\u200d \u200d-1 \u0301", ["1"]),
        ("", []),
    ],
)
def test_surface_terms(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_every_apostrophe_hyphen_and_gershayim_is_the_same() -> None:
    assert {tuple(terms(f"o{mark}brien")) for mark in APOSTROPHES} == {("o'brien",)}
    assert {tuple(terms(f"w{mark}2")) for mark in HYPHENS} == {("w-2",)}
    assert {tuple(terms(f"צה{mark}ל")) for mark in GERSHAYIM} == {("צהל",)}


def test_hyphened_words_are_parts_with_their_closed_spelling_on_the_first() -> None:
    tokens = tokenize("the peace-keepers")
    assert [(token.term, token.joined) for token in tokens] == [
        ("the", ""),
        ("peace", "peacekeepers"),
        ("keepers", ""),
    ]
    assert [(token.start, token.end) for token in tokens] == [(0, 3), (4, 9), (10, 17)]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("pensions", "pension"),
        ("COVID-19", "covid"),
        ("an e-mail", "email"),
        ("peace-keepers", "peacekeeper"),
        ("O'Brien", "brien"),
        ("O'Brien", "obrien"),
        ("Putin's", "putin"),
        ("AT&T-owned", "owned"),
        ("U.S.A.", "usa"),
        ("правительством", "правительство"),
        ("Ёлкой", "елка"),
        ("κυβερνήσεις", "κυβέρνηση"),
        ("والحكومة", "حكومة"),
        ("أحمد", "احمد"),
        ("שבירושלים", "ירושלים"),
        ("לַמֶּמְשָׁלָה", "ממשלה"),
        ("मंत्रियों", "मंत्री"),
    ],
)
def test_a_word_is_found_by_its_stem_parts_and_joined_spelling(text: str, query: str) -> None:
    assert stem(terms(query)[0]) in found_by(text)


def test_codes_are_told_from_words() -> None:
    assert is_code(["W", "2"])
    assert is_code(["COVID", "19"])
    assert is_code(["2019", "09", "12"])
    assert not is_code(["peace", "keepers"])
    assert not is_code(["state", "of", "the", "art"])


def test_stop_words_are_terms_themselves() -> None:
    assert all(terms(word) == [word] for word in STOP_WORDS)


def test_counting_weighs_each_occurrence() -> None:
    counts = count_stems(tokenize("pension pensions reform"), weight=3)
    assert counts == {"pension": 6, "reform": 3}


def test_folding_twice_changes_nothing_for_any_character() -> None:
    for code in range(0x20000):  # past it: ideographs without case, and nothing
        once = fold(f"a{chr(code)}b")
        assert fold(once) == once, hex(code)


@settings(max_examples=500, deadline=None)
@given(TEXTS)
@example("й\u0301")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(max_examples=300, deadline=None)
@given(st.text("aÉÀüñйёίשׁがプ.-'&1 ,", max_size=30))
@example("한국어 A.À é-mail")
def test_composed_and_decomposed_text_gives_the_same_terms(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert terms(unicodedata.normalize("NFD", composed)) == terms(composed)


@settings(max_examples=600, deadline=None)
@given(TEXTS)
@example("a-\u200d-b \u200d-1")
@example("ab´cd")
def test_tokens_are_where_they_say(text: str) -> None:
    tokens = tokenize(text)
    assert [token.position for token in tokens] == list(range(len(tokens)))
    end = 0
    for token in tokens:
        assert end <= token.start < token.end <= len(text)
        end = token.end
        assert 0 < len(token.term) <= MAX_TERM_LENGTH
        assert len(token.joined) <= MAX_TERM_LENGTH
        assert not any(char.isspace() for char in token.term)
        assert token_stems(token)[0] == stem(token.term) == stems(token.term)[0]
    assert tokenize(text) == tokens


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_a_token_alone_is_the_same_token(text: str) -> None:
    for token in tokenize(text):
        if not token.joined:
            assert token.term in terms(text[token.start : token.end])


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS)
def test_lines_are_read_apart(first: str, second: str) -> None:
    assert terms(f"{first}\n{second}") == terms(first) + terms(second)


def test_terms_are_the_same_in_another_process() -> None:
    text = "Peace-keepers’ pensions in the U.S., COVID-19, Ёлка, 東京"
    code = (
        "from index.analysis import token_stems, tokenize\n"
        f"print(ascii([(token, token_stems(token)) for token in tokenize({text!a})]))"
    )
    printed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert printed.strip() == ascii([(token, token_stems(token)) for token in tokenize(text)])
