"""Releases and their facets as JSON and back, for the store of parsed releases."""

from __future__ import annotations

import json
from typing import Any

from index.model import (
    Block,
    BlockKind,
    Claim,
    Entity,
    IndexedRelease,
    Mention,
    Passage,
    Quotation,
    Release,
    ReleaseDate,
)


def dump_release(release: Release) -> str:
    """Return the release as one line of JSON; ``load_release`` gives an equal one back."""
    date = release.date
    value = {
        "id": release.id,
        "path": release.path,
        "title": release.title,
        "blocks": [[block.kind.value, block.text] for block in release.blocks],
        "summary": release.summary,
        "date": [date.value, date.source] if date else None,
        "dateline": release.dateline,
        "lang": release.lang,
        "url": release.url,
        "source": release.source,
        "warnings": list(release.warnings),
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def load_release(text: str) -> Release:
    """Rebuild a release from ``dump_release``'s JSON."""
    value = json.loads(text)
    date = value["date"]
    return Release(
        id=value["id"],
        path=value["path"],
        title=value["title"],
        blocks=tuple(Block(BlockKind(kind), text) for kind, text in value["blocks"]),
        summary=value["summary"],
        date=ReleaseDate(*date) if date else None,
        dateline=value["dateline"],
        lang=value["lang"],
        url=value["url"],
        source=value["source"],
        warnings=tuple(value["warnings"]),
    )


def dump_derived(indexed: IndexedRelease) -> str:
    """Return what is derived from a release (passages, people, places) as one line of JSON."""
    value = {
        "passages": [[p.kind.value, p.start, p.end] for p in indexed.passages],
        "people": _dump_entities(indexed.people),
        "places": _dump_entities(indexed.places),
        "claims": [
            [c.facet, c.state, c.key, c.form, c.details, _dump_mentions(c.mentions)]
            for c in indexed.claims
        ],
        "quotes": [[q.start, q.end, q.cue, q.rule] for q in indexed.quotes],
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def load_derived(release: Release, text: str) -> IndexedRelease:
    """Rebuild what ``dump_derived`` wrote for this release."""
    value = json.loads(text)
    return IndexedRelease(
        release=release,
        passages=tuple(
            Passage(number, BlockKind(kind), start, end, release.text[start:end])
            for number, (kind, start, end) in enumerate(value["passages"], start=1)
        ),
        people=_load_entities(value["people"]),
        places=_load_entities(value["places"]),
        claims=tuple(
            Claim(facet, state, key, form, tuple(details), _load_mentions(mentions))
            for facet, state, key, form, details, mentions in value.get("claims", ())
        ),
        quotes=tuple(Quotation(*quote) for quote in value.get("quotes", ())),
    )


def _dump_entities(entities: tuple[Entity, ...]) -> list[Any]:
    return [[entity.name, _dump_mentions(entity.mentions)] for entity in entities]


def _dump_mentions(mentions: tuple[Mention, ...]) -> list[Any]:
    return [[mention.start, mention.end, mention.rule] for mention in mentions]


def _load_entities(value: list[Any]) -> tuple[Entity, ...]:
    return tuple(Entity(name, _load_mentions(mentions)) for name, mentions in value)


def _load_mentions(value: list[Any]) -> tuple[Mention, ...]:
    return tuple(Mention(*mention) for mention in value)
