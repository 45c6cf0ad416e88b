"""Comments in tables go to the names model, each distinct one once."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from scanner.config import Settings
from scanner.model import Column
from scanner.recognition.columns import ColumnLane
from scanner.recognition.discretion import Discretion
from scanner.recognition.shares import Allowance
from scanner.recognition.tally import Tallies
from scanner.recognition.text import text_lanes

CELLS = [
    "Hier, Amélie Krzyzaniak a rencontré la direction et demande un délai.",
    "Livraison faite sans remarque du client, tout va bien pour la suite.",
    "Rappeler Gwendal Kermorvant avant vendredi pour la facture en retard.",
    "Colis déposé à la loge comme convenu, merci de prévenir le gardien.",
] * 5


@pytest.mark.parametrize(("mode", "least"), [("off", 0), ("auto", 10), ("all", 10)])
def test_comments_go_to_the_names_model_once_each(mode: str, least: int) -> None:
    settings = Settings(today=date(2026, 11, 23), ner=mode)
    lanes, allowance, tallies = text_lanes(settings), Allowance(settings.ner_chars), Tallies()
    lane = ColumnLane(lanes, Discretion(lanes), allowance.file())
    lane.feed(Column("", "commentaire", 0, pa.array(CELLS), 2))
    lane.close(tallies)
    found = list(tallies.findings("a.csv", {}))
    assert sum(f.count for f in found if f.entity_type == "PERSON") >= least
    share = allowance.share.of("names")
    assert share.offered == sum(map(len, set(CELLS)))
    assert share.read == (share.offered if mode != "off" else 0)
