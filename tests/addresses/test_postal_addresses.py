"""Addresses of every layout and country that the rules know, and near misses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from recognizers.rule import load_rules

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text("utf-8"))
RULE = next(rule for rule in load_rules() if rule.name == "postal_address")


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=f"{group}-{at}") for group, cases in CASES.items() for at, case in enumerate(cases)],
)
def test_address(case: dict[str, Any]) -> None:
    spans = RULE.find(case["text"])
    assert [case["text"][span.start : span.end] for span in spans] == case["finds"]
    assert {span.level.name for span in spans} <= {case["level"]}
