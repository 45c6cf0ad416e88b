"""Automata on disk: used again, never trusted, never needed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from recognizers.automata.automaton import Automaton
from recognizers.automata.keep import kept
from recognizers.automata.machine import Machine
from recognizers.automata.program import Program
from recognizers.automata.syntax import parse


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RECENSE_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


def test_what_was_built_is_read_again(folder: Path) -> None:
    built = [1, ("a", b"b")]
    assert kept("some", ["source"], lambda: built) == built
    assert kept("some", ["source"], lambda: pytest.fail("built twice")) == built
    assert len(list(folder.iterdir())) == 1


def test_other_sources_are_built_anew(folder: Path) -> None:
    assert kept("some", ["one"], lambda: 1) == 1
    assert kept("some", ["other"], lambda: 2) == 2
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize("damage", [b"", b"\x00", b"not marshal"])
def test_what_cannot_be_read_is_built_anew(folder: Path, damage: bytes) -> None:
    kept("some", ["source"], lambda: 1)
    next(folder.iterdir()).write_bytes(damage)
    assert kept("some", ["source"], lambda: 2) == 2


def test_no_place_to_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("RECENSE_CACHE", str(tmp_path / "file"))
    assert kept("some", ["source"], lambda: 3) == 3


def test_a_machine_comes_back_whole() -> None:
    program = Program()
    for expression in (r"\b[0-9]{2,4}\b", r"(?i)caf(?:é|e)\b", r"x[^\n]*y"):
        program.add(parse(expression))
    machine = Machine(Automaton(program))
    data = np.frombuffer("12 café\nx 1234 y Cafe".encode(), np.uint8)
    rows, _ = machine.scan(data, machine.signs())
    again = Machine.of_values(machine.as_values())
    assert again.scan(data, again.signs())[0].tolist() == rows.tolist() != []
