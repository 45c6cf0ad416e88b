"""The automata of a set of rules: built once, tried on the rules' own examples, and kept for the next run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from recognizers.automata.automaton import Automaton
from recognizers.automata.machine import Machine
from recognizers.automata.program import Program
from recognizers.automata.syntax import Node, Ranges, mapped, merged, parse, reversed_tree
from recognizers.kept import code, kept
from recognizers.pattern import before_words
from recognizers.subject import FOLDED
from recognizers.vocabulary import word_pattern
from scanner.recognition.lexertables import Pivots, RuleTables


@dataclass(frozen=True, slots=True)
class Machines:
    """``general`` runs from every word: patterns, then words of context; ``turning`` from what stands before a pivot.

    ``behind`` and ``ahead`` look from a value at what must not and what must stand beside it, ``allowed`` at whether it
    is a published example.
    """

    general: Machine
    turning: Machine
    behind: Machine
    ahead: Machine
    allowed: Machine


def machines_of(tables: RuleTables, pivots: Pivots) -> Machines:
    """The machines of these rules, from disk where they were built before."""
    sources = (rule.file.model_dump_json().encode() for rule in tables.rules)
    values = kept(
        "automata",
        (*sources, *code("recognizers.automata")),
        lambda: [one.as_values() for one in _built(tables, pivots)],
    )
    return Machines(*map(Machine.of_values, values))


def patterns_of(tables: RuleTables, numbers: Iterable[int]) -> Machine:
    """A machine of some patterns, numbered in their order."""
    program = Program()
    for number in numbers:
        program.add(parse(tables.patterns[number].regex))
    return Machine(Automaton(program))


def _built(tables: RuleTables, pivots: Pivots) -> Sequence[Machine]:
    machines = Machines(
        _general(tables, pivots),
        patterns_of(tables, pivots.numbers),
        _looking([reversed_tree(unfolded(parse(before_words(words)))) for words in tables.behind_sets], backwards=True),
        _looking([parse(text) for text in tables.ahead_sets]),
        _looking([parse(text) for text in tables.allowed]),
    )
    _try(machines, tables, pivots)
    return machines.general, machines.turning, machines.behind, machines.ahead, machines.allowed


def _general(tables: RuleTables, pivots: Pivots) -> Machine:
    program = Program()
    for number in tables.general(pivots).tolist():
        program.add(parse(tables.patterns[number].regex))
    for word in tables.words:
        program.add(unfolded(parse(word_pattern(word))), prefix="f")
    return Machine(Automaton(program))


def _looking(trees: Iterable[Node], *, backwards: bool = False) -> Machine:
    program = Program()
    for tree in trees:
        program.add(tree, backwards=backwards)
    return Machine(Automaton(program))


def _try(machines: Machines, tables: RuleTables, pivots: Pivots) -> None:
    """Make the states that the rules' examples ask for: what real texts ask for first."""
    files = [rule.file for rule in tables.rules]
    texts = [one.text for file in files for one in file.matches] + [one.text for file in files for one in file.rejects]
    text = "\n".join(texts)
    data = np.frombuffer(text.encode(), np.uint8)
    rows, turns = machines.general.scan(data, machines.general.signs(pivots.first))
    machines.turning.scan_at(data, pivots.places(data, turns))
    for machine, places, forward in (
        (machines.behind, rows[:, 0], False),
        (machines.ahead, rows[:, 1], True),
        (machines.allowed, rows[:, 0], True),
    ):
        machine.look(data, np.ascontiguousarray(places), forward=forward)


def unfolded(tree: Node) -> Node:
    """An expression on folded text, as one on the text as it is: each letter with its accented forms."""
    return mapped(tree, _origins)


def _origins(ranges: Ranges) -> Ranges:
    inverse, last = _inverse(), len(FOLDED) - 1
    found: list[tuple[int, int]] = []
    for low, high in ranges:
        for point in range(low, min(high, last) + 1):
            found += [(one, one) for one in inverse.get(point, ())]
        if high > last:
            found.append((max(low, last + 1), high))
    return merged(found)


@cache
def _inverse() -> dict[int, list[int]]:
    """The characters that fold into each."""
    inverse: dict[int, list[Any]] = {}
    for point, plain in enumerate(FOLDED.tolist()):
        inverse.setdefault(plain, []).append(point)
    return inverse
