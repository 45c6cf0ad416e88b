"""Columns drawn from one list of a special category are known by it, whatever their name is."""

from __future__ import annotations

import pytest

from scanner.model import Level
from scanner.recognition.cellvalues import _lists, listed_in
from scanner.recognition.columnsample import Sample


def sample(*cells: str) -> Sample:
    different = dict.fromkeys(cells)
    return Sample({cell: at for at, cell in enumerate(different)}, [cells.count(cell) for cell in different])


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (("CGT", "", "FO", "néant", "CGT"), ("UNION_MEMBERSHIP", Level.PROBABLE)),
        (("Musulmane", "Catholique", "Athée", "Catholique"), ("RELIGIOUS_BELIEF", Level.PROBABLE)),
        (("A+", "O-", "O+", "AB+"), ("HEALTH_DATA", Level.PROBABLE)),
        (("EELV", "LFI", "Non renseigné"), ("POLITICAL_OPINION", Level.PROBABLE)),
        (("standard", "Sans porc", "végétarien"), ("RELIGIOUS_BELIEF", Level.POSSIBLE)),
        (("A+", "A-", "B+", "B-"), None),
        (("Nord", "Sud", "Est", "Ouest"), None),
        (("Sud", "Sud"), None),
        (("PS", "LR"), None),
        (("facture", "avoir", "vol"), None),
        (("", "néant"), None),
    ],
)
def test_cells_of_a_table_of_persons(cells: tuple[str, ...], found: tuple[str, Level] | None) -> None:
    assert listed_in(sample(*cells), persons=True) == found


def test_of_nobody_it_is_a_hint() -> None:
    assert listed_in(sample("CGT", "CFDT", "FO"), persons=False) == ("UNION_MEMBERSHIP", Level.INDICE)
    assert listed_in(sample("standard", "sans porc"), persons=False) is None


def test_lists_are_written_as_cells_are_compared() -> None:
    lists = _lists()
    for values in (lists.neutral, *lists.listed.values(), *lists.alone.values()):
        assert all(value == value.lower().strip(" .,;:") and value.isascii() for value in values)
