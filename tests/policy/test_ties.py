"""To which processing a finding belongs, and what is said where nobody can tell."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from scanner.declaration import Declaration
from scanner.model import Decision, Finding, Level
from scanner.policy import judge
from scanner.policy.circumstances import Around
from scanner.policy.rulebook import rulebook
from scanner.taxonomy import rule_file, taxonomy

TODAY = date(2026, 11, 23)
FIVE = {"duree": 5, "unite": "ans"}


def declaration(*lines: dict[str, Any], **more: Any) -> Declaration:
    named = [{"ref": f"T{k}", "nom": f"n° {k}", "categories": [line]} for k, line in enumerate(lines, 1)]
    return Declaration.model_validate({"role_vms": "sous-traitant", "traitements": named, **more})


def judged(said: Declaration, entity_type: str, path: str, old: str = "") -> list[Decision]:
    axes = taxonomy()
    regime, category = ",".join(axes.regimes_of(entity_type)), axes.category_of(entity_type)
    found = Finding(path, "", "", entity_type, category, regime, Level.CERTAIN, 3, 3, 0.9, "test", ("line 1",))
    around = {path: Around(oldest=old, newest=old)} if old else {}
    return list(judge([found], [], said, 100.0, today=TODAY, around=around))


def line(place: str, length: int = 5, code: str = "C1") -> dict[str, Any]:
    return {"code": code, "emplacements": [place], "conservation": {"duree": length, "unite": "ans"}}


def test_what_several_processings_declare_elsewhere_is_tied_to_none_of_them() -> None:
    (decision,) = judged(declaration(line("rh/**"), line("bdd/**", 3)), "PERSON", "divers/a.csv")
    assert (decision.declared, decision.reference) == ("hors_emplacement", "T1 / T2")
    assert "réf. T1 ou T2 : traitement à préciser par le client" in decision.verdict.reason_fr
    assert "ref. T1 or T2: for the client to say which processing" in decision.verdict.reason_en


def test_a_place_that_is_declared_ties_to_its_own_processing() -> None:
    (decision,) = judged(declaration(line("rh/**"), line("bdd/**", 3)), "PERSON", "bdd/a.csv", "2022-01-01")
    assert (decision.declared, decision.reference) == ("oui", "T2")
    assert "19" in decision.verdict.rule


@pytest.mark.parametrize(("second", "overdue"), [(3, False), (5, True)])
def test_no_period_is_exceeded_where_nobody_knows_which_one_holds(second: int, overdue: bool) -> None:
    said = declaration(line("rh/**"), line("bdd/**", second))
    (decision,) = judged(said, "PERSON", "divers/a.csv", "2014-01-01")
    assert ("19" in decision.verdict.rule) is overdue


def test_the_only_processing_that_declares_it_elsewhere_is_the_one() -> None:
    decision, *_ = judged(declaration(line("rh/**"), line("bdd/**", code="C6")), "PERSON", "divers/a.csv")
    assert decision.reference == "T1"
    assert "(réf. T1) mais hors" in decision.verdict.reason_fr


def test_a_document_is_declared_with_the_data_that_it_stands_for() -> None:
    said = declaration({"code": "C2", "types": ["FR_RIB"], "emplacements": ["compta/**"]})
    decisions = judged(said, "RIB_DOCUMENT", "compta/rib.txt")
    assert [(one.entity_type, one.declared) for one in decisions] == [("RIB_DOCUMENT", "oui")]
    elsewhere, *_ = judged(said, "RIB_DOCUMENT", "divers/rib.txt")
    assert elsewhere.declared == "hors_emplacement"


def test_what_a_document_stands_for_is_data() -> None:
    axes = taxonomy()
    standing = {name: one.stands_for for name, one in axes.types.items() if one.stands_for}
    assert {"RIB_DOCUMENT", "PAYSLIP", "TAX_NOTICE"} <= set(standing)
    for names in standing.values():
        assert all(name in axes.types and not axes.types[name].stands_for for name in names)


def test_nobody_declares_a_secret_nor_what_is_excluded() -> None:
    (secret,) = judged(declaration(line("web/**", code="C5")), "PASSWORD_CLEAR", "web/.env")
    assert (secret.declared, secret.reference, secret.verdict.rule) == ("sans_objet", "", "15")
    apart = {"emplacement": "test/**", "motif": "fictif", "valide_par": "O. Ferrandeau", "expire": "2027-01-01"}
    (invented,) = judged(declaration(line("rh/**"), exclusions=[apart]), "PERSON", "test/a.csv")
    assert (invented.declared, invented.reference, invented.verdict.rule) == ("sans_objet", "", "22")


@pytest.mark.parametrize("asks", [False, True])
def test_a_policy_says_whether_what_was_not_found_is_a_question(asks: bool, tmp_path: Path) -> None:
    shipped = yaml.safe_load(rule_file("policies/vms-2020-09-24/policy.yaml")) | {"asks_missing": asks}
    (tmp_path / "policy.yaml").write_text(yaml.safe_dump(shipped, allow_unicode=True), encoding="utf-8")
    said = declaration({"code": "C1", "types": ["FR_INE"]}, {"code": "C4", "types": ["LIFESTYLE"]})
    judged = list(judge([], [], said, 90.0, today=TODAY, rules=rulebook(str(tmp_path))))
    verdicts = {one.entity_type: one.verdict for one in judged}
    asked = (("DEMANDER_AU_CLIENT",), ("missing",)) if asks else (("ACCEPTER",), ())
    found = verdicts["FR_INE"]
    assert (tuple(outcome.name for outcome in found.outcomes), found.next) == asked
    # Nothing follows from what the tool does not look for.
    assert [outcome.name for outcome in verdicts["LIFESTYLE"].outcomes] == ["ACCEPTER"]
