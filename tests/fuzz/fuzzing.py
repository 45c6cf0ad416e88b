"""Fuzzing: mutations of valid and of broken files, shrunk by hypothesis when they find something.

``python -m tests.fuzz.fuzzing --seconds 1200`` for each target; ``corpus/`` keeps what is found, and the tests try it.
"""

from __future__ import annotations

import argparse
import hashlib
import signal
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from .targets import TARGETS

CORPUS = Path(__file__).parent / "corpus"
LIMIT = 20
"""Seconds of the processor for one input: many times what any takes."""
TOKENS = (
    b"\0",
    b"\xff" * 4,
    b"(" * 50,
    b"[" * 50,
    b"<!--",
    b"%%EOF",
    b"--x\n",
    b"'",
    b'"',
    b"\\",
    b"&a;",
    b"\r\n" * 9,
    b"9" * 40,
)

_MUTATION = st.tuples(
    st.sampled_from(["set", "drop", "double", "insert", "splice", "cut"]),
    st.floats(0, 1, width=32),
    st.integers(1, 400),
    st.sampled_from(TOKENS),
)


def mutated(data: bytes, changes: list[tuple[str, float, int, bytes]], other: bytes) -> bytes:
    """The data after each change; places are fractions, so that they mean something at any length."""
    for kind, where, count, token in changes:
        at = int(where * len(data))
        after = at + count
        data = {
            "set": data[:at] + token[:count] + data[at + len(token[:count]) :],
            "drop": data[:at] + data[after:],
            "double": data[:after] + data[at:after] * 3 + data[after:],
            "insert": data[:at] + token + data[at:],
            "splice": data[:at] + other[int(where * len(other)) :],
            "cut": data[:at],
        }[kind][: 1 << 18]
    return data


class TooLong(Exception):
    """One input took longer than any may."""


def _late(*_: object) -> None:
    raise TooLong


def timed(check: Callable[[bytes], None], data: bytes) -> None:
    """Ask, within the limit; other processes of a busy machine do not count."""
    before = signal.signal(signal.SIGPROF, _late)
    signal.setitimer(signal.ITIMER_PROF, LIMIT)
    try:
        check(data)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@cache
def _warm(name: str) -> None:
    """Compile what the target needs, which takes longer than any input may."""
    seeds, check = TARGETS[name]
    for data in seeds():
        check(data)


def round_of(name: str, examples: int, number: int) -> None:
    """So many inputs of one target; raises what one of them raises, made as small as it gets, and keeps it."""
    seeds, check = TARGETS[name]
    _warm(name)
    begin = seeds()
    last: list[bytes] = [b""]

    @seed(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )
    @given(st.sampled_from(range(len(begin))), st.lists(_MUTATION, max_size=6), st.sampled_from(range(len(begin))))
    def tried(first: int, changes: list[Any], second: int) -> None:
        data = mutated(begin[first], changes, begin[second])
        try:
            timed(check, data)
        except BaseException:
            last[0] = data
            raise

    try:
        tried()
    except Exception:
        CORPUS.mkdir(exist_ok=True)
        (CORPUS / f"{name}-{hashlib.sha256(last[0]).hexdigest()[:12]}").write_bytes(last[0])
        raise


def main() -> None:
    """Fuzz each target for so long; exit 1 if anything was found."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=1200)
    options.add_argument("--target", choices=sorted(TARGETS), action="append")
    options.add_argument("--seed", type=int, default=0)
    asked = options.parse_args()
    found = 0
    for name in asked.target or sorted(TARGETS):
        until, number = time.monotonic() + asked.seconds, asked.seed
        while time.monotonic() < until:
            try:
                round_of(name, 100, number)
            except Exception as error:  # noqa: BLE001 - kept in the corpus, and named
                found += 1
                print(f"{name}: {type(error).__name__} {str(error)[:200]}", flush=True)
            number += 1
        print(f"{name}: {(number - asked.seed) * 100} inputs, seeds {asked.seed} to {number - 1}", flush=True)
    sys.exit(found > 0)


if __name__ == "__main__":
    main()
