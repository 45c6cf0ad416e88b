"""The volume that throughput is measured on is what it is said to be."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.throughput.older import OLDER
from tests.throughput.paces import Pace, pace, slow
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


@pytest.mark.parametrize("name", sorted(OLDER))
def test_old_formats_that_are_laid_out_by_hand_are_read_whole(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"piece.{name}"
    path.write_bytes(OLDER[name](60_000, Prose(1), Random(1)))
    taken = pace([path])
    assert (taken.files, taken.unread) == (1, 0)
    assert taken.text > 20_000


def test_a_slow_format_says_why() -> None:
    large, small = Pace(2, 1_000_000, 1_000_000, cpu=9.0), Pace(40, 100_000, 500_000, cpu=0.4, opening=0.3)
    assert slow({"large": large, "quick": Pace(1, 9_000_000, 1, cpu=1.0)}) == {"large": ""}
    assert [words.partition(" ")[0] for words in slow({"small": small})["small"].split("; ")] == ["1.2", "75%", "10"]
