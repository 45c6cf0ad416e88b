from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.recognition.offsets import bytes_before, chars_before, newlines_before
from scanner.recognition.utf8 import Utf8

ANY = st.text(st.sampled_from("aé漢\U0001f600\n"), max_size=60)
LONG = st.builds(lambda text, times: text * times, ANY, st.sampled_from([1, 9, 40]))


@settings(max_examples=200, deadline=None)
@given(LONG, st.lists(st.integers(0, 3_000), max_size=12))
def test_offsets_go_both_ways(text: str, chosen: list[int]) -> None:
    data = np.frombuffer(text.encode(), np.uint8)
    chars = np.array([at % (len(text) + 1) for at in chosen], np.int64)
    begins = np.array([len(text[:at].encode()) for at in chars], np.int64)
    assert bytes_before(data, chars).tolist() == begins.tolist()
    assert chars_before(data, begins).tolist() == chars.tolist()
    assert newlines_before(data, begins).tolist() == [text.count("\n", 0, at) for at in chars]


def test_what_lies_beyond_the_text_is_its_end() -> None:
    data = np.frombuffer("aé\n".encode(), np.uint8)
    beyond = np.array([3, 9, 2, 400])
    assert bytes_before(data, beyond).tolist() == [4, 4, 3, 4]
    assert chars_before(data, beyond).tolist() == [2, 3, 2, 3]
    assert newlines_before(data, beyond).tolist() == [0, 1, 0, 1]


def test_lone_surrogates_become_question_marks() -> None:
    text = Utf8.of("é\ud800 fin\udcff")
    assert (text.text, text.data.tobytes().decode()) == ("é? fin?", "é? fin?")
    assert text.to_chars(text.to_bytes(np.arange(8))).tolist() == [*range(7), 7]
