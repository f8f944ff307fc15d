"""Where a release names people and places in the operator's ways of writing them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from index.entities.claims import key_of_name
from index.entities.offices import office_named
from index.entities.segments import Segment, segments_of
from index.entities.spots import Spans
from index.model import Claim, Entity, IndexedRelease, Mention
from index.names.aliases import Alias, Aliases


def holder_of(claim: Claim, indexed: IndexedRelease, aliases: Aliases) -> str:
    """Who of the aliases bore the office before a surname on the day of the release, or ""."""
    names = {
        alias.name
        for alias in aliases.people
        if alias.offices and key_of_name(alias.name) == claim.key
        for office in claim.details
        if _holds(alias, office, _day(indexed))
    }
    return names.pop() if len(names) == 1 else ""


def alias_people(
    entities: tuple[Entity, ...], indexed: IndexedRelease, aliases: Aliases
) -> tuple[Entity, ...]:
    """The people with those who are named as the aliases say, or by their office alone."""
    if not aliases.people:
        return entities
    segments = segments_of(indexed.release)
    names = aliases.person_names
    found = [
        (names[_plain(written)], Mention(start, end, "alias"))
        for start, end, written in _matches(aliases.person_pattern, segments)
        if _plain(written) in names
    ]
    offices = [
        (holder, Mention(start, end, "alias: office"))
        for start, end, written in _matches(aliases.office_pattern, segments)
        if (holder := _holder(_plain(written).lower(), indexed, aliases))
    ]
    everyone = Spans((m.start, m.end) for entity in entities for m in entity.mentions)
    # "Prime Minister of X Jane Doe": the office goes with the name after it, whoever that is.
    free = [one for one in offices if not everyone.overlap(one[1].end, one[1].end + 3)]
    return _with(entities, [*found, *free])


def alias_places(
    entities: tuple[Entity, ...], indexed: IndexedRelease, aliases: Aliases
) -> tuple[Entity, ...]:
    """The places with those that are named as the aliases say."""
    if not aliases.places:
        return entities
    names = aliases.place_names
    renamed = _joined((names.get(entity.name, entity.name), entity.mentions) for entity in entities)
    taken = Spans((m.start, m.end) for entity in indexed.people for m in entity.mentions)
    found = [
        (names[_plain(written)], Mention(start, end, "alias"))
        for start, end, written in _matches(aliases.place_pattern, segments_of(indexed.release))
        if _plain(written) in names and not taken.overlap(start, end)
    ]
    return _with(renamed, found)


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").split())


def _matches(pattern: object, segments: Sequence[Segment]) -> Iterator[tuple[int, int, str]]:
    if pattern is None:
        return
    for segment in segments:
        for match in pattern.finditer(segment.text):  # type: ignore[attr-defined]
            start, end = match.span()
            yield segment.start + start, segment.start + end, match.group()


def _day(indexed: IndexedRelease) -> str:
    date = indexed.release.date
    return date.value if date else ""


def _holds(alias: Alias, office: str, day: str) -> bool:
    """Whether the alias held an office on a day; ``office`` may be the end of its title."""
    for one in alias.offices:
        if not one.held_on(day):
            continue
        for title in map(office_named, one.titles):
            if title == office or title.endswith(f" {office}") or title.startswith(f"{office} of "):
                return True
    return False


def _holder(title: str, indexed: IndexedRelease, aliases: Aliases) -> str:
    names = {
        alias.name
        for alias in aliases.people
        for office in alias.offices
        if office.held_on(_day(indexed)) and title in [one.lower() for one in office.titles]
    }
    return names.pop() if len(names) == 1 else ""


def _with(entities: Sequence[Entity], found: Sequence[tuple[str, Mention]]) -> tuple[Entity, ...]:
    """Add mentions to the values, but none inside what another value is named by at length."""
    taken = Spans((m.start, m.end) for entity in entities for m in entity.mentions)
    new = [(name, (mention,)) for name, mention in found if _is_free(mention, taken)]
    return _joined([*((entity.name, entity.mentions) for entity in entities), *new])


def _is_free(mention: Mention, taken: Spans) -> bool:
    return not taken.overlap(mention.start, mention.end)


def _joined(values: Iterable[tuple[str, tuple[Mention, ...]]]) -> tuple[Entity, ...]:
    groups: dict[str, dict[int, Mention]] = {}
    for name, mentions in values:
        kept = groups.setdefault(name, {})
        for mention in mentions:
            kept.setdefault(mention.start, mention)
    found = [
        Entity(name, tuple(mentions[start] for start in sorted(mentions)))
        for name, mentions in groups.items()
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.mentions), one.mentions[0].start)))
