"""What the words around a quotation say of its speaker; pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from index.entities.quote_marks import Marked, words_in
from index.entities.quoted_text import Text
from index.entities.saying import PERSON, Sayings, is_subject, is_title

_FEW_WORDS = 3
"""So few words between quotation marks are a name, or words held at arm's length, unless a comma
and a verb of saying follow them."""
_TAIL = 160
_REST = 240
_SHORT_TAIL = 60
_AROUND = 280
"""Characters after a quotation in which its speaker is looked for; twice as many before."""
_PARTS = ",?!…–—-،"
_THAT = re.compile(r"(?:^|[\s,:])(?:that|dass|que|che|что|כי)?\Z", re.IGNORECASE)
_NAMES = re.compile(f"{PERSON}+")
_ALONE = re.compile(rf"(?P<gap>[^,:;{PERSON}]{{0,80}}?)(?P<who>{PERSON}+)(?!['’]s|['’]\s)[ ,(]")
_SIGNED = re.compile(r"(?:,[^.!?]{0,160})?\.?\s*")
_SAYING = re.compile(r",?\s(?:by )?(?:saying|adding|stating|noting)(?: that)?,\Z")
_ALSO_WHO = re.compile(rf"\s?(?:,|and|&|und|et|y|e|и)\s+(?:[\w.]+\s+){{0,3}}{PERSON}")


class Clue(NamedTuple):
    """What says who speaks: a name, a pronoun or an office that begins ``at`` (in the block).

    ``kind`` is ``who``, ``they``, ``office``, or ``nobody``: somebody speaks who is not named.
    The words that say it end at ``end``.
    """

    kind: str
    at: int
    word: str
    rule: str
    end: int


def after(text: Text, mark: Marked, end: int, patterns: Sayings) -> Clue | None:
    """Return the clue that follows a quotation: "…," said X; "…," X said; "…" – X.

    ``end`` is where the next quotation begins, or the block ends.
    """
    if mark.open:
        return None
    at = mark.end
    rest = text.masked[at : min(end, at + _AROUND)]
    last = text.text[mark.start : mark.end - 1].rstrip()[-1:]
    part = last in _PARTS or rest.lstrip()[:1] in (",", "–", "—", "-", "،")
    if not part and words_in(text.text[mark.start : mark.end]) < _FEW_WORDS:
        return None
    found = patterns.said_who.match(rest)
    if found:
        return _turned(found, rest, at)
    for pattern in (patterns.who_said, patterns.they_said, patterns.office_said):
        found = pattern.match(rest)
        if found and _is_clause(found, rest, part):
            return _clue(found, at, "X said")
    found = patterns.according.match(rest)
    if found and is_title(found["gap"]):
        return _clue(found, at, "according to X")
    found = patterns.signed.match(rest)
    if found and is_title(found["gap"]) and _SIGNED.fullmatch(text.text[at + found.end() :]):
        return _clue(found, at, "signed by X")
    verb = patterns.verb.search(rest[:_SHORT_TAIL]) if part else None
    if verb and not rest[: verb.start()].strip(" ,.–—-"):
        return Clue("nobody", at, "", "", at + verb.end())
    return None


def before(text: Text, mark: Marked, start: int, patterns: Sayings) -> Clue | None:
    """Return the clue that leads to a quotation in its sentence: X said: "…"; X said that "…".

    ``start`` is where the quotation before it ends, or 0.
    """
    first = max(start, mark.start - 2 * _AROUND)
    words = text.masked[first : mark.start]
    if not words.strip() or not (
        words.rstrip().endswith((":", ",")) or patterns.verb.search(words)
    ):
        return None
    if ". " in words or "\n" in words or "?" in words or "!" in words:
        first = max(first, text.sentences[bisect_right(text.sentences, mark.start) - 1])
    quoted = text.text[mark.start : mark.end]
    return leading(text.masked[first : mark.start], first, quoted, patterns)


def leading(words: str, first: int, quoted: str, patterns: Sayings) -> Clue | None:
    """Return the clue in the words that lead to a quotation; they begin at ``first``."""
    if not words.strip():
        return None
    found = patterns.according_before.search(words)
    if found and is_title(found["gap"]):
        return _clue(found, first, "according to X")
    found = patterns.before_turned.search(words)
    if found and is_title(found["gap"]):
        return _clue(found, first, "said X:")
    *_, found = [None, *patterns.before.finditer(words)]
    if found is None or not _leads(words[found.end() :], quoted, patterns):
        return _only_subject(words, first)
    tail = words[found.end() :].rstrip()
    rule = "X said:" if not tail or tail.endswith((":", ",")) else "X said that"
    if found["who"] and not is_subject(words[: found.start("who")]):
        return Clue("nobody", first, "", "", first + found.end())
    return _clue(found, first, rule)


def is_rest_of_clause(text: Text, start: int, end: int, patterns: Sayings) -> bool:
    """Whether from the name to the next quotation there is only the rest of its clause.

    As in: "…," said Jane Roe, chief executive of Roe & Co. "…"
    """
    rest = text.masked[start:end].rstrip()
    if not rest.strip(" ,.:;–—-\u00a0"):
        return True
    if len(rest) > _REST or not rest.endswith((".", ",")):
        return False
    if any(one.sure for one in text.named_between(start, end)):
        return False
    if ". " in rest or "\n" in rest or "?" in rest:
        begins = bisect_right(text.sentences, start)
        if begins < len(text.sentences) and text.sentences[begins] < end:
            return False
    return not patterns.verb.search(rest)


def _only_subject(words: str, first: int) -> Clue | None:
    """Return the clue of a sentence that ends with a colon, or with ", saying", and one name."""
    bare = words.rstrip()
    if not bare.endswith((":", ",")) or len(_NAMES.findall(bare)) != 1:
        return None
    found = _ALONE.match(bare)
    if found is None or not is_title(found["gap"]) or " joint " in bare:
        return None
    if not bare.endswith(":") and not _SAYING.search(bare):
        return None
    return _clue(found, first, "X …:")


def _turned(found: re.Match[str], rest: str, at: int) -> Clue:
    """Return the clue of "…," said X: nobody where it is another's spokesman, or two people."""
    if found["they"]:
        return _clue(found, at, "said X")
    several = _ALSO_WHO.match(rest, found.end("who"))
    if several or not is_title(found["gap"]):
        return Clue("nobody", at, "", "", at + found.end())
    return _clue(found, at, "said X")


def _is_clause(found: re.Match[str], rest: str, part: bool) -> bool:
    """Whether "X said" after a quotation belongs to it and not to what follows."""
    groups = found.groupdict()
    if groups.get("gap") and not is_title(groups["gap"]):
        return False
    following = rest[found.end() :].lstrip()
    if following.startswith(":"):
        return False
    return part or not following or following[0] in ".;"


def _leads(tail: str, quoted: str, patterns: Sayings) -> bool:
    """Whether what stands between a verb and a quotation leads straight to it."""
    bare = tail.rstrip()
    if bare.endswith(":"):
        return len(bare) <= _TAIL
    if len(bare) > _SHORT_TAIL or PERSON in bare or patterns.verb.search(bare):
        return False
    few = words_in(quoted) < _FEW_WORDS
    if bare.endswith(",") or not bare:
        return not few or bare.endswith(",")
    return words_in(quoted) > _FEW_WORDS and bool(_THAT.search(bare))


def _clue(found: re.Match[str], first: int, rule: str) -> Clue:
    groups = found.groupdict()
    for kind in ("who", "they", "office"):
        if groups.get(kind):
            return Clue(kind, first + found.start(kind), found[kind], rule, first + found.end())
    raise ValueError("a pattern of saying without a speaker")
