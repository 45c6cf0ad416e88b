from __future__ import annotations

import os
import signal
import time
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from threading import Timer
from typing import Any

import pytest

from scanner.contracts import Lost
from scanner.engines import local
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


_hoard: list[bytes] = []


def take(megabytes: int, keep: bool) -> int:
    taken = b"x" * (megabytes << 20)
    _hoard.extend([taken] if keep else [])
    return os.getpid()


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


def test_a_worker_that_dies_between_two_tasks_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "LOOK", 0.05)
    waiting: dict[Future[Any], local.Task] = {Future(): ("a", (), 600)}
    now = iter([frozenset({11, 12}), frozenset({11, 12}), frozenset({12, 13})])
    with pytest.raises(BrokenProcessPool):
        local._done(waiting, lambda: next(now), frozenset({11, 12}))
    replaced = iter([frozenset({12, 13})] * 3)
    ended: Future[Any] = Future()
    Timer(0.2, ended.set_result, [1]).start()
    assert local._done({ended: ("b", (), 600)}, lambda: next(replaced, frozenset({12, 13})), frozenset()) == {ended}


def test_what_earlier_tasks_left_behind_is_not_counted_against_the_next() -> None:
    tasks = [(n, (400, True), 60) for n in range(6)] + [("much", (9000, False), 60)]
    results = dict(LocalEngine(1, memory=600 << 20).run(take, tasks))
    refused = results.pop("much")
    assert isinstance(refused, Lost)
    assert refused.problem.kind is Kind.TOO_LARGE
    assert {type(worker) for worker in results.values()} == {int}
    assert len(set(results.values())) >= 3, "a worker that keeps what it read is replaced"
