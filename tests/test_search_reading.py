"""An opened release: keys of passages, neighbours among the results, names, more like this."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import surface_terms
from index.charsets import fold
from index.errors import NotFoundError
from index.model import BlockKind
from search.answers import Similar
from search.mentions import naming_passages
from search.passage_keys import find_passage, passage_key
from search.request import make_request
from search.service import SearchService
from search.stored import StoredPassage
from tests.conftest import SmallArchive

TEXT = "The harbour master closed the northern mole on Tuesday because of the storm."
NEXT = "It was opened again on Thursday, and nobody had been hurt."


def test_a_link_to_a_passage_survives_what_is_put_in_before_it(small: SmallArchive) -> None:
    small.release("a.md", "Mole closed", TEXT, NEXT, date="2020-01-02")
    small.index()
    (release,) = small.service.listing(1, 10).results
    keys = {p.text: p.key for p in small.service.release(release.id).passages}
    key = keys[next(text for text in keys if "nobody" in text)]
    small.release("a.md", "Mole closed", "A note of the editors, put in later: " + "very " * 90
                  + "long.", TEXT, NEXT, date="2020-01-02")  # fmt: skip
    small.index(full=True)
    found = small.service.passage(release.id, key)
    assert found.unchanged
    assert "nobody had been hurt" in found.passage.text
    assert passage_key(found.passage.number, found.passage.text) != key


def test_a_passage_that_was_changed_is_said_to_be(small: SmallArchive) -> None:
    small.release("a.md", "Mole closed", TEXT, date="2020-01-02")
    small.index()
    (release,) = small.service.listing(1, 10).results
    passage = small.service.release(release.id).passages[-1]
    small.release("a.md", "Mole closed", TEXT.replace("Tuesday", "Monday"), date="2020-01-02")
    small.index()
    found = small.service.passage(release.id, passage.key)
    assert (found.unchanged, found.passage.number) == (False, passage.number)
    assert "Monday" in found.passage.text


def test_a_passage_that_never_was_is_not_found(service: SearchService) -> None:
    release = service.listing(1, 1).results[0].id
    for key in ("", "3", "999-00000000", "x-4f7c2a1b", "3-4F7C2A1B"):
        with pytest.raises(NotFoundError):
            service.passage(release, key)


@given(st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=6, unique=True),
       st.data())  # fmt: skip
def test_every_key_finds_its_passage(texts: list[str], data: st.DataObject) -> None:
    passages = [StoredPassage(n, BlockKind.PARAGRAPH, t) for n, t in enumerate(texts, 1)]
    wanted = data.draw(st.sampled_from(passages))
    found, unchanged = find_passage(passages, passage_key(wanted.number, wanted.text))
    assert (found, unchanged) == (wanted, True)


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_walking_through_the_results_meets_each_once_in_order(
    service: SearchService, sort: str
) -> None:
    asked = make_request("water", sort=sort, per_page=7)
    total = service.search(asked).total
    order = [
        hit.id
        for page in range(1, total // 7 + 2)
        for hit in service.search(asked.on_page(page)).results
    ]
    walked, at, page = [], order[0], 1
    for rank in range(1, total + 1):
        walk = service.neighbours(asked.on_page(page), at)
        assert walk is not None
        assert (walk.rank, walk.total) == (rank, total)
        assert (walk.previous.id if walk.previous else None) == (walked[-1] if walked else None)
        walked.append(at)
        if walk.next is None:
            break
        at, page = walk.next.id, walk.next.page
    assert walked == order


def test_what_is_not_among_the_results_has_no_neighbours(service: SearchService) -> None:
    asked = make_request("water", per_page=5)
    absent = service.search(asked.on_page(2)).results[0].id
    assert service.neighbours(asked, absent) is None


def test_names_are_found_where_they_stand() -> None:
    texts = ("Ruth Kiplagat spoke.", "Dr. Kiplagat left for New York.", "York is in England.")
    passages = [(number, surface_terms(text)) for number, text in enumerate(texts, 1)]
    assert naming_passages(passages, ["Ruth Kiplagat"], by_surname=True) == [(1, 2)]
    assert naming_passages(passages, ["New York", "York"], by_surname=False) == [(2,), (2, 3)]
    assert naming_passages(passages, ["?"], by_surname=True) == [()]


def test_passages_said_to_name_someone_do(service: SearchService) -> None:
    checked = 0
    for listed in service.listing(1, 100).results:
        release = service.release(listed.id)
        for person in release.people:
            for number in person.passages:
                text = fold(release.passages[number - 1].text)
                assert fold(person.name.split()[-1]) in text
                checked += 1
    assert checked > 100


def test_more_like_this_is_about_the_same(service: SearchService) -> None:
    recall = service.search(make_request('title:"Nerrick recalls"', per_page=5)).results
    first = next(hit for hit in recall if "CORRECTED" not in hit.title)
    similar = service.similar(first.id)
    shown = (*similar.versions, *similar.others)
    assert first.id not in {one.id for one in shown}
    assert 1 <= len(similar.others) <= 5
    assert "brook 300" in " ".join(one.title.lower() for one in shown[:3])


def test_a_corrected_release_is_another_version(service: SearchService) -> None:
    recall = service.search(make_request('title:"Nerrick recalls"', per_page=5)).results
    first = next(hit for hit in recall if "CORRECTED" not in hit.title)
    corrected = next(hit for hit in recall if "CORRECTED" in hit.title)
    assert [one.id for one in service.similar(first.id).versions] == [corrected.id]
    assert [one.id for one in service.similar(corrected.id).versions] == [first.id]


def test_few_releases_of_the_examples_are_versions_of_each_other(service: SearchService) -> None:
    versions = {
        frozenset((one.id, other.id))
        for one in service.listing(1, 100).results
        for other in service.similar(one.id).versions
    }
    assert 1 <= len(versions) <= 5, versions


def test_a_later_version_is_told_of(service: SearchService, client: FlaskClient) -> None:
    recall = service.search(make_request('title:"Nerrick recalls"', per_page=5)).results
    first = next(hit for hit in recall if "CORRECTED" not in hit.title)
    corrected = next(hit for hit in recall if "CORRECTED" in hit.title)
    assert "A later version of this text exists" in client.get(f"/releases/{first.id}").text
    assert "A later version" not in client.get(f"/releases/{corrected.id}").text


def test_a_release_like_no_other_has_nothing_like_it(small: SmallArchive) -> None:
    small.release("a.md", "Alone", "Nothing else is here.")
    small.index()
    (only,) = small.service.listing(1, 5).results
    assert small.service.similar(only.id) == Similar()
    assert small.service.similar("no such release") == Similar()
