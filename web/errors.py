"""Errors as answers: the right status, as page, JSON or text, always saying what to do next."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, current_app, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from index.errors import (
    BadRequestError,
    DatelineError,
    IndexUnavailableError,
    NotFoundError,
)
from web.data import json_response

STATUS: dict[type[DatelineError], tuple[int, str]] = {
    BadRequestError: (400, "bad_request"),
    NotFoundError: (404, "not_found"),
    IndexUnavailableError: (503, "index_unavailable"),
}
HEADLINES = {
    400: "This request cannot be understood",
    404: "There is nothing at this address",
    405: "This address is only for reading",
    503: "The archive is not ready yet",
}
HINTS = {
    404: "It may have been moved or mistyped. Search for its words instead.",
    405: "Use GET.",
    500: "The failure has been recorded. Try again, or search for something else.",
    503: "Run `dateline reindex` on the folder of releases, then reload this page.",
}
RETRY_SECONDS = 30


def register_errors(app: Flask) -> None:
    """Answer every error of the application in the one look."""
    app.register_error_handler(DatelineError, _on_dateline_error)
    app.register_error_handler(HTTPException, _on_http_error)


def error_shape(code: str, message: str, hint: str) -> dict[str, Any]:
    """Return an error in its documented JSON shape."""
    return {"error": {"code": code, "message": message, "hint": hint}}


def wants_text() -> bool:
    """Whether the address is a feed's or a table's, where a page would only be noise."""
    return request.path.endswith((".atom", ".csv", ".ris", ".txt"))


def wants_json() -> bool:
    """Whether the asker reads JSON: by the address, else by what it says it accepts."""
    if request.path.endswith((".json", ".csl", "/readyz", "/healthz")):
        return True
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"]


def _on_dateline_error(error: DatelineError) -> Response:
    status, code = STATUS.get(type(error), (500, "internal_error"))
    message = f"{error.where}: {error.what}" if error.where else error.what
    if status >= 500:  # where it is on this machine is for the operator's log, not for readers
        current_app.logger.error("%s", error)
        message = error.what
    return _answer(status, code, message, error.hint or HINTS.get(status, ""))


def _on_http_error(error: HTTPException) -> Response:
    if error.response is not None:  # a redirect, or an answer made by hand
        return make_response(error.response)
    status = error.code or 500
    code = "internal_error" if status == 500 else error.name.lower().replace(" ", "_")
    message = HEADLINES.get(status, error.name)
    response = _answer(status, code, message, HINTS.get(status, ""))
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value  # Allow, with the methods there are
    return response


def _answer(status: int, code: str, message: str, hint: str) -> Response:
    if wants_text():
        lines = (f"{status} {code}", message, hint)
        text = "".join(" ".join(line.split()) + "\n" for line in lines if line)
        response = Response(text.encode("utf-8", "replace"), status, mimetype="text/plain")
    elif wants_json():
        response = json_response(error_shape(code, message, hint), status)
    else:
        page = render_template(
            "error.html",
            status=status,
            headline=HEADLINES.get(status, "Something went wrong here"),
            message=message,
            hint=hint,
        )
        response = make_response(page, status)
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response
