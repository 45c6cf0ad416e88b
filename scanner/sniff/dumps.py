"""What a dump in SQL says of its own encoding."""

from __future__ import annotations

import re2

_HEADS = (
    b"-- MySQL dump",
    b"-- MariaDB dump",
    b"/*M!",
    b"/*!",
    b"--\n-- PostgreSQL database",
    b"-- phpMyAdmin",
    b"-- Dump",
)
_SAYS = re2.compile(rb"(?i)\bSET\s+(?:NAMES|character_set_client\s*=|client_encoding\s*(?:=|TO))\s*'?(\w+)")
_LOOK = 1 << 13
_NAMES = {
    "utf8": "utf-8", "utf8mb4": "utf-8", "utf8mb3": "utf-8",
    "latin1": "cp1252", "win1252": "cp1252", "cp1252": "cp1252",
    "latin9": "iso8859-15", "latin2": "iso8859-2", "cp850": "cp850", "macroman": "mac_roman", "win1250": "cp1250",
}  # fmt: skip


def declared_by_dump(head: bytes) -> str:
    """The encoding that the first statements of a dump set, as Python calls it; empty where none does."""
    start = head[:_LOOK].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith(_HEADS):
        return ""
    said = _SAYS.search(start)
    name = _NAMES.get(said.group(1).decode().lower(), "") if said else ""
    # Dumps of a server that calls itself latin1 are often UTF-8 all the same: valid bytes say so.
    return "" if name == "cp1252" and _is_utf8(head) else name


def _is_utf8(head: bytes) -> bool:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.end >= len(head) - 3 and error.start > len(head) - 4
    return True
