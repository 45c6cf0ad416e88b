"""The inventory for machines: ``inventory.json``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from scanner.jsontext import pieces
from scanner.reporters.private import private
from scanner.reporters.visible import HIDDEN, escape

_HIDDEN = re.compile(rf"(?!\n){HIDDEN.pattern}")
"""In JSON a line end stands between values only: those inside are escaped already."""


class JsonReporter:
    """Writes the inventory as it is, keys sorted; it holds both languages."""

    name: ClassVar[str] = "json"
    suffix: ClassVar[str] = ".json"

    def write(self, inventory: Mapping[str, Any], path: Path, lang: str) -> None:
        """One object, indented; what would not show becomes a JSON escape, so that nothing is lost."""
        with private(path) as stream:
            for piece in pieces(inventory):
                stream.write(_HIDDEN.sub(_escape, piece).encode())
            stream.write(b"\n")


def _escape(match: Any) -> str:
    escaped = escape(match)
    if len(escaped) == 6:
        return escaped
    high, low = divmod(ord(match.group()) - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
