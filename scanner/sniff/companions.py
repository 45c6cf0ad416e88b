"""Files that only make sense with another one beside them: rows whose table is defined in a file of its own."""

from __future__ import annotations

from collections.abc import Callable

import re2

PG_ROWS = "application/x-pgdump-data"
TAB_ROWS = "application/x-mysql-tab"
_NUMBERED = re2.compile(r"\d+\.dat")
_PART = re2.compile(r"(.+?)(?:\.\d{4,})?(?:\.\d{4,})?\.(?:sql|dat|csv)")
_PARTED = frozenset({"sql", "dat", "csv"})
_GUIDE = re2.compile(r"(?i)toc\.dat|.+-wal|.+-schema\.sql|.+\.sql|.+\.ddl")
_TABLES = frozenset({"txt", "tsv", "csv", "tbl", "dat", "unl", "del"})


def is_guide(name: str) -> bool:
    """Whether a file may say what others beside it are."""
    return _GUIDE.fullmatch(_printable(name.rpartition("/")[2])) is not None


def guides_of(name: str) -> tuple[str, ...]:
    """Names of the files that may define what a file holds, the likeliest first."""
    base = name.replace("\\", "/").rpartition("/")[2]
    stem, _, suffix = base.rpartition(".")
    part = _PART.fullmatch(_printable(base)) if suffix in _PARTED else None
    found = []
    if part is not None and not stem.endswith(("-schema", "-schema-create")):
        found.append(f"{part.group(1)}-schema.sql")
    if suffix.lower() in _TABLES and stem:
        found += [f"{stem}.sql", f"{stem}.ddl", "schema.sql"]
    return tuple(found)


def accompanied(name: str, beside: Callable[[str], bytes]) -> bool:
    """Whether anything lies beside a file that may say what it holds, compressed or not."""
    base = name.replace("\\", "/").rpartition("/")[2]
    bases = (base, base.rpartition(".")[0])
    numbered = ["toc.dat"] if any(map(_is_numbered, bases)) else []
    return any(map(beside, (*numbered, *(one for base in bases for one in (f"{base}-wal", *guides_of(base))))))


def _is_numbered(base: str) -> bool:
    return base.endswith(".dat") and _NUMBERED.fullmatch(_printable(base)) is not None


def _printable(name: str) -> str:
    """The name as text: names of files may hold bytes that are no UTF-8."""
    return name.encode("utf-8", "replace").decode()


def companion_type(name: str, media_type: str, beside: Callable[[str], bytes]) -> str:
    """The media type of a file, once what lies beside it is known."""
    base = name.replace("\\", "/").rpartition("/")[2]
    if _is_numbered(base) and beside("toc.dat").startswith(b"PGDMP"):
        return PG_ROWS
    stem, _, suffix = base.rpartition(".")
    if suffix == "txt" and _is_tab(beside(f"{stem}.sql"), stem):
        return TAB_ROWS
    return media_type


def _is_tab(definition: bytes, table: str) -> bool:
    """Whether this is how mysqldump --tab writes the definition of the table beside its rows."""
    written = b"CREATE TABLE `%s` (" % table.encode("utf-8", "surrogateescape")
    return definition.startswith((b"-- M", b"/*!", b"/*M")) and written in definition
