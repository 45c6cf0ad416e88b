"""The ledger by itself: two people for what takes two, what comes back is open again, what ends has ended."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from test_channels import told

from scanner.policy.triage import Ledger, Unknown

PLACE = "rh/camille.durand/dossier.csv"


def met(book: Ledger, alerts: list[dict[str, Any]], when: str) -> list[dict[str, Any]]:
    return book.meet(((alert, PLACE) for alert in alerts), when)


def test_a_refusal_takes_two_people() -> None:
    book, (alert,) = Ledger(), told("HEALTH_DATA")
    assert alert["decision"] == "REFUSER_PROPOSE"
    met(book, [alert], "2026-11-23T16:40:00")
    for by in ("C. Delmas", "C. Delmas"):
        assert book.set(alert["dedup"], "confirmee", by, "2026-11-24")["etat"] == "a_valider"
    assert book.set(alert["dedup"][:14], "confirmee", "H. Roux", "2026-11-25")["etat"] == "confirmee"
    (seen,) = met(book, [alert], "2026-12-01T00:00:00")
    assert (seen["etat"], seen["premiere_detection"], seen["revue"]["par"]) == (
        "confirmee",
        "2026-11-23T16:40:00",
        "H. Roux",
    )


def test_what_was_corrected_and_is_there_again_is_open() -> None:
    book, (alert,) = Ledger(), told("FR_NIR")
    met(book, [alert], "2026-11-23T16:40:00")
    book.set(alert["dedup"], "corrigee", "C. Delmas", "2026-11-24T09:00:00")
    assert met(book, [alert], "2026-11-23T16:40:00")[0]["etat"] == "corrigee"  # the same run, judged again
    assert met(book, [alert], "2026-12-23T16:40:00")[0]["etat"] == "a_valider"


def test_a_suppression_is_about_a_place_and_a_type_until_its_day() -> None:
    book = Ledger()
    book.suppress("rh/**", "FR_NIR", "jeu d'essai", "C. Delmas", "2026-12-31")
    number, health = told("FR_NIR", "HEALTH_DATA")
    assert [one["etat"] for one in met(book, [number, health], "2026-12-31T10:00:00")] == ["acceptee", "a_valider"]
    assert met(book, [number], "2027-01-01T10:00:00")[0]["etat"] == "a_valider"


def test_numbers_must_be_those_of_one_alert(tmp_path: Path) -> None:
    book = Ledger()
    met(book, told(), "2026-11-23T16:40:00")
    with pytest.raises(Unknown, match="5 alerts"):
        book.find("")
    book.save(tmp_path / "triage.json")
    assert Ledger.load(tmp_path / "triage.json") == book
    (tmp_path / "odd.json").write_text("[]")
    with pytest.raises(ValueError, match="not a recense-triage/1 file"):
        Ledger.load(tmp_path / "odd.json")
