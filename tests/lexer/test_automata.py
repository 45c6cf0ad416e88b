"""An automaton against RE2: the same first match, from every place of a text."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizers.automata.automaton import Automaton
from recognizers.automata.machine import Machine
from recognizers.automata.program import Program, utf8_pieces
from recognizers.automata.syntax import parse, reversed_tree
from recognizers.edges import inside_word

EXPRESSIONS = (
    r"a+b?",
    r"(?:a|ab)(?:c|bcd)?",
    r"\b[0-9]{2,4}\b",
    r"(?i)caf(?:é|e)\b",
    r"x[^\n]*?y",
    r"x[^\n]*y",
    r"(?m)^ab$",
    r"^ab",
    r"[à-ÿ]{2}",
    r"\w+\s\d",
    r"[^a-z ]",
    r"b\B",
    r"(a{1,3}|b)(?:c*)c",
    r"(?s:.)b",
    r"\x{A0}?é|ßs?",
    r"(?i)straße|k",
    r"-?\b[0-9]+\.[0-9]*",
)
TEXTS = st.text("aabbccxy0129 é\u00a0ßàÿK\u212aſs\n.-_", max_size=30)


def by_re2(expression: str, text: str) -> list[tuple[int, int]]:
    """Every place of the text where the expression matches, with its end, but places inside a word."""
    data = text.encode()
    array = np.frombuffer(data, np.uint8)
    compiled = re2.compile(expression)
    found = []
    for at in range(len(data)):
        match = compiled.match(data, at)
        starts_a_character = data[at] & 0xC0 != 0x80
        if match is not None and match.end() > at and starts_a_character and not inside_word(array, at):
            found.append((at, match.end()))
    return found


def by_machine(machine: Machine, text: str) -> list[tuple[int, int, int]]:
    rows, _ = machine.scan(np.frombuffer(text.encode(), np.uint8), machine.signs())
    return sorted((int(number), int(start), int(end)) for start, end, number in rows)


@pytest.fixture(scope="module")
def machine() -> Machine:
    program = Program()
    for expression in EXPRESSIONS:
        program.add(parse(expression))
    return Machine(Automaton(program))


@settings(max_examples=400, deadline=None)
@given(text=TEXTS)
def test_all_at_once(machine: Machine, text: str) -> None:
    expected = [(number, *span) for number, one in enumerate(EXPRESSIONS) for span in by_re2(one, text)]
    assert by_machine(machine, text) == sorted(expected)


@given(st.integers(0, 0x10FFFF), st.integers(0, 0x10FFFF))
def test_utf8_ranges(one: int, other: int) -> None:
    low, high = sorted((one, other))
    pieces = list(utf8_pieces(low, high))
    for code in (low, high, (low + high) // 2, max(0, low - 1), min(0x10FFFF, high + 1)):
        if not 0xD800 <= code <= 0xDFFF:
            form = chr(code).encode()
            inside = any(
                len(piece) == len(form) and all(a <= byte <= b for byte, (a, b) in zip(form, piece, strict=True))
                for piece in pieces
            )
            assert inside == (low <= code <= high)


@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
def test_backwards(text: str) -> None:
    expression = r"(?:^|[^a-z])(?:ab|né)s?[ .]{0,3}$"
    program = Program()
    program.add(reversed_tree(parse(expression)), backwards=True)
    looking = Machine(Automaton(program))
    data = text.encode()
    heads = np.array([at for at in range(len(data) + 1) if at == len(data) or data[at] & 0xC0 != 0x80], np.int64)
    bits = looking.look(np.frombuffer(data, np.uint8), heads, forward=False)
    compiled = re2.compile(expression)
    expected = [compiled.search(data[:at]) is not None for at in heads.tolist()]
    assert [bool(one) for one in bits] == expected


@pytest.mark.parametrize(
    "expression", ["(a", "a)", r"\p{L}", r"a\q", "(?x)a", "[[:alpha:]]", "(?P<a>b)", "[ab", r"\Qa"]
)
def test_what_is_not_known_is_said(expression: str) -> None:
    with pytest.raises((ValueError, IndexError)):
        parse(expression)


def test_states_without_end_are_forgotten(monkeypatch: pytest.MonkeyPatch, machine: Machine) -> None:
    monkeypatch.setattr("recognizers.automata.automaton._MOST", 40)
    text = "ab abcd 12.5 café x..y ab\n" * 30
    few = Program()
    for expression in EXPRESSIONS:
        few.add(parse(expression))
    assert by_machine(Machine(Automaton(few)), text) == by_machine(machine, text)


BOUNDS = """
import numpy as np
from recognizers.rule import load_rules
from scanner.recognition.found import Kinds
from scanner.recognition.lexer import Lexer
lexer, noise = Lexer(load_rules(), Kinds()), np.random.default_rng(7)
pieces = ["é", "né le 12/03/1980 ", "a@b", "203.0.113.9", "+33 6", "€", "FR76 30", "mdp : x", "://u:p@h", "\\n"]
for size in (0, 1, 2, 3, 4, 5, 7, 31, 64, 255, 1000):
    for _ in range(6):
        raw = noise.integers(0, 256, size, np.uint8)
        lexer.find(raw, frozenset({"DATE_OF_BIRTH"}))
        text = "".join(noise.choice(pieces, 1 + size // 8)).encode()[:size]
        lexer.find(np.frombuffer(text, np.uint8))
        lexer.find(noise.choice(np.frombuffer(b"0123456789 .-/@:+_aZ\\xc3\\xa9", np.uint8), size))
"""


def test_kernels_stay_inside_their_arrays(tmp_path: object) -> None:
    """Compiled with checks of every index, on random bytes and cut texts of many sizes."""
    env = {**os.environ, "NUMBA_BOUNDSCHECK": "1", "NUMBA_CACHE_DIR": str(tmp_path), "PYTHONWARNINGS": "ignore"}
    ran = subprocess.run([sys.executable, "-c", BOUNDS], env=env, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-400:]
