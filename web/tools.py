"""Two tools on the words of the archive: is this quote real, and how was it worded over time."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from search.quote_check import QuoteCheck, Verdict
from search.request import MAX_QUERY_LENGTH, clean_text
from search.wording import MAX_PHRASES
from web.charts import line_chart
from web.site import current_site

tools = Blueprint("tools", __name__)

VERDICTS = {
    Verdict.VERBATIM: "Verbatim",
    Verdict.PUNCTUATION: "Verbatim but for punctuation and case",
    Verdict.CLOSE: "Close, but not what the archive says",
    Verdict.NOT_FOUND: "Not found",
}
"""What is said of a part of a quote."""


@tools.get("/quote")
def quote() -> str:
    """Check a quote against the archive."""
    text = asked_quote()
    found = current_site().service.check_quote(text) if text else None
    return render_template(
        "quote.html",
        text=text,
        found=found,
        verdicts=VERDICTS,
        headline=_headline(found) if found else "",
        longest=MAX_QUERY_LENGTH,
        example=_example() if not text else "",
    )


def _headline(found: QuoteCheck) -> str:
    """Return what is said of the whole: the worst of its parts."""
    if not found.parts:
        return "There are no words to look for"
    order = list(Verdict)
    worst = max((part.verdict for part in found.parts), key=order.index)
    if len(found.parts) > 1 and worst is not min((p.verdict for p in found.parts), key=order.index):
        return "Some of it stands in the archive as quoted, some does not"
    return VERDICTS[worst]


def _example() -> str:
    """Return a sentence of the newest release, to try the tool with."""
    service = current_site().service
    newest = service.overview().newest
    texts = [p.text for p in service.release(newest[0].id).passages[1:]] if newest else []
    sentences = [s.strip() for text in texts for s in text.split(". ") if 8 <= len(s.split()) <= 24]
    return f"{sentences[0].rstrip('.')}." if sentences else ""


@tools.get("/wording")
def wording() -> str:
    """Compare how often phrases were used over time."""
    phrases = asked_phrases()
    as_rates = request.args.get("as", "").strip().lower() == "rate"
    compared = current_site().service.wording(phrases, by_month=by_month()) if phrases else None
    return render_template(
        "wording.html",
        phrases=phrases,
        by_month=by_month(),
        as_rates=as_rates,
        compared=compared,
        chart=line_chart(compared, as_rates=as_rates) if compared else None,
        most=MAX_PHRASES,
    )


def asked_quote() -> str:
    """Return the quote that an address asks to be checked."""
    return clean_text(request.args.get("text", ""))[:MAX_QUERY_LENGTH]


def asked_phrases() -> list[str]:
    """Return the wordings that an address asks to be compared."""
    phrases = [clean_text(phrase)[:200] for phrase in request.args.getlist("phrase")]
    return [phrase for phrase in phrases if phrase][:MAX_PHRASES]


def by_month() -> bool:
    """Whether an address asks for months and not for years."""
    return request.args.get("by", "").strip().lower() == "month"
