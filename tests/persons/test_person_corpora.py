"""Floors on public labelled sets, where they are at hand: test records only, persons, spans that overlap."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from recognizers.persons.decoding import spans_of
from recognizers.splits import is_test
from scanner.model import Level

HERE = Path(__file__).resolve()
CORPORA = Path(os.environ.get("RECENSE_CORPORA", HERE.parents[3] / "shared" / "corpora")) / "labelled"


@pytest.mark.parametrize(
    ("name", "label", "share", "floor"),
    [
        ("fr_textmine23_signatures_realistic", "Human", 0.5, 0.94),
        ("fr_winer", "Person", 0.2, 0.92),
        ("en_presidio_synth_v2", "PERSON", 0.5, 0.82),
        ("en_wikigold", "PER", 0.2, 0.8),
    ],
)
def test_the_model_alone_stays_above_its_floor(name: str, label: str, share: float, floor: float) -> None:
    file = CORPORA / f"{name}.jsonl"
    if not file.exists():
        pytest.skip("needs the labelled sets")
    records = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    records = [record for record in records if is_test(record["id"], share)]
    hits = wrong = missed = 0
    for record, spans in zip(records, spans_of([record["text"] for record in records]), strict=True):
        gold = [(span["start"], span["end"]) for span in record["spans"] if span["label"] == label]
        found = [(s.start, s.end) for s in spans if s.entity_type == "PERSON" and s.level >= Level.PROBABLE]
        wrong += sum(not any(a < d and c < b for c, d in gold) for a, b in found)
        met = sum(any(a < d and c < b for a, b in found) for c, d in gold)
        hits, missed = hits + met, missed + len(gold) - met
    assert 2 * hits / (2 * hits + wrong + missed) >= floor
