"""Material without personal data, scanned as any volume: all that is found in it is wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scanner.config import Settings, token_key
from scanner.model import Finding, Level

UNIT = 10_000_000
"""Bytes for which false alarms are given."""
LEVELS = (Level.CERTAIN, Level.PROBABLE)


@dataclass(slots=True)
class Alarms:
    """What was found where nothing is: counts by type and level, and where."""

    name: str
    size: int = 0
    """Bytes of the files as they were read."""
    files: int = 0
    counts: Counter[tuple[str, Level]] = field(default_factory=Counter)
    where: Counter[tuple[str, Level]] = field(default_factory=Counter)
    """Files with at least one."""
    findings: list[Finding] = field(default_factory=list)

    @property
    def touched(self) -> int:
        """Files in which something was found."""
        return len({finding.path for finding in self.findings})

    def rate(self, count: int) -> float:
        """So many in 10 MB."""
        return count * UNIT / self.size if self.size else 0.0

    def as_dict(self) -> dict[str, Any]:
        """Counts and rates by type and level."""
        return {
            "folder": self.name,
            "bytes": self.size,
            "files": self.files,
            "alarms": [
                {
                    "type": kind,
                    "level": level.name,
                    "count": count,
                    "files": self.where[kind, level],
                    "per_10_mb": round(self.rate(count), 3),
                }
                for (kind, level), count in sorted(self.counts.items(), key=lambda item: (-item[1], item[0]))
            ],
        }


def measure_clean(target: Path, settings: Settings) -> Alarms:
    """Read a file or folder as a scan does, in this process; only what is CERTAIN or PROBABLE is kept."""
    from scanner.batches import batches
    from scanner.connecting import Connectors
    from scanner.examine import examine

    result = Alarms(target.name)
    for batch in batches(Connectors(settings), (str(target),), settings):
        examined = examine(batch, settings, token_key("evaluate"))
        result.size += examined.coverage.volume["bytes_read"]
        result.files += examined.coverage.listed
        for finding in examined.findings:
            if finding.level in LEVELS:
                result.counts[finding.entity_type, finding.level] += finding.count
                result.where[finding.entity_type, finding.level] += 1
                result.findings.append(finding)
    return result
