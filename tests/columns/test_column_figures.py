"""What invented tables must go on giving; ``column_figures.py`` prints more."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from column_figures import STYLES, Figures, invented_lanes, measure
from column_material import alone, together


@pytest.fixture(scope="module")
def figures() -> dict[str, Figures]:
    lanes = invented_lanes()
    return {
        "alone": measure(alone(test=False), lanes),
        "together": measure(together(test=True, times=1), lanes),
    }


def test_columns_alone_say_what_they_are(figures: dict[str, Figures]) -> None:
    assert figures["alone"].macro() >= 0.97
    assert min(figures["alone"].macro(style) for style in STYLES) >= 0.95


def test_columns_of_persons_are_typed_under_headers_of_any_style(figures: dict[str, Figures]) -> None:
    assert figures["together"].macro() >= 0.95
    assert min(figures["together"].macro(style) for style in STYLES) >= 0.9


@pytest.mark.parametrize("tables", ["alone", "together"])
def test_hardly_any_other_column_is_typed(figures: dict[str, Figures], tables: str) -> None:
    others = figures[tables].others.total()
    assert others > 200
    assert figures[tables].typed.total() <= 0.01 * others
    assert figures[tables].touched.total() <= 0.01 * others
