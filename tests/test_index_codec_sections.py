"""The files of the index as bytes: sections, checksums, lists of integers, dictionaries."""

from __future__ import annotations

from bisect import bisect_left
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.codec.container import BLOCK, SectionFile, SectionWriter
from index.codec.dictionary import DictionaryWriter, TermDictionary
from index.codec.integers import spread
from index.codec.postings import StemField, StemFieldWriter, SurfaceField, SurfaceFieldWriter
from index.codec.skips import ROW, SkipTable
from index.codec.stored import SAMPLES, StoredReleases, StoredWriter
from index.errors import GenerationError
from search.distance import within_distance

MOST = 2**31 - 1
TERMS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
BOUNDARIES = st.sampled_from([0, 1, 254, 255, 256, 65534, 65535, 65536, 70000, MOST - 1])


@st.composite
def posting_lists(draw: st.DrawFn) -> list[list[int]]:
    """Ascending lists, with the numbers where the width of a difference changes."""
    number = st.one_of(st.integers(0, 600), st.integers(0, MOST), BOUNDARIES)
    return draw(st.lists(st.lists(number, min_size=1, unique=True).map(sorted), min_size=1))


def written(path: Path, **sections: np.ndarray) -> Path:
    with SectionWriter(path) as writer:
        for name, items in sections.items():
            writer.add(name, items)
    return path


def some_sections(path: Path) -> Path:
    noise = np.random.default_rng(5).integers(0, 256, 2 * BLOCK + 17, dtype=np.uint8)
    return written(path, noise=noise, few=np.arange(9, dtype=np.int32), none=np.empty(0, np.uint64))


def read_everything(path: Path) -> list[bytes]:
    file = SectionFile(path)
    return [name.encode() + file.array(name).tobytes() for name in file.names]


@settings(deadline=None)
@given(lists=posting_lists(), data=st.data())
def test_posting_lists_come_back(
    lists: list[list[int]], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("lists") / "x.seg"
    terms = [f"term{number:05d}" for number in range(len(lists))]
    counts = np.array([len(one) for one in lists])
    values = np.array([value for one in lists for value in one])
    weight = st.one_of(st.integers(1, 300), st.sampled_from([65535, 65536, 10**9]))
    weights = np.array(data.draw(st.lists(weight, min_size=values.size, max_size=values.size)))
    cut = data.draw(st.integers(0, len(lists)))
    at = int(counts[:cut].sum())
    with SectionWriter(path) as writer:
        plain = data.draw(st.booleans(), "plain")
        stems = StemFieldWriter(writer, "text", plain=plain)
        surface = SurfaceFieldWriter(writer, "surface", plain=plain)
        stems.add(terms[:cut], counts[:cut], values[:at], weights[:at])
        stems.add(terms[cut:], counts[cut:], values[at:], weights[at:])
        surface.add(terms, counts, values)
        stems.close()
        surface.close()
    file = SectionFile(path)
    text, words = StemField(file, "text"), SurfaceField(file, "surface")
    first = 0
    for number, expected in enumerate(lists):
        ordinals, found = text.postings(number)
        assert ordinals.tolist() == expected
        assert found.tolist() == weights[first : first + len(expected)].tolist()
        assert words.positions(number).tolist() == expected
        releases, counted = text.hits(number)
        assert (releases.tolist(), counted.tolist()) == (ordinals.tolist(), found.tolist())
        assert text.frequency(number) == words.frequency(number) == len(expected)
        first += len(expected)
    some = data.draw(st.lists(st.integers(0, len(lists) - 1), min_size=1, max_size=4))
    sizes, gathered = words.gathered(some)
    assert sizes.tolist() == [len(lists[number]) for number in some]
    assert gathered.tolist() == [value for number in some for value in lists[number]]
    low, high = sorted((data.draw(st.integers(0, len(lists))), cut))
    flat = [value for one in lists[low:high] for value in one]
    assert words.slice(low, high)[1].tolist() == flat
    assert text.slice(low, high)[1].tolist() == flat
    assert text.slice(low, high)[0].tolist() == [len(one) for one in lists[low:high]]


@settings(deadline=None)
@given(terms=st.sets(TERMS, min_size=1), asked=TERMS)
def test_a_dictionary_finds_terms_and_ranges(
    terms: set[str], asked: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    ordered = sorted(terms)
    with SectionWriter(tmp_path_factory.mktemp("terms") / "x.seg") as writer:
        dictionary = DictionaryWriter(writer, "surface", masks=True)
        dictionary.add(ordered)
        dictionary.close()
        path = writer.path
    found = TermDictionary(SectionFile(path), "surface")
    assert found.terms() == ordered
    for term in (*ordered, asked):
        expected = ordered.index(term) if term in terms else -1
        assert found.find(term) == expected
        assert found.lower_bound(term) == bisect_left(ordered, term)
        for prefix in (term, term[:1]):
            low, high = found.prefix(prefix)
            assert found.terms(low, high) == [t for t in ordered if t.startswith(prefix)]


WORDS = st.text("abcdé1-", min_size=1, max_size=8)


@settings(deadline=None)
@given(terms=st.sets(WORDS, min_size=1), asked=WORDS, distance=st.sampled_from([1, 2]))
def test_no_word_that_is_like_another_is_left_out(
    terms: set[str], asked: str, distance: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    ordered = sorted(terms)
    with SectionWriter(tmp_path_factory.mktemp("like") / "x.seg") as writer:
        dictionary = DictionaryWriter(writer, "surface", masks=True)
        dictionary.add(ordered)
        dictionary.close()
        path = writer.path
    found = TermDictionary(SectionFile(path), "surface")
    candidates = {ordered[n] for n in found.like(asked, distance, 0, len(ordered)).tolist()}
    assert candidates >= {t for t in terms if within_distance(asked, t, distance)}


def stored_in(path: Path, blobs: list[bytes]) -> StoredReleases:
    with SectionWriter(path) as writer:
        stored = StoredWriter(writer)
        for blob in blobs:
            stored.add(blob)
        stored.close()
    return StoredReleases(SectionFile(path))


def contents(stored: StoredReleases, count: int) -> list[bytes]:
    return [stored.raw(number) for number in range(count)]


@settings(deadline=None)
@given(blobs=st.lists(st.binary(min_size=1, max_size=9000), max_size=12))
def test_stored_releases_come_back(
    blobs: list[bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    stored = stored_in(tmp_path_factory.mktemp("stored") / "x.seg", blobs)
    assert contents(stored, len(blobs)) == blobs


def test_stored_releases_keep_their_dictionaries_in_merged_segments(tmp_path: Path) -> None:
    def letters(seed: int, count: int) -> list[bytes]:
        draw = np.random.default_rng(seed)
        words = [draw.bytes(7).hex() for _ in range(300)]
        return [" ".join(draw.choice(words, 90)).encode() for _ in range(count)]

    many, few, more = letters(1, SAMPLES + 40), letters(2, 9), letters(3, 300)
    sources = [
        (stored_in(tmp_path / f"{number}.seg", blobs), blobs)
        for number, blobs in enumerate((many, few, more))
    ]
    assert [len(stored.dictionaries()) for stored, _ in sources] == [1, 0, 1]
    expected: list[bytes] = []
    with SectionWriter(tmp_path / "merged.seg") as writer:
        target = StoredWriter(writer)
        for stored, blobs in sources:
            live = np.arange(len(blobs)) % 5 != 1
            target.copy(stored, live)
            expected += [blob for blob, kept in zip(blobs, live, strict=True) if kept]
        target.close()
    merged = StoredReleases(SectionFile(tmp_path / "merged.seg"))
    assert contents(merged, len(expected)) == expected
    assert len(merged.dictionaries()) == 2


def test_every_flipped_byte_is_an_error(tmp_path: Path) -> None:
    path = some_sections(tmp_path / "x.seg")
    sound, expected = path.read_bytes(), read_everything(path)
    step = 101  # the bytes at the ends one by one, the noise between in steps
    places = [*range(40), *range(40, len(sound) - 400, step), *range(len(sound) - 400, len(sound))]
    for at in places:
        path.write_bytes(sound[:at] + bytes([sound[at] ^ 0x10]) + sound[at + 1 :])
        with pytest.raises(GenerationError, match=r"x\.seg"):
            SectionFile(path).verify()
        try:
            found = read_everything(path)
        except GenerationError:
            continue
        assert found == expected  # padding: no section holds it
    path.write_bytes(sound)
    SectionFile(path).verify()


def test_every_cut_is_an_error(tmp_path: Path) -> None:
    path = some_sections(tmp_path / "x.seg")
    sound = path.read_bytes()
    for size in [*range(0, 100), *range(100, len(sound), 997), *range(len(sound) - 50, len(sound))]:
        path.write_bytes(sound[:size])
        with pytest.raises(GenerationError, match=r"x\.seg"):
            SectionFile(path)


def test_what_lies_in_another_block_is_read_though_one_is_damaged(tmp_path: Path) -> None:
    path = some_sections(tmp_path / "x.seg")
    data = bytearray(path.read_bytes())
    data[BLOCK + 9] ^= 1
    path.write_bytes(data)
    file = SectionFile(path)
    assert file.array("few").tolist() == list(range(9))
    assert file.section("noise").read(0, 100).size == 100
    with pytest.raises(GenerationError, match="checksum"):
        file.section("noise").read(BLOCK, BLOCK + 1)


@settings(deadline=None)
@given(
    steps=st.lists(st.sampled_from([1, 2, 7, 254, 255, 256, 300, 65_535, 70_000]), min_size=ROW),
    asked=st.lists(st.integers(0, 1_000), max_size=40),
    offset=st.integers(-2, 2),
    dtype=st.sampled_from([np.uint8, np.uint16]),
)
def test_places_are_found_among_those_of_a_common_term(
    steps: list[int], asked: list[int], offset: int, dtype: type[np.unsignedinteger]
) -> None:
    places = np.cumsum(steps).astype(np.int32)
    large = np.iinfo(dtype).max
    numbers = np.minimum(steps, large).astype(dtype)
    exceptions = np.array([step for step in steps if step >= large], np.uint32)
    near = {int(places[at % places.size]) + offset for at in asked}
    wanted = np.array(sorted(near | {0, int(places[-1])}), np.int32)
    found = SkipTable(numbers, exceptions).holds(wanted)
    assert found.tolist() == np.isin(wanted, places).tolist()


def test_what_is_sound_is_checked_ahead_and_nothing_else(tmp_path: Path) -> None:
    path = some_sections(tmp_path / "x.seg")
    sound = path.read_bytes()
    file = SectionFile(path)
    assert not file.checked
    file.check_ahead()
    assert file.checked
    path.write_bytes(sound[: BLOCK + 9] + bytes([sound[BLOCK + 9] ^ 1]) + sound[BLOCK + 10 :])
    damaged = SectionFile(path)
    damaged.check_ahead()
    assert not damaged.checked
    assert damaged.section("noise").read(0, 9).size == 9
    with pytest.raises(GenerationError, match="checksum"):
        damaged.section("noise").read(BLOCK, BLOCK + 1)


def test_an_error_leaves_no_file(tmp_path: Path) -> None:
    with suppress(RuntimeError), SectionWriter(tmp_path / "x.seg") as writer:
        writer.open("half", "u1").write(np.arange(9, dtype=np.uint8))
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_a_section_that_is_not_there_is_named(tmp_path: Path) -> None:
    file = SectionFile(some_sections(tmp_path / "x.seg"))
    with pytest.raises(GenerationError, match="'other'"):
        file.array("other")


def test_spread_counts_from_each_start() -> None:
    found = spread(np.array([10, 5, 7]), np.array([3, 0, 2]), 2)
    assert found.tolist() == [10, 12, 14, 7, 9]
