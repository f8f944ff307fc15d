"""How many typing mistakes lie between two words."""

from __future__ import annotations


def within_distance(first: str, second: str, most: int) -> bool:
    """Whether at most ``most`` edits turn ``first`` into ``second``.

    An edit inserts, deletes or replaces a letter or swaps two neighbours; no letter is edited
    twice (optimal string alignment, the restricted Damerau-Levenshtein distance).
    """
    if first == second:
        return True
    if abs(len(first) - len(second)) > most:
        return False
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first, 1):
        older, before, row = before, row, [i]
        for j, other in enumerate(second, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most and min(before) > most:
            return False
    return row[-1] <= most
