from __future__ import annotations

import os
import signal
import time

import pytest

from scanner.contracts import Lost
from scanner.engines.local import LocalEngine
from scanner.model import Kind


def double(number: int) -> int:
    return number * 2


def misbehave(how: str) -> str:
    if how == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "hang":
        time.sleep(600)
    if how == "speak":
        os.write(2, b"what a library stumbled over")
        print("and what it was")
    if how == "raise":
        raise ValueError("content that must not travel")
    return how


def test_every_task_comes_back_whatever_the_number_of_workers() -> None:
    tasks = [(n, (n,), 60) for n in range(40)]
    assert sorted(LocalEngine(2).run(double, tasks)) == [(n, n * 2) for n in range(40)]


@pytest.mark.parametrize(("how", "kind"), [("die", Kind.LOST), ("hang", Kind.TIMED_OUT), ("raise", Kind.READER_FAILED)])
def test_a_worker_that_fails_costs_its_task_and_nothing_else(how: str, kind: Kind) -> None:
    tasks = [("a", ("fine",), 60), ("b", (how,), 3), ("c", ("fine",), 60)]
    results = dict(LocalEngine(1).run(misbehave, tasks))
    assert results["a"] == results["c"] == "fine"
    assert isinstance(results["b"], Lost)
    assert results["b"].problem.kind is kind
    assert "content" not in str(results["b"])


def test_workers_print_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    assert dict(LocalEngine(1).run(misbehave, [("a", ("speak",), 60)])) == {"a": "speak"}
    assert capfd.readouterr() == ("", "")
