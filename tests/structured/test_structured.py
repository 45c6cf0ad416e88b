"""Records that are about somebody by their form, beside tables of terms and lessons that are about nobody."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1] / "special"))
sys.path.insert(0, str(Path(__file__).parent))
import pyarrow as pa
from measure_cases import _in_file, scanned
from structured_files import structured_files

from scanner.cli import cli
from scanner.model import Level
from scanner.recognition.cells import Run
from scanner.recognition.columnvalues import ColumnFacts
from scanner.recognition.forms import FormErrors, forms_in, forms_of, load_forms


def test_files() -> None:
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location("structured_measure", Path(__file__).parent / "measure.py")
    assert spec is not None
    assert spec.loader is not None
    measure = module_from_spec(spec)
    spec.loader.exec_module(measure)
    files, others = list(structured_files(7)), list(measure.lookalikes())
    found = scanned([*files, *others])
    missed = [file.path for file in files if not _in_file(found, file.path, file.expected, Level.PROBABLE)]
    assert len(missed) <= 0.1 * len(files), missed
    assert not [file.path for file in others if _in_file(found, file.path, "", Level.POSSIBLE)]


def table(**columns: list[str]) -> list[ColumnFacts]:
    """Columns as a judgement sees them; ``__`` in a name stands for a dot."""
    made = []
    for index, (name, values) in enumerate(columns.items()):
        facts = ColumnFacts(name.replace("__", "."), index, values=len(values))
        facts.sample.take(Run.of([pa.array(values)], [1]))
        made.append(facts)
    return made


def named(columns: list[ColumnFacts], *, persons: bool = True) -> dict[str, Level]:
    return {form.name: level for form, _, level in forms_of(columns, persons)}


@pytest.mark.parametrize("kind", ["Patient", "Condition", "AllergyIntolerance", "MedicationRequest"])
def test_a_resource_about_a_patient(kind: str) -> None:
    assert named(table(resourceType=[kind], id=["a"]), persons=False) == {"fhir": Level.PROBABLE}
    assert named(table(resourceType=[kind], subject__reference=["Patient/1"]))["fhir_person"] is Level.CERTAIN


@pytest.mark.parametrize(
    "kind", ["CodeSystem", "ValueSet", "StructureDefinition", "Organization", "Microsoft.Web/sites"]
)
def test_another_resource(kind: str) -> None:
    assert not named(table(resourceType=[kind], subject__reference=["x"], birthDate=["2000-01-01"]))


def test_genotypes_need_their_places() -> None:
    assert named(table(rsid=["rs1", "rs2"], genotype=["AA", "CT"])) == {"genotypes": Level.PROBABLE}
    assert not named(table(id=["1", "2"], result=["A", "C"]))
    assert not named(table(rsid=["rs1", "rs2"], result=["pass", "fail"]))


def test_the_side_of_a_solid_is_no_face() -> None:
    assert not named(table(surface_vector=["0"], face=["3"]))
    assert named(table(face_vector=["0.1"])) == {"body_vectors": Level.PROBABLE}
    assert named(table(face_vector=["0.1"]), persons=False) == {"body_vectors": Level.INDICE}


def test_names_are_apart() -> None:
    names = [form.name for form in load_forms()]
    assert len(names) == len(set(names))


GOOD = "{name: a, entity_type: HEALTH_DATA, level: PROBABLE, why: b, column: 'c'}"


@pytest.mark.parametrize(
    ("form", "why"),
    [
        (GOOD.replace("why: b, ", ""), "why is missing"),
        (GOOD.replace("column: 'c'", "colum: 'c'"), "unknown key colum"),
        (GOOD.replace("PROBABLE", "SURE"), "no level SURE"),
        (GOOD.replace("HEALTH_DATA", "HEALTHY"), "no type HEALTHY"),
        (GOOD.replace("'c'", "'(c'"), "no expression of RE2"),
        (GOOD.replace("'c'}", "'c', beside: [{values: 'd'}]}"), "beside: a column"),
        (GOOD.replace("'c'}", "'c', persons: maybe}"), "persons is neither true nor false"),
        (f"{GOOD}, {GOOD}", "a: twice"),
        ("x", "no mapping"),
    ],
)
def test_mistakes_are_told(form: str, why: str) -> None:
    with pytest.raises(FormErrors, match=re.escape(why)):
        forms_in(f"forms: [{form}]")


def test_a_file_without_forms_is_told() -> None:
    for text in ("[", "form: []", "forms"):
        with pytest.raises(FormErrors, match="no list of forms"):
            forms_in(text)


def test_mistakes_stop_a_scan_before_it_reads(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken() -> None:
        raise FormErrors("forms.yaml: fhir: no level SURE")

    monkeypatch.setattr("scanner.recognition.forms.load_forms", broken)
    told = CliRunner().invoke(cli, ["scan", str(tmp_path), "-o", str(tmp_path / "run")])
    assert told.exit_code == 2
    assert "forms.yaml: fhir: no level SURE" in told.output
