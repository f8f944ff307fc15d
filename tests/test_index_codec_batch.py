"""Batches hold what the analyzer says of each release, whatever was read before."""

from __future__ import annotations

import json
import re
import string
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.analysis import Token, count_stems, stems, tokenize
from index.charsets import APOSTROPHES, GERSHAYIM, HYPHENS, fold
from index.codec import batch as batches
from index.codec import tokens as chunks
from index.codec.batch import Batch, make_batch
from index.codec.builder import SegmentBuilder
from index.codec.folder import new_name
from index.codec.header import stored_header
from index.codec.segment import Segment
from index.codec.tokens import Vocabulary
from index.fields import FACETS, TITLE_WEIGHT
from index.model import (
    BlockKind,
    Entity,
    IndexedRelease,
    Mention,
    Passage,
    RawDocument,
    Release,
    ReleaseDate,
)
from index.prepare import derive
from index.reading import read_document
from index.sources import walk_archive

EXAMPLES = Path(__file__).parent.parent / "examples" / "archive"
KINDS = tuple(BlockKind)
SURROGATE = re.compile("[\ud800-\udfff]")

# All that ``str.split`` cuts at, controls, and what tokens are made of or held together by.
SPACES = "".join(chr(code) for code in range(0x110000) if chr(code).isspace())
SIGNS = APOSTROPHES + GERSHAYIM + HYPHENS + ".,&+#_/()!?;:%$—–“…\0\x01\x07"
LETTERS = "aZéİKßﬁ1½٣שׁ״ёЙІтслவිမු東あが\u3099กก\u0e31๑ー\U0001f600\ud800\udc00\U00020000"
LETTERS += "\u0301\u0307\u0323\u200d\u00ad\u0660"
ALPHABETS = st.sampled_from(
    [
        LETTERS + SIGNS + SPACES,
        "aBcU1" + SIGNS,
        "aB1 .,-'",
        "אב\"״”'. a",
        "東あ\u3099 a1,。",
        string.printable,
    ]
)
WORDS = st.sampled_from(
    """
    U.S. u.s.a U.S.-led e-mail peace-keepers' O'Brien’s AT&T C++ C# COVID-19 W-2, 10,000. 1,2, --
    state-of-the-art ... 3.5% “quoted” J.Smith. Ph.D. a. .a a-b-c b. (c) x.y.z. won't 0ʼ ʼa 's
    """.split()  # noqa: SIM905 - a word list reads better as text
)
TEXTS = st.one_of(
    st.text(max_size=60),
    ALPHABETS.flatmap(lambda alphabet: st.text(alphabet, max_size=40)),
    st.lists(WORDS, max_size=12).map(" ".join),
)
KEPT = Vocabulary()
PASSAGES = st.lists(st.tuples(st.sampled_from(KINDS), TEXTS), max_size=5)


def release(name: str, *passages: tuple[BlockKind, str], **facts: object) -> IndexedRelease:
    values = {"path": f"{name}.txt", "title": name, "blocks": (), **facts}
    people, places = values.pop("people", ()), values.pop("places", ())
    cut = tuple(Passage(n, kind, 0, len(t), t) for n, (kind, t) in enumerate(passages, start=1))
    return IndexedRelease(Release(id=name, **values), cut, people, places)  # type: ignore[arg-type]


def examples() -> list[IndexedRelease]:
    walk = walk_archive(EXAMPLES, 1 << 24)
    return [derive(read_document(one)) for one in walk if isinstance(one, RawDocument)]


def parts(counts: np.ndarray, *arrays: np.ndarray) -> Iterator[list[list[int]]]:
    """Cut arrays into the share of each release or passage."""
    assert all(array.size == counts.sum() for array in arrays)
    ends = np.cumsum(counts.astype(np.int64)).tolist()
    for end, count in zip(ends, counts.tolist(), strict=True):
        yield [array[end - count : end].tolist() for array in arrays]


def check(batch: Batch, releases: Sequence[IndexedRelease]) -> None:
    """Compare a batch with what the analyzer gives, term by term."""
    passages = [passage for one in releases for passage in one.passages]
    tokens = [tokenize(passage.text) for passage in passages]
    assert batch.ids == tuple(one.release.id for one in releases)
    assert batch.passages.tolist() == [len(one.passages) for one in releases]
    assert [KINDS[code] for code in batch.kinds] == [passage.kind for passage in passages]
    names = batch.lexicon.terms
    found = [[names[n] for n in part] for (part,) in parts(batch.lengths, batch.tokens)]
    assert found == [[token.term for token in some] for some in tokens]
    assert len(set(names)) == len(names)
    check_segment([batch], releases)


def check_segment(some: Sequence[Batch], releases: Sequence[IndexedRelease]) -> None:
    """Compare the terms and stems of the segment that batches make with the analyzer's."""
    tokens = [tokenize(passage.text) for one in releases for passage in one.passages]
    with TemporaryDirectory() as folder:
        builder = SegmentBuilder(Path(folder), new_name())
        for batch in some:
            builder.add(batch)
        check_stems(Segment(Path(folder), builder.finish()), releases, tokens)


def check_stems(
    segment: Segment, releases: Sequence[IndexedRelease], tokens: list[list[Token]]
) -> None:
    """Compare the stems of a segment with what the analyzer counts."""
    of_passages = iter(tokens)
    text, title = {}, {}
    for ordinal, one in enumerate(releases):
        for passage in one.passages:
            found, is_title = next(of_passages), passage.kind == BlockKind.TITLE
            for stem, weight in count_stems(found, TITLE_WEIGHT if is_title else 1).items():
                text.setdefault(stem, Counter())[ordinal] += weight
            for stem, times in count_stems(found).items() if is_title else ():
                title.setdefault(stem, Counter())[ordinal] += times
    for field, expected in ((segment.text, text), (segment.title, title)):
        assert field.terms.terms() == sorted(expected)
        for number, stem in enumerate(sorted(expected)):
            ordinals, weights = field.postings(number)
            assert ordinals.tolist() == sorted(expected[stem])
            assert (
                Counter(dict(zip(ordinals.tolist(), weights.tolist(), strict=True)))
                == expected[stem]
            )
    for ordinal, length in enumerate(segment.text_lengths.tolist()):
        assert length == sum(counts[ordinal] for counts in text.values())
    terms = sorted({token.term for some in tokens for token in some})
    assert segment.surface.terms.terms() == terms
    families = {stem: [term for term in terms if stem in stems(term)] for stem in text}
    for number, stem in enumerate(sorted(text)):
        assert [terms[member] for member in segment.family(number)] == families[stem]


@settings(max_examples=400, deadline=None)
@given(st.lists(PASSAGES, max_size=4))
@example([])
@example([[]])
@example([[(BlockKind.TITLE, "")], [], [(BlockKind.LIST, "—")]])
@example(
    [
        [
            (BlockKind.TITLE, "Peace-keepers' e-mail, U.S.-led O'Brien-led"),
            (BlockKind.TITLE, "e-mail"),
        ]
    ]
)
def test_a_batch_is_what_the_analyzer_says(texts: list[list[tuple[BlockKind, str]]]) -> None:
    releases = [release(f"r{number}", *passages) for number, passages in enumerate(texts)]
    check(make_batch(releases), releases)


@settings(max_examples=600, deadline=None)
@given(TEXTS)
@example("U.S. U.S, u.s.a. A.B.-C. a.b.. 'U.S.' x-U.S.")
@example("3.5. 3,5, 1,000,000. 1,000-")
@example("İ I\u0307 I\u0323\u0307 K\u0301 A\u200d.B. s\u0301.t\u0301.")
@example("ab\0cd\x1fef\x85gh\xa0ij\u3000kl\u2028mn\ud800op")
@example("a" * 7 + " " + "a" * 8 + " " + "a" * 9 + " " + "a" * 16 + " " + "a" * 17 + " " + "a" * 99)
def test_reading_by_chunks_gives_the_tokens_of_the_whole(text: str) -> None:
    for vocabulary in (Vocabulary(), KEPT):
        read = vocabulary.read([text, text])
        expected = tokenize(text)
        assert [vocabulary.lexicon.terms[number] for number in read.terms] == [
            token.term for token in expected
        ] * 2
        assert read.lengths.tolist() == [len(expected)] * 2


def test_case_can_be_dropped_before_the_marks_are() -> None:
    marks = [chr(code) for code in range(0x10000) if unicodedata.category(chr(code))[0] == "M"]
    for mark in marks:
        for letter in string.ascii_uppercase:
            assert fold(letter + mark) == fold(letter.lower() + mark), hex(ord(mark))


def test_the_example_archive() -> None:
    releases = examples()
    assert len(releases) > 20
    batch = make_batch(releases)
    check(batch, releases)
    for one in releases:
        check(make_batch([one]), [one])


def test_numbers_are_of_the_documented_types() -> None:
    for batch in (make_batch([]), make_batch([release("a", (BlockKind.TITLE, "one e-mail"))])):
        for name in Batch.__slots__:
            value = getattr(batch, name)
            if isinstance(value, np.ndarray):
                special = {"kinds": np.uint8, "tokens": np.int32, "joined_stems": np.int32}
                assert value.dtype == special.get(name, np.uint32), name
                assert value.ndim == 1


def test_a_vocabulary_is_thrown_away_before_it_grows_too_large() -> None:
    few = [release("few", (BlockKind.PARAGRAPH, "peace-keepers and 東京"))]
    count = chunks.MAX_CHUNKS + 500
    words = " ".join(f"w{number}" for number in range(count))
    long = " ".join(f"unusually.w.{number}" for number in range(count))
    blob = "x" * chunks.MAX_BYTES + " and its end"
    for text, tokens in ((words, count), (long, 3 * count), (blob, 4)):
        last = text[-2000:].partition(" ")[2]
        check(make_batch(few), few)
        batch = make_batch([release("many", (KINDS[1], text), (KINDS[1], last))])
        terms = [token.term for token in tokenize(last)]
        assert batch.lengths.tolist() == [tokens, len(terms)]
        for end in (tokens, tokens + len(terms)):
            found = batch.tokens[end - len(terms) : end]
            assert [batch.lexicon.terms[number] for number in found] == terms
        check(make_batch(few), few)
        assert all(len(vocabulary.lexicon.terms) < 1000 for vocabulary in batches._spare)


def test_a_segment_may_be_of_batches_with_several_vocabularies() -> None:
    texts = ("peace-keepers' e-mail", "U.S.-led e-mail of O'Brien", "peace-keepers O'Brien-led")
    releases = [
        release(f"r{n}", (BlockKind.TITLE, text), (BlockKind.PARAGRAPH, text[:20]))
        for n, text in enumerate(texts)
    ]
    made = []
    for one in releases:
        batches._spare.clear()
        made.append(make_batch([one]))
    assert len({id(batch.lexicon) for batch in made}) == len(releases)
    check_segment(made, releases)


def test_a_batch_that_fails_spoils_none_after_it() -> None:
    good = release("good", (BlockKind.PARAGRAPH, "all is well-known"))
    no_text = good.passages[0]._replace(text=None)  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        make_batch([good, replace(good, passages=(no_text,))])
    check(make_batch([good]), [good])


def test_facets_are_distinct_values_in_order() -> None:
    mention = Mention(0, 1, "rule")
    people = tuple(Entity(name, (mention,) * 2) for name in ("Zoe", "Adam", "Zoe"))
    full = release(
        "full",
        people=people,
        places=(Entity("Sochi", (mention,)),),
        source="Example",
        lang="en",
        date=ReleaseDate("2019-09", "url"),
    )
    batch = make_batch([full, release("empty")])
    assert set(batch.facets) == set(FACETS)
    assert batch.facets == {
        "person": [("Zoe", "Adam"), ()],
        "place": [("Sochi",), ()],
        "date": [("2019-09",), ()],
        "source": [("Example",), ()],
        "lang": [("en",), ()],
    }
    header = json.loads(stored_header(full))
    assert header["people"] == [["Zoe", 2], ["Adam", 2], ["Zoe", 2]]
    assert (header["date"], header["date_source"], header["passages"]) == ("2019-09", "url", 0)


def header_of(indexed: IndexedRelease) -> dict[str, object]:
    release = indexed.release
    return {
        "id": release.id,
        "path": release.path,
        "url": release.url,
        "title": release.title,
        "summary": release.summary,
        "date": release.date.value if release.date else "",
        "date_source": release.date.source if release.date else "",
        "dateline": release.dateline,
        "source": release.source,
        "lang": release.lang,
        "people": [[person.name, len(person.mentions)] for person in indexed.people],
        "places": [[place.name, len(place.mentions)] for place in indexed.places],
        "passages": len(indexed.passages),
    }


@settings(max_examples=300, deadline=None)
@given(PASSAGES, st.text(max_size=10))
@example([(BlockKind.TITLE, 'a "quoted" \\n\n\t\r\0\x01\x7f\u2028 é東')], "é\n")
@example([(BlockKind.TITLE, 'a "quoted" \\n\n\t\r\x7f\u2028 é東'), (BlockKind.QUOTE, "")], "x")
@example([(BlockKind.TITLE, "half \ud83d a pair")], "é")
def test_what_is_stored_is_json(passages: list[tuple[BlockKind, str]], title: str) -> None:
    one = release("one", *passages, title=title)
    [stored] = make_batch([one]).stored
    stored.decode()  # valid UTF-8
    header, texts = stored.split(b"\n")
    assert json.loads(header) == header_of(one)
    assert json.loads(texts) == [[p.number, p.kind.value, p.text] for p in one.passages]
    plain = json.dumps(json.loads(texts), ensure_ascii=False, separators=(",", ":"))
    if not SURROGATE.search(plain + title):
        assert texts == plain.encode()
        head = json.dumps(header_of(one), ensure_ascii=False, separators=(",", ":"))
        assert header == head.encode()
