"""Known items: is the release whose title was typed the first result? ``python -m bench.known``.

Titles that only one release of the index bears are typed as they are, in lower case, with two
words left out and with one letter wrong, and asked of ``/search.json``. Every title that was
not the first result is printed with what stood above it.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from index.settings import load_settings
from web.app import create_app

_PAGE = 1000
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

Typing = Callable[[str, random.Random], str]


def releases(client: FlaskClient) -> Iterator[dict[str, Any]]:
    """Yield every release of the index as ``/releases.json`` lists it."""
    page = 1
    while True:
        answer = client.get(f"/releases.json?page={page}&per_page={_PAGE}").json
        if not answer["results"]:
            return
        yield from answer["results"]
        page += 1


def draw(client: FlaskClient, number: int, folders: list[str], dice: random.Random) -> list[Any]:
    """Return ``number`` releases, as many of each folder, whose title is theirs alone.

    A title has at least four words. ``folders`` are the first parts of paths; none: all releases.
    """
    every = list(releases(client))
    borne = Counter(release["title"].casefold() for release in every)
    fit = [
        release
        for release in every
        if borne[release["title"].casefold()] == 1 and len(release["title"].split()) >= 4
    ]
    parts = folders or [""]
    drawn = []
    for place, folder in enumerate(parts):
        inside = [release for release in fit if release["path"].startswith(folder)]
        share = number // len(parts) + (place < number % len(parts))
        drawn += dice.sample(inside, min(share, len(inside)))
    return drawn


def without_two_words(title: str, dice: random.Random) -> str:
    """Return the title without two of its words."""
    words = title.split()
    kept = sorted(dice.sample(range(len(words)), max(len(words) - 2, 2)))
    return " ".join(words[place] for place in kept)


def one_letter_wrong(title: str, dice: random.Random) -> str:
    """Return the title with another letter in the middle of one of its longer words."""
    words = title.split()
    long = [place for place, word in enumerate(words) if len(word) >= 5 and word.isalpha()]
    if not long:
        return title
    place = dice.choice(long)
    letter = dice.randrange(1, len(words[place]))
    wrong = dice.choice([other for other in _LETTERS if other != words[place][letter].lower()])
    words[place] = words[place][:letter] + wrong + words[place][letter + 1 :]
    return " ".join(words)


WAYS: dict[str, Typing] = {
    "as they are": lambda title, dice: title,
    "lower case": lambda title, dice: title.lower(),
    "two words dropped": without_two_words,
    "one letter wrong": one_letter_wrong,
}


def main(arguments: list[str]) -> None:
    """Print the share of titles found first, by the way they were typed, and what was not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the data folder of an indexed archive")
    parser.add_argument("folders", nargs="*", help="draw as many of each of these folders")
    parser.add_argument("--number", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    client = create_app(load_settings({"DATELINE_DATA": str(asked.data)})).test_client()
    drawn = draw(client, asked.number, asked.folders, random.Random(asked.seed))
    print(f"{len(drawn)} titles")
    for way, typed in WAYS.items():
        dice = random.Random(asked.seed)
        missed = []
        for release in drawn:
            text = typed(release["title"], dice)
            first = client.get("/search.json", query_string={"q": text, "per_page": 1}).json
            found = first["results"][0] if first["results"] else {"id": None, "title": ""}
            if found["id"] != release["id"]:
                missed.append((text, found["title"]))
        print(f"{way}: {1 - len(missed) / max(len(drawn), 1):.1%} first")
        for text, above in missed:
            print(f"    {text!r}\n        above it: {above!r}")


if __name__ == "__main__":
    main(sys.argv[1:])
