from __future__ import annotations

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from reading import columns, read, text

from scanner.readers.json import JsonReader, values

KEYS = st.sampled_from(["a", "nom", "é", "e-mail", "a.b", "x@example.org", "1", "", "k" * 70, 'q"', "œuvre"])
TEXTS = st.text(st.sampled_from('a é€\n\t"\\/\x7f😀\ud800\udc00\x00'), max_size=20) | st.just("x y" * 2000)
NUMBERS = st.integers(-(10**20), 10**20) | st.floats() | st.just(-0.0)
SCALARS = TEXTS | NUMBERS | st.booleans() | st.none()
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
SHAPES = st.sampled_from([{}, {"ensure_ascii": False}, {"indent": 1}, {"separators": (",", ":")}])


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Values one after the other, some alike, as lines or as an array."""
    shape = draw(SHAPES)
    written = [json.dumps(value, **shape) for value in draw(st.lists(VALUES, max_size=4))]
    written = [one for one in written for _ in range(draw(st.integers(1, 3)))]
    one = draw(st.sampled_from(["\n", " ", "\x1e", "\r\n", "[,"]))
    return "[" + " , ".join(written) + "]" if one == "[," else one.join(written)


def both(monkeypatch: pytest.MonkeyPatch, data: str, media_type: str, piece: int) -> list[object]:
    """What is read with the compiled loop from the first byte on, and without it."""
    found = []
    for worth in (0, 1 << 60):
        monkeypatch.setattr(values, "_WORTH", worth)
        raw = data.encode("utf-8", "replace")
        content = read(JsonReader, raw, "a", media_type=media_type, encoding="utf-8", piece=piece)
        found.append((columns(content), text(content)))
    return found


TYPES = st.sampled_from(["application/json", "application/x-ndjson"])


@pytest.fixture(scope="module")
def monkeypatch() -> pytest.MonkeyPatch:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@given(data=documents(), media_type=TYPES, piece=st.integers(1, 80))
@example(data='{"a":"\\ud83d\\ude00"}\n' * 3, media_type="application/json", piece=7)
@settings(max_examples=300, deadline=None)
def test_the_loop_takes_what_the_json_module_takes(
    monkeypatch: pytest.MonkeyPatch, data: str, media_type: str, piece: int
) -> None:
    fast, plain = both(monkeypatch, data, media_type, piece)
    assert fast == plain


ODD = st.text('{}[]",:\\0-.eEtn ', max_size=3)


@given(data=documents(), cut=st.integers(0, 200), odd=ODD, piece=st.none() | st.integers(1, 80))
@settings(max_examples=400, deadline=None)
def test_what_is_malformed_is_the_same_to_both(
    monkeypatch: pytest.MonkeyPatch, data: str, cut: int, odd: str, piece: int | None
) -> None:
    data = data[:cut] + odd + data[cut + len(odd) :]
    # What was taken of a bad line is told again with it, if it is still in hand.
    media_type = "application/json" if piece else "application/x-ndjson"
    fast, plain = both(monkeypatch, data, media_type, piece or 1 << 30)
    assert fast == plain


def test_more_paths_than_a_table_has_share_one() -> None:
    lines = "".join(json.dumps({"a": f"v{i}", f"key{i // 2}x": "w"}) + "\n" for i in range(45_000))
    content = read(JsonReader, lines.encode(), "a", media_type="application/x-ndjson", encoding="utf-8")
    found = columns(content)
    assert found["", "a"] == [f"v{i}" for i in range(45_000)]
    assert sum(len(cells) for cells in found.values()) == 90_000
