"""The pages a reader sees. Every one is a plain address and works without JavaScript."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from index.errors import BadRequestError
from search.request import DEFAULT_PER_PAGE, FacetValue, SearchRequest
from web import facets, views
from web.feeds import MAX_EXPORT
from web.site import current_site, local
from web.timeline import timeline
from web.typed_dates import readings
from web.urls import (
    UNDATED,
    Args,
    ignored_dates,
    last_page,
    listing_path,
    name_path,
    previous_page,
    read_listing,
    read_request,
    read_usable,
    search_path,
    toggled,
    without_filters,
)
from web.value_urls import read_values

pages = Blueprint("pages", __name__)

HOME_NAMES = 14
"""People and places offered on the front page, each."""


@pages.get("/")
def home() -> str | BaseResponse:
    """Show the front page: the box, the size of the archive, what is new, who and where.

    A search typed into its address (``/?q=...``), as on other sites, is led to the results.
    """
    if "q" in request.args:
        return redirect(local(f"/search?{request.query_string.decode('ascii', 'replace')}"))
    overview = current_site().service.overview()
    return render_template(
        "home.html",
        overview=overview,
        people=_names("people", overview.facets.get("person", ())[:HOME_NAMES]),
        places=_names("places", overview.facets.get("place", ())[:HOME_NAMES]),
        dates=facets.plain_facet("date", overview.facets.get("date", ())),
        sources=facets.plain_facet("source", overview.facets.get("source", ())),
        langs=facets.plain_facet("lang", overview.facets.get("lang", ())),
    )


def _names(kind: str, values: Sequence[FacetValue]) -> list[tuple[str, int, str]]:
    return [(value.value, value.count, name_path(kind, value.value)) for value in values]


@pages.get("/search")
def search() -> str | Response:
    """Show a page of results; a request with a wrong date shows what is wrong, filters kept."""
    try:
        asked = read_request(request.args)
        service = current_site().service
        found = replace(service.search(replace(asked, explain=True)), request=asked)
    except BadRequestError as error:
        return _wrong_search(request.args, error)
    last = last_page(asked, found.listed)
    ways = service.ways_out(found)
    return render_template(
        "search.html",
        page=found,
        asked=asked,
        form=form_values(asked),
        facets=facets.facet_views(found),
        timeline=timeline(found),
        chips=facets.chips(asked),
        sorts=views.sort_choices(asked),
        alone=views.ways_alone(ways),
        less=views.ways_with_less(ways),
        ignored=ignored_dates(request.args),
        read_as=_read_as(asked),
        correction=service.correction(found),
        last=last,
        previous=previous_page(asked.page, last, found.listed),
        first_rank=(asked.page - 1) * asked.per_page + 1,
        whole=replace(asked, page=1, per_page=DEFAULT_PER_PAGE),
        most_exported=MAX_EXPORT,
        newest_first=views.newest_first(asked),
        bare=search_path(without_filters(asked)),
        undated=search_path(toggled(asked, "date", UNDATED)),
    )


def _wrong_search(args: Args, error: BadRequestError) -> Response:
    asked = read_usable(args)
    form = form_values(asked)
    if not asked.undated:  # what was typed stays in its field, to be corrected
        form.update(date_from=args.get("from", "")[:40], date_to=args.get("to", "")[:40])
    page = render_template(
        "search.html",
        error=error,
        asked=asked,
        form=form,
        chips=facets.chips(asked),
        usable=search_path(asked),
        bare=search_path(without_filters(asked)),
    )
    return make_response(page, 400)


def form_values(asked: SearchRequest) -> dict[str, object]:
    """Return what the search form of a page holds."""
    return {
        "text": asked.text,
        "date_from": asked.date_from,
        "date_to": asked.date_to,
        "hidden": facets.hidden_pairs(asked),
    }


def _read_as(asked: SearchRequest) -> list[str]:
    """Return how dates were read that were not written as addresses have them."""
    if asked.undated:
        return []
    return readings(request.args.get("from", ""), request.args.get("to", ""), date.today())


@pages.get("/search/<facet>")
def values(facet: str) -> str:
    """Show all values of a facet under a search, by number of releases or by name."""
    args: Args = MultiDict(request.args)
    asked_values = read_values(args)
    args.pop("page", None)
    asked = read_usable(args)
    found = current_site().service.facet_values(asked, facet, asked_values)
    return render_template(
        "values.html",
        facet=facet,
        title=facets.FACET_TITLES[facet],
        singular=facets.FACET_SINGULAR[facet],
        page=found,
        links=facets.page_links(found, asked),
        asked=asked,
        form=form_values(asked),
        values=asked_values,
        orders=facets.value_orders(facet, asked, asked_values),
        chips=facets.chips(asked),
        hidden=facets.search_pairs_without_page(asked),
        last=facets.last_value_page(found.total),
        back=search_path(asked),
    )


@pages.get("/releases")
def listing() -> str:
    """Show all releases, newest first."""
    number, size = read_listing(request.args)
    found = current_site().service.listing(number, size)
    return render_template(
        "listing.html",
        listing=found,
        last=max(1, -(-found.total // found.per_page)),
        listing_path=listing_path,
    )


@pages.get("/help")
def help_page() -> str:
    """Show how to search, with examples that find something in the archive at hand."""
    return render_template("help.html", examples=current_site().service.examples())
