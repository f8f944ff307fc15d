"""Releases as they were mailed."""

from __future__ import annotations

from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ReadingError
from index.model import BlockKind, Release
from tests.corpora import read

ONE = "The minister opened a flood shelter in Carlisle today that can house 300 families – for all."
TWO = "“No family should be left in the rain,” said Helen Drury, the minister for resilience."
HEAD = (
    "From: Office for Résilience <press@ministry.example>\n"
    "To: news-list@ministry.example\n"
    "Subject: FW: Minister opens flood shelter in Carlisle\n"
    "{date}\n\n"
)


def body(release: Release) -> list[str]:
    return [block.text for block in release.blocks if block.kind is not BlockKind.TITLE]


def message(*, html: bool) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "Office for Résilience <press@ministry.example>"
    mail["To"] = "news-list@ministry.example"
    mail["Subject"] = "Minister opens flood shelter in Carlisle"
    mail["Date"] = "Tue, 5 Nov 2013 23:30:00 -0500"
    page = f"<html><body><p>{ONE}</p><p>{TWO}</p></body></html>"
    if html:
        mail.set_content(page, subtype="html", cte="base64")
    else:
        mail.set_content(f"{ONE}\n\n{TWO}\n", charset="utf-8", cte="quoted-printable")
        mail.add_alternative(page.replace("Carlisle", "elsewhere"), subtype="html")
        mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="a.pdf")
    return mail.as_bytes()


@pytest.mark.parametrize("html", [False, True])
def test_a_mail_is_its_subject_day_sender_and_text(html: bool) -> None:
    release = read(message(html=html), "wire/a.eml")
    assert release.title == "Minister opens flood shelter in Carlisle"
    assert release.source == "Office for Résilience"
    assert release.date is not None
    assert (release.date.value, release.date.source) == ("2013-11-05", "mail")
    assert body(release)[0].startswith("The minister opened a flood shelter in Carlisle")
    assert "Helen Drury" in body(release)[-1]


@pytest.mark.parametrize(
    "date", ["Date: Tue, 5 Nov 2013 10:00:00 +0000", "Sent: Tuesday, November 5, 2013 10:00 AM"]
)
def test_a_mail_saved_as_text_is_read_as_one(date: str) -> None:
    text = f"{HEAD.format(date=date)}{ONE}\n\n{TWO}\n"
    release = read(text.replace("\n", "\r\n"), "mails/a.txt")
    assert release.title == "Minister opens flood shelter in Carlisle"
    assert release.date is not None
    assert release.date.value == "2013-11-05"
    assert body(release) == [ONE, TWO]


def test_a_release_with_lines_like_headers_is_no_mail() -> None:
    text = f"Contact: Press office\nDate: 5 November 2013\nSubject: Flood shelter\n\n{ONE}\n\n{TWO}"
    assert "Contact: Press office" in read(text, "a.txt").text


@given(st.binary(max_size=400))
def test_no_mail_breaks_the_reader(rest: bytes) -> None:
    head = b"From: a\nSubject: b\nDate: c\n"
    for part in (rest, b"Content-Type: multipart/mixed; boundary=x\n\n" + rest):
        with suppress(ReadingError):
            assert read(head + part, "a.eml").title
