"""The words by which the furniture of pages and of press releases gives itself away.

General words of the web and of the trade in several languages; no name of any site or office
belongs here.
"""

from __future__ import annotations

import re


def _lines(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in re.split(r"[;\n]", text) if part.strip())


FURNITURE = _lines("""
news; press; contact us; about us; faq; faqs; help; get help; donate; newsroom; press room; press releases; news releases; media releases; media center
media centre; press center; press centre; news & events; news and events; media room; latest updates
skip to content; skip to main content; skip to navigation; skip navigation; skip to footer
jump to content; jump to navigation; menu; main menu; close; close menu; open menu
toggle navigation; toggle menu; navigation; search; search form; search this site; search for
home; you are here; back; go back; back to top; top; scroll to top; return to top; go to top
share; share this; share this page; share this article; share this story; share this post
share via; share on; share it; tweet; tweet this; facebook; twitter; linkedin; instagram; youtube
whatsapp; telegram; pinterest; reddit; tumblr; flickr; google+; feedburner; messenger; bluesky
threads; tiktok; email; e-mail; email this; email this page; email page; send to a friend
print; print this; print this page; print page; print version; printer friendly
printer-friendly version; pdf; download pdf; download as pdf; save as pdf; copy link; link copied
rss; rss feed; subscribe; sign up; newsletter; newsletter sign-up; newsletter signup; follow
follow us; follow us on; stay connected; connect with us; connect; like us on facebook; like
read more; learn more; more; more info; continue reading; view all; see all; see more; show more
load more; next; previous; prev; next post; previous post; next article; previous article
login; log in; sign in; log out; register; my account; sitemap; site map; privacy
privacy policy; terms of use; terms of service; terms and conditions; cookie policy
cookie settings; accessibility; all rights reserved; accept; accept all; accept cookies; reject
reject all; got it; manage cookies; decline; image; images; photo; video; gallery; slideshow
loading; advertisement; text size; font size; a a a; a+; a-; language; select language; translate
listen; play; pause; mute; hide caption; toggle caption; enlarge image; view image; view larger
zoom; x; ×; +; name; email*; name*; submit; send; go; ok; yes; no; author; published; tags; topics
bookmark; favorites; add to favorites; embed; comments; leave a comment; leave a reply
no comments; post a comment; add comment; 0 comments; category; categories; archives; archive
breadcrumb; share on facebook; share on twitter; share on x; share on linkedin; share by email
share on whatsapp; opens in new window; opens in a new window; external link; show menu; hide menu
compartir; imprimir; inicio; buscar; menú; menu principal; volver; volver arriba; leer más; ver más
saltar al contenido; ir al contenido; ir al contenido principal; siguiente; anterior; suscribirse
teilen; drucken; startseite; suche; nach oben; zum inhalt springen; zum inhalt; zur navigation
seite drucken; weiterlesen; mehr; zurück; weiter; menü; hauptmenü; schließen; sie sind hier
partager; imprimer; accueil; rechercher; recherche; retour en haut; haut de page; fermer; suivant
précédent; lire la suite; en savoir plus; aller au contenu; aller au contenu principal; s'abonner
condividi; stampa; cerca; torna su; vai al contenuto; leggi tutto; chiudi; seguici; iscriviti
compartilhar; partilhar; início; pular para o conteúdo; ir para o conteúdo; voltar ao topo
delen; afdrukken; zoeken; naar boven; sluiten; lees meer; udostępnij; drukuj; szukaj; czytaj więcej
поделиться; печать; распечатать; версия для печати; поиск; главная; меню; наверх; читать далее
שתף; שיתוף; הדפסה; הדפס; חיפוש; תפריט; דלג לתוכן; דלג לתוכן העיקרי; חזרה למעלה; סגור; תמונה
مشاركة; شارك; طباعة; بحث; القائمة; الرئيسية; الصفحة الرئيسية; إغلاق; اقرأ المزيد; صورة; paylaş
yazdır; ana sayfa; ara; menü; dela; skriv ut; del; udskriv; jaa; tulosta; 分享; 打印; 首页; 共有; 印刷
""")
"""Whole lines that are furniture, case folded and without punctuation around them."""

FURNITURE_PATTERN = re.compile(
    r"""^(?:
      share\s+(?:on|via|by|this|to|with)\b.{0,40} | follow\s+us\b.{0,40} | like\s+us\b.{0,40}
    | (?:click|tap)\s+(?:here|to|on)\b.{0,60} | (?:view|show|hide)\s+(?:all|more|less|comments)\b.{0,40}
    | link\s+to:.* | \d+\s+min(?:ute)?s?\s+read | reading\s+time\b.{0,20} | \d+\s+(?:comments?|shares?|views?|likes?)
    | posted\s+in\b.{0,60} | filed\s+under\b.{0,60} | tags?\s*:.{0,120} | categor(?:y|ies)\s*:.{0,80}
    | (?:opens?|opened)\s+in\s+(?:a\s+)?new\s+(?:window|tab) | page\s+\d+(?:\s+of\s+\d+)?
    | please\s+leave\s+this\s+field\s+empty | are\s+you\s+(?:a\s+)?human.* | \[?tweet\s+this\]?
    | https?://\S+\.(?:jpe?g|png|gif|webp|svg)\S* | (?:\d{1,4}\s*[x×]\s*)?\d{1,4}
    | \d{4}-\d\d-\d\d\s+\d\d:\d\d:\d\d | [\W_]{1,3} | (?:prev|next|previous)\s*[:»>].{0,150}
    | (?:this\s+site|we|this\s+website|our\s+(?:site|website)).{0,30}\buses?\s+cookies\b.*
    | by\s+(?:using|continuing\s+to\s+use|clicking).{0,80}(?:cookies|terms).*
    | (?:©|\(c\)|copyright\b|all\s+rights\s+reserved).{0,150} | .{0,60}\ball\s+rights\s+reserved\.?
    | (?:enable|requires?|please\s+enable)\b.{0,30}\bjavascript\b.* | javascript\s.{0,80}\bdisabled\b.*
    | (?:you\s+are\s+here|usted\s+está\s+aquí|sie\s+sind\s+hier|vous\s+êtes\s+ici)\s*:.{0,200}
    | an\s+official\s+website\s+of\b.* | here[’']s\s+how\s+you\s+know.*
    )$""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)

RELATED = _lines("""
related; related posts; related news; related articles; related content; related links
related stories; related documents; related information; related topics; related press releases
latest news; latest posts; latest press releases; latest; recent posts; recent news
recent press releases; recent articles; more news; more press releases; more stories; more like this
other news; other press releases; other stories; news archive; you may also like; you might also like
read also; read next; see also; recommended; recommended for you; popular; popular posts; most read
most viewed; most popular; trending; trending now; in other news; top stories; featured; in the news
upcoming events; comments; leave a reply; leave a comment; newsletter sign-up; newsletter signup
share; share this; share this page; share this article; share this post; stay connected; post navigation
mehr zum thema; weitere meldungen; weitere artikel; weitere nachrichten; weitere pressemitteilungen
verwandte themen; das könnte sie auch interessieren; ähnliche artikel; aktuelle meldungen
à lire aussi; articles liés; articles similaires; dernières actualités; sur le même sujet; voir aussi
noticias relacionadas; notas relacionadas; artículos relacionados; últimas noticias; más noticias
entradas recientes; ver también; le puede interesar; articoli correlati; notizie correlate
ultime notizie; leggi anche; notícias relacionadas; leia também; leia mais; veja também
últimas notícias; gerelateerd; lees ook; gerelateerde artikelen; meer nieuws; czytaj także
czytaj też; zobacz także; powiązane; похожие новости; читайте также; другие новости; по теме
последние новости; інші новини; עוד בנושא; כתבות נוספות; חדשות נוספות; הודעות נוספות; אולי יעניין אותך
اقرأ أيضا; اقرأ أيضًا; مواضيع ذات صلة; أخبار ذات صلة; ilgili haberler; relaterade artiklar
""")
"""Headings after which a page turns to other pages."""

RELEASE_FLAG = re.compile(
    r"""^\W*(?:for\s+immediate\s+(?:release|distribution|publication) | immediate\s+release
    | (?:official\s+)?(?:press|news|media)\s+(?:release|statement|announcement|advisory|alert|note)
    | for\s+(?:release|publication) | embargo(?:ed)?\s+(?:until|for).{0,40} | para\s+(?:su\s+)?publicación\s+inmediata
    | comunicado(?:\s+(?:de|à)\s+(?:prensa|imprensa))? | nota\s+de\s+prensa
    | (?:zur\s+)?sofortigen\s+veröffentlichung | (?:presse|medien)(?:mitteilung|information|erklärung)
    | communiqué(?:\s+de\s+presse)? | pour\s+diffusion\s+immédiate | comunicato(?:\s+stampa)?
    | persbericht | pressmeddelande | pressemeddelelse | pressemelding | (?:lehdistö)?tiedote
    | komunikat(?:\s+prasowy)? | пресс-релиз | пресреліз | הודעה\s+לעיתונות | הודעה\s+לתקשורת
    | بيان\s+صحفي | basın\s+(?:bülteni|açıklaması) | 新闻稿 | プレスリリース | 보도자료
    )(?P<end>\s*[:–—|•-]+\s*|\W*$)""",
    re.IGNORECASE | re.VERBOSE,
)
"""What says that this is a release, alone on its line or before the title."""

END_MARK = re.compile(
    r"^\W*(?:(?:[#*~_]\s*){1,12}|-+\s*30\s*-+|[-–—*(\s]*\bends?\b[-–—*)\s]*|-+\s*fin\s*-+|(?:-\s*){3,})\W*$",
    re.IGNORECASE,
)
"""The mark by which a release says that it is over."""

ABOUT = re.compile(
    r"""^(?:about|über|acerca\s+de|sobre|à\s+propos\s+(?:de|d[’'])|chi\s+è|over|om|o\s+(?:firmie|spółce)
    |о\s+компании|אודות|على|hakkında)\s+\S.{0,100}$""",
    re.IGNORECASE | re.VERBOSE,
)
"""A heading that opens the standing description of whoever issues the release."""

STANDING = re.compile(
    r"""^(?:notes?\s+(?:to|for)\s+(?:the\s+)?editors?\b | editor[’']?s[’']?\s+notes? | notes? \s+ to \s+ investors\b
    | (?:safe\s+harbou?r|forward[-\s]looking)\b.{0,60}(?:statements?|information)?
    | (?:legal\s+)?disclaimer | cautionary\s+(?:note|statement).{0,80} | boilerplate | legal\s+notice
    | hinweise?\s+(?:an|für)\s+die\s+redaktion | note\s+aux\s+(?:rédactions|éditeurs)
    | important\s+(?:information|notice)\b.{0,60} | non-gaap\s+financial\s+measures?
    )\s*:?$""",
    re.IGNORECASE | re.VERBOSE,
)
"""Other headings of standing text."""

CONTACT_HEAD = re.compile(
    r"""^(?:(?:(?:media|press|news|investor|public|pr|company|general|further|editorial|business|local
      |primary|secondary|additional|corporate)\s+(?:&\s*\w+\s+|and\s+\w+\s+|relations?\s+|affairs\s+|office\s+|information\s+)?)?
      (?:contacts?|enquir(?:y|ies)|inquir(?:y|ies)|representatives?)(?:\s+(?:info(?:rmation)?|details|person|persons|us))?
    | for\s+(?:more|further|additional|media|press|all|any|general)\s+(?:\w+\s+){0,3}?(?:information|inquir\w+|enquir\w+|questions|details)?.{0,40}?(?:contact|call|visit|reach)?
    | contacto(?:s)?(?:\s+de\s+prensa|\s+para\s+(?:medios|prensa))? | pressekontakt | ansprechpartner(?:in)? | kontakt
    | contacts?\s+presse | contatti(?:\s+stampa)? | ufficio\s+stampa | contato | perscontact | kontakt\s+dla\s+mediów
    | контакт(?:ы|и)? | איש\s+קשר | לפרטים\s+נוספים | للمزيد\s+من\s+المعلومات | basın\s+irtibat
    | media | press\s+office | source
    )\s*:?\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
"""A heading or label that opens a block of contacts."""

CONTACT_LEAD = re.compile(
    r"""^\W{0,3}(?:(?:(?:media|press|news|investor|pr|company)\s+(?:\w+\s+){0,2})?(?:contacts?|enquiries|inquiries)\s*[:–-]
    | (?:contacto|kontakt|pressekontakt|contatti|contato|контакты?)\s*:
    | for\s+(?:more|further|additional|media|press|interview)\s+(?:\w+\s+){0,4}?(?:contact|call|email|e-mail|reach)\b
    | (?:to\s+(?:arrange|schedule)\s+(?:an\s+)?interview).{0,60}(?:contact|call)
    | (?:members\s+of\s+the\s+)?(?:media|press|journalists|reporters)\b.{0,60}\b(?:should|may|can|please)\s+(?:contact|call)
    | please\s+(?:contact|call)\b | contact\b(?!\s+(?:tracing|with|lens|sport)).{0,40}(?:@|\d{3}[-.\s]\d{3,4})
    )""",
    re.IGNORECASE | re.VERBOSE,
)
"""The opening of a sentence or line that gives a contact."""
