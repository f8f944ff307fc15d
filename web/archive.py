"""The archive without a search: who and where, when, and how much there is of it."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from index.errors import BadRequestError, NotFoundError
from search.request import SearchPage, make_request, period_bounds
from web import facets
from web.also_named import name_of
from web.calendar_pages import beside, month_rows
from web.feeds import generation_time
from web.site import current_site, local
from web.timeline import plain_bars
from web.urls import last_page, name_path, read_number, search_path
from web.value_urls import facet_path, read_values

archive = Blueprint("archive", __name__)

KINDS = {"people": ("person", "People", "Person"), "places": ("place", "Places", "Place")}
"""Path -> facet, its title, one of it."""
RELEASES_OF_A_PERIOD = 50
QUOTES_SHOWN = 4
"""Quotations shown of a release on the page of a person."""
TOGETHER = 12
"""Names shown with a person or a place, of each kind."""


@archive.get("/people")
def people() -> str:
    """Show everybody the archive names."""
    return _index("people")


@archive.get("/places")
def places() -> str:
    """Show every place the archive names."""
    return _index("places")


@archive.get("/people/<path:name>")
def person(name: str) -> str | Response:
    """Show one person: when, with whom and where they appear, what is newest."""
    return _name_page("people", name)


@archive.get("/places/<path:name>")
def place(name: str) -> str | Response:
    """Show one place: when and with whom it appears, what is newest."""
    return _name_page("places", name)


def _index(kind: str) -> str:
    facet, title, singular = KINDS[kind]
    asked, everything = read_values(request.args), make_request()
    found = current_site().service.facet_values(everything, facet, asked)
    return render_template(
        "names.html",
        kind=kind,
        facet=facet,
        title=title,
        singular=singular,
        page=found,
        links=[(v.value, v.count, name_path(kind, v.value)) for v in found.values],
        values=asked,
        asked=everything,
        orders=facets.value_orders(facet, everything, asked, f"/{kind}"),
        last=facets.last_value_page(found.total),
    )


def _name_page(kind: str, name: str) -> str | Response:
    facet, title, singular = KINDS[kind]
    newest, oldest = _releases_with(facet, name, "newest"), _releases_with(facet, name, "oldest")
    if not newest.total or not newest.request.narrowed:  # a name of control characters is none
        if other := name_of(facet, name):
            return redirect(local(name_path(kind, other)))
        raise NotFoundError(
            f"the archive names no {singular.lower()} {name!r}",
            hint=f"look through all {title.lower()}, or search for the name",
        )
    together = current_site().service.together(facet, name, TOGETHER)
    said = None
    if kind == "people":
        service = current_site().service
        said = service.said(name, read_number(request.args.get("said", ""), 1))
        if said.page > said.last:
            said = service.said(name, said.last)
    dated = [hit.date for hit in newest.results if hit.date]
    return render_template(
        "name.html",
        kind=kind,
        title=title,
        name=name,
        found=newest,
        said=said,
        said_search=search_path(make_request(f'said:"{name}"')),
        said_address=lambda page: local(name_path(kind, name, said=page) + "#said"),
        quotes_shown=QUOTES_SHOWN,
        first=next((hit.date for hit in oldest.results if hit.date), ""),
        last=dated[0] if dated else "",
        bars=plain_bars(newest.facets["date"], facets.one_value(facet, name)),
        together=[
            (KINDS[k][1], [(n, count, name_path(k, n)) for n, count in together[KINDS[k][0]]])
            for k in KINDS
        ],
        sources=newest.facets["source"],
        search=search_path(facets.one_value(facet, name)),
        newest_first=search_path(newest.request),
        feed=search_path(newest.request, "atom"),
        every=facet_path(facet, make_request(), base=f"/{kind}"),
    )


def _releases_with(facet: str, name: str, sort: str) -> SearchPage:
    people, places = ([name], []) if facet == "person" else ([], [name])
    asked = make_request(people=people, places=places, sort=sort)
    return current_site().service.search(asked)


@archive.get("/dates")
def dates() -> str:
    """Show the years and months of the archive, each with its number of releases."""
    service = current_site().service
    overview = service.overview()
    years = {v.value: v.count for v in overview.facets["date"]}
    undated = years.pop("undated", 0)
    return render_template(
        "dates.html",
        rows=month_rows(years, dict(service.months())),
        bars=plain_bars(overview.facets["date"], make_request()),
        undated=undated,
        undated_path=search_path(make_request(undated=True)),
    )


@archive.get("/dates/<period>")
def period(period: str) -> str:
    """Show the releases of a year, a month or a day, earliest first."""
    try:
        period_bounds(period)
    except BadRequestError as error:
        raise NotFoundError(f"{period!r} is no date", hint=error.hint) from error
    number = min(max(1, read_number(request.args.get("page", ""), 1)), 200)
    service = current_site().service
    asked = make_request(date_from=period, date_to=period, sort="oldest", page=number,
                         per_page=RELEASES_OF_A_PERIOD)  # fmt: skip
    found = service.search(asked)
    months = dict(service.months())
    years = {v.value: v.count for v in service.overview().facets["date"] if len(v.value) == 4}
    before, after = beside(period, years if len(period) == 4 else months)
    return render_template(
        "period.html",
        period=period,
        page=found,
        number=number,
        last=last_page(asked, found.total),
        before=before,
        after=after,
        months=month_rows({period: found.total}, months) if len(period) == 4 else [],
        search=search_path(make_request(date_from=period, date_to=period)),
    )


@archive.get("/statistics")
def statistics() -> str:
    """Show how much there is, of when, from whom, in which languages."""
    service = current_site().service
    overview = service.overview()
    sizes = service.search(make_request(per_page=1)).facet_sizes
    counts = {v.value: v.count for v in overview.facets["date"]}
    return render_template(
        "statistics.html",
        overview=overview,
        sizes=sizes,
        undated=counts.get("undated", 0),
        bars=plain_bars(overview.facets["date"], make_request()),
        built=generation_time(overview.generation),
        sources=facets.plain_facet("source", overview.facets.get("source", ())[:TOGETHER]),
        langs=facets.plain_facet("lang", overview.facets.get("lang", ())[:TOGETHER]),
        people=[(v.value, v.count, name_path("people", v.value))
                for v in overview.facets["person"][:TOGETHER]],
        places=[(v.value, v.count, name_path("places", v.value))
                for v in overview.facets["place"][:TOGETHER]],
    )  # fmt: skip
