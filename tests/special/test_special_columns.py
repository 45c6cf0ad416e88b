from __future__ import annotations

import pytest

from scanner.recognition.sensitive_columns import column_regime, is_ambiguous_column


@pytest.mark.parametrize(
    ("name", "regime"),
    [
        ("pathologie", "R1-g"),
        ("DIAG_PRINCIPAL", "R1-g"),
        ("groupeSanguin", "R1-g"),
        ("rqth", "R1-g"),
        ("allergies", "R1-g"),
        ("motif_arret_maladie", "R1-g"),
        ("handicap", "R1-g"),
        ("syndicat", "R1-d"),
        ("cotisation-syndicale", "R1-d"),
        ("religion", "R1-c"),
        ("parti_politique", "R1-b"),
        ("ethnie", "R1-a"),
        ("orientationSexuelle", "R1-h"),
        ("sexual_orientation", "R1-h"),
        ("casier_judiciaire", "R3"),
        ("condamnations", "R3"),
        ("profil_genetique", "R1-e"),
        ("empreintes_digitales", "R1-f"),
        ("nom_enfant", "R4"),
        ("responsable_legal", "R4"),
    ],
)
def test_names_that_speak(name: str, regime: str) -> None:
    found = column_regime(name)
    assert found is not None
    assert found[1] == regime


@pytest.mark.parametrize(
    "name",
    [
        "traitement",
        "traitement_donnees",
        "parti",
        "origine",
        "origine_produit",
        "race",
        "race_chien",
        "classe",
        "sexe",
        "nationalite",
        "syndicat_copropriete",
        "diagnostic_reseau",
        "browser_fingerprint",
        "taux_conversion",
        "culture",
        "date_mutation",
        "nom",
        "",
        "child_process_id",
    ],
)
def test_names_that_do_not(name: str) -> None:
    assert column_regime(name) is None


@pytest.mark.parametrize("name", ["traitement", "Origine", "parti", "classe"])
def test_names_that_need_their_values(name: str) -> None:
    assert is_ambiguous_column(name)
