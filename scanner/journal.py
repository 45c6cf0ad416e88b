"""What a run notes of each batch: one line once its parts are in place; a line that a crash tore is none."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

JOURNAL = "journal.jsonl"


class Journal:
    """Lines are only appended; of several about one batch the last one holds."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / JOURNAL

    def note(self, entry: dict[str, Any]) -> None:
        """Append one line in one write, so that it is there, or torn, or not there."""
        line = (json.dumps(entry, sort_keys=True) + "\n").encode()
        with os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab", buffering=0) as file:
            if file.write(line) != len(line):
                raise OSError(28, os.strerror(28))

    def entries(self) -> Iterator[dict[str, Any]]:
        """What holds of each batch, one at a time: a volume of many terabytes has a million of them."""
        last = {entry["batch"]: at for at, entry in self._lines()}
        for at, entry in self._lines():
            if last[entry["batch"]] == at:
                yield entry

    def mend(self) -> None:
        """Drop the line that a crash tore, so that others can follow."""
        if not self.path.exists():
            return
        partial = self.path.with_name(JOURNAL + ".partial")
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.writelines(json.dumps(entry, sort_keys=True) + "\n" for entry in self.entries())
        partial.replace(self.path)

    def _lines(self) -> Iterator[tuple[int, dict[str, Any]]]:
        if not self.path.exists():
            return
        with self.path.open(encoding="utf-8", errors="replace") as file:
            for at, line in enumerate(file):
                try:
                    entry = json.loads(line)
                    int(entry["batch"])
                except (ValueError, TypeError, KeyError):
                    continue
                yield at, entry
