"""Pages that are no release: errors, questions whether one is human, walls of consent."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.reading.draft import Piece

_MOST_TEXT = 700
"""Characters of running text that an error page may have at most."""
_LONGEST_TITLE = 90
_CODE = r"(?:http |error |erreur |fehler |código |ошибка )?(?:40[0-9]|410|429|50[0-4])"
_TITLES = re.compile(
    rf"^\W*(?:(?:the )?{_CODE}(?:\s*(?:[-–—:|.!]|error|page|not found|forbidden|unauthori[sz]ed"
    r"|gone|bad|internal).{0,60})?$"
    r"|(?:.{0,30}\W)?(?:(?:the )?(?:requested )?(?:page|file|document|url|resource)"
    r" (?:was |is |can(?:not| ?not) be |could not be |you .{3,40} )?"
    r"(?:not (?:be )?found|(?:no longer )?(?:un)?available|(?:does|did) ?n[o’']t exist|missing))\b"
    r"|(?:page|site) (?:introuvable|non trouvée)|(?:die )?seite (?:wurde )?nicht gefunden"
    r"|página (?:no encontrada|não encontrada|inexistente)|pagina (?:non trovata|niet gevonden)"
    r"|(?:strona )?nie znalezion\w+|страница не найдена|сторінк\w+ не знайдено"
    r"|הדף (?:לא נמצא|אינו קיים|המבוקש)|الصفحة (?:غير موجودة|المطلوبة)"
    r"|(?:お探しの)?ページが?.{0,12}(?:見つかりません|ありません)"
    r"|(?:页面|頁面|网页).{0,8}(?:不存在|找不到|未找到)|sayfa bulunamadı"
    r"|access (?:is |to this page (?:has been |is ))?(?:denied|forbidden)$|forbidden$"
    r"|just a moment\b|attention required\b|are you (?:a )?(?:human|robot)\b"
    r"|verify (?:that )?you are (?:a )?human"
    r"|(?:security|browser) (?:check|verification)\b|checking your browser|robot check\b"
    r"|(?:web ?site|service|server) (?:is )?(?:temporarily )?(?:unavailable|under maintenance)"
    r"|internal server error|bad gateway|gateway time-?out|(?:your )?session (?:has )?expired"
    r"|(?:please )?(?:enable|turn on) (?:javascript|cookies)\b|before you continue\b"
    r"|pardon our interruption|request (?:blocked|rejected|unsuccessful))",
    re.IGNORECASE,
)


def refusal(titles: Sequence[str], pieces: Sequence[Piece]) -> str:
    """Say what kind of page this is instead of a release, "" when it may be one.

    Told by its title or headline alone, and only where it has little text: releases report of
    errors too.
    """
    if sum(len(piece.text) for piece in pieces) > _MOST_TEXT:
        return ""
    for title in titles:
        if 0 < len(title) <= _LONGEST_TITLE and _TITLES.match(title):
            return f"the page says “{title}” instead of a release"
    return ""
