"""Puts the department into real databases: each row is made once, and loaded by each server's own means."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from .schema import MYSQL, POSTGRES, SQLITE, definitions, tables
from .values import lines, rows

NAME = "recense_departement"


def write(folder: Path, total: int) -> None:
    """The rows of each table, as COPY takes them."""
    for table in tables():
        with (folder / f"{table.name}.copy").open("w", encoding="utf-8") as out:
            out.writelines(lines(table, total, "\\\\x"))


def postgres(url: str, folder: Path) -> str:
    """Fill a new database of PostgreSQL; its address."""
    import psycopg

    with psycopg.connect(f"{url}/postgres", autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {NAME}")
        server.execute(f"CREATE DATABASE {NAME}")
    with psycopg.connect(f"{url}/{NAME}") as connection:
        for statement in definitions(POSTGRES):
            connection.execute(statement)
        for table in tables():
            with connection.cursor().copy(f"COPY {table.name} FROM STDIN") as copy:
                copy.write((folder / f"{table.name}.copy").read_bytes())
    return f"{url}/{NAME}"


def mysql(url: str, folder: Path) -> str:
    """Fill a new database of MySQL or MariaDB; its address."""
    from urllib.parse import urlsplit

    import pymysql

    at = urlsplit(url)
    connection = pymysql.connect(
        host=at.hostname or "", port=at.port or 3306, user=at.username, charset="utf8mb4", local_infile=True
    )
    with connection, connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {NAME}")
        cursor.execute(f"CREATE DATABASE {NAME} CHARACTER SET utf8mb4")
        cursor.execute(f"USE {NAME}")
        for statement in definitions(MYSQL):
            cursor.execute(statement)
        for table in tables():
            listed = ", ".join(f"@{c.name}" if c.kind == "blob" else c.name for c in table.columns)
            binary = [c.name for c in table.columns if c.kind == "blob"]
            unpacked = ", ".join(f"{name} = UNHEX(SUBSTRING(@{name}, 3))" for name in binary)
            cursor.execute(
                f"LOAD DATA LOCAL INFILE '{folder / table.name}.copy' INTO TABLE {table.name} CHARACTER SET utf8mb4 "
                f"({listed})" + (f" SET {unpacked}" if unpacked else "")
            )
        connection.commit()
    return f"{url}/{NAME}"


def sqlite(path: Path, total: int) -> None:
    """Fill a new file of SQLite."""
    with sqlite3.connect(path) as connection:
        for statement in definitions(SQLITE):
            connection.execute(statement)
        for table in tables():
            binary = [column.kind == "blob" for column in table.columns]
            marks = ", ".join("?" * len(binary))
            connection.executemany(
                f"INSERT INTO {table.name} VALUES ({marks})",
                (
                    [bytes.fromhex(v) if b and v else v for v, b in zip(row, binary, strict=True)]
                    for row in rows(table, total)
                ),
            )
    connection.close()


def drop(postgres_url: str, mysql_url: str) -> None:
    """Take the databases away again."""
    from urllib.parse import urlsplit

    import psycopg
    import pymysql

    with psycopg.connect(f"{postgres_url}/postgres", autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {NAME}")
    at = urlsplit(mysql_url)
    connection = pymysql.connect(host=at.hostname or "", port=at.port or 3306, user=at.username)
    with connection, connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {NAME}")
