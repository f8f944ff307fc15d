"""What a release tells the archive of the names in it.

States of a person's claim: ``clear`` and ``weak`` are full names that are values of the release,
by good evidence or by little; ``surname`` is a value without a given name; ``also`` a second full
form of a value in the same release (``form`` is the value, the other form its detail);
``opens`` says under the first word of a value, where that is no known given name, that it begins
the value, which may turn out a row of surnames; ``inflected`` says under a surname that the value
may be that in another case or with a genitive's s, in the language that is its detail;
``doubtful`` are two words or more that are no value here, ``bare`` one such word. Of a place:
``qualified`` was written with its region,
``plain`` without, ``doubtful`` may be no place, ``product`` is none here but a technique's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from index.entities.analysis import Analysis
from index.entities.candidates import PersonMention, surname_key
from index.entities.cases import nominatives
from index.entities.lexicon import lexicon
from index.entities.naming import Person, name_in
from index.entities.places import PlaceSpots, entities_at
from index.entities.runs import SUFFIXES, key_of
from index.entities.spots import Spot
from index.model import Claim, Entity, Mention

PERSON, PLACE = "person", "place"
LONGEST_KEY = 60
"""Characters of a key; what is longer is no name that could be met again."""

# Nothing but the shape of the words, or their neighbours in a list, speaks for the name.
_LITTLE = frozenset({"shape", "list", "context", "surname alone", "named before", "initial"})


def claims_of(analysis: Analysis, people: Sequence[Person], spots: PlaceSpots) -> tuple[Claim, ...]:
    """All claims of a release, in a fixed order."""
    found = [*_named(people), *_doubted(analysis.doubtful), *_placed(analysis, spots)]
    return tuple(claim for claim in found if 0 < len(claim.key) <= LONGEST_KEY)


def key_of_name(name: str) -> str:
    """The key under which claims on a person's name are weighed: the surname's."""
    keys = [key_of(word) for word in name.split()]
    keys = [key for key in keys if key not in SUFFIXES] or keys
    return surname_key(keys) if keys else ""


def _named(people: Iterable[Person]) -> Iterable[Claim]:
    for person in people:
        entity, key = person.entity, surname_key(person.keys)
        yield from _inflected(entity.name, key, person.lang)
        if len(person.keys) == 1:
            yield Claim(PERSON, "surname", key, entity.name, person.offices)
            continue
        little = all(mention.rule in _LITTLE for mention in entity.mentions)
        yield Claim(PERSON, "weak" if little else "clear", key, entity.name, person.offices)
        first = person.keys[0]
        if not (lexicon().is_given(first) or len(first.replace(".", "")) < 3):
            yield Claim(PERSON, "opens", first, entity.name)
        for form in person.forms:
            if form != entity.name:
                yield Claim(PERSON, "also", key, entity.name, (form,))


def _inflected(name: str, key: str, lang: str) -> Iterable[Claim]:
    """That a name may be another's in another case, under each surname that this may be."""
    bases = {key_of(form) for form in nominatives(name.split()[-1], lang)}
    for base in sorted(bases - {key}):
        yield Claim(PERSON, "inflected", base, name, (lang,))


def _doubted(mentions: Iterable[PersonMention]) -> Iterable[Claim]:
    groups: dict[str, list[PersonMention]] = {}
    for mention in mentions:
        groups.setdefault(name_in(mention), []).append(mention)
    for form, group in groups.items():
        keys = group[0].keys
        spots = tuple(Mention(one.start, one.end, "") for one in group)
        state = "bare" if len(keys) == 1 else "doubtful"
        offices = tuple(sorted({one.office for one in group} - {""}))
        yield Claim(PERSON, state, surname_key(keys), form, offices, spots)


def _placed(analysis: Analysis, spots: PlaceSpots) -> Iterable[Claim]:
    text = analysis.release.text
    seen: set[tuple[str, str, str]] = set()
    for spot in (*spots.kept, *spots.dateline):
        written = text[spot.start : spot.end]
        state = "qualified" if _is_qualified(spot, written) else "plain"
        claim = (state, key_of(written), spot.name)
        if claim not in seen:
            seen.add(claim)
            yield Claim(PLACE, *claim)
    for name in sorted(spots.products):
        yield Claim(PLACE, "product", key_of(name), name)
    for entity in entities_at(spots.doubtful):
        yield Claim(PLACE, "doubtful", _key(entity, text), entity.name, (), entity.mentions)


def _is_qualified(spot: Spot, written: str) -> bool:
    return spot.rule in ("city-state", "dateline") and spot.name.startswith(f"{written.title()}, ")


def _key(entity: Entity, text: str) -> str:
    first = entity.mentions[0]
    return key_of(text[first.start : first.end])
