"""How many invented secrets a scan finds, and in how many look-alikes it sees one; nothing is ever tried anywhere.

``.venv/bin/python tests/secrets/measure.py [--seed=N] [--errors]``; another seed gives other values.
"""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1] / "special"))
sys.path.insert(0, str(Path(__file__).parent))
import pyarrow.parquet as pq
from near_misses import near_misses
from placements import Placement, placements
from special_figures import share

from scanner.model import Level
from scanner.taxonomy import taxonomy

Found = dict[str, dict[str, Level]]


def scanned(files: Iterable[Placement]) -> Found:
    """By path: of each type of secret the highest level."""
    with TemporaryDirectory() as folder:
        target, run = Path(folder) / "volume", Path(folder) / "run"
        for file in files:
            path = target / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.content)
        command = [sys.executable, "-m", "scanner.cli", "scan", str(target), "-o", str(run), "-q", "--workers", "1"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return _findings(run / "findings.parquet")


def _findings(path: Path) -> Found:
    found: Found = defaultdict(dict)
    for row in pq.read_table(path, columns=["path", "entity_type", "level"]).to_pylist():
        if "R8" in taxonomy().regimes_of(row["entity_type"]):
            levels = found[row["path"].split("!")[0]]
            levels[row["entity_type"]] = max(Level[row["level"]], levels.get(row["entity_type"], Level.INDICE))
    return found


def right(file: Placement, found: Found, least: Level) -> bool:
    """Whether the type that is expected was named."""
    levels = found.get(file.path, {})
    return any(levels.get(name, 0) >= least for name in file.expected.split("|"))


def loud(file: Placement, found: Found, least: Level) -> bool:
    """Whether any secret was named."""
    return any(level >= least for level in found.get(file.path, {}).values())


def report(secrets: Sequence[Placement], others: Sequence[Placement], found: Found) -> list[str]:
    """Recall by type and together, false alarms, precision."""
    lines = []
    for name in dict.fromkeys(file.expected for file in secrets):
        own = [file for file in secrets if file.expected == name]
        lines.append(f"{name[:60]:60} PROBABLE+ {share(sum(right(f, found, Level.PROBABLE) for f in own), len(own))}")
    for least in (Level.POSSIBLE, Level.PROBABLE):
        hits = sum(right(file, found, least) for file in secrets)
        false = sum(loud(file, found, least) for file in others)
        lines.append(f"{least.name}+ recall {share(hits, len(secrets))}  false {share(false, len(others))}")
        lines[-1] += f"  precision {share(hits, hits + false)}"
    return lines


def errors(files: Iterable[Placement], found: Found) -> Iterable[str]:
    """Paths and types of what is missed or wrongly named."""
    for file in files:
        wrong = not right(file, found, Level.PROBABLE) if file.expected else loud(file, found, Level.POSSIBLE)
        if wrong:
            said = ",".join(f"{name}:{level.name}" for name, level in sorted(found.get(file.path, {}).items()))
            yield f"{file.path} expected {file.expected or 'none'} found {said or 'none'}"


def main(arguments: list[str]) -> None:
    seed = next((int(word[7:]) for word in arguments if word.startswith("--seed=")), 1)
    secrets, others = list(placements(seed)), list(near_misses(seed))
    found = scanned([*secrets, *others])
    print("\n".join(report(secrets, others, found)))
    if "--errors" in arguments:
        print("\n".join(errors([*secrets, *others], found)))


if __name__ == "__main__":
    main(sys.argv[1:])
