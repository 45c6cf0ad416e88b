"""Automata come back from disk as they were."""

from __future__ import annotations

import numpy as np

from recognizers.automata.automaton import Automaton
from recognizers.automata.machine import Machine
from recognizers.automata.program import Program
from recognizers.automata.syntax import parse


def test_a_machine_comes_back_whole() -> None:
    program = Program()
    for expression in (r"\b[0-9]{2,4}\b", r"(?i)caf(?:é|e)\b", r"x[^\n]*y"):
        program.add(parse(expression))
    machine = Machine(Automaton(program))
    data = np.frombuffer("12 café\nx 1234 y Cafe".encode(), np.uint8)
    rows, _ = machine.scan(data, machine.signs())
    again = Machine.of_values(machine.as_values())
    assert again.scan(data, again.signs())[0].tolist() == rows.tolist() != []
    other = np.frombuffer("un café, 77 xylophones\n9 x 1 y".encode(), np.uint8)
    assert again.scan(other, again.signs())[0].tolist() == machine.scan(other, machine.signs())[0].tolist() != []
    assert again.as_values() == machine.as_values()
