"""One conformance suite for every engine: what a search means, against a brute-force oracle."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.analysis import STOP_WORDS, surface_terms
from index.errors import IndexUnavailableError
from index.generations import Generations
from index.settings import Settings
from search.engine import Engine
from search.parser import parse_query
from search.query import Near, Phrase
from search.request import SearchRequest, make_request, period_bounds
from search.whoosh_engine import WhooshEngine
from tests.conftest import EXAMPLES, SmallArchive
from tests.oracle import Known, chosen, facet_counts, known_of, matches, ordered, score

ENGINES = {"whoosh": WhooshEngine}
QUICK = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="session", params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest, example_settings: Settings) -> Engine:
    return ENGINES[request.param](Generations(example_settings.data).current())


@pytest.fixture(scope="session")
def known(engine: Engine) -> list[Known]:
    return known_of(EXAMPLES, engine)


@pytest.fixture(scope="session")
def vocabulary(known: list[Known]) -> list[str]:
    counts = Counter(t for k in known for _, terms in k.passages for t in terms if t.isascii())
    ranked = [term for term, _ in counts.most_common()]
    return ranked[:150] + ranked[150::23]


def found_ids(engine: Engine, request: SearchRequest) -> set[str]:
    ids: set[str] = set()
    query = parse_query(request.text).query
    for page in range(1, 50):
        answer = engine.search(request.on_page(page), query)
        ids |= {stored.id for stored, _ in answer.hits}
        if len(ids) >= answer.total:
            break
    assert len(ids) == answer.total
    return ids


@st.composite
def expressions(draw: st.DrawFn, words: list[str], people: list[str]) -> str:
    """Queries of all kinds that are neither relaxed nor have words left out."""
    word = st.sampled_from([w for w in words if w not in STOP_WORDS and w.isalpha()])
    leaf = st.one_of(
        word,
        word.map(lambda w: f'"{w}"'),
        st.tuples(word, word).map(lambda p: f'"{p[0]} {p[1]}"'),
        word.filter(lambda w: len(w) > 3).map(lambda w: w[:3] + "*"),
        word.filter(lambda w: len(w) > 4).map(lambda w: w[:2] + "?" + w[3:]),
        word.filter(lambda w: len(w) > 4).map(lambda w: w[:2] + w[3:] + "~1"),
        word.map(lambda w: f"title:{w}"),
        st.tuples(word, st.sampled_from(["/1", "/5", "/p"]), word).map(" ".join),
        st.tuples(word, word, word).map(lambda t: f'"{t[0]} {t[1]}" /9 {t[2]}'),
        st.sampled_from(people).map(lambda p: f'person:"{p}"'),
        st.sampled_from(people).map(lambda p: f'person:"{p.split()[0]} {p.split()[-1]}"'),
        st.sampled_from(["date:2019", "after:2020-03", "before:2018-06-30", "place:lisbon"]),
    )
    both = st.tuples(leaf, st.sampled_from([" OR ", " AND NOT "]), leaf).map("".join)
    return draw(st.one_of(leaf, both, leaf.map(lambda q: f"-{q}")))


@QUICK
@given(data=st.data())
def test_finds_what_brute_force_finds(
    data: st.DataObject, engine: Engine, known: list[Known], vocabulary: list[str]
) -> None:
    people = sorted({e.name for k in known for e in k.indexed.people})
    text = data.draw(expressions(vocabulary, people))
    query = parse_query(text).query
    expected = {k.id for k in known if matches(query, k)}
    assert found_ids(engine, make_request(text, per_page=100)) == expected, text


@QUICK
@given(data=st.data())
def test_phrases_from_the_archive_are_found_verbatim(
    data: st.DataObject, engine: Engine, known: list[Known]
) -> None:
    release = data.draw(st.sampled_from(known))
    _, terms = data.draw(st.sampled_from([p for p in release.passages if len(p[1]) > 1]))
    start = data.draw(st.integers(0, len(terms) - 2))
    phrase = terms[start : start + data.draw(st.integers(2, 8))]
    text = '"' + " ".join(phrase) + '"'
    query = parse_query(text).query
    expected = {k.id for k in known if matches(query, k)}
    assert release.id in expected
    assert found_ids(engine, make_request(text, per_page=100)) == expected


@QUICK
@given(data=st.data())
def test_facet_counts_equal_counting(
    data: st.DataObject, engine: Engine, known: list[Known], vocabulary: list[str]
) -> None:
    people = sorted({e.name for k in known for e in k.indexed.people})
    places = sorted({e.name for k in known for e in k.indexed.places})
    sources = sorted({k.indexed.release.source for k in known})
    request = make_request(
        data.draw(st.one_of(st.just(""), expressions(vocabulary, people))),
        people=data.draw(st.lists(st.sampled_from(people), max_size=2)),
        places=data.draw(st.lists(st.sampled_from(places), max_size=2)),
        sources=data.draw(st.lists(st.sampled_from(sources), max_size=1)),
        date_from=data.draw(st.sampled_from(["", "2019", "2018-03", "2020-02-29"])),
        undated=data.draw(st.sampled_from([False, False, False, True])),
    )
    query = parse_query(request.text).query
    answer = engine.search(request, query)
    found = [k for k in known if matches(query, k)]
    assert answer.total == sum(chosen(k, request) for k in found)
    for facet in ("person", "place", "source", "lang", "date"):
        expected = facet_counts(found, request, facet)
        given_values = {v: n for v, n in answer.facets[facet] if facet != "date" or "-" not in v}
        assert {v: expected[v] for v in given_values} == given_values
        if len(expected) <= 40:
            assert {v for v, n in given_values.items() if n} == set(expected)
        else:
            assert min(given_values.values()) <= sorted(expected.values())[-40]


def test_all_words_must_occur_and_inflections_match(small: SmallArchive) -> None:
    small.release("a.md", "Ministers met", "The ministers discussed fishing quotas in Lisbon.")
    small.release("b.md", "Minister meets", "The minister discusses a fishing quota in Porto.")
    small.release("c.md", "Quota", "Nothing about fish and the rest.")
    small.index()
    assert set(small.found("minister quota")) == {"a.md", "b.md"}
    assert set(small.found('minister "quota"')) == {"b.md"}
    assert small.found("ministers discuss lisbon fish") == ["a.md", "b.md"]
    assert small.found("ministers AND discuss AND lisbon AND fish") == ["a.md"]
    assert set(small.found("harpoon quota")) == {"a.md", "b.md", "c.md"}  # none has both


def test_relaxed_results_follow_and_say_so(small: SmallArchive) -> None:
    for number in range(15):
        small.release(f"w{number}.md", "Water", f"Water works number {number} on the river.")
    small.release("all.md", "Dam", "The turbine of the water works stands still.")
    small.index()
    page = small.service.search(make_request("turbine water works"))
    assert page.query.relaxed
    assert page.results[0].path == "all.md"
    assert page.total == 16  # two of three words
    assert small.service.search(make_request("turbine river")).total == 16  # none has both
    assert small.service.search(make_request("turbine stands river")).total == 1
    strict = small.service.search(make_request("water works"))
    assert not strict.query.relaxed
    both = small.service.search(make_request('"turbine" water works -river'))
    assert [hit.path for hit in both.results] == ["all.md"]


def test_stop_words_count_in_phrases_and_alone(small: SmallArchive) -> None:
    small.release("a.md", "A line", "He asked: to be or not to be, that is the question.")
    small.release("b.md", "Finance", "The minister of finance spoke of the budget.")
    small.release("c.md", "Finances", "A minister finance chiefs trust spoke.")
    small.index()
    assert small.found('"to be or not to be"') == ["a.md"]
    assert small.found("to be or not to be")[0] == "a.md"
    assert small.found('"minister of finance"') == ["b.md"]
    assert small.found('"minister finance"') == ["c.md"]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("W-2", "Employers file Form W-2 by January."),
        ("F-35", "Two F-35 aircraft landed."),
        ("C++", "The model is written in C++ and is free."),
        ("U.S.", "The U.S. delegation left."),
        ("10,000", "Some 10,000 people came."),
        ("10000", "Some 10,000 people came."),
        ("cafe", "The café on the quay reopened."),
        ("café", "The cafe on the quay reopened."),
        ("O'Brien", "Ms O’Brien thanked the crew."),
        ("O’Brien", "Ms O'Brien thanked the crew."),
        ("covid", "COVID-19 rules end."),
        ("email", "Write an e-mail to us."),
        ("well-known", "A well known engineer spoke."),
        ("шлем", "Новый шлём показан."),
        ("ёлка", "Елка на площади."),
        ("שלום", "שָׁלוֹם עֲלֵיכֶם"),
        ("東京", "首相は東京都で会談した。"),
    ],
)
def test_what_is_typed_finds_itself(small: SmallArchive, query: str, text: str) -> None:
    small.release("other.md", "Other", "Nothing of the kind, w 2 or f 35 apart: 10 000, u s.")
    small.release("this.md", "Matter of record", text)
    small.index()
    assert "this.md" in small.found(query)
    assert "this.md" in small.found(f'"{query}"') or query in {"covid", "email", "well-known"}
    assert small.found(query)[0] == "this.md"
    if query in {"W-2", "F-35", "C++", "U.S.", "10,000"}:
        assert small.found(f'"{query}"') == ["this.md"]


def test_dates_keep_their_precision(small: SmallArchive) -> None:
    small.release("day.md", "Day", "Harbour.", date="2019-01-01")
    small.release("month.md", "Month", "Harbour.", date="2019-03")
    small.release("year.md", "Year", "Harbour.", date="2019")
    small.release("none.md", "None", "Harbour.")
    small.index()

    def found(**dates: object) -> set[str]:
        return set(small.found("harbour", **dates))

    assert found(date_from="2019", date_to="2019") == {"day.md", "month.md", "year.md"}
    assert found(date_from="2019-01", date_to="2019-01") == {"day.md"}
    assert found(date_from="2019-01-01", date_to="2019-01-01") == {"day.md"}
    assert found(date_from="2019-03", date_to="2019-03") == {"month.md"}
    assert found(undated=True) == {"none.md"}
    page = small.service.search(make_request("harbour", date_from="2019", date_to="2019"))
    dates = {(v.value, v.label): (v.count, v.selected) for v in page.facets["date"]}
    assert dates == {
        ("2019", "2019"): (3, True),
        ("2019-03", "March 2019"): (1, False),
        ("2019-01", "January 2019"): (1, False),
        ("undated", "No date"): (1, False),
    }


def test_orders(small: SmallArchive) -> None:
    for name, date in {"old": "2001-05-05", "new": "2022", "mid": "2010-10", "none": ""}.items():
        small.release(f"{name}.md", "Harbour " + name, "Harbour.", date=date)
    small.index()
    assert small.found("harbour", sort="newest") == ["new.md", "mid.md", "old.md", "none.md"]
    assert small.found("harbour", sort="oldest") == ["old.md", "mid.md", "new.md", "none.md"]
    assert small.found("", sort="relevance")[0] == "new.md"


def test_pages_are_disjoint_and_complete(engine: Engine) -> None:
    request = make_request("the", per_page=7)
    query = parse_query("the").query
    total = engine.search(request, query).total
    seen: list[str] = []
    for page in range(1, -(-total // 7) + 1):
        seen += [stored.id for stored, _ in engine.search(request.on_page(page), query).hits]
    assert len(seen) == len(set(seen)) == total
    assert engine.search(request.on_page(1000), query).hits == ()


def test_scores_fall_and_titles_count_more(small: SmallArchive) -> None:
    small.release("body.md", "Quay", "The harbour is old and the quay of it too, they say.")
    small.release("title.md", "Harbour", "The pier is old and the quay of it too, they say.")
    small.index()
    page = small.service.search(make_request("harbour"))
    assert [hit.path for hit in page.results] == ["title.md", "body.md"]
    assert page.results[0].score > page.results[1].score > 0


@QUICK
@given(data=st.data())
def test_pairs_of_words_of_a_passage_are_found_near(
    data: st.DataObject, engine: Engine, known: list[Known]
) -> None:
    release = data.draw(st.sampled_from(known))
    _, terms = data.draw(st.sampled_from([p for p in release.passages if len(p[1]) > 8]))
    places = data.draw(st.tuples(*[st.integers(0, len(terms) - 1)] * 2))
    one, other = (terms[place] for place in places)
    if one.isalpha() and other.isalpha() and one.isascii() and other.isascii():
        text = f"{one} /{data.draw(st.sampled_from(['1', '3', '10', 'p', 's']))} {other}"
        query = parse_query(text).query
        expected = {k.id for k in known if matches(query, k)}
        assert found_ids(engine, make_request(text, per_page=100)) == expected


@QUICK
@given(data=st.data())
def test_open_phrases_and_their_nearness_find_what_they_must(
    data: st.DataObject, engine: Engine, known: list[Known]
) -> None:
    release = data.draw(st.sampled_from(known))
    _, terms = data.draw(st.sampled_from([p for p in release.passages if len(p[1]) > 12]))
    start = data.draw(st.integers(0, len(terms) - 8))
    opened = []
    for term in terms[start : start + 3]:
        cut = data.draw(st.integers(2, max(2, len(term) - 1)))
        forms = [term, "*"]
        if term[:cut][-1].isalnum():  # "9,*" of "9,4" is no pattern
            forms.append(f"{term[:cut]}*")
        if cut + 1 < len(term):  # at the end of a word it would be punctuation
            forms.append(f"{term[:cut]}?{term[cut + 1 :]}")
        opened.append(data.draw(st.sampled_from(forms)))
    phrase, other = f'"{" ".join(opened)}"', terms[start + 6]
    operator = data.draw(st.sampled_from(["/1", "/4", "/p"]))
    sides = [phrase, f'({other} OR {terms[start + 7]} OR "{terms[start + 5]} {other}")']
    text = data.draw(st.sampled_from([phrase, f" {operator} ".join(sides)]))
    query = parse_query(text).query
    expected = {k.id for k in known if matches(query, k)}
    if isinstance(query, Phrase | Near):
        assert found_ids(engine, make_request(text, per_page=100)) == expected
        if isinstance(query, Phrase) and len(query.terms) == len(opened):
            assert release.id in expected


@QUICK
@given(data=st.data())
def test_scores_are_those_of_the_formula(
    data: st.DataObject, engine: Engine, known: list[Known], vocabulary: list[str]
) -> None:
    word = st.sampled_from([w for w in vocabulary if w.isalpha() and w not in STOP_WORDS])
    one, other = data.draw(st.tuples(word, word))
    text = data.draw(
        st.sampled_from([one, f"{one} OR {other}", f'"{one} {other}"', f'"the {one}"'])
    )
    query = parse_query(text).query
    request = make_request(text, per_page=100)
    answer = engine.search(request, query)
    expected = {k.id: score(query, k, known) for k in known if matches(query, k)}
    assert {r.id: s for r, s in answer.hits} == pytest.approx(expected, rel=1e-5)
    dates = ordered([k for k in known if k.id in expected])
    given_order = [(-np.float32(s), dates.index(r.id)) for r, s in answer.hits]
    assert given_order == sorted(given_order)


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_order_by_date_on_every_page(engine: Engine, known: list[Known], sort: str) -> None:
    for text in ("", "minister", '"the"'):
        query = parse_query(text).query
        found = [k for k in known if matches(query, k)]
        request = make_request(text, sort=sort, per_page=7)
        ids = [
            stored.id
            for page in range(1, len(found) // 7 + 3)
            for stored, _ in engine.search(request.on_page(page), query).hits
        ]
        assert ids == ordered(found, oldest=sort == "oldest")


def test_changed_and_removed_releases_are_answered_as_the_archive_is(small: SmallArchive) -> None:
    """Several segments, some of their releases gone: everything is still as brute force says."""
    names = ["Angela Merkel", "Barack Obama", "Shinzo Abe", "Jacinda Ardern"]
    rounds = [range(12), range(8, 16), range(3, 20, 4)]
    for number, changed in enumerate(rounds):
        for at in changed:
            who = f"President {names[(at + number) % 4]} met {names[at % 3]} in Lisbon, Portugal. "
            body = who + f"The harbour of town {at} and its quay were seen {number} times. " * (
                at % 3
            )
            date = f"20{10 + at % 5}-0{1 + number}-11" if at % 6 else ""
            small.release(f"r{at}.md", f"Harbour {at * number}", body, date=date)
        if number:
            (small.root / f"r{number}.md").unlink()
        small.index()
    engine = WhooshEngine(Generations(small.settings.data).current())
    known = known_of(small.root, engine)
    assert [r.id for r in engine.listing(0, 99)] == ordered(known)
    for text in ("", "harbour", '"the harbour"', "har*", "quay /5 seen", "-quay", "title:harbour"):
        query = parse_query(text).query
        found = [k for k in known if matches(query, k)]
        for people in ((), ("Angela Merkel",), ("Angela Merkel", "Shinzo Abe")):
            request = make_request(text, people=people, per_page=100)
            answer = engine.search(request, query)
            assert {r.id for r, _ in answer.hits} == {k.id for k in found if chosen(k, request)}
            for facet in ("person", "place", "source", "lang", "date"):
                given_values = {v: n for v, n in answer.facets[facet] if n}
                assert given_values == facet_counts(found, request, facet)
    one = engine.search(make_request("harbour"), parse_query("harbour").query).hits[0]
    whole = next(k for k in known if k.id == one[0].id)
    assert one[1] == pytest.approx(score(parse_query("harbour").query, whole, known), rel=1e-5)


def test_a_damaged_block_is_an_error_and_never_an_answer(small: SmallArchive) -> None:
    for number in range(5):
        small.release(f"{number}.md", f"Harbour {number}", "The quay is long. " * 20)
    small.index()
    generation = Generations(small.settings.data).current()
    (path,) = generation.index_folder.glob("*.seg")
    sound = path.read_bytes()
    request, query = make_request("harbour"), parse_query("harbour").query
    expected = WhooshEngine(generation).search(request, query)
    refused = 0
    for at in range(0, len(sound), 211):
        path.unlink()  # what is mapped stays as it was
        path.write_bytes(sound[:at] + bytes([sound[at] ^ 4]) + sound[at + 1 :])
        try:
            assert WhooshEngine(generation).search(request, query) == expected
        except IndexUnavailableError as error:
            refused += "checksum" in error.what or "damaged" in error.what
    assert refused > 10


def test_release_and_listing(engine: Engine, known: list[Known]) -> None:
    for one in known[::7]:
        stored = engine.release(one.id)
        assert stored is not None
        assert stored.title == one.indexed.release.title
        assert [p.text for p in stored.passages] == [p.text for p in one.indexed.passages]
    assert engine.release("nowhere-to-be") is None
    listed = engine.listing(0, 10_000)
    assert {stored.id for stored in listed} == {one.id for one in known}
    dates = [stored.date for stored in listed]
    dated = [date for date in dates if date]
    assert "" in dates
    assert dates[: len(dated)] == dated
    first_days = [period_bounds(date)[0] for date in dated]
    assert first_days == sorted(first_days, reverse=True)
    assert engine.listing(len(known), 10) == ()


def test_surface_terms_of_long_phrases(engine: Engine, known: list[Known]) -> None:
    longest = max((t for k in known for _, t in k.passages), key=len)
    text = '"' + " ".join(longest[:60]) + '"'
    ids = found_ids(engine, make_request(text))
    assert ids
    assert surface_terms(text)[:5] == longest[:5]
