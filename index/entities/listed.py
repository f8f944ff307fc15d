"""Whether a name of the gazetteer is that place where it stands, and not part of another name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from index.entities.cities import City
from index.entities.gazetteer import SURE_FROM, Grade, gazetteer
from index.entities.lexicon import lexicon, word_set
from index.entities.located import in_local_case, is_located
from index.entities.matching import PlaceMatch, Word
from index.entities.regions import region_code
from index.entities.runs import ROMANCE, Run
from index.entities.spots import Spans, Spot

_DIRECTIONS = word_set(
    "north south east west northern southern eastern western central upper lower greater "
    "northeast northwest southeast southwest northeastern northwestern southeastern "
    "southwestern downtown mainland modern ancient inner outer"
)
# These do not make an organisation of the place they belong to: "City of X", "King of X".
_OF_PLACE = word_set(
    "city state republic kingdom province town county district region territory island islands "
    "port capital coast gulf people president king queen prince emir sultan minister governor "
    "mayor ambassador embassy secretary"
)
_NOBLES = word_set("princess duke duchess earl marquess marchioness count countess viscount statue")
_PLACE_TAIL = word_set("province city county district region governorate oblast state island")
_PRODUCT = re.compile(
    r"(?:-based)? (?:[Bb]lockchains?|tokens?|coins?|memecoins?|mainnet|testnet|wallets?|protocols?|"
    r"programming|code|codebase|bytecode|runtime|applets?|API|SDK|[Vv]irtual [Mm]achines?)\b"
)
_COUNTIES = word_set("county parish township")
_TERRITORY = re.compile(
    r"^ (?:territory|territories|soil|border|borders|airspace|coast|coastline|city|cities|town|"
    r"towns|village|villages|waters|province|provinces|capital|mainland|desert|side of the border|"
    r"countryside|port|shores|frontier)\b"
)
# "U.S." and "UK" before a capital are part of a name ("U.S. Attorney"), before these they are not.
# Before a small letter they count ("U.S. forces"): newswire gold has them, government gold has not
# (place F1 .797 to .827 on the one, .745 to .737 on the other).
_SHORT_COUNTRIES = frozenset({"u.s", "us", "u.k", "uk"})
_NOUN_AFTER = re.compile(
    r"^(?:[.,;:!?)”\"’]| ?\(|$|\s*[-–—]\s| (?:and|or|is|was|has|had|will|to|in|on|for|of|by|with|"
    r"from|at|as|that|which|who|would|should|can|could|must|are|were|have|do|does|did|may|since|after|"
    r"before|during|under|through|but|if|when|while|because|than|against|this|over|into|"
    r"without)\b| (?!citizen|national|dollar)[a-z])"
)


def listed_spots(run: Run, previous: Run | None, people: Spans, done: int) -> list[Spot]:
    """The gazetteer's places in a run; what begins before ``done`` is accounted for already."""
    spots: list[Spot] = []
    base = run.segment.start
    for match in run.places:
        word = run.words[match.first]
        start, end = base + word.start, base + match.end
        if start < done or people.overlap(start, end):
            continue
        rule, name = _judge(run, match, previous)
        if rule == "based":
            end = start + len(word.text) - len("-based")
        if rule:
            spots.append(Spot(name, start, end, rule, rule != "bare"))
    return spots


def products_in(runs: Iterable[Run]) -> frozenset[str]:
    """Names of towns and islands that are here those of techniques: "the Java runtime"."""
    return frozenset(
        match.place.name
        for run in runs
        for match in run.places
        if match.place.kind in ("city", "region")
        and match.size == 1
        and not (match.place.kind == "city" and match.place.grade is Grade.SURE)
        and _PRODUCT.match(run.segment.text[match.end : match.end + 24])
    )


def demonym_spots(run: Run) -> list[Spot]:
    """Countries told by adjective and ground: "Syrian territory", but not "Syrian president"."""
    demonyms = lexicon().demonyms
    spots = []
    for word in run.words:
        code = demonyms.get(word.key)
        if code and _TERRITORY.match(run.segment.text[word.end : word.end + 30]):
            start = run.segment.start + word.start
            name = gazetteer().countries[code]
            end = run.segment.start + word.end
            spots.append(Spot(name, start, end, "demonym-territory", True))
    return spots


def _judge(run: Run, match: PlaceMatch, previous: Run | None) -> tuple[str, str]:
    """The rule by which the name is a place here, "bare" for a doubtful one, "" for none."""
    text = run.segment.text
    place, word = match.place, run.words[match.first]
    name = place.name
    if word.key in _SHORT_COUNTRIES and not _NOUN_AFTER.match(text[match.end : match.end + 40]):
        return "", name
    if _longer_name(run, match, previous):
        return "", name
    region = region_code(text[match.end : match.end + 40])
    if region and place.kind == "city":
        return "city-state", _with_region(run, match, region)
    if place.name.startswith("Washington,") and text[: word.start].endswith(", "):
        name = "Washington"  # "Seattle, Washington" is not the capital
    alone = match.size == len(run.words)
    if place.grade is Grade.DOUBTFUL:
        return "", name
    if place.grade is Grade.SURE or (alone and place.kind in ("country", "state")):
        return "gazetteer", name
    if word.text.endswith("-based"):
        return "based", name
    if match.size == 1 and word.key in run.segment.lower:
        return "", name
    lead = text[max(0, word.start - 30) : word.start]
    # "To Victoria", "from Lincoln": people stand there as often.
    located = is_located(run.segment.lang, lead, certain=_is_also_a_person(word.key))
    located = located or in_local_case(run.segment.lang, text[match.end : match.end + 5])
    return ("preposition" if located else "bare"), name


def _is_also_a_person(key: str) -> bool:
    lists = lexicon()
    return lists.is_given(key) or key in lists.surnames


def _with_region(run: Run, match: PlaceMatch, region: str) -> str:
    place = match.place
    places = gazetteer()
    namesakes = places.cities.get(place.name, [])
    known = any(city.region == region or city.region[:2] == region for city in namesakes)
    if not known and (place.grade is Grade.SURE or _goes_on_with_la(run, match, namesakes)):
        return place.name  # rather a list of places: "Moscow, Washington and London"
    word = run.words[match.first]
    if not known and match.size == 1 and word.text != place.name and not word.text.isupper():
        return word.text  # "Macon, Georgia" is not the Mâcon that the gazetteer knows
    if known or not namesakes:
        return places.in_region(place.name, region)
    written = " ".join(run.segment.text[word.start : match.end].split())
    return places.in_region(place.name if written.isupper() else written, region)


def _goes_on_with_la(run: Run, match: PlaceMatch, namesakes: Sequence[City]) -> bool:
    """Whether a list goes on with Los Angeles: "Houston, LA and Boston"."""
    large = bool(namesakes) and namesakes[0].people >= SURE_FROM
    return large and run.segment.text.startswith(", LA", match.end)


def _longer_name(run: Run, match: PlaceMatch, previous: Run | None) -> bool:
    """Whether the name is part of a longer one: an organisation, a newspaper, a street."""
    before = run.words[: match.first]
    after = run.words[match.first + match.size :]
    if after and after[0].key in _COUNTIES:
        return match.place.kind == "city"  # "Dallas County" is a place of its own
    if after and after[0].key in _PLACE_TAIL:
        after = after[1:] if _organised(after[1:]) else ()
    if after and _goes_on(run, after):
        return True
    if before and not _opens_sentence(run, match):
        return _begun_before(run, before[-1])
    if before or previous is None or previous.segment is not run.segment:
        return False
    return _belongs_to(run, previous)


def _opens_sentence(run: Run, match: PlaceMatch) -> bool:
    """Whether the one word before has its capital from there: "Viajó de Londres a Madrid"."""
    text, first = run.segment.text, run.words[0]
    if match.first != 1 or run.segment.lang not in ROMANCE or _organised((first,)):
        return False
    particle = text[first.end : run.words[1].start].strip()
    return bool(particle) and text[: first.start].rstrip()[-1:] in ("", ".", "!", "?", "\n")


def _organised(words: Sequence[Word]) -> bool:
    return any(word.key in lexicon().organisation for word in words)


def _goes_on(run: Run, after: tuple[Word, ...]) -> bool:
    lists = lexicon()
    if _organised(after):
        return True
    key = after[0].key
    if run.segment.heading or key in lists.titles or key in lists.modifiers:
        return False
    return gazetteer().find(after[0].text) is None and key not in lists.given


def _begun_before(run: Run, prior: Word) -> bool:
    lists = lexicon()
    if prior.key == "nazi":
        return True
    if run.segment.heading or prior.key in _DIRECTIONS or prior.key in _OF_PLACE:
        return False
    return prior.key not in lists.common and gazetteer().find(prior.text) is None


def _belongs_to(run: Run, previous: Run) -> bool:
    lists = lexicon()
    gap = run.segment.text[previous.words[-1].end : run.words[0].start]
    owner = previous.words[-1].key
    if gap in (" for ", " for the ") and (owner in lists.titles or owner in lists.modifiers):
        return True  # an office: "Minister for the Middle East"
    if gap == " of " and (owner in _NOBLES or (owner == "prince" and run.words[0].key == "wales")):
        return True  # "Duke of Sussex"
    if gap in (" of ", " of the ", " for ", " for the "):
        return owner in lists.organisation and owner not in _OF_PLACE
    return False
