"""Headings after which a page turns to other pages: related releases, news, comments.

General words of the web in several languages; no name of any site or office belongs here.
"""

from __future__ import annotations

from index.reading.phrases import phrase_lines, phrase_pattern

RELATED = phrase_lines("""
related; related posts; related news; related articles; related content; related links
related stories; related documents; related information; related topics; related press releases
latest news; latest posts; latest press releases; latest; recent posts; recent news
recent press releases; recent articles; more news; more press releases; more stories
more like this; other news; other press releases; other stories; news archive; you may also like
you might also like; read also; read next; see also; recommended; recommended for you; popular
popular posts; most read; most viewed; most popular; trending; trending now; in other news
top stories; featured; in the news; upcoming events; comments; leave a reply; leave a comment
newsletter sign-up; newsletter signup; share; share this; share this page; share this article
share this post; stay connected; post navigation; tagged with; tagged; tags; posted in; filed under
mehr zum thema; weitere meldungen; weitere artikel; weitere nachrichten
weitere pressemitteilungen; verwandte themen; das könnte sie auch interessieren; ähnliche artikel
aktuelle meldungen; à lire aussi; articles liés; articles similaires; dernières actualités
sur le même sujet; voir aussi; noticias relacionadas; notas relacionadas; artículos relacionados
últimas noticias; más noticias; entradas recientes; ver también; le puede interesar
articoli correlati; notizie correlate; ultime notizie; leggi anche; notícias relacionadas
leia também; leia mais; veja também; últimas notícias; gerelateerd; lees ook; meer nieuws
gerelateerde artikelen; czytaj także; czytaj też; zobacz także; powiązane; похожие новости
читайте также; другие новости; по теме; последние новости; інші новини; עוד בנושא
כתבות נוספות; חדשות נוספות; הודעות נוספות; אולי יעניין אותך; اقرأ أيضا; اقرأ أيضًا
مواضيع ذات صلة; أخبار ذات صلة; ilgili haberler; relaterade artiklar
相关内容; 相关新闻; 相关链接; 相关阅读; 相关报道; 相关文章; 相關新聞; 相關連結; 延伸閱讀; 推荐阅读
最新新闻; 最热新闻; 热门新闻; 热点新闻
関連記事; 関連ニュース; 関連情報; 関連リンク; あわせて読みたい; 新着記事; 人気記事; 관련기사
관련 기사; 관련뉴스; 많이 본 기사
เรื่องที่เกี่ยวข้อง; ข่าวที่เกี่ยวข้อง; tin liên quan; berita terkait; baca juga
powiązane artykuły; související
související články; kapcsolódó cikkek; σχετικά άρθρα; articole similare; lue myös; les også
læs også; läs också
also from this source; more from this source; also in news; keep reading; more on this topic
explore more
further reading; other releases; previous releases; recent releases; more releases
more from the newsroom
continue reading; more in news; more headlines; related resources; press contacts and related links
""")
"""Headings after which a page turns to other pages."""

_PAGES = (
    r"(?:posts?|news|stories|statements|articles|releases|headlines|updates|announcements|items"
    r"|publications|notices|speeches|events|reading|content|coverage)"
)
RELATED_PATTERN = phrase_pattern(
    rf"(?:more|other|related|recent|latest|previous|further|similar|past) (?:\w+ ){{0,2}}{_PAGES}",
    rf"{_PAGES} you (?:may|might)(?: also)? (?:like|be interested in)",
    r"more from .{2,40}",
    r"\d+ (?:comments?|responses?|repl(?:y|ies)|thoughts? on .{0,80})",
    r"(?:company profile|release (?:summary|versions)|social media profiles)",
    r"(?:más|otras|últimas) (?:noticias|notas|publicaciones|entradas)|noticias anteriores",
    r"lo más (?:visto|leído)|dans la même rubrique|à voir aussi|les plus lus",
    r"weitere (?:\w+ )?(?:meldungen|beiträge|themen|mitteilungen|pressemitteilungen)",
    r"(?:altre|ultime) (?:notizie|news)|(?:outras|mais|últimas) notícias|mais lidas",
    r"(?:ещё|еще|другие) новости|інші новини|相关稿件|inne (?:aktualności|wiadomości)",
)
"""The same, by their pattern."""
