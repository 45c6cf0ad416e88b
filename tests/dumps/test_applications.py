"""Known applications: each personal column is named with its meaning, whatever prefix the tables have."""

from __future__ import annotations

from pathlib import Path

import pytest
from scanned import Scanned

from scanner.recognition.applications import application_table, known_tables
from scanner.taxonomy import taxonomy


def test_types_are_known_and_signs_are_columns() -> None:
    for table in known_tables():
        assert table.sign
        for entity_type, meaning in table.columns.values():
            assert entity_type in taxonomy().types, (table.application, table.name, entity_type)
            assert meaning
            assert not set("+,") & set(meaning), "these part names of recognisers"


def test_nine_applications() -> None:
    names = {table.application for table in known_tables()}
    assert names == {"WordPress", "PrestaShop", "Dolibarr", "Joomla", "Drupal", "Nextcloud", "GLPI", "Odoo", "Moodle"}


@pytest.mark.parametrize("known", known_tables(), ids=lambda t: f"{t.application}-{t.name}")
def test_a_table_is_its_own(known: object) -> None:
    found = application_table(f"x_{known.name}", [*known.sign, *known.columns])  # type: ignore[attr-defined]
    assert found is not None
    assert found.sign <= {*known.sign, *known.columns}  # type: ignore[attr-defined]


def test_another_table_of_that_name_is_none() -> None:
    assert application_table("users", ["id", "name", "email"]) is None


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every known table with invented rows whose values say nothing."""
    path = tmp_path_factory.mktemp("applications") / "all.sql"
    lines = ["-- MySQL dump 10.13"]
    for number, table in enumerate(known_tables()):
        columns = list(dict.fromkeys([*table.sign, *table.columns]))
        name = f"p{number}_{table.name}"
        lines.append(f"CREATE TABLE `{name}` ({', '.join(f'`{c}` text' for c in columns)});")
        rows = ",".join("(" + ",".join(f"'zq{row}{at}'" for at in range(len(columns))) + ")" for row in range(3))
        lines.append(f"INSERT INTO `{name}` VALUES {rows};")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_every_personal_column_is_named_with_its_meaning(dump: Path) -> None:
    found = {(f.table, f.column, f.entity_type): f for f in Scanned(str(dump)).findings}
    for number, table in enumerate(known_tables()):
        for column, (entity_type, meaning) in table.columns.items():
            finding = found[f"p{number}_{table.name}", column, entity_type]
            assert f"{column}: {meaning}" in finding.recognizer
            assert "application" in finding.evidence
