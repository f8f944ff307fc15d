"""Search requests as URLs and back, both ways without loss; pure.

The same parameters serve every address of a search (page, JSON, Atom, CSV) and are carried along
to an opened release, so that a reader can always go back to the results they came from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from werkzeug.datastructures import MultiDict

from index.errors import BadRequestError
from search.request import (
    DEFAULT_PER_PAGE,
    MAX_LISTING_PER_PAGE,
    MAX_QUERY_LENGTH,
    MAX_WINDOW,
    Boilerplate,
    SearchRequest,
    Sort,
    make_request,
)
from web.typed_dates import is_date, typed_range

Args = MultiDict[str, str]
Pairs = list[tuple[str, str]]

FACET_FIELDS = {"person": "people", "place": "places", "source": "sources", "lang": "langs"}
"""URL parameter of a facet -> the field of ``SearchRequest`` with its chosen values."""
UNDATED = "undated"
"""Value of the date facet for releases without a date."""
DEFAULT_LISTING = 50
MAX_LISTING_PAGE = 1_000_000
_TRUE = frozenset({"1", "true", "yes", "on"})
_LONGEST_NUMBER = 9
EXCLUDE = "not_"
"""Before the name of a facet: releases with this value are left out."""
BOILERPLATE = "boilerplate"
"""1: results that match in boilerplate alone are listed, after the others; 0: they are not."""


def read_request(args: Args, form: str = "") -> SearchRequest:
    """Return the search that URL parameters ask for at the address of this ``form``.

    Numbers that are none count as left out, and so does a range of dates when only undated
    releases are asked for. Raises BadRequestError for a wrong date, sort order or a page too far
    down.
    """
    undated = _asks_undated(args)
    first, last = typed_range(args.get("from", ""), args.get("to", ""), date.today())
    request = make_request(
        args.get("q", ""),
        people=args.getlist("person"),
        places=args.getlist("place"),
        sources=args.getlist("source"),
        langs=args.getlist("lang"),
        date_from="" if undated else first,
        date_to="" if undated else last,
        undated=undated,
        sort=args.get("sort", "").strip().lower() or default_sort(form),
        page=read_number(args.get("page", ""), 1),
        per_page=read_number(args.get("per_page", ""), DEFAULT_PER_PAGE),
        literal=args.getlist("literal"),
        explain=args.get("explain", "").strip().lower() in _TRUE,
        excluded=[(name, v) for name in FACET_FIELDS for v in args.getlist(EXCLUDE + name)],
    )
    return replace(request, sizes=not form, boilerplate=_boilerplate(args, form))


def _boilerplate(args: Args, form: str) -> Boilerplate:
    typed = args.get(BOILERPLATE, "").strip().lower()
    if not typed:
        return default_boilerplate(form)
    return Boilerplate.LAST if typed in _TRUE else Boilerplate.HIDDEN


def default_boilerplate(form: str = "") -> Boilerplate:
    """Return what becomes of results in boilerplate alone: data have all, readers ask for them."""
    return Boilerplate.LAST if form in ("json", "csv") else Boilerplate.HIDDEN


def default_sort(form: str = "") -> Sort:
    """Return the order when none is named: a feed (``atom``) has the newest first."""
    return Sort.NEWEST if form == "atom" else Sort.RELEVANCE


def ignored_dates(args: Args) -> str:
    """Return what to say when a range of dates is left out for ``undated``, else nothing."""
    given = args.get("from", "").strip() or args.get("to", "").strip()
    if not (given and _asks_undated(args)):
        return ""
    return "only undated releases are asked for, so the dates from and to are left out"


def read_usable(args: Args) -> SearchRequest:
    """Return what can be used of the parameters, leaving out what ``read_request`` refuses."""
    kept: Args = MultiDict(args)
    for name in ("from", "to"):
        if not is_date(kept.get(name, ""), date.today()):
            kept.pop(name, None)
    if kept.get("sort", "").strip().lower() not in set(Sort):
        kept.pop("sort", None)
    try:
        return read_request(kept)
    except BadRequestError:
        for name in ("from", "to", "page"):
            kept.pop(name, None)
        return read_request(kept)


def read_number(text: str, default: int) -> int:
    """Return a whole number as typed; ``default`` for anything else. Limits are not applied."""
    text = text.strip()
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()):
        return default
    # A longer number means "very far": converting thousands of digits would only cost time.
    value = int(digits[:_LONGEST_NUMBER])
    return -value if text.startswith("-") else value


def read_listing(args: Args, default: int = DEFAULT_LISTING) -> tuple[int, int]:
    """Return page and page size of a listing, clamped."""
    page = min(max(1, read_number(args.get("page", ""), 1)), MAX_LISTING_PAGE)
    size = min(max(1, read_number(args.get("per_page", ""), default)), MAX_LISTING_PER_PAGE)
    return page, size


def search_pairs(request: SearchRequest, form: str = "") -> Pairs:
    """Return the parameters of a search in one fixed order, defaults of ``form`` left out."""
    pairs: Pairs = [("q", request.text)] if request.text else []
    for name, field in FACET_FIELDS.items():
        pairs += [(name, value) for value in getattr(request, field)]
    pairs += [(EXCLUDE + name, value) for name, value in request.excluded]
    if request.undated:
        pairs.append((UNDATED, "1"))
    else:
        dates = (("from", request.date_from), ("to", request.date_to))
        pairs += [(name, value) for name, value in dates if value]
    if request.sort is not default_sort(form):
        pairs.append(("sort", request.sort.value))
    if request.page > 1:
        pairs.append(("page", str(request.page)))
    if request.per_page != DEFAULT_PER_PAGE:
        pairs.append(("per_page", str(request.per_page)))
    pairs += [("literal", word) for word in request.literal]
    if request.explain:
        pairs.append(("explain", "1"))
    if request.boilerplate not in (Boilerplate.LIKE_OTHERS, default_boilerplate(form)):
        pairs.append((BOILERPLATE, "1" if request.boilerplate is Boilerplate.LAST else "0"))
    return pairs


def search_path(request: SearchRequest, form: str = "") -> str:
    """Return the address of a search, ``form`` being ``""``, ``json``, ``atom`` or ``csv``."""
    path = "/search" + (f".{form}" if form else "")
    query = _encoded(request, form)
    return f"{path}?{query}" if query else path


@lru_cache(maxsize=256)
def _encoded(request: SearchRequest, form: str = "") -> str:
    """Return the parameters of a search as an address has them; a page needs many of the same."""
    return urlencode(search_pairs(request, form))


def release_path(
    release_id: str, request: SearchRequest | None = None, passage: int = 0, form: str = ""
) -> str:
    """Return the address of a release, with the search it was found by and a passage in it."""
    path = "/releases/" + quote(release_id, safe="") + (f".{form}" if form else "")
    query = _encoded(request) if request else ""
    address = f"{path}?{query}" if query else path
    return f"{address}#p{passage}" if passage else address


def hit_path(release_id: str, request: SearchRequest, hit: int) -> str:
    """Return the address of a marked place in an opened release."""
    pairs = [*search_pairs(request), ("hit", str(hit))]
    path = "/releases/" + quote(release_id, safe="")
    return f"{with_query(path, pairs)}#hit{hit}"


def passage_path(release_id: str, key: str, form: str = "") -> str:
    """Return the permanent address of a passage, or of its citation in a form."""
    path = f"/releases/{quote(release_id, safe='')}/passages/{quote(key, safe='')}"
    return path + (f".{form}" if form else "")


def quote_query(text: str) -> str:
    """Return a text as the value of a parameter, blanks put together, cut to what is taken."""
    return quote(" ".join(text.split())[:MAX_QUERY_LENGTH], safe="")


def listing_path(page: int = 1, per_page: int = DEFAULT_LISTING, form: str = "") -> str:
    """Return the address of a page of the listing of all releases."""
    pairs: Pairs = [("page", str(page))] if page > 1 else []
    if per_page != DEFAULT_LISTING:
        pairs.append(("per_page", str(per_page)))
    return with_query("/releases" + (f".{form}" if form else ""), pairs)


def toggled(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """Return the search with one facet value put on or taken off, on its first page.

    The facet ``date`` takes a period or ``undated``; choosing one replaces what was chosen. What
    was left out and is chosen is left out no more.
    """
    if facet == "date":
        return _toggled_date(request, value)
    field = FACET_FIELDS[facet]
    chosen: tuple[str, ...] = getattr(request, field)
    kept = tuple(v for v in chosen if v != value) if value in chosen else (*chosen, value)
    left_out = tuple(pair for pair in request.excluded if pair != (facet, value))
    changes: dict[str, Any] = {field: kept, "page": 1, "excluded": left_out}
    return replace(request, **changes)


def as_typed(request: SearchRequest, typed: str) -> SearchRequest:
    """Return the search without the synonyms of what was typed, on its first page."""
    return replace(request, literal=(*request.literal, typed.casefold()), page=1)


def left_out(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """Return the search with releases of a named value left out, or let in again, on page one."""
    pair = (facet, value)
    if pair in request.excluded:
        kept = tuple(other for other in request.excluded if other != pair)
        return replace(request, excluded=kept, page=1)
    bare = toggled(request, facet, value) if value in chosen(request, facet) else request
    return replace(bare, excluded=(*bare.excluded, pair), page=1)


def chosen(request: SearchRequest, facet: str) -> tuple[str, ...]:
    """Return the chosen values of a named facet."""
    values: tuple[str, ...] = getattr(request, FACET_FIELDS[facet])
    return values


def wording_path(phrases: Sequence[str], by_month: bool, as_rates: bool) -> str:
    """Return the address of a comparison of phrases over time."""
    pairs: Pairs = [("phrase", phrase) for phrase in phrases]
    pairs += [("by", "month")] * by_month + [("as", "rate")] * as_rates
    return with_query("/wording", pairs)


def name_path(kind: str, name: str, form: str = "", said: int = 1) -> str:
    """Return the address of the page of a person or a place (``people``, ``places``).

    ``said`` is the page of what the person said.
    """
    path = f"/{kind}/{quote(name, safe='')}" + (f".{form}" if form else "")
    return with_query(path, [("said", str(said))] if said > 1 else [])


def without_dates(request: SearchRequest) -> SearchRequest:
    """Return the search open to all dates and to undated releases, on its first page."""
    return replace(request, date_from="", date_to="", undated=False, page=1)


def without_filters(request: SearchRequest) -> SearchRequest:
    """Return the search by its words alone, on its first page."""
    bare = replace(request, people=(), places=(), sources=(), langs=(), excluded=())
    return without_dates(bare)


def last_page(request: SearchRequest, total: int) -> int:
    """Return the number of the last page that ``make_request`` lets be opened (at least 1)."""
    reachable = min(total, MAX_WINDOW)
    return max(1, -(-reachable // request.per_page))


def previous_page(page: int, last: int, total: int) -> int:
    """Return the number of the page before: the last one from beyond it, 0 when there is none."""
    return min(page - 1, last) if total else 0


def _asks_undated(args: Args) -> bool:
    return args.get(UNDATED, "").strip().lower() in _TRUE


def _toggled_date(request: SearchRequest, value: str) -> SearchRequest:
    cleared = without_dates(request)
    if value == UNDATED:
        return cleared if request.undated else replace(cleared, undated=True)
    if (request.date_from, request.date_to) == (value, value):
        return cleared
    return replace(cleared, date_from=value, date_to=value)


def with_query(path: str, pairs: Pairs) -> str:
    """Return an address with parameters, if there are any."""
    return f"{path}?{urlencode(pairs)}" if pairs else path
