"""The places a release names: by gazetteer, by what stands around a name, and by its dateline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from index.entities.analysis import Analysis, analyse
from index.entities.foreign import foreign_spots
from index.entities.gazetteer import gazetteer
from index.entities.lexicon import lexicon, word_set
from index.entities.listed import demonym_spots, listed_spots, products_in
from index.entities.regions import region_code
from index.entities.runs import Run, key_of
from index.entities.segments import LOOKED_AT
from index.entities.spots import Spans, Spot
from index.entities.toponyms import (
    Toponym,
    feature,
    only_placed,
    toponym_at_end,
    unknown_after_in,
)
from index.model import Entity, Mention, Passage, Release

_LINKS = frozenset(
    {", ", " and ", ", and ", " or ", " & ", "; ", " und ", " et ", " y ", "/"}
) | frozenset(
    {" e ", " i ", " og ", " och ", " en ", " ve ", " şi ", " și ", " и ", " і ", " та ", " й "}
)

_ARTICLES = word_set("the el la los las le les der die das il lo gli os as het de den")


def find_places(release: Release, passages: tuple[Passage, ...]) -> tuple[Entity, ...]:
    """The places of a release, most mentioned first, the dateline's among them.

    ``passages`` are not needed by these rules; they are part of the door for extractors that do.
    """
    return places_of(analyse(release))


def places_of(analysis: Analysis) -> tuple[Entity, ...]:
    """The places in an analysis already made."""
    return spots_of(analysis).entities()


class PlaceSpots(NamedTuple):
    """Where places stand: those believed, those in doubt, and the dateline's.

    ``products`` are names of places that are those of techniques in this release.
    """

    kept: tuple[Spot, ...]
    doubtful: tuple[Spot, ...]
    dateline: tuple[Spot, ...]
    products: frozenset[str] = frozenset()

    def entities(self) -> tuple[Entity, ...]:
        """One value for each place believed, most mentioned first."""
        # The dateline comes last: where a place was found for another reason too, it is the rule.
        return entities_at((*self.kept, *self.dateline))


def spots_of(analysis: Analysis) -> PlaceSpots:
    """Where places stand in an analysis already made."""
    text = analysis.release.text
    people = Spans((one.start, one.end) for one in analysis.people)
    spots: list[Spot] = []
    done = 0
    previous: Run | None = None
    for run in analysis.runs:
        found = listed_spots(run, previous, people, done)
        spots += found
        spots += demonym_spots(run)
        if run.places:
            done = run.segment.start + run.places[-1].end
        previous = run
    products = products_in(analysis.runs)
    spots = [spot for spot in spots if spot.name not in products]
    spots = _listed_together(text, spots)
    spots += foreign_spots(analysis.release.lang, analysis.segments, spots)
    spots += _unlisted(analysis.runs, spots, people, analysis.release.lang)
    certain = {spot.name for spot in spots if spot.certain}
    kept = [spot for spot in spots if spot.certain or spot.name in certain]
    doubtful = [spot for spot in spots if not spot.certain and spot.name not in certain]
    dateline = dateline_spots(analysis.release)
    kept = _told_apart(kept, dateline, text)
    return PlaceSpots(tuple(kept), tuple(doubtful), tuple(dateline), products)


def entities_at(spots: Iterable[Spot]) -> tuple[Entity, ...]:
    """One value for each name, most mentioned first; of two spots at one place the last counts."""
    groups: dict[str, dict[int, Mention]] = {}
    for spot in spots:
        mention = Mention(spot.start, spot.end, spot.rule)
        groups.setdefault(spot.name, {})[spot.start] = mention
    entities = [
        Entity(name, tuple(sorted(found.values(), key=lambda one: one.start)))
        for name, found in groups.items()
    ]
    return tuple(sorted(entities, key=lambda one: (-len(one.mentions), one.mentions[0].start)))


def _listed_together(text: str, spots: list[Spot]) -> list[Spot]:
    """Doubtful places that stand in a list next to a certain one are certain too."""
    spots = sorted(spots, key=lambda spot: spot.start)
    numbers = range(1, len(spots))
    for number, other in (*((n, n - 1) for n in numbers), *((n - 1, n) for n in reversed(numbers))):
        here, there = spots[number], spots[other]
        if here.certain or not there.certain:
            continue
        between = text[min(here.end, there.end) : max(here.start, there.start)]
        if between in _LINKS:
            spots[number] = here._replace(rule="list", certain=True)
    return spots


def _told_apart(spots: list[Spot], dateline: list[Spot], text: str) -> list[Spot]:
    """Where a release says "Portland, Maine" once, its bare Portland is the same."""
    qualified: dict[str, set[str]] = {}
    for spot in spots:
        if spot.rule == "city-state":
            qualified.setdefault(text[spot.start : spot.end], set()).add(spot.name)
    for spot in dateline:
        qualified.setdefault(spot.name.partition(",")[0], set()).add(spot.name)
    only = {written: next(iter(names)) for written, names in qualified.items() if len(names) == 1}
    return [spot._replace(name=only.get(text[spot.start : spot.end], spot.name)) for spot in spots]


def _unlisted(runs: Sequence[Run], listed: list[Spot], people: Spans, lang: str) -> list[Spot]:
    """Places told by the words around them alone, and their later mentions."""
    taken = Spans((spot.start, spot.end) for spot in listed)
    names: dict[str, str] = {}
    found: list[Spot] = []
    told = [feature, toponym_at_end]
    # In other languages nouns have capitals, or "in" is no such word.
    for rules in (told, [unknown_after_in] if lang in ("", "en") else []):
        for run in runs:
            spot = None if run.segment.heading else _unlisted_in(run, rules, taken, people)
            written = _written(run, spot) if spot else ""
            if spot and written not in names:
                names[written] = spot.name
                found.append(spot)
            elif spot and rules is told:
                found.append(spot)
    elsewhere = {_words(run) for run in runs if not (only_placed(run) or run.segment.heading)}
    found = [spot for spot in found if spot.rule != "in" or spot.name not in elsewhere]
    names = {written: name for written, name in names.items() if name in {s.name for s in found}}
    done = Spans([*((s.start, s.end) for s in listed), *((s.start, s.end) for s in found)])
    for run in runs:
        base, begin, end = run.segment.start, run.words[0].start, run.words[-1].end
        name = names.get(_words(run))
        free = not done.overlap(base + begin, base + end)
        if name and free and not people.overlap(base + begin, base + end):
            found.append(Spot(name, base + begin, base + end, "named before", True))
    return found


def _words(run: Run) -> str:
    return run.segment.text[run.words[0].start : run.words[-1].end]


def _written(run: Run, spot: Spot) -> str:
    begin = run.segment.start
    return run.segment.text[spot.start - begin : spot.end - begin]


def _unlisted_in(
    run: Run, rules: Sequence[Callable[[Run], Toponym | None]], taken: Spans, people: Spans
) -> Spot | None:
    base, text = run.segment.start, run.segment.text
    for toponym in (rule(run) for rule in rules):
        if toponym is None:
            continue
        first, last = run.words[toponym.start], run.words[toponym.end - 1]
        start, end = base + first.start, base + last.end
        known = taken.cover if toponym.rule == "feature" else taken.overlap
        if not known(start, end) and not people.overlap(start, end):
            name = text[first.start : last.end]
            region = region_code(text[last.end : last.end + 40])
            if region and toponym.rule == "city-state":
                name = gazetteer().in_region(name, region)
            return Spot(name, start, end, toponym.rule, True)
    return None


def _as_elsewhere(name: str, text: str) -> str:
    """A name as the text has it in mixed letters: "MCKINNEY, Texas" is McKinney there."""
    if len(name) < 4 or " " in name:
        return name
    forms = re.findall(rf"\b{re.escape(name)}\b", text[:LOOKED_AT], re.IGNORECASE)
    mixed = Counter(form for form in forms if not (form.isupper() or form.islower()))
    return mixed.most_common(1)[0][0] if mixed else name


def _is_no_place(name: str) -> bool:
    """Whether what a release opens with is no place: "Her Excellency Dr. (Ms.) Roe"."""
    keys = [key_of(word) for word in name.split()]
    return keys[-1] in lexicon().titles or (len(keys) == 1 and keys[0] in _ARTICLES)


def dateline_spots(release: Release) -> list[Spot]:
    """The place that the release opens with, where it stands first; none without a dateline."""
    written = release.dateline.strip()
    found = (
        re.search(re.escape(written), release.text[:LOOKED_AT], re.IGNORECASE) if written else None
    )
    if found is None:
        return []
    city, _, rest = written.partition(",")
    name = city.strip()
    if not any(map(str.isalpha, name)) or _is_no_place(name):
        return []
    name = " ".join(
        word.capitalize() if word.isupper() and len(word) > 2 else word for word in name.split()
    )
    name = _as_elsewhere(name, release.text)
    places = gazetteer()
    place = places.find(name)
    region = region_code(f",{rest}") if rest else ""
    if region:
        name = places.in_region(place.name if place else name, region)
    elif place is not None:
        name = place.name
    return [Spot(name, *found.span(), "dateline", True)]
