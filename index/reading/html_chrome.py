"""Which parts of a page are furniture: by elements, roles, names and structure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from index.reading.html_tree import Node

_STRONG_NAMES = frozenset(("nav", "footer", "menu", "dialog"))
_STRONG_ROLES = frozenset(
    (
        *("navigation", "banner", "contentinfo", "search", "complementary", "dialog", "menu"),
        *("menubar", "alertdialog", "toolbar", "tablist"),
    )
)
_HINTS = frozenset(
    (
        *(
            "nav",
            "navbar",
            "navigation",
            "menu",
            "submenu",
            "megamenu",
            "breadcrumb",
            "breadcrumbs",
        ),
        *(
            "crumb",
            "crumbs",
            "footer",
            "masthead",
            "topbar",
            "share",
            "sharing",
            "shares",
            "social",
        ),
        *("addthis", "addtoany", "sharethis", "sharedaddy", "cookie", "cookies", "consent", "gdpr"),
        *("related", "sidebar", "rail", "widget", "widgets", "newsletter", "subscribe", "signup"),
        *("comments", "comment", "respond", "disqus", "pager", "pagination", "paging", "skip"),
        *("skiplink", "skiplinks", "toolbar", "promo", "promotion", "popup", "modal", "overlay"),
        *("ad", "ads", "advert", "advertisement", "sponsor", "sponsored", "tags", "recommended"),
        *("recommendations", "trending", "popular", "carousel", "search", "login", "invisible"),
        *("teaser", "teasers", "siblings", "offcanvas", "drawer", "dropdown", "languages", "print"),
        *("latest", "recent", "similar", "outbrain", "taboola", "backtotop", "colophon", "sitemap"),
        *("noprint", "prevnext", "utility", "flyout", "usermenu", "toc", "feedback", "survey"),
    )
)
_BESIDE = frozenset(("ad", "ads", "print", "toc"))
"""Names that an element may have for what stands beside it or what can be done with it."""
_PARTS = _BESIDE | {"widget", "widgets"}
"""With those that page builders give to every part of a page."""
_LEADING = frozenset(("teaser", "teasers"))
_FOLDED = frozenset(
    (
        *("accordion", "collapse", "collapsed", "collapsible", "expandable", "toggle", "faq"),
        *("expander", "spoiler", "details", "foldable", "akkordeon"),
    )
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDING = (
    *("visually-hidden", "visuallyhidden", "sr-only", "screen-reader-text", "element-invisible"),
    *("element-hidden", "screen-reader", "u-hidden", "assistive-text", "offscreen"),
    *("hide-accessible", "hidden-accessible", "ui-helper-hidden-accessible", "clip-text"),
)
_MOST_OF_PAGE = 0.4
_NEARLY_ALL = 0.7
_LEAST_TEXT = 80
_TEASERS = 3
_LONGEST_TEASER = 700
_LONGEST_CARD = 450
_SHORT_LEAD = 12
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_NO_TEASERS = frozenset(("p", "tr", "td", "th", "h1", "h2", "h3", "h4", "dd", "dt", "tbody"))


def mark_chrome(nodes: Sequence[Node]) -> None:
    """Set ``chrome`` on every node that is, or stands inside, furniture of the page.

    A name is a hint, not a proof: an element that holds much of the page's running text is
    content whatever it is called.
    """
    if not nodes:
        return
    total = nodes[0].prose
    idle = _idle_names(nodes)
    for node in nodes:
        if node.parent is not None and node.parent.chrome:
            node.chrome = True
        elif node.parent is not None and node.prose <= _limit(node) * total:
            node.chrome = _is_chrome(node, idle)


def _idle_names(nodes: Sequence[Node]) -> frozenset[str]:
    """Return the names that say nothing on this page: what is called so is most of its text.

    A template may call every section of the text after the advertisements beside it, and a page
    builder every paragraph a widget.
    """
    called: dict[str, list[Node]] = {}
    for node in nodes:
        for name in node.tokens & _PARTS:
            others = called.setdefault(name, [])
            if node.prose and not (others and node.within(others[-1])):
                others.append(node)
    idle = set()
    for name, parts in called.items():
        prose, total = sum(node.prose for node in parts), nodes[0].prose
        most = prose > _MOST_OF_PAGE * total
        if len(parts) >= _TEASERS and most and (name in _BESIDE or total - prose < 0.1 * prose):
            idle.add(name)
    return frozenset(idle)


def mark_named_chrome(nodes: Sequence[Node], title: Node) -> None:
    """Mark what is called furniture and holds neither the title nor all the text around it.

    Once the title is known, a sidebar or a cookie note may be told by its name however much it
    says, as long as running text is left outside. What the title's own elements are called says
    nothing.
    """
    idle = _idle_names(nodes).union(*(node.tokens for node in title.ancestors()))
    named = [
        node
        for node in nodes
        if not node.chrome
        and node.prose
        and node.parent is not None
        and not title.within(node)
        and _is_chrome(node, idle)
    ]
    outermost: list[Node] = []
    for node in named:
        if not outermost or not node.within(outermost[-1]):
            outermost.append(node)
    left = nodes[0].prose - sum(node.prose for node in _outermost_chrome(nodes))
    for node in sorted(outermost, key=lambda node: node.prose):
        left -= node.prose
        if left < _LEAST_TEXT:
            break
        for inner in nodes[node.number : node.end]:
            inner.chrome = True


def clear_title(nodes: Sequence[Node], title: Node) -> None:
    """Take the mark of furniture off what holds the title, unless its element says it is.

    A name ("has-ads", "article-comment") is no proof there; what else stands inside stays marked.
    """
    around = [node for node in title.ancestors() if node.chrome]
    if not around or any(_is_strong(node) or _is_hidden(node) for node in around):
        return
    top = around[-1]
    idle = _idle_names(nodes)
    for node in nodes[top.number : top.end]:
        node.chrome = not title.within(node) and (
            (node.parent is not None and node.parent.chrome) or _is_chrome(node, idle)
        )


def _is_strong(node: Node) -> bool:
    return (
        node.name in _STRONG_NAMES
        or node.name in ("aside", "li")
        or node.attrs.get("role", "").lower() in _STRONG_ROLES
    )


def _outermost_chrome(nodes: Sequence[Node]) -> list[Node]:
    return [node for node in nodes if node.chrome and not (node.parent and node.parent.chrome)]


def _limit(node: Node) -> float:
    strong = node.name in _STRONG_NAMES or node.attrs.get("role") in _STRONG_ROLES
    return _NEARLY_ALL if strong else _MOST_OF_PAGE


def _is_chrome(node: Node, idle: frozenset[str]) -> bool:
    """Whether an element is furniture; names in ``idle`` are no hint."""
    role = node.attrs.get("role", "").lower()
    if role in _STRONG_ROLES or (_is_hidden(node) and not _is_folded(node)):
        return True
    if node.name in _STRONG_NAMES:
        return not (node.name == "footer" and _inside(node, ("blockquote", "figure")))
    if node.name == "aside":
        return True
    if node.name == "header":
        return not _inside(node, ("article", "main", "section")) and not _has(node, "h1")
    if node.name == "form":
        return node.prose == 0
    hints = (node.tokens & _HINTS) - idle
    if hints and node.name not in ("p", "h1", "td", "th", "tr"):
        # What is called a teaser but leads nowhere is the lead of the text.
        return bool(node.links) or not hints <= _LEADING
    return _is_link_list(node) or _is_teaser_list(node)


def _is_hidden(node: Node) -> bool:
    if "hidden" in node.attrs or node.attrs.get("aria-hidden", "").lower() == "true":
        return True
    names = node.attrs.get("class", "").split()
    return any(name in _HIDING for name in names) or bool(
        _HIDDEN_STYLE.search(node.attrs.get("style", ""))
    )


def _is_folded(node: Node) -> bool:
    """Whether a hidden element is text that the page folds away: the answer under a question."""
    if not node.prose or node.links > 0.5 * node.text:
        return False
    around = (node, node.parent, node.parent.parent if node.parent else None)
    return any(one is not None and not _FOLDED.isdisjoint(one.tokens) for one in around)


def _inside(node: Node, names: tuple[str, ...]) -> bool:
    return any(above.name in names for above in node.ancestors() if above is not node)


def _has(node: Node, name: str) -> bool:
    stack = list(node.children)
    while stack:
        below = stack.pop()
        if below.name == name:
            return True
        stack += below.children
    return False


def _is_link_list(node: Node) -> bool:
    """Whether a list is nothing but links: a menu, whatever it is called."""
    if node.name not in ("ul", "ol", "dl", "table") or len(node.children) < 3:
        return False
    return node.links > 0.85 * node.text and node.prose == 0


def _is_teaser_list(node: Node) -> bool:
    """Whether a node is a row of like elements that each lead to another page."""
    if len(node.children) < _TEASERS:
        return False
    alike = Counter(child.signature for child in node.children)
    signature, number = alike.most_common(1)[0]
    if number < _TEASERS or signature.split(".", 1)[0] in _NO_TEASERS:
        return False
    members = [child for child in node.children if child.signature == signature]
    least = 0.5 if signature.startswith("li.") else 0.2
    leading = [
        child
        for child in members
        if child.text < _LONGEST_TEASER
        and (_is_card(child) or (child.links >= 12 and least * child.text <= child.links))
    ]
    share = sum(child.text for child in leading)
    if len(leading) < 0.75 * len(members) and 2 * len(leading) > len(members):
        # Where most are cards, so are those whose headline is short.
        leading = [
            one for one in members if one.text < _LONGEST_TEASER and one.links >= _SHORT_LEAD
        ]
        share = sum(child.text for child in leading)
    return len(leading) >= 0.75 * len(members) and share > 0.6 * node.text


def _is_card(node: Node) -> bool:
    """Whether an element is the headline of another page, a link, and little else."""
    if node.leads and node.name != "li":
        return node.text < _LONGEST_CARD
    # A headline without a link above a text with one ("Read more").
    headed = any(child.name in _HEADINGS and not child.prose for child in node.children)
    return headed and node.links > 0 and node.text < _LONGEST_CARD


def is_boxes(node: Node) -> bool:
    """Whether an element is a column of at least three like boxes, each with its own heading."""
    while len(node.children) == 1:
        node = node.children[0]
    alike = Counter(child.signature for child in node.children)
    if not alike:
        return False
    signature, number = alike.most_common(1)[0]
    boxes = [child for child in node.children if child.signature == signature]
    headed = sum(
        child.text < _LONGEST_TEASER and any(below.name in _HEADINGS for below in child.children)
        for child in boxes
    )
    return number >= _TEASERS and headed == number and sum(b.text for b in boxes) > 0.6 * node.text
