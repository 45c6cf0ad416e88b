"""The first use on a machine reads examples in one process, so that no worker compiles against a time limit."""

from __future__ import annotations

import io
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from scanner import firstuse
from scanner.config import Settings
from scanner.examine import examine_one
from scanner.model import Item, Locator, Status
from scanner.recognition.text import text_lanes


def test_is_ready_after_the_first_use_and_for_this_code_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECENSE_CACHE", str(tmp_path))
    assert not firstuse.is_ready()
    firstuse.ready()
    assert firstuse.is_ready()
    monkeypatch.setattr(firstuse, "_use", lambda: pytest.fail("used twice"))
    firstuse.ready()
    monkeypatch.setattr(firstuse, "_sources", lambda: iter([b"other code"]))
    assert not firstuse.is_ready()


def test_the_examples_are_read_as_what_they_are() -> None:
    lanes = text_lanes(Settings(today=date(2000, 1, 1)))
    for name, data in firstuse._examples():
        result = examine_one(Item(Locator("", name), len(data)), partial(io.BytesIO, data), lanes)
        assert result.rows[0].status == Status.READ, name
        assert result.findings, name
