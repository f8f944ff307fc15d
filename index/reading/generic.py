"""Titles that name no release: a section of a site, a kind of document, a date."""

from __future__ import annotations

import re

from index.reading.characters import same_text
from index.reading.dates import find_dates
from index.reading.titles import segments
from index.reading.traits import is_furniture, is_release_flag


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORD = re.compile(r"[^\W\d_]+")
_NUMBER_DATE = re.compile(r"\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b|\b(?:19|20)\d\d\b")
_WORDS = _words(
    """
    a all an and archive archived archives article articles at blog by center centre
    communications current date day default detail details document events feed for full
    home homepage in index info information item latest list main media message more new
    newly news newsletter newspaper newsroom no note number of office official on online
    page pages post posts press print public publication publications read release released
    releases reports room section single speech speeches statement statements story the
    title today untitled update updates view web website welcome announcement announcements
    advisory advisories alert alerts bulletin notice notices remarks aktuelle aktuelles
    aktuell archiv artikel der die das im informationen medien medieninformation
    medieninformationen medienmitteilung medienmitteilungen meldung meldungen mitteilung
    mitteilungen nachricht nachrichten neues presse pressearchiv presseinformation
    presseinformationen pressemeldung pressemeldungen pressemitteilung pressemitteilungen
    pressestelle pressezentrum seite startseite und vom zur accueil actualité actualités
    actu actus communiqué communiqués de du des espace la le les salle comunicado
    comunicados noticia noticias nota notas prensa sala boletín boletines el los las inicio
    portada actualidad detalle corner comunicati comunicato notizia notizie stampa ufficio primo
    piano dettaglio imprensa comunicação notícia notícias início página nieuws nieuwsbericht
    persbericht persberichten bericht berichten nyheder nyhet nyheter pressmeddelande
    pressmeddelanden pressemeddelelse pressemelding tiedote tiedotteet uutiset aktualności
    wiadomości komunikat komunikaty prasowe prasowy zprávy tiskové tisková zpráva aktuality
    hírek sajtóközlemény basın haber haberler duyuru duyurular новости новость пресс релиз
    релизы служба центр события сообщения сообщение главная новини прес реліз релізи
    """
)
_WHOLE = _words(
    """
    pressrelease pressreleases newsrelease newsreleases mediarelease mediareleases pressroom
    newsroom mediacentre mediacenter presscentre presscenter newsevents pressstatement
    pressstatements latestnews comunicadosdeprensa comunicadodeprensa comunicatistampa
    comunicatostampa salastampa communiquédepresse communiquésdepresse justice חדשות הודעות
    הודעותלעיתונות הודעהלעיתונות דובר أخبار الأخبار بيان بيانات بياناتصحفية المركزالإعلامي
    新闻 新闻中心 新闻发布 新闻动态 新聞 新聞稿 要闻 公告 正文 详情 首页 ニュース お知らせ
    プレスリリース
    報道発表 報道発表資料
    新着情報
    トップページ 뉴스
    보도자료 공지사항 ข่าว ข่าวประชาสัมพันธ์
    """
)


def is_generic(text: str, site: str = "") -> bool:
    """Whether a text cannot be a release's title.

    It is the site's name, or furniture, or only says that this is a release, or nothing is left
    of it but general words of press offices once dates and numbers are taken off.
    """
    same = same_text(text)
    if not same or same in _WHOLE or (site and same == same_text(site)):
        return True
    if is_release_flag(text) or is_furniture(text):
        return True
    return len(text) < 100 and not _left(text)


def generic_title(title: str, site: str = "") -> bool:
    """Whether every segment of a page's title is generic."""
    return all(is_generic(part, site) for part in segments(title) or [title])


def _left(text: str) -> bool:
    """Whether a text has a word that is not general, dates aside."""
    rest = text
    for date in reversed(find_dates(rest) if any(map(str.isdigit, rest)) else []):
        rest = rest[: date.start] + " " + rest[date.end :]
    rest = _NUMBER_DATE.sub(" ", rest)
    return any(word not in _WORDS for word in _WORD.findall(rest.casefold()))
