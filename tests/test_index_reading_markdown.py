"""Markdown to releases: front matter, structure, wires' habits."""

from __future__ import annotations

import pytest

from index.errors import ReadingError
from index.model import BlockKind, Release
from tests.corpora import read

ONE = "The company opened a plant in Port Aldern that will employ four hundred people next year."
TWO = "The plant makes parts for wind turbines and replaces an older site, which closed in spring."

DOCUMENT = f"""# Acme Opens *Plant* in Port Aldern &amp; Hires

![A picture of the plant](https://x.example/a.png)

PORT ALDERN, NN - March 4, 2021 (NEWSWIRE) - {ONE} See [our
site](https://x.example) for more.

## Next steps

 * Hire **people**
 * Make parts
   1. Large ones

> We are proud to be here.

| Year | Jobs |
| ---- | ---- |
| 2021 | 200  |

 {TWO}

 About Acme Corp.

 Acme Corp makes parts for machines of every kind, and it has done so since the year 1902.

**Media Contact:**
Ann Lee
ann@acme.example
"""


def of_kind(release: Release, kind: BlockKind) -> list[str]:
    return [block.text for block in release.blocks if block.kind is kind]


def test_structure_becomes_kinds_and_markup_becomes_text() -> None:
    release = read(DOCUMENT, "wire/acme.md")
    assert release.title == "Acme Opens Plant in Port Aldern & Hires"
    assert of_kind(release, BlockKind.TITLE) == [release.title]
    assert (release.date and release.date.value, release.dateline) == (
        "2021-03-04",
        "Port Aldern, NN",
    )
    assert of_kind(release, BlockKind.HEADING) == ["Next steps"]
    assert of_kind(release, BlockKind.LIST) == ["Hire people\nMake parts\nLarge ones"]
    assert of_kind(release, BlockKind.QUOTE) == ["We are proud to be here."]
    body = of_kind(release, BlockKind.PARAGRAPH)
    assert body[0].endswith("See our site for more.")
    assert body[1:] == ["Year | Jobs\n2021 | 200", TWO]
    assert of_kind(release, BlockKind.BOILERPLATE)[0] == "About Acme Corp."
    assert "Ann Lee" in " ".join(of_kind(release, BlockKind.CONTACT))
    assert "png" not in release.text
    assert "picture" not in release.text


@pytest.mark.parametrize(
    "matter",
    [
        "---\ntitle: 'A plant''s opening'\ndate: 2021-03-04\nlang: en-GB\ntags:\n  - a\n  - b\n"
        'source: "Acme \\"Corp\\""\nurl: https://x.example/a # where\n'
        "summary: >\n  It is\n  open.\n---\n",
        '+++\ntitle = "A plant\'s opening"\ndate = 2021-03-04\nlang = "en"\ntags = ["a"]\n'
        'source = \'Acme "Corp"\'\nurl = "https://x.example/a"\n'
        'summary = "It is open."\n+++\n',
    ],
)
def test_front_matter_says_what_the_text_does_not(matter: str) -> None:
    release = read(f"{matter}\n{ONE}\n\n{TWO}\n", "wire/2019/acme.md")
    assert release.title == "A plant's opening"
    assert release.date is not None
    assert (release.date.value, release.date.source) == ("2021-03-04", "frontmatter")
    assert (release.lang, release.source) == ("en", 'Acme "Corp"')
    assert release.url == "https://x.example/a"
    assert release.summary == "It is open."
    assert of_kind(release, BlockKind.PARAGRAPH) == [ONE, TWO]


@pytest.mark.parametrize(
    "text",
    [f"---\n\n{ONE}\n\n---\n\n{TWO}", f"---\n{ONE}\n", f"+++\n=\n+++\n{ONE}", f"---\n---\n{ONE}"],
)
def test_rules_and_broken_front_matter_lose_no_text(text: str) -> None:
    assert ONE in read(text, "wire/acme.md").text


def test_html_inside_markdown_is_text() -> None:
    release = read(f"# A plant\n\n<div class='x'><p>{ONE}</p></div>\n\nOne<br>two.\n", "a/b.md")
    assert ONE in release.text
    assert "<" not in release.text


def test_markdown_without_text_says_so() -> None:
    with pytest.raises(ReadingError) as caught:
        read("![](a.png)\n\n***\n", "a/b.md")
    assert caught.value.hint == "no_text"


def test_deeply_nested_markdown_is_no_trouble() -> None:
    for opening in (">" * 5000, "- " * 5000, "[" * 5000, "*" * 5001, "<div>" * 5000):
        assert read(f"# A plant opens\n\n{opening}{ONE}\n\n{TWO}\n", "a/b.md").title
