"""The headers of every answer: what a browser may do with it, how long it may keep it."""

from __future__ import annotations

import gzip
import hashlib
from functools import lru_cache

from flask import Response, request

from web.site import current_site

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    )
)
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
SHORT = "no-cache"
"""Pages and data: kept, but asked for again each time, so that a new generation shows at once."""
FOREVER = "public, max-age=31536000, immutable"
NEVER = "no-store"
WORTH_PACKING = 1_000
"""Bytes below which packing saves nothing."""
PACKING = 5
"""Level of gzip: beyond it a page costs more time than it saves bytes."""
_TEXTS = frozenset({"text/css", "text/javascript"})
_PROBES = frozenset({"health.alive", "health.ready", "health.metrics"})
_NEVER_THE_SAME = frozenset({"data.search_json", "health.metrics"})
"""What tells times and counts of its own: the length of one answer is not that of the next."""


def tag(response: Response, *parts: str) -> Response:
    """Give a response an ETag made from ``parts``, its address and this version of the site."""
    site = current_site()
    key = "\n".join((site.version, site.settings.title, request.url, *parts))
    digest = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:20]
    response.set_etag(digest, weak=True)
    return response


def finish(response: Response) -> Response:
    """Add the headers to an answer and turn it into 304 when the asker has it already."""
    headers = response.headers
    headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Permissions-Policy"] = PERMISSIONS
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cache-Control"] = _lifetime(response)
    if request.method == "HEAD" and request.endpoint in _NEVER_THE_SAME:
        response.automatically_set_content_length = False
        headers.pop("Content-Length", None)
    if response.status_code == 200 and request.method in ("GET", "HEAD"):
        if request.endpoint in _PROBES:
            return response
        if not response.direct_passthrough:
            response.add_etag(weak=True)  # by the body, unless a view knew better
        if not response.direct_passthrough or response.mimetype in _TEXTS:
            response.vary.add("Accept-Encoding")  # on a 304 too: caches keep what it says
        response.make_conditional(request)
    _compress(response)
    return response


def _compress(response: Response) -> None:
    """Send text packed to who accepts it; the ETags are weak, so they hold for both forms."""
    if response.status_code != 200:
        return
    if response.direct_passthrough:  # a file of the site: small, and the same for everybody
        if response.mimetype not in _TEXTS:
            return
        response.direct_passthrough = False
        response.set_etag(response.get_etag()[0] or "", weak=True)
    body = response.get_data()
    if len(body) >= WORTH_PACKING and request.accept_encodings["gzip"] > 0:
        static = request.endpoint == "static"
        response.set_data(_packed_once(body) if static else gzip.compress(body, PACKING, mtime=0))
        response.headers["Content-Encoding"] = "gzip"


@lru_cache(maxsize=64)
def _packed_once(body: bytes) -> bytes:
    """Return a file of the site packed as small as it gets."""
    return gzip.compress(body, 9, mtime=0)


def _lifetime(response: Response) -> str:
    if request.endpoint == "static" and response.status_code in (200, 304):
        name = (request.view_args or {}).get("filename", "")
        wanted = current_site().assets.get(name)
        return FOREVER if wanted and request.args.get("v") == wanted else SHORT
    if response.status_code not in (200, 304) or request.endpoint in _PROBES:
        return NEVER
    return SHORT
