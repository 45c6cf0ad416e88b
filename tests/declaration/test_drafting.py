from __future__ import annotations

from scanner.declaration.drafting import suggested


def test_a_draft_declares_no_secret_and_nothing_that_is_excluded() -> None:
    one = {"level": "CERTAIN", "category": "C1", "regime": "", "declared": "non", "regle": "5", "path": "rh/a.csv"}
    decisions = [
        one | {"entity_type": "PERSON"},
        one | {"entity_type": "PASSWORD_CLEAR", "category": "C5", "regime": "R8", "declared": "sans_objet"},
        one | {"entity_type": "EMAIL_ADDRESS", "declared": "sans_objet", "regle": "22", "path": "test/a.csv"},
    ]
    (processing,) = suggested(decisions, {})["traitements"]
    assert [line["types"] for line in processing["categories"]] == [["PERSON"]]
