"""What the words around a quotation say of its speaker; pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from index.entities.lexicon import word_set
from index.entities.quote_marks import Marked, words_in
from index.entities.quoted_text import Text
from index.entities.saying import MAYBE, NAMES, PERSON, QUOTED, Sayings, is_subject, is_title

_FEW_WORDS = 3
"""So few words between quotation marks are a name, or words held at arm's length, unless a comma
and a verb of saying follow them."""
_TAIL = 160
_REST = 240
_SHORT_TAIL = 60
_AROUND = 280
"""Characters after a quotation in which its speaker is looked for; twice as many before."""
_ENDS = ".?!…"
_PARTS = ",?!…–—-،"
_THAT = re.compile(r"(?:^|[\s,:])(?:that|dass|que|che|что|כי)?\Z", re.IGNORECASE)
_NAMES = re.compile(f"{PERSON}+")
_MAYBE = re.compile(f"{MAYBE}+")
_ALONE = re.compile(
    rf"(?:[^,:;{PERSON}{MAYBE}]{{2,60}},\s)?(?P<gap>[^,:;{PERSON}{MAYBE}]{{0,80}}?)"
    rf"(?P<who>{PERSON}+|{MAYBE}+)(?!['’]s|['’]\s)(?:[ ,(]|:\Z)"
)
_SMALL = re.compile(r"(?:\s[^\W\dA-Z][\w'’-]*+){1,10}")
_OF_THINGS = frozenset({"announced", "shared", "released", "reported", "welcomed", "thanked"})
_TO_SOMEBODY = word_set(
    "told tells asked asks telling thanked praised urged urges warned warns called described"
    " welcomed condemned reassured"
)
_HYPHENS = ("-", "‑")
_SIGNED = re.compile(r"(?:,[^.!?]{0,160})?\.?\s*")
_SAYING = re.compile(r",?\s(?:by )?(?:saying|adding|stating|noting)(?: that)?,\Z")
_AND = r"(?:and|&|und|et|y|e|и)"
_ALSO_WHO = re.compile(
    rf"\s?(?:,\s+(?:[\w.]+\s+){{0,3}}{PERSON}++(?!\s(?!{_AND}\b)[^\W\dA-Z])"
    rf"|{_AND}\s+(?:[\w.]+\s+){{0,3}}{NAMES})"
)
_OWNER = re.compile(rf"\s(?:[\w.&-]+\s+){{1,6}}?(?P<who>{PERSON}+)(?!['’])")


class Clue(NamedTuple):
    """What says who speaks: a name, a pronoun or an office that begins ``at`` (in the block).

    ``kind`` is ``who``, ``they``, ``office``, ``dropped`` (a verb without a subject, ``word``), or
    ``nobody``: somebody speaks who is not named.
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
    if rest[:1] in _HYPHENS and rest[1:2].isalpha():
        return None  # »Zeit«-Chefredakteur
    last = text.text[mark.start : mark.end - 1].rstrip()[-1:]
    part = last in _PARTS or rest.lstrip()[:1] in (",", "–", "—", "-", "،")
    if not part and words_in(text.text[mark.start : mark.end]) < _FEW_WORDS:
        return None
    found = patterns.said_who.match(rest)
    if found:
        return _turned(found, rest, at)
    for pattern in (patterns.who_said, patterns.they_said, patterns.office_said):
        found = pattern.match(rest)
        # "… it is time!” The report said that …" is another sentence.
        whole = pattern is patterns.office_said and found and found["office"][0].isupper()
        if found and _is_clause(found, rest, part and not whole):
            return _clue(found, at, "X said")
    found = patterns.according.match(rest)
    if found and is_title(found["gap"]):
        return _clue(found, at, "according to X")
    found = patterns.said_office.match(rest)
    if found and part:
        return _clue(found, at, "said X")
    found = patterns.his.match(rest)
    if found:
        return Clue("dropped", at, found["his"], "according to X", at + found.end())
    found = patterns.postposed.search(rest) if patterns.postposed else None
    if found and is_title(rest[: found.start()].strip(" ,.–—-")):
        return _clue(found, at, "according to X")
    found = patterns.signed.match(rest)
    if found and is_title(found["gap"]) and _SIGNED.fullmatch(text.text[at + found.end() :]):
        return _clue(found, at, "signed by X")
    verb = patterns.verb.search(rest[:_SHORT_TAIL]) if part else None
    if verb and not rest[: verb.start()].strip(" ,.–—-"):
        if patterns.dropped and rest[verb.end() :].lstrip()[:1] in ("", ".", ",", ";"):
            return Clue("dropped", at + verb.start(), verb["verb"], "said X", at + verb.end())
        return Clue("nobody", at, "", "", at + verb.end())
    return None


def inside(text: Text, mark: Marked, patterns: Sayings) -> Clue | None:
    """Return the clue inside a quotation: « This, says Jane Roe, is good »."""
    if patterns.inside is None or not text.named:
        return None
    words = text.plain[mark.start : mark.end]
    found = [one for one in patterns.inside.finditer(words) if is_title(one["gap"])]
    return _clue(found[0], mark.start, "…, said X, …") if len(found) == 1 else None


def before(text: Text, mark: Marked, start: int, patterns: Sayings) -> Clue | None:
    """Return the clue that leads to a quotation in its sentence: X said: "…"; X said that "…".

    ``start`` is where the quotation before it ends, or 0.
    """
    first = max(start, mark.start - 2 * _AROUND)
    words = text.masked[first : mark.start]
    if not words.strip():
        return None
    led = words.rstrip().endswith((":", ",")) or (patterns.postposed and PERSON in words)
    if not led and not patterns.verb.search(words):
        return None
    if ". " in words or "\n" in words or "?" in words or "!" in words:
        first = max(first, text.sentences[bisect_right(text.sentences, mark.start) - 1])
    quoted = text.text[mark.start : mark.end]
    part = _is_end_of_clause(quoted, text.text[mark.end : mark.end + 1])
    return leading(text.masked[first : mark.start], first, quoted, patterns, part)


def _is_end_of_clause(quoted: str, following: str) -> bool:
    """Whether a quotation is the end of the clause before it, as in: he “will go on.”."""
    opening = quoted[1:].lstrip()[:1]
    ends = following in ("", ",", ".", ";") or quoted[:-1].rstrip()[-1:] in (".", ",")
    return opening.islower() and ends and words_in(quoted) > _FEW_WORDS


def leading(
    words: str, first: int, quoted: str, patterns: Sayings, part: bool = False
) -> Clue | None:
    """Return the clue in the words that lead to a quotation; they begin at ``first``.

    ``part``: the quotation is the end of their clause.
    """
    if not words.strip():
        return None
    found = patterns.his.search(words)
    if found and not words[found.end() :].strip(" ,:"):
        return Clue("dropped", first, found["his"], "according to X", first + found.end())
    found = patterns.dropped.match(words) if patterns.dropped else None
    if found:
        return Clue("dropped", first, found["verb"], "X said:", first + found.end())
    found = patterns.according_before.search(words)
    if found and is_title(found["gap"]):
        return _clue(found, first, "according to X")
    found = patterns.postposed.search(words) if patterns.postposed else None
    if found and not words[found.end() :].strip(" ,:"):
        return _clue(found, first, "according to X")
    found = patterns.before_turned.search(words)
    if found and is_title(found["gap"]) and not _is_object(found, words):
        return _clue(found, first, "said X:")
    *_, found = [None, *patterns.before.finditer(words)]
    tail = words[found.end() :].rstrip() if found else ""
    goes_on = part and found and found["verb"].lower() not in _OF_THINGS and _SMALL.fullmatch(tail)
    if found is None or not (goes_on or _leads(tail, quoted, patterns)):
        return _only_subject(words, first)
    rule = "X said:" if not tail or tail.endswith((":", ",")) else "X said that"
    if found["who"] and not is_subject(words[: found.start("who")]):
        return Clue("nobody", first, "", "", first + found.end())
    return _clue(found, first, rule)


def reported(text: Text, start: int, end: int, patterns: Sayings) -> Clue | None:
    """Return the clue in a sentence that tells what somebody says, right before a quotation.

    As in: The law is bad, said Jane Roe. "It is time." Or: Jane Roe said that the law is bad.
    "It is time." The sentence is the last of a stretch of the block, and names nobody else.
    """
    words = text.masked[start:end].rstrip()
    if not words.endswith(".") or PERSON not in words or not patterns.verb.search(words):
        return None
    first = text.sentences[bisect_right(text.sentences, start + len(words) - 1) - 1]
    if first < start:
        return None
    sentence = text.masked[first : start + len(words)]
    if QUOTED in sentence or len(_NAMES.findall(sentence)) != 1:
        return None
    found = patterns.ends_said.search(sentence)
    if found and is_title(found["gap"]) and found["who"][0] == PERSON:
        return _clue(found, first, "…, said X.")
    found = patterns.opens_said.match(sentence)
    if found and is_title(found["gap"]) and found["who"][0] == PERSON:
        return _clue(found, first, "X said that ….")
    return None


def stands_alone(text: Text, mark: Marked) -> bool:
    """Whether a quotation is whole sentences, and nothing after it belongs to it."""
    quoted = text.text[mark.start : mark.end]
    opening = quoted[1:].lstrip()[:1]
    if not opening or opening.islower() or words_in(quoted) <= _FEW_WORDS:
        return False
    if mark.open:
        return True
    ends = quoted[:-1].rstrip()[-1:] in _ENDS or text.text[mark.end : mark.end + 1] == "."
    rest = text.masked[mark.end :].lstrip(" .")[:1]
    return ends and (not rest or rest == QUOTED or not (rest.islower() or rest in _PARTS))


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
    if not bare.endswith((":", ";", ",")):
        return None
    found = _ALONE.match(bare)
    if found is None or len(_NAMES.findall(bare)) != (found["who"][0] == PERSON):
        return None
    if found["who"][0] == MAYBE and len(_MAYBE.findall(bare)) > 1:
        return None
    if not is_title(found["gap"]) or " joint " in bare:
        return None
    if bare.endswith(",") and not _SAYING.search(bare):
        return None
    return _clue(found, first, "X …:")


def _is_object(found: re.Match[str], words: str) -> bool:
    """Whether the name after a verb of saying is who is spoken to: Jane Roe told John Doe: "…"."""
    before = words[: found.start()].rstrip(" ,")
    return found["verb"].lower() in _TO_SOMEBODY or before.endswith(PERSON)


def _turned(found: re.Match[str], rest: str, at: int) -> Clue:
    """Return the clue of "…," said X: nobody where it is another's spokesman, or two people."""
    if found["they"]:
        return _clue(found, at, "said X")
    several = _ALSO_WHO.match(rest, found.end("who"))
    if several or not is_title(found["gap"]):
        return Clue("nobody", at, "", "", at + found.end())
    if found["who"][0] == MAYBE and (owner := _OWNER.match(rest, found.end("who"))):
        return _clue(owner, at, "said X")  # "said Acme founder Jane Roe"
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
    if bare.endswith((":", ";")):
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
