"""The words by which the furniture of pages and of press releases gives itself away.

General words of the web and of the trade in several languages; no name of any site or office
belongs here. In the patterns a space stands for any run of white space.
"""

from __future__ import annotations

import re


def phrase_lines(text: str) -> frozenset[str]:
    """Read a list of phrases, one to a line or divided by semicolons."""
    return frozenset(part.strip() for part in re.split(r"[;\n]", text) if part.strip())


def phrase_pattern(*alternatives: str, start: str = "^", end: str = "$") -> re.Pattern[str]:
    """Join alternatives into one pattern that ignores case."""
    body = "|".join(alternatives).replace(" ", r"\s+")
    return re.compile(f"{start}(?:{body}){end}", re.IGNORECASE | re.DOTALL)


FURNITURE = phrase_lines("""
news; press; contact us; about us; faq; faqs; help; get help; donate; newsroom; press room
press releases; news releases; media releases; media center; media centre; press center
press centre; news & events; news and events; media room; latest updates; skip to content
skip to main content; skip to navigation; skip navigation; skip to footer; jump to content
jump to navigation; menu; main menu; close; close menu; open menu; toggle navigation; toggle menu
navigation; search; search form; search this site; search for; home; you are here; back; go back
back to top; top; scroll to top; return to top; go to top; share; share this; share this page
share this article; share this story; share this post; share via; share on; share it; tweet
tweet this; facebook; twitter; linkedin; instagram; youtube; whatsapp; telegram; pinterest; reddit
tumblr; flickr; google+; feedburner; messenger; bluesky; threads; tiktok; email; e-mail
email this; email this page; email page; send to a friend; print; print this; print this page
print page; print version; printer friendly; printer-friendly version; pdf; download pdf
download as pdf; save as pdf; copy link; link copied; rss; rss feed; subscribe; sign up; newsletter
newsletter sign-up; newsletter signup; follow; follow us; follow us on; stay connected
connect with us; connect; like us on facebook; like; read more; learn more; more; more info
continue reading; view all; see all; see more; show more; load more; next; previous; prev
next post; previous post; next article; previous article; login; log in; sign in; log out; register
my account; sitemap; site map; privacy; privacy policy; terms of use; terms of service
terms and conditions; cookie policy; cookie settings; accessibility; all rights reserved; accept
accept all; accept cookies; reject; reject all; got it; manage cookies; decline; image; images
photo; video; gallery; slideshow; loading; advertisement; text size; font size; a a a; a+; a-
language; select language; translate; listen; play; pause; mute; hide caption; toggle caption
enlarge image; view image; view larger; zoom; x; ×; +; name; email*; name*; submit; send; go; ok
yes; no; author; published; tags; topics; bookmark; favorites; add to favorites; embed; comments
leave a comment; leave a reply; no comments; post a comment; add comment; category; categories
archives; archive; breadcrumb; share on facebook; share on twitter; share on x; share by email
share on linkedin; share on whatsapp; opens in new window; opens in a new window; external link
show menu; hide menu; browse by; filter by; tagged with; tagged; posted in; filed under
compartir; imprimir; inicio; buscar; menú; menu principal; volver; volver arriba; leer más; ver más
saltar al contenido; ir al contenido; ir al contenido principal; siguiente; anterior; suscribirse
teilen; drucken; startseite; suche; nach oben; zum inhalt springen; zum inhalt; zur navigation
seite drucken; weiterlesen; mehr; zurück; weiter; menü; hauptmenü; schließen; sie sind hier
partager; imprimer; accueil; rechercher; recherche; retour en haut; haut de page; fermer; suivant
précédent; lire la suite; en savoir plus; aller au contenu; aller au contenu principal; s'abonner
condividi; stampa; cerca; torna su; vai al contenuto; leggi tutto; chiudi; seguici; iscriviti
compartilhar; partilhar; início; pular para o conteúdo; ir para o conteúdo; voltar ao topo
delen; afdrukken; zoeken; naar boven; sluiten; lees meer; udostępnij; drukuj; szukaj
czytaj więcej; поделиться; печать; распечатать; версия для печати; поиск; главная; меню; наверх
читать далее; שתף; שיתוף; הדפסה; הדפס; חיפוש; תפריט; דלג לתוכן; דלג לתוכן העיקרי
חזרה למעלה; סגור; תמונה; مشاركة; شارك; طباعة; بحث; القائمة; الرئيسية; الصفحة الرئيسية
إغلاق; اقرأ المزيد; صورة; paylaş; yazdır; ana sayfa; ara; dela; skriv ut; del; udskriv; jaa
tulosta; 分享; 分享到; 分享到微信; 打印; 打印关闭; 打印本页; 关闭; 关闭窗口; 首页; 返回顶部; 大
中; 小; 大 中 小; 共有; 印刷
字号; 字体; 扫一扫; 上一篇; 下一篇; 收藏; 评论; 列印; 友善列印; 回上一頁; 回頂端; 分享至; シェア
シェアする; 印刷する; ページの先頭へ
ページの先頭へ戻る; トップへ戻る; 戻る; 공유; 공유하기; 인쇄; 목록; 목록으로; 이전글; 다음글; 위로
แชร์; พิมพ์
举报; 关注; 超大; 标准; 特大; 默认; 我要反馈; 纠错; 【纠错】; 分享至好友和朋友圈; 微信; 微博
字号大小; 加入收藏; 我要评论; 发表评论
登录; 注册; 保存; 阅读全文; 点赞; 赞; 赏; 评论(0)
date; published; published on; details; news provided by; provided by; posted on; share tox
""")
"""Whole lines that are furniture, case folded and without punctuation around them."""

FURNITURE_PATTERN = phrase_pattern(
    r"share (?:on|via|by|this|to|with)\b.{0,40}",
    r"(?:follow|like) us\b.{0,40}",
    r"(?:click|tap) (?:here|to|on)\b.{0,60}",
    r"(?:view|show|hide) (?:all|more|less|comments)\b.{0,40}",
    r"link to:.*",
    r"\d+ min(?:ute)?s? read",
    r"sign up (?:for|to)\b.{0,80}\b(?:newsletters?|alerts|updates|e-?mails?)\b.*",
    r"subscribe (?:to|for|now)\b.{0,120}",
    r"to opt-in for\b.*",
    r"(?:get|receive)\b.{0,80}\b(?:in|to) your (?:inbox|email).*",
    r".{0,120}\bcopyright (?:© ?|\(c\) ?)?(?:19|20)\d\d\b.{0,60}",
    r".{0,80}\b(?:todos los derechos reservados|todos os direitos reservados"
    r"|tous droits réservés|alle rechte vorbehalten|tutti i diritti riservati)\b.{0,80}",
    r"(?:compart(?:e|ilhe|ir)|partager|teilen|condividi|поделиться)\s*:.{0,80}",
    r"available languages?\s*:.{0,80}",
    r"(?:we|this site|this website).{0,40}\b(?:use|set|like to set)\b.{0,40}\bcookies\b.*",
    r"cookies on .{0,60}",
    r"reading time\b.{0,20}",
    r"\d+ (?:comments?|shares?|views?|likes?)",
    r"posted in\b.{0,60}",
    r"filed under\b.{0,60}",
    r"tags?\s*:.{0,120}",
    r"categor(?:y|ies)\s*:.{0,80}",
    r"(?:opens?|opened) in (?:a )?new (?:window|tab)",
    r"page \d+(?: of \d+)?",
    r"please leave this field empty",
    r"are you (?:a )?human.*",
    r"\[?tweet this\]?",
    r"https?://\S+\.(?:jpe?g|png|gif|webp|svg)\S*",
    r"(?:\d{1,4}\s*[x×]\s*)?\d{1,4}",
    r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d",
    r"[\W_]{1,3}",
    r"扫一扫.{0,40}|(?:用|打开)?微信\W?扫(?:码|描|一扫).{0,40}|扫描?(?:下方|左[侧边]|右[侧边])?二维码.{0,40}",
    r"\d+ (?:views?|reads?|likes?|shares?) ?\d* ?(?:comments?|likes?|shares?)?",
    r"(?:is|was) this (?:page|information|article) (?:useful|helpful)\??.{0,40}",
    r"(?:האם המידע בדף זה|questa pagina ti è stata|cette page vous a).{0,40}",
    r"(?:כל הזכויות שמורות|جميع الحقوق محفوظة|wszelkie prawa zastrzeżone"
    r"|все права защищены).{0,80}",
    r"(?:proudly )?(?:designed|created|powered|built) (?:with|by|using) .{1,40}",
    r"by .{2,60} [·•|] .{4,30} [·•|] \d+ min(?:ute)? read",
    r"(?:registrado em|pierwsza publikacja|erstveröffentlichung)\s*:.{0,80}",
    r"(?:zdjęcia|photos|fotos|bilder|images) \(\d{1,3}\)",
    r"(?:prev|next|previous)\s*[:»>].{0,150}",
    r"(?:this (?:web)?site|we|our (?:web)?site).{0,30}\buses? cookies\b.*",
    r"by (?:using|continuing to use|clicking).{0,80}(?:cookies|terms).*",
    r"(?:©|\(c\)|copyright\b|all rights reserved).{0,150}",
    r".{0,60}\ball rights reserved\.?",
    r"(?:enable|requires?|please enable)\b.{0,30}\bjavascript\b.*",
    r"javascript .{0,80}\bdisabled\b.*",
    r"(?:you are here|usted está aquí|sie sind hier|vous êtes ici)\s*:.{0,200}",
    r"an official website of\b.*",
    r"here[’']s how you know.*",
    r"(?:版权所有|版權所有|主办单位|主辦單位|承办单位|网站标识码|备案号|.{0,20}ICP备|京公网安备).{0,150}",
    r".{0,80}(?:版权所有|版權所有|無断転載|저작권).{0,80}",
    r"(?:visto|leído|lu|gelesen|viewed|read) \d+ (?:veces|fois|mal|times)",
)

RELEASE_FLAG = phrase_pattern(
    r"for immediate (?:release|distribution|publication)",
    r"immediate release",
    r"(?:official )?(?:press|news|media) (?:release|statement|announcement|advisory|alert|note)",
    r"for (?:release|publication)",
    r"embargo(?:ed)? (?:until|for).{0,40}",
    r"para (?:su )?publicación inmediata",
    r"comunicado(?: (?:de|à) (?:prensa|imprensa))?",
    r"nota de prensa",
    r"(?:zur )?sofortigen veröffentlichung",
    r"(?:presse|medien)(?:mitteilung|information|erklärung)",
    r"communiqué(?: de presse)?",
    r"pour diffusion immédiate",
    r"comunicato(?: stampa)?",
    r"persbericht",
    r"pressmeddelande",
    r"pressemeddelelse",
    r"pressemelding",
    r"(?:lehdistö)?tiedote",
    r"komunikat(?: prasowy)?",
    r"пресс-релиз",
    r"пресреліз",
    r"הודעה לעיתונות",
    r"הודעה לתקשורת",
    r"بيان صحفي",
    r"basın (?:bülteni|açıklaması)",
    r"新闻稿",
    r"プレスリリース",
    r"보도자료",
    start=r"^\W*",
    end=r"(?P<end>\s*[:–—|•-]+\s*|\W*$)",
)
"""What says that this is a release, alone on its line or before the title."""

END_MARK = re.compile(
    r"^\W*(?:(?:[#*~_]\s*){1,12}|-+\s*30\s*-+|[-–—*(\s]*\b(?:the end|ends?)\b[-–—*)\s]*"
    r"|-+\s*fin\s*-+|(?:-\s*){3,})\W*$",
    re.IGNORECASE,
)
"""The mark by which a release says that it is over."""

ABOUT = phrase_pattern(
    r"(?:about|über|acerca de|sobre|à propos (?:de|d[’'])|chi è|over|om|o (?:firmie|spółce)"
    r"|о компании|אודות|حول|hakkında) \S.{0,100}",
)
"""A heading that opens the standing description of whoever issues the release."""

STANDING = phrase_pattern(
    r"notes? (?:to|for) (?:the )?editors?\b.{0,20}",
    r"editor[’']?s[’']? notes?",
    r"notes? to investors\b.{0,20}",
    r"(?:safe harbou?r|forward[- ]looking)\b.{0,60}(?:statements?|information)?",
    r"(?:legal )?disclaimer",
    r"cautionary (?:note|statement).{0,80}",
    r"boilerplate",
    r"legal notice",
    r"hinweise? (?:an|für) die redaktion",
    r"note aux (?:rédactions|éditeurs)",
    r"important (?:information|notice)\b.{0,60}",
    r"non-gaap financial measures?",
    end=r"\s*:?$",
)
"""Other headings of standing text."""

_WHOSE = (
    r"(?:media|press|news|investor|public|pr|company|general|further|editorial|business|local"
    r"|primary|secondary|additional|corporate)"
)
_CONTACTS = r"(?:contacts?|enquir(?:y|ies)|inquir(?:y|ies)|representatives?)"

CONTACT_HEAD = phrase_pattern(
    rf"(?:{_WHOSE} (?:& \w+ |and \w+ |relations? |affairs |office |information )?)?{_CONTACTS}"
    r"(?: (?:info(?:rmation)?|details|person|persons|us))?",
    r"for (?:more|further|additional|media|press|all|any|general) (?:\w+ ){0,3}?"
    r"(?:information|inquir\w+|enquir\w+|questions|details).{0,40}?(?:contact|call|visit|reach)?",
    r"contactos?(?: de prensa| para (?:medios|prensa))?",
    r"pressekontakt",
    r"ansprechpartner(?:in)?",
    r"kontakt(?: dla mediów)?",
    r"contacts? presse",
    r"contatti(?: stampa)?",
    r"ufficio stampa",
    r"contato",
    r"perscontact",
    r"контакт(?:ы|и)?",
    r"איש קשר",
    r"לפרטים נוספים",
    r"للمزيد من المعلومات",
    r"basın irtibat",
    r"media",
    r"press office",
    r"source",
    end=r"\s*:?\s*$",
)
"""A heading or label that opens a block of contacts."""

CONTACT_LEAD = phrase_pattern(
    r"(?:(?:media|press|news|investor|pr|company) (?:\w+ ){0,2})?"
    r"(?:contacts?|enquiries|inquiries)\s*[:–-]",
    r"(?:contacto|kontakt|pressekontakt|contatti|contato|контакты?)\s*:",
    r"for (?:more|further|additional|media|press|interview) (?:\w+ ){0,4}?"
    r"(?:contact|call|email|e-mail|reach)\b",
    r"to (?:arrange|schedule) (?:an )?interview.{0,60}(?:contact|call)",
    r"(?:members of the )?(?:media|press|journalists|reporters)\b.{0,60}"
    r"\b(?:should|may|can|please) (?:contact|call)",
    r"please (?:contact|call)\b",
    r"contact\b(?! (?:tracing|with|lens|sport)).{0,40}(?:@|\d{3}[-.\s]\d{3,4})",
    start=r"^\W{0,3}",
    end="",
)
"""The opening of a sentence or line that gives a contact."""
