"""The values of a release after the archive and the operator have been heard. Pure.

In order of trust: ``aliases.toml``, then what the archive decides, then the release alone. Every
mention keeps its offsets; where another name than the release's own is given, its rule says by
whom: ``title; archive: office``, ``alias``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.entities.claims import PERSON, PLACE
from index.entities.offices import COURTESY
from index.model import Claim, Entity, IndexedRelease, Mention, Quotation
from index.names.alias_mentions import alias_people, alias_places, holder_of
from index.names.table import NameTable

_ASIDE = frozenset({"also", "opens", "inflected", "product"})
"""States of claims that are no value's own."""


def settle(indexed: IndexedRelease, table: NameTable) -> IndexedRelease:
    """Return the release with the people and places that count."""
    people = _Values()
    rows = _rows_of_surnames(indexed.claims, table)
    nominatives = _nominatives(indexed.claims, table)
    for entity, claim in _with_claims(indexed.people, PERSON, indexed.claims):
        if entity.name in rows:
            continue
        name, why = _person(entity, claim, table, indexed)
        if name == entity.name and not why and name in nominatives:
            name, why = nominatives[name], "archive: nominative"
            name = table.aliases.person_names.get(name, name)
        if name:
            people.add(name, entity.mentions, why)
    for claim in indexed.claims:
        if claim.facet == PERSON and claim.mentions:
            name = _doubtful_person(claim, table)
            if name:
                people.add(name, claim.mentions, "archive: named elsewhere")
    places = _Values()
    for entity, claim in _with_claims(indexed.places, PLACE, indexed.claims):
        decision = table.about(PLACE, claim.key) if claim else {}
        if entity.name in decision.get("drop", ()):
            continue
        same = decision.get("same", {})
        name = same.get(entity.name, entity.name)
        places.add(name, entity.mentions, "" if name == entity.name else "archive: its region")
    for claim in indexed.claims:
        if claim.facet == PLACE and claim.mentions:
            decision = table.about(PLACE, claim.key)
            if claim.form in decision.get("accept", ()):
                name = decision.get("same", {}).get(claim.form, claim.form)
                places.add(name, claim.mentions, "archive: named elsewhere")
    aliases = table.aliases
    settled = _without(alias_people(people.entities(), indexed, aliases), aliases.no_people)
    return replace(
        indexed,
        people=settled,
        quotes=_spoken(indexed.quotes, settled),
        places=_without(alias_places(places.entities(), indexed, aliases), aliases.no_places),
    )


def _spoken(quotes: Sequence[Quotation], people: Sequence[Entity]) -> tuple[Quotation, ...]:
    """Return the quotations of people of the release, each with its speaker's name."""
    if not quotes:
        return ()
    names = {mention.start: one.name for one in people for mention in one.mentions}
    return tuple(replace(q, speaker=names[q.cue]) for q in quotes if q.cue in names)


class _Values:
    """Mentions by value, collected in order."""

    def __init__(self) -> None:
        self._mentions: dict[str, dict[int, Mention]] = {}

    def add(self, name: str, mentions: Iterable[Mention], why: str) -> None:
        kept = self._mentions.setdefault(name, {})
        for mention in mentions:
            rule = "; ".join(part for part in (mention.rule, why) if part)
            kept.setdefault(mention.start, replace(mention, rule=rule))

    def entities(self) -> tuple[Entity, ...]:
        found = [
            Entity(name, tuple(mentions[start] for start in sorted(mentions)))
            for name, mentions in self._mentions.items()
        ]
        return tuple(sorted(found, key=lambda one: (-len(one.mentions), one.mentions[0].start)))


def _nominatives(claims: Sequence[Claim], table: NameTable) -> dict[str, str]:
    """Who is named by values in another case, where the archive has the nominative."""
    found: dict[str, set[str]] = {}
    for claim in claims:
        if claim.state == "inflected":
            name = table.about(PERSON, claim.key).get("inflected", {}).get(claim.form, "")
            found.setdefault(claim.form, set()).update({name} - {""})
    return {form: names.pop() for form, names in found.items() if len(names) == 1}


def _with_claims(
    entities: Sequence[Entity], facet: str, claims: Sequence[Claim]
) -> Iterable[tuple[Entity, Claim | None]]:
    known: dict[str, Claim] = {}
    for claim in claims:
        if claim.facet == facet and claim.state not in _ASIDE and not claim.mentions:
            known.setdefault(claim.form, claim)
    return ((entity, known.get(entity.name)) for entity in entities)


def _rows_of_surnames(claims: Sequence[Claim], table: NameTable) -> set[str]:
    """Values that begin with what the archive knows for another's surname: "Doe Roe Poe"."""
    return {
        claim.form
        for claim in claims
        if claim.state == "opens"
        and table.about(PERSON, claim.key).get("surname", claim.form) != claim.form
        and claim.form not in table.aliases.person_names
    }


def _person(
    entity: Entity, claim: Claim | None, table: NameTable, indexed: IndexedRelease
) -> tuple[str, str]:
    """The name an entity is filed under ("" for none) and by whom, "" for the release itself."""
    aliases = table.aliases
    named = aliases.person_names.get(entity.name, "")
    if named:
        return named, "alias"
    if claim is None:
        return entity.name, ""
    decision = table.about(PERSON, claim.key)
    if claim.state != "surname":
        if entity.name in decision.get("drop", ()):
            return "", ""
        name = decision.get("same", {}).get(entity.name, entity.name)
        return aliases.person_names.get(name, name), "" if name == entity.name else "archive: same"
    held = holder_of(claim, indexed, aliases)
    if held:
        return held, "alias: office"
    name, why = _by_surname(claim, decision)
    return (aliases.person_names.get(name, name), why) if name else (entity.name, "")


def _by_surname(claim: Claim, decision: dict[str, object]) -> tuple[str, str]:
    """Who a surname names, where the archive leaves no doubt and the office agrees."""
    offices = decision.get("office", {})
    known = offices if isinstance(offices, dict) else {}
    real = [office for office in claim.details if office not in COURTESY]
    if real:
        names = {known.get(office, "") for office in real}
        return (names.pop(), "archive: office") if len(names) == 1 else ("", "")
    names = {known[office] for office in claim.details if office in known}
    if len(names) == 1:
        return names.pop(), "archive: form of address"
    if any(office in COURTESY for office in known) and claim.details:
        return "", ""  # the archive knows a Mr of this surname, and this is a Ms, or both are
    return str(decision.get("surname", "")), "archive: surname"


def _doubtful_person(claim: Claim, table: NameTable) -> str:
    """Who is named by words that the release alone does not take for a name, or ""."""
    decision = table.about(PERSON, claim.key)
    if claim.state == "bare":
        name = str(decision.get("bare", ""))
        if name and claim.details:
            name = _by_surname(claim, decision)[0]
    elif claim.form in decision.get("accept", ()):
        name = decision.get("same", {}).get(claim.form, claim.form)
    else:
        return ""
    return table.aliases.person_names.get(name, name)


def _without(entities: tuple[Entity, ...], ignored: Sequence[str]) -> tuple[Entity, ...]:
    return tuple(entity for entity in entities if entity.name not in ignored)
