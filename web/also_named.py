"""Another way of writing a name, as the operator's aliases have it: the page it leads to."""

from __future__ import annotations

from index.errors import SettingsError
from index.names.alias_file import load_aliases
from web.site import current_site


def name_of(facet: str, written: str) -> str:
    """Return the value of a facet (person, place) for a way of writing it, case aside.

    Empty where the aliases do not know it, or cannot be read.
    """
    try:
        aliases = load_aliases(current_site().settings.aliases)
    except SettingsError:
        return ""
    names = aliases.person_names if facet == "person" else aliases.place_names
    folded = {other.casefold(): name for other, name in names.items()}
    found = folded.get(written.casefold(), "")
    return "" if found == written else found
