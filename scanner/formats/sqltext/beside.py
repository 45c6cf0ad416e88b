"""What definitions in SQL beside a table of text say of it: its name, its columns, their comments and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from scanner.formats.sqltext.definitions import find_definitions
from scanner.model import Definition
from scanner.sniff.companions import guides_of


def definitions_beside(name: str, beside: Callable[[str], bytes]) -> tuple[Definition, ...]:
    """All tables that the likeliest file of definitions beside it defines, none where there is no such file."""
    text = next(filter(None, map(beside, guides_of(name))), b"")
    return tuple(find_definitions(text)) if text else ()


def defined_for(name: str, definitions: Iterable[Definition]) -> Definition | None:
    """The definition of the table that a file is called after."""
    base = name.replace("\\", "/").rpartition("/")[2]
    stem = base.partition(".")[0].lower()
    named = (one for one in definitions if stem in (one.table.lower(), one.table.lower().rpartition(".")[2]))
    return next((one for one in named if one.columns), None)
