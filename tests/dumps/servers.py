"""Database servers for the tests: named by the environment, listening where they always do, or started here."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

POSTGRES = "RECENSE_TEST_POSTGRES"
MYSQL = "RECENSE_TEST_MYSQL"
REQUIRED = "RECENSE_TEST_SERVERS"
"""Set to ``required`` where a missing server is a failure."""


def answers(url: str) -> bool:
    """Whether a server lets us in."""
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    engine = create_engine(url, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT 1")
    except Exception:  # noqa: BLE001
        return False
    return True


def missing(what: str) -> Any:
    """Skip, or fail where servers are required."""
    if os.environ.get(REQUIRED) == "required":
        pytest.fail(f"no {what} server")
    return pytest.skip(f"no {what} server answers, and none is installed to start")


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server whose user may create databases, without a database."""
    for url in filter(None, (os.environ.get(POSTGRES), "postgresql://postgres@127.0.0.1")):
        if answers(url.replace("postgresql:", "postgresql+psycopg:") + "/postgres"):
            yield url
            return
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not programs or not shutil.which("runuser"):
        missing("PostgreSQL")
    with tempfile.TemporaryDirectory() as folder:
        yield from _started_postgres(programs[-1].parent, Path(folder))


def _started_postgres(programs: Path, folder: Path) -> Iterator[str]:
    shutil.chown(folder, "postgres")
    data, port = folder / "data", "54399"
    run = ["runuser", "-u", "postgres", "--"]
    subprocess.run([*run, programs / "initdb", "-A", "trust", "-D", data], check=True, capture_output=True)
    options = f"-p {port} -k {folder} -c fsync=off"
    start = [*run, programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"]
    subprocess.run(start, check=True, capture_output=True)
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}"
    finally:
        subprocess.run(
            [*run, programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"], check=False, capture_output=True
        )


@contextmanager
def mysql() -> Iterator[str]:
    """The address of a MySQL or MariaDB server whose user may create databases, without a database."""
    for url in filter(None, (os.environ.get(MYSQL), "mysql://root@127.0.0.1")):
        if answers(url.replace("mysql:", "mysql+pymysql:") + "/"):
            yield url
            return
    program = shutil.which("mariadbd") or shutil.which("mysqld")
    install = shutil.which("mariadb-install-db")
    if not program or not install:
        missing("MariaDB")
    with tempfile.TemporaryDirectory() as folder:
        yield from _started_mysql(str(program), str(install), Path(folder))


def _started_mysql(program: str, install: str, folder: Path) -> Iterator[str]:
    data, port = folder / "data", "33099"
    common = ["--no-defaults", f"--datadir={data}", "--user=root"]
    how = [install, *common, "--auth-root-authentication-method=normal", "--skip-test-db"]
    subprocess.run(how, check=True, capture_output=True)
    more = [f"--port={port}", "--bind-address=127.0.0.1", f"--socket={folder}/s", "--innodb-flush-log-at-trx-commit=0"]
    with subprocess.Popen([program, *common, *more], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        url = f"mysql://root@127.0.0.1:{port}"
        try:
            for _ in range(100):
                if answers(url.replace("mysql:", "mysql+pymysql:") + "/"):
                    break
                time.sleep(0.1)
            yield url
        finally:
            server.terminate()
