"""The words before a date that say what it is of: publication, embargo, an event."""

from __future__ import annotations

from index.reading.phrases import phrase_pattern

DATE_LABEL = phrase_pattern(
    r"(?:date )?(?:published|posted|released|issued|publication|release)(?: date)?"
    r"(?: on| at| the)?",
    r"(?:press|news|media) release(?: date)?",
    r"(?:submitted|posted|published|written|created) by .{1,40}? on",
    r"(?:gespeichert|eingereicht|verfasst|erstellt|veröffentlicht|geschrieben) von [^\d]{1,40}? am",
    r"(?:soumis|publié|posté|écrit) par [^\d]{1,40}? le",
    r"(?:enviado|publicado|escrito) por [^\d]{1,40}? (?:el|em)",
    r"(?:inviato|pubblicato|scritto) da [^\d]{1,40}? il",
    r"(?:ingediend|geplaatst|gepubliceerd) door [^\d]{1,40}? op",
    r"(?:wysłane|opublikowane|dodane) przez [^\d]{1,40}? (?:dnia|w dniu)",
    r"date(?: (?:of|de|di) (?:publication|release|issue|parution|mise en ligne))?",
    r"(?:for )?(?:immediate )?release",
    r"veröffentlicht(?: am)?",
    r"(?:veröffentlichungs|erscheinungs)?datum",
    r"erschienen(?: am)?",
    r"(?:publié|paru|mis en ligne)e?(?: le)?",
    r"(?:fecha(?: de publicación)?|publicado|publicada)(?: el| em)?",
    r"data(?: (?:di|de|da) (?:pubblicazione|publicação))?",
    r"pubblicat[oa](?: il)?",
    r"gepubliceerd(?: op)?",
    r"(?:opublikowano|data publikacji|dodano)",
    r"(?:опубликовано|дата публикации|дата|опубліковано|дата публікації)",
    r"(?:פורסם(?: בתאריך| ב)?|תאריך(?: פרסום)?)",
    r"(?:نشر(?: في| بتاريخ)?|تاريخ النشر|التاريخ)",
    r"(?:发布|发表|發布|發佈|更新)?(?:时间|日期|時間)",
    r"(?:公開日|掲載日|発表日|登録日|日付|발행일|등록일|작성일|배포일|게시일|입력)",
    r"(?:yayın(?:lanma)? tarihi|tarih)",
    r"(?:publicera[dt]|publiceret|publisert|offentliggjort|dato|julkaistu)",
    r"(?:zveřejněno|vydáno|publikováno|közzétéve|dátum|δημοσιεύθηκε|ημερομηνία|publicat)",
    r"(?:ngày đăng|วันที่|diterbitkan|tanggal)",
    start=r"^\W{0,4}",
    end=r"(?=[\W\d])[\s:：–—|-]*",
)
"""The label of a date of publication that a line opens with."""

EMBARGO = phrase_pattern(
    r"(?:(?:strictly|under|news|media) )*embargo(?:ed)?\W{1,3}(?:strictly )?(?:(?:not )?for "
    r"(?:publication|release|broadcast)(?: or (?:publication|release|broadcast))? )?"
    r"(?:until|till|to|before|for)\b.{0,60}\d",
    r"embargo(?:ed)? ?: .{0,30}\d",
    r"(?:hold|not) for (?:publication|release|broadcast)(?: or (?:publication|release|broadcast))? "
    r"(?:until|till|before)\b.{0,60}\d",
    r"sperrfrist\b.{0,60}\d",
    r"(?:sous )?embargo jusqu.{0,60}\d",
    r"(?:bajo )?embarg(?:o|ad[oa]) hasta\b.{0,60}\d",
    r"(?:sob )?embarg(?:o|ad[oa]) até\b.{0,60}\d",
    r"(?:sotto )?embargo fino\b.{0,60}\d",
    r"(?:onder )?embargo tot\b.{0,60}\d",
    r"эмбарго до\b.{0,60}\d",
    start=r"^\W*",
    end="",
)
"""A line that says until when a text must not be published."""

EVENT = phrase_pattern(
    r"when|wann|termin|quand|cuándo|quando|wanneer|kiedy|когда|коли|(?:event|start) (?:date|time)"
    r"|starts?|deadline|date (?:and|&|/) time|date et heure|datum und (?:uhr)?zeit|fecha y hora"
    r"|data e or(?:a|ario)|data e hora",
    start=r"^\W*",
    end=r"\W*[:–—]",
)
"""The label of the day on which something takes place."""

VENUE = phrase_pattern(
    r"(?:start )?time|where|location|place|venue|uhrzeit|ort|wo|heure|lieu|où|hora|lugar|dónde|ora"
    r"|luogo|dove|local|onde|waar|plaats|gdzie|miejsce|godzina|где|место|время|де|місце",
    start=r"^\W*",
    end=r" ?[:–—]",
)
"""The label that follows the day in an invitation."""
