"""What the gate of the names model loses, class by class, where labelled texts are at hand."""

from __future__ import annotations

import pytest
from losses import CLASSES, CORPORA, measure

from scanner.config import Settings
from scanner.recognition.modellane import ModelLane
from scanner.recognition.pieces import Kind, Piece

CHARACTERS = 30_000
LOGS = CORPORA.parent / "files" / "logs" / "loghub"


@pytest.mark.skipif(not CORPORA.is_dir(), reason="no corpora at hand")
@pytest.mark.parametrize("name", CLASSES)
def test_the_gate_loses_few_persons_and_fewer_documents(name: str) -> None:
    loss = measure(name, CHARACTERS, Settings.model_fields["ner_chars"].default)
    assert loss.persons > 0
    assert loss.lost <= 0.02 * loss.persons
    assert loss.silenced <= 0.005 * loss.named


@pytest.mark.skipif(not LOGS.is_dir(), reason="no logs at hand")
@pytest.mark.parametrize("lines", [1, 3, 50])
def test_real_logs_stay_with_the_rules_however_short(lines: int) -> None:
    lane, given, count = ModelLane(), 0, 0
    for path in sorted(LOGS.iterdir()):
        entries = path.read_text(encoding="utf-8", errors="replace").split("\n")[:1500]
        pieces = ["\n".join(entries[at : at + lines]) for at in range(0, len(entries) - lines, max(lines, 10))]
        given += sum(lane.wants(Piece(piece, 0, Kind.PASSAGE)).reads for piece in pieces)
        count += len(pieces)
    assert count > 100
    assert given <= 0.005 * count
