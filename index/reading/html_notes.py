"""Lines of a page about the page: dates, categories, counters around the text of a release.

What they say is read as evidence before; in the release itself they are furniture.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.reading.characters import tidy
from index.reading.date_lines import date_line
from index.reading.dateline import dateline_alone
from index.reading.html_tree import Node, Unit
from index.reading.traits import is_furniture

# A label of one word needs a colon or a number after it: "Stand Up for Workers" is a headline.
_NOTE = re.compile(
    r"^\W*(?:"
    r"(?:(?:posted|filed|published|listed)\s+(?:in|under)|(?:news\s+)?provided\s+by|submitted\s+by"
    r"|available\s+languages?|print\s+page|last\s+(?:updated|modified|reviewed|changed)"
    r"|zuletzt\s+(?:geändert|aktualisiert)|mise?\s+à\s+jour|pubblicato\s+in"
    r"|ultimo\s+aggiornamento|lesezeit|temps\s+de\s+lecture|tiempo\s+de\s+lectura"
    r"|tempo\s+(?:di\s+lettura|de\s+leitura)|leestijd|عدد\s+المشاهدات)(?:\W|$)"
    r"|(?:categor(?:y|ies)|tags?|tagged|topics?|hits|views|visits|reads|read\s+time|details|updated"
    r"|modified|kategorien?|schlagw[oö]rte?r?|themen?|stand|catégories?|mots[- ]clés|categorías?"
    r"|etiquetas?|actualizado|visitas|categorie|atualizado|visualizações|kategorie|категория"
    r"|рубрика|теги|просмотров|обновлено|קטגוריה|תגיות|التصنيف)(?:\s*[:|]|\s*$|\s(?=\D{0,30}\d))"
    r"|(?:来源于?|來源|稿源|(?:本文|文章|信息|新闻)来源|作者|字号|字體|责任编辑|責任編輯|编辑|编审|审核|浏览次数"
    r"|浏览量|阅读|点击数?|访问量|责编|采写|撰文|本?文?原标题|转载请注明\w{0,2}|出处|关键[词字]|标签|人气|供稿|初审|复审|终审"
    r"|分享到\w{0,4}|조회수?|작성자|담당부서|更新日|カテゴリー?|タグ)(?:\s*[:：|]|\s|$))",
    re.IGNORECASE,
)
_LONGEST = 160
_LONGEST_LIST = 300
"""Characters of a list about the page; one that says more is part of the release."""


def without_notes(units: Sequence[Unit], numbers: Sequence[int], lang: str) -> list[int]:
    """Leave out such lines before the first and after the last running text.

    A list that has the date or a counter among its entries goes whole.
    """
    prose = [place for place, number in enumerate(numbers) if units[number].prose]
    if not prose:
        return list(numbers)
    first, last = prose[0], prose[-1]
    outside = [*numbers[:first], *numbers[last + 1 :]]
    notes = {number for number in outside if is_note(units[number].raw, lang)}
    lists = {
        id(top)
        for n in notes
        if (top := _list_of(units[n].node)) and not top.prose and top.text < _LONGEST_LIST
    }
    return [
        number
        for place, number in enumerate(numbers)
        if first <= place <= last
        or (number not in notes and id(_list_of(units[number].node)) not in lists)
    ]


def is_note(raw: str, lang: str) -> bool:
    """Whether every line of a short text is furniture, a date, or a note about the page."""
    if len(raw) > 2 * _LONGEST:
        return False
    lines = [line for line in map(tidy, raw.split("\n")) if line]
    return all(
        len(line) < _LONGEST
        and (is_furniture(line) or bool(_NOTE.match(line)) or _is_date(line, lang))
        for line in lines
    )


def _is_date(line: str, lang: str) -> bool:
    """Whether a line is a date and nothing else: "Oslo, 3 June 1998" says the place too."""
    return bool(date_line(line, lang)) and dateline_alone(line, lang) is None


def _list_of(node: Node) -> Node | None:
    return next((above for above in node.ancestors() if above.name in ("ul", "ol", "dl")), None)
