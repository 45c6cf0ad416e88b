"""Live servers: nothing is written, nothing secret shows, what may not be read is said, samples say what they miss."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from scanned import Scanned

from scanner.connectors.addresses import masked, secrets_of, without_secrets
from scanner.connectors.databases import DatabaseConnector
from scanner.contracts import Unreadable
from scanner.model import Status

PLANTED = "Pl4nt3d/S3cr3t@x"


@pytest.mark.parametrize("server", ["postgres", "mysql"])
def test_a_sample_says_what_it_can_miss(server: str, request: pytest.FixtureRequest) -> None:
    scanned = Scanned(request.getfixturevalue(server), sample=20)
    (row,) = [r for r in scanned.rows if r.path.endswith("habitants")]
    assert row.status is Status.PARTIAL
    assert row.bytes_read + row.bytes_unread == row.size
    count = int(row.reason.removeprefix("sampled: ").partition(" ")[0])
    assert 5 <= count <= 20
    assert f"of 60; what no row of them has is in under {300 / count:.3g} % of all" in row.reason
    assert Scanned(request.getfixturevalue(server), sample=60).rows[0].status is Status.READ


@pytest.mark.parametrize("server", ["postgres", "mysql"])
def test_the_session_cannot_write(server: str, request: pytest.FixtureRequest) -> None:
    connector = DatabaseConnector()
    session = connector._server(request.getfixturevalue(server))
    session.tables()
    with pytest.raises(Exception, match=r"(?i)read.only"):
        session._connection.exec_driver_sql("CREATE TABLE ecrit (id int)")
    connector.close()


def test_missing_grants_and_hidden_columns_are_said(postgres: str) -> None:
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    engine = create_engine(postgres.replace("postgresql:", "postgresql+psycopg:"), poolclass=NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP ROLE IF EXISTS recense_reader")
        connection.exec_driver_sql("CREATE ROLE recense_reader LOGIN PASSWORD 'x'")
        connection.exec_driver_sql("GRANT SELECT ON catalogue TO recense_reader")
        connection.exec_driver_sql("GRANT SELECT (id, courriel) ON habitants TO recense_reader")
    try:
        (target,) = without_secrets([postgres.replace("//postgres@", "//recense_reader:x@")])
        rows = {row.path: row for row in Scanned(target).rows}
    finally:
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP OWNED BY recense_reader")
            connection.exec_driver_sql("DROP ROLE recense_reader")
    assert rows["public/catalogue"].status is Status.READ
    assert rows["public/habitants"].status is Status.PARTIAL
    assert "8 columns" in rows["public/habitants"].reason
    assert rows["public/paiements"].reason.startswith("denied: no SELECT")


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("postgresql://nobody@127.0.0.1:9/none", "no server answers"),
        ("mysql://nobody@127.0.0.1:9/none", "code 2003"),
        ("postgresql://nobody@127.0.0.1:9x/none", "not an address"),
    ],
)
def test_a_server_that_does_not_answer(target: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        list(DatabaseConnector().items(target))


def test_an_unknown_database(postgres: str) -> None:
    with pytest.raises(Unreadable, match="no such database"):
        list(DatabaseConnector().items(f"{postgres}_absent"))


def test_secrets_leave_the_address(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("RECENSE_DATABASE_SECRETS", "RECENSE_DATABASE_PASSWORD"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    (bare,) = without_secrets([f"postgresql://u:{PLANTED}@host:5432/base?sslmode=require&sslpassword=zz9"])
    assert bare == "postgresql://u@host:5432/base?sslmode=require"
    assert secrets_of(bare) == {"": PLANTED, "sslpassword": "zz9"}
    assert secrets_of("mysql://u@other/base") == {}
    monkeypatch.setenv("RECENSE_DATABASE_PASSWORD", "by-environment")
    assert secrets_of("mysql://u@other/base") == {"": "by-environment"}
    monkeypatch.delenv("RECENSE_DATABASE_PASSWORD")
    (tmp_path / "secret").write_text("by-file\n", encoding="utf-8")
    monkeypatch.setenv("RECENSE_DATABASE_PASSWORD_FILE", str(tmp_path / "secret"))
    assert secrets_of("mysql://u@other/base") == {"": "by-file"}
    assert without_secrets(["sqlite:////srv/a.db", "/srv/x"]) == ("/srv/a.db", "/srv/x")


@pytest.mark.parametrize(
    "typed", ["postgresql:/u:{}@h/b", "mysql:u:{}@h", "postgresql://u:{}@h/b", "x://h?password={}"]
)
def test_a_mistyped_address_is_masked(typed: str) -> None:
    assert PLANTED not in masked(typed.format(PLANTED))


def test_planted_credentials_are_in_no_output(postgres: str, tmp_path: Path) -> None:
    target = postgres.replace("//postgres@", f"//postgres:{PLANTED}@")
    code = (
        "import sys; from scanner.cli import cli\n"
        f"options = ['--ner', 'off', '--sample', '30', '--workers', '1', '-o', '{tmp_path / 'run'}']\n"
        f"cli.main(['scan', {target!r}, *options], standalone_mode=False)\n"
        f"cli.main(['scan', {target + '_absent'!r}, '-o', '{tmp_path / 'none'}'])\n"
    )
    environment = {**os.environ, "PGPASSWORD": "env-planted-9", "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2, "the second database does not exist"
    held = [done.stdout, done.stderr, *(p.read_bytes().decode("latin-1") for p in tmp_path.rglob("*") if p.is_file())]
    assert any("habitants" in text for text in held)
    assert not [1 for text in held for secret in (PLANTED, "env-planted-9", "Pl4nt3d") if secret in text]
