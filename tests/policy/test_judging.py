from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from scanner.declaration import Declaration
from scanner.model import Decision, Finding, ItemRow, Level
from scanner.policy import judge

TODAY = date(2026, 11, 23)


def _finding(
    path: str, entity_type: str, level: Level, column: str = "", *, count: int = 5, regime: str = ""
) -> Finding:
    return Finding(
        path, "t" if column else "", column, entity_type, "C1", regime, level, count, count, 0.9, "test", ("line 1",)
    )


def _declaration(*places: str, scope: tuple[str, ...] = ()) -> Declaration:
    line = {"code": "C1", "types": ["PERSON"], "emplacements": places}
    return Declaration.model_validate(
        {
            "role_vms": "sous-traitant",
            "mandat": {"perimetre": scope},
            "traitements": [{"ref": "T1", "nom": "Clients", "categories": [line]}],
        }
    )


def _judge(findings: list[Finding], declaration: Declaration, targets: tuple[str, ...] = ()) -> list[Decision]:
    return list(judge(findings, [], declaration, 100.0, today=TODAY, targets=targets))


def test_columns_of_a_file_make_one_decision() -> None:
    findings = [
        _finding("a.csv", "PERSON", Level.CERTAIN, "nom"),
        _finding("a.csv", "PERSON", Level.PROBABLE, "contact", count=3),
        _finding("a.csv", "PERSON", Level.POSSIBLE, "note", count=1000),
    ]
    (decision,) = _judge(findings, _declaration("**"))
    assert decision.places == ("t.contact", "t.nom")
    assert (decision.level, decision.count, decision.distinct) == ("CERTAIN", 8, 5)


def test_a_decision_holds_the_evidence_of_what_it_weighs() -> None:
    findings = [
        replace(_finding("a.txt", "HEALTH_DATA", level), evidence=codes)
        for level, codes in (
            (Level.CERTAIN, ("terms", "by_number")),
            (Level.PROBABLE, ("term", "by_number")),
            (Level.INDICE, ("alone",)),
        )
    ]
    decision, *_ = _judge(findings, _declaration("**"))
    assert decision.evidence == ("terms", "term", "by_number")


def test_another_regime_is_another_decision() -> None:
    findings = [
        _finding("a.csv", "PERSON", Level.CERTAIN, "nom"),
        _finding("a.csv", "PERSON", Level.CERTAIN, "patient", regime="R1-g"),
    ]
    plain, health = _judge(findings, _declaration("**"))
    assert (plain.regime, plain.verdict.rule) == ("", "3")
    assert (health.regime, health.verdict.rule) == ("R1-g", "8")


def test_the_order_within_a_path_does_not_matter() -> None:
    findings = [
        _finding("a.csv", name, level, column)
        for name in ("PERSON", "IBAN", "FR_NIR")
        for level in Level
        for column in ("x", "y")
    ]
    assert _judge(findings, _declaration("**")) == _judge(findings[::-1], _declaration("**"))


def test_findings_are_judged_as_they_come() -> None:
    taken: list[str] = []

    def stream() -> Iterator[Finding]:
        for number in range(3):
            taken.append(f"{number}.csv")
            yield _finding(f"{number}.csv", "PERSON", Level.CERTAIN)

    items: Iterator[ItemRow] = iter(())
    decisions = judge(stream(), items, _declaration("**"), 100.0, today=TODAY)
    assert next(decisions).path == "0.csv"
    assert len(taken) <= 2


def test_places_of_another_volume_do_not_count() -> None:
    declaration = _declaration("vol-4411:/paie/**", scope=("vol-4411", "vol-4412"))
    findings = [_finding("paie/a.csv", "PERSON", Level.CERTAIN)]
    for target, state in (("/srv/vol-4411", "oui"), ("/srv/vol-4412", "hors_emplacement"), ("/mnt/copy", "oui")):
        assert _judge(findings, declaration, (target,))[0].declared == state


def test_the_worst_answer_counts_when_one_finding_has_two_special_categories() -> None:
    accepted = {"regime": "R1-g", "exception_art9": "9(2)(h)", "acceptation_vms": {"statut": "acceptee"}}
    declaration = Declaration.model_validate(
        {"role_vms": "sous-traitant", "traitements": [{"ref": "T1", "nom": "Soins", "donnees_sensibles": [accepted]}]}
    )
    health = _judge([_finding("a", "PERSON", Level.PROBABLE, regime="R1-g")], declaration)
    both = _judge([_finding("a", "PERSON", Level.PROBABLE, regime="R1-c,R1-g")], declaration)
    assert (health[0].verdict.rule, both[0].verdict.rule) == ("6", "8")


def test_a_special_type_among_ordinary_ones_is_announced_but_not_accepted() -> None:
    line = {"code": "C1", "types": ["HEALTH_DATA"]}
    declaration = Declaration.model_validate(
        {"role_vms": "sous-traitant", "traitements": [{"ref": "T1", "nom": "Soins", "categories": [line]}]}
    )
    (decision,) = _judge([_finding("a", "HEALTH_DATA", Level.PROBABLE, regime="R1-g")], declaration)
    assert (decision.verdict.rule, decision.declared) == ("7", "oui")


def test_without_a_date_no_exclusion_holds() -> None:
    exclusion = {"emplacement": "**", "motif": "fictif", "valide_par": "O. Ferrandeau", "expire": "2027-01-01"}
    declaration = Declaration.model_validate(
        {"role_vms": "sous-traitant", "traitements": [], "exclusions": [exclusion]}
    )
    findings = [_finding("a", "PERSON", Level.CERTAIN)]
    assert next(judge(findings, [], declaration, 100.0)).verdict.rule == "5"
    assert next(judge(findings, [], declaration, 100.0, today=TODAY)).verdict.rule == "22"
