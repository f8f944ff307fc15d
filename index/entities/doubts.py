"""What one release leaves in doubt and the archive may know: capitalised words, perhaps a name."""

from __future__ import annotations

from index.entities.evidence import weigh, well_formed
from index.entities.gazetteer import gazetteer
from index.entities.lexicon import lexicon
from index.entities.pieces import Piece
from index.entities.runs import SUFFIXES

_AT_LEAST = -0.5
"""What must speak for two or more words for the archive to be asked about them at all."""


def _goes_on_in_a_headline(piece: Piece) -> bool:
    """Whether the words after a lone one have their capitals from the headline: "Doe Meets ..."."""
    after = piece.after[0]
    ordinary = piece.run.is_ordinary(after) and after.key not in lexicon().organisation
    return piece.run.segment.heading and ordinary


def could_be_person(piece: Piece) -> bool:
    """Whether words that the release does not prove a name are worth asking the archive about."""
    names = [word for word in piece.words if word.key not in SUFFIXES]
    if not names or not well_formed(names):
        return False
    if len(names) > 1:
        return weigh(piece).score >= _AT_LEAST
    word = names[0]
    return (
        not piece.before
        and (not piece.after or _goes_on_in_a_headline(piece))
        and len(word.key) > 3
        and word.key.isalpha()
        and not piece.run.is_ordinary(word)
        and not lexicon().is_given(word.key)
        and gazetteer().find(word.text) is None
    )
