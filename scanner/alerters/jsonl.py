"""Alerts as lines of JSON behind those of earlier runs, for what collects logs."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar
from urllib.parse import unquote, urlsplit

from scanner.contracts import Undelivered


class JsonlAlerter:
    """Appends to the file of ``jsonl:///var/log/recense.jsonl``, which only its owner reads."""

    name: ClassVar[str] = "jsonl"

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.path = unquote(parts.netloc + parts.path)

    def send(self, alerts: Iterable[Mapping[str, Any]]) -> None:
        """One object a line, keys sorted."""
        lines = [json.dumps(alert, ensure_ascii=False, sort_keys=True) + "\n" for alert in alerts]
        try:
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(handle, "a", encoding="utf-8") as file:
                file.writelines(lines)
        except OSError as error:
            raise Undelivered(error.strerror or type(error).__name__) from None

    def close(self) -> None:
        """Nothing stays open."""
