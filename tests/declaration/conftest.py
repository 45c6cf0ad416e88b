from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scanner.declaration import Declaration, load

EXAMPLE = Path(__file__).with_name("example.yaml")


@pytest.fixture
def text() -> str:
    return EXAMPLE.read_text(encoding="utf-8")


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "client.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def loaded(written: Callable[[str], Path]) -> Callable[[str], Declaration]:
    return lambda text: load(written(text))
