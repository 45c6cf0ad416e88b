"""One golden case for each row of the table, through ``judge``: a declaration, one finding, the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from scanner.declaration import Declaration, none_declaration
from scanner.model import Decision, Finding, ItemRow, Level, Status
from scanner.policy import decide, judge
from scanner.policy.circumstances import Around, published, surroundings
from scanner.policy.facts import Facts
from scanner.policy.rulebook import rulebook
from scanner.taxonomy import taxonomy

TODAY = date(2026, 11, 23)
NIR_BASIS = "décret n° 2019-341, art. 2"


def declared(**parts: Any) -> Declaration:
    one: dict[str, Any] = {"ref": "T1", "nom": "Paie", **parts}
    return _declaration({"traitements": [one]})


def _declaration(parts: Mapping[str, Any], role: str = "sous-traitant") -> Declaration:
    return Declaration.model_validate({"role_vms": role, "client": {"raison_sociale": "Brindacier"}, **parts})


def sensitive(answer: Mapping[str, Any] | None = None, regime: str = "R1-g", place: str = "rh/**") -> Declaration:
    line = {"regime": regime, "exception_art9": "9(2)(b)", "acceptation_vms": answer, "emplacements": place}
    return declared(donnees_sensibles=[line])


def nir(**line: Any) -> Declaration:
    return declared(categories=[{"code": "C1", "types": ["FR_NIR"], "nir_fondement": NIR_BASIS, **line}])


def offences(basis: str | None, place: str = "rh/**") -> Declaration:
    line = {"code": "C1", "types": ["PERSON"], "emplacements": [place]}
    return declared(categories=[line], donnees_art10={"presence": "oui", "fondement": basis})


def one(declaration: Declaration, entity_type: str, level: Level = Level.CERTAIN, path: str = "rh/a.csv") -> Decision:
    axes = taxonomy()
    regime = ",".join(axes.regimes_of(entity_type))
    finding = Finding(
        path, "", "", entity_type, axes.category_of(entity_type), regime, level, 12, 9, 0.9, "test", ("line 3",)
    )
    found = judge([finding], [], declaration, 100.0, today=TODAY)
    return next(decision for decision in found if decision.path)


EMPTY = _declaration({"traitements": []})
NONE = _declaration({})
ACCEPTED = {"statut": "acceptee", "reference": "AV-12", "conditions": ["chiffrement au repos"]}
IBANS = declared(categories=[{"code": "C2", "types": ["IBAN"], "emplacements": ["rh/**"]}])
MINORS = declared(personnes_concernees=[{"type": "élèves", "mineurs": "oui"}])
EXCLUDED = _declaration(
    {
        "traitements": [],
        "exclusions": [
            {"emplacement": "rh/**", "motif": "fictif", "valide_par": "O. Ferrandeau", "expire": "2026-11-23"},
            {"emplacement": "old/**", "motif": "fictif", "valide_par": "O. Ferrandeau", "expire": "2026-11-22"},
        ],
    }
)

A, D, S, R = "ACCEPTER", "DEMANDER_AU_CLIENT", "SECURISER", "REFUSER_PROPOSE"
C, P, Q, H = Level.CERTAIN, Level.PROBABLE, Level.POSSIBLE, Level.INDICE

ROWS = [
    # rule, outcomes, anchor, confirmations, declared, words of the reason, (declaration, type, level[, path])
    ("1", [A], "POL-05", 0, "sans_objet", "situation financière", (none_declaration(), "IBAN", C)),
    ("2", [D], "POL-05", 1, "sans_objet", "art. 13-14", (none_declaration(), "FR_NIR", C)),
    ("2", [D], "POL-05", 1, "sans_objet", "art. 13-14", (none_declaration(), "GPS_COORD", C)),
    ("2", [D], "POL-05", 1, "sans_objet", "art. 13-14", (none_declaration(), "HEALTH_DATA", C)),
    ("14", [D], "", 1, "sans_objet", "considérants 38 et 75", (none_declaration(), "MINOR", P)),
    ("15", [S], "", 1, "sans_objet", "jamais en clair", (none_declaration(), "PASSWORD_CLEAR", C)),
    ("3", [A], "", 0, "oui", "Déclaré (réf. T1).", (IBANS, "IBAN", P)),
    ("3b", [A], "", 0, "oui", "non confirmée", (IBANS, "IBAN", Q)),
    ("4", [D], "", 1, "hors_emplacement", "hors de l'emplacement", (IBANS, "IBAN", C, "divers/a.csv")),
    ("5", [D], "POL-09", 1, "non", "Non recensée", (EMPTY, "IBAN", Q)),
    ("5", [D], "POL-09", 1, "non", "Non recensée", (NONE, "EMAIL_ADDRESS", C)),
    ("5b", [D], "", 1, "non", "revue humaine", (EMPTY, "IBAN", H)),
    ("5b", [D], "", 1, "hors_emplacement", "déclarée ailleurs", (IBANS, "IBAN", H, "divers/a.csv")),
    ("6", [S, A], "POL-10", 1, "oui", "(AV-12). Vérifier", (sensitive(ACCEPTED), "HEALTH_DATA", P)),
    ("7b", [S, D], "", 1, "hors_emplacement", "AV-12", (sensitive(ACCEPTED), "HEALTH_DATA", P, "x/a.csv")),
    ("7", [S, D], "POL-12", 1, "oui", "nous informer expressément", (sensitive(), "HEALTH_DATA", P)),
    ("7", [S, D], "POL-12", 1, "oui", "non acceptée", (sensitive({"statut": "en_attente"}), "HEALTH_DATA", C)),
    ("7", [R, S], "POL-12", 2, "oui", "refusée par VMS", (sensitive({"statut": "refusee"}), "HEALTH_DATA", C)),
    ("8", [R, S], "POL-08", 2, "non", "expressément informée", (EMPTY, "HEALTH_DATA", P)),
    ("8", [R, S], "POL-08", 2, "non", "expressément informée", (sensitive(ACCEPTED), "UNION_MEMBERSHIP", C)),
    ("8+10", [R, S, D], "POL-08", 2, "non", "L.1111-8", (EMPTY, "FR_INS", C)),
    ("8b", [S, D], "POL-09", 1, "non", "recensement à demander", (NONE, "HEALTH_DATA", C)),
    ("9", [D], "", 1, "non", "aucune décision", (EMPTY, "HEALTH_DATA", Q)),
    ("9", [D], "", 1, "oui", "aucune décision", (sensitive(ACCEPTED), "HEALTH_DATA", H)),
    ("11", [S, A], "", 1, "oui", NIR_BASIS, (nir(), "FR_NIR", C)),
    ("11b", [S, D], "", 1, "hors_emplacement", "hors de", (nir(emplacements=["paie"]), "FR_NIR", C)),
    ("12", [S, D], "", 1, "non", "fondement à fournir", (EMPTY, "FR_NIR", P)),
    ("12", [S, D], "", 1, "non", "fondement", (declared(categories=[{"code": "C1"}]), "FR_NIR", P)),
    ("12", [D], "", 1, "non", "revue humaine", (EMPTY, "FR_NIR", H)),
    ("13", [S, A], "", 1, "oui", "art. L. 1", (offences("code, art. L. 1"), "CRIMINAL_RECORD", C)),
    ("13", [S, D], "", 1, "oui", "sans fondement", (offences(None), "CRIMINAL_RECORD", C)),
    ("13", [S, D], "", 1, "non", "sans fondement", (EMPTY, "CRIMINAL_RECORD", P)),
    ("13", [D], "", 1, "non", "aucune décision", (EMPTY, "CRIMINAL_RECORD", Q)),
    ("14", [D], "", 1, "non", "non déclarées", (EMPTY, "MINOR", P)),
    ("3", [A], "", 0, "oui", "Déclaré", (MINORS, "MINOR", P)),
    ("15", [S], "", 1, "sans_objet", "jamais en clair", (EMPTY, "SECRET_PRIVATE_KEY", P)),
    ("15", [S], "", 1, "sans_objet", "avec sel", (EMPTY, "PASSWORD_HASH", P)),
    ("15", [D], "", 1, "sans_objet", "revue humaine", (EMPTY, "PASSWORD_CLEAR", H)),
    ("5+16", [S, D], "POL-09", 1, "non", "PCI DSS", (EMPTY, "CARD_CVV", P)),
    ("3+16", [S, D], "", 1, "oui", "PCI DSS", (declared(categories=[{"code": "C2"}]), "CARD_TRACK", C)),
    ("22", [A], "", 0, "sans_objet", "O. Ferrandeau, 23/11/2026", (EXCLUDED, "HEALTH_DATA", C)),
    ("8", [R, S], "POL-08", 2, "non", "sensible", (EXCLUDED, "HEALTH_DATA", C, "old/a.csv")),
    ("5", [D], "POL-09", 1, "non", "Non recensée", (EMPTY, "BADGE_NUMBER", C)),
]


@pytest.mark.parametrize("row", ROWS, ids=[f"{row[0]}-{row[6][1]}-{at}" for at, row in enumerate(ROWS)])
def test_row(row: tuple[Any, ...]) -> None:
    rule, outcomes, anchor, confirmations, state, words, case = row
    decision = one(*case)
    verdict = decision.verdict
    assert (verdict.rule, [outcome.name for outcome in verdict.outcomes]) == (rule, outcomes)
    assert (verdict.anchor, verdict.confirmations, decision.declared) == (anchor, confirmations, state)
    assert words in verdict.reason_fr
    assert verdict.citation in verdict.reason_fr
    assert verdict.citation in verdict.reason_en


CARE = {"concerne": "oui"}
HOSTED = {"concerne": "oui", "contrat_hds": "HDS-2026-3"}
KEPT = {"categories": [{"code": "C2", "conservation": {"duree": 3, "unite": "ans"}}]}
PUBLISHED = Around("web", "htdocs")
NOWHERE = Around()
OLD = Around(oldest="2019-02-01", newest="2023-11-22")
LOGGED = Around(oldest="2025-11-22", newest="2026-11-20")


def around(
    declaration: Declaration, entity_type: str, where: Around = NOWHERE, country: str = "", level: Level = C
) -> Decision:
    axes = taxonomy()
    regime = ",".join(axes.regimes_of(entity_type))
    category = axes.category_of(entity_type)
    finding = Finding("rh/a.csv", "", "", entity_type, category, regime, level, 12, 9, 0.9, "test")
    known = {"rh/a.csv": where}
    return next(judge([finding], [], declaration, 100.0, today=TODAY, around=known, country=country))


ADDED = [
    # rule, outcomes, words of the reason, case
    ("8+10", [R, S, D], "vérifier l'obligation HDS", (EMPTY, "MEDICAL_LETTER")),
    ("8b+10", [S, D], "CSP art. L.1111-8", (NONE, "FR_INS")),
    ("8+10", [R, S], "confirmées par le client", (declared(hds=CARE), "HEALTH_DATA")),
    ("8", [R, S], "expressément informée", (declared(hds=HOSTED), "FR_INS")),
    ("15+17", [S], "suspicion de violation", (EMPTY, "PASSWORD_CLEAR", PUBLISHED)),
    ("5+17", [S, D], "(htdocs)", (EMPTY, "IBAN", PUBLISHED)),
    ("5+17", [S, D], "art. 33(2)", (EMPTY, "FR_PASSPORT", PUBLISHED)),
    ("5", [D], "Non recensée", (EMPTY, "EMAIL_ADDRESS", PUBLISHED)),
    ("5+17", [S, D], "Lisible par tous", (EMPTY, "IBAN", Around("world"))),
    ("5+18", [D], "hors de l'Espace économique européen (US)", (EMPTY, "IBAN", Around(), "US")),
    ("5", [D], "Non recensée", (EMPTY, "IBAN", Around(), "IS")),
    ("3+18", [D], "sans garantie", (declared(**KEPT, localisation={"pays": ["IN"]}), "IBAN", Around(), "IN")),
    ("3", [A], "Déclaré", (declared(**KEPT, localisation={"pays": ["IN"], "garantie": "CCT"}), "IBAN")),
    ("3", [A], "Déclaré", (declared(**KEPT, localisation={"pays": ["JP"]}), "IBAN", Around(), "JP")),
    ("3+19", [D], "déclarée (3 ans) dépassée", (declared(**KEPT), "IBAN", OLD)),
    ("3", [A], "Déclaré", (declared(**KEPT), "IBAN", Around(oldest="2019-02-01", newest="2023-11-23"))),
    ("5+19", [D], "Journaux plus anciens que 12 mois", (EMPTY, "IP_ADDRESS", LOGGED)),
    ("5", [D], "Non recensée", (EMPTY, "IBAN", OLD)),
    ("1+19", [D], "Durée de conservation (3 ans)", (none_declaration(), "INTEREST", OLD)),
]


@pytest.mark.parametrize("row", ADDED, ids=[f"{row[0]}-{row[3][1]}-{at}" for at, row in enumerate(ADDED)])
def test_rows_that_are_added(row: tuple[Any, ...]) -> None:
    rule, outcomes, words, case = row
    verdict = around(*case).verdict
    assert (verdict.rule, [outcome.name for outcome in verdict.outcomes]) == (rule, outcomes)
    assert words in verdict.reason_fr


def test_each_of_the_25_rows_has_a_case() -> None:
    wanted = {str(number) for number in range(23)} | {"7b", "8b"}
    tested = {part for row in (*ROWS, *ADDED) for part in row[0].split("+")} | {"0", "20", "21"}
    known = {rule.id for rule in (*rulebook().order, *rulebook().also)}
    assert wanted <= tested & known


def test_what_is_published_and_what_only_looks_so() -> None:
    for path in ("site/htdocs/export.csv", "www/a/b.zip!c.csv", "srv/Public_HTML/x.sql"):
        assert published(path)
    for path in ("www.csv", "www/logs/access.log", "rh/htdocs", "a/private/htdocs.csv"):
        assert not published(path)


def test_rights_count_where_most_files_have_others() -> None:
    items = [ItemRow(f"{n}", 1, "", "", Status.READ, "", 1, 0, mode=0o100640) for n in range(9)]
    open_to_all = ItemRow("x", 1, "", "", Status.READ, "", 1, 0, mode=0o100644)
    assert surroundings([*items, open_to_all]) == {"x": Around("world")}
    assert surroundings([open_to_all, items[0], replace(open_to_all, path="y")]) == {}


def test_a_policy_without_the_right_to_refuse_asks() -> None:
    verdict = decide(Facts("sous-traitant", "HEALTH_DATA", "C0", ("R1-g",), C), rules=rulebook("european-generic"))
    assert [outcome.name for outcome in verdict.outcomes] == [S, D]
    assert verdict.anchor == "RGPD art. 9(1)"
    assert verdict.citation in verdict.reason_fr
    assert "VMS" not in verdict.reason_fr


def test_urgent_rows() -> None:
    for entity_type in ("PASSWORD_CLEAR", "SECRET_DSN", "CARD_CVV"):
        assert one(EMPTY, entity_type).verdict.urgent
    for entity_type in ("PASSWORD_HASH", "HEALTH_DATA", "IBAN"):
        assert not one(EMPTY, entity_type).verdict.urgent


def test_row_0_is_the_mandate() -> None:
    verdict = decide(Facts("sous-traitant", "IBAN", "C2", ("R5",), Level.CERTAIN, mandated=False))
    assert (verdict.rule, verdict.anchor) == ("0", "POL-04")
    assert "n'agir que sur les instructions du Client" in verdict.reason_fr


@pytest.mark.parametrize(("coverage", "words"), [(99.99, "99,9 %"), (42.0, "42 %"), (100.0, "lu en entier")])
def test_row_20_says_how_much_was_read(coverage: float, words: str) -> None:
    (decision,) = judge([], [], IBANS, coverage, today=TODAY)
    assert (decision.verdict.rule, decision.declared, decision.reference) == ("20", "non_trouve", "T1")
    assert words in decision.verdict.reason_fr
    assert ("absent" in decision.verdict.reason_fr) is (coverage >= 100)


def test_row_20_of_a_type_that_nobody_looks_for() -> None:
    (decision,) = judge([], [], declared(categories=[{"code": "C6", "types": ["SURVEY_ANSWER"]}]), 100.0, today=TODAY)
    assert "n'est pas recherché" in decision.verdict.reason_fr


def test_row_21_counts_each_kind_of_unread() -> None:
    items = [ItemRow(f"in/{number:03}.zip", 10, "", "", Status.UNREAD, "encrypted: zip", 0, 10) for number in range(30)]
    items.append(ItemRow("log", 10, "", "", Status.PARTIAL, "too_large", 4, 6))
    items.append(ItemRow("fine", 10, "", "", Status.READ, "", 10, 0))
    encrypted, large = judge([], items, EMPTY, 90.0, today=TODAY)
    assert (encrypted.reference, encrypted.count, len(encrypted.places)) == ("encrypted", 30, 20)
    assert (large.reference, large.count, large.places) == ("too_large", 1, ("log",))
    assert encrypted.verdict.rule == "21"
    assert "chiffré" in encrypted.verdict.reason_fr
    assert "encrypted" in encrypted.verdict.reason_en
