"""Some inputs of each target, and all that was ever found."""

from __future__ import annotations

from pathlib import Path

import pytest

from .fuzzing import CORPUS, mutated, round_of, timed
from .targets import TARGETS

EXAMPLES = {"kernel": 40, "walk": 60, "rule": 15, "yaml": 25, "declaration": 25}
KEPT = sorted(CORPUS.iterdir()) if CORPUS.is_dir() else []


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_is_found(name: str) -> None:
    round_of(name, EXAMPLES.get(name, 60), 1)


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_what_was_found_stays_away(path: Path) -> None:
    timed(TARGETS[path.name.partition("-")[0]][1], path.read_bytes())


def test_mutations_change_what_they_say() -> None:
    assert mutated(b"abcdef", [("drop", 0.5, 2, b"")], b"") == b"abcf"
    assert mutated(b"abcdef", [("insert", 0.5, 1, b"--")], b"") == b"abc--def"
    assert mutated(b"abcdef", [("splice", 0.5, 1, b"")], b"uvwxyz") == b"abcxyz"
