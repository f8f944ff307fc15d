"""Pages that are saved instead of releases are told apart, with what they say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.errors import ReadingError
from index.model import DocumentKind, RawDocument, Release
from index.reading import read_document


def read(markup: str) -> Release:
    return read_document(RawDocument("a.html", DocumentKind.HTML, markup.encode(), "0"))


def page(title: str, text: str, heading: str = "") -> str:
    return f"<html><head><title>{title}</title></head><body><h1>{heading}</h1><p>{text}</p></body>"


SORRY = "We are sorry, but nothing stands at this address. Use the search or go to the start page."


@pytest.mark.parametrize(
    "title",
    [
        "404 - Not Found",
        "Page not found | Ministry of Water",
        "The page you requested could not be found",
        "Seite nicht gefunden",
        "Page introuvable - Préfecture",
        "Página no encontrada",
        "Страница не найдена",
        "הדף לא נמצא",
        "ページが見つかりません",
        "Just a moment...",
        "Access denied",
        "403 Forbidden",
        "Service Unavailable",
        "Please enable JavaScript and cookies to continue",
    ],
)
def test_error_pages_are_refused(title: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read(page(title, SORRY))
    assert caught.value.hint == "error_page"
    with pytest.raises(ReadingError):
        read(page("Ministry of Water and Coast", SORRY, title.split(" | ")[0]))


@pytest.mark.parametrize(
    "title",
    [
        "Minister opens 404 new homes in Sarre",
        "500 apprentices start work at the harbour",
        "Access to clean water denied to thousands, report says",
        "Missing page of the charter found in an attic",
        "Security checks at the port will take longer in May",
        "Service on Line 4 unavailable for two weekends",
    ],
)
def test_releases_with_such_words_are_read(title: str) -> None:
    text = "The authority said on Monday that work would begin in May and end within three weeks."
    assert read(page(title, text, title)).title == title


def test_a_long_release_on_errors_is_read() -> None:
    text = "</p><p>".join(
        f"On day {day} the archive found {day} letters more." for day in range(40)
    )
    assert read(page("Page not found: how the archive lost its letters", text)).blocks


MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August")
HEADLINES = [f"Harbour board approves section {number} of the sea wall" for number in range(8)]
DATES = [f"{number + 3} {month} 2019" for number, month in enumerate(MONTHS)]
TEASER = (
    "The board met on Monday in the town hall and heard the engineers who measured the old wall "
    "in winter, then voted for the plan."
)


def cards() -> str:
    return "".join(
        f'<div class="row"><p class="when">{date}</p><h3><a href="/r/{number}">{headline}</a></h3>'
        f"<p>{TEASER}</p></div>"
        for number, (date, headline) in enumerate(zip(DATES, HEADLINES, strict=True))
    )


def unlinked_cards() -> str:
    return "".join(
        f"<div><div>{date}</div><div>{headline}</div><div>{TEASER}</div>"
        f'<div><a href="/r/{number}">read more</a></div></div>'
        for number, (date, headline) in enumerate(zip(DATES, HEADLINES, strict=True))
    )


def table() -> str:
    rows = "".join(
        f'<tr><td>{date}</td><td><a href="/r/{number}">{headline}</a></td></tr>'
        for number, (date, headline) in enumerate(zip(DATES, HEADLINES, strict=True))
    )
    return f"<table><tr><th>Date</th><th>Subject</th></tr>{rows}</table>"


def lines() -> str:
    items = "".join(
        f'<li>{date} - <a href="/r/{number}">{headline}</a></li>'
        for number, (date, headline) in enumerate(zip(DATES, HEADLINES, strict=True))
    )
    return f"<ul>{items}</ul>"


LISTS = (cards, unlinked_cards, table, lines)


def site(title: str, heading: str, text: str) -> str:
    menu = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("Home", "News", "Contact"))
    return (
        f"<html><head><title>{title}</title></head><body><nav><ul>{menu}</ul></nav><main>"
        f"<h1>{heading}</h1>{text}</main><footer><p>Harbour Board, Sarre</p></footer></body>"
    )


@pytest.mark.parametrize("entries", LISTS)
@pytest.mark.parametrize("heading", ["Press releases", "Aktuelles", "Newsroom"])
def test_lists_of_releases_are_refused(entries: Callable[[], str], heading: str) -> None:
    with pytest.raises(ReadingError, match="lists 8 releases") as caught:
        read(site(f"{heading} | Harbour Board", heading, entries()))
    assert caught.value.hint == "listing_page"


@pytest.mark.parametrize("entries", LISTS)
def test_a_release_above_a_list_of_others_is_read(entries: Callable[[], str]) -> None:
    title = "Board thanks the crew of the tug Marigold"
    text = (
        "<p>12 September 2019</p><p>The harbour board thanked the crew of the tug Marigold on "
        "Thursday for bringing in a freighter without an engine.</p>"
    )
    release = read(site(f"{title} | Harbour Board", title, f"{text}<h2>More</h2>{entries()}"))
    assert release.title == title
    assert release.date is not None
    assert release.date.value == "2019-09-12"


@pytest.mark.parametrize("entries", LISTS)
def test_a_release_without_a_headline_beside_a_list_is_read(entries: Callable[[], str]) -> None:
    text = "".join(f"<p>{TEASER.replace('Monday', day)}</p>" for day in ("Friday", "Sunday"))
    assert read(site("Statement", "Statement", f"{text}<h2>Latest</h2>{entries()}")).blocks


def test_a_release_with_a_timetable_is_read() -> None:
    rows = "".join(f"<li>{date}: the ferry does not run</li>" for date in DATES)
    text = f"<p>The ferry stops on eight days for the work on the wall, the board said.</p>{rows}"
    title = "Eight days without a ferry between the islands"
    assert read(site(title, title, f"{text}<ul>{rows}</ul>")).title == title


def test_a_headline_with_a_file_and_a_list_of_others_is_read() -> None:
    title = "Yearly figures of the harbour in one table"
    file = '<p>Posted the September 1, 2019 at 0h00</p><a href="/figures.pdf">Download</a>'
    page = site("HARBOUR", title, f"{file}<h2>Read also</h2>{cards()}")
    assert read(page).title == title
