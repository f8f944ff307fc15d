"""Dates that templates print inside headings: the release's, unless the headline speaks of them."""

from __future__ import annotations

import pytest

from tests.corpora import read

TITLE = "Ministry opens the northern harbour"
PROSE = (
    "<p>The ministry opened a new harbour in the north of the country on Monday morning.</p>"
    "<p>It will serve four islands, and it took the builders three years to finish it.</p>"
)


def page(heading: str, lang: str = "en") -> str:
    return (
        f'<html lang="{lang}"><head><title>Ministry</title></head><body>'
        f"<ul><li><a href='/'>Home</a></li></ul>{heading}{PROSE}</body></html>"
    )


@pytest.mark.parametrize(
    "heading",
    [
        f"<h2>{TITLE}<span>17.12.2015</span></h2>",
        f"<h1>{TITLE} <time datetime='2015-12-17'>17 December 2015</time></h1>",
        f"<h1>{TITLE}<small>December 17, 2015</small></h1>",
        f"<h1>{TITLE}<div>Published: 17 December 2015</div></h1>",
        f"<h1>{TITLE}<br>17 December 2015</h1>",
        f"<h1>17.12.2015<br>{TITLE}</h1>",
        f"<h1><span class='title-date'>17 Dec 2015</span> {TITLE}</h1>",
        f"<h1><span>{TITLE}</span> | <em>17/12/2015</em></h1>",
        f"<h1><a href='#x'>{TITLE}</a><b>Thursday, 17 December 2015</b></h1>",
        f"<div class='news-title'>{TITLE}<span>2015-12-17</span></div>",
    ],
)
def test_a_date_inside_a_heading_is_the_date_and_not_the_title(heading: str) -> None:
    release = read(page(heading), "a/b.html")
    assert release.title == TITLE
    assert release.date is not None
    assert release.date.value == "2015-12-17"
    assert "2015" not in release.title


@pytest.mark.parametrize("lang", ["de", ""])
def test_months_are_read_in_the_language_of_the_page_declared_or_not(lang: str) -> None:
    text = (
        "<p>Das Ministerium hat am Montag im Norden des Landes einen neuen Hafen eröffnet, der "
        "vier Inseln dient.</p><p>Die Arbeiten haben drei Jahre gedauert und wurden vom Land "
        "bezahlt, wie die Ministerin sagte.</p>"
    )
    heading = "<h2>Neuer Hafen eröffnet<span>Donnerstag, 17. Dezember 2015, 10:15 Uhr</span></h2>"
    release = read(page(heading, lang).replace(PROSE, text), "a/b.html")
    assert release.title == "Neuer Hafen eröffnet"
    assert release.date is not None
    assert release.date.value == "2015-12-17"


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        (
            "<h1>Statement on the storm of <span>17 December 2015</span></h1>",
            "Statement on the storm of 17 December 2015",
        ),
        (
            "<h1>Statement on the storm of "
            "<time datetime='2015-12-17'>17 December 2015</time></h1>",
            "Statement on the storm of 17 December 2015",
        ),
        (
            "<h1>Ministry honours <em>17 December 2015</em> rescue crews</h1>",
            "Ministry honours 17 December 2015 rescue crews",
        ),
        (
            "<h1><b>17 December 2015</b> was the wettest day on record</h1>",
            "17 December 2015 was the wettest day on record",
        ),
        (
            "<h1>Harbours in the year <span>2015</span></h1>",
            "Harbours in the year 2015",
        ),
    ],
)
def test_a_date_that_the_headline_speaks_of_stays_in_it(heading: str, title: str) -> None:
    release = read(page(heading), "a/b.html")
    assert release.title == title
    assert release.date is None
