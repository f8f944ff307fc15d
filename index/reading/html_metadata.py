"""What a page says about itself in its head: evidence, not truth."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from index.reading.characters import tidy
from index.reading.html_soup import Soup

_PUBLISHED = frozenset(
    (
        *(
            "article:published_time",
            "og:article:published_time",
            "og:published_time",
            "datepublished",
        ),
        *(
            "dc.date.issued",
            "dcterms.issued",
            "dcterms.date",
            "dc.date",
            "dc:date",
            "dcterms.created",
        ),
        *(
            "dc.date.created",
            "dcterms:issued",
            "dcterms:date",
            "dcterms.available",
            "date",
            "pubdate",
        ),
        *("publish-date", "publishdate", "publish_date", "published", "publication_date"),
        *("publication-date", "sailthru.date", "parsely-pub-date", "citation_publication_date"),
        *(
            "citation_date",
            "article.published",
            "article:publish_date",
            "release_date",
            "releasedate",
        ),
        *("rnews:datepublished", "schema:datepublished", "datecreated", "issued", "bt:pubdate"),
    )
)
_WEAK = frozenset(
    (
        *("date", "dc.date", "dc:date", "dcterms.date", "dcterms:date", "datecreated"),
        *("dcterms.created", "dc.date.created", "pubdate"),
    )
)
_PUBLICATION = re.compile(
    r"(?:publi(?:sh|shed|cation)?|release|issue|posted|original)[-_.:]?(?:date|time|at|on)"
    r"|(?:date|time|first)[-_.:]?(?:publi|original|issued|posted|released)",
    re.IGNORECASE,
)
_OTHER_DATE = re.compile(r"modif|updat|expir|event|crawl|last|unpubl|revis", re.IGNORECASE)
_HEADLINES = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "citation_title",
    "headline",
)
_SUMMARIES = ("og:description", "description", "twitter:description", "dc.description")
_SITES = ("og:site_name", "application-name", "publisher", "dc.publisher", "dcterms.publisher")
_ARTICLES = re.compile(
    r"article|posting|report|pressrelease|webpage|creativework|announcement|statement",
    re.IGNORECASE,
)
_MOST_OBJECTS = 500


@dataclass(slots=True)
class Metadata:
    """The statements of a page's head, the most trustworthy of each kind first."""

    titles: list[str] = field(default_factory=list)
    page_title: str = ""
    summaries: list[str] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    weak_dates: list[str] = field(default_factory=list)
    body: str = ""
    lang: str = ""


def read_metadata(soup: Soup, structured: list[str]) -> Metadata:
    """Read ``<title>``, ``<meta>``, ``<link>``, ``lang`` and the given JSON-LD scripts."""
    found = Metadata()
    for script in structured:
        _read_structured(script, found)
    if title := soup.first("title"):
        found.page_title = tidy(title.get_text())
    if root := soup.first("html"):
        found.lang = str(root.get("lang") or root.get("xml:lang") or "")
    metas: dict[str, list[str]] = {}
    for meta in soup.noted["meta"]:
        content = tidy(str(meta.get("content") or ""))
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = str(meta.get(attribute) or "").strip().lower()
            if name and content:
                metas.setdefault(name, []).append(content)
    _read_metas(metas, found)
    for link in soup.noted["link"]:
        if link.get("rel") != "canonical":
            continue
        found.urls.insert(0, str(link.get("href") or "").strip())
    return found


def is_weak_name(name: str) -> bool:
    """Whether a property names a date that templates often fill with that of the last change."""
    return name in _WEAK


def is_published_name(name: str) -> bool:
    """Whether a property (of an element in the page) names the date of publication."""
    parts = name.lower().split()
    return any(part in _PUBLISHED or _PUBLICATION.search(part) for part in parts) and not (
        _OTHER_DATE.search(name)
    )


def _read_metas(metas: dict[str, list[str]], found: Metadata) -> None:
    for names, into in ((_HEADLINES, found.titles), (_SUMMARIES, found.summaries)):
        for name in names:
            into += [html.unescape(value) for value in metas.get(name, [])]
    for name in _SITES:
        found.sites += [value for value in metas.get(name, []) if not value.startswith("http")]
    found.urls += metas.get("og:url", [])
    for name, values in metas.items():
        if is_published_name(name):
            (found.weak_dates if is_weak_name(name) else found.published).extend(values)
    if not found.lang:
        tags = metas.get("content-language") or metas.get("og:locale") or metas.get("dc.language")
        found.lang = tags[0] if tags else ""


def _read_structured(script: str, found: Metadata) -> None:
    try:
        value = json.loads(re.sub(r"^\s*(?:<!--|//<!\[CDATA\[)|(?:-->|//\]\]>)\s*$", "", script))
    except (ValueError, RecursionError):
        return
    for item in _objects(value):
        kind = item.get("@type")
        kinds = " ".join(map(str, kind)) if isinstance(kind, list) else str(kind)
        if not _ARTICLES.search(kinds):
            continue
        article = "page" not in kinds.lower()
        headline = item.get("headline") or (item.get("name") if not article else "")
        for value, into in (
            (headline, found.titles),
            (item.get("datePublished"), found.published if article else found.weak_dates),
            (item.get("description") if article else "", found.summaries),
            (_name(item.get("publisher")) if article else "", found.sites),
        ):
            if isinstance(value, str) and value.strip():
                into.append(html.unescape(tidy(value)))
        body = item.get("articleBody") or item.get("text")
        if isinstance(body, str) and len(body) > len(found.body):
            found.body = html.unescape(body)


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object in a JSON value, outermost first."""
    queue = [value]
    seen = 0
    while queue and seen < _MOST_OBJECTS:
        item = queue.pop(0)
        seen += 1
        if isinstance(item, dict):
            yield item
            queue += [below for key, below in item.items() if key in ("@graph", "mainEntity")]
        elif isinstance(item, list):
            queue += item[:_MOST_OBJECTS]


def _name(value: Any) -> str:
    return str(value.get("name") or "") if isinstance(value, dict) else ""
