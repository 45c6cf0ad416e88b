"""Invented sentences about persons, each of its special category, and neutral ones: no recogniser is tuned on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "sentences"
REGIMES = ["R1-a", "R1-b", "R1-c", "R1-d", "R1-e", "R1-f", "R1-g", "R1-h", "R3", "R4"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """``regime`` is empty for a neutral one; finding what is in ``also`` is neither right nor wrong."""

    identity: str
    lang: str
    regime: str
    kind: str
    text: str
    also: frozenset[str]


def sentences() -> Iterator[Sentence]:
    """All of them; a file is a class in a language, ``# kind`` heads lines of a kind, ``<tab>+R4,R3`` ends one."""
    for path in sorted(FOLDER.glob("*.txt")):
        name, lang = path.stem.split(".")
        kind = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith("# "):
                kind = line[2:]
                continue
            text, _, also = line.partition("\t+")
            regime = "" if name == "neutral" else name
            yield Sentence(f"{path.stem}:{number}", lang, regime, kind, text, frozenset(filter(None, also.split(","))))
