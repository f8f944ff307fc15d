"""One value for each person: full names joined with later surnames, under one spelling."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from index.entities.candidates import PersonMention, surname_key
from index.entities.cases import is_case_of, is_inflected, nominatives
from index.model import Entity, Mention


def normalise_name(text: str) -> str:
    """A name as a facet shows it: single spaces, no possessive, capitals only where they belong."""
    # One apostrophe for all releases, or O’Brien and O'Brien would be two values of the facet.
    name = re.sub(r"\s+", " ", text).strip(" ,;:").replace("’", "'")
    name = re.sub(r"['’]s$", "", name)
    # "Dick (Richard) Roe" may be cut inside its brackets.
    if name.count("(") != name.count(")"):
        name = name.replace("(", "").replace(")", "").strip()
    return " ".join(_cased(word) for word in name.split(" "))


def _cased(word: str) -> str:
    letters = word.replace(".", "")
    if len(letters) < 3 or not word.isupper() or letters in ("III", "VII", "VIII"):
        return word
    parts = [part.capitalize() for part in re.split(r"([-'’])", word)]
    joined = "".join(parts)
    if joined.startswith("Mc") and len(joined) > 3:
        joined = "Mc" + joined[2:].capitalize()
    return joined


class Person(NamedTuple):
    """A person as one release names them: the value with its mentions, and what stood with them.

    ``forms`` are the ways the name is written in full (the surname when it never is), ``offices``
    the offices and forms of address before any mention, ``lang`` the release's language.
    """

    entity: Entity
    keys: tuple[str, ...]
    forms: tuple[str, ...]
    offices: tuple[str, ...]
    lang: str = ""


def join_people(mentions: Sequence[PersonMention]) -> tuple[Person, ...]:
    """Group mentions of the same person; the value is the full name used most."""
    groups: dict[tuple[str, ...], list[PersonMention]] = {}
    full = {_identity(mention.keys) for mention in mentions if len(mention.keys) > 1}
    full = {one for one in full if _nominative(one, full) == one}
    alone = {surname_key(mention.keys) for mention in mentions} | {name[1] for name in full}
    for mention in mentions:
        keys = mention.keys
        if len(keys) > 1:
            groups.setdefault(_without_initial(keys, full), []).append(mention)
    latest: dict[str, tuple[str, ...]] = {}
    for identity in reversed(groups):
        latest[identity[1]] = latest[identity[0]] = identity
    for mention in mentions:
        keys = mention.keys
        if len(keys) > 1:
            latest[surname_key(keys)] = _without_initial(keys, full)
            continue
        surname = surname_key(keys)
        if surname.endswith("s") and surname not in latest and surname[:-1] in alone:
            surname = surname[:-1]  # a genitive whose apostrophe is gone: "Bushs plan"
        owner = latest.get(surname, (surname,))
        groups.setdefault(owner, []).append(mention)
    people = [_person(group) for group in _cases_joined(list(groups.values()))]
    return tuple(
        sorted(people, key=lambda one: (-len(one.entity.mentions), one.entity.mentions[0].start))
    )


def _cases_joined(groups: list[list[PersonMention]]) -> list[list[PersonMention]]:
    """Groups with those that name someone in another case joined to the one in the nominative."""
    lang = groups[0][0].run.segment.lang if groups else ""
    if not is_inflected(lang):
        return groups
    kept: dict[str, list[PersonMention]] = {}
    for group in groups:
        kept.setdefault(name_in(max(group, key=lambda one: len(one.words))), []).extend(group)
    by_surname: dict[str, list[str]] = {}
    for name in kept:
        by_surname.setdefault(name.rpartition(" ")[2].lower(), []).append(name)
    # Full names first: of a surname alone there must be one owner, whatever cases it stands in.
    for name in sorted(kept, key=lambda name: " " not in name):
        surname = name.rpartition(" ")[2]
        forms = (surname, *nominatives(surname, lang))
        near = [other for form in forms for other in by_surname.get(form.lower(), ())]
        owners = [n for n in near if n in kept and is_case_of(name, n, lang)]
        if not owners and " " not in name:
            owners = [n for n in near if n in kept and " " in n]
        if len(owners) == 1 and owners[0] != name:
            # The nominative comes first: it gives the person its name.
            kept[owners[0]] += kept.pop(name)
    return list(kept.values())


def name_in(mention: PersonMention) -> str:
    """The name of a mention as a facet shows it."""
    text = mention.run.segment.text[mention.words[0].start : mention.words[-1].end]
    return normalise_name(text)


def _without_initial(keys: tuple[str, ...], full: set[tuple[str, ...]]) -> tuple[str, ...]:
    """The identity of a full name: "H. Rao Unnava" is "Rao Unnava" where that is said too."""
    shorter = (keys[1], surname_key(keys)) if len(keys) > 2 else ()
    initial = len(keys[0].rstrip(".")) == 1
    return shorter if initial and shorter in full else _nominative(_identity(keys), full)


def _nominative(name: tuple[str, ...], full: set[tuple[str, ...]]) -> tuple[str, ...]:
    """The name of which another is a genitive that has no apostrophe: "Jane Roes Rede"."""
    whole = (name[0], name[1].removesuffix("s"))
    return whole if name[1].endswith("s") and whole in full else name


def _identity(keys: tuple[str, ...]) -> tuple[str, ...]:
    """What two spellings of a full name share: the first word and the surname."""
    return (keys[0], surname_key(keys))


def _person(group: list[PersonMention]) -> Person:
    names = Counter(name_in(mention) for mention in group)
    longest = max(len(name.split()) > 1 for name in names)
    usable = [name for name in names if (len(name.split()) > 1) == longest]
    lang = group[0].run.segment.lang
    if len(usable) > 1 and is_inflected(lang):
        usable = [n for n in usable if not any(is_case_of(n, m, lang) for m in usable)] or usable
    best = max(usable, key=lambda name: names[name])
    spots = sorted({Mention(one.start, one.end, one.rule) for one in group}, key=lambda m: m.start)
    keys = max((one.keys for one in group if name_in(one) in usable), key=len)
    offices = sorted({one.office for one in group} - {""})
    return Person(Entity(best, tuple(spots)), keys, tuple(sorted(usable)), tuple(offices), lang)
