"""A reader that eats memory, crashes or loops costs one item; the bounds are the operator's, and the run says them."""

from __future__ import annotations

import io
import os
import signal
import zipfile
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from scanner import open_run
from scanner.config import Limits
from scanner.contracts import Lost
from scanner.engines.local import LocalEngine
from scanner.messages import say
from scanner.model import Kind
from scanner.session import Asked, Refused, prepare

from .loaded import SETTINGS
from .scanning import scanned

MIB = 1 << 20


def eat(size: int) -> int:
    return int(np.ones(size, np.uint8).sum())


def crash(number: int) -> int:
    os.kill(os.getpid(), number)
    return 0


def test_memory_beyond_the_bound_costs_one_task_and_the_worker_goes_on() -> None:
    tasks = [(n, (size,), 60) for n, size in enumerate((MIB, 900 * MIB, MIB))]
    results = dict(LocalEngine(1, 256 * MIB).run(eat, tasks))
    assert results[0] == results[2] == MIB
    assert isinstance(results[1], Lost)
    assert results[1].problem.kind is Kind.TOO_LARGE


def test_a_crash_is_named_by_its_signal() -> None:
    results = dict(LocalEngine(1).run(crash, [("a", (signal.SIGSEGV,), 60)]))
    assert str(results["a"].problem) == "lost: the worker process died of signal 11"


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bounds") / "volume"
    folder.mkdir()
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr(zipfile.ZipInfo("fond.csv"), "nom;mel\nMARTIN;camille@example.org\n")
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        for name in ("1.zip", "2.zip", "3.zip"):
            archive.writestr(zipfile.ZipInfo(name), inner.getvalue())
        archive.writestr(zipfile.ZipInfo("long.txt"), b"une ligne de rien\n" * (MIB // 4), zipfile.ZIP_DEFLATED)
    for name in ("b.txt", "c.txt", "d.txt"):
        (folder / name).write_text("Rien de personnel.\n")
    return folder


def test_bounds_hold_for_one_item_and_for_the_run_and_are_stated(target: Path, tmp_path: Path) -> None:
    limits = Limits(depth=1, expansion_floor=MIB, expansion_ratio=1, run_items=3)
    run = tmp_path / "run"
    meta = scanned(target, run, settings=SETTINGS.model_copy(update={"limits": limits}))
    reasons = {row["path"]: row["reason"] for row in open_run(run).items_table().to_pylist()}
    assert reasons["a.zip!1.zip!fond.csv"].startswith("too_deep")
    assert reasons["a.zip!long.txt"].startswith("too_large")
    assert reasons["d.txt"] == "too_many: over the run's 3 items"
    assert reasons["b.txt"] == reasons["c.txt"] == ""
    assert meta["options"]["limits"]["run_items"] == 3
    assert '"limits.run_items": 3' in (run / "inventory.json").read_text()


def test_bytes_of_the_run_have_a_bound_too(target: Path, tmp_path: Path) -> None:
    limits = Limits(run_bytes=(target / "a.zip").stat().st_size)
    scanned(target, tmp_path / "run", settings=SETTINGS.model_copy(update={"limits": limits}))
    rows = open_run(tmp_path / "run").items_table().to_pylist()
    unread = [row["path"] for row in rows if row["reason"].startswith("too_large: over the run's")]
    assert unread == ["b.txt", "c.txt", "d.txt"]


def asked(target: Path, *limits: str) -> Asked:
    words = {"ner": "off", "sentences": "off", "ocr": "off", "lang": "en"}
    return Asked((str(target),), None, target.parent / "run", 1, False, False, True, **words, limits=limits)


def test_bounds_are_given_in_words_that_people_write(target: Path) -> None:
    settings = prepare(asked(target, "memory=2G", "depth=20", "run_bytes=10t")).settings
    assert (settings.limits.memory, settings.limits.depth, settings.limits.run_bytes) == (2 << 30, 20, 10 << 40)
    assert settings.today == date.today()
    assert settings.limits.seconds == Limits().seconds


@pytest.mark.parametrize("text", ["depth", "depth=", "depth=-1", "depth=0", "depths=3", "memory=1", "depth=1.5"])
def test_a_bound_that_means_nothing_is_refused_with_those_that_do(target: Path, text: str) -> None:
    with pytest.raises(Refused, match="expansion_ratio"):
        prepare(asked(target, text))


def test_what_is_said_exists_in_both_languages() -> None:
    for lang in ("fr", "en"):
        for key in ("no_contents", "other_key"):
            assert "RUN" in say(lang, key, folder="RUN")
