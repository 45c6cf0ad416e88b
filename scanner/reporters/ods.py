"""The inventory as an OpenDocument workbook: the CNIL's register first, then tables A to F: ``inventory.ods``."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import Any, ClassVar

from scanner.reporters import cnil
from scanner.reporters.opendocument import write_sheets
from scanner.reporters.tables import tables


class OdsReporter:
    """Writes a workbook that a data protection officer pastes from; the register is French in any language."""

    name: ClassVar[str] = "ods"
    suffix: ClassVar[str] = ".ods"

    def write(self, inventory: Mapping[str, Any], path: Path, lang: str) -> None:
        """Sheets in the layout of the CNIL, then those of the Excel workbook."""
        write_sheets(path, chain(cnil.sheets(inventory), tables(inventory, lang)))
