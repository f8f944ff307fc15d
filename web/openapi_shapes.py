"""The shapes of the site's JSON answers, as OpenAPI has them."""

from __future__ import annotations

from typing import Any

from index.model import BlockKind
from search.quote_check import Verdict
from search.ways_out import Kind
from search.word_alignment import Side

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "number"}
FLAG: Schema = {"type": "boolean"}
LINK: Schema = {"type": ["string", "null"]}


def record(**fields: Schema) -> Schema:
    """Return the schema of an object that has exactly these fields, all of them."""
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def list_of(of: Schema) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": of}


def schemas() -> Schema:
    """Return the shapes of every JSON answer."""
    problem = record(code=TEXT, message=TEXT, hint=TEXT)
    listed = record(id=TEXT, path=TEXT, title=TEXT, date=TEXT)
    return {
        "SearchPage": _search_page_schema(),
        "Release": _release_schema(),
        "Person": _person_schema(),
        "Listing": record(total=WHOLE, results=list_of(listed)),
        "Suggestions": record(
            query=TEXT,
            suggestions=list_of(
                record(
                    kind={"type": "string", "enum": ["person", "place", "title", "word"]},
                    text=TEXT,
                    count={**WHOLE, "description": "Releases; of a word its occurrences."},
                    path=TEXT,
                )
            ),
        ),
        "QuoteCheck": _quote_schema(),
        "Wording": _wording_schema(),
        "FacetValues": _values_schema(),
        "Health": record(status=TEXT),
        "Ready": record(status=TEXT, generation=TEXT, releases=WHOLE),
        "Error": record(error=problem),
    }


def _search_page_schema() -> Schema:
    value = record(value=TEXT, label=TEXT, count=WHOLE, selected=FLAG)
    facets = record(person=list_of(value), place=list_of(value), date=list_of(value),
                     source=list_of(value))  # fmt: skip
    facets["properties"]["lang"] = {**list_of(value), "description": "When there are several."}
    warning = record(message=TEXT, position=WHOLE)
    also = record(typed=TEXT, also=list_of(TEXT), without=TEXT)
    page = record(
        query=record(
            text=TEXT,
            interpreted={**TEXT, "description": "In the query language."},
            in_words={**TEXT, "description": "The whole search as a sentence."},
            warnings=list_of(warning),
            relaxed=FLAG,
            synonyms=list_of(also),
        ),
        total={**WHOLE, "description": "Releases, not passages."},
        boilerplate={
            **record(total=WHOLE, hidden=WHOLE),
            "description": "Releases that match in repeated text alone; those not listed.",
        },
        page=WHOLE,
        per_page=WHOLE,
        took_ms=NUMBER,
        generation=TEXT,
        results=list_of(_hit_schema()),
        facets=facets,
        links=record(self=TEXT, next=LINK, prev=LINK),
    )
    page["properties"]["ways_out"] = {
        **list_of(_way_schema()),
        "description": "Up to three results: what each part finds alone, and what less would find.",
    }
    return page


def _about() -> Schema:
    """Return the fields that a result and an opened release share."""
    precision = {"type": "string", "enum": ["day", "month", "year", ""]}
    return {
        "id": {**TEXT, "description": "Stable across rebuilds."},
        "path": {**TEXT, "description": "Relative to the archive."},
        "url": TEXT,
        "title": TEXT,
        "date": {**TEXT, "description": "YYYY, YYYY-MM, YYYY-MM-DD or empty."},
        "date_precision": precision,
        "source": TEXT,
        "lang": TEXT,
        "dateline": TEXT,
    }


def _hit_schema() -> Schema:
    html = {**TEXT, "description": "Escaped text with <mark> only."}
    speaker = {**TEXT, "description": "Whose words these are, where said: asks for somebody's."}
    rule = {**TEXT, "description": "What decided who says it."}
    passage = record(
        number=WHOLE, kind=_kind(), text=TEXT, html=html, score=NUMBER, speaker=speaker, rule=rule
    )
    found = record(words=TEXT, title=WHOLE, text=WHOLE, boilerplate=WHOLE, said=WHOLE)
    hit = record(
        **_about(),
        score=NUMBER,
        people=list_of(TEXT),
        places=list_of(TEXT),
        passages_total=WHOLE,
        passages=list_of(passage),
        boilerplate={**FLAG, "description": "Matches in repeated text alone."},
        found={**list_of(found), "description": "How often each word stands where."},
        versions=_versions(),
    )
    part = record(part=TEXT, adds=NUMBER)
    hit["properties"]["explanation"] = {**list_of(part), "description": "With explain=1."}
    return hit


def _versions() -> Schema:
    return {
        **list_of(record(id=TEXT, title=TEXT, date=TEXT)),
        "description": "Reissues and corrected texts of the same release, newest first.",
    }


def _release_schema() -> Schema:
    named = record(name=TEXT, mentions=WHOLE)
    return record(
        **_about(),
        summary=TEXT,
        date_source=TEXT,
        people=list_of(named),
        places=list_of(named),
        passages=list_of(record(number=WHOLE, kind=_kind(), text=TEXT)),
        versions=_versions(),
        quotes=list_of(_quotation_schema()),
    )


def _quotation_schema() -> Schema:
    rule = {**TEXT, "description": "What decided who says it."}
    return record(
        speaker=TEXT, text=TEXT, rule=rule, passage=WHOLE, start=WHOLE, end=WHOLE, path=TEXT
    )


def _person_schema() -> Schema:
    """Return a person: when and with whom they appear, what they said."""
    counted = record(name=TEXT, releases=WHOLE)
    quoting = record(id=TEXT, title=TEXT, date=TEXT, quotes=list_of(_quotation_schema()))
    return record(
        name=TEXT,
        releases=WHOLE,
        years=list_of(record(value=TEXT, count=WHOLE)),
        people=list_of(counted),
        places=list_of(counted),
        said=record(total=WHOLE, page=WHOLE, pages=WHOLE, results=list_of(quoting)),
    )


def _kind() -> Schema:
    return {"type": "string", "enum": [kind.value for kind in BlockKind]}


def _way_schema() -> Schema:
    kind = {"type": "string", "enum": [kind.value for kind in Kind]}
    return record(kind=kind, said=TEXT, total=WHOLE, path=TEXT)


def _quote_schema() -> Schema:
    use = record(id=TEXT, title=TEXT, date=TEXT, source=TEXT, passage=WHOLE, text=TEXT, path=TEXT)
    use["type"] = ["object", "null"]
    side = {"type": "string", "enum": [side.value for side in Side]}
    part = record(
        text=TEXT,
        verdict={"type": "string", "enum": [verdict.value for verdict in Verdict]},
        releases=WHOLE,
        first=use,
        latest=use,
        difference=list_of(record(side=side, text=TEXT)),
    )
    return record(text=TEXT, parts=list_of(part))


def _wording_schema() -> Schema:
    first = record(id=TEXT, title=TEXT, date=TEXT, path=TEXT)
    first["type"] = ["object", "null"]
    series = record(
        phrase=TEXT,
        query=TEXT,
        total=WHOLE,
        counts=list_of(WHOLE),
        rates={**list_of(NUMBER), "description": "In every 1,000 releases of the period."},
        first=first,
    )
    by = {"type": "string", "enum": ["month", "year"]}
    return record(by=by, periods=list_of(TEXT), releases=list_of(WHOLE), series=list_of(series))


def _values_schema() -> Schema:
    value = record(value=TEXT, label=TEXT, count=WHOLE, selected=FLAG, path=TEXT)
    return record(
        facet=TEXT,
        total=WHOLE,
        of={**WHOLE, "description": "Values there are, whatever find leaves."},
        values=list_of(value),
        page=WHOLE,
        links=record(next=LINK, prev=LINK),
    )
