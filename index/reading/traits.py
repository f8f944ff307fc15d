"""What single lines and paragraphs are, told from their own words and shape."""

from __future__ import annotations

import re
from functools import lru_cache

from index.reading.characters import same_text
from index.reading.credits import BYLINE, CREDIT_AT_END, CREDIT_AT_START
from index.reading.date_labels import EMBARGO
from index.reading.phrases import (
    ABOUT,
    CONTACT_HEAD,
    CONTACT_LEAD,
    END_MARK,
    FURNITURE,
    FURNITURE_PATTERN,
    RELEASE_FLAG,
    STANDING,
)
from index.reading.related import COMMENTS_PATTERN, RELATED, RELATED_PATTERN

_EDGES = " \t\n.,:：;!?|•·»«›‹→←>-–—*[]()\"'“”/\\"
_TERMINAL = re.compile(r"[.!?。！？।։؟…](?:[\"'”’»“)\]\d]|\s)*$")
_EMAIL = re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?!\d{1,2}[./-]\d{1,2}[./-]\d{4}(?!\d)|\d{4}[./-]\d\d?[./-]\d\d?(?!\d)"
    r"|\d{1,4}\s?[/-]\s?(?:19|20)\d\d(?![\d\s./-]))"
    r"(?<![\w$€£.,/-])(?:\+\d{1,3}[\s().-]{0,2})?(?:\(?\d{2,4}\)?[\s./-]{1,2}){1,4}\d{3,6}(?!\w)"
)
_THREE_DIGITS = re.compile(r"\d{3}")
_WEB = re.compile(r"(?:https?://|www\.)\S+")
_SOURCE_LINE = re.compile(
    r"^(?:[(\[]\s*(?:communicated|issued|released|provided|distributed|published|submitted"
    r"|prepared|conveyed|source|via)\b[^()]{0,160}[)\]]\.?"
    r"|(?:source|quelle|fuente|fonte|bron|источник|מקור|المصدر|kaynak)\s*:\s*\S.{0,120}"
    r"|(?:communicated|issued|released|distributed|published)\s+by\b.{0,120}[^.]"
    r"|(?:(?:communicated|disseminated|issued|distributed)\s+)?on\s+behalf\s+of\b.{0,120}[^.])$"
    r"|^SOURCE\s+\S.{0,120}$"
    r"|^(?:--+|[–—])\s?[^\W\d][\w.& ]{2,30}(?:--+|[–—])$",
    re.IGNORECASE,
)
_ADMIN = re.compile(
    r"^(?:topics?(?:\(s\))?|components?(?:\(s\))?|attachments?(?:\(s\))?|keywords?|updated|modified"
    r"|(?:press\s+release|news\s+release|release|case|docket|ref(?:erence)?|pr|document|file)"
    r"\s*(?:number|no\.?|id|\#)|last\s+(?:updated|modified|reviewed)|posted|published|section"
    r"|ticker|isin|location|office|read\s+time|views?|download)"
    r"(?:\s*[:\#].{0,160}|(?:\b|(?<=\#))\s.{0,40}\d.{0,30})?$",
    re.IGNORECASE,
)
_INLINE_STANDING = re.compile(
    r"^(?:About|ABOUT|Über)\s+(?:(?:[A-Z][\w&.,'’-]*\s?){1,6}:\s"
    r"|(?:the\s+)?(?P<name>[A-Z]\w+)\b.{0,60}?\s(?P=name)\b)"
    r"|^(?i:notes?\s+(?:to|for)\s+(?:editors?|investors?)|(?:forward[- ]looking|safe\s+harbou?r)"
    r"\s+statements?|disclaimer|disclosure)\s*[:–—-]\s",
)
_OPEN_QUOTES = "\"“„«‹‘'"
_PAIRS = (("“", "”"), ("„", "“"), ("„", "”"), ("«", "»"), ("»", "«"), ('"', '"'), ("‘", "’"))
_ADDRESS = re.compile(
    r"\b(?:[A-Z]{2}\s+\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[\dA-Z]?\s\d[A-Z]{2}|P\.?\s?O\.?\s+Box\s+\d+"
    r"|\d+\s+(?:[NSEW]\.?\s+)?\w+(?:\s\w+)?\s+(?:St(?:reet)?|Ave(?:nue)?|Blvd|Boulevard|Road|Rd|Drive)\b)",
)
_DATED_CONTACT = re.compile(
    r"\d{4}\W{1,4}(?:(?:media|press)\s+)?(?:contacts?|contacto|kontakt|contatti|contato)\s*:\s",
    re.IGNORECASE,
)
_OWNED = re.compile(r"©|\(c\) |\bcopyright\b|\ball rights reserved\b", re.IGNORECASE)
_OWNED_WORDS = ("(c) ", "copyright", "all rights reserved")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_SAMPLE = 20
_SHORT = 120
_LABEL = 90


def is_furniture(line: str) -> bool:
    """Whether a whole line is furniture of a web page: a menu word, a share bar, a cookie note."""
    return _is_furniture(line) if len(line) < 300 else _is_furniture.__wrapped__(line)


@lru_cache(maxsize=4096)  # the pages of a site share their lines
def _is_furniture(line: str) -> bool:
    bare = line.strip(_EDGES).casefold()
    if is_end_mark(line):
        return False
    if not bare:
        return True
    if line.strip().casefold() in FURNITURE or bare in FURNITURE:
        return True
    return len(line) < 300 and bool(FURNITURE_PATTERN.match(line.strip()))


def opens_related(line: str) -> bool:
    """Whether a line is a heading after which other pages are listed."""
    bare = line.strip(_EDGES).casefold()
    return bare in RELATED or (len(bare) < _LABEL and bool(RELATED_PATTERN.match(bare)))


def opens_comments(line: str) -> bool:
    """Whether a line is a heading after which readers speak."""
    bare = line.strip(_EDGES)
    return len(bare) < _LABEL and bool(COMMENTS_PATTERN.match(bare))


def is_owned(line: str) -> bool:
    """Whether a line says whose the page is: a notice of copyright."""
    if line.isascii():
        lowered = line.lower()
        if not any(words in lowered for words in _OWNED_WORDS):
            return False
    return bool(_OWNED.search(line))


def is_end_mark(line: str) -> bool:
    """Whether a line is the mark that ends a release (``###``, ``-30-``, ``ENDS``)."""
    return len(line) < 30 and bool(END_MARK.match(line))


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does, closing quotation marks and notes aside."""
    return bool(_TERMINAL.search(text[-12:]))


def is_prose(text: str) -> bool:
    """Whether a text reads as running prose rather than a label, a menu entry or a headline."""
    words = text.count(" ") + 1
    if text.endswith(("…", "...")):
        return len(text) > 400
    if not text.isascii() and _is_unspaced(text):
        # Scripts without spaces: a sign is half a word, and Thai ends no sentence with a mark.
        return (len(text) >= 20 and ends_sentence(text)) or len(text) > 80
    dense = len(text) > 3 * words * 4 and words < 12
    return (words >= 10 and ends_sentence(text)) or len(text) > 250 or (dense and len(text) > 80)


def _is_unspaced(text: str) -> bool:
    """Whether a text is in a script without spaces: told in its middle, past signs and figures."""
    middle = len(text) // 2
    sample = text[max(0, middle - _SAMPLE) : middle + _SAMPLE]
    return bool(_UNSPACED.match(text, middle)) or (
        3 * len(_UNSPACED.findall(sample)) > len(sample) and sample.count(" ") < len(sample) // 8
    )


def is_quotation(text: str) -> bool:
    """Whether a whole paragraph is one quotation, closed or continued in the next paragraph."""
    if len(text) < 20 or text[0] not in _OPEN_QUOTES:
        return False
    inner = text[1:].rstrip()
    for opening, closing in _PAIRS:
        if text[0] == opening and (inner.endswith(closing) or inner.rstrip(".,").endswith(closing)):
            # Only one quotation: nothing outside the marks in between.
            body = inner.rstrip(".,")[: -len(closing)]
            return closing not in body or (opening == closing and body.count(closing) == 0)
    # Each paragraph of a longer quotation opens with a mark, only the last one closes it.
    return text[0] in '“„«"' and not any(mark in inner for mark in '”»"') and "“" not in inner


def is_caption(text: str) -> bool:
    """Whether a paragraph is a caption: it names who took the picture, or says it is one."""
    if len(text) > 500:
        return False
    if CREDIT_AT_START.match(text):
        return True
    credits = list(CREDIT_AT_END.finditer(text))
    found = credits[-1] if credits else None
    # The credit is what a caption ends with; in prose "photo by" is followed by more.
    return (
        found is not None and len(text) - found.end() < 60 and not text[found.end() :].count(". ")
    )


def is_contact(text: str) -> bool:
    """Whether a paragraph gives somebody to write to or call."""
    if len(text) > 600:
        return False
    marks = len(_addresses(_EMAIL, text)) + len(_addresses(_PHONE, text))
    if CONTACT_LEAD.match(text) or (len(text) < _SHORT and _DATED_CONTACT.search(text)):
        return len(text) < 300 or marks > 0
    if not marks:
        return False
    rest = _EMAIL.sub("", _PHONE.sub("", text))
    return (len(text) < 80 or (len(rest) < 70 * marks)) and not (is_prose(text) and len(rest) > 120)


def has_address(text: str) -> bool:
    """Whether a short text holds a telephone number or an e-mail address."""
    return bool(_addresses(_EMAIL, text) or _addresses(_PHONE, text))


def _addresses(pattern: re.Pattern[str], text: str) -> list[str]:
    """Find all of a pattern where it can be found at all, which is quicker to tell."""
    possible = "@" in text if pattern is _EMAIL else _THREE_DIGITS.search(text)
    return pattern.findall(text) if possible else []


def opens_contacts(text: str) -> bool:
    """Whether a line is a heading of contacts."""
    return len(text) < _LABEL and not _WEB.search(text) and bool(CONTACT_HEAD.match(text.strip()))


def opens_standing_text(text: str) -> bool:
    """Whether a line heads standing text: "About ...", notes to editors, disclaimers."""
    line = text.strip().strip("*_#").strip()
    if len(line) > _SHORT or (
        ends_sentence(line) and not line.endswith(("Inc.", "Ltd.", "Co.", "Corp."))
    ):
        return False
    return bool(STANDING.match(line) or (ABOUT.match(line) and line.count(" ") < 14))


def is_standing_text(text: str) -> bool:
    """Whether a paragraph opens with its own heading of standing text: "About X: X is ..."."""
    return bool(_INLINE_STANDING.match(text))


def is_release_flag(text: str) -> bool:
    """Whether a line says nothing but that this is a press release."""
    if len(text) < _LABEL and RELEASE_FLAG.fullmatch(text.strip()):
        return True
    return is_embargo(text)


def is_embargo(text: str) -> bool:
    """Whether a line says until when the text must not be published."""
    return len(text) < _SHORT and bool(EMBARGO.match(text))


def without_release_flag(text: str) -> str:
    """Return the text without a leading "For immediate release:" and the like."""
    match = RELEASE_FLAG.match(text)
    if match and match["end"].strip() and len(text) > match.end():
        return text[match.end() :].strip()
    return text


def is_standing_line(text: str) -> bool:
    """Whether a short line is about the document, not part of it: byline, source, number, flag."""
    if len(text) > 2 * _SHORT:
        return False
    return bool(
        is_release_flag(text)
        or _SOURCE_LINE.match(text)
        or (len(text) < _SHORT and BYLINE.match(text))
        or (len(text) < 2 * _LABEL and not is_prose(text) and _ADMIN.match(text))
        or is_street_address(text)
    )


def is_street_address(text: str) -> bool:
    """Whether a short line is a postal address."""
    return (
        len(text) < 2 * _SHORT
        and not is_prose(text)
        and bool(_ADDRESS.search(text))
        and (sum(char.isdigit() for char in text) > 4)
    )


def is_menu_like(text: str) -> bool:
    """Whether a line has the shape of a menu entry: few words, no digits, no punctuation."""
    return (
        text.count(" ") < 5
        and len(text) < 45
        and not ends_sentence(text)
        and not any(char.isdigit() or char in ",;:$€£%" for char in text)
    )


def repeats(text: str, title: str) -> bool:
    """Whether a text is the title again, possibly cut off with an ellipsis."""
    if not len(title) // 2 - 8 <= len(text) <= 2 * len(title) + 8 and "…" not in text[-2:]:
        return False
    this, that = same_text(text), same_text(title)
    if not this or not that:
        return text.strip() == title.strip()
    if this == that:
        return True
    return text.rstrip().endswith(("…", "...")) and len(this) > 15 and that.startswith(this)
