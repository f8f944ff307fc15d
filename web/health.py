"""Whether the site is alive, whether it can answer, and its counters."""

from __future__ import annotations

from flask import Blueprint, Response

from index.errors import DatelineError
from search.answers import Overview
from web.data import json_response
from web.metrics import CONTENT_TYPE, described, label
from web.site import current_site

health = Blueprint("health", __name__)

_UP = described("dateline_up", "gauge", "Whether a generation serves.")


@health.get("/healthz")
def alive() -> Response:
    """Answer that the process is alive; says nothing about the index."""
    return json_response({"status": "ok"})


@health.get("/readyz")
def ready() -> Response:
    """Answer 200 when a generation serves; raises IndexUnavailableError (503) otherwise."""
    overview = current_site().service.overview()
    return json_response(
        {"status": "ready", "generation": overview.generation, "releases": overview.releases}
    )


@health.get("/metrics")
def metrics() -> Response:
    """Answer the counters of this worker process."""
    site = current_site()
    lines = site.metrics.lines()
    try:
        lines += _index_lines(site.service.overview())
    except DatelineError:  # counters are wanted most when the index is the trouble
        lines += [*_UP, "dateline_up 0"]
    return Response("\n".join(lines) + "\n", content_type=CONTENT_TYPE)


def _index_lines(overview: Overview) -> list[str]:
    info = f'generation="{label(overview.generation)}"'
    return [
        *_UP,
        "dateline_up 1",
        *described("dateline_releases", "gauge", "Releases that can be found."),
        f"dateline_releases {overview.releases}",
        *described("dateline_passages", "gauge", "Passages that can be found."),
        f"dateline_passages {overview.passages}",
        *described("dateline_generation_info", "gauge", "The generation that serves."),
        f"dateline_generation_info{{{info}}} 1",
    ]
