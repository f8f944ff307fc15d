"""What people say without quotation marks: statements, speeches, transcripts; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.entities.interviews import interviewee
from index.entities.quoted_text import SPOKEN_KINDS, Named, Text
from index.entities.runs import key_of
from index.entities.saying import PERSON, Sayings, is_title
from index.model import BlockKind, Quotation

_HEADINGS = frozenset({BlockKind.TITLE, BlockKind.HEADING, BlockKind.SUMMARY})
_STOPS = frozenset({BlockKind.CONTACT, BlockKind.BOILERPLATE, BlockKind.HEADING})
_LABEL = re.compile(r"\s*(?P<name>[^\W\d_][^:.?!\n\"“”«»]{0,60}?)\s?(?:\([^)]{1,40}\))?:\s")
_END = re.compile(
    r"\W*(?:#\s*#|-\s*30\s*-|\* \* \*|end|ends|fin|ende|(?:yours )?(?:sincerely|truly))?\W*\Z",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"…{3}|\.{8}|_{8}")  # of a table of contents
_SHORT = 8
"""A paragraph of fewer words that names the speaker is a signature."""
_LINE = 120
"""Characters of a line that may be no more than a heading."""
_LEAST = 60
_HEADING, _NEAR_TOP = 160, 6
_OPENERS = frozenset("“\"„«‘「'`״”")
_AND = (" and", " &", " und", " et", " y", " e", " и")
_LABELLED = 3
"""A transcript has so many paragraphs at least that begin with who speaks."""


def spoken_blocks(
    texts: Sequence[Text],
    patterns: Sayings,
    quotes: Sequence[Quotation],
    others: Sequence[tuple[int, int]] = (),
) -> list[Quotation]:
    """Return the paragraphs that one person speaks, where the release says so and nothing against.

    ``quotes`` are those found by their marks: a release that quotes the speaker is not spoken by
    them. A paragraph that is for the most part what ``others`` say is not the speaker's.
    """
    spoken = _spoken_blocks(texts, patterns, quotes)
    return [
        one
        for one in spoken
        if not any(
            2 * (min(one.end, end) - max(one.start, start)) > one.end - one.start
            for start, end in others
        )
    ]


def _spoken_blocks(
    texts: Sequence[Text], patterns: Sayings, quotes: Sequence[Quotation]
) -> list[Quotation]:
    transcript = _transcript(texts, patterns)
    if transcript:
        return _apart(transcript, quotes)
    for text in texts:
        if text.kind in SPOKEN_KINDS and (found := _issued(text, texts, patterns)):
            named, end = found
            spoken = list(_until_named(texts, text, end, named))
            return _apart(_quotations(spoken, named, "“statement by X:”"), quotes)
    if quotes:
        return []
    for text in texts:
        if _may_head(text) and (headed := _headed(text, patterns)):
            spoken = list(_until_named(texts, text, len(text.text), headed))
            marked = [n for n, (block, _, _) in enumerate(spoken) if _opened(block.text)]
            spoken = spoken[marked[0] :] if marked else spoken  # what is before is no speech
            return _quotations(spoken, headed, "heading “Statement by X”")
    return []


def _begins(found: re.Match[str], texts: Sequence[Text], text: Text) -> bool:
    """Whether what is announced begins here: after a colon, or with a quotation mark."""
    if found[0].rstrip().endswith(":"):
        return True
    following = texts[text.number + 1 : text.number + 2]
    return bool(following) and bool(_opened(following[0].text))


def _issued(text: Text, texts: Sequence[Text], patterns: Sayings) -> tuple[Named, int] | None:
    """Who issues "the following statement:" here, and where it begins."""
    if not text.named:
        return None
    found = patterns.issued_in(text.masked)
    if found is None or found["they"] or not _begins(found, texts, text):
        return None
    named = text.named_at(found.start("who"))
    before = text.masked[: found.start("who")].rstrip()
    joint = (
        "joint" in found[0]
        or "on behalf of" in found[0]
        or PERSON in before[-80:]
        or before.endswith(_AND)
    )
    return None if named is None or joint else (named, found.end())


def _may_head(text: Text) -> bool:
    if text.kind in _HEADINGS:
        return True
    short = text.kind in SPOKEN_KINDS and len(text.text) < _HEADING and PERSON in text.masked
    return short and text.number < _NEAR_TOP and not text.text.rstrip().endswith((".", "!", "?"))


def _headed(text: Text, patterns: Sayings) -> Named | None:
    found = patterns.statement.search(text.masked)
    if found is None:
        found = patterns.issues.search(text.masked)
    elif not is_title(found["gap"]):
        return None
    if found is None:
        return None
    named = text.named_at(found.start("who"))
    alone = named and all(one.who == named.who for one in text.named[:2])
    return named if alone else None


def _until_named(
    texts: Sequence[Text], first: Text, start: int, named: Named
) -> Iterator[tuple[Text, int, int]]:
    """Yield what is spoken after a place; nothing where the speaker is spoken of later.

    As (block, start, end). A short paragraph with the speaker's name ends it, as do contacts.
    """
    spoken: list[tuple[Text, int, int]] = []
    quoted = ""
    if first.text[start:].strip():
        quoted = _opened(first.text[start:])
        spoken.append((first, start, len(first.text)))
        if any(one.who == named.who for one in first.named if one.start >= start):
            return
    for text in texts[first.number + 1 :]:
        if text.kind in _STOPS or _END.fullmatch(text.text):
            break
        if text.kind not in SPOKEN_KINDS or _LEADERS.search(text.text):
            continue
        long = len(text.text.split()) >= _SHORT
        if any(one.who == named.who for one in text.named):
            if long:
                return
            if any(end - start > _LINE for _, start, end in spoken):
                break
            spoken = []  # the heading again
            continue
        opened = _opened(text.text)
        if spoken and quoted and not opened:
            break
        if not spoken:
            quoted = opened
        if text.kind is not BlockKind.SUMMARY:
            spoken.append((text, 0, len(text.text)))
    while spoken and first.kind in _HEADINGS and spoken[0][2] - spoken[0][1] < _LEAST:
        spoken = spoken[1:]  # the occasion, the place
    yield from spoken


def _opened(text: str) -> str:
    """Return the quotation mark that a text begins with, or nothing."""
    return text.lstrip()[:1] if text.lstrip()[:1] in _OPENERS else ""


def _transcript(texts: Sequence[Text], patterns: Sayings) -> list[Quotation]:
    """Return what is spoken in a transcript: paragraphs after "NAME:", until the next such.

    Of an interview the answers, after "A:".
    """
    labels = {text.number: label for text in texts if (label := _label(text))}
    speakers = {number: _labelled(texts[number], label, texts) for number, label in labels.items()}
    rule, last = "transcript “NAME:”", len(texts)
    if len(labels) >= _LABELLED and (found := interviewee(texts, labels, patterns)):
        named, answers = found
        speakers = {number: named if number in answers else None for number in labels}
        rule, last = "interview, “A:”", max(labels) + 1  # what follows may be a note
    elif sum(speaker is not None for speaker in speakers.values()) < _LABELLED:
        return []
    spoken: list[Quotation] = []
    speaker: Named | None = None
    for text in texts[min(labels) : last]:
        start = 0
        if text.number in labels:
            speaker, start = speakers[text.number], labels[text.number].end()
        elif text.kind not in SPOKEN_KINDS:
            speaker = None
        if speaker is not None and text.text[start:].strip():
            spoken += _quotations([(text, start, len(text.text))], speaker, rule)
    return spoken


def _label(text: Text) -> re.Match[str] | None:
    """Return "NAME:" where a paragraph begins with it: a name, a title, all capitals, Q or A."""
    if text.kind not in SPOKEN_KINDS or ":" not in text.text[:120]:
        return None
    found = _LABEL.match(text.text)
    if found is None or not (words := found["name"].split()):
        return None
    capital = all(word[0].isupper() or not word[0].isalpha() for word in words)
    return found if capital and len(words) <= 7 else None


def _labelled(text: Text, label: re.Match[str], texts: Sequence[Text]) -> Named | None:
    """Who speaks after a label: the person named in it, or whose surname alone it ends with."""
    inside = [one for one in text.named if label.start("name") <= one.start < label.end("name")]
    if inside:
        only = len(inside) == 1 and inside[0].sure and inside[0].end == label.end("name")
        return inside[0] if only and is_title(text.text[: inside[0].start]) else None
    surname = key_of(label["name"].split()[-1])
    found = {
        one.who: one
        for block in reversed(texts)
        for one in block.named
        if one.sure and key_of(block.text[one.start : one.end].split()[-1]) == surname
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _quotations(
    spoken: Sequence[tuple[Text, int, int]], named: Named, rule: str
) -> list[Quotation]:
    found = []
    for block, start, end in spoken:
        start += len(block.text[start:end]) - len(block.text[start:end].lstrip())
        found.append(Quotation(block.offset + start, block.offset + end, named.cue, rule))
    return found


def _apart(spoken: list[Quotation], quotes: Sequence[Quotation]) -> list[Quotation]:
    """Return those that hold no quotation with a speaker of its own."""
    return [
        one
        for one in spoken
        if not any(one.start < quote.end and quote.start < one.end for quote in quotes)
    ]
