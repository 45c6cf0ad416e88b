"""Places in a sheet as a person types them to go there: ``cell C12``, ``cells C2:C145``."""

from __future__ import annotations

from scanner.recognition.columnvalues import ColumnFacts
from scanner.recognition.tally import Tally


def in_grid(facts: ColumnFacts, tally: Tally) -> list[str]:
    """The places of a tally of this column; what all its values are stands in a range, from first to last row."""
    letters = letters_of(facts.index)
    if tally.count >= facts.values and facts.last_row > facts.first_row:
        return [f"cells {letters}{facts.first_row}:{letters}{facts.last_row}"]
    return [f"cell {letters}{place.rpartition(' ')[2]}" for place in tally.places]


def letters_of(index: int) -> str:
    """What spreadsheets call the column of this index, counted from 0."""
    letters, left = "", index + 1
    while left:
        left, digit = divmod(left - 1, 26)
        letters = chr(65 + digit) + letters
    return letters
