"""The pages of one release: to read it with what was searched for marked, to quote a passage."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from flask import Blueprint, Response, render_template, request

from web import views
from web.citations import Citation, as_csl, as_ris, as_text, citation_of
from web.data import json_response
from web.hits import number_hits
from web.pages import form_values
from web.site import absolute, canonical, current_site
from web.urls import passage_path, read_number, read_usable, release_path, search_path

reading = Blueprint("reading", __name__)

_RIS = "application/x-research-info-systems"
_CSL = "application/vnd.citationstyles.csl+json"


@reading.get("/releases/<release_id>")
def release(release_id: str) -> str:
    """Show one release, set for reading, with the words of the search it was found by."""
    service = current_site().service
    asked = read_usable(request.args)
    found = service.release(release_id, asked.text, asked.literal)
    hits = number_hits(
        found.title_html, found.passages, read_number(request.args.get("hit", ""), 0)
    )
    shown = replace(found, title_html=hits.title_html, passages=hits.passages)
    came_from = bool(asked.text or asked.narrowed)
    return render_template(
        "release.html",
        release=shown,
        asked=asked,
        form=form_values(asked),
        sections=views.sections(shown, hits),
        title_passages=views.title_passages(shown),
        hits=hits,
        walk=service.neighbours(asked, found.id) if came_from else None,
        results=search_path(asked) if came_from else "",
        similar=service.similar(found.id),
        permalink=absolute(release_path(found.id)),
        canonical=canonical(release_path(found.id)),
    )


@reading.get("/releases/<release_id>/passages/<key>")
def passage(release_id: str, key: str) -> str:
    """Show one passage to be quoted: its words, its citation, its permanent address."""
    found = current_site().service.passage(release_id, key)
    cited = _cited(release_id, key)
    return render_template(
        "passage.html",
        found=found,
        release=found.release,
        passage=found.passage,
        cited=cited,
        citation=as_text(cited),
        canonical=canonical(passage_path(found.release.id, found.passage.key)),
    )


@reading.get("/releases/<release_id>/passages/<key>.ris")
def passage_ris(release_id: str, key: str) -> Response:
    """Answer the citation of a passage in RIS."""
    return _attached(as_ris(_cited(release_id, key)), _RIS, f"{key}.ris")


@reading.get("/releases/<release_id>/passages/<key>.csl")
def passage_csl(release_id: str, key: str) -> Response:
    """Answer the citation of a passage in CSL-JSON."""
    response = json_response(as_csl(_cited(release_id, key)))
    response.mimetype = _CSL
    response.headers["Content-Disposition"] = f'attachment; filename="{_safe(key)}.csl.json"'
    return response


@reading.get("/releases/<release_id>/passages/<key>.txt")
def passage_text(release_id: str, key: str) -> Response:
    """Answer the citation of a passage as a sentence, after the words quoted."""
    cited = _cited(release_id, key)
    return Response(f"“{cited.quoted}”\n\n{as_text(cited)}\n", mimetype="text/plain")


def _cited(release_id: str, key: str) -> Citation:
    site = current_site()
    found = site.service.passage(release_id, key)
    link = absolute(passage_path(found.release.id, found.passage.key))
    return citation_of(found, site.settings.title, link, datetime.now(UTC).date())


def _attached(text: str, mimetype: str, name: str) -> Response:
    response = Response(text.encode("utf-8", "replace"), mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{_safe(name)}"'
    return response


def _safe(name: str) -> str:
    return "".join(c for c in name if c.isascii() and (c.isalnum() or c in "-."))
