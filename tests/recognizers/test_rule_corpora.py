"""Recall and precision on labelled text, when the corpora are there."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from recognizers.rule import Subject, load_rules

FOLDER = Path(os.environ.get("RECENSE_CORPORA", Path(__file__).parents[3] / "shared" / "corpora")) / "labelled"
MEASURES = [
    ("fr_textmine23_signatures_realistic", "Email", "email_address", 0.99, 0.99),
    ("fr_textmine23_signatures_generated", "Email", "email_address", 0.99, 0.99),
    ("fr_textmine23_signatures_realistic", "Phone_Number", "phone_number", 0.97, 0.99),
    ("fr_textmine23_signatures_generated", "Phone_Number", "phone_number", 0.97, 0.99),
    ("en_presidio_synth_v2", "EMAIL_ADDRESS", "email_address", 0.99, 0.99),
    ("en_presidio_synth_v2", "IBAN_CODE", "iban", 0.99, 0.99),
    ("en_presidio_synth_v2", "CREDIT_CARD", "payment_card", 0.9, 0.95),
]


@pytest.mark.parametrize(("corpus", "label", "name", "recall", "precision"), MEASURES)
def test_recall_and_precision(corpus: str, label: str, name: str, recall: float, precision: float) -> None:
    path = FOLDER / f"{corpus}.jsonl"
    if not path.exists():
        pytest.skip("no corpora")
    rule = next(rule for rule in load_rules() if rule.name == name)
    hit = gold = right = found = 0
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        wanted = [(span["start"], span["end"]) for span in record["spans"] if span["label"] == label]
        spans = [(span.start, span.end) for span in rule.find(Subject(record["text"]))]
        gold, found = gold + len(wanted), found + len(spans)
        hit += sum(any(start < end2 and start2 < end for start2, end2 in spans) for start, end in wanted)
        right += sum(any(start < end2 and start2 < end for start2, end2 in wanted) for start, end in spans)
    assert hit >= recall * gold
    assert right >= precision * found
