"""What search engines and archivers of the web are told of: every release, a thousand a file.

The protocol is that of https://www.sitemaps.org/protocol.html.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from flask import Blueprint, Response

from index.errors import NotFoundError
from search.request import MAX_LISTING_PER_PAGE
from web.headers import tag
from web.site import absolute, current_site
from web.urls import release_path

sitemaps = Blueprint("sitemaps", __name__)

_MOST_FILES = 50_000
"""Files an index may name, and so a site."""
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@sitemaps.get("/sitemap.xml")
def sitemap_index() -> Response:
    """Answer the list of the files that list the releases."""
    files = min(_files(), _MOST_FILES)
    return _answer(
        "sitemapindex", "sitemap", (f"/sitemaps/{number}.xml" for number in range(1, files + 1))
    )


@sitemaps.get("/sitemaps/<int:number>.xml")
def sitemap(number: int) -> Response:
    """Answer the addresses of a thousand releases, the newest in the first file."""
    if not 1 <= number <= _files():
        raise NotFoundError(f"there is no list {number} of releases", hint="see /sitemap.xml")
    found = current_site().service.listing(number, MAX_LISTING_PER_PAGE)
    return _answer("urlset", "url", (release_path(one.id) for one in found.results))


def _files() -> int:
    total = current_site().service.listing(1, 1).total
    return max(1, -(-total // MAX_LISTING_PER_PAGE))


def _answer(root: str, entry: str, paths: Iterable[str]) -> Response:
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<{root} xmlns="{_NAMESPACE}">',
        *(f"<{entry}><loc>{escape(absolute(path))}</loc></{entry}>" for path in paths),
        f"</{root}>\n",
    ]
    body = "\n".join(lines)
    return tag(Response(body, mimetype="application/xml"), body)
