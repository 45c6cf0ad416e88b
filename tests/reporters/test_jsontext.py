from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.jsontext import indented, pieces

PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()


@given(st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=30))
def test_is_what_the_standard_encoder_writes(value: Any) -> None:
    assert indented(value) == json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)


@given(
    st.dictionaries(st.text(), st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
)
def test_pieces_of_an_object_are_the_whole(value: dict[str, Any]) -> None:
    assert "".join(pieces(value)) == indented(value)


def test_tuples_are_lists_and_what_is_no_number_is_refused() -> None:
    assert indented({"b": (1, ("x",)), "a": ()}) == json.dumps({"a": [], "b": [1, ["x"]]}, indent=1)
    with pytest.raises(ValueError, match="not JSON compliant"):
        indented({"a": [float("nan")]})
