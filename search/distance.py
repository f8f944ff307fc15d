"""How many typing mistakes lie between two words."""

from __future__ import annotations


def within_distance(first: str, second: str, most: int) -> bool:
    """Whether at most ``most`` edits (a few) turn ``first`` into ``second``.

    An edit inserts, deletes or replaces a letter or swaps two neighbours; no letter is edited
    twice (optimal string alignment, the restricted Damerau-Levenshtein distance).
    """
    if first == second:
        return True
    if most == 0 or abs(len(first) - len(second)) > most:
        return False
    at = 0
    for letter, other in zip(first, second, strict=False):
        if letter != other:
            break
        at += 1
    # What both begin with costs nothing; at the first difference each edit is tried.
    one, two, left = first[at + 1 :], second[at + 1 :], most - 1
    if (
        within_distance(one, two, left)
        or within_distance(one, second[at:], left)
        or within_distance(first[at:], two, left)
    ):
        return True
    swapped = first[at : at + 2] == second[at : at + 2][::-1] and len(first) > at + 1
    return swapped and within_distance(first[at + 2 :], second[at + 2 :], left)
