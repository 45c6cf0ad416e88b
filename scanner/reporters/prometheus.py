"""The figures of a run as a textfile that Prometheus's node exporter collects: ``inventory.prom``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from scanner.reporters.private import private

Rows = list[tuple[dict[str, str], int]]


class PrometheusReporter:
    """Counts only; labels are codes, and the mandate's reference tells clients apart."""

    name: ClassVar[str] = "prometheus"
    suffix: ClassVar[str] = ".prom"

    def write(self, inventory: Mapping[str, Any], path: Path, lang: str) -> None:
        """Gauges with their help; a file that takes its place only when it is whole, as the exporter wants it."""
        with private(path) as out:
            out.write("".join(line + "\n" for line in _lines(inventory)).encode())


def _lines(inventory: Mapping[str, Any]) -> Iterator[str]:
    mandate = {"mandate": inventory["header"]["mandate"]["reference"]}
    volume = inventory["coverage"]["volume"]
    sizes = [({"state": name}, volume[f"bytes_{name}"]) for name in ("read", "unread")]
    yield from _metric("recense_bytes", "Bytes of the volume, read and unread", mandate, sizes)
    items = [({"state": name}, inventory["coverage"]["items"][name]) for name in ("read", "partial", "unread")]
    yield from _metric("recense_items", "Files and members by what became of them", mandate, items)
    counts = [({"outcome": name}, count) for name, count in inventory["decisions"]["counts"].items()]
    yield from _metric("recense_decisions", "Decisions by what they propose first", mandate, counts)
    pending: Rows = [({}, inventory["synthesis"]["decisions_pending"])]
    yield from _metric("recense_decisions_pending", "Decisions that wait for a named person", mandate, pending)
    for axis in ("categories", "regimes"):
        rows = [({"code": row["code"], "state": row["state"]}, row["files"]) for row in inventory[axis]]
        yield from _metric(f"recense_{axis}_files", f"Files by code of the {axis}", mandate, rows)
    if inventory.get("drift"):
        risen: Rows = [({}, inventory["drift"]["risen"])]
        yield from _metric("recense_risks_risen", "Risks that rose since the earlier run", mandate, risen)
    ended: Rows = [({}, _seconds(inventory["header"]["ended"]))]
    yield from _metric("recense_last_run_timestamp_seconds", "When the run ended", mandate, ended)


def _metric(name: str, text: str, common: Mapping[str, str], rows: Rows) -> Iterator[str]:
    yield f"# HELP {name} {text}"
    yield f"# TYPE {name} gauge"
    for labels, value in rows:
        said = ",".join(f'{key}="{_quoted(one)}"' for key, one in {**common, **labels}.items())
        yield f"{name}{{{said}}} {value}"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _seconds(moment: str) -> int:
    try:
        return int(datetime.fromisoformat(moment).timestamp())
    except ValueError:
        return 0
