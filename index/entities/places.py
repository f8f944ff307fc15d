"""The places a release names: by gazetteer, by what stands around a name, and by its dateline."""

from __future__ import annotations

import re
from typing import NamedTuple

from index.entities.analysis import Analysis, analyse
from index.entities.gazetteer import Grade, Place, gazetteer
from index.entities.lexicon import lexicon
from index.entities.matching import Word
from index.entities.runs import Run
from index.entities.toponyms import feature, region_code, toponym_at_end
from index.model import Entity, Mention, Passage, Release

_PREPOSITION = re.compile(
    r"\b(?:in|at|from|near|to|of|around|outside|across|through|throughout|toward|towards|into|via|"
    r"visit|visited|visits|visiting|leaving|between|within|inside|over|against|with)"
    r"(?: the| northern| southern| eastern| western| central| downtown)? $",
    re.IGNORECASE,
)
_DIRECTIONS = frozenset(
    "north south east west northern southern eastern western central upper lower greater "
    "northeast northwest southeast southwest northeastern northwestern southeastern "
    "southwestern downtown mainland modern ancient inner outer".split()
)
_OF_PLACE = frozenset(
    "city state republic kingdom province town county district region territory island islands "
    "port capital coast gulf people president king queen prince emir sultan minister governor "
    "mayor ambassador embassy secretary".split()
)
_PLACE_TAIL = frozenset("province city county district region governorate oblast state island".split())
_TERRITORY = re.compile(
    r"^ (?:territory|territories|soil|border|borders|airspace|coast|coastline|city|cities|town|"
    r"towns|village|villages|waters|province|provinces|capital|mainland|desert|side of the border|"
    r"countryside|port|shores|frontier)\b"
)
_DATELINE_AFTER = re.compile(r"^(?:,| ?[(–—-]| ?/)")
_US_NOUN = re.compile(
    r"^(?:[.,;:!?)”\"’]| ?\(|$|\s*[-–—]\s| (?:and|or|is|was|has|had|will|to|in|on|for|of|by|with|from|at|as|"
    r"that|which|who|would|should|can|could|must|are|were|have|do|does|did|may|since|after|before|"
    r"during|under|through|but|if|when|while|because|than|against|this|over|into|without)\b)"
)


_LINKS = frozenset({", ", " and ", ", and ", " or ", " & ", "; ", " und ", " et ", " y ", "/"})


class _Spot(NamedTuple):
    """A found name of a place: canonical name, offsets in the release, the rule, grade."""

    name: str
    start: int
    end: int
    rule: str
    certain: bool


def find_places(release: Release, passages: tuple[Passage, ...]) -> tuple[Entity, ...]:
    """The places of a release, most mentioned first, the dateline's among them.

    ``passages`` are not needed by these rules; they are part of the door for extractors that do.
    """
    return places_of(analyse(release))


def places_of(analysis: Analysis) -> tuple[Entity, ...]:
    """The places in an analysis already made."""
    people = [(one.start, one.end) for one in analysis.people]
    spots: list[_Spot] = []
    done = 0
    previous: Run | None = None
    for run in analysis.runs:
        found, done = _spots_in(run, previous, people, done)
        spots += found
        previous = run
    spots += _unlisted(analysis, spots, people)
    spots = _listed(analysis.release.text, spots)
    certain = {spot.name for spot in spots if spot.certain}
    kept = [spot for spot in spots if spot.certain or spot.name in certain]
    kept += _dateline(analysis.release)
    groups: dict[str, dict[tuple[int, int], Mention]] = {}
    for spot in kept:
        group = groups.setdefault(spot.name, {})
        group[(spot.start, spot.end)] = Mention(spot.start, spot.end, spot.rule)
    entities = [
        Entity(name, tuple(sorted(found.values(), key=lambda one: one.start)))
        for name, found in groups.items()
    ]
    return tuple(sorted(entities, key=lambda one: (-len(one.mentions), one.mentions[0].start)))


def _listed(text: str, spots: list[_Spot]) -> list[_Spot]:
    """Doubtful places that stand in a list next to a certain one are certain too."""
    spots = sorted(spots, key=lambda spot: spot.start)
    numbers = range(1, len(spots))
    for number, other in (*((n, n - 1) for n in numbers), *((n - 1, n) for n in reversed(numbers))):
        here, there = spots[number], spots[other]
        between = text[min(here.end, there.end) : max(here.start, there.start)]
        if there.certain and not here.certain and between in _LINKS:
            spots[number] = here._replace(rule="list", certain=True)
    return spots


def _unlisted(
    analysis: Analysis, listed: list[_Spot], people: list[tuple[int, int]]
) -> list[_Spot]:
    """Places told by the words around them alone, and their later mentions."""
    taken = sorted([*people, *((spot.start, spot.end) for spot in listed)])
    names: set[str] = set()
    found: list[_Spot] = []
    open_runs: list[tuple[str, int, int]] = []
    for run in analysis.runs:
        base = run.segment.start
        text = run.segment.text
        begin, end = run.words[0].start, run.words[-1].end
        open_runs.append((text[begin:end], base + begin, base + end))
        if run.segment.heading:
            continue
        for toponym in (feature(run), toponym_at_end(run)):
            if toponym is None:
                continue
            first, last = run.words[toponym.start], run.words[toponym.end - 1]
            start, stop = base + first.start, base + last.end
            blockers = [one for one in taken if one[0] <= start and stop <= one[1]] if toponym.rule == "feature" else taken
            if _overlaps(start, stop, people) or _overlaps(start, stop, blockers):
                continue
            name = text[first.start : last.end]
            names.add(name)
            found.append(_Spot(name, start, stop, toponym.rule, True))
            break
    done = sorted([*taken, *((spot.start, spot.end) for spot in found)])
    for text, start, stop in open_runs:
        if text in names and not _overlaps(start, stop, done):
            found.append(_Spot(text, start, stop, "named before", True))
    return found


def _overlaps(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(begin < end and start < stop for begin, stop in spans)


def _dateline(release: Release) -> list[_Spot]:
    written = release.dateline.strip()
    if not written:
        return []
    found = re.search(re.escape(written), release.text, re.IGNORECASE)
    if not found:
        return []
    city = written.split(",")[0].strip()
    name = city.title() if city.isupper() else city
    place = gazetteer().names.get(name)
    return [_Spot(place.name if place else name, *found.span(), "dateline", True)]


def _spots_in(
    run: Run, previous: Run | None, people: list[tuple[int, int]], done: int
) -> tuple[list[_Spot], int]:
    """The places in a run, and the offset up to which the text is now accounted for."""
    spots: list[_Spot] = []
    number = 0
    while number < len(run.words):
        word = run.words[number]
        if run.segment.start + word.start < done:
            number += 1
            continue
        match = _match(run, number)
        if match is None:
            spots += _demonym(run, word)
            number += 1
            continue
        place, count, end = match
        start = run.segment.start + word.start
        inside = any(begin < start + 1 and start < stop for begin, stop in people)
        if not inside:
            rule = _judge(run, number, count, place, previous)
            if rule:
                certain = rule != "bare"
                stop = run.segment.start + end
                spots.append(_Spot(place.name, start, stop, rule, certain))
        done = run.segment.start + end
        number += count
    return spots, done


def _match(run: Run, number: int) -> tuple[Place, int, int] | None:
    """The longest known name at a word: its place, how many of the run's words, its end."""
    places = gazetteer()
    word = run.words[number]
    text = run.segment.text
    upper = word.text.isupper() and len(word.text) > 3 and _in_capitals(run, number)
    first = word.text.capitalize() if upper else word.text
    for name in places.longer.get(first, ()):
        end = word.start + len(name)
        same = text.startswith(name, word.start) or (
            upper and text[word.start : end] == name.upper()
        )
        if same and not text[end : end + 1].isalnum():
            count = sum(1 for other in run.words[number:] if other.start < end)
            return places.names[name], count, end
    found = places.names.get(word.text) or (places.names.get(first) if upper else None)
    if found is None and word.text.endswith("-based"):
        found = places.names.get(word.text[:-6])
    return (found, 1, word.end) if found else None


def _in_capitals(run: Run, number: int) -> bool:
    """Whether a word in capitals is so for emphasis (a dateline, a headline), not an acronym."""
    word = run.words[number]
    text = run.segment.text
    if word.start < 4 and _DATELINE_AFTER.match(text[run.words[-1].end :]):
        return True
    letters = [char for char in text[max(0, word.start - 60) : word.end + 60] if char.isalpha()]
    return sum(char.isupper() for char in letters) > 0.8 * len(letters)


def _demonym(run: Run, word: Word) -> list[_Spot]:
    code = lexicon().demonyms.get(word.key)
    if code is None or not _TERRITORY.match(run.segment.text[word.end : word.end + 30]):
        return []
    base = run.segment.start
    name = gazetteer().countries[code]
    return [_Spot(name, base + word.start, base + word.end, "demonym-territory", True)]


def _judge(run: Run, number: int, count: int, place: Place, previous: Run | None) -> str:
    """The rule by which the name is a place here, "bare" for a doubtful one, "" for none."""
    lists = lexicon()
    words = run.words
    text = run.segment.text
    last = words[number + count - 1]
    after = words[number + count :]
    before = words[:number]
    if words[number].key in ("u.s", "us", "u.k", "uk", "u.n") and not _US_NOUN.match(text[last.end :]):
        return ""
    if _longer_name(run, before, after, previous, place):
        return ""
    rest = text[last.end : last.end + 40]
    region = region_code(rest)
    if region:
        return "city-state"
    if place.grade == Grade.DOUBTFUL:
        return ""
    alone = not before and not after
    if place.grade == Grade.SURE or (alone and place.kind in ("country", "state")):
        return "gazetteer"
    if words[number].text.endswith("-based"):
        return "based"
    lead = text[max(0, words[number].start - 30) : words[number].start]
    if count == 1 and words[number].key in run.segment.lower:
        return ""
    if _PREPOSITION.search(lead):
        return "preposition"
    return "bare"


def _longer_name(
    run: Run,
    before: tuple[Word, ...],
    after: tuple[Word, ...],
    previous: Run | None,
    place: Place,
) -> bool:
    """Whether the name is part of a longer one: an organisation, a newspaper, a street."""
    lists = lexicon()
    if after and after[0].key not in _PLACE_TAIL:
        if any(word.key in lists.organisation for word in after):
            return True
        nxt = after[0]
        if nxt.key not in lists.titles and nxt.key not in lists.modifiers and not run.segment.heading:
            if nxt.text not in gazetteer().names and nxt.key not in lists.given:
                return True
    if before:
        prior = before[-1]
        known = (
            prior.key in _DIRECTIONS
            or prior.key in lists.common
            or prior.key in _OF_PLACE
            or prior.text in gazetteer().names
        )
        if not known and not run.segment.heading:
            return True
        if prior.key == "nazi":
            return True
    elif previous is not None and previous.segment is run.segment:
        gap = run.segment.text[previous.words[-1].end : run.words[0].start]
        owner = previous.words[-1].key
        if gap in (" for ", " for the ") and (owner in lists.titles or owner in lists.modifiers):
            return True  # an office: "Minister for the Middle East"
        if gap in (" of ", " of the ", " for ", " for the "):
            return owner in lists.organisation and owner not in _OF_PLACE
    return False
