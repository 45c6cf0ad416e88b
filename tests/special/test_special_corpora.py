"""Texts about a subject must stay hints: measured on public sets where they are at hand."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest

from recognizers.names import NameRecognizer
from scanner.model import Level
from scanner.recognition.special import SpecialRecognizer

HERE = Path(__file__).parents[2]
CORPORA = Path(os.environ.get("RECENSE_CORPORA", HERE.parent / "shared" / "corpora")) / "labelled"
SETS = [
    "fr_medmcqa_health",
    "fr_masakhanews_topics",
    "en_ethos_attributes",
    "fr_quaero_med_emea",
    "fr_quaero_med_medline",
]


@pytest.mark.skipif(not CORPORA.is_dir(), reason="no corpora at hand")
@pytest.mark.parametrize("name", SETS)
def test_at_most_one_in_a_hundred(name: str) -> None:
    names, special = NameRecognizer(), SpecialRecognizer()
    lines = (CORPORA / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")
    texts = [json.loads(line)["text"] for line in lines if line]
    loud = sum(
        any(level > Level.INDICE for level in special.regimes(text, names.find(text), date(2026, 11, 23)).values())
        for text in texts
    )
    assert loud <= len(texts) / 100
