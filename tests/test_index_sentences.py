"""Where sentences begin, in many scripts, one text at a time and in the tokens of a batch."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import tokenize
from index.codec.tokens import Vocabulary
from index.sentences import sentence_starts, split_sentences

# A bar stands where a sentence begins.
TEXTS = [
    "The U.S. Senate met. |Sen. Reid spoke. |He met Dr. Roe on Jan. 5, in St. Louis. |He left.",
    "See No. 5 and Art. IV of it. |He said no. |Nobody came. |It rose 3.5 percent! |Really? |Yes.",
    "Apple Inc. |The company grew. |J. R. Smith met George W. Bush in the U.S. |The talks went on.",
    "“We will win.” |He left the room. |(He came back.) |“Now… what?” he asked. |“Nothing.”",
    "At 5 p.m. Monday it rained, e.g. in Roe & Co. Limited. |“It rained,” said Mr. Roe.",
    "Well... it did. |It did... |Then it stopped.",
    "first line\n|Second line\n|third",
    "Das ist z. B. Wien. |Am 12. September kam er, d.h. früh. |„Gut.“ |Er ging.",
    "M. Macron a parlé. |« Oui. » |Il est parti.",
    "Путин сказал это в г. Сочи в 2019 г. |Встреча, т.е. разговор, прошла. |«Да». |Он ушёл.",
    "ראש הממשלה נאם. |הוא אמר כן. |הוא הלך.",
    "هل هذا صحيح؟ |نعم. |ذهب الوزير۔ |انتهى.",
    "我们很好。|他说：“是的。”|然后走了！|好。",
    "首相は述べた。|「はい。」|終わり。",
    "यह एक वाक्य है। |यह दूसरा है।|यह तीसरा है॥",
    "ඔහු ගියේය. |ඇය ආවාය. |එය නැත.",
    "அவர் சென்றார். |அவள் வந்தாள்.",
    "See www.example.com. |The page, version 2.0 of it, is new.",
    "",
    "One.",
]


@pytest.mark.parametrize("marked", TEXTS)
def test_sentences_begin_where_a_reader_says(marked: str) -> None:
    wanted = [piece.strip() for piece in marked.split("|") if piece.strip()]
    assert split_sentences(marked.replace("|", "")) == wanted


def test_pieces_together_are_the_text_and_starts_are_not_blank() -> None:
    for marked in TEXTS:
        text = marked.replace("|", "")
        starts = sentence_starts(text)
        assert starts == sorted(set(starts))
        assert all(0 < start < len(text) and not text[start].isspace() for start in starts)


SIGNS = st.text("aB1.!?…。।؟\"“”»'()\n \u00a0гЯאア", max_size=60)


@given(st.lists(SIGNS, max_size=6), st.data())
def test_a_batch_knows_the_same_sentences_and_places(texts: list[str], data: st.DataObject) -> None:
    spots = [
        (data.draw(st.integers(0, len(texts) - 1)), data.draw(st.integers(0, 60)))
        for _ in range(data.draw(st.integers(0, 4)) if texts else 0)
    ]
    spots = [(text, min(at, len(texts[text]))) for text, at in spots]
    read = Vocabulary().read(texts, spots)
    starts, places = [], {}
    total = 0
    for number, text in enumerate(texts):
        tokens = tokenize(text)
        for start in [0, *sentence_starts(text)]:
            starts.append(total + sum(token.start < start for token in tokens))
        for at in {at for which, at in spots if which == number}:
            places[number, at] = total + sum(token.start < at for token in tokens)
        total += len(tokens)
    assert read.sentences.tolist() == sorted({start for start in starts if start < total})
    assert read.spots.tolist() == [places[spot] for spot in spots]


@pytest.mark.parametrize("title", ["Prof.", "Sens.", "Mr."])
def test_an_abbreviation_may_be_the_first_word(title: str) -> None:
    assert sentence_starts(f"{title} Quay spoke. She left.") == [len(title) + 13]
