"""Plain Whoosh on the columnar index reads what it would of an index written by its own codec."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import index, query
from whoosh.matching import ReadTooFar
from whoosh.qparser import QueryParser
from whoosh.reading import IndexReader, TermNotFound

from index.analysis import count_stems, tokenize
from index.codec.batch import make_batch
from index.codec.builder import SegmentBuilder
from index.codec.folder import new_name, write_entries
from index.codec.whoosh_codec import write_toc
from index.codec.whoosh_schema import whoosh_schema
from index.fields import FACETS, FIELDS
from index.model import IndexedRelease
from tests.whoosh_indexes import (
    PARTS,
    Pair,
    example_pairs,
    example_releases,
    example_words,
)

CHECKS = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]
TERM_FIELDS = sorted(field.name for field in FIELDS if field.name != "stored")


@pytest.fixture(scope="session")
def releases() -> list[IndexedRelease]:
    return example_releases()


@pytest.fixture(scope="session")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pair]:
    return example_pairs(tmp_path_factory.getbasetemp())


@pytest.fixture(params=sorted(PARTS))
def pair(request: pytest.FixtureRequest, pairs: dict[str, Pair]) -> Pair:
    return pairs[request.param]


def sampled_terms(reader: IndexReader) -> list[tuple[str, bytes]]:
    """Return all terms of one segment, some of several (merged term by term, in Python)."""
    return list(reader.all_terms())[:: 1 if reader.is_atomic() else 9]


def test_terms_and_their_statistics_are_the_same(pair: Pair) -> None:
    ours, theirs = pair.readers()
    assert list(ours.all_terms()) == list(theirs.all_terms())
    assert set(ours.indexed_field_names()) == set(TERM_FIELDS)
    for name, term in sampled_terms(ours):
        assert ours.doc_frequency(name, term) == theirs.doc_frequency(name, term)
        assert ours.frequency(name, term) == theirs.frequency(name, term)
        info, other = ours.term_info(name, term), theirs.term_info(name, term)
        for fact in ("weight", "doc_frequency", "max_weight", "min_id", "max_id"):
            assert getattr(info, fact)() == getattr(other, fact)(), (name, term, fact)
    for name in TERM_FIELDS:
        assert list(ours.lexicon(name)) == list(theirs.lexicon(name))
        assert list(ours.field_terms(name)) == list(theirs.field_terms(name))
    for absent in (("text", b"zzz"), ("surface", "\U0010ffff".encode()), ("lang", b"")):
        assert absent not in ours
        assert ours.doc_frequency(*absent) == ours.frequency(*absent) == 0
        with pytest.raises(TermNotFound):
            ours.term_info(*absent)


def test_postings_are_the_same(pair: Pair) -> None:
    ours, theirs = pair.readers()
    for name, term in sampled_terms(ours):
        mine, other = ours.postings(name, term), theirs.postings(name, term)
        while mine.is_active():
            assert mine.id() == other.id()
            assert mine.weight() == other.weight()
            for fact in ("frequency", "weight", "positions"):
                assert mine.supports(fact) == other.supports(fact)
                if mine.supports(fact):
                    assert mine.value_as(fact) == other.value_as(fact), (name, term, fact)
            assert mine.value() or not other.value()
            mine.next()
            other.next()
        assert not other.is_active()
        with pytest.raises(ReadTooFar):
            mine.skip_to(0)


COMMON = {
    "surface": ["the", "of", "river", "said"],
    "text": ["water", "the", "citi"],
    "level": ["release", "passage"],
    "kind": ["title", "paragraph"],
}


@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=CHECKS)
def test_skipping_and_copying_a_matcher(data: st.DataObject, pairs: dict[str, Pair]) -> None:
    reader = pairs["one"].columnar.reader()
    name, texts = data.draw(st.sampled_from(sorted(COMMON.items())))
    term = (name, data.draw(st.sampled_from(texts)))
    everything = list(reader.postings(*term).all_ids())
    target = data.draw(st.integers(0, reader.doc_count_all()))
    matcher = reader.postings(*term)
    matcher.skip_to(target)
    left = [number for number in everything if number >= target]
    copied = matcher.copy()
    assert list(matcher.all_ids()) == list(copied.all_ids()) == left
    copied.reset()
    assert copied.id() == everything[0]


def test_terms_from_a_prefix_on(pair: Pair) -> None:
    ours, theirs = pair.readers()
    starts = {term.decode()[:2] for _, term in ours.all_terms()} | {"", "e", "п", "\x00", "~"}
    for name in ("surface", "person", "group"):
        for start in sorted(starts)[:: 1 if ours.is_atomic() else 20]:
            assert list(ours.expand_prefix(name, start)) == list(theirs.expand_prefix(name, start))
    for start in (b"", b"m", b"\xff"):
        assert list(ours.terms_from("source", start)) == list(theirs.terms_from("source", start))
        for (term, info), (other, _) in islice(
            zip(ours.iter_from("source", start), theirs.iter_from("source", start), strict=True), 30
        ):
            assert term == other
            assert info.doc_frequency() == ours.doc_frequency(*term)


RELEASES = query.Term("level", "release")
RIVER = query.Term("text", "river")
QUERIES = [
    query.Prefix("surface", "riv"),
    query.Wildcard("surface", "r?v*s"),
    query.Wildcard("surface", "*ing"),
    query.FuzzyTerm("surface", "rivr", maxdist=2),
    query.FuzzyTerm("surface", "habour", maxdist=1, prefixlength=0),
    query.Phrase("surface", ["of", "the", "city"]),
    query.Phrase("surface", ["water", "river"], slop=4),
    query.TermRange("date", "2018", "2020-06"),
    query.TermRange("surface", "fa", "fe", startexcl=True),
    query.Every(),
    query.Every("person"),
    query.NestedParent(RELEASES, query.Phrase("surface", ["the", "river"])),
    query.NestedChildren(RELEASES, RIVER),
    query.AndNot(RIVER, query.Term("text", "dam")),
    query.And([RIVER, query.Not(query.Term("source", "City of Casterel"))]),
    query.Or([RIVER, query.Term("text", "harbour"), query.Term("kind", "title")]),
    query.Term("text", "zzz"),
]


@pytest.mark.parametrize("asked", QUERIES, ids=repr)
def test_queries_of_plain_whoosh_find_the_same_documents(pair: Pair, asked: query.Query) -> None:
    with pair.columnar.searcher() as ours, pair.default.searcher() as theirs:
        found = list(ours.docs_for_query(asked))
        assert found == list(theirs.docs_for_query(asked))
        assert {hit.docnum for hit in ours.search(asked, limit=None)} == set(found)


@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=CHECKS)
def test_words_expand_to_the_same_terms(data: st.DataObject, pairs: dict[str, Pair]) -> None:
    ours, theirs = pairs[data.draw(st.sampled_from(sorted(PARTS)))].readers()
    word = data.draw(st.sampled_from(example_words()))
    place = data.draw(st.integers(0, len(word)))
    written = (
        word[:place] + data.draw(st.sampled_from(["", "e", "*", "?", "д"])) + word[place + 1 :]
    )
    if written:
        asked = query.Wildcard("surface", written)
        assert set(asked.expanded_terms(ours)) == set(asked.expanded_terms(theirs))
        leaves = data.draw(st.sampled_from(range(len(ours.leaf_readers()))))
        one, other = (reader.leaf_readers()[leaves][0] for reader in (ours, theirs))
        prefix = data.draw(st.integers(0, min(2, len(written))))
        asked = ("surface", written, data.draw(st.integers(1, 2)), prefix)
        assert set(one.terms_within(*asked)) == set(other.terms_within(*asked))


def test_documents_are_the_same(pair: Pair) -> None:
    ours, theirs = pair.readers()
    for fact in ("doc_count", "doc_count_all", "has_deletions"):
        assert getattr(ours, fact)() == getattr(theirs, fact)()
    assert list(ours.all_doc_ids()) == list(theirs.all_doc_ids())
    for number in range(ours.doc_count_all()):
        assert ours.is_deleted(number) == theirs.is_deleted(number)
        stored, other = ours.stored_fields(number), theirs.stored_fields(number)
        assert json.loads(json.dumps(stored)) == json.loads(json.dumps(other))
    assert [n for n, _ in ours.iter_docs()] == list(ours.all_doc_ids())
    for name in TERM_FIELDS:
        assert ours.has_column(name) == theirs.has_column(name)
    for name in ("id", *FACETS):
        assert list(ours.column_reader(name)) == list(theirs.column_reader(name))
        assert (
            ours.column_reader(name, translate=False)[0] == theirs.column_reader(name)[0].encode()
        )
    with pair.columnar.searcher() as one, pair.default.searcher() as two:
        newest = [s.search(RELEASES, sortedby="date", limit=None) for s in (one, two)]
        assert [hit.docnum for hit in newest[0]] == [hit.docnum for hit in newest[1]]


def test_lengths_are_exact(pair: Pair, releases: list[IndexedRelease]) -> None:
    ours, theirs = pair.readers()
    expected = {each.release.id: lengths(each) for each in releases}
    both = {}
    for number in ours.postings("level", "release").all_ids():
        release_id = ours.stored_fields(number)["stored"]["id"]
        both[release_id] = tuple(ours.doc_field_length(number, f) for f in ("text", "title"))
        assert ours.doc_field_length(number + 1, "text", 7) == 7  # a passage
    assert both.items() <= expected.items()
    for place, name in enumerate(("text", "title")):
        assert ours.field_length(name) == theirs.field_length(name)
        assert ours.max_field_length(name) == max(found[place] for found in expected.values())
        assert ours.min_field_length(name) == theirs.min_field_length(name) == 0
    assert ours.field_length("surface") == theirs.field_length("surface") == 0


def lengths(indexed: IndexedRelease) -> tuple[int, int]:
    counted = [sum(count_stems(tokenize(p.text)).values()) for p in indexed.passages]
    title = sum(n for p, n in zip(indexed.passages, counted, strict=True) if p.kind == "title")
    return sum(counted) + title, title


def test_ranked_searches_may_leave_out_blocks(pair: Pair) -> None:
    with pair.columnar.searcher() as searcher:
        for words in (["the", "river"], ["water", "dam", "storm"], ["citi"]):
            asked = query.Or([query.Term("text", word) for word in words])
            everything = [hit.score for hit in searcher.search(asked, limit=None)]
            for limit in (1, 3, 10):
                best = [hit.score for hit in searcher.search(asked, limit=limit)]
                assert best == pytest.approx(everything[:limit])


def test_whoosh_parses_queries_as_the_index_was_analyzed(pair: Pair) -> None:
    parser = QueryParser("text", whoosh_schema())
    assert parser.parse("Rivers") == RIVER
    assert parser.parse("surface:Café") == query.Term("surface", "cafe")
    assert parser.parse('surface:"The  Rivers"') == query.Phrase("surface", ["the", "rivers"])
    assert parser.parse("surface:Riv*") == query.Prefix("surface", "riv")
    assert parser.parse("surface:Well-known") == query.Phrase("surface", ["well", "known"])
    both = query.And([query.Term("text", "well"), query.Term("text", "known")])
    assert parser.parse("well-known") == both
    assert parser.parse('source:"City of Casterel"') == query.Term("source", "City of Casterel")
    with pair.columnar.searcher() as searcher:
        assert len(searcher.search(parser.parse('source:"City of Casterel"'))) > 0


def test_a_replaced_release_beside_the_one_that_replaced_it(
    releases: list[IndexedRelease], tmp_path: Path
) -> None:
    builder = SegmentBuilder(tmp_path, new_name())
    builder.add(make_batch(releases[:2]), dropped=[0])
    builder.add(make_batch([releases[2], releases[0]]))
    write_entries(tmp_path, [entry := builder.finish()])
    write_toc(tmp_path, [entry])
    release_id = releases[0].release.id
    with index.open_dir(str(tmp_path)).searcher() as searcher:
        assert searcher.doc_frequency("id", release_id) == 2
        assert len(list(searcher.lexicon("id"))) == 3
        group = list(searcher.document_numbers(group=release_id))
        size = len(releases[0].passages) + 1
        assert group == list(range(searcher.doc_count_all() - size, searcher.doc_count_all()))
        assert list(searcher.document_numbers(id=release_id)) == group[:1]
