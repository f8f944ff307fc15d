"""Markdown to a draft, with markdown-it-py."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from index.errors import ReadingError
from index.model import BlockKind, RawDocument
from index.reading import date_choice
from index.reading.characters import tidy
from index.reading.date_lines import date_line
from index.reading.draft import DateClue, Draft, Piece
from index.reading.encoding import decode
from index.reading.front_matter import split_front_matter
from index.reading.text_lines import Paragraph, paragraphs
from index.reading.text_page import find_summary
from index.reading.traits import is_prose, repeats

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_EMPTY_LINES = re.compile(r"\n\s*\n")
_NEAR_TITLE = 6
_DEEPEST = 50
_LONGEST = 20_000
_MOST_LINES = 20_000
_TOO_LONG = f"more than {_MOST_LINES} lines: read as plain text"


def read_markdown(document: RawDocument) -> Draft:
    """Read a Markdown document, its front matter included.

    Raises ReadingError when there is no text in it.
    """
    text, warnings = decode(document.data)
    fields, body = split_front_matter(text)
    long = body.count("\n") > _MOST_LINES
    pieces = _plain_pieces(body) if long else list(_pieces(_parser().parse(body)))
    if not pieces and not fields.title:
        raise ReadingError("it holds no text", where=document.path, hint="no_text")
    title = fields.title
    if not title and pieces and pieces[0].kind is BlockKind.HEADING:
        title = pieces[0].text
    pieces = [piece for piece in pieces if not (title and repeats(piece.text, title))]
    summary = fields.summary
    if not summary:
        head = [Paragraph(piece.text) for piece in pieces[:6]]
        opens = pieces and pieces[0].kind is BlockKind.PARAGRAPH
        summary, after = find_summary(head, fields.lang[:2]) if opens and title else ("", 0)
        if summary:
            del pieces[after - 1]
    clues = [DateClue(fields.date, "frontmatter", date_choice.FIELD)] if fields.date else []
    for piece in pieces[:_NEAR_TITLE]:
        if date := date_line(piece.text, fields.lang[:2]):
            clues.append(DateClue(date, "visible", date_choice.VISIBLE))
            break
        if is_prose(piece.text):
            break
    return Draft(
        pieces=tuple(pieces),
        title=title,
        summary=summary,
        clues=tuple(clues),
        url=fields.url,
        lang=fields.lang,
        source=fields.source,
        warnings=(*warnings, _TOO_LONG) if long else warnings,
    )


def _plain_pieces(body: str) -> list[Piece]:
    plain = filter(None, map(tidy, _EMPTY_LINES.split(body)))
    return [Piece(BlockKind.PARAGRAPH, text) for text in plain]


@cache
def _parser() -> MarkdownIt:
    # Imported here: it takes a twentieth of a second, and an archive may hold no Markdown.
    from markdown_it import MarkdownIt

    # Indented code is switched off: wires indent their paragraphs by stray spaces.
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST})
    parser.core.ruler.at("inline", _read_inline)
    return parser.enable("table").disable("code")


def _read_inline(state: StateCore) -> None:
    """Read the markup inside paragraphs, but take very long ones as plain text.

    Reading brackets and asterisks costs the square of their number.
    """
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = []
        if len(token.content) > _LONGEST:
            token.children.append(type(token)("text", "", 0, content=token.content))
        else:
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _pieces(tokens: Sequence[Token]) -> Iterator[Piece]:
    lists: list[str] = []
    depth = quotes = 0
    rows: list[str] = []
    cells: list[str] = []
    kind, in_cell = BlockKind.PARAGRAPH, False
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
            if not depth and lists:
                yield Piece(BlockKind.LIST, "\n".join(lists))
                lists = []
        elif token.type in ("blockquote_open", "blockquote_close"):
            quotes += 1 if token.nesting > 0 else -1
        elif token.type in ("heading_open", "paragraph_open"):
            kind = BlockKind.HEADING if token.type == "heading_open" else BlockKind.PARAGRAPH
        elif token.type in ("td_open", "th_open", "td_close", "th_close"):
            in_cell = token.nesting > 0
        elif token.type == "tr_close":
            rows.append(" | ".join(cells))
            cells = []
        elif token.type == "table_close":
            yield Piece(BlockKind.PARAGRAPH, "\n".join(row for row in rows if row.strip(" |")))
            rows = []
        elif token.type == "inline":
            texts = list(_inline(token))
            if in_cell:
                cells.append(" ".join(texts))
            elif depth:
                lists += texts
            else:
                quoted = quotes and kind is BlockKind.PARAGRAPH
                links = _link_length(token) if len(texts) == 1 else 0
                for text in texts:
                    yield Piece(BlockKind.QUOTE if quoted else kind, text, links)
        elif token.type in ("html_block", "fence", "code_block"):
            for para in paragraphs(html.unescape(_TAG.sub("\n", token.content))):
                yield Piece(BlockKind.PARAGRAPH, tidy(para.text))


def _link_length(token: Token) -> int:
    """Return how many characters of a run of inline text are inside links."""
    length = depth = 0
    for child in token.children or []:
        depth += child.nesting if child.type in ("link_open", "link_close") else 0
        length += len(child.content) if depth else 0
    return length


def _inline(token: Token) -> Iterator[str]:
    """Yield the paragraphs of a run of inline text: plain text of links, nothing of images."""
    parts: list[str] = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type == "softbreak":
            parts.append(" ")
        elif child.type == "hardbreak" or (
            child.type == "html_inline" and re.match(r"<br\b", child.content, re.IGNORECASE)
        ):
            parts.append("\n")
    for line in "".join(parts).split("\n"):
        text = tidy(html.unescape(line))
        if text:
            yield text
