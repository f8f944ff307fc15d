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
a lire aussi; a voir aussi; lire aussi; pour aller plus loin; lesen sie auch
das könnte dich auch interessieren
das könnte dir auch gefallen; das könnte sie interessieren; auch interessant; ähnliche beiträge
ähnliche meldungen
verwandte artikel; verwandte beiträge; mehr zu diesem thema; más información relacionada
también te puede interesar; te puede interesar; potrebbe interessarti; potrebbero interessarti
ti potrebbe interessare; veja mais; você também pode gostar; zobacz też; przeczytaj także
relaterade nyheter; relaterte saker; relaterede artikler; aiheeseen liittyvää
read more on this topic
editor’s picks; editor's picks; editors’ picks; editors' picks; you might like
您可能感兴趣的文章; 延伸 · 推荐; 延伸推荐; 你可能会喜欢; 热门新闻排行榜; 猜你喜欢; 相关推荐
热门推荐; 为您推荐; 为你推荐
精彩推荐; 热点推荐
热门文章; 热门评论; 友情链接; 更多新闻
更多精彩; 推荐新闻; 猜您喜欢; 您可能感兴趣; 大家都在看; 24小时热文; 最新文章; 今日推荐; 热点排行
相關文章; 推薦閱讀; 你可能感興趣
연관기사; 주요기사; 인기기사; 많이본 기사; おすすめ記事; 関連トピックス; ランキング
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


COMMENTS_PATTERN = phrase_pattern(
    r"(?:leave|post|add|write|submit) (?:a |your )?(?:reply|comment)s?\b.{0,30}",
    r"(?:loading|join the|reader|user|all|your) (?:comments|conversation|discussion)\W*",
    r"\d+ (?:comments?|responses?|repl(?:y|ies)|thoughts? on .{0,80})|comments? ?\(\d+\)",
    r"(?:schreiben sie|schreibe|hinterlass\w*(?: sie)?|verfasse\w*) (?:einen |ihren |deinen )?"
    r"kommentar\b.{0,30}|kommentar (?:schreiben|verfassen|hinterlassen)\b.{0,30}"
    r"|\d+ (?:kommentare?|gedanken? zu .{0,80}|antworten)|kommentare? ?\(\d+\)",
    r"(?:laisser|laissez|ajouter|poster|écrire) (?:un |votre )?commentaire\b.{0,30}"
    r"|\d+ commentaires?|commentaires? ?\(\d+\)",
    r"deja (?:un comentario|una respuesta)\b.{0,30}|\d+ comentarios?|comentarios? ?\(\d+\)",
    r"lascia un commento\b.{0,30}|\d+ commenti|commenti ?\(\d+\)|deixe um comentário\b.{0,30}",
    r"(?:geef|plaats|schrijf) een reactie\b.{0,30}|\d+ reacties?|dodaj komentarz\b.{0,30}",
    r"(?:добавить|оставить|написать) комментарий\b.{0,30}|комментари[ий] ?\(\d+\)",
    r"(?:网友|網友|全部|最新|热门|热|我要)?(?:评论|評論|跟帖|跟贴)(?:\W?\d+\W?条?)?|评论\W{1,3}\d+\W{0,2}"
    r"|(?:发表|發表|我要)(?:评论|評論)|댓글(?:\W?\d+)?|コメント(?:\W?\d+)?",
)
"""Headings after which readers speak."""
