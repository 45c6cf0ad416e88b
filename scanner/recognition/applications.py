"""Tables of well-known applications: what their published schemas say that columns hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

_FILE = Path(__file__).parents[2] / "rules" / "applications.yaml"


@dataclass(frozen=True, slots=True)
class KnownTable:
    """One table of one application; names of columns in lower case."""

    application: str
    name: str
    sign: frozenset[str]
    columns: Mapping[str, tuple[str, str]]
    """Column -> type of data, and what it is."""


@lru_cache(maxsize=1)
def known_tables() -> tuple[KnownTable, ...]:
    """All tables, the longest names first, so that ``wc_orders`` is not taken for another ``orders``."""
    data = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    found = [
        KnownTable(
            application,
            name,
            frozenset(column.lower() for column in table["sign"]),
            {column.lower(): (said[0], said[1]) for column, said in table["columns"].items()},
        )
        for application, tables in data.items()
        for name, table in tables.items()
    ]
    return tuple(sorted(found, key=lambda table: (-len(table.name), -len(table.sign), table.application)))


def application_table(table: str, columns: Iterable[str]) -> KnownTable | None:
    """The table of an application that a table is, by the end of its name and by its columns."""
    bare = table.rpartition(".")[2].lower()
    have = {column.lower() for column in columns}
    for known in known_tables():
        if (bare == known.name or bare.endswith(f"_{known.name}")) and known.sign <= have:
            return known
    return None
