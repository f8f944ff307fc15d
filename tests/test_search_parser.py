from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.describe import describe
from search.lexer import MAX_DEPTH, MAX_WARNINGS
from search.parser import MAX_LEAVES, parse_query
from search.query import (
    And,
    DateIn,
    Everything,
    FacetIs,
    Fuzzy,
    Near,
    Not,
    Or,
    Pattern,
    Phrase,
    Query,
    Said,
    Word,
    text_leaves,
)
from search.words import MAX_TERMS


def word(text: str, *terms: str, joined: str = "", field: str = "") -> Word:
    return Word(text, terms or (text.lower(),), joined, field)


def parsed(text: str) -> Query:
    """Return the tree of a text that must give no warning."""
    result = parse_query(text)
    assert result.warnings == ()
    return result.query


def troubles(text: str) -> list[tuple[int, str]]:
    return [(warning.position, warning.message) for warning in parse_query(text).warnings]


def untyped(query: Query) -> Query:
    """Return the tree without what was typed: what decides the results."""
    if isinstance(query, And):
        return And(tuple(untyped(child) for child in query.children))
    if isinstance(query, Or):
        return Or(tuple(untyped(child) for child in query.children))
    if isinstance(query, Not):
        return Not(untyped(query.child))
    if isinstance(query, Near):
        left, right = untyped(query.left), untyped(query.right)
        return replace(query, text="", left=left, right=right)  # type: ignore[arg-type]
    if isinstance(query, Said) and query.leaf is not None:
        return replace(query, text="", leaf=untyped(query.leaf))  # type: ignore[arg-type]
    return query if isinstance(query, Everything) else replace(query, text="")


def leaves(query: Query) -> list[Query]:
    if isinstance(query, And | Or):
        return [leaf for child in query.children for leaf in leaves(child)]
    if isinstance(query, Near):
        return [*text_leaves(query)]
    if isinstance(query, Said) and query.leaf is not None:
        return [query, *leaves(query.leaf)]
    return leaves(query.child) if isinstance(query, Not) else [query]


A, B, C = word("apple"), word("bread"), word("cider")

PIECES = [
    "apple", "bread", "and", "the", "AND", "OR", "NOT", "-", "-apple", "(", ")", '"', "“", "”",
    "„", "«", "»", "״", 'צה"ל', "של", "W-2", "F-35", "C++", "U.S.", "10,000", "e-mail",
    "peace-keepers", "anti-terror*", "pens*", "a*", "*", "wo?d", "?", "securty~", "word~2", "~",
    "title:", "person:", "PLACE:", "date:", "after:", "before:", "said:", "foo:", "http://x.y",
    "10:30", "2019", "2019-09", "2019-09-12", "2019..2020", "/5", "/0", "/p", "/s",
    "&&", "||", "!", "東京",
    "O’Brien", "AT&T", "\x00", "\ud800", "\u200f", "–", "/", "\\", "'", ":", ",", "\n",
]  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join),
    st.lists(st.sampled_from([*PIECES, " "]), max_size=14).map("".join),
    st.text(st.characters(), max_size=60),
)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", Everything()),
        (" \n\t ", Everything()),
        ("apple", A),
        ("apple bread", And((A, B))),
        ("apple apple", And((A, A))),
        ("apple AND bread cider", And((A, B, C), whole=True)),
        ("apple bread AND NOT cider", And((A, B, Not(C)))),
        ("apple (bread AND cider)", And((A, B, C), whole=True)),
        ("apple bread OR cider", Or((And((A, B)), C))),
        ("apple (bread OR cider)", And((A, Or((B, C))))),
        ("((apple) (bread))", And((A, B))),
        ("apple OR (bread OR cider)", Or((A, B, C))),
        ("apple and bread or", And((A, word("and"), B, word("or")))),
        ("apple & bread | ! – - cider", And((A, B, C))),
        ("apple -bread", And((A, Not(B)))),
        ("-apple NOT bread", And((Not(A), Not(B)))),
        ("NOT NOT apple", A),
        ("NOT (apple OR bread) cider", And((Not(Or((A, B))), C))),
        ("apple -(bread cider)", And((A, Not(And((B, C)))))),
        ('apple -"bread cider"', And((A, Not(Phrase("bread cider", ("bread", "cider")))))),
        ("-person:Putin", Not(FacetIs("person", "Putin", ("putin",)))),
        ("apple–bread −cider", And((A, B, C))),
        ("--apple", A),
        ("-AND", Not(word("AND", "and"))),
        ("what is W-2?", And((word("what"), word("is"), word("W-2")))),
        ("F-35 C++ U.S.", And((word("F-35"), word("C++"), word("U.S.", "u.s")))),
        ("10,000", word("10,000", "10000")),
        ("AT&T, O’Brien!", And((word("AT&T"), word("O’Brien", "o'brien")))),
        ("peace-keepers", word("peace-keepers", "peace", "keepers", joined="peacekeepers")),
        ("e-mail", word("e-mail", joined="email")),
        ("apple,bread/cider", And((A, B, C))),
        ("東京2020", And((word("東京", "東", "京"), word("2020")))),
        ("東京、大阪", And((word("東京", "東", "京"), word("大阪", "大", "阪")))),
        ('צה"ל', word('צה"ל', "צהל")),
        ("צה״ל", word("צה״ל", "צהל")),
        ("\u200fapple\u200f OR\u200e bread", Or((A, B))),
    ],
)
def test_words_and_operators(text: str, query: Query) -> None:
    assert parsed(text) == query


TITLED = replace(A, field="title")


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("apple /5 bread", Near("apple /5 bread", A, B, 5)),
        ("apple /p bread", Near("apple /p bread", A, B, 0)),
        ("apple /100 bread", Near("apple /100 bread", A, B, 100)),
        (
            '"health  care" /10 apple',
            Near("health care /10 apple", Phrase("health care", ("health", "care")), A, 10),
        ),
        ("(apple) /5 (bread)", Near("apple /5 bread", A, B, 5)),
        ("cider OR apple /5 bread", Or((C, Near("apple /5 bread", A, B, 5)))),
        ("cider apple /5 bread cider", And((C, Near("apple /5 bread", A, B, 5), C))),
        ("apple /5 pens*", Near("apple /5 pens*", A, Pattern("pens*", "pens*"), 5)),
        ("securty~ /5 apple", Near("securty /5 apple", Fuzzy("securty", "securty"), A, 5)),
        ("(apple OR cider) /3 bread", Near("apple OR cider /3 bread", Or((A, C)), B, 3)),
        (
            'title:(apple OR "bread cider") /p pens*',
            Near(
                "apple OR bread cider /p pens*",
                Or((TITLED, Phrase("bread cider", ("bread", "cider"), "title"))),
                Pattern("pens*", "pens*", "title"),
                0,
            ),
        ),
        ("-apple /5 bread", Not(Near("apple /5 bread", A, B, 5))),
        ("NOT (apple /5 bread)", Not(Near("apple /5 bread", A, B, 5))),
        (
            "title:apple /1 bread",
            Near("apple /1 bread", TITLED, replace(B, field="title"), 1),
        ),
        (
            "title:(apple /1 bread)",
            Near("apple /1 bread", TITLED, replace(B, field="title"), 1),
        ),
        (
            "apple /1 title:bread",
            Near("apple /1 bread", TITLED, replace(B, field="title"), 1),
        ),
        ("12 /2019 apple/5", And((word("12"), word("2019"), A, word("5")))),
    ],
)
def test_words_near_each_other(text: str, query: Query) -> None:
    assert parsed(text) == query


@pytest.mark.parametrize(
    ("text", "terms", "positions"),
    [
        ('"secur* coordination"', ("secur*", "coordination"), []),
        ('"wo?d of honour"', ("wo?d", "of", "honour"), []),
        ('"Minister * Finance"', ("minister", "*", "finance"), []),
        ('"Café ouv*"', ("cafe", "ouv*"), []),
        ('"peace-keep* force"', ("peace", "keep*", "force"), []),
        ('"COVID-1* cases"', ("covid-1*", "cases"), []),
        ('"what is it? said he"', ("what", "is", "it", "said", "he"), []),
        ('"* bread"', ("bread",), [1]),
        ('"bread and *"', ("bread", "and"), [11]),
        ('"a* bread"', ("a", "bread"), [1]),
        ('"*ing bread"', ("ing", "bread"), [1]),
        ('"bread ** cider"', ("bread", "cider"), []),
        ('"ba* be* bi* bo* bu* bread"', ("ba*", "be*", "bi*", "bo*", "*", "bread"), [1]),
        ('"ba* be* bi* bo* bu*"', ("ba*", "be*", "bi*", "bo*"), [1]),
    ],
)
def test_patterns_in_quotations(text: str, terms: tuple[str, ...], positions: list[int]) -> None:
    query = parse_query(text).query
    assert isinstance(query, Phrase)
    assert query.terms == terms
    assert [position for position, _ in troubles(text)] == positions


def test_the_parts_of_a_nearness_are_text_leaves() -> None:
    assert list(text_leaves(parsed("cider apple /5 bread -cider /5 bread"))) == [C, A, B]


@pytest.mark.parametrize(
    "text",
    ['"to be"', "“to be”", "„to be”", "«to be»", "»to be«", "‟to be“", "״to be״", '"to  be "'],
)
def test_any_quotation_marks_make_a_phrase(text: str) -> None:
    assert parsed(text) == Phrase("to be", ("to", "be"))


def test_an_apostrophe_quotes_nothing() -> None:
    assert parsed("'apple bread'") == And((A, B))


def test_hebrew_abbreviations_inside_a_phrase_do_not_close_it() -> None:
    assert parsed('"דובר צה"ל" apple') == And((Phrase('דובר צה"ל', ("דובר", "צהל")), A))


def test_operators_and_parentheses_inside_quotes_are_words() -> None:
    assert parsed('"apple OR (bread)"') == Phrase("apple OR (bread)", ("apple", "or", "bread"))


def test_an_unclosed_quote_takes_the_rest_and_says_so() -> None:
    result = parse_query('apple "bread cider')
    assert result.query == And((A, Phrase("bread cider", ("bread", "cider"))))
    assert [warning.position for warning in result.warnings] == [6]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("pens*", Pattern("pens*", "pens*")),
        ("wo?d", Pattern("wo?d", "wo?d")),
        ("Él**n*x,", Pattern("Él**n*x", "el*n*x")),
        ("(O’Br*)", Pattern("O’Br*", "o'br*")),
        ("F-3*", Pattern("F-3*", "f-3*")),
        ("covid-*", Pattern("covid-*", "covid-*")),
        ("anti-terror*", And((word("anti"), Pattern("terror*", "terror*")))),
        ("title:pens*", Pattern("pens*", "pens*", "title")),
        ("東*", word("東")),
        ("apple? bread??", And((A, B))),
        ("securty~", Fuzzy("securty", "securty", 1)),
        ("Securty~1.", Fuzzy("Securty", "securty", 1)),
        ("securty~2", Fuzzy("securty", "securty", 2)),
        ("apple~0", A),
        ("~apple 5~6 ~5", And((A, word("5"), word("6"), word("5")))),
    ],
)
def test_wildcards_and_misspellings(text: str, query: Query) -> None:
    assert parsed(text) == query


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("a*", word("a")),
        ("*apple", A),
        ("*apple*", A),
        ("cat~", word("cat")),
        ("apple~2", Fuzzy("apple", "apple", 1)),
        ("security~9", Fuzzy("security", "security", 2)),
        ("apple/bread~", And((A, B))),
        ("apple/brea*", And((A, word("brea")))),
        ('"apple bread"~3', Phrase("apple bread", ("apple", "bread"))),
        ("*", Everything()),
    ],
)
def test_what_is_too_broad_or_too_short_is_searched_otherwise_and_said(
    text: str, query: Query
) -> None:
    result = parse_query(text)
    assert result.query == query
    assert result.warnings


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("title:apple", replace(A, field="title")),
        ("title: apple bread", And((replace(A, field="title"), B))),
        ("TITLE:apple", replace(A, field="title")),
        ('title:"apple bread"', Phrase("apple bread", ("apple", "bread"), "title")),
        (
            "title:(apple OR -bread) cider",
            And((Or((replace(A, field="title"), Not(replace(B, field="title")))), C)),
        ),
        ("title:(person:Putin)", FacetIs("person", "Putin", ("putin",))),
        ("title:OR", word("OR", "or", field="title")),
        ('person:"Vladimir Putin"', FacetIs("person", "Vladimir Putin", ("vladimir", "putin"))),
        ("person:Jean-Luc,", FacetIs("person", "Jean-Luc", ("jean", "luc"))),
        (
            "place:(Sochi OR Moscow)",
            Or((FacetIs("place", "Sochi", ("sochi",)), FacetIs("place", "Moscow", ("moscow",)))),
        ),
    ],
)
def test_fields(text: str, query: Query) -> None:
    assert parsed(text) == query


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("date:2019", "2019-01-01", "2019-12-31"),
        ("date:2019-09", "2019-09-01", "2019-09-30"),
        ("date: 2019-09-12,", "2019-09-12", "2019-09-12"),
        ('date:"2019-09-12"', "2019-09-12", "2019-09-12"),
        ("date:2019/9/2", "2019-09-02", "2019-09-02"),
        ("date:2019..2020-02", "2019-01-01", "2020-02-29"),
        ("date:2019..", "2019-01-01", ""),
        ("date:..2019", "", "2019-12-31"),
        ("after:2019", "2019-01-01", ""),
        ("before:2019", "", "2019-12-31"),
        ("Before: 2019-02.", "", "2019-02-28"),
    ],
)
def test_dates(text: str, first: str, last: str) -> None:
    query = parsed(text)
    assert isinstance(query, DateIn)
    assert (query.first_day, query.last_day) == (first, last)


@pytest.mark.parametrize(
    "value", ["tomorrow", "2019-13", "2019-02-30", "..", "0000", "2019..2020..2021", "2019..apple"]
)
def test_what_is_no_date_is_searched_as_words(value: str) -> None:
    result = parse_query(f"apple date:{value}")
    assert not any(isinstance(leaf, DateIn) for leaf in leaves(result.query))
    assert result.warnings[0].position == 6
    assert "not a date" in result.warnings[0].message


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("date:march-2019", "2019-03-01", "2019-03-31"),
        ('date:"12 Sept 2019"', "2019-09-12", "2019-09-12"),
        ('date:"2016 to 2018"', "2016-01-01", "2018-12-31"),
        ("after:yesterday", "2020-05-16", ""),
        ('before:"last month"', "", "2020-04-30"),
        ("date:last-week", "2020-05-04", "2020-05-10"),
        ("date:q3_2019", "2019-07-01", "2019-09-30"),
    ],
)
def test_dates_as_people_write_them(text: str, first: str, last: str) -> None:
    result = parse_query(text, today=date(2020, 5, 17))
    assert untyped(result.query) == DateIn("", first, last)
    assert result.warnings == ()
    assert untyped(parsed(describe(result.query))) == untyped(result.query)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("apple || bread", "apple OR bread"),
        ("apple && bread", "apple AND bread"),
        ("apple w/5 bread", "apple /5 bread"),
        ("apple NEAR/5 bread", "apple /5 bread"),
        ("apple W/S bread", "apple /s bread"),
    ],
)
def test_operators_as_other_services_write_them(text: str, same: str) -> None:
    assert parse_query(text) == parse_query(same)


def test_dates_the_wrong_way_round_are_swapped() -> None:
    result = parse_query("date:2020..2019-05")
    assert untyped(result.query) == DateIn("", "2019-05-01", "2020-12-31")
    assert "swapped" in result.warnings[0].message


@pytest.mark.parametrize(
    ("text", "query", "positions"),
    [
        ("AND", word("AND", "and"), [0]),
        ("OR OR", And((word("OR", "or"), word("OR", "or"))), [0]),
        ("apple AND", A, [6]),
        ("OR apple", A, [0]),
        ("apple OR OR bread", Or((A, B)), [9]),
        ("apple AND OR bread", Or((A, B)), [6]),
        ("apple NOT", A, [6]),
        ("apple AND NOT AND bread", And((A, B), whole=True), [10]),
        ("-", Everything(), [0]),
        ("()", Everything(), [0, 0]),
        ("apple ()", A, [6]),
        ("(apple", A, [0]),
        ("apple) bread", And((A, B)), [5]),
        ("?!", Everything(), [0]),
        ('"..."', Everything(), [0]),
        ('"apple" or "bread"', None, [8]),
        ('"apple" or bread', None, []),
        ("(apple) or (bread)", None, [8]),
        ("title:", word("title"), [0]),
        ("title: AND apple", And((word("title"), A), whole=True), [0]),
        ("foo:apple", And((word("foo"), A)), [0]),
        ("titel: apple", And((word("titel"), A)), [0]),
        ("note: apple", And((word("note"), A)), []),
        ("https://x.y 10:30", None, []),
        ("apple /s (bread)", Near("apple /s bread", A, B, 0, sentence=True), []),
        ("apple /s", A, [6]),
        ("apple /s bread /s cider", And((Near("apple /s bread", A, B, 0, True), C)), [15]),
        ("/5 apple /p", A, [0, 9]),
        ("apple /5", A, [6]),
        ("apple /5 OR bread", Or((A, B)), [6]),
        ("apple /5 AND bread", And((A, B), whole=True), [6]),
        ("apple /5 -bread", And((A, Not(B))), [6]),
        ("(apple /5) bread", And((A, B)), [7]),
        ("/5 /p", And((word("5"), word("p"))), [0]),
        ("apple /5 ...", A, [6]),
        ("apple /5 bread /p cider", And((Near("apple /5 bread", A, B, 5), C)), [15]),
        ("apple /5 (bread cider)", And((A, B, C)), [6]),
        ("apple,bread /5 cider", And((A, B, C)), [12]),
        ("person:Putin /5 apple", And((FacetIs("person", "Putin", ("putin",)), A)), [13]),
        ("date:2019 /5 apple", None, [10]),
        ("said:Putin /5 bread", Said("Putin", ("putin",), B), [11]),
        ("apple /0 bread", Near("apple /0 bread", A, B, 1), [6]),
        ("apple /999 bread", Near("apple /999 bread", A, B, 100), [6]),
        ("said:", word("said"), [0]),
        ("said:Put*", Said("Put", ("put",)), [5]),
        ("person:Put*", FacetIs("person", "Put", ("put",)), [7]),
        ("date:(apple)", A, [0]),
    ],
)
def test_troubles_are_named_with_their_place(
    text: str, query: Query | None, positions: list[int]
) -> None:
    result = parse_query(text)
    assert query is None or result.query == query
    assert [warning.position for warning in result.warnings] == positions


def test_a_mistyped_field_is_named() -> None:
    assert "did you mean “title:”" in troubles("titel:apple")[0][1]


def test_depth_is_bounded() -> None:
    result = parse_query("(" * 5_000 + "apple OR bread" + ")" * 5_000 + " cider")
    assert result.query == And((Or((A, B)), C))
    assert [warning.position for warning in result.warnings] == [MAX_DEPTH]


def test_leaves_are_bounded() -> None:
    result = parse_query("apple " * 200)
    assert result.query == And((A,) * MAX_LEAVES)
    assert [warning.position for warning in result.warnings] == [MAX_LEAVES * 6]


def test_terms_of_one_leaf_are_bounded() -> None:
    phrase, run = parse_query('"' + "apple " * 1_000 + '"'), parse_query("東" * 1_000)
    for result in (phrase, run):
        assert isinstance(result.query, Phrase | Word)
        assert len(result.query.terms) == MAX_TERMS
    assert phrase.warnings


HOSTILE = [
    piece * (10_000 // len(piece))
    for piece in (
        "(", ")", "-(", "(-", '"', "NOT ", "-", "- ", "a*b", "a?", "?", "*", "~", "a~", "title:",
        "foo:x ", "/5 ", "\ud800", "\x00", "東", "a-", "é", "a'", 'א"', "1,", "a.", "x:", ":",
        "(a OR ", "OR ", "\U0001f600", "\u0301", "\u200d-", "<b>", "&", "&amp;",
    )
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:8]))
def test_hostile_texts_are_answered_quickly(text: str) -> None:
    started = time.process_time()
    result = parse_query(text)
    describe(result.query)
    assert time.process_time() - started < 2  # about 0.05 s; quadratic time would be minutes
    assert len(result.warnings) <= MAX_WARNINGS


@settings(max_examples=600, deadline=None)
@given(TEXTS)
@example("\ud800")
@example('"“')
@example("title:title:")
def test_any_text_gives_a_bounded_tree_and_warnings_inside_the_text(text: str) -> None:
    result = parse_query(text)
    found = leaves(result.query)
    assert len(found) <= MAX_LEAVES
    assert len(result.warnings) <= MAX_WARNINGS
    assert all(0 <= warning.position < len(text) for warning in result.warnings)
    positions = [warning.position for warning in result.warnings]
    assert positions == sorted(positions)
    assert Everything() not in found or result.query == Everything()
    for leaf in text_leaves(result.query):
        if isinstance(leaf, Word | Phrase):
            assert leaf.terms
            assert all(leaf.terms)
        elif isinstance(leaf, Pattern):
            assert leaf.pattern[0].isalnum()
            assert "*" in leaf.pattern or "?" in leaf.pattern
        else:
            assert leaf.distance in (1, 2)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_trees_are_flat(text: str) -> None:
    def check(query: Query) -> None:
        if isinstance(query, And | Or):
            assert len(query.children) > 1
            for child in query.children:
                assert not isinstance(child, type(query))
                check(child)
        elif isinstance(query, Not):
            assert not isinstance(query.child, Not | Everything)
            check(query.child)

    check(parse_query(text).query)


@settings(max_examples=800, deadline=None)
@given(TEXTS)
@example("title:(apple OR -bread) -(a b) OR c")
@example('צה"ל "דובר צה"ל"')
@example("AND")
@example("apple said: ( apple apple")
@example('" AND AND " " AND - AND')
def test_the_description_reads_back_as_the_same_query(text: str) -> None:
    query = parse_query(text).query
    again = parse_query(describe(query))
    assert untyped(again.query) == untyped(query)
    assert again.warnings == ()
    assert describe(again.query) == describe(query)


def test_descriptions() -> None:
    query = parse_query('security "pensions agreement" -sanctions person:Putin date:2019').query
    assert describe(query) == ('security "pensions agreement" NOT sanctions person:Putin date:2019')
    near = parse_query('"apple  bread" /5 cider -title:(apple /p bread)').query
    assert describe(near) == '"apple bread" /5 cider NOT title:apple /p title:bread'
    nested = parse_query("apple AND (bread OR title:cider) after:2019-05-02").query
    assert describe(nested) == "apple AND (bread OR title:cider) AND date:2019-05-02.."
    assert describe(Everything()) == ""


def test_a_sentence_in_capitals_has_no_operators() -> None:
    shouted = parsed("PRESSURE ON THE COUNCIL TO STOP AND NOT TO WAIT")
    assert isinstance(shouted, And)
    assert all(isinstance(child, Word) for child in shouted.children)
    assert [child.text for child in shouted.children if isinstance(child, Word)][6:8] == [
        "AND",
        "NOT",
    ]
    assert isinstance(parsed("WATER OR ENERGY"), Or)
    assert untyped(parsed("A AND B AND C AND D AND E AND F")) == untyped(parsed("A B C D E F"))
    quoted = parsed('"AND AND AND AND AND AND AND" AND CAB')
    assert isinstance(quoted, And)
    assert len(quoted.children) == 2
    mixed = parsed("pressure on the council to stop OR wait")
    assert isinstance(mixed, Or)


@given(
    st.lists(
        st.one_of(
            st.text("abzXYZ019", min_size=1, max_size=6),
            st.sampled_from(["AND", "OR", "NOT", "or", "The", "US", "a" * 64, "a" * 65, "it_s"]),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_what_is_nothing_but_words_is_read_as_any_text(words: list[str]) -> None:
    text = " ".join(words)
    assert parse_query(text) == parse_query(text + "\t")
