"""Cells that are JSON, XML or what PHP serialises are columns of what stands in them."""

from __future__ import annotations

import json
from datetime import date
from unittest.mock import patch

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.config import Settings
from scanner.model import Column
from scanner.recognition import alikecells
from scanner.recognition.columns import ColumnLane
from scanner.recognition.discretion import Discretion
from scanner.recognition.openedcolumns import Opener
from scanner.recognition.structured import leaves_of
from scanner.recognition.tally import Tallies
from scanner.recognition.text import text_lanes

SETTINGS = Settings(today=date(2026, 11, 23), ner="off", sentences="off")
PHP = 'a:2:{s:3:"nom";s:5:"Zoé ";s:5:"mails";a:2:{i:0;s:15:"zoe@example.org";i:1;s:11:"b@exampl.fr";}}'


@pytest.mark.parametrize(
    ("cell", "leaves"),
    [
        ('{"nom": "Zoé", "age": 7, "x": null}', [("nom", "Zoé"), ("age", "7")]),
        ('[{"a": {"b": ["c", "d"]}}]', [("[].a.b[]", "c"), ("[].a.b[]", "d")]),
        ('{"lea@example.org": "oui"}', [("{}", "lea@example.org"), ("*", "oui")]),
        ('<fiche id="4"><nom>Zoé</nom></fiche>', [("fiche@id", "4"), ("fiche/nom", "Zoé")]),
        ('{"syndique": true}', [("syndique", "true")]),
        (PHP, [("nom", "Zoé "), ("mails[]", "zoe@example.org"), ("mails[]", "b@exampl.fr")]),
        ('O:6:"Client":2:{s:9:"\0Client\0n";s:1:"x";s:1:"a";b:1;}', [("n", "x"), ("a", "1")]),
    ],
)
def test_what_stands_in_a_cell(cell: str, leaves: list[tuple[str, str]]) -> None:
    assert leaves_of(cell) == leaves


@pytest.mark.parametrize(
    "cell",
    [
        "{a,b}", '{"a": ', "[not json]", "<p>Bonjour <b>Zoé</b></p>", "<a", "a:2:{i:0;", 'a:1:{i:0;s:9:"a";}',
        '<!DOCTYPE x [<!ENTITY e "f">]><x>&e;</x>', "[" * 5000, "a:999999999:{",
        '{"a": "un", "a": "deux"}', 'a:2:{s:1:"a";s:1:"x";s:1:"a";s:1:"y";}', "<x><!-- Zoé --><y>2</y></x>",
        '"texte"', "12", "",
    ],
)  # fmt: skip
def test_what_is_nothing_of_the_kind(cell: str) -> None:
    assert leaves_of(cell) is None


def test_rows_stay_rows_and_the_rest_stays_in_place() -> None:
    cells = ["bonjour", '{"mail": "a@example.org", "t": ["x", "y"]}', None, '{"mail": "b@example.org"}', "{[<aO"]
    opened = Opener().open(Column("t", "p", 2, pa.array(cells), 10))
    assert opened is not None
    assert opened.rest.values.to_pylist() == ["bonjour", None, None, None, "{[<aO"]
    assert [(c.name, c.first_row, c.values.to_pylist()) for c in opened.inner] == [
        ("p.mail", 11, ["a@example.org", None, "b@example.org"]),
        ("p.t[]", 11, ["x"]),
        ("p.t[]", 11, ["y"]),
    ]
    assert len({(c.name, c.index) for c in opened.inner}) == 2


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
def test_columns_of_anything_else_are_left_alone(kind: pa.DataType) -> None:
    assert Opener().open(Column("t", "p", 0, pa.array(["alice", "Oscar", "a:b", None, ""], kind), 1)) is None
    assert Opener().open(Column("t", "p", 0, pa.array([], kind), 1)) is None


def test_pieces_of_arrays_and_chunks_are_opened_where_they_stand() -> None:
    values = pa.chunked_array([["x", "y"], ['{"a": "1"}', "z"]])
    opened = Opener().open(Column("t", "p", 0, values, 1))
    assert opened is not None
    assert [(c.first_row, c.values.to_pylist()) for c in opened.inner] == [(3, ["1"])]
    cut = pa.array(["x", "y", '{"a": "1"}', "z"]).slice(1, 2)
    opened = Opener().open(Column("t", "p", 0, cut, 5))
    assert opened is not None
    assert [(c.first_row, c.values.to_pylist()) for c in opened.inner] == [(6, ["1"])]


def test_findings_have_the_path_and_the_row() -> None:
    lanes = text_lanes(SETTINGS)
    lane, tallies = ColumnLane(lanes, Discretion(lanes)), Tallies()
    cells = [f'{{"contact": {{"courriel": "lea{n}@example.org"}}, "n": {n}}}' for n in range(9)]
    lane.feed(Column("comptes", "donnees", 1, pa.array(cells), 1))
    lane.close(tallies)
    found = {(f.column, f.entity_type): f for f in tallies.findings("a.sql", {})}
    assert set(found) == {("donnees.contact.courriel", "EMAIL_ADDRESS")}
    finding = found["donnees.contact.courriel", "EMAIL_ADDRESS"]
    assert (finding.count, finding.distinct, finding.places[0]) == (9, 9, "row 1")


_KEYS = st.sampled_from(["nom", "mail", "ville", "x y", "été", 'g"', "lea@example.org", "7"])
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | st.floats(0, 9) | st.sampled_from(["", " a", 'b"', "é", "null"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=6,
)
_CELLS = st.builds(json.dumps, _VALUES, ensure_ascii=st.booleans(), indent=st.sampled_from([None, 1]))


@settings(deadline=None, max_examples=300)
@given(st.lists(_CELLS, min_size=1, max_size=3), st.lists(st.integers(0, 2), min_size=40, max_size=80))
def test_cells_that_are_taken_apart_together_give_what_they_give_one_by_one(cells: list[str], order: list[int]) -> None:
    column = Column("t", "p", 0, pa.array([cells[at % len(cells)] for at in order]), 1)
    with patch.object(alikecells, "_MOST_STRUCTURES", 0):
        singly = Opener().open(column)
    together = Opener().open(column)
    assert (singly is None) == (together is None)
    if singly is not None and together is not None:
        assert together.rest == singly.rest
        assert together.taken == singly.taken
        assert sorted(map(_shown, together.inner)) == sorted(map(_shown, singly.inner))


def _shown(column: Column) -> tuple[str, int, int, str]:
    return column.name, column.index, column.first_row, repr(column.values.to_pylist())


def test_cells_of_one_structure_are_not_read_one_by_one() -> None:
    cells = [f'{{"page": {n}, "mail": "m{n}@example.org", "tri": ["a", "b"]}}' for n in range(100)]
    found, others = alikecells.alike(pa.array([*cells, '{"page": "\\u00e9"}']))
    assert [one.paths for one in found] == [("page", "mail", "tri[]", "tri[]")]
    assert (len(found[0].cells), others.tolist()) == (100, [100])
