"""What nobody should type and somebody will."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.web_sample import HOSTILE

hostile = st.one_of(
    st.text(max_size=200),
    st.text(alphabet="\"'()*?~-+:/\\ ANDORT\x00\ud800<>&%,.\u202e", max_size=60),
    st.sampled_from(["AND", "OR NOT", "(" * 500, '"' * 999, "*", "?" * 50, "a~" * 300, "x" * 10_000,
                     HOSTILE, "date:0000", "person:", "\x00", "-" * 700, "( OR ) AND NOT"]),
)  # fmt: skip
