"""A search subscribed to as a feed: what a reader's program sees from one day to the next."""

from __future__ import annotations

from xml.etree import ElementTree

from tests.conftest import SmallArchive
from web.app import create_app

ATOM = "{http://www.w3.org/2005/Atom}"


def fetched(small: SmallArchive, path: str) -> ElementTree.Element:
    response = create_app(small.settings).test_client().get(path)
    assert response.mimetype == "application/atom+xml"
    return ElementTree.fromstring(response.data)


def entries(feed: ElementTree.Element) -> dict[str, tuple[str, str]]:
    """Title and time of each entry, by its id."""
    found = [
        [entry.findtext(f"{ATOM}{tag}", "") for tag in ("id", "title", "updated")]
        for entry in feed.iter(f"{ATOM}entry")
    ]
    assert len({id_ for id_, _, _ in found}) == len(found)
    return {id_: (title, updated) for id_, title, updated in found}


def test_only_what_is_new_is_new(small: SmallArchive) -> None:
    small.release("old.md", "A ferry sails", "Casterel, 3 May 2020. The ferry sails at noon.")
    small.release("undated.md", "Another ferry", "The other ferry sails as well, they say.")
    small.release("other.md", "A crane falls", "The crane fell into the harbour, nobody was hurt.")
    small.index()
    path = "/search.atom?q=ferry"
    before = fetched(small, path)
    small.release("new.md", "A third ferry", "Casterel, 4 May 2020. The third ferry sails now.")
    small.release("more.md", "A second crane", "Casterel, 5 May 2020. The crane stands again.")
    small.index()
    after = fetched(small, path)
    known, now = entries(before), entries(after)
    assert {title for title, _ in known.values()} == {"A ferry sails", "Another ferry"}
    assert {id_: now[id_] for id_ in known} == known
    assert [title for id_, (title, _) in now.items() if id_ not in known] == ["A third ferry"]
    for tag in ("id", "title"):
        assert before.findtext(f"{ATOM}{tag}") == after.findtext(f"{ATOM}{tag}")
    assert before.findtext(f"{ATOM}updated", "") <= after.findtext(f"{ATOM}updated", "")


def test_the_feed_says_what_it_is_and_where(small: SmallArchive) -> None:
    small.release("a.md", "A ferry sails", "Casterel, 3 May 2020. The ferry sails at noon.")
    small.index()
    feed = fetched(small, "/search.atom?q=%22the+ferry%22&from=2020&to=2020")
    assert feed.findtext(f"{ATOM}title", "").endswith("Releases with “the ferry” verbatim, in 2020")
    links = {e.get("rel"): e.get("href", "") for e in feed.findall(f"{ATOM}link")}
    assert links["self"].endswith("/search.atom?q=%22the+ferry%22&from=2020&to=2020")
    assert links["alternate"].endswith("/search?q=%22the+ferry%22&from=2020&to=2020&sort=newest")
    (entry,) = feed.iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}updated") == "2020-05-03T00:00:00Z"
    assert "<mark>" in entry.findtext(f"{ATOM}content", "")
