"""HTML pages to releases: layouts of invented sites, unlike each other and any corpus."""

from __future__ import annotations

from index.model import BlockKind, Release
from tests.corpora import read

BLOG = """
<!DOCTYPE html><html lang="en-GB"><head><title>Council opens new bridge over River Wend &#8211;
Wendshire County</title>
<meta property="og:site_name" content="Wendshire County"><meta property="og:title"
content="Council opens new bridge over River Wend">
<meta property="article:published_time" content="2021-03-04T09:30:00+00:00"><meta
property="article:modified_time" content="2022-01-01T00:00:00+00:00">
<link rel="canonical" href="https://www.wendshire.example/2021/03/bridge/"></head>
<body class="post-template single has-sidebar"><a class="skip-link screen-reader-text"
href="#content">Skip to content</a>
<header id="masthead" class="site-header"><p class="site-title"><a href="/">Wendshire
County</a></p><nav class="main-navigation"><ul><li><a href="/">Home</a></li><li><a
href="/news">News</a></li><li><a href="/contact">Contact</a></li></ul></nav></header>
<div id="content"><article class="post hentry"><header class="entry-header"><h1
class="entry-title">Council opens new bridge over River Wend</h1><div class="entry-meta">Posted on
<time datetime="2021-03-04T09:30:00+00:00">4 March 2021</time> by <span
class="author">webteam</span></div></header>
<div class="entry-content"><figure class="wp-block-image"><img src="a.jpg"><figcaption>Leader Jane
Orme cuts the ribbon. Photo: Tom Pix</figcaption></figure>
<p>A new bridge over the River Wend was opened today by the Leader of the Council, Jane Orme,
after two years of construction.</p>
<p>&#8220;This bridge will bring our two towns together, and will cut journey times by half for
thousands of residents,&#8221; she said.</p>
<h2>Next steps</h2><ul><li>Cycle lanes open in May.</li><li>The old bridge closes in
June.</li></ul>
<blockquote><p>We are delighted with the quality of the work, which was finished on time and
within its budget.</p></blockquote>
<p>The project cost £12 million and was paid for by the county and by the Department for
Transport.</p>
<h3>Notes to editors</h3><p>The bridge is 240 metres long and was designed by the county's own
engineers over several years.</p>
<p>Media contact: Sam Field, 01234 567890, press@wendshire.example</p></div>
<div class="sharedaddy sd-sharing"><h3>Share this:</h3><ul><li><a href="#">Twitter</a></li><li><a
href="#">Facebook</a></li></ul></div>
<nav class="post-navigation"><a href="/x">Previous: Budget agreed for next year by full
council</a></nav></article>
<div id="comments" class="comments-area"><h2>Leave a Reply</h2><p>Your email address will not be
published. Required fields are marked.</p></div></div>
<aside id="secondary" class="widget-area"><section class="widget"><h2>Recent Posts</h2><ul><li><a
href="/1">School places for September are announced by the county council today.</a></li><li><a
href="/2">Libraries reopen</a></li></ul></section></aside>
<footer><p>© 2021 Wendshire County. All rights reserved. County Hall, High Street, Wend WE1
2ND</p></footer></body></html>
"""

TABLES = """
<HTML><HEAD><TITLE>Ministry of Fisheries - Press Release - Minister announces new quota for
herring</TITLE>
<BODY BGCOLOR=white><TABLE width=100%><TR><TD colspan=2><A HREF=/><IMG SRC=logo.gif></A> <A
HREF=/a>About the Ministry</A> | <A HREF=/b>Press</A> | <A HREF=/c>Contact</A></TD></TR>
<TR><TD width=150><FONT size=1><A HREF=1>Laws</A><BR><A HREF=2>Reports</A><BR><A
HREF=3>Statistics</A><BR><A HREF=4>Links</A></FONT></TD>
<TD><FONT size=4><B>Minister announces new quota for herring</B></FONT><BR><BR>Port Aldern, 3 June
1998<BR><BR>
The Minister of Fisheries, Mr. Ole Brandt, today announced a new quota for herring in the northern
waters, which will apply from the first of July.<BR><BR>
The quota was set at 40,000 tonnes after long talks with the neighbouring countries and with the
organisations of the fishermen.<BR><BR>
"We have found a balance between the needs of the fleet and the state of the stock," the Minister
said.<P>
<TABLE
border=1><TR><TD>Year</TD><TD>Quota</TD></TR><TR><TD>1997</TD><TD>45,000</TD></TR><TR><TD>1998</TD><TD>40,000</TD></TR></TABLE>
For further information contact: Mrs. Lund, tel. 555-1234</TD></TR>
<TR><TD colspan=2><FONT size=1>Copyright 1998 Ministry of Fisheries.
Webmaster</FONT></TD></TR></TABLE></BODY></HTML>
"""

BLOCKS = """
<html lang=de><head><title>Neue Zugstrecke eröffnet | Ministerium für Verkehr</title><meta
name="description" content="Herzlich willkommen auf der Seite des Ministeriums.">
<script
type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"Ministerium
für Verkehr"},{"@type":"NewsArticle","headline":"Neue Zugstrecke
eröffnet","datePublished":"2020-10-05T10:00:00+02:00","publisher":{"@type":"Organization","name":"Ministerium
für Verkehr"}}]}</script></head>
<body><div class="cmp-header"><div class="cmp-navigation"><ul><li><a href=a>Themen</a></li><li><a
href=b>Ministerium</a></li><li><a href=c>Presse</a></li></ul></div></div>
<div class="hero"><span class="badge">Pressemitteilung</span><h1>Neue Zugstrecke eröffnet</h1><p
class="lead">Die Strecke zwischen Altstadt und Neuheim verkürzt die Fahrzeit um vierzig
Minuten.</p></div>
<div class="root"><div class="grid">
<div class="cmp-text"><p>Altstadt, 5. Oktober 2020 – Bundesminister Karl Meier hat heute die neue
Strecke zwischen Altstadt und Neuheim feierlich eröffnet und den ersten Zug begleitet.</p></div>
<div class="cmp-text"><p>„Mit dieser Strecke rückt das Land näher zusammen, und das ist ein guter
Tag für alle Reisenden“, sagte der Minister bei der Eröffnung.</p></div>
<div class="cmp-image"><img><span class="cmp-image__caption">Der erste Zug. Foto: Petra Klein /
Ministerium</span></div>
<div class="cmp-text"><p>Die Bauarbeiten dauerten acht Jahre und kosteten rund zwei Milliarden
Euro, die Bund und Land gemeinsam getragen haben.</p></div>
<div class="cmp-teaserlist"><div class="cmp-t"><a href=1><h3>Weitere Mittel für Radwege in allen
Landkreisen beschlossen</h3></a><p>Der Bund stellt mehr Geld für den Bau von Radwegen
bereit.</p></div><div class="cmp-t"><a href=2><h3>Neuer Fahrplan gilt ab Dezember für den ganzen
Norden</h3></a><p>Der neue Fahrplan bringt mehr Züge am Abend.</p></div><div class="cmp-t"><a
href=3><h3>Minister besucht die Werft in der Hafenstadt</h3></a><p>Der Minister sprach mit den
Beschäftigten der Werft.</p></div></div>
</div></div><div class="footer">Impressum Datenschutz © Ministerium für
Verkehr</div></body></html>
"""

FORM = """
<html><head><title>Bureau of Public Works</title></head><body><form id="aspnetForm"
method="post"><div id="topmenu"><a href=1>Home</a> <a href=2>Services</a> <a href=3>Newsroom</a>
<a href=4>Tenders</a></div>
<div id="breadcrumb"><a href=1>Home</a> &gt; <a href=2>Newsroom</a> &gt; Detail</div>
<div id="main"><h2 id="ctl00_lblTitle">Road works to begin in Eastgate district on
Monday</h2><span id="lblDate">Release Date: 12/09/2019</span><br><span>Last updated:
01/02/2023</span>
<div id="ctl00_body"><p>The Bureau of Public Works will begin road works in the Eastgate district
on Monday 16/09/2019, the bureau's director said.</p><p>Drivers should expect delays on Harbour
Road and on the approaches to the old market for about three weeks.</p><p>Residents can call the
bureau's information line for details about parking and public transport during the
works.</p></div>
<div class="print"><a href=#>Print</a> <a href=#>Email</a></div></div><div id="footer">Bureau of
Public Works, 1 Main Street. Tel 1234 5678</div></form></body></html>
"""

HEBREW = """
<html lang="he" dir="rtl"><head><meta charset="utf-8"><title>ראש הממשלה נפגש עם נשיא רוסיה | משרד
ראש הממשלה</title></head><body><nav><a href=1>ראשי</a><a href=2>חדשות</a></nav><main><h1>ראש
הממשלה נפגש עם נשיא רוסיה</h1><div class="date">12.09.2019</div><p>ראש הממשלה נפגש הערב בסוצ'י עם
נשיא רוסיה ודן עמו בתיאום הביטחוני בין המדינות באזור כולו.</p><p>"אני שמח לפגוש אותך שוב. היחסים
בין רוסיה לישראל מעולם לא היו קרובים יותר," אמר ראש הממשלה בתחילת הפגישה.</p><p>צילום: עמוס בן
גרשום, לע"מ</p></main><footer>כל הזכויות שמורות</footer></body></html>
"""

TEASERS = """
<html lang=en><head><title>Acme Corp - Acme Opens Plant in Ohio</title><meta property="og:title"
content="Acme Corp"><meta property="og:type" content="website"></head><body><header><h1><a
href=/>Acme Corp</a></h1><div class=tag>Building the future</div></header><div class="wrapper
sidebar-layout"><div class="col"><h2 class="news-title">Acme Opens Plant in Ohio</h2><p
class=date>Sept. 3, 2018</p><p>COLUMBUS, Ohio, Sept. 3, 2018 /WireX/ -- Acme Corp today opened a
plant in Columbus that will employ four hundred people by the end of next year.</p><p>The plant
makes parts for wind turbines and replaces an older site nearby which closed in the
spring.</p><p>"We are proud to be here," said chief executive Dana Cole, "and we will be here for
a long time."</p><p><strong>About Acme Corp</strong></p><p>Acme Corp makes parts for machines of
every kind and has been doing so since the year 1902.</p><p>Contact:<br>Lee Wong<br>Acme
Corp<br>(614) 555-0101<br>lee@acme.example</p></div>
<div class="col2"><h3>More news</h3><article><h4><a href=1>Acme names new chief financial officer
for Europe</a></h4><p>The company today named a new officer who joins in
May.</p></article><article><h4><a href=2>Acme reports results for the third
quarter</a></h4><p>Revenue rose by four per cent in the quarter, the company
said.</p></article><article><h4><a href=3>Acme to close its plant in Dayton in
spring</a></h4><p>The plant will close in the spring of next year.</p></article></div></div><div>©
Acme</div></body></html>
"""


def kinds(release: Release) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in release.blocks]


def texts(release: Release, kind: BlockKind) -> list[str]:
    return [block.text for block in release.blocks if block.kind is kind]


def test_a_blog_layout_gives_its_article_and_nothing_around_it() -> None:
    release = read(BLOG, "site/bridge.html")
    assert release.title == "Council opens new bridge over River Wend"
    assert (release.date and release.date.value) == "2021-03-04"
    assert release.lang == "en"
    assert release.url == "https://www.wendshire.example/2021/03/bridge/"
    assert release.source == "Wendshire County"
    for furniture in ("Skip to", "Share this", "Twitter", "Recent Posts", "Leave a Reply"):
        assert furniture not in release.text
    for furniture in ("School places", "Budget agreed", "All rights", "High Street", "Home"):
        assert furniture not in release.text
    found = kinds(release)
    assert ("title", release.title) == found[0]
    assert ("caption", "Leader Jane Orme cuts the ribbon. Photo: Tom Pix") in found
    assert ("heading", "Next steps") in found
    assert ("list", "Cycle lanes open in May.\nThe old bridge closes in June.") in found
    assert [text[:17] for text in texts(release, BlockKind.QUOTE)] == ["We are delighted "]
    assert ("boilerplate", "Notes to editors") in found
    assert any(text.startswith("Media contact") for text in texts(release, BlockKind.CONTACT))
    assert len([text for kind, text in found if text == release.title]) == 1


def test_a_page_laid_out_with_tables_is_read_and_its_table_of_figures_kept() -> None:
    release = read(TABLES, "old/herring.htm".replace(".htm", ".html"))
    assert release.title == "Minister announces new quota for herring"
    assert (release.date and release.date.value) == "1998-06-03"
    assert release.dateline == "Port Aldern"
    assert ("paragraph", "Year | Quota\n1997 | 45,000\n1998 | 40,000") in kinds(release)
    for furniture in ("Statistics", "About the Ministry", "Copyright", "Laws"):
        assert furniture not in release.text
    assert texts(release, BlockKind.CONTACT) == [
        "For further information contact: Mrs. Lund, tel. 555-1234"
    ]


def test_paragraphs_each_in_a_box_of_its_own_come_together() -> None:
    release = read(BLOCKS, "verkehr/strecke.html")
    assert release.title == "Neue Zugstrecke eröffnet"
    assert release.summary.startswith("Die Strecke zwischen Altstadt")
    assert [block.kind.value for block in release.blocks[:2]] == ["title", "summary"]
    assert (release.lang, release.dateline) == ("de", "Altstadt")
    assert (release.date and release.date.value) == "2020-10-05"
    assert release.source == "Ministerium für Verkehr"
    assert len(texts(release, BlockKind.PARAGRAPH)) == 3
    assert texts(release, BlockKind.CAPTION) == ["Der erste Zug. Foto: Petra Klein / Ministerium"]
    assert "Radwege" not in release.text
    assert "Herzlich willkommen" not in release.text


def test_a_page_inside_one_form_whose_title_names_only_the_site() -> None:
    release = read(FORM, "bureau/roads.html")
    assert release.title == "Road works to begin in Eastgate district on Monday"
    # The 16th of September in the text shows that the day comes first.
    assert (release.date and release.date.value) == "2019-09-12"
    for furniture in ("Tenders", "Newsroom", "Print", "1 Main Street"):
        assert furniture not in release.text


def test_a_right_to_left_page_keeps_its_letters() -> None:
    release = read(HEBREW, "pmo/a.html")
    assert release.title == "ראש הממשלה נפגש עם נשיא רוסיה"
    assert release.lang == "he"
    assert release.source == "משרד ראש הממשלה"
    assert (release.date and release.date.value) == "2019-09-12"
    assert texts(release, BlockKind.CAPTION) == ['צילום: עמוס בן גרשום, לע"מ']
    assert "כל הזכויות" not in release.text


def test_the_sites_name_as_first_heading_is_not_the_title_and_teasers_are_left_out() -> None:
    release = read(TEASERS, "acme/plant.html")
    assert release.title == "Acme Opens Plant in Ohio"
    assert release.source == "Acme Corp"
    assert release.dateline == "Columbus, Ohio"
    assert "Dayton" not in release.text
    assert "third quarter" not in release.text
    assert "Lee Wong" in texts(release, BlockKind.CONTACT)
    assert texts(release, BlockKind.BOILERPLATE)[-1].startswith("Acme Corp makes parts")
