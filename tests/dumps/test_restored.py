"""Published dumps, where a collection of them is: read as they are, and from a server that restored them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import servers
from scanned import Scanned

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "corpora"
DUMPS = Path(os.environ.get("RECENSE_CORPORA", BESIDE)) / "files" / "sql"
NAME = "recense_restored"
_OWN_DATABASE = re.compile(r"(?m)^(?:\\c |(?:CREATE|DROP) DATABASE |USE )[^;\n]*;?")


@pytest.mark.parametrize("name", ["Chinook_PostgreSql.sql", "northwind.sql"])
def test_postgres_restores_what_is_read(name: str, tmp_path: Path) -> None:
    if not shutil.which("psql"):
        pytest.skip("no psql here")
    with servers.postgres() as url:
        admin = ["psql", "-q", "-d", f"{url}/postgres", "-c"]
        subprocess.run([*admin, f"DROP DATABASE IF EXISTS {NAME}"], check=True, capture_output=True)
        subprocess.run([*admin, f"CREATE DATABASE {NAME}"], check=True, capture_output=True)
        try:
            restore = ["psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", f"{url}/{NAME}"]
            subprocess.run(restore, input=_without_database(name), check=True, capture_output=True)
            _compare(name, f"{url}/{NAME}", tmp_path)
        finally:
            subprocess.run([*admin, f"DROP DATABASE {NAME}"], check=True, capture_output=True)


def test_mysql_restores_what_is_read(tmp_path: Path) -> None:
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    with servers.mysql() as url:
        address = url.replace("mysql:", "mysql+pymysql:")
        plain = create_engine(f"{address}/", poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with plain.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {NAME}")
            connection.exec_driver_sql(f"CREATE DATABASE {NAME} CHARACTER SET utf8mb4")
        try:
            text = _without_database("Chinook_MySql.sql").decode().replace("%", "%%")
            engine = create_engine(f"{address}/{NAME}", poolclass=NullPool)
            with engine.begin() as connection:
                for statement in re.split(r";[ \t]*\r?\n", text):
                    if statement.strip():
                        connection.exec_driver_sql(statement)
            _compare("Chinook_MySql.sql", f"{url}/{NAME}", tmp_path)
        finally:
            with plain.connect() as connection:
                connection.exec_driver_sql(f"DROP DATABASE {NAME}")


def _without_database(name: str) -> bytes:
    """The dump without the lines that choose a database of its own."""
    path = DUMPS / name
    if not path.is_file():
        pytest.skip("no collection of real files here")
    return _OWN_DATABASE.sub("", path.read_text("utf-8-sig")).encode()


def _compare(name: str, url: str, folder: Path) -> None:
    shutil.copy(DUMPS / name, folder / name)
    read, live = Scanned(str(folder)).table(), Scanned(url).table()
    assert read == live
    assert read
