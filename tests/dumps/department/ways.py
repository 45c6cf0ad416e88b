"""The ways in which the tools of the servers write the department down, each into a folder of its own."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from .filling import sqlite
from .schema import tables

Way = Callable[[Path], None]


def all_ways(postgres: str, mysql: str, total: int) -> dict[str, Way]:
    """Each way by its name, whose first word says whose rows it holds."""
    ways: dict[str, Way] = {}
    for name, options in {
        "plain": [], "gzip": ["-Z6"], "custom": ["-Fc"], "directory": ["-Fd"], "tar": ["-Ft"], "inserts": ["--inserts"],
    }.items():  # fmt: skip
        ways[f"pg_dump {name}"] = _pg_dump(
            postgres, options, "d" if name == "directory" else f"d.{_ENDS.get(name, 'sql')}"
        )
    ways["pg_dumpall"] = _pg_dumpall(postgres)
    ways["postgresql csv"] = _csv(postgres, header=False)
    ways["postgresql csv+header"] = _csv(postgres, header=True)
    for name, options in {
        "plain": [], "hex": ["--hex-blob", "--complete-insert"], "single": ["--skip-extended-insert"],
    }.items():  # fmt: skip
        ways[f"mysqldump {name}"] = _mysqldump("mysqldump", mysql, options, "d.sql")
    if shutil.which("mariadb-dump"):
        ways["mysqldump mariadb-dump"] = _mysqldump(
            "mariadb-dump", mysql, ["--single-transaction", "--routines"], "d.sql"
        )
    ways["mysqldump tab"] = _tab(mysql)
    ways["sqlite file"] = lambda folder: sqlite(folder / "d.sqlite", total)
    ways["sqlite .dump"] = lambda folder: _sqlite_dump(folder, total)
    return ways


_ENDS = {"gzip": "sql.gz", "custom": "dump", "tar": "tar"}


def _pg_dump(url: str, options: list[str], name: str) -> Way:
    return lambda folder: _run(["pg_dump", "-d", url, *options, "-f", str(folder / name)])


def _pg_dumpall(url: str) -> Way:
    server, _, database = url.rpartition("/")

    def way(folder: Path) -> None:
        # Other databases of the server are none of ours.
        _run(["pg_dumpall", "-d", f"{server}/postgres", "--globals-only", "-f", str(folder / "all.sql")])
        with (folder / "all.sql").open("ab") as out:
            out.write(b"\\connect %s\n\n" % database.encode())
            subprocess.run(["pg_dump", "-d", url, "--create"], stdout=out, check=True)

    return way


def _csv(url: str, *, header: bool) -> Way:
    def way(folder: Path) -> None:
        _run(["pg_dump", "-d", url, "--schema-only", "-f", str(folder / "schema.sql")])
        for table in tables():
            options = f"FORMAT csv{', HEADER' if header else ''}"
            _run(["psql", "-d", url, "-qc", f"\\copy {table.name} TO '{folder / table.name}.csv' ({options})"])

    return way


def _mysqldump(program: str, url: str, options: list[str], name: str) -> Way:
    return lambda folder: _run([*_common(program, url), *options, "-r", str(folder / name), _database(url)])


def _tab(url: str) -> Way:
    """The server itself writes the rows, as its own user: into a folder that it reaches."""

    def way(folder: Path) -> None:
        reached = Path(f"/tmp/recense-tab-{folder.parent.name}")
        reached.mkdir(mode=0o777)
        reached.chmod(0o777)
        try:
            _run([*_common("mysqldump", url), f"--tab={reached}", _database(url)])
            for path in reached.iterdir():
                shutil.copyfile(path, folder / path.name)
        finally:
            shutil.rmtree(reached)

    return way


def _sqlite_dump(folder: Path, total: int) -> None:
    base = folder.parent / "dumped.sqlite"
    sqlite(base, total)
    with sqlite3.connect(base) as connection, (folder / "d.sql").open("w", encoding="utf-8") as out:
        out.writelines(f"{line}\n" for line in connection.iterdump())
    connection.close()
    base.unlink()


def _common(program: str, url: str) -> list[str]:
    at = urlsplit(url)
    return [program, "-h", str(at.hostname), "-P", str(at.port or 3306), "-u", str(at.username)]


def _database(url: str) -> str:
    return urlsplit(url).path.strip("/")


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
