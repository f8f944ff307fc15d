"""Passages: numbered, of one kind, of readable size, and together the text again."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.model import Block, BlockKind, Release
from index.passages import MAX_WORDS, MIN_WORDS, split_passages

WORDS = st.sampled_from(
    [
        "The",
        "minister",
        "said",
        "water",
        "U.S.",
        "Mr.",
        "No.",
        "10,000",
        "coast.",
        "signed!",
        "„and",
    ]
)
LONG = st.lists(WORDS, min_size=1, max_size=700).map(" ".join)
KINDS = st.sampled_from([kind for kind in BlockKind if kind is not BlockKind.TITLE])
BLOCKS = st.lists(st.builds(Block, KINDS, LONG), max_size=12)


def release_of(*blocks: Block) -> Release:
    return Release(id="r", path="r.txt", title="T", blocks=(Block(BlockKind.TITLE, "T"), *blocks))


def paragraph(words: int, end: str = "") -> Block:
    return Block(BlockKind.PARAGRAPH, " ".join(["word"] * (words - 1) + ["last" + end]))


@given(BLOCKS)
def test_passages_are_the_text_again(blocks: list[Block]) -> None:
    release = release_of(*blocks)
    passages = split_passages(release)
    rebuilt = ""
    for passage in passages:
        gap = release.text[len(rebuilt) : passage.start]
        assert not gap.strip()
        assert passage.text == release.text[passage.start : passage.end]
        rebuilt += gap + passage.text
    assert rebuilt.rstrip() == release.text.rstrip()
    assert [passage.number for passage in passages] == list(range(1, len(passages) + 1))


@given(BLOCKS)
def test_passages_keep_to_one_kind_and_size(blocks: list[Block]) -> None:
    release = release_of(*blocks)
    offset, kind_at = 0, {}
    for block in release.blocks:
        kind_at |= dict.fromkeys(range(offset, offset + len(block.text)), block.kind)
        offset += len(block.text) + 2
    for passage in split_passages(release):
        assert len(passage.text.split()) <= MAX_WORDS
        kinds = {kind_at[i] for i in range(passage.start, passage.end) if i in kind_at}
        assert kinds == {passage.kind}


@given(st.lists(st.integers(1, 400), min_size=1, max_size=10))
def test_no_two_neighbours_could_be_one(sizes: list[int]) -> None:
    passages = split_passages(release_of(*(paragraph(size, ".") for size in sizes)))[1:]
    counts = [len(passage.text.split()) for passage in passages]
    for before, after in pairwise(counts):
        assert before >= MIN_WORDS or before + after > MAX_WORDS


def test_short_paragraphs_are_joined() -> None:
    short = [paragraph(size, ".") for size in (20, 30, 40)]
    passages = split_passages(release_of(*short))
    assert [len(p.text.split()) for p in passages] == [1, 90]


def test_long_paragraph_is_cut_at_a_sentence_end() -> None:
    sentence = "The committee met in the town hall and heard the engineers of the dam for an hour. "
    passages = split_passages(release_of(Block(BlockKind.PARAGRAPH, (sentence * 20).strip())))[1:]
    assert len(passages) > 1
    assert all(p.text.endswith("hour.") and p.text.startswith("The committee") for p in passages)
    assert all(MIN_WORDS <= len(p.text.split()) <= MAX_WORDS for p in passages)


def test_abbreviations_do_not_end_sentences() -> None:
    text = " ".join(["Gov. Ada Moss of the U.S. Senate met Dr. Jan Roe and Sen. B. Li"] * 20)
    passages = split_passages(release_of(Block(BlockKind.PARAGRAPH, text)))[1:]
    assert not [p for p in passages[:-1] if p.text.endswith(("Gov.", "Dr.", "Sen.", "B.", "U.S."))]


def test_text_without_punctuation_is_cut_at_word_bounds() -> None:
    passages = split_passages(release_of(paragraph(1000)))[1:]
    counts = [len(p.text.split()) for p in passages]
    assert sum(counts) == 1000
    assert all(100 <= count <= MAX_WORDS for count in counts)


def test_headings_and_captions_stand_alone() -> None:
    blocks = [Block(BlockKind.HEADING, "Budget"), Block(BlockKind.HEADING, "Water")]
    blocks += [Block(BlockKind.CAPTION, "A dam."), Block(BlockKind.CAPTION, "A weir.")]
    assert len(split_passages(release_of(*blocks))) == 5
