"""Searches to take along: Atom to subscribe to, CSV for a spreadsheet, the browser's search bar."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote

from flask import Blueprint, Response, current_app, render_template, request

from search.in_words import search_in_words
from search.request import MAX_PER_PAGE, Hit, SearchPage, Sort
from web.headers import tag
from web.site import absolute, current_site, local, permanent_id
from web.urls import last_page, previous_page, read_request, release_path, search_path

feeds = Blueprint("feeds", __name__)

CSV_COLUMNS = (
    "rank", "id", "title", "date", "source", "lang", "dateline", "people", "places", "url", "link",
    "passage",
)  # fmt: skip
MAX_EXPORT = 1_000
"""Rows of a table that is not asked for by pages."""
_STAMP = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)T?-?(\d\d):?(\d\d):?(\d\d)", re.ASCII)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # wide forms count too
_ENDLESS = ("search", "quote", "wording", "suggest.json")
"""Addresses with as many pages as there are things to ask."""
_EPOCH = "1970-01-01T00:00:00Z"


@feeds.get("/search.csv")
def search_csv() -> Response:
    """Answer results as a table that opens in a spreadsheet: all of them, up to ``MAX_EXPORT``.

    Where a page is asked for, or its size, that page.
    """
    service, asked = current_site().service, read_request(request.args, "csv")
    if "page" in request.args or "per_page" in request.args:
        pages = [service.search(asked)]
    else:
        asked = replace(asked, per_page=MAX_PER_PAGE)
        pages = [service.search(asked)]
        for number in range(2, min(pages[0].pages, MAX_EXPORT // MAX_PER_PAGE) + 1):
            pages.append(service.search(asked.on_page(number)))
    response = Response(csv_text(pages).encode("utf-8", "replace"), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="releases.csv"'
    return tag(response, *(page.generation for page in pages))


@feeds.get("/search.atom")
def search_atom() -> Response:
    """Answer a page of results as an Atom feed (RFC 4287), newest first unless asked otherwise."""
    page = current_site().service.search(read_request(request.args, "atom"))
    last = last_page(page.request, page.listed)
    updated = generation_time(page.generation)
    body = render_template(
        "feed.xml",
        page=page,
        # Feeds have the newest first: it goes without saying.
        in_words=search_in_words(page.query.words, replace(page.request, sort=Sort.RELEVANCE)),
        updated=updated,
        last=last,
        previous=previous_page(page.request.page, last, page.listed),
        feed_id=permanent_id(search_path(page.request)),
        entries=[
            (hit, permanent_id(f"release/{quote(hit.id, safe='')}"), entry_time(hit))
            for hit in page.results
        ],
    )
    return tag(_xml(body, "application/atom+xml"), page.generation)


@feeds.get("/opensearch.xml")
def opensearch() -> Response:
    """Answer the description by which a browser offers this search in its own bar."""
    return _xml(render_template("opensearch.xml"), "application/opensearchdescription+xml")


@feeds.get("/favicon.ico")
def icon() -> Response:
    """Answer the icon where browsers look for it whatever a page says."""
    return current_app.send_static_file("icon.svg")


@feeds.get("/robots.txt")
def robots() -> Response:
    """Let robots read the releases, and keep them out of the endless searches."""
    barred = (f"Disallow: {local(f'/{path}')}" for path in _ENDLESS)
    lines = ("User-agent: *", *barred, "Allow: /", f"Sitemap: {absolute('/sitemap.xml')}", "")
    return Response("\n".join(lines), mimetype="text/plain")


def csv_text(pages: Sequence[SearchPage]) -> str:
    """Return results as CSV (RFC 4180), opened by the mark that makes Excel read it as UTF-8."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(CSV_COLUMNS)
    for page in pages:
        first = (page.request.page - 1) * page.request.per_page + 1
        for rank, hit in enumerate(page.results, first):
            writer.writerow([rank, *(harmless(cell) for cell in _cells(hit))])
    return out.getvalue()


def _cells(hit: Hit) -> tuple[str, ...]:
    return (
        hit.id,
        hit.title,
        hit.date,
        hit.source,
        hit.lang,
        hit.dateline,
        "; ".join(hit.people),
        "; ".join(hit.places),
        hit.url,
        absolute(release_path(hit.id)),
        hit.passages[0].text if hit.passages else "",
    )


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: such ones get an apostrophe.

    See https://owasp.org/www-community/attacks/CSV_Injection.
    """
    risky = cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA)
    return f"'{cell}" if risky else cell


def generation_time(generation: str) -> str:
    """Return when a generation was built, from its name; 1970 when the name does not tell."""
    match = _STAMP.search(generation)
    if match:
        try:
            moment = datetime(*(int(part) for part in match.groups()), tzinfo=UTC)  # type: ignore[misc,arg-type]
        except ValueError:
            return _EPOCH
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return _EPOCH


def entry_time(hit: Hit) -> str:
    """Return the first moment a release's date can mean; 1970 when it has none.

    Never the time of indexing: whoever subscribes would be shown the same release as changed
    after each.
    """
    padded = hit.date + "0000-01-01"[len(hit.date) :] if hit.date else ""
    return f"{padded}T00:00:00Z" if padded else _EPOCH


def _xml(body: str, mimetype: str) -> Response:
    clean = _NOT_XML.sub("\ufffd", body)  # XML 1.0 has no way to write these characters
    return Response(clean.encode("utf-8"), mimetype=mimetype)
