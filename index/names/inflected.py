"""Who is meant by names in another case than the nominative: pure, from counts of releases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from index.entities.cases import is_case_of, is_inflected
from index.names.claim_table import Said

FEW = 2
"""Releases that must name a person before a genitive without apostrophe is theirs."""


def inflected_names(
    rows: Iterable[Said], people: Mapping[str, Mapping[str, int]], surname: str
) -> dict[str, str]:
    """Names in another case and whom they name, where the nominative is met and leaves no doubt.

    ``people`` are the forms of each person of the surname with their releases, ``surname`` is who
    is meant by it alone, if that is decided.
    """
    rows = list(rows)
    alone = {row.form: row.releases for row in rows if row.state == "surname"}
    cased: dict[str, Counter[str]] = {}
    for row in rows:
        if row.state == "inflected":
            cased.setdefault(row.form, Counter())[row.details[0]] += row.releases
    found = {}
    for form, languages in cased.items():
        lang = max(languages, key=lambda one: (languages[one], one))
        if " " in form:
            owners = [name for name, forms in people.items() if _is_one(form, forms, lang)]
        else:
            owners = [surname] if surname else [n for n in alone if is_case_of(form, n, lang)]
        least = 1 if is_inflected(lang) else max(FEW, languages.total() + 1)
        owner = owners[0] if len(owners) == 1 else ""
        if owner and sum(people.get(owner, {owner: alone.get(owner, 0)}).values()) >= least:
            found[form] = owner
    return found


def _is_one(form: str, forms: Mapping[str, int], lang: str) -> bool:
    return any(is_case_of(form, other, lang) for other in forms)
