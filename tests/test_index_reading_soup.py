"""The builder that feeds BeautifulSoup: the same page as its own builder makes, with less."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from bs4.builder import ParserRejectedMarkup
from bs4.element import NavigableString, Tag
from hypothesis import given
from hypothesis import strategies as st

from index.reading.html_soup import page_soup

PAGES = sorted((Path(__file__).parent / "pages" / "html").glob("*.html"))
_NAMES = ("p", "div", "b", "a", "li", "ul", "table", "tr", "td", "pre", "rt", "script", "title")
_BITS = st.one_of(
    st.sampled_from([f"<{name}>" for name in _NAMES]),
    st.sampled_from([f"</{name}>" for name in _NAMES]),
    st.sampled_from(["<br>", "<br/>", "<!-- note -->", "<?php x ?>", "<!DOCTYPE html>", "&nbsp;"]),
    st.sampled_from(['<p class="a b" id=c hidden>', "<meta name=n content='x'>", "<link rel=r>"]),
    st.sampled_from(["word", " ", "\n", " \n ", "two words ", "<", ">", "&", "\xa0"]),
)


def outline(tag: Tag) -> list[object]:
    """What a tree holds, in order: names, attributes and strings with their kinds."""
    found: list[object] = []
    for child in tag.contents:
        assert child.parent is tag
        if isinstance(child, Tag):
            found.append((child.name, dict(child.attrs), outline(child)))
        else:
            assert isinstance(child, NavigableString)
            found.append((type(child), str(child)))
    return found


def check(markup: str) -> None:
    ours = page_soup(markup, idle=False)
    stock = BeautifulSoup(markup, "lxml", multi_valued_attributes=None)
    assert outline(ours.tree) == outline(stock)
    assert [str(s) for s in ours.tree.strings] == [str(s) for s in stock.strings]
    for name, noted in ours.noted.items():
        assert [tag.attrs for tag in noted] == [tag.attrs for tag in stock.find_all(name)]
        assert ours.tree.find_all(name) == noted
        assert [tag.get_text() for tag in noted] == [t.get_text() for t in stock.find_all(name)]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_real_and_invented_pages_give_the_same_tree(path: Path) -> None:
    check(path.read_text(encoding="utf-8", errors="replace").replace("\x00", ""))


@given(st.lists(_BITS, min_size=1, max_size=40))
def test_any_markup_gives_the_same_tree(bits: list[str]) -> None:
    markup = "<html><body>" + "".join(bits)
    check(markup)


def test_space_before_blocks_is_left_out_where_it_means_nothing() -> None:
    markup = "<body> <div> one <b>two </b> </div> <p>three </p> </body>"
    body = page_soup(markup, idle=True).first("body")
    assert body is not None
    assert body.decode() == "<body><div> one <b>two </b></div><p>three</p></body>"


@pytest.mark.parametrize("markup", ["", " ", "<", "<!-- -->", "text", "<b>", "\ud800"])
def test_hardly_a_page_ends_as_with_the_other_builder(markup: str) -> None:
    def ending(make: object) -> object:
        try:
            return outline(make())  # type: ignore[operator]
        except (ParserRejectedMarkup, ValueError, AssertionError) as error:
            return type(error).__name__ if isinstance(error, ParserRejectedMarkup) else ValueError

    assert ending(lambda: page_soup(markup, idle=False).tree) == ending(
        lambda: BeautifulSoup(markup, "lxml", multi_valued_attributes=None)
    )
