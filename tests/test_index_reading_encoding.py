"""Bytes to text: whatever the encoding, and whatever was broken before."""

from __future__ import annotations

import pytest

from tests.corpora import read

ENGLISH = "The café’s opening was “a day for everyone” – said the mayor of Malmö on Monday. " * 3
TEXTS = {
    "cp1252": ENGLISH,
    "cp1251": "Министерство открыло новый порт на севере страны, он обслуживает острова. " * 4,
    "koi8-r": "Министерство открыло новый порт на севере страны, он обслуживает острова. " * 4,
    "cp1255": "המשרד פתח נמל חדש בצפון המדינה והוא ישרת ארבעה איים בשנים הקרובות של הפעילות. " * 4,
    "cp1256": "افتتحت الوزارة ميناء جديدا في شمال البلاد وهو يخدم أربع جزر في المنطقة. " * 4,
    "shift_jis": "同省は国の北部に新しい港を開港し、四つの島に役立つと発表した。" * 6,
    "gb18030": "该部在该国北部开设了一个新港口，为四个岛屿服务，工程历时三年。" * 6,
}


def page(text: str, declared: str = "") -> str:
    meta = f'<meta charset="{declared}">' if declared else ""
    return f"<html><head>{meta}</head><body><h1>Opening day here</h1><p>{text}</p></body></html>"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_unicode_encodings_need_no_declaration(codec: str) -> None:
    release = read(page(ENGLISH).encode(codec), "a/b.html")
    assert ENGLISH.strip() in release.text


@pytest.mark.parametrize("codec", sorted(TEXTS))
def test_declared_encodings_are_used(codec: str) -> None:
    release = read(page(TEXTS[codec], codec).encode(codec), "a/b.html")
    assert TEXTS[codec].strip() in release.text
    assert release.warnings == ()


@pytest.mark.parametrize("codec", sorted(TEXTS))
def test_undeclared_encodings_are_detected_with_a_warning(codec: str) -> None:
    release = read(f"Opening\n\n{TEXTS[codec]}".encode(codec), "a/b.txt")
    assert TEXTS[codec].strip() in release.text
    assert any("guessed" in warning for warning in release.warnings)


@pytest.mark.parametrize("declared", ["iso-8859-1", "us-ascii", "windows-1252", "nonsense", "hex"])
def test_utf8_is_believed_before_a_wrong_declaration(declared: str) -> None:
    assert ENGLISH.strip() in read(page(ENGLISH, declared).encode(), "a/b.html").text


def test_latin1_declared_means_windows_1252_as_in_browsers() -> None:
    release = read(page(ENGLISH, "iso-8859-1").encode("cp1252"), "a/b.html")
    assert "“a day for everyone”" in release.text


def test_a_page_declared_utf8_that_is_not_is_read_with_a_warning() -> None:
    release = read(page(ENGLISH, "utf-8").encode("cp1252"), "a/b.html")
    assert "café’s" in release.text
    assert any("declared utf-8" in warning for warning in release.warnings)


def test_broken_bytes_are_replaced_and_counted() -> None:
    data = f"Opening day\n\n{ENGLISH}".encode() + b"\nA \xff\xfe broken end \xc3"
    release = read(data, "a/b.txt")
    assert ENGLISH.strip() in release.text
    assert any(warning.startswith("3 bytes") for warning in release.warnings)


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("Itâ€™s â€œfine â€“ cafÃ©", "It’s “fine – café"),
        ("Ã‰cole franÃ§aise, crÃ¨me brÃ»lÃ©e", "École française, crème brûlée"),
        ("The mayor\x92s \x93plan\x94", "The mayor’s “plan”"),
        # A capital before a closing mark is no damage.
        ("the “CAFÉ” of „MÜNCHEN“ and “AMANHÔ", "the “CAFÉ” of „MÜNCHEN“ and “AMANHÔ"),
        ("MAYOR\\'S PLAN", "MAYOR'S PLAN"),
    ],
)
def test_damage_from_before_is_repaired(text: str, repaired: str) -> None:
    release = read(f"Opening day here\n\n{text} was said.\n\n{ENGLISH}", "a/b.txt")
    assert f"{repaired} was said." in release.text


def test_spaces_and_invisible_characters_become_plain() -> None:
    text = "One\u00a0two\u2003three\u200bfour\u00ad five\ufeff \u202asix\u202c\x07 e\u0301."
    release = read(f"Opening day here\n\n{text}\n\n{ENGLISH}", "a/b.txt")
    assert "One two threefour five six é." in release.text


CENTRAL = {
    "cs": "Ministerstvo otevřelo nový přístav na severu země, který bude sloužit čtyřem ostrovům. ",
    "pl": "Ministerstwo otworzyło nowy port na północy kraju, który będzie służył czterem wyspom. ",
    "hu": "A minisztérium új kikötőt nyitott az ország északi részén, amely négy szigetet lát el. ",
}


@pytest.mark.parametrize(
    "text",
    [
        "Declaração não decisão",
        "A naïve plan was presented by the ministry.",
        "El señor alcalde inauguró mañana la nueva estación de autobús en España según el niño.",
        "La città è più bella perché il sindaco però sarà lì.",
        "Statsministeren åbnede en ny havn på øen, så færgerne kan sejle hele året rundt.",
        "Forsætisráðherra opnaði nýja höfn á Norðurlandi og það mun þjóna fjórum eyjum þar.",
    ],
)
def test_western_texts_without_declaration_are_windows_1252(text: str) -> None:
    assert text in read(f"{text}\n\n{text}\n".encode("cp1252"), "a/b.txt").text


@pytest.mark.parametrize("codec", ["cp1250", "iso8859-2"])
@pytest.mark.parametrize("lang", sorted(CENTRAL))
def test_central_european_texts_are_told_by_their_language(lang: str, codec: str) -> None:
    text = CENTRAL[lang] * 3
    assert text.strip() in read(f"Opening\n\n{text}".encode(codec), "a/b.txt").text


@pytest.mark.parametrize("bad", [b"\xe9", b"\xff\xfe\xe8 \x93"])
def test_mostly_utf8_is_utf8_with_a_warning(bad: bytes) -> None:
    data = "Opening day here\n\nThe café was opened. ".encode() + b"Plain words follow. " * 40 + bad
    release = read(data, "a/b.txt")
    assert "The café was" in release.text
    assert any("are not utf-8" in warning for warning in release.warnings)


def test_a_capital_before_a_quotation_mark_does_not_make_utf8() -> None:
    data = "Opening day here\n\nThe “CAFÉ” naïve. ".encode("cp1252") + b"Plain words follow. " * 40
    assert "The “CAFÉ” naïve" in read(data, "a/b.txt").text


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_half_a_character_at_the_end_of_utf16_is_left_out(codec: str) -> None:
    release = read(f"Opening day\n\n{ENGLISH}".encode(codec) + b"a", "a/b.txt")
    assert release.text.strip().endswith(ENGLISH.strip())
    assert any("half a character" in warning for warning in release.warnings)
