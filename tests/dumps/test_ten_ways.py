"""One database, dumped by the tools of its server in ten ways: the same findings in each, and in the server itself."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import town_hall
from scanned import Scanned

Findings = dict[tuple[str, str, str], tuple[str, int, int]]

PG_WAYS: dict[str, list[str]] = {
    "plain.sql": [],
    "create.sql": ["--create", "--clean"],
    "inserts.sql": ["--inserts"],
    "columns.sql": ["--column-inserts"],
    "many.sql": ["--rows-per-insert=7"],
    "packed.sql.gz": ["-Z", "6"],
    "custom.dump": ["-Fc"],
    "unpacked.dump": ["-Fc", "-Z0"],
    "tar.tar": ["-Ft"],
    "folder": ["-Fd"],
    "bare_folder": ["-Fd", "-Z0"],
    "custom_inserts.dump": ["-Fc", "--inserts"],
}
MY_WAYS: dict[str, list[str]] = {
    "plain.sql": [],
    "complete.sql": ["--complete-insert"],
    "single.sql": ["--skip-extended-insert"],
    "hex.sql": ["--hex-blob"],
    "replace.sql": ["--replace", "--no-create-info", "--complete-insert"],
    "locks.sql": ["--add-drop-table", "--single-transaction", "--routines", "--triggers"],
    "compact.sql": ["--compact"],
    "ansi.sql": ["--compatible=ansi"],
    "databases.sql": ["--databases"],
    "tab": ["--tab"],
}


@pytest.fixture(scope="module")
def pg_dumps(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All dumps of the town hall by pg_dump."""
    if not shutil.which("pg_dump"):
        pytest.skip("pg_dump is not installed")
    folder = tmp_path_factory.mktemp("pg")
    for name, options in PG_WAYS.items():
        (folder / name).mkdir()
        subprocess.run(["pg_dump", "-d", postgres, *options, "-f", folder / name / name], check=True)
    (folder / "csv").mkdir()
    subprocess.run(["pg_dump", "-d", postgres, "--schema-only", "-f", folder / "csv" / "schema.sql"], check=True)
    for table in town_hall.TABLES:
        copied = f"\\copy {table} TO '{folder / 'csv' / table}.csv' (FORMAT csv)"
        subprocess.run(["psql", "-d", postgres, "-qc", copied], check=True)
    return folder


@pytest.fixture(scope="module")
def my_dumps(mysql: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All dumps of the town hall by mysqldump."""
    program = shutil.which("mariadb-dump") or shutil.which("mysqldump")
    if not program:
        pytest.skip("mysqldump is not installed")
    folder, url = tmp_path_factory.mktemp("my"), urlsplit(mysql)
    common = [program, "-h", str(url.hostname), "-P", str(url.port or 3306), "-u", str(url.username)]
    for name, options in MY_WAYS.items():
        (folder / name).mkdir()
        if name == "tab":
            _dump_tab(common, url.path.strip("/"), folder / name)
            continue
        with (folder / name / name).open("wb") as out:
            subprocess.run([*common, *options, url.path.strip("/")], check=True, stdout=out)
    return folder


def _dump_tab(common: list[str], database: str, folder: Path) -> None:
    """The server itself writes the rows, as its own user: into a folder that it reaches."""
    reached = Path(f"/tmp/recense-tab-{folder.parent.name}")
    reached.mkdir(mode=0o777)
    reached.chmod(0o777)
    try:
        subprocess.run([*common, f"--tab={reached}", database], check=True)
        for path in reached.iterdir():
            shutil.copyfile(path, folder / path.name)
    finally:
        shutil.rmtree(reached)


@pytest.fixture(scope="module")
def pg_live(postgres: str) -> Findings:
    return Scanned(postgres).table()


@pytest.fixture(scope="module")
def my_live(mysql: str) -> Findings:
    return Scanned(mysql).table()


@pytest.mark.parametrize("way", [*PG_WAYS, "csv"])
def test_pg_dump(way: str, pg_dumps: Path, pg_live: Findings) -> None:
    assert Scanned(str(pg_dumps / way)).table() == pg_live


@pytest.mark.parametrize("way", MY_WAYS)
def test_mysqldump(way: str, my_dumps: Path, my_live: Findings) -> None:
    found = Scanned(str(my_dumps / way)).table()
    if "--no-create-info" in MY_WAYS[way]:  # keys and comments are in the definitions
        found, expected = _without(found), _without(my_live)
        assert found == expected
    else:
        assert found == my_live


def _without(found: Findings) -> Findings:
    return {
        key: value
        for key, value in found.items()
        if key[:2] not in (("consultations", "pathologie"), ("habitants", "d1"))
    }


@pytest.mark.parametrize("server", ["pg_live", "my_live"])
def test_what_a_person_would_find(server: str, request: pytest.FixtureRequest) -> None:
    found: Findings = request.getfixturevalue(server)
    levels = {key: value[0] for key, value in found.items()}
    assert levels["habitants", "courriel", "EMAIL_ADDRESS"] == "CERTAIN"
    assert levels["habitants", "nir", "FR_NIR"] == "CERTAIN"
    assert levels["habitants", "d1", "DATE_OF_BIRTH"] == "PROBABLE", "only its comment says what d1 is"
    assert levels["paiements", "iban", "IBAN"] == "CERTAIN"
    assert levels["consultations", "pathologie", "HEALTH_DATA"] in ("PROBABLE", "CERTAIN"), "its key leads to a person"
    assert ("journal", "parametres.mail", "EMAIL_ADDRESS") in levels, "what stands in JSON has its path"
    assert not [key for key in levels if key[0] == "catalogue"]
