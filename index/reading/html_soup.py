"""BeautifulSoup fed by a builder of its own: the tree that reading asks of a page, and no more.

BeautifulSoup's own builder on lxml gives an element some twenty attributes and links it in five
directions, which took a third of the time of reading a page. Here an element has its name, its
attributes, its parent and its contents, and like each string it leads to the next one, which is
what BeautifulSoup's searches go by. Links to siblings and backwards are not set.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from bs4.builder import HTMLTreeBuilder, ParserRejectedMarkup
from bs4.element import Comment, Doctype, NavigableString, ProcessingInstruction, Tag
from lxml import etree

_SPACES = " \n\t\f\r"
_KEEPS_SPACE = frozenset(("pre", "textarea"))
# Space before one of these, its beginning or its end, means nothing.
_IDLE_BEFORE = frozenset(
    (
        *("div", "p", "ul", "ol", "li", "table", "tbody", "tr", "td", "th", "section", "article"),
        *("nav", "h1", "h2", "h3", "h4", "h5", "h6", "dl", "dd", "dt", "head", "body", "meta"),
        *("link", "footer", "header", "main", "aside", "figure", "form", "html", "title"),
    )
)
_UNLINKED: dict[str, Any] = {
    **dict.fromkeys(("next_element", "previous_element", "next_sibling", "previous_sibling")),
    "hidden": False,
}
_NOTED = ("html", "body", "title", "meta", "link", "table")


class Element(Tag):
    """An element as this builder makes it; what is the same in all of them is the class's."""

    parser_class = None
    namespace = prefix = sourceline = sourcepos = None
    hidden = known_xml = can_be_empty_element = False
    cdata_list_attributes = preserve_whitespace_tags = interesting_string_types = None
    previous_element = next_element = previous_sibling = next_sibling = None

    def __init__(self, name: str, attrs: dict[str, str], parent: Tag) -> None:
        self.name = name
        self.attrs = attrs
        self.parent = parent
        self.contents = []


class PageBuilder(HTMLTreeBuilder):
    """Builds the tree of one page from what lxml tells of it.

    ``idle``: space before block elements means nothing and is left out. ``noted`` are the elements
    that would be searched for in the whole tree: those of some names, in order.
    """

    NAME = "page"
    features = (NAME,)
    is_xml = False

    def __init__(self, *, idle: bool) -> None:
        super().__init__(multi_valued_attributes=None)
        self._idle = idle
        self.noted: dict[str, list[Tag]] = {name: [] for name in _NOTED}

    def feed(self, markup: str) -> None:
        """Parse a page into the soup; BeautifulSoup calls this."""
        self._open: list[Tag] = [self.soup]
        self._names: dict[str, int] = {}  # how many elements of a name are open
        self._last: Any = self.soup
        self._text: list[str] = []
        self._keeping = 0  # open elements that keep their space
        self._kinds: list[type[NavigableString]] = [NavigableString]
        target: Any = self
        parser = etree.HTMLParser(target=target, recover=True)
        try:
            parser.feed(markup)
            parser.close()
        except (UnicodeDecodeError, LookupError, etree.ParserError) as error:
            raise ParserRejectedMarkup(error) from error

    # What lxml calls.

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element opens."""
        if self._text:
            self._end_text(name)
        above = self._open[-1]
        # lxml makes a new dictionary for each element, but one that cannot be changed for none.
        element = Element(name, attributes or {}, above)  # type: ignore[arg-type]
        above.contents.append(element)
        self._last.next_element = self._last = element
        self._open.append(element)
        self._names[name] = self._names.get(name, 0) + 1
        if name in self.noted:
            self.noted[name].append(element)
        if name in _KEEPS_SPACE:
            self._keeping += 1
        if name in self.string_containers:
            self._kinds.append(self.string_containers[name])

    def end(self, name: str) -> None:
        """The last open element of a name closes, with what is open inside it."""
        if self._text:
            self._end_text(name)
        while self._names.get(name):
            closed = self._open.pop().name
            self._names[closed] -= 1
            if closed in _KEEPS_SPACE:
                self._keeping -= 1
            if closed in self.string_containers:
                self._kinds.pop()
            if closed == name:
                break

    def data(self, text: str) -> None:
        """Text follows."""
        self._text.append(text)

    def comment(self, text: str) -> None:
        """A comment follows."""
        self._end_text()
        self._add(Comment, text)

    def pi(self, target: str, text: str) -> None:
        """A processing instruction follows."""
        self._end_text()
        self._add(ProcessingInstruction, f"{target} {text}")

    def doctype(self, name: str, public: str, system: str) -> None:
        """The declaration of the document's type follows."""
        self._end_text()
        self._add(Doctype, str(Doctype.for_name_and_ids(name, public, system)))

    def close(self) -> None:
        """The page ends."""
        self._end_text()

    def _end_text(self, before: str = "") -> None:
        """Make a string of the text that has come; ``before`` is the element it stands before."""
        text = "".join(self._text)
        self._text.clear()
        if self._idle and before in _IDLE_BEFORE:
            text = text.rstrip()
        if not text:
            return
        if text[0] in _SPACES and not self._keeping and not text.strip(_SPACES):
            text = "\n" if "\n" in text else " "
        self._add(self._kinds[-1], text)

    def _add(self, kind: type[NavigableString], text: str) -> None:
        string = str.__new__(kind, text)
        string.__dict__ = {"parent": self._open[-1], **_UNLINKED}
        self._open[-1].contents.append(string)
        self._last.next_element = self._last = string


@dataclass(frozen=True, slots=True)
class Soup:
    """The tree of a page, and its elements of some names, in order."""

    tree: BeautifulSoup
    noted: dict[str, list[Tag]]

    def first(self, name: str) -> Tag | None:
        """Return the first element of one of those names."""
        return next(iter(self.noted[name]), None)


def page_soup(markup: str, *, idle: bool) -> Soup:
    """Parse a page; ``idle``: space before block elements means nothing in it.

    Raises ParserRejectedMarkup, ValueError or AssertionError when that cannot be done.
    """
    builder = PageBuilder(idle=idle)
    with warnings.catch_warnings():
        # BeautifulSoup warns about text that looks like a file name or XML; both are fine.
        warnings.simplefilter("ignore")
        return Soup(BeautifulSoup(markup, builder=builder), builder.noted)
