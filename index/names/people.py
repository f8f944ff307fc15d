"""What the archive makes of the people of one surname: pure, from counts of releases.

Every rule asks for a clear majority and for two or more releases, so that a small archive decides
little and two people of one surname are left apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from index.entities.lexicon import lexicon
from index.entities.offices import COURTESY
from index.entities.runs import SUFFIXES, key_of
from index.names.claim_table import Said
from index.names.inflected import inflected_names

MAJORITY = 0.9
"""Share of the releases that one person must have for what could be another's."""
OFFICE_MAJORITY = 0.85
"""Share of the releases naming an office with a surname that one person must have."""
FEW = 2
"""Releases that must name a person clearly, or with an office, before others join them."""
SEVERAL = 3
"""Releases that must name a person in full before a bare surname joins them."""
OFTEN = 5
"""How many times as often a name must be met for a seldom one to be the same person's."""
_DOUBTED = 3
"""A name is believed where in doubt if it is clear in one of so many releases at least."""


@dataclass(slots=True)
class _Somebody:
    """Forms of a name that are one person's, with the releases of each."""

    first: str
    middles: tuple[str, ...]
    suffix: str
    forms: Counter[str] = field(default_factory=Counter)
    clear: int = 0
    doubtful: int = 0
    offices: Counter[str] = field(default_factory=Counter)

    @property
    def releases(self) -> int:
        return self.forms.total()

    @property
    def name(self) -> str:
        """The form of most releases; of equals the longer, then the first by alphabet."""
        return min(self.forms, key=lambda form: (-self.forms[form], -len(form), form))

    @property
    def real_offices(self) -> set[str]:
        return set(self.offices) - COURTESY


def decide_people(said: Iterable[Said]) -> dict[str, Any]:
    """Decide on a surname: a table with the entries that say something, empty if none does.

    ``same``: the form each other form is filed under. ``drop``: forms that are no person.
    ``accept``: forms that are one where a release alone is in doubt. ``office``: who is meant by
    the surname after this office. ``surname``: who by the surname where it is known to name a
    person, ``bare``: who even where nothing else speaks for that. ``inflected``: who is meant by a
    name in another case.
    """
    rows = list(said)
    forms = _forms(rows)
    dropped = sorted(form for form, one in forms.items() if _is_nobody(one))
    for form in dropped:
        del forms[form]
    people = _grouped(forms, _also(rows))
    accepted = sorted(form for one in people for form in _accepted(one, forms))
    decision: dict[str, Any] = {
        "same": {
            form: one.name
            for one in people
            if one.releases
            for form in sorted({*one.forms, *_doubtful_forms(one, forms)})
            if form != one.name
        },
        "drop": dropped,
        "accept": accepted,
    }
    named = [one for one in people if one.releases]
    decision["office"] = _by_office(named)
    surname = _majority(named, SEVERAL)
    decision["surname"] = surname
    bare = sum(row.releases for row in rows if row.state == "bare")
    leader = max((one.releases for one in named), default=0)
    decision["bare"] = surname if 2 * leader >= bare else ""
    decision["inflected"] = inflected_names(rows, {one.name: one.forms for one in named}, surname)
    return {name: value for name, value in decision.items() if value}


def _forms(rows: Iterable[Said]) -> dict[str, _Somebody]:
    """What is said of each full form by itself."""
    forms: dict[str, _Somebody] = {}
    for row in rows:
        if row.state not in ("clear", "weak", "doubtful"):
            continue
        one = forms.get(row.form)
        if one is None:
            one = forms[row.form] = _Somebody(*_parts(row.form))
        if row.state == "doubtful":
            one.doubtful += row.releases
            continue
        one.forms[row.form] += row.releases
        one.clear += row.releases if row.state == "clear" else 0
        for office in row.details:
            one.offices[office] += row.releases
    return forms


def _parts(form: str) -> tuple[str, tuple[str, ...], str]:
    keys = [key_of(word) for word in form.replace(",", " ").split()]
    names = [key for key in keys if key not in SUFFIXES]
    suffix = " ".join(key for key in keys if key in SUFFIXES)
    first, *others = names or keys or [""]
    initials = first.replace(".", "") if "." in first else ""
    if initials:  # "J.D. Vance"
        return initials[0], (*initials[1:], *others[:-1]), suffix
    return first, tuple(others[:-1]), suffix


def _is_nobody(one: _Somebody) -> bool:
    """Whether nothing but little evidence in some releases speaks for a person, and most doubt."""
    return bool(one.releases) and not one.clear and one.doubtful >= 2 * one.releases


def _also(rows: Iterable[Said]) -> set[frozenset[str]]:
    """Pairs of forms that one release uses for one person."""
    return {frozenset((row.form, *row.details)) for row in rows if row.state == "also"}


def _grouped(forms: dict[str, _Somebody], also: set[frozenset[str]]) -> list[_Somebody]:
    """Join the forms of one person: middle names left out, initials, short forms of given names."""
    order = sorted(forms, key=lambda form: (-forms[form].releases, -len(form), form))
    people: list[_Somebody] = []
    for form in order:
        if len(forms[form].first) > 1:
            _add(people, forms[form], also)
    _join_short_names(people)
    whole = list(people)
    for form in order:
        one = forms[form]
        if len(one.first) == 1:
            owner = _owner_of_initial(one, whole) or _called_by_second_name(one, whole)
            if owner:
                _merge(owner, one)
            else:
                _add(people, one, also)
    return people


def _add(people: list[_Somebody], one: _Somebody, also: set[frozenset[str]]) -> None:
    fits = [other for other in people if other.first == one.first and _compatible(other, one)]
    if len(fits) > 1:
        # "George Bush" between "George W." and "George H.W.": only with a clear majority.
        leader = max(fits, key=lambda other: other.releases)
        fits = [leader] if leader.releases >= MAJORITY * sum(o.releases for o in fits) else []
    if fits and _same_person(fits[0], one, also):
        _merge(fits[0], one)
    else:
        people.append(one)


def _compatible(one: _Somebody, other: _Somebody) -> bool:
    """Whether no middle name or suffix of the one contradicts one of the other."""
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return False
    if not one.middles or not other.middles:
        return True
    if len(one.middles) != len(other.middles):
        return False
    return all(
        a == b or (a[0] == b[0] and min(len(a), len(b)) == 1)
        for a, b in zip(_plain(one.middles), _plain(other.middles), strict=True)
    )


def _plain(words: Sequence[str]) -> list[str]:
    return [word.replace(".", "") or word for word in words]


def _same_person(one: _Somebody, other: _Somebody, also: set[frozenset[str]]) -> bool:
    """Whether two compatible forms are one person's: by office, by a release, or both frequent."""
    if (one.middles, one.suffix) == (other.middles, other.suffix):
        return True
    if any(frozenset((a, b)) in also for a in one.forms for b in other.forms):
        return True
    mine, others = one.real_offices, other.real_offices
    if mine and others:
        return bool(mine & others)
    return one.releases >= FEW and (other.releases >= FEW or not other.releases)


def _merge(one: _Somebody, other: _Somebody) -> None:
    one.forms.update(other.forms)
    one.offices.update(other.offices)
    one.clear += other.clear
    one.doubtful += other.doubtful
    if len(other.first) > 1 or other.first == one.first[0]:
        one.middles = one.middles or other.middles
    one.suffix = one.suffix or other.suffix


def _join_short_names(people: list[_Somebody]) -> None:
    """Join "Bob" and "Robert" of one surname who hold one office, where no third could be meant.

    One without an office who is named much less often is the other one too.
    """
    groups: defaultdict[str, list[_Somebody]] = defaultdict(list)
    for one in people:
        for long in lexicon().short_names.get(one.first, (one.first,)):
            groups[long].append(one)
    for _, group in sorted(groups.items()):
        if len(group) != 2 or group[0].first == group[1].first:
            continue
        one, other = sorted(group, key=lambda somebody: -somebody.releases)
        if one not in people or other not in people or not _compatible(one, other):
            continue
        seldom = not other.real_offices and one.releases >= max(SEVERAL, OFTEN * other.releases)
        if seldom or one.real_offices & other.real_offices:
            _merge(one, other)
            people.remove(other)


def _owner_of_initial(one: _Somebody, people: Sequence[_Somebody]) -> _Somebody | None:
    fits = [
        other
        for other in people
        if other.first[:1] == one.first and _compatible(other, one) and other.releases
    ]
    leader = max(fits, key=lambda other: other.releases, default=None)
    if leader is None or leader.clear < FEW:
        return None
    if leader.releases < MAJORITY * sum(other.releases for other in fits):
        return None
    mine, others = one.real_offices, leader.real_offices
    return leader if not mine or not others or mine & others else None


def _called_by_second_name(one: _Somebody, people: Sequence[_Somebody]) -> _Somebody | None:
    """Who is called by the name after an initial: "R. David Roe" is David Roe."""
    fits = [
        other
        for other in people
        if one.middles and other.first == one.middles[0] and other.middles in ((), one.middles[1:])
    ]
    if len(fits) != 1 or fits[0].clear < FEW or not one.clear:
        return None
    mine, others = one.real_offices, fits[0].real_offices
    return fits[0] if mine & others or not (mine and others) else None


def _doubtful_forms(one: _Somebody, forms: dict[str, _Somebody]) -> list[str]:
    """Forms in doubt everywhere which are those of a person known by another."""
    return [
        form
        for form, other in forms.items()
        if not other.releases
        and len(other.first) > 1
        and other.first == one.first
        and _compatible(one, other)
    ]


def _accepted(one: _Somebody, forms: dict[str, _Somebody]) -> list[str]:
    if one.clear < FEW:
        return []
    doubted = [form for form in one.forms if forms[form].doubtful] + _doubtful_forms(one, forms)
    return [form for form in doubted if one.clear * _DOUBTED >= forms[form].doubtful]


def _by_office(people: Sequence[_Somebody]) -> dict[str, str]:
    """Who is meant by the surname after each office."""
    offices = sorted({office for one in people for office in one.offices})
    found = {}
    for office in offices:
        holders = [one for one in people if one.offices[office]]
        leader = max(holders, key=lambda one: (one.offices[office], one.name))
        total = sum(one.offices[office] for one in holders if one is leader or _is_rival(one))
        if leader.offices[office] >= max(FEW, OFFICE_MAJORITY * total):
            found[office] = leader.name
    return found


def _is_rival(one: _Somebody) -> bool:
    """Whether someone counts against another: not if named once, by what is no given name.

    Such are mostly names that were cut wrong: "R Frank Roe", "Doe Poe Roe".
    """
    return one.releases >= FEW or (len(one.first) > 1 and lexicon().is_given(one.first))


def _majority(people: Sequence[_Somebody], least: int) -> str:
    leader = max(people, key=lambda one: (one.releases, one.name), default=None)
    if leader is None or leader.clear < least:
        return ""
    total = sum(one.releases for one in people)
    return leader.name if leader.releases >= MAJORITY * total else ""
