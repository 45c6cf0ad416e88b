"""How many invented records a scan ties to their regime by their form, and which look-alikes it takes for one.

``.venv/bin/python tests/structured/measure.py [--seed=N] [--errors]``; another seed gives other persons and values.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parents[1] / "special"))
sys.path.insert(0, str(Path(__file__).parent))
from measure_cases import Found, _in_file, scanned
from special_figures import share
from structured_files import Structured, structured_files

from scanner.model import Level

_ROWS = re.compile(r"\{rows:(\d+):(.*?)\}(?=\Z|\n\Z)", re.DOTALL)


def lookalikes() -> Iterator[Structured]:
    """Every look-alike once."""
    listed = yaml.safe_load((Path(__file__).parent / "lookalikes.yaml").read_text(encoding="utf-8"))
    for number, one in enumerate(listed):

        def repeated(found: re.Match[str]) -> str:
            lines = (found.group(2).replace("{n}", f"{n:02d}").rstrip("\n") for n in range(int(found.group(1))))
            return "\n".join(lines) + "\n"

        yield Structured(f"n{number:02d}/{one['path']}", _ROWS.sub(repeated, one["text"]).encode(), "")


def report(files: Sequence[Structured], others: Sequence[Structured], found: Found) -> Iterator[str]:
    """Recall by regime, false alarms."""
    for regime in [*dict.fromkeys(file.expected for file in files), ""]:
        own = [file for file in files if regime in {"", file.expected}]
        hits = {
            least: sum(_in_file(found, f.path, f.expected, least) for f in own)
            for least in (Level.INDICE, Level.PROBABLE)
        }
        yield f"{regime or 'all':5} " + "  ".join(
            f"{least.name}+ {share(count, len(own))}" for least, count in hits.items()
        )
    for least in (Level.INDICE, Level.POSSIBLE, Level.PROBABLE):
        false = sum(_in_file(found, file.path, "", least) for file in others)
        yield f"look-alikes {least.name}+ {share(false, len(others))}"


def main(arguments: list[str]) -> None:
    seed = next((int(word[7:]) for word in arguments if word.startswith("--seed=")), 1)
    files, others = list(structured_files(seed)), list(lookalikes())
    found = scanned([*files, *others])
    print("\n".join(report(files, others, found)))
    if "--errors" in arguments:
        for file in [*files, *others]:
            said = {
                key[1]: level.name for key, level in sorted(found.get(file.path, {}).items(), key=lambda one: one[1])
            }
            if (file.expected and not _in_file(found, file.path, file.expected, Level.PROBABLE)) or (
                not file.expected and said
            ):
                print(file.path, "expected", file.expected or "none", "found", said)


if __name__ == "__main__":
    main(sys.argv[1:])
