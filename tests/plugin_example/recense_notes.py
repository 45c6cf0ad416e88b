"""A connector in one file: notes kept in one JSON file, scanned as ``notes:///srv/notes.json``."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, ClassVar

from scanner.contracts import Unreadable
from scanner.model import Item, Kind, Locator


class NotesConnector:
    """Lists the notes of a file ``{"name": "text"}`` as items, and opens each as a text."""

    name: ClassVar[str] = "notes"
    example: ClassVar[str] = "notes:///srv/notes.json"
    schemes: ClassVar[frozenset[str]] = frozenset({"notes"})

    def items(self, target: str) -> Iterator[Item]:
        """One item per note, in the order of their names."""
        for name, text in sorted(self._notes(target).items()):
            yield Item(Locator(self.name, f"{name}.txt"), len(text.encode()))

    def open(self, target: str, item: Item) -> BinaryIO:
        """The text of one note."""
        return io.BytesIO(self._notes(target)[item.locator.path.removesuffix(".txt")].encode())

    def _notes(self, target: str) -> dict[str, str]:
        path = Path(target.removeprefix("notes://"))
        try:
            return {str(name): str(text) for name, text in json.loads(path.read_bytes()).items()}
        except OSError:
            raise Unreadable(Kind.VANISHED, "no such file of notes") from None
        except (ValueError, AttributeError):
            raise Unreadable(Kind.CORRUPT, "not a file of notes") from None
