from __future__ import annotations

import csv
import io

from hypothesis import example, given, settings
from hypothesis import strategies as st

from scanner.formats.records import LONGEST_VALUE, Scissors

BOUND = 40
PIECES = ["a", "bc", "é", "œuvre", "€", '"', '""', ",", " ", ', "', '",', "\n", "\r\n", "\r", "x" * 17, "|", "\0"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def rows(text: str, at: list[int], delimiter: str, spaced: bool) -> list[list[str]]:
    """What the scissors cut from a text that comes in blocks, which end where ``at`` says."""
    data, scissors, found, rest = text.encode(), Scissors(delimiter, spaced, BOUND), [], 0
    for end in sorted({min(place, len(data)) for place in at} | {len(data)}):
        final = end == len(data)
        while rest < end:
            cut = scissors.cut(data[:end], rest, final, most=3)
            assert not cut.runaway
            columns = [values for _, values in cut.cells.columns()]
            widths = (cut.cells.firsts[1:] - cut.cells.firsts[:-1]).tolist()
            cells = [column.to_pylist() for column in columns[0]] if columns else []
            found += [[column[row] for column in cells[:width]] for row, width in enumerate(widths)]
            for first, start, stop in cut.wide:
                found[len(found) - len(widths) + first] = next(
                    csv.reader(io.StringIO(data[start:stop].decode(), newline=""), delimiter=delimiter)
                )
            if cut.end == rest:
                break
            rest = cut.end
    assert rest == len(data)
    return found


@given(TEXTS, st.lists(st.integers(0, 120), max_size=4), st.sampled_from([",", "|", "\t"]), st.booleans())
@example('a,"b""c"d,"e\nf"\r\n\r\n,,\n"', [3, 5, 17], ",", False)
@settings(max_examples=400, deadline=None)
def test_cells_are_those_of_the_csv_module(text: str, at: list[int], delimiter: str, spaced: bool) -> None:
    expected = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=spaced))
    assert rows(text, at, delimiter, spaced) == expected


def test_rows_wider_than_a_table_are_named() -> None:
    cut = Scissors(",", False, 3).cut(b"a,b,c\n1,2,3,4\nd,e,f\n", 0, True)
    assert cut.wide == [(1, 6, 13)]
    assert cut.cells.rows == 3
    assert cut.end == 20


def test_a_quote_that_does_not_close_is_said() -> None:
    data = b'a,b\n"' + b"x" * (LONGEST_VALUE + 2)
    cut = Scissors(",", False, BOUND).cut(data, 0, False)
    assert cut.runaway
    assert cut.end == 4
