"""Secrets where they really lie are found, and what stands in for them is not; values are made when the test runs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "special"))
sys.path.insert(0, str(Path(__file__).parent))
import measure
from invented_values import Values
from near_misses import near_misses
from placements import placements

from recognizers.validators import VALIDATORS
from scanner.model import Level


def test_placements_and_near_misses() -> None:
    secrets, others = list(placements(7)), list(near_misses(7))
    assert len(secrets) >= 60
    assert len(others) >= 100
    found = measure.scanned([*secrets, *others])
    hits = sum(measure.right(file, found, Level.PROBABLE) for file in secrets)
    false = [file.path for file in others if measure.loud(file, found, Level.POSSIBLE)]
    assert hits >= 0.95 * len(secrets)
    assert len(false) <= 2, false


@pytest.mark.parametrize("value", ["changeme", "${DB}", "<password>", "********", "2026-01-02", "files systemd", "yes"])
def test_no_password_in_a_column(value: str) -> None:
    assert not VALIDATORS["column_password"](value)


def test_passwords_of_a_column() -> None:
    values = Values("column")
    for _ in range(50):
        assert VALIDATORS["column_password"](values.password())
        assert not VALIDATORS["column_password"](values.hex(32))


def test_words_of_source_code_are_no_tokens() -> None:
    assert not VALIDATORS["mixed_token"]("hf_modeling_outputs_with_pastkeyvalues")
    assert not VALIDATORS["mixed_token"]("npm_config_user_agent_string_for_tests")
