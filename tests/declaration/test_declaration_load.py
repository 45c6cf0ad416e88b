from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from scanner.declaration import Declaration, DeclarationError, load, none_declaration

Load = Callable[[str], Declaration]
BEFORE_PROCESSINGS = "traitements:\n"


def test_the_example_loads_as_written(text: str, written: Callable[[str], Path]) -> None:
    path = written(text)
    found = load(path)
    pay, customers = found.processings
    assert found.role == "sous-traitant"
    assert found.on_file
    assert found.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert found.mandate is not None
    assert found.mandate.end == date(2027, 10, 31)
    assert found.mandate.allowed.mail
    assert not found.mandate.allowed.ocr
    assert pay.categories[0].types == ("PERSON", "POSTAL_ADDRESS", "DATE_OF_BIRTH")
    assert pay.location.countries == ("FR", "NO")
    assert pay.sensitive[0].acceptance.status == "acceptee"
    assert not pay.offences.present
    assert customers.categories[0].types == ()
    assert found.exclusions[0].expires == date(2027, 1, 31)


def test_nothing_on_file_is_not_an_empty_declaration(text: str, loaded: Load) -> None:
    head = text.partition(BEFORE_PROCESSINGS)[0]
    assert not loaded(head).on_file
    empty = loaded(head + "traitements: []\n")
    assert empty.on_file
    assert empty.processings == ()
    assert not none_declaration().on_file
    assert none_declaration("sous-traitant").role == "sous-traitant"


def test_a_sensitive_line_without_an_answer_is_declared_and_not_accepted(text: str, loaded: Load) -> None:
    found = loaded(text.replace("          statut: acceptee\n", ""))
    assert found.processings[0].sensitive[0].acceptance.status is None
    start = text.index("        acceptation_vms:")
    found = loaded(text[:start] + text[text.index("    donnees_art10") :])
    assert found.processings[0].sensitive[0].acceptance.status is None


@pytest.mark.parametrize("yes", ["oui", "true", "yes", "Oui", "True"])
@pytest.mark.parametrize("no", ["non", "false", "no", "NON"])
def test_yes_and_no_in_both_languages(text: str, loaded: Load, yes: str, no: str) -> None:
    found = loaded(text.replace("ocr: false", f"ocr: {yes}").replace("messageries: oui", f"messageries: {no}"))
    assert found.mandate is not None
    assert (found.mandate.allowed.ocr, found.mandate.allowed.mail) == (True, False)


def test_plain_words_stay_as_written(text: str, loaded: Load) -> None:
    found = loaded(text.replace('siren: "732829320"', "siren: 012345678").replace("[FR, NO]", "NO"))
    assert found.client is not None
    assert found.client.siren == "012345678"
    assert found.processings[0].location.countries == ("NO",)


def test_types_of_plugins_can_be_declared(text: str, written: Callable[[str], Path]) -> None:
    path = written(text.replace("[IBAN, SALARY]", "[IBAN, BADGE_NUMBER]"))
    assert load(path, known=("BADGE_NUMBER",)).processings[0].categories[2].types == ("IBAN", "BADGE_NUMBER")
    with pytest.raises(DeclarationError, match="BADGE_NUMBER"):
        load(path)


BROKEN = [
    ("role_vms: sous-traitant", "", "client.yaml : role_vms : clé obligatoire absente"),
    (
        "role_vms: sous-traitant",
        "role_vms: soustraitant",
        "ligne 9 : role_vms : valeur inconnue « soustraitant » ; la plus proche : « sous-traitant »",
    ),
    ("langue: fr", "langues: fr", "ligne 2 : langues : clé inconnue « langues » ; la plus proche : « langue »"),
    ("langue: fr", "langue: de", "ligne 2 : langue : valeur inconnue « de » ; possibles : fr, en"),
    ("langue: fr", "langue: fr\nlangue: en", "ligne 3 : clé « langue » écrite deux fois"),
    ("vms-declaration/1", "vms-declaration/9", "schema : version de schéma inconnue ; attendu « …-declaration/1 »"),
    ("raison_sociale:", "raison_social:", "clé inconnue « raison_social » ; la plus proche : « raison_sociale »"),
    (
        "debut: 2026-11-01",
        "debut: 2026-13-01",
        "ligne 14 : mandat.debut : date invalide « 2026-13-01 » ; attendu AAAA-MM-JJ",
    ),
    ("fin: 2027-10-31", "fin: bientôt", "mandat.fin : date invalide « bientôt » ; attendu AAAA-MM-JJ"),
    ("fin: 2027-10-31", "fin: 2026-10-31", "mandat : « fin » (2026-10-31) précède « debut » (2026-11-01)"),
    ("perimetre: [", "perimetres: [", "clé inconnue « perimetres » ; la plus proche : « perimetre »"),
    ("lecture_contenu: true", "lecture_contenu: sûr", "mandat.autorise.lecture_contenu : oui ou non attendu"),
    ("jours: 365", "jours: beaucoup", "mandat.conservation_rapport_jours : nombre entier attendu"),
    (
        '"T1"\n    nom: "Paie"',
        '"T1"',
        "ligne 21 : traitements[0].nom : clé obligatoire absente",
    ),
    ('ref: "T2"', 'ref: "T1"', "traitements : référence « T1 » utilisée deux fois"),
    ("nombre_max: 300", "nombre_max: trop", "traitements[0].personnes_concernees[0].nombre_max : nombre entier"),
    ("code: C2", "code: C9", "traitements[0].categories[2].code : code de catégorie inconnu « C9 » ; possibles : C1"),
    (
        "[IBAN, SALARY]",
        "[IBAN, SALARI]",
        "categories[2].types[1] : type de donnée inconnu « SALARI » ; la plus proche : « SALARY »",
    ),
    (
        '        nir_fondement: "décret n° 2019-341, art. 2 : gestion de la paie et déclarations sociales"\n',
        "",
        "traitements[0].categories[1] : FR_NIR déclaré sans fondement : « nir_fondement » obligatoire",
    ),
    (
        "types: [FR_NIR]",
        "types: [NIA]\n        nir_fondemant: x",
        "clé inconnue « nir_fondemant » ; la plus proche : « nir_fondement »",
    ),
    ("unite: ans", "unite: années", "categories[0].conservation.unite : valeur inconnue « années »"),
    (
        '        exception_art9: "9(2)(b)"\n',
        "",
        "donnees_sensibles[0] : R1-d déclaré sans « exception_art9 » (par exemple « 9(2)(b) »)",
    ),
    ("regime: R1-d", "regime: R1-z", "donnees_sensibles[0].regime : régime inconnu « R1-z » ; la plus proche : « R1-"),
    ("statut: acceptee", "statut: accepté", "acceptation_vms.statut : valeur inconnue « accepté » ; la plus proche"),
    ("garantie: null", "garantie: clauses", "localisation.garantie : valeur inconnue « clauses » ; possibles : adeq"),
    ("code: C5, types", "code: C5, sensible: oui, types", "traitements[1] : « sensible: oui » sans ligne"),
    (", expire: 2027-01-31", "", "exclusions[0].expire : clé obligatoire absente"),
    ('valide_par: "Odile Ferrandeau"', 'valide_par: ""', "exclusions[0].valide_par : valeur vide"),
    ("exclusions:\n", "exclusions: [\n", "YAML mal formé"),
    ("types: [], emplacements", "types: *tous, emplacements", "YAML mal formé"),
    ("internes: [", "externes: &x [], internes: *x, vieux: [", "les alias YAML (*nom) ne sont pas acceptés"),
    ("exclusions:\n", "digest: x\nexclusions:\n", "digest : clé inconnue « digest »"),
]


@pytest.mark.parametrize(("old", "new", "expected"), BROKEN, ids=[expected[:60] for _, _, expected in BROKEN])
def test_each_mistake_is_one_precise_line(text: str, loaded: Load, old: str, new: str, expected: str) -> None:
    assert old in text
    with pytest.raises(DeclarationError) as caught:
        loaded(text.replace(old, new, 1))
    assert any(expected in line for line in caught.value.problems), caught.value.problems
    assert all(line.startswith("client.yaml") and "\n" not in line for line in caught.value.problems)


def test_all_mistakes_come_together_in_the_order_of_the_file(text: str, loaded: Load) -> None:
    for old, new in (("langue: fr", "langue: de"), ("code: C2", "code: C8"), ("fin: 2027-10-31", "fin: hier")):
        text = text.replace(old, new, 1)
    with pytest.raises(DeclarationError) as caught:
        loaded(text)
    assert [line.split(" : ")[1] for line in caught.value.problems] == [
        "langue",
        "mandat.fin",
        "traitements[0].categories[2].code",
    ]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", "vide"),
        (b"- a\n- b\n", "vide ou n'est pas"),
        (b"langue: \xff\xfe", "UTF-8"),
        (b"[" * 5000, "imbriqu"),
        (b"? [a]\n: b\n", "une clé doit être un mot"),
        (b"role_vms: responsable\nclient: {raison_sociale: X}\ntraitements:\n", "traitements: []"),
        (b"role_vms: [responsable]\n", "role_vms : une seule valeur attendue"),
        (b"traitements: [{ref: {a: b}, nom: [x]}]\n", "traitements[0].ref : texte attendu"),
        (b"traitements: {a: b}\nmandat: []\n", "mandat : groupe de clés attendu"),
        (b"mandat: {conservation_rapport_jours: -3}\n", "mandat.conservation_rapport_jours : nombre trop petit"),
        (b"langue: \x00fr\n", "YAML mal formé"),
        (b"{" * 3000, "imbriqu"),
        (b"role_vms: responsable\n", "client : clé obligatoire absente"),
    ],
)
def test_files_that_are_no_declaration(tmp_path: Path, raw: bytes, expected: str) -> None:
    path = tmp_path / "odd.yaml"
    path.write_bytes(raw)
    with pytest.raises(DeclarationError) as caught:
        load(path)
    assert any(expected in line for line in caught.value.problems), caught.value.problems


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match=r"absent\.yaml : fichier illisible"):
        load(tmp_path / "absent.yaml")
