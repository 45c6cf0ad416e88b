"""What the concluding process takes for a run of many files: ``python -m tests.lasting.growth 1000000 20``.

The parts are those that workers would give for small files, one in so many with a finding; all that follows is real.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from scanner.conclude import about, conclude, save_meta
from scanner.config import Settings
from scanner.coverage import Coverage
from scanner.declaration import none_declaration
from scanner.model import Finding, ItemRow, Level, Listed, Status
from scanner.store import Store, open_run

BATCH = 256
TYPES = (("EMAIL_ADDRESS", "C1", ""), ("FR_NIR", "C1", "R2"), ("IBAN_CODE", "C3", "R6"))


def parts(store: Store, files: int, every: int) -> Coverage:
    """The parts of a run; its coverage."""
    coverage = Coverage()
    for number, start in enumerate(range(0, files, BATCH), 1):
        paths = [f"d{at // 1000:04}/{at}.csv" for at in range(start, min(files, start + BATCH))]
        rows = [
            ItemRow(path, 400, "text/csv", "utf-8", Status.READ, "", 400, 0, 1, 0o644, "u", f"{at:032x}")
            for at, path in enumerate(paths)
        ]
        found = [(start + at) % every == 0 for at in range(len(paths))]
        findings = [_finding(path, at) for at, path in enumerate(paths) if found[at]]
        listed = [Listed(path, f"{at:032x}", 400, 1, int(found[at])) for at, path in enumerate(paths)]
        for row in rows:
            coverage.add([row])
        store.journal({"batch": number, "fingerprint": "", "parts": store.put(number, rows, findings, listed)})
    return coverage


def _finding(path: str, at: int) -> Finding:
    kind, category, regime = TYPES[at % len(TYPES)]
    return Finding(path, "", "mel", kind, category, regime, Level.CERTAIN, 10, 10, 0.95, "columns", ("row 2",))


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def main() -> None:
    files, every = int(sys.argv[1]), int(sys.argv[2])
    with tempfile.TemporaryDirectory() as name:
        store = Store.create(Path(name) / "run")
        figures: dict[str, Any] = {"files": files, "with_findings": files // every}
        started = time.process_time()
        coverage = parts(store, files, every)
        figures["parts"] = [round(time.process_time() - started, 1), peak()]
        said, settings = none_declaration(), Settings(today=date(2026, 6, 1))
        meta = {
            "version": "0",
            "state": "complete",
            "started": "2026-06-01T00:00:00+00:00",
            "ended": "",
            "targets": ["v"],
        }
        meta |= {"options": settings.model_dump(mode="json"), "rules_sha256": "", **about(said)}
        save_meta(store, meta | {"coverage": coverage.as_dict()})
        started = time.process_time()
        store.assemble(range(1, files // BATCH + 2))
        figures["assemble"] = [round(time.process_time() - started, 1), peak()]
        started = time.process_time()
        conclude(store.folder, said, settings)
        figures["conclude"] = [round(time.process_time() - started, 1), peak()]
        started = time.process_time()
        open_run(store.folder).findings.groupby("entity_type")["count"].sum()
        figures["notebook"] = [round(time.process_time() - started, 1), peak()]
        figures["bytes"] = {path.name: path.stat().st_size for path in sorted(store.folder.iterdir()) if path.is_file()}
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
