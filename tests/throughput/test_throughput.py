"""The volume that throughput is measured on is what it is said to be."""

from __future__ import annotations

from random import Random

import pytest

from tests.throughput.prose import Prose
from tests.throughput.volume import CONVERTED, MADE, OFFICE

PARTS = {name: one[0] for name, one in MADE.items()} | {name: one[0] for name, one in CONVERTED.items()}


def test_office_and_pdf_take_sixty_per_cent() -> None:
    assert sum(PARTS.values()) == pytest.approx(1)
    assert sum(PARTS[name] for name in OFFICE) == pytest.approx(0.6)


def test_no_two_files_are_the_same() -> None:
    prose = Prose(1)
    for name in ("docx", "pdf", "csv", "eml"):
        make = MADE[name][2]
        assert make(20_000, prose, Random(1)) != make(20_000, prose, Random(1)), name
