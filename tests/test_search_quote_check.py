"""The quote check on real releases: exact, changed by a word, invented."""

from __future__ import annotations

import random
import re
import shutil

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from index.analysis import surface_terms, tokenize
from index.model import BlockKind
from index.reindex import reindex
from index.settings import Settings
from search.quote_check import Verdict
from search.service import SearchService
from search.word_alignment import Side, align, pieces
from tests.conftest import SmallArchive
from tests.corpora import require_corpus

PAGES = 150
"""Of the department's pages: enough for thousands of other sentences to be told apart from."""

BODY = (BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST)
INVENTED = (
    "The Prime Minister said that the talks in Sochi had failed and would not be resumed.",
    "President Putin announced that Russia would withdraw its ambassador from Israel in October.",
    "A federal jury in Anchorage acquitted the former astronaut of smuggling lunar dust.",
    "The Department of Justice will move its headquarters to Honolulu over the next two years.",
    "Penguins, said the Attorney General, have never been accused of tax evasion in this country.",
    "The two leaders agreed to build a railway from Haifa to Saint Petersburg by way of Cyprus.",
    "Prosecutors asked the court to return the stolen lighthouse to its rightful owners in Maine.",
    "Investigators found eleven violins hidden inside the hollow statue of a founding father.",
    "The settlement obliges the bakery to give away free bread every Tuesday until the year 2040.",
    "We have today signed a treaty on the joint cultivation of bananas beyond the Arctic Circle.",
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    root = tmp_path_factory.mktemp("quotes")
    (root / "archive").mkdir()
    shutil.copy(require_corpus("sochi-2019-09-12.txt"), root / "archive")
    pages = sorted((require_corpus("doj-html") / "pages").iterdir())[:PAGES]
    for page in pages:
        shutil.copy(page, root / "archive")
    settings = Settings(data=root / "var", archive=root / "archive")
    assert not reindex(settings).skipped
    return SearchService(settings)


@pytest.fixture(scope="module")
def sentences(archive: SearchService) -> list[tuple[str, str]]:
    """(release, sentence) as the releases have them: five of Sochi, five of other pages."""
    listed = archive.listing(1, 1_000).results
    sochi = [r.id for r in listed if r.path.startswith("sochi")]
    others = [r.id for r in listed if not r.path.startswith("sochi")]
    draw = random.Random(5)
    found = []
    for source, wanted in ((sochi * 50, 5), (draw.sample(others, len(others)), 5)):
        taken: list[tuple[str, str]] = []
        for release_id in source:
            bodies = [p.text for p in archive.release(release_id).passages if p.kind in BODY]
            whole = [s for text in bodies for s in re.findall(r"[A-Z][^.!?\n]{40,300}\.", text)]
            fresh = [s for s in whole if (release_id, s) not in taken and len(s.split()) > 8]
            if fresh:
                taken.append((release_id, draw.choice(fresh)))
            if len(taken) == wanted:
                break
        found += taken
    assert len(found) == 10
    return found


def changed_by_a_word(sentence: str, draw: random.Random) -> tuple[str, str]:
    """The sentence with a word inside exchanged for one that no release has, and that word."""
    tokens = [t for t in tokenize(sentence)[2:-2] if t.term.isalpha() and len(t.term) > 3]
    token = draw.choice(tokens)
    return sentence[: token.start] + "zanzibarian" + sentence[token.end :], token.term


def test_ten_exact_sentences_are_verbatim(
    archive: SearchService, sentences: list[tuple[str, str]]
) -> None:
    for release_id, sentence in sentences:
        (part,) = archive.check_quote(f"“{sentence}”").parts
        assert part.verdict is Verdict.VERBATIM, sentence
        assert part.releases >= 1
        assert part.first is not None
        stored = archive.release(part.first.id).passages[part.first.number - 1].text
        assert sentence in " ".join(stored.split())
        if part.releases == 1:
            assert part.first.id == release_id


def test_ten_sentences_changed_by_a_word_are_close_and_show_it(
    archive: SearchService, sentences: list[tuple[str, str]]
) -> None:
    draw = random.Random(9)
    for release_id, sentence in sentences:
        changed, lost = changed_by_a_word(sentence, draw)
        (part,) = archive.check_quote(changed).parts
        assert part.verdict is Verdict.CLOSE, changed
        only = {side: [p.text for p in part.difference if p.side is side] for side in Side}
        assert only[Side.QUOTE] == ["zanzibarian"]
        assert [surface_terms(text) for text in only[Side.ARCHIVE]] == [(lost,)]
        assert part.first is not None
        if part.releases == 1:
            assert part.first.id == release_id


def test_ten_invented_sentences_are_not_found(archive: SearchService) -> None:
    for sentence in INVENTED:
        (part,) = archive.check_quote(sentence).parts
        assert part.verdict is Verdict.NOT_FOUND, (sentence, part)
        assert part.first is None


def test_signs_and_capitals_are_told_apart(
    archive: SearchService, sentences: list[tuple[str, str]]
) -> None:
    for _, sentence in sentences:
        (part,) = archive.check_quote(sentence.upper()).parts
        assert part.verdict is Verdict.PUNCTUATION
        (part,) = archive.check_quote(sentence.replace(" ", "  ")).parts
        assert part.verdict is Verdict.VERBATIM  # blanks do not count


def test_a_word_left_out_is_not_verbatim(small: SmallArchive) -> None:
    small.release("a.md", "Budget", "The minister of finance did not sign the agreement on Monday.")
    small.index()
    check = small.service.check_quote
    assert check("minister of finance").parts[0].verdict is Verdict.VERBATIM
    assert check("minister finance").parts[0].verdict is not Verdict.VERBATIM
    assert small.found('"minister finance"') == []
    (part,) = check("The minister of finance did sign the agreement on Monday.").parts
    assert part.verdict is Verdict.CLOSE
    assert [p.text for p in part.difference if p.side is Side.ARCHIVE] == ["not"]


def test_no_word_is_cut(small: SmallArchive) -> None:
    small.release("a.md", "Parts", "He took part in the parting of the partners.")
    small.index()
    assert small.service.check_quote("part in the part").parts[0].verdict is not Verdict.VERBATIM
    assert small.service.check_quote("the parting of").parts[0].verdict is Verdict.VERBATIM


def test_first_and_latest_use_and_their_number(small: SmallArchive) -> None:
    words = "We shall never close the harbour."
    for year in (2016, 2021, 2019):
        small.release(f"{year}.md", f"Statement {year}", f"He said: {words}", date=f"{year}-05-01")
    small.release("loud.md", "Loud", words.upper(), date="2010-01-01")
    small.index()
    (part,) = small.service.check_quote(words).parts
    assert (part.verdict, part.releases) == (Verdict.VERBATIM, 4)
    assert part.first is not None
    assert part.latest is not None
    assert (part.first.date, part.latest.date) == ("2016-05-01", "2021-05-01")


def test_what_is_elided_or_spans_paragraphs_is_checked_in_parts(small: SmallArchive) -> None:
    small.release("a.md", "Talks", "The talks were held in private.", "No questions were taken.")
    small.index()
    check = small.service.check_quote
    parts = check("The talks … in private. [...] No questions were taken.").parts
    assert [(part.text, part.verdict) for part in parts] == [
        ("The talks", Verdict.VERBATIM),
        ("in private.", Verdict.VERBATIM),
        ("No questions were taken.", Verdict.VERBATIM),
    ]
    across = check("The talks were held in private. No questions were asked.").parts
    assert [part.verdict for part in across] == [Verdict.VERBATIM, Verdict.CLOSE]


@pytest.mark.parametrize("text", ["", "  ", "“”", "…", "?!"])
def test_without_words_there_is_nothing_to_check(service: SearchService, text: str) -> None:
    assert service.check_quote(text).parts == ()


@pytest.mark.parametrize(("changed", "verdict"), [(4, Verdict.CLOSE), (5, Verdict.NOT_FOUND)])
def test_six_words_of_ten_make_a_quote_close(
    small: SmallArchive, changed: int, verdict: Verdict
) -> None:
    words = ["the", "dam", "and", "the", "mill", "and", "the", "quay", "are", "safe"]
    small.release("a.md", "News", f"Now {' '.join(words)} again. The rest is the usual.")
    small.index()
    for place in range(changed):
        words[2 * place + 1 if place < 5 else 0] = "zork"
    (part,) = small.service.check_quote(" ".join(words)).parts
    assert part.verdict is verdict


def test_no_sentence_of_a_long_quote_is_passed_over(small: SmallArchive) -> None:
    said = [f"We built dam number {n} for the people of the coast." for n in range(1, 31)]
    small.release("a.md", "News", *said)
    small.index()
    quoted = [s.replace("people", "women") if n % 2 else s for n, s in enumerate(said)]
    quoted[7] = "Nobody mentioned penguins, violins or astronauts."
    parts = small.service.check_quote(" ".join(quoted)).parts
    assert [part.text for part in parts] == quoted
    wanted = [Verdict.CLOSE if n % 2 else Verdict.VERBATIM for n in range(30)]
    wanted[7] = Verdict.NOT_FOUND
    assert [part.verdict for part in parts] == wanted


@given(st.text(max_size=200))
@effort(max_examples=40, deadline=None)
def test_no_text_breaks_the_check(service: SearchService, text: str) -> None:
    service.check_quote(text)


WORDS = ("the", "minister", "did", "not", "sign", "an", "agreement", "on", "water")
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9)


@given(words, words)
def test_the_difference_puts_both_texts_together_again(quote: list[str], there: list[str]) -> None:
    found = align(quote, there)
    assert (found is None) == (not set(quote) & set(there)) or found is None
    if found is None:
        return
    texts = " ".join(quote), " ".join(there)
    runs = pieces(found, (texts[0], tokenize(texts[0])), (texts[1], tokenize(texts[1])))
    mine = [w for run in runs if run.side is not Side.ARCHIVE for w in run.text.split()]
    theirs = [w for run in runs if run.side is not Side.QUOTE for w in run.text.split()]
    assert mine == quote
    assert theirs == there[found.first : found.last + 1]
