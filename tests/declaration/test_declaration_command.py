"""`recense declaration`, as a client and an operator use it: nothing is read of a volume before all is right."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import fastjsonschema
import openpyxl
import pytest
import yaml
from click.testing import CliRunner
from test_declaration_load import BROKEN

from scanner.cli import cli
from scanner.declaration import DeclarationError, load
from scanner.declaration.schema import schema

SCHEMAS = Path(__file__).parents[2] / "rules" / "schemas"
MORE = [
    ('reference: "CTR-2026-014"', "reference: null", "mandat.reference : référence du mandat absente"),
    ("fin: 2027-10-31", "fin: null", "mandat.fin : date de fin du mandat absente"),
    ("fin: 2027-10-31", "fin: 2026-11-02", "mandat.fin : le mandat a expiré le 02/11/2026"),
    ("debut: 2026-11-01", "debut: 2027-10-30", "mandat.debut : le mandat ne commence que le 30/10/2027"),
    ("lecture_contenu: true", "lecture_contenu: non", "la lecture du contenu n'est pas autorisée"),
    ('perimetre: ["vol-4411", "vol-4412:/data", "/srv/volumes/brindacier/**"]', "perimetre: [autre]", "hors du périm"),
    ('par: "Hélène Vasseur-Prigent"', "qui: x", "clé inconnue « qui »"),
    ("  - {emplacement: ", "  - {lieu: x, emplacement: ", "exclusions[0].lieu : clé inconnue « lieu »"),
    ("pays: [FR, NO], hors_ue: non", "pays: [FR], hors_ue: parfois", "localisation.hors_ue : oui ou non attendu"),
    ('finalite: "Suivi commercial"', "finalite: à compléter par le client", "valeur à donner"),
]


def run(*args: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["declaration", *map(str, args)])
    return done.exit_code, done.output


def test_forty_broken_declarations_are_forty_precise_lines_and_nothing_is_read(text: str, tmp_path: Path) -> None:
    volume = tmp_path / "vol-4411"
    volume.mkdir()
    (volume / "clients.csv").write_text("nom;mel\nMARTIN;camille@example.org\n")
    cases = [*BROKEN, *MORE]
    for number, (old, new, _) in enumerate(cases):
        assert old in text
        (tmp_path / f"{number}.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    command = [sys.executable, Path(__file__).with_name("refused.py"), tmp_path, volume, str(len(cases))]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    said, opened = json.loads(done.stdout)
    assert len(said) >= 40
    for (code, line), (_, _, expected) in zip(said, cases, strict=True):
        assert code == 2, line
        assert line.count("\n") == 1, line
        assert expected.removeprefix("client.yaml") in line
    assert opened == []
    assert not (tmp_path / "run").exists()


def test_a_good_declaration_is_said_to_be_good(text: str, written: Callable[[str], Path]) -> None:
    code, said = run("check", written(text))
    assert code == 0
    assert "2 traitement(s)" in said
    code, said = run("check", written(text), "--target", "/elsewhere")
    assert code == 2
    assert "hors du périmètre" in said


def test_a_new_declaration_has_to_be_completed(tmp_path: Path) -> None:
    for name in ("new.yaml", "new.xlsx"):
        assert run("new", "-o", tmp_path / name)[0] == 0
        code, said = run("check", tmp_path / name)
        assert code == 2
        assert "« à compléter par le client » : valeur à donner" in said
        assert run("new", "-o", tmp_path / name)[0] == 2


def test_the_form_comes_back_as_it_went(text: str, written: Callable[[str], Path], tmp_path: Path) -> None:
    text = text.replace('contact: "contact@brindacier.example"', 'contact: {mel: "contact@brindacier.example"}')
    source = load(written(text))
    assert run("new", "--from", written(text), "-o", tmp_path / "form.xlsx")[0] == 0
    back = load(tmp_path / "form.xlsx")
    ours = {"source", "digest"}
    assert back.model_dump(exclude=ours) == source.model_dump(exclude=ours)


@pytest.mark.parametrize(("nothing", "on_file"), [("oui", True), ("", False)])
def test_the_form_tells_nothing_declared_from_no_answer(
    text: str, written: Callable[[str], Path], tmp_path: Path, nothing: str, on_file: bool
) -> None:
    form = tmp_path / "form.xlsx"
    head = text.partition("traitements:\n")[0].replace("contact: ", "contact: #")
    run("new", "--from", written(head), "-o", form)
    book = openpyxl.load_workbook(form)
    row = next(row for row in book["Déclaration"].iter_rows() if row[0].value == "aucun_traitement")
    row[2].value = nothing
    book.save(form)
    found = load(form)
    assert (found.on_file, found.processings) == (on_file, ())


def test_mistakes_in_a_form_say_where(text: str, written: Callable[[str], Path], tmp_path: Path) -> None:
    form = tmp_path / "form.xlsx"
    run("new", "--from", written(text), "-o", form)
    book = openpyxl.load_workbook(form)
    book["Catégories"]["C3"] = "PERSON ; SALARI"
    book["Personnes"]["C3"] = 12
    book.save(form)
    with pytest.raises(DeclarationError, match=r"ligne 3 : traitements\[0\]\.categories\[0\]\.types\[1\].*« SALARY »"):
        load(form)
    book["Catégories"]["A4"] = "T9"
    book.save(form)
    with pytest.raises(DeclarationError, match="feuille « Catégories », ligne 4 : traitement inconnu « T9 »"):
        load(form)
    (tmp_path / "odd.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(DeclarationError, match="ne s'ouvre pas"):
        load(tmp_path / "odd.xlsx")


def test_the_schema_is_published_and_says_what_the_reader_says(text: str) -> None:
    published = json.loads((SCHEMAS / "declaration-1.schema.json").read_text("utf-8"))
    assert published == schema() == json.loads(run("schema")[1])
    valid = fastjsonschema.compile(published)
    document = json.loads(
        json.dumps(yaml.load(text, Loader=yaml.BaseLoader))
        .replace('"300"', "300")
        .replace('"365"', "365")
        .replace('"5"', "5")
        .replace('"null"', "null")
        .replace('"true"', "true")
        .replace('"false"', "false")
    )
    valid(document)
    for key, value in (("langue", "de"), ("traitement", []), ("traitements", [{"ref": "T1"}])):
        with pytest.raises(fastjsonschema.JsonSchemaException):
            valid(document | {key: value})


def test_what_changed_between_two_declarations(text: str, written: Callable[[str], Path], tmp_path: Path) -> None:
    old = tmp_path / "old.yaml"
    old.write_text(text, encoding="utf-8")
    changed = text.replace('nom: "Paie"', 'nom: "Paie et RH"').replace("fin: 2027-10-31", "fin: 2028-10-31")
    changed = changed.replace("      - {code: C5, types: [IP_ADDRESS, ACCESS_LOG]}\n", "")
    code, said = run("diff", old, written(changed), "--exit-code")
    assert code == 1
    lines = said.splitlines()
    assert "~ mandat.fin : 2027-10-31 → 2028-10-31 (changé)" in lines
    assert "~ traitements[T1].nom : Paie → Paie et RH (changé)" in lines
    assert any(line.startswith("- traitements[T2].categories[C5") for line in lines)
    swapped = text.replace("[FR, NO]", "[NO, FR]")
    assert run("diff", old, written(swapped)) == (0, "aucune différence\n")


def test_another_provider_spells_its_own_keys(text: str, written: Callable[[str], Path]) -> None:
    other = (
        text.replace("vms-", "acme-").replace("role_vms", "role_acme").replace("acceptation_vms", "acceptation_acme")
    )
    assert load(written(other)).processings[0].sensitive[0].acceptance.status == "acceptee"
    with pytest.raises(DeclarationError, match="role_acme : valeur inconnue « tiers »"):
        load(written(other.replace("role_acme: sous-traitant", "role_acme: tiers")))
