"""Credits of pictures and bylines: the words and patterns by which both give themselves away.

One list for reading, which tells captions and lines about the document by them, and for the
finding of names, which looks for nobody in them.
"""

from __future__ import annotations

import re

PICTURE = (
    r"photo(?:graph)?(?:s|er|ers)?|image|picture|pic|foto(?:s|grafía|grafie)?|bild|imagen"
    r"|illustration|photographie|fotografia|fotograf|צילום|תצלום|צולם|фото|صورة|تصوير|zdjęcie|写真"
)
"""What a picture and who took it are called."""

CREDIT = r"crédits?|crédito|credits?|courtesy|copyright"
BY = r"by|von|par|por|di|door|author|autor|auteur|מאת|автор"
"""Words before the name of who wrote or took something."""

CREDIT_AT_END = re.compile(
    rf"(?:^|[.,;:)\]|\s(–—-])\s*(?:{PICTURE}|{CREDIT})"
    r"(?:\s+(?:credits?|courtesy|by|source|von|de|por|par|di|nachweis|caption|photo))*"
    r"(?:\s*[:/©]\s*|\s+(?:by|of|von|por|par)\s+)\S",
    re.IGNORECASE,
)
"""A credit, where it begins: it ends the caption it stands in."""

CREDIT_AT_START = re.compile(
    rf"^\W*(?:file )?(?:{PICTURE}|caption|pictured|video)"
    r"\s*(?:caption|credits?|courtesy)?\s*(?::|\(|by\b|©)",
    re.IGNORECASE,
)
"""What opens a caption that says it is one."""

CREDIT_LINE = re.compile(
    r"^(?:photos?|images?|picture|photo credit|foto|bild|video|credit)s?(?: by)?: [^\n]{2,100}$",
    re.IGNORECASE,
)
"""A line that is a credit and nothing else."""

CREDIT_TO_END = re.compile(
    rf"\b(?:{PICTURE}|{CREDIT}|video)"
    r"(?: credit| courtesy| by| of| from|:| ©| –| -|/)+ ?[^)\n]*"
    r"|(?:©|\(c\) )[^)\n]*|\((?:AP|AFP|Reuters|Getty)[^)\n]*",
    re.IGNORECASE,
)
"""What follows these in a caption (to its end) or inside brackets (to the bracket) is a credit."""

CREDIT_IN_BRACKETS = re.compile(
    r"[(\[](?:photo|image|picture|credit|foto|video|courtesy|u\.?s\.? \w{3,9} (?:\w{3,9} )?photo)"
    r"[^)\]\n]{0,200}[)\]]",
    re.IGNORECASE,
)

BYLINE = re.compile(
    rf"^(?:(?:story|written|posted|published|reported|article|photo) )?(?:{BY})"
    r"\s*:?\s+(?:[^\W\d_][\w.'’-]*\s?){1,5}(?:[,|–-].{0,60})?$",
    re.IGNORECASE,
)
"""A short line that names who wrote the text, perhaps with their office or paper."""

BYLINE_LOOSE = re.compile(
    rf"^(?:(?:story|written|posted|article|photo) )?(?:{BY})\b:? [^.!?\n]{{3,80}}$", re.IGNORECASE
)
"""A line that opens as a byline does: names are looked for in none, whatever it turns out to be."""

_LETTER = r"[^\W\d_]"
_CREDIT_INSIDE = re.compile(
    rf"(?:(?<![^\W_])|(?<=(?-i:[^\W\d_A-Z]))(?=(?-i:[A-Z])))"
    rf"(?:(?:©|\(c\))\s*(?={_LETTER})"
    rf"|(?:{PICTURE}|{CREDIT})(?:\s+(?:{CREDIT}|nachweis|source))*"
    rf"(?:\s*[:/©]\s*(?={_LETTER}|©)|\s+(?:(?:by|von|par|por|of)\s+)(?=(?-i:[A-ZÀ-ÖØ-Þ]))))",
    re.IGNORECASE,
)
_LONGEST_CREDIT = 90
_ENDS = (".", "!", "?", "…", ")", '"', "”", "»", ",", ";")


def with_credit_apart(caption: str) -> str:
    """Return a caption with a space before the credit that ends it, where none parts the two.

    Templates print them in elements of their own, side by side: "on the quay.Photo: Jane Roe".
    """
    for match in _CREDIT_INSIDE.finditer(caption):
        before, credit = caption[: match.start()], caption[match.start() :]
        short = len(credit) <= _LONGEST_CREDIT and ". " not in credit
        if short and (before[-1:].isalnum() or before.endswith(_ENDS)):
            return f"{before} {credit}"
    return caption
