"""What the gate of the names model loses, class by class, where labelled texts are at hand."""

from __future__ import annotations

import pytest
from losses import CLASSES, CORPORA, measure

from scanner.config import Settings

CHARACTERS = 30_000


@pytest.mark.skipif(not CORPORA.is_dir(), reason="no corpora at hand")
@pytest.mark.parametrize("name", CLASSES)
def test_the_gate_loses_few_persons_and_fewer_documents(name: str) -> None:
    loss = measure(name, CHARACTERS, Settings.model_fields["ner_chars"].default)
    assert loss.persons > 0
    assert loss.lost <= 0.02 * loss.persons
    assert loss.silenced <= 0.005 * loss.named
