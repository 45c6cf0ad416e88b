from __future__ import annotations

from collections.abc import Iterator

import pytest
import servers
import town_hall
from scanned import Scanned

NAME = "recense_mairie"


def _fill(url: str, kind: str) -> None:
    from sqlalchemy import create_engine, text
    from sqlalchemy.pool import NullPool

    driver = {"postgresql": "postgresql+psycopg", "mysql": "mysql+pymysql"}[kind]
    plain = create_engine(
        url.replace(f"{kind}:", f"{driver}:") + ("/postgres" if kind == "postgresql" else "/"),
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
    )
    with plain.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {NAME}"))
        connection.execute(text(f"CREATE DATABASE {NAME}" + ("" if kind == "postgresql" else " CHARACTER SET utf8mb4")))
    engine = create_engine(url.replace(f"{kind}:", f"{driver}:") + f"/{NAME}", poolclass=NullPool)
    with engine.begin() as connection:
        for statement in town_hall.statements(kind):
            connection.exec_driver_sql(statement)
        for table, columns in town_hall.TABLES.items():
            marks = ", ".join(["%s"] * len(columns))
            connection.exec_driver_sql(f"INSERT INTO {table} VALUES ({marks})", list(town_hall.rows(table)))


def _drop(url: str, kind: str) -> None:
    from sqlalchemy import create_engine, text
    from sqlalchemy.pool import NullPool

    driver = {"postgresql": "postgresql+psycopg", "mysql": "mysql+pymysql"}[kind]
    plain = create_engine(
        url.replace(f"{kind}:", f"{driver}:") + ("/postgres" if kind == "postgresql" else "/"),
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
    )
    with plain.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {NAME}"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL database with the town hall in it."""
    with servers.postgres() as url:
        _fill(url, "postgresql")
        yield f"{url}/{NAME}"
        _drop(url, "postgresql")


@pytest.fixture(scope="session")
def mysql() -> Iterator[str]:
    """The address of a MySQL database with the town hall in it."""
    with servers.mysql() as url:
        _fill(url, "mysql")
        yield f"{url}/{NAME}"
        _drop(url, "mysql")


@pytest.fixture
def scanned() -> type[Scanned]:
    """Scans a target in this process."""
    return Scanned
