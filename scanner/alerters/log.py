"""Alerts as lines of JSON in the run folder."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar


class LogAlerter:
    """Appends alerts to a file that only its owner reads."""

    name: ClassVar[str] = "log"

    def __init__(self, path: Path) -> None:
        self.path = path

    def send(self, alerts: Iterable[Mapping[str, Any]]) -> None:
        """One JSON object a line, keys sorted."""
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            for alert in alerts:
                file.write(json.dumps(alert, ensure_ascii=False, sort_keys=True) + "\n")

    def close(self) -> None:
        """Nothing stays open."""
