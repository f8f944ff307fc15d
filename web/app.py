"""The web application, made by ``create_app``; nothing is opened or read before it is asked."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

from flask import Flask, Response, g, request

from index.settings import Settings, load_settings, stray_variables
from search.request import SearchRequest, make_request
from search.service import SearchService
from web import facets, present, urls, value_urls, views, why
from web.archive import archive
from web.cli import all_commands
from web.data import data
from web.errors import register_errors
from web.feeds import feeds
from web.headers import finish
from web.health import health
from web.metrics import Metrics
from web.openapi import describe
from web.pages import pages
from web.reading import reading
from web.site import EXTENSION, Site, absolute, current_site, hash_files, local
from web.sitemaps import sitemaps
from web.tool_data import tool_data
from web.tools import tools

_HERE = Path(__file__).parent
SITE_PAGES = (
    ("/people", "People"),
    ("/places", "Places"),
    ("/dates", "Dates"),
    ("/quote", "Quote check"),
    ("/wording", "Wording"),
    ("/help", "Help"),
)
"""What stands at the top of every page, besides the box."""
MORE_PAGES = (("/releases", "All releases"), ("/statistics", "The archive in figures"))
MAX_BODY = 16_384
"""Nothing is ever posted here; a body is at most a mistake."""


def create_app(settings: Settings | None = None, service: SearchService | None = None) -> Flask:
    """Return the application for ``settings`` (read from the environment when None).

    ``service`` replaces the search service, for tests. Raises SettingsError when the settings
    cannot be used.
    """
    told = [] if settings else stray_variables()
    settings = settings or load_settings()
    app = Flask("web", root_path=str(_HERE))
    for trouble in told:
        app.logger.warning("%s", trouble)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    assets = hash_files(_HERE / "static")
    app.extensions[EXTENSION] = Site(
        settings=settings,
        service=service or SearchService(settings),
        metrics=Metrics(),
        assets=assets,
        version=_version(assets),
    )
    for blueprint in (
        pages,
        reading,
        archive,
        tools,
        tool_data,
        data,
        feeds,
        sitemaps,
        health,
        describe,
    ):
        app.register_blueprint(blueprint)
    for command in all_commands():
        app.cli.add_command(command)  # `flask --app wsgi reindex` and so on
    register_errors(app)
    _offer_to_templates(app, settings)
    app.before_request(_start_clock)
    app.after_request(_measure)
    app.after_request(finish)  # runs first, so that what is measured is what is sent
    return app


def _version(assets: dict[str, str]) -> str:
    """Return a hash that changes with the look of the pages, so that old copies are dropped."""
    parts = [*hash_files(_HERE / "templates").values(), *assets.values()]
    return hashlib.sha256("".join(parts).encode()).hexdigest()[:12]


def _offer_to_templates(app: Flask, settings: Settings) -> None:
    env = app.jinja_env
    env.globals.update(
        site_title=settings.title,
        site_pages=SITE_PAGES,
        more_pages=MORE_PAGES,
        absolute=absolute,
        asset=_asset,
        local=local,
        hit_path=urls.hit_path,
        with_boilerplate=views.with_boilerplate,
        without_boilerplate=views.without_boilerplate,
        listing_path=urls.listing_path,
        name_path=urls.name_path,
        passage_path=urls.passage_path,
        release_path=urls.release_path,
        meant=views.meant,
        narrowed=facets.narrowed,
        one_value=facets.one_value,
        search_path=urls.search_path,
        as_typed=urls.as_typed,
        values_path=value_urls.values_path,
        wording_path=urls.wording_path,
        search_request=_search_request,
        search_for=_search_for,
        pages_around=present.page_numbers,
    )
    env.filters.update(
        at=present.item_at,
        counted=present.count_words,
        date=present.date_words,
        date_source=present.date_source_words,
        direction=present.direction,
        items=present.list_items,
        language=present.language_name,
        paragraphs=present.split_marked,
        pointed_at=present.pointed_at,
        quote_query=urls.quote_query,
        reasons=why.reasons,
        sentence=present.sentence,
        shown=views.shown,
        web_address=present.safe_address,
    )


def _asset(name: str) -> str:
    """Return the address of a static file, with its hash so that it may be kept for a year."""
    return local(f"/static/{name}?v={current_site().assets[name]}")


def _search_for(text: str = "", **facet: str) -> str:
    """Return the address of a new search, for links in templates."""
    args = urls.Args({"q": text, **facet})
    return local(urls.search_path(urls.read_request(args)))


def _search_request(text: str) -> SearchRequest:
    """Return a new search by its words alone."""
    return make_request(text)


def _start_clock() -> None:
    g.started = time.perf_counter()


def _measure(response: Response) -> Response:
    seconds = time.perf_counter() - g.get("started", time.perf_counter())
    endpoint = request.endpoint or "none"
    current_site().metrics.observe(endpoint, response.status_code, seconds)
    return response
