"""Pages of results are marked exactly as if every token of every text had been looked at."""

from __future__ import annotations

import random
import re
import unicodedata
from functools import cache
from html import escape as html_escape
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.analysis import stem, stems, surface_terms, tokenize
from index.charsets import UNSPACED, WORD, fold
from index.model import BlockKind, IndexedRelease
from index.prepare import derive
from index.reading.document import read_document
from index.sources import RawDocument, walk_archive
from index.stemming import keeps_its_beginning
from search.best_passages import best_of_page, best_passages
from search.distance import within_distance
from search.highlight import Highlighter, escape, is_like, mark_all
from search.leaf_table import LeafTable
from search.letter_codes import FIRST_LETTER, ODD, SEPARATOR, letter_codes, term_codes
from search.needles import LONGEST, needles_of
from search.parser import parse_query
from search.query import Fuzzy, Query, text_leaves
from search.stored import StoredPassage
from tests.marking_reference import ReferenceHighlighter, reference_best_passages

EXAMPLES = Path(__file__).parent.parent / "examples" / "archive"

PIECES = [
    "apple", "Apples", "APPLE", "bread", "the", "to", "a", "of", "hope", "hoping", "hopping",
    "dying", "die", "skies", "sky", "sensible", "sensibility", "agreement", "agreements",
    "responsibilities", "responsibility", "internationalisation", "peace-keepers", "peace-keeping",
    "peacekeepers", "peace keepers", "peace-keep-ing", "peace", "keepers", "e-mail", "email",
    "O'Brien", "O’Brien’s", "obrien", "brien", "ʼbrien", "U.S.", "U.S.-led", "us", "u.s",
    "AT&T", "at", "t", "C++", "c", "c#", "#c", "W-2", "w", "2", "F-35A", "10,000", "10000",
    "10,000.50", "1,000-x", "COVID-19", "covid", "19", "café", "cafe\u0301", "CAFÉ", "naïve",
    "straße", "strasse", "œuvre", "ﬁne", "fine", "m²", "½", "ﷺ", "K", "ǽ", "ſ", "İ", "ı",
    "soft\u00adhyphen", "zero\u200dwidth", "東京", "東京都", "東", "ไทย", "がぎ", "ｶﾞ", "한국",
    "한국의",
    "한", 'צה"ל', "צהל", "צה״ל", "שלום", "שָׁלוֹם", "Шойгу", "ёлка", "елка", "й", "и\u0306",
    "ΣΊΣΥΦΟΣ", "σίσυφος", "हिन्दी", "العربية", "عَرَبِيّ", "\U0001f600", "\U00020000", "𝒜bc",
    "x" * 70, "y" * 64 + "z", "abcdefgh", "abcdefghi", "abcdefghj", "Abcdefghijklmnop",
    "abcdefghijklmnopq", "abcdefghijklmnopr", "٣٤", "１０", "𝟙", "_", "foo_bar", "\x00", "\ud800",
]  # fmt: skip
SIGNS = [" ", " ", " ", "\n", "\r\n", "\u00a0", "\u200b", "-", "‑", "--", "'", "’", ".", ",", "&",
         "+", "#", '"', "”", "“", "(", ")", "—", "/", "...", "<", ">", "\t", "", ""]  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(SIGNS)), max_size=14).map(
        lambda pairs: "".join(piece + sign for piece, sign in pairs)
    ),
    st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join),
    st.text(max_size=30),
    st.text("abAB -'.,&+#1é\u0301ßא\"東", max_size=16),
)
WORDS = st.one_of(
    st.sampled_from(PIECES),
    st.sampled_from(["appl*", "a?ple", "o'br*", "covid-*", "co*-1?", "peace-k*", "10*", "é?*",
                     "aple~", "bred~", "agreemnet~2", "obrein~", "straze~", "peacekeeprs~2"]),
)  # fmt: skip
PARTS = st.one_of(
    WORDS,
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map(
        lambda x: '"' + " ".join(x) + '"'
    ),
    st.lists(WORDS | st.just("*"), min_size=1, max_size=4).map(lambda x: '"' + " ".join(x) + '"'),
    WORDS.map("title:".__add__),
    st.tuples(st.sampled_from(PIECES), st.sampled_from(PIECES)).map(" /3 ".join),
    st.sampled_from(["OR", "-apple", '"the"', '"peace keepers"', '"10,000 apple"', '"of the"']),
)
QUERIES = st.lists(PARTS, min_size=1, max_size=6).map(" ".join)


def assert_same(query: Query, texts: list[str], titles: tuple[int, ...] = ()) -> None:
    reference = ReferenceHighlighter(query)
    found = Highlighter(query).matches_of_all(texts, titles)
    for at, text in enumerate(texts):
        expected = reference.matches(text, title=at in titles)
        assert found.matches(at).counts == expected.counts, (query, text)
        assert found.matches(at).spans == expected.spans, (query, text)


@settings(max_examples=1500, deadline=None)
@given(QUERIES, st.lists(TEXTS, max_size=5), st.booleans())
@example("peace-keep", ["a peace-keep-ing force"], False)
@example('"the peace keepers" peace-keepers', ["the peace-keepers, the peace", "keepers"], False)
@example('"apple apple"', ["apple apple apple apple", "apple", "apple"], False)
@example('"10,000 10000"', ["10000 10,000 10000"], False)
@example('צהל "דובר צהל"', ['דובר צה"ל'], False)
@example("o'brien brien", ["U.S.-led O’Brien’s ʼbrien"], False)
@example('"apple bread the fine" bread fine', ["apple bread the fine"], False)
@example("a", ["", "a", "é a\u0301"], False)
@example("apple", ["", ""], False)
def test_a_page_is_answered_like_each_of_its_texts(
    query: str, texts: list[str], titled: bool
) -> None:
    tree = parse_query(query).query
    if any(True for _ in text_leaves(tree)):
        assert_same(tree, texts, (0,) if titled and texts else ())


@pytest.mark.parametrize("stem_of_all", ["ab", "abcdefghi", "abcdefghijklmnop", "абв"])
def test_thousands_of_different_words_are_told_apart(stem_of_all: str) -> None:
    words = [f"{stem_of_all}{number}" for number in range(0, 9_000, 3)]
    text = " ".join([*words, *words[::5]])
    tree = parse_query(f"{stem_of_all}?5* {stem_of_all}303 {stem_of_all}3?3").query
    assert_same(tree, [text, text[:500]])


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=40), st.data())
def test_the_words_of_any_text_are_found_in_it(text: str, data: st.DataObject) -> None:
    terms = surface_terms(text)
    if not terms:
        return
    at = data.draw(st.integers(0, len(terms) - 1))
    for query in (terms[at], '"' + " ".join(terms[at : at + 3]) + '"', terms[at][:3] + "*"):
        tree = parse_query(query).query
        if any(True for _ in text_leaves(tree)):
            assert_same(tree, [text, "apple", text])


@settings(max_examples=400, deadline=None)
@given(
    QUERIES,
    st.lists(
        st.tuples(TEXTS, st.lists(st.tuples(st.sampled_from(BlockKind), TEXTS), max_size=5)),
        max_size=4,
    ),
    st.lists(st.sampled_from([0.0, 0.3, 1.0, 2.5, 7.1]), min_size=12, max_size=12),
)
def test_the_same_passages_are_chosen_and_marked_alike(
    query: str, releases: list[tuple[str, list[tuple[BlockKind, str]]]], weights: list[float]
) -> None:
    tree = parse_query(query).query
    page = [
        (title, [StoredPassage(at, kind, text) for at, (kind, text) in enumerate(passages, 1)])
        for title, passages in releases
    ]
    assert_same_page(tree, page, [*weights, *weights, *weights])


def assert_same_page(
    tree: Query, page: list[tuple[str, list[StoredPassage]]], weights: list[float]
) -> None:
    weights = weights[: len([*text_leaves(tree)])]
    reference = ReferenceHighlighter(tree)
    expected = [
        (
            reference.mark(title, reference.matches(title, title=True)),
            reference_best_passages(passages, reference, weights),
        )
        for title, passages in page
    ]
    found = best_of_page(page, Highlighter(tree), weights)
    assert [(title, best) for title, best, _ in found] == expected
    for (title, passages), (_, _, counts) in zip(page, found, strict=True):
        assert [*counts] == counted(reference, title, passages)
    for (_, passages), (_, best) in zip(page, expected, strict=True):
        assert best_passages(passages, Highlighter(tree), weights) == best


def counted(
    reference: ReferenceHighlighter, title: str, passages: list[StoredPassage]
) -> list[tuple[int, int, int]]:
    """How often each leaf stands in the title, in the text, in boilerplate."""
    in_title = reference.matches(title, title=True).counts
    texts, repeated = [0] * len(in_title), [0] * len(in_title)
    for passage in passages:
        if passage.kind is not BlockKind.TITLE:
            there = repeated if passage.kind is BlockKind.BOILERPLATE else texts
            for leaf, count in enumerate(reference.matches(passage.text).counts):
                there[leaf] += count
    return [*zip(in_title, texts, repeated, strict=True)]


@cache
def examples() -> list[IndexedRelease]:
    documents = walk_archive(EXAMPLES, 1 << 25)
    return [derive(read_document(raw)) for raw in documents if isinstance(raw, RawDocument)]


def example_queries(count: int) -> list[str]:
    """Return queries of every kind of leaf, of words that stand in the example archive."""
    rng = random.Random(7)
    texts = [passage.text for release in examples() for passage in release.passages]
    queries = ["the", "a of to", "U.S. us", "W-2 w-2*", "e-mail OR email", "10,000", '"10,000"']
    while len(queries) < count:
        text = rng.choice(texts)
        tokens = tokenize(text)
        if len(tokens) < 13:
            continue
        at = rng.randrange(len(tokens) - 12)
        words = [text[token.start : token.end] for token in tokens[at : at + 12]]
        kinds = [1, 2, 3, 12, "phrase", "pattern", "open", "fuzzy", "near", "title", "mixed"]
        kind = rng.choice(kinds)
        pattern, fuzzy = words[0][:3] + "*", words[1][:2] + words[1][3:] + "~"
        queries.append(
            " ".join(words[:kind])
            if isinstance(kind, int)
            else {
                "phrase": f'"{" ".join(words[: rng.randint(2, 6)])}"',
                "open": f'"{pattern} {words[1]} * {words[3][:2]}?{words[3][3:]}" "{words[0]} *"',
                "pattern": f"{pattern} {words[1][:2]}?{words[1][3:]}",
                "fuzzy": f"{fuzzy} {words[2]}x~2",
                "near": f'{words[0]} /5 "{words[2]} {words[3]}"',
                "title": f"title:{words[0]} {words[1]}",
                "mixed": f'"{words[0]} {words[1]}" {pattern} {fuzzy} -{words[4]} {words[5]}',
            }[kind]
        )
    return queries


def test_all_texts_of_the_example_archive_are_marked_alike() -> None:
    releases = examples()
    for number, query in enumerate(example_queries(120)):
        tree = parse_query(query).query
        if not any(True for _ in text_leaves(tree)):
            continue
        some = [releases[(number * 7 + at * 5) % len(releases)] for at in range(10)]
        page = [
            (
                release.release.title,
                [StoredPassage(p.number, p.kind, p.text) for p in release.passages],
            )
            for release in some
        ]
        assert_same_page(tree, page, [1.5, 0.2, 3.0] * 30)


def test_whole_releases_of_the_example_archive_are_marked_alike() -> None:
    texts = [release.release.text for release in examples()]
    for query in example_queries(12):
        tree = parse_query(query).query
        if any(True for _ in text_leaves(tree)):
            assert_same(tree, texts)


# What the quick way relies on.


def test_letters_that_are_folded_alike_have_the_same_code() -> None:
    word = re.compile(f"[{WORD}{UNSPACED}]")
    text = "".join(chr(code) for code in range(0x10000))
    joining = {0x1161 + at for at in range(21)} | {0x11A8 + at for at in range(27)}
    for char, code in zip(text, letter_codes(text), strict=True):
        if not word.match(char):
            assert code < FIRST_LETTER, char
        elif code != ODD:
            folded = fold(char)
            assert code >= FIRST_LETTER, char
            assert len(folded) == 1, char
            assert letter_codes(folded)[0] == code, char
            assert term_codes(folded) == bytes([code]), char
            for one in (char, folded):
                assert not unicodedata.category(one).startswith("M"), char
                assert ord(one) not in joining, char
            if code < ODD and not char.isascii():
                assert char.isalpha(), char
                assert not re.match(r"[\d_]", char), char


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=30))
def test_a_chunk_has_the_same_tokens_alone_as_in_its_text(text: str) -> None:
    codes = letter_codes(text)
    assert len(codes) == len(text)
    apart = []
    start = 0
    for end in [at for at, code in enumerate(codes) if code == SEPARATOR] + [len(text)]:
        apart += [
            (token.term, token.start + start, token.end + start, token.joined)
            for token in tokenize(text[start:end])
        ]
        start = end + 1
    assert apart == [(t.term, t.start, t.end, t.joined) for t in tokenize(text)]


ENDINGS = ["s", "ed", "ing", "ly", "edly", "ingly", "ies", "ied", "sses", "ational", "tional", "y",
           "enci", "ency", "ance", "ably", "able", "ible", "ibly", "ently", "ization", "izer", "e",
           "ation", "alism", "ality", "fulness", "ously", "iveness", "ivity", "bility", "bly", "i",
           "ogist", "ogies", "fully", "lessly", "alize", "icate", "ical", "ness", "ative", "ement",
           "ion", "ying", "ie", "eed", "le", "ll", "'s", "'s'"]  # fmt: skip
MADE_UP = st.tuples(
    st.text("abdeiklnostvxyz", min_size=1, max_size=6), st.lists(st.sampled_from(ENDINGS))
).map(lambda parts: parts[0] + "".join(parts[1]))


@settings(max_examples=2000, deadline=None)
@given(MADE_UP)
@example("sensibility")
@example("dying")
@example("skies")
@example("hoping")
def test_words_of_a_stem_begin_with_its_needle(term: str) -> None:
    assert_begins(term)


def test_all_words_of_the_example_archive_begin_with_the_needle_of_their_stem() -> None:
    for release in examples():
        for term in set(surface_terms(release.release.text)):
            for value in stems(term)[:1]:
                assert_begins(term, value)


def assert_begins(term: str, value: str | None = None) -> None:
    tree = parse_query(value or stem(term)).query
    table = LeafTable(tree)
    table.by_stem = {value or stem(term): (0,)}
    needles = needles_of(table)
    if not keeps_its_beginning(value or stem(term)):
        assert needles.hard
        return
    for needle in needles.beginnings:
        assert term_codes(term)[:LONGEST].startswith(needle), (term, needle)


@settings(max_examples=500, deadline=None)
@given(st.text("abcd", max_size=7), st.text("abcd", min_size=1, max_size=7), st.integers(1, 2))
def test_misspellings_are_those_within_the_distance(term: str, typed: str, distance: int) -> None:
    expected = term[:1] == typed[:1] and within_distance(term, typed, distance)
    assert is_like(term, Fuzzy(typed, typed, distance)) == expected


@given(st.text("a&<>\"'\x04é\n", max_size=12), st.booleans())
def test_texts_are_escaped_like_the_standard_library_does(text: str, safe: bool) -> None:
    text = re.sub("[&<>\x04]", "", text) if safe else text
    assert escape(text) == html_escape(text)
    assert mark_all([(text, ()), ("x", ((0, 1),)), (text, ())]) == [
        html_escape(text), "<mark>x</mark>", html_escape(text)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("ממשלה", "ובממשלה דנו, הממשלה", ["ובממשלה", "הממשלה"]),
        ("הסכמים", "הסכמים של ים", ["הסכמים"]),
        ("حكومة", "قالت الحكومة والحكومة", ["الحكومة", "والحكومة"]),
        ("κυβέρνηση", "οι ΚΥΒΕΡΝΗΣΕΙΣ, της κυβέρνησης", ["ΚΥΒΕΡΝΗΣΕΙΣ", "κυβέρνησης"]),
        ("министр", "Министров и министром; ёлка", ["Министров", "министром"]),
        ("ёлки", "Елка стоит", ["Елка"]),
        ("मंत्री", "मंत्रियों ने कहा", ["मंत्रियों"]),
    ],
)
def test_inflections_of_other_scripts_are_marked(query: str, text: str, marked: list[str]) -> None:
    tree = parse_query(query).query
    assert_same(tree, [text, "nothing"])
    spans = Highlighter(tree).matches_of_all([text]).spans(0)
    assert [text[start:end] for start, end in spans] == marked


@pytest.mark.parametrize("query", ["apple", '"the bread"', "a*", "aple~", "the"])
def test_a_page_without_texts_or_words(query: str) -> None:
    tree = parse_query(query).query
    for texts in ([], [""], ["", "..."], ["東京"], ["\U0001f600"]):
        assert_same(tree, texts)
