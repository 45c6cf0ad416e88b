"""What compiled loops owe to whatever text: offsets inside it, the same answer twice, one by one or together."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizers.persons import person_scores
from recognizers.persons.characters import codes_of
from recognizers.persons.lexicon import load_lexicon
from recognizers.persons.model import read_spans
from recognizers.persons.tokens import GAP, INITIALS, LINE, PARAGRAPH, room, tokenise

PIECES = (
    "Jean", "Dupont", "DUPONT", "J.", "J.-P.", "d'", "de", "la", " ", "  ", "    ", "\n", "\n\n", "\r\n", "\t", ";",
    ",", ".", "-", "@", "jean.dupont@example.org", "www.example.org", "rue", "12", "M.", "Mme", "é", "e\u0301",
    "\u0301", "œ", "Ł", "Ж", "字", "\U0001f600", "\ud800", "\u2028", "‑", "’", "_", "{", "Saint-Denis", ":",
    "A" * 70, "0" * 90,
)  # fmt: skip
TEXTS = st.one_of(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.text(max_size=200))


def is_blank(char: str) -> bool:
    return char.isspace() or char in "\u200b\u00ad"


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_tokens_lie_in_order_and_leave_out_only_blanks(text: str) -> None:
    codes, into = codes_of(text), room(len(text))
    count = tokenise(codes, 0, len(codes), load_lexicon().table, into)
    starts, ends = into.starts[:count], into.ends[:count]
    assert (starts < ends).all()
    assert (ends[:-1] <= starts[1:]).all()
    assert count == 0 or (starts[0] >= 0 and ends[-1] <= len(text))
    covered = np.zeros(len(text), bool)
    for start, end in zip(starts, ends, strict=True):
        covered[start:end] = True
    assert all(is_blank(text[at]) for at in np.flatnonzero(~covered))
    for start, end, shape in zip(starts, ends, into.shapes[:count], strict=True):
        if shape <= INITIALS:
            assert not any(char.isspace() for char in text[start:end])
        if shape in (GAP, LINE, PARAGRAPH):
            assert all(map(is_blank, text[start:end]))


@given(st.lists(TEXTS, max_size=8))
@settings(max_examples=150, deadline=None)
def test_texts_together_give_what_each_gives_alone(texts: list[str]) -> None:
    together = read_spans(texts)
    rows = list(zip(*(column.tolist() for column in together), strict=True))
    alone = [
        (number, *row[1:])
        for number, text in enumerate(texts)
        for row in zip(*(column.tolist() for column in read_spans([text])), strict=True)
    ]
    assert rows == alone
    for number, start, end, *_ in rows:
        assert 0 <= start < end <= len(texts[number])
        assert texts[number][start:end].strip() == texts[number][start:end]


@given(st.lists(TEXTS, max_size=8))
@settings(max_examples=150, deadline=None)
def test_cells_together_score_as_each_alone(cells: list[str]) -> None:
    together = person_scores(cells)
    assert together.tolist() == [float(person_scores([cell])[0]) for cell in cells]
    assert ((together >= 0) & (together <= 1)).all()


def test_no_text_is_no_matter() -> None:
    assert len(person_scores([])) == 0
    assert len(read_spans([]).starts) == 0
