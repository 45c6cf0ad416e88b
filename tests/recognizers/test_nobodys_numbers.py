"""Texts full of numbers that are nobody's: no rule may be sure of anything in them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from recognizers.rule import Subject, load_rules
from scanner.model import Level

TEXTS: dict[str, str] = yaml.safe_load(Path(__file__).with_name("nobodys_numbers.yaml").read_text("utf-8"))


@pytest.mark.parametrize("name", TEXTS)
def test_nothing_is_sure(name: str) -> None:
    subject = Subject(TEXTS[name])
    sure = [
        (span.recognizer, span.level.name, span.start)
        for rule in load_rules()
        for span in rule.find(subject)
        if span.level >= Level.PROBABLE
    ]
    assert not sure
