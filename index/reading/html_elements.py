"""What the elements of HTML are to reading: blocks, what nobody sees, what stands out."""

from __future__ import annotations

import re
from functools import lru_cache

from bs4.element import Tag

BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd"),
        *("details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure"),
        *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html"),
        *("legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table"),
        *("tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
UNSEEN = frozenset(
    (
        *("script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed"),
        *("canvas", "audio", "video", "select", "button", "input", "textarea", "datalist", "head"),
        *("map", "area", "title", "meta", "link"),
    )
)
_TOKEN = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
# "has-sidebar" says what stands elsewhere in the page, not what the element is.
_HAVING = re.compile(r"(?<![^\s_-])(?:(?:has|with|without)[-_]+[\w-]+|no[-_]+(?:sidebar|ads?)\w*)")
# Page builders call every paragraph some-widget: there the other words tell what it is.
_OF_BUILDER = re.compile(r"(?<=\w)[-_]+widgets?(?![^\s_-])")
_HEADING = re.compile(r"h[1-6]")
_STRONG = frozenset(("b", "strong", "big"))
_STRONG_STYLE = re.compile(
    r"font-weight\s*:\s*(?:bold|[6-9]00)|font-size\s*:\s*(?:x+-large|large|(?:1[4-9]|[2-4]\d)pt)"
)
_LARGE = ("+1", "+2", "+3", "+4", "4", "5", "6", "7")


def is_strong(tag: Tag) -> bool:
    """Whether an element sets its text in bold or large type."""
    if tag.name in _STRONG:
        return True
    attrs: dict[str, str] = tag.attrs
    if not attrs:
        return False
    if tag.name == "font":
        return attrs.get("size") in _LARGE
    if tag.name == "span" and ("itle" in attrs.get("class", "") or "itle" in attrs.get("id", "")):
        return True
    style = attrs.get("style")
    return style is not None and bool(_STRONG_STYLE.search(style.lower()))


@lru_cache(maxsize=4096)
def names_of(name: str, classes: str, identity: str) -> tuple[frozenset[str], str]:
    """Return the words in an element's class and id, and what makes two elements alike.

    The id of a heading is no name: it is made from its words, for links to it.
    """
    own = classes if _HEADING.fullmatch(name) else f"{classes} {identity}"
    if "-" in own or "_" in own:
        own = _OF_BUILDER.sub(" ", _HAVING.sub(" ", own))
    tokens = frozenset(token.lower() for token in _TOKEN.findall(own))
    return tokens, re.sub(r"\d+", "", f"{name}.{classes}")
