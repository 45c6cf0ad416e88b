"""Long texts are folded by a compiled loop: to the same bytes as short ones, at the same places."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizers.folding import fold

ACCENTS = "éèêàçùœÆßøłıñ’«»–\u00a0\u202f\u200b\u0301\u0307Ω汉🙂\ud800İ\u212b\u1e9e"
TEXTS = st.lists(st.one_of(st.sampled_from(list(ACCENTS)), st.characters(), st.sampled_from(["Jean ", "e\u0301"])))


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_long_and_short_agree(pieces: list[str]) -> None:
    text = "".join(pieces)
    filler = "." * 600
    short, long = fold(text), fold(text + filler)
    assert long.data == short.data + filler.encode()
    assert [long.origin(at) for at in range(len(short.data))] == [short.origin(at) for at in range(len(short.data))]


def test_what_is_encoded_already_is_not_encoded_again() -> None:
    text = "Élise Lefèvre, née à Besançon. " * 40
    assert fold(text, np.frombuffer(text.encode(), np.uint8)) == fold(text)
