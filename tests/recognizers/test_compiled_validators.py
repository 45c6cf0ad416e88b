"""Compiled checks against the Python ones: the same verdict wherever they give one, and they nearly always do."""

from __future__ import annotations

import os
import random
import string
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import re2
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizers.rule import load_rules
from recognizers.validators import VALIDATORS
from recognizers.validators.compiled import COMPILED, Checks
from recognizers.validators.compiled_tables import CODES, PLANS, UNREAD

CHECKS = Checks()
SPACES = ["\u00a0", "\u202f", "\u2009"]
SEPARATORS = [" ", ".", "-", "/", *SPACES]
DIGITS, LETTERS = string.digits, string.ascii_uppercase


def verdicts(name: str, values: list[str]) -> list[int]:
    encoded = [value.encode() for value in values]
    ends = np.cumsum([len(one) for one in encoded])
    starts = ends - [len(one) for one in encoded]
    data = np.frombuffer(b"".join(encoded), np.uint8)
    numbers = np.full(len(values), COMPILED[name])
    return CHECKS.verdicts(data, np.stack([starts, ends], 1), numbers).tolist()


def in_python(name: str, value: str) -> int:
    """1 or 0; -2 where the Python check raises, and the compiled one must not answer."""
    try:
        return int(VALIDATORS[name](value))
    except (ValueError, IndexError):
        return -2


def compare(name: str, values: list[str]) -> float:
    """Fails on a value that the two judge differently; returns the share of values left to Python."""
    found = verdicts(name, values)
    wrong = [
        value
        for value, verdict in zip(values, found, strict=True)
        if verdict >= 0 and verdict != in_python(name, value)
    ]
    assert not wrong, f"{name} differs on {wrong[:3]}"
    return sum(verdict < 0 for verdict in found) / max(1, len(values))


def test_every_number_names_a_validator() -> None:
    assert COMPILED.keys() <= VALIDATORS.keys()
    assert sorted(COMPILED.values()) == list(range(len(COMPILED)))


FORMS: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "compiled_forms.yaml").read_text("utf-8"))
LEFT_TO_PYTHON = {"api_token", "ip_v6_public", "ip_v6_special", "gps_pair", "document_12"}
"""Checks that need Python for many of their values."""
NEVER_SURE = {"api_token"}
"""A check whose compiled form can only refuse."""


def test_every_check_has_forms() -> None:
    assert FORMS.keys() == COMPILED.keys()


def filled(form: str, chance: random.Random) -> str:
    digits = DIGITS if chance.random() < 0.8 else "".join(chance.sample(DIGITS, 2))
    signs = {"#": digits, "@": LETTERS, "§": "@"}
    return "".join(chance.choice(signs.get(sign, sign)) for sign in form)


def keyed(name: str, value: str, places: int = 2) -> list[str]:
    """The value with every ending of one or two places that could complete it, by the Python check."""
    alphabet = DIGITS + LETTERS if value[-1:].isalpha() else DIGITS
    ends = [first + second for first in (alphabet if places == 2 else [""]) for second in alphabet]
    return [
        value[: len(value) - places] + end for end in ends if in_python(name, value[: len(value) - places] + end) == 1
    ]


def disturbed(value: str, chance: random.Random) -> list[str]:
    """Near misses, and the same number as people may write it."""
    at = chance.randrange(len(value) + 1)
    strange = chance.choice(["é", "٣", "²", "\x00", "(", "_", "\U0001f600", "1", "Z", "ſ"])
    spread = "".join(char + (chance.choice(SEPARATORS) if chance.random() < 0.4 else "") for char in value)
    return [
        value,
        value.lower(),
        spread,
        value[:at] + strange + value[at:],
        value[:at] + value[at + 1 :],
        value + value,
    ]


@pytest.mark.parametrize("name", sorted(COMPILED))
def test_same_verdict_on_values_near_and_far(name: str) -> None:
    chance = random.Random(name)
    values = [filled(form, chance) for form in FORMS[name] for _ in range(60)]
    right = [end for value in values[::7] if len(value) > 3 for end in keyed(name, value)[:2]]
    compare(name, [near for value in values + right for near in disturbed(value, chance)])
    assert set(verdicts(name, values + right)) >= ({0, 1} if name not in NEVER_SURE else {-1, 0})
    if name not in LEFT_TO_PYTHON:
        assert compare(name, [value for value in values if value.isascii()]) <= 0.1


@pytest.mark.parametrize("name", sorted(COMPILED))
@settings(max_examples=40, deadline=None, derandomize=True)
@given(data=st.data())
def test_same_verdict_on_any_text(name: str, data: st.DataObject) -> None:
    signs = st.sampled_from(
        [*DIGITS * 4, *LETTERS, *"abxé.,:;-_/+@()%$* \t\n\x00\x7f", *SPACES, "\u0130", "\u3000", "\U0001f600"]
    )
    values = data.draw(st.lists(st.text(signs, max_size=70), min_size=20, max_size=20))
    compare(name, [*values, *(value * 60 for value in values[:2])])


def test_same_verdict_on_all_that_rules_are_shown() -> None:
    for rule in load_rules():
        texts = [one.text for one in (*rule.file.matches, *rule.file.rejects)]
        for pattern in rule.file.patterns:
            name = pattern.validator or rule.file.validator
            if name in COMPILED:
                shape = re2.compile(pattern.regex)
                values = [
                    match.group(at)
                    for text in texts
                    for match in shape.finditer(text)
                    for at in range(shape.groups + 1)
                ]
                compare(name, [*texts, *(value for value in values if value)])


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 9999), st.integers(0, 10**7 - 1))
def test_numbers_of_the_post(branch: int, body: int) -> None:
    compare("siret", [f"356000000{branch:04d}{last}" for last in range(10)])
    compare("nir", [f"1850{body % 10}2{body % 3}{body:06d}{key:02d}" for key in range(100)])


def test_no_plan_is_read_before_a_number_asks_for_it() -> None:
    checks = Checks()
    plans = lambda: int((checks._tables[PLANS : PLANS + 4 * CODES].view("<u4") > UNREAD + 2).sum())  # noqa: E731
    data = np.frombuffer(b"732829320 0612345678 +49 1512 3456789", np.uint8)
    spans = np.array([[0, 9], [10, 20], [21, 37]])
    numbers = np.array([COMPILED[name] for name in ("siren", "phone_fr", "phone_international")])
    assert checks.verdicts(data, spans[:1], numbers[:1]).tolist() == [1]
    assert plans() == 0
    assert checks.verdicts(data, spans[:2], numbers[:2]).tolist() == [1, 1]
    assert plans() == 1
    assert checks.verdicts(data, spans, numbers).tolist() == [1, 1, 1]
    assert plans() == 2


@pytest.mark.parametrize("code", [1, 7, 32, 33, 34, 39, 44, 49, 55, 81, 86, 212, 262, 352, 508, 590, 800, 999])
def test_whole_plans(code: int) -> None:
    chance = random.Random(code)
    values = [
        f"+{code}{''.join(chance.choices(DIGITS, k=chance.choice([6, 7, 8, 9, 9, 9, 10, 10, 11])))}"
        for _ in range(3000)
    ]
    assert compare("phone_international", values) == 0


def test_a_plan_in_a_new_syntax_is_left_to_python(monkeypatch: pytest.MonkeyPatch) -> None:
    class Plan:
        pattern = r"(?<later>[1-9]\d{8})"

    monkeypatch.setattr("recognizers.validators.phone._plan", lambda code: Plan() if code == 44 else None)
    data = np.frombuffer(b"+44 20 7946 0000 +33 612345678", np.uint8)
    numbers = np.full(2, COMPILED["phone_international"])
    assert Checks().verdicts(data, np.array([[0, 16], [17, 30]]), numbers).tolist() == [-1, 0]


def test_a_validator_without_compiled_form_is_left_to_python() -> None:
    data = np.frombuffer(b"732829320", np.uint8)
    numbers = np.array([-1, COMPILED["siren"]])
    assert CHECKS.verdicts(data, np.array([[0, 9], [0, 9]]), numbers).tolist() == [-1, 1]
    assert CHECKS.verdicts(data, np.empty((0, 2), np.int64), numbers[:0]).tolist() == []


def test_no_kernel_reads_beyond_its_arrays(tmp_path: Path) -> None:
    environment = {**os.environ, "NUMBA_BOUNDSCHECK": "1", "NUMBA_CACHE_DIR": str(tmp_path), "NUMBA_OPT": "0"}
    command = [sys.executable, "-c", _WITH_BOUNDS]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, cwd=Path(__file__).parent
    )
    assert done.returncode == 0, done.stderr[-2000:]


_WITH_BOUNDS = """
import random
import test_compiled_validators as tests
for name in tests.COMPILED:
    chance = random.Random(name)
    for form in tests.FORMS[name]:
        for value in [tests.filled(form, chance) for _ in range(2)]:
            for near in tests.disturbed(value, chance):
                # Alone in its array, and cut anywhere, so that one step too far is outside.
                for end in range(len(near) + 1):
                    tests.verdicts(name, [near[:end]])
"""
