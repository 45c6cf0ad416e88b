"""A scan in this process."""

from __future__ import annotations

import datetime
import time
from typing import Any

from scanner.batches import batches
from scanner.config import Settings
from scanner.connecting import Connectors
from scanner.examine import examine
from scanner.model import Finding, ItemRow

OPTIONS = Settings(ner="off", sentences="off", today=datetime.date(2026, 3, 1))

Findings = dict[tuple[str, str, str], tuple[str, int, int]]


class Scanned:
    """Rows and findings of a scan in this process, and the processor's time that it took."""

    def __init__(self, target: str, **options: Any) -> None:
        settings = OPTIONS.model_copy(update=options)
        connectors = Connectors(settings)
        self.rows: list[ItemRow] = []
        self.findings: list[Finding] = []
        began = time.process_time()
        for batch in batches(connectors, (target,), settings):
            examined = examine(batch, settings, b"k" * 32)
            self.rows += examined.rows
            self.findings += examined.findings
        self.seconds = time.process_time() - began
        connectors.close()

    def table(self) -> Findings:
        """Level, count and distinct values by table, column and type."""
        return {
            (f.table.rpartition(".")[2], f.column, f.entity_type): (f.level.name, f.count, f.distinct)
            for f in self.findings
            if f.table
        }
