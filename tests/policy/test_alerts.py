from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from scanner.model import Decision, Level
from scanner.policy import decide
from scanner.policy.alerts import alerts, severity
from scanner.policy.facts import Facts
from scanner.taxonomy import taxonomy

RUN = {
    "client": "C-0412",
    "mandate": "CTR-2026-014",
    "targets": ["sftp://scan:s3same@files.example/vol"],
    "started": "2026-11-23T16:40:00Z",
}


def _decision(entity_type: str, count: int = 12, path: str = "rh/a.csv", **facts: Any) -> Decision:
    axes = taxonomy()
    category, regimes = axes.category_of(entity_type), axes.regimes_of(entity_type)
    verdict = decide(Facts("sous-traitant", entity_type, category, regimes, Level.CERTAIN, **facts))
    regime = ",".join(regimes)
    return Decision(path, entity_type, category, regime, "CERTAIN", count, count, "non", "", ("t.c",), verdict)


def test_who_is_called_and_who_is_not() -> None:
    called = [
        _decision("HEALTH_DATA"),
        _decision("FR_NIR"),
        _decision("PASSWORD_CLEAR"),
        _decision("CARD_CVV", declared=True, located=True),
    ]
    quiet = [
        _decision("IBAN"),
        _decision("PERSON", declared=True, located=True),
        _decision("FR_NIR", declared=True, located=True, basis=True),
        _decision("HEALTH_DATA", excluded=True),
    ]
    found = list(alerts([*called, *quiet], RUN, b"key"))
    assert [alert["constat"]["type"] for alert in found] == [decision.entity_type for decision in called]
    assert [alert["decision"] for alert in found] == ["REFUSER_PROPOSE", "SECURISER", "SECURISER", "SECURISER"]
    assert {alert["etat"] for alert in found} == {"a_valider"}


def test_the_fields_of_an_alert() -> None:
    (alert,) = alerts([_decision("HEALTH_DATA")], RUN, b"key")
    assert alert["schema"] == "vms-alerte/1"
    assert alert["emise_le"] == RUN["started"]
    assert (alert["client"], alert["mandat"], alert["regle"]) == ("C-0412", "CTR-2026-014", "8")
    assert alert["motif"]["ancre"] == "POL-08"
    assert alert["motif"]["citation"] in alert["motif"]["texte"]
    assert len(alert["motif"]["politique_sha256"]) == 64
    assert alert["emplacement"]["chemin"] == "rh/a.csv"
    assert alert["constat"]["personnes_min"] is None
    assert alert["constat"]["preuves"] == []
    assert "délégué" in alert["action_attendue"]
    assert "s3same" not in json.dumps(alert)
    assert "officer" in next(alerts([_decision("HEALTH_DATA")], RUN, b"key", lang="en"))["action_attendue"]


def test_evidence_is_told_by_code_and_in_words() -> None:
    found = replace(_decision("HEALTH_DATA"), evidence=("term", "by_row"))
    (alert,) = alerts([found], RUN, b"key", words={"by_row": "ligne d’une table de personnes"})
    assert alert["constat"]["preuves"] == ["term", "by_row: ligne d’une table de personnes"]


def test_the_token_of_a_place_is_keyed_and_stable() -> None:
    def token(decision: Decision, key: bytes = b"key", **run: str) -> str:
        return str(next(alerts([decision], {**RUN, **run}, key))["dedup"])

    first = token(_decision("FR_NIR"))
    assert token(_decision("FR_NIR", count=99), started="2026-12-01T00:00:00Z") == first
    others = [
        token(_decision("FR_NIR"), key=b"other"),
        token(_decision("FR_NIR"), client="C-1"),
        token(_decision("FR_NIR", path="b.csv")),
        token(_decision("FR_NIA")),
        token(_decision("FR_NIR"), key=b"k" * 100),
    ]
    assert len({first, *others}) == 6


def test_severity_by_the_default_mapping() -> None:
    expected = {
        "INTEREST": "Négligeable",
        "IP_ADDRESS": "Négligeable",
        "PERSON": "Limitée",
        "BADGE_NUMBER": "Limitée",
        "FR_NIR": "Importante",
        "IBAN": "Importante",
        "PASSWORD_CLEAR": "Importante",
        "HEALTH_DATA": "Importante",
        "CARD_CVV": "Maximale",
    }
    assert {name: severity(_decision(name)) for name in expected} == expected


def test_severity_grows_with_numbers() -> None:
    assert severity(_decision("HEALTH_DATA", 1000)) == "Maximale"
    assert severity(_decision("PERSON", 10_001)) == "Importante"
    assert severity(_decision("CARD_CVV", 10_001)) == "Maximale"
    assert severity(replace(_decision("MINOR"), regime="R1-g,R4")) == "Maximale"
