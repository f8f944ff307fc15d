"""HTML pages to releases: titles, dates, what is left out, and broken markup."""

from __future__ import annotations

import contextlib

import pytest

from index.errors import ReadingError
from index.model import BlockKind, Release
from tests.corpora import read


def texts(release: Release, kind: BlockKind) -> list[str]:
    return [block.text for block in release.blocks if block.kind is kind]


def body(content: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body>{content}</body></html>"


PROSE = (
    "<p>The ministry opened a new harbour in the north of the country on Monday morning.</p>"
    "<p>It will serve four islands, and it took the builders three years to finish it.</p>"
)


@pytest.mark.parametrize(
    ("head", "content", "title"),
    [
        ("<title>Harbour opens | Ministry</title>", f"<h1>Harbour opens</h1>{PROSE}", None),
        ("<title>Ministry - Harbour opens</title>", f"<h1>Harbour opens</h1>{PROSE}", None),
        ("<title>Ministry</title>", f"<h1>Ministry</h1><h2>Harbour opens today</h2>{PROSE}", 2),
        ("<title>Press release</title>", f"<h1>Harbour opens today</h1>{PROSE}", 2),
        (
            '<meta property="og:title" content="Harbour opens today &amp; serves four">',
            f"<h1>News</h1><h1>Harbour opens today &amp; serves four</h1>{PROSE}",
            3,
        ),
        (
            "<title>Harbour opens today in the… | Ministry</title>",
            f"<h1>Harbour opens today in the north</h1>{PROSE}",
            4,
        ),
    ],
)
def test_titles_are_told_from_site_names(head: str, content: str, title: int | None) -> None:
    expected = {
        None: "Harbour opens",
        2: "Harbour opens today",
        3: "Harbour opens today & serves four",
        4: "Harbour opens today in the north",
    }
    assert read(body(content, head), "a/b.html").title == expected[title]


def test_without_any_title_the_first_sentence_is_one() -> None:
    release = read(body(PROSE), "a/b.html")
    assert release.title.startswith("The ministry opened a new harbour")
    assert "three years" in release.text


@pytest.mark.parametrize(
    ("head", "content", "expected"),
    [
        # What the visible date and the address agree on outweighs the day of a later import.
        (
            '<meta property="article:published_time" content="2022-01-01T00:00:00Z">'
            '<link rel="canonical" href="https://x.example/2019/03/04/harbour">',
            '<p class="date">4 March 2019</p>',
            ("2019-03-04", "visible"),
        ),
        ('<meta name="dc.date" content="2019-03-04">', "", ("2019-03-04", "metadata")),
        ("", '<time datetime="2019-03-04T08:00">Monday</time>', ("2019-03-04", "metadata")),
        ("", "<p>March 2019</p>", ("2019-03", "visible")),
        (
            '<link rel="canonical" href="https://x.example/2019/03/harbour">',
            "",
            ("2019-03", "url"),
        ),
        # When a page was changed is not when it was published.
        (
            '<meta property="article:modified_time" content="2020-05-05">'
            '<script type="application/ld+json">{"@type": "Article", "dateModified": "2020-05-05"}'
            "</script>",
            "<p>Last updated: 5 May 2020</p>",
            None,
        ),
        ("", "<p>31 February 2019</p>", None),
        ("", "<p>4 March 3019</p>", None),
        ("", "", None),
        (
            '<script type="application/ld+json">{"@type": "PressRelease", "dateModified": '
            '"2021-01-01", "datePublished": "2019-03-04"}</script>',
            "",
            ("2019-03-04", "metadata"),
        ),
        ('<script type="application/ld+json">{broken</script>', "<p>4.3.2019</p>", "2019-03-04"),
    ],
)
def test_the_date_is_the_publications(head: str, content: str, expected: object) -> None:
    page = body(f"<h1>Harbour opens in the north</h1>{content}{PROSE}", head)
    date = read(page, "a/b.html").date
    if expected is None:
        assert date is None
    elif isinstance(expected, str):
        assert date is not None
        assert date.value == expected
    else:
        assert date is not None
        assert (date.value, date.source) == expected


def test_names_of_classes_are_hints_that_much_text_overrules() -> None:
    page = body(f'<div class="sidebar menu share"><h1>Harbour opens today</h1>{PROSE}</div>')
    assert "three years" in read(page, "a/b.html").text


def test_hidden_text_and_scripts_are_not_read() -> None:
    hidden = '<div style="display: none">Secret one</div><div hidden>Secret two</div>'
    script = "<script>var a = 'Secret three';</script><style>Secret four</style>"
    page = body(f"<h1>Harbour opens today</h1>{hidden}{script}{PROSE}<template>Secret</template>")
    assert "Secret" not in read(page, "a/b.html").text


def test_line_breaks_make_lines_of_an_address_and_words_of_prose() -> None:
    page = body(
        f"<h1>Harbour opens today</h1>{PROSE}<p>The first ship came<br>from the south.</p>"
        "<p>Press office<br>Ann Lee<br>01234 567890<br>ann@x.example</p>"
    )
    release = read(page, "a/b.html")
    assert "The first ship came from the south." in release.text
    assert texts(release, BlockKind.CONTACT) == [
        "Press office",
        "Ann Lee",
        "01234 567890",
        "ann@x.example",
    ]


@pytest.mark.parametrize(
    "page",
    [
        "<p>unclosed <b>bold <i>both" + PROSE,
        "<html><head><title>A</title></head><head></head><body>" + PROSE + "</body></html>" + PROSE,
        "</div></p></table>" + PROSE + "</body></html></html>",
        "<!-- never closed " + PROSE,
        "<script>never closed " + PROSE,
        "<table><tr><td><table><tr><td>" + PROSE,
        "<p" * 500 + PROSE,
        "&#0;&#xD800;&#99999999;&nbsp;" + PROSE,
        "<?xml version='1.0' encoding='utf-16'?><html>" + PROSE,
        "<textarea>" + PROSE,
    ],
)
def test_broken_markup_is_read_as_far_as_it_goes(page: str) -> None:
    with contextlib.suppress(ReadingError):
        assert read(page, "a/b.html").title


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "blockquote", "ul><li", "font"])
def test_very_deep_nesting_is_no_trouble(tag: str) -> None:
    page = f"<html><body><h1>Harbour opens today</h1>{f'<{tag}>' * 3000}{PROSE}"
    assert "three years" in read(page, "a/b.html").text


@pytest.mark.parametrize("page", ["<html></html>", "<html><body><script>1</script></body>", "<br>"])
def test_a_page_without_text_says_so(page: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read(page, "a/b.html")
    assert caught.value.hint == "no_text"
    assert caught.value.where == "a/b.html"
