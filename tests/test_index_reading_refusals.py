"""Pages that are saved instead of releases are told apart, with what they say."""

from __future__ import annotations

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
