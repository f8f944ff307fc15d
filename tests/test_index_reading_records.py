"""Records, sidecars, identities: what is said about a release outside its text."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from index.errors import ReadingError
from index.model import BlockKind
from index.reading import READER_VERSION, release_id
from tests.corpora import raw, read

ONE = "The company opened a plant in Port Aldern that will employ four hundred people next year."
TWO = "The plant makes parts for wind turbines and replaces an older site, which closed in spring."


def record(**values: object) -> str:
    return json.dumps(values)


def test_a_record_with_all_fields() -> None:
    release = read(
        record(
            id="7",
            title="Plant opens in Port Aldern",
            date="2021-03-04",
            body=f"{ONE}\n\n{TWO}",
            summary="A new plant.",
            url="https://x.example/7",
            lang="en",
            source="Acme Corp",
        ),
        "all.jsonl#7",
    )
    assert [block.text for block in release.blocks] == [
        "Plant opens in Port Aldern",
        "A new plant.",
        ONE,
        TWO,
    ]
    assert release.date is not None
    assert (release.date.value, release.date.source) == ("2021-03-04", "record")
    assert (release.url, release.lang, release.source) == ("https://x.example/7", "en", "Acme Corp")
    assert release.path == "all.jsonl#7"


@pytest.mark.parametrize("field", ["body", "html", "content", "text"])
def test_the_body_may_be_markup(field: str) -> None:
    markup = f"<p>{ONE}</p><ul><li>One</li><li>Two</li></ul><nav><p>{TWO}</p></nav>"
    release = read(record(title="Plant opens", **{field: markup}), "all.jsonl#1")
    kinds = [block.kind for block in release.blocks]
    assert kinds == [BlockKind.TITLE, BlockKind.PARAGRAPH, BlockKind.LIST, BlockKind.PARAGRAPH]


@pytest.mark.parametrize(
    "values",
    [
        {
            "date": "2021-03-04T08:00:00",
            "link": "https://x.example/7",
            "title": {"rendered": "Plant &#8211; and port &amp; <em>quay</em>"},
            "content": {"rendered": f"<p>{ONE}</p>\n<p>{TWO}</p>", "protected": False},
        },
        {
            "title": [{"value": "Plant – and port & quay"}],
            "created": [{"value": "2021-03-04T08:00:00+00:00", "format": "Y-m-d"}],
            "url": "https://x.example/7",
            "body": [{"value": f"<p>{ONE}</p><p>{TWO}</p>", "format": "full_html", "summary": ""}],
            "langcode": [{"value": "en"}],
        },
        {
            "type": "node--release",
            "attributes": {
                "title": "Plant – and port & quay",
                "created": "2021-03-04T08:00:00+00:00",
                "url": "https://x.example/7",
                "body": {"value": "raw", "processed": f"<p>{ONE}</p><p>{TWO}</p>"},
            },
        },
    ],
    ids=["wordpress", "drupal", "json:api"],
)
def test_records_as_content_systems_export_them(values: dict[str, object]) -> None:
    release = read(record(**values), "all.jsonl#7")
    assert [block.text for block in release.blocks] == ["Plant – and port & quay", ONE, TWO]
    assert release.date is not None
    assert release.date.value == "2021-03-04"
    assert (release.url, release.warnings) == ("https://x.example/7", ())


def test_text_with_angle_brackets_is_text() -> None:
    release = read(record(title="Prices", body=f"Growth was 3 < 5 and 7 > 4. {ONE}"), "a.jsonl#1")
    assert "3 < 5 and 7 > 4." in release.text


def test_a_record_may_have_a_title_alone() -> None:
    release = read(record(title="Plant opens", body=None, date=None), "a.jsonl#1")
    assert [block.text for block in release.blocks] == ["Plant opens"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"title": "T", "body": [ONE, 7]}, '"body" is a list'),
        ({"title": "T", "Body": {"p": ONE}}, '"Body" is an object'),
        ({"lang": "en"}, "neither a body nor a title"),
        ({"title": " ", "body": "\n"}, "neither a body nor a title"),
    ],
)
def test_wrong_records_are_refused_in_words(values: dict[str, object], words: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read(json.dumps(values), "all.jsonl#12")
    assert words in caught.value.what
    assert caught.value.where == "all.jsonl#12"
    assert caught.value.hint


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", [ONE], '"title" is a list'),
        ("title", 5, '"title" is a number'),
        ("date", {"y": 1}, '"date" is an object'),
        ("url", True, '"url" is true or false'),
        ("source", {"name": "Acme"}, '"source" is an object'),
        ("date", float("nan"), '"date" is a number'),
        ("date", 7, '"date" is a number'),
    ],
)
def test_a_wrong_field_costs_no_release_its_text(field: str, value: object, words: str) -> None:
    release = read(json.dumps({"title": "Plant opens", "body": ONE} | {field: value}), "a.jsonl#1")
    assert ONE in release.text
    assert [words in warning for warning in release.warnings] == [True]


@pytest.mark.parametrize("name", ["Body", "TEXT", "full-text", "articleBody", "article_text"])
@pytest.mark.parametrize("body", [f"{ONE}\n\n{TWO}", [ONE, TWO]])
def test_the_body_is_known_by_its_usual_names(name: str, body: object) -> None:
    release = read(json.dumps({"Headline": "Plant opens", name: body}), "a.jsonl#1")
    assert [block.text for block in release.blocks] == ["Plant opens", ONE, TWO]
    assert not release.warnings


def test_a_body_of_another_name_is_the_longest_text() -> None:
    values = {"title": "Plant opens", "summary": "S" * 900, "kind": "news"}
    values |= {"inhalt": " ".join([ONE, TWO] * 3)}
    release = read(json.dumps(values), "a.jsonl#1")
    assert ONE in release.blocks[2].text
    assert [("inhalt" in warning) for warning in release.warnings] == [True]


@pytest.mark.parametrize(
    ("date", "value"),
    [
        (2019, "2019"),
        (1531180800, "2018-07-10"),
        (1531180800.5, "2018-07-10"),
        (1531180800000, "2018-07-10"),
        ("1531180800", "2018-07-10"),
        (20190304, "2019-03-04"),
        ("20190304", "2019-03-04"),
    ],
)
def test_a_date_may_be_a_year_or_a_time_stamp(date: object, value: str) -> None:
    release = read(json.dumps({"title": "Plant opens", "body": ONE, "date": date}), "a.jsonl#1")
    assert release.date is not None
    assert release.date.value == value
    assert not release.warnings


@pytest.mark.parametrize(
    "body", ["Tariffs stay as they are", "Tariffs unchanged\nNext review in May", "review: in May"]
)
def test_no_line_of_a_body_is_lost_for_a_title(body: str) -> None:
    release = read(record(title="Water prices", body=body), "a.jsonl#1")
    assert release.title == "Water prices"
    text = "\n".join(block.text for block in release.blocks[1:])
    assert sorted(text.split()) == sorted(body.split())


def test_a_sidecar_is_believed_before_the_text() -> None:
    sidecar = record(title="Plant opens", date="2020", url="https://x.example/a", source="Acme")
    release = read(f"Something else\n\n4 March 2021\n\n{ONE}\n\n{TWO}", "w/doc.txt", sidecar)
    assert release.title == "Plant opens"
    assert release.date is not None
    assert (release.date.value, release.date.precision) == ("2020", "year")
    assert (release.url, release.source) == ("https://x.example/a", "Acme")


def test_a_title_that_a_sidecar_cuts_off_is_taken_whole_from_the_text() -> None:
    sidecar = record(title="Acme opens a plant in the port of…")
    text = f"Acme opens a plant in the port of Aldern\n\n{ONE}\n\n{TWO}"
    assert read(text, "w/doc.txt", sidecar).title == "Acme opens a plant in the port of Aldern"


@pytest.mark.parametrize("sidecar", ["{broken", "[]", '{"title": 7, "date": ["2020"]}'])
def test_a_wrong_sidecar_is_a_warning(sidecar: str) -> None:
    release = read(f"Plant opens in port\n\n{ONE}", "w/doc.txt", sidecar)
    assert release.title == "Plant opens in port"
    assert release.warnings


def test_addresses_that_are_none_of_the_web_are_left_out() -> None:
    for url in ("javascript:alert(1)", "ftp://x.example/a", "/relative", "http://[broken"):
        assert read(record(title="T", body=ONE, url=url), "a.jsonl#1").url == ""


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("wire/2020/Acme_Opens Plant!.html", "acme-opens-plant"),
        ("wire/café-où.txt", "cafe-ou"),
        ("wire/" + "long-name-" * 20 + ".md", "long-name-long-name-long-name-long-name"),
        ("wire/" + "x" * 100 + ".md", "x" * 40),
        ("wire/ජනාධිපති.txt", ""),
    ],
)
def test_identities_are_readable_and_safe_in_addresses(path: str, slug: str) -> None:
    identity = release_id(raw("x", path))
    assert re.fullmatch(r"[a-z0-9-]+", identity)
    assert identity[:-8].rstrip("-") == slug


def test_identities_come_from_the_key_alone() -> None:
    one = raw(record(title="T"), "all.jsonl#1")
    moved = replace(one, path="all.jsonl#9", key="all.jsonl#id-4", data=b"{}")
    same = replace(one, path="all.jsonl#2", key="all.jsonl#id-4")
    assert release_id(moved) == release_id(same) != release_id(one)
    assert release_id(replace(one, key="")) == release_id(one)
    assert release_id(raw("x", "a/doc.txt")) != release_id(raw("x", "b/doc.txt"))


def test_reading_is_versioned_and_repeatable() -> None:
    assert READER_VERSION >= 1
    text = f"Plant opens in port\n\n{ONE}"
    assert read(text, "a/b.txt") == read(text, "a/b.txt")
