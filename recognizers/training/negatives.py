"""Source code as text without names: Python's own library, but for the lines that thank or cite somebody."""

from __future__ import annotations

import random
import re
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from recognizers.folding import fold_word
from recognizers.gazetteers import is_first_name
from recognizers.training.sample import Text

_LEFT_OUT = {
    "site-packages",
    "dist-packages",
    "test",
    "tests",
    "idlelib",
    "lib2to3",
    "turtledemo",
    "pydoc_data",
    "encodings",
}
_CREDITS = re.compile(
    r"(?i)author|copyright|written|contrib|thanks|maintain|credit|based on|suggest|invent|@|\bby [A-Z]|'s\b"
)
_PAIR = re.compile(r"\b([A-Z][a-zà-ÿ]+)[ .,]+(?:[A-Z]\. ?)?(?:van |von |de )?[A-Z][A-Za-zà-ÿ]+")
_LARGEST = 120_000
"""Bytes; what is larger is mostly data."""


def code_texts(count: int, rng: random.Random) -> Iterator[Text]:
    """So many pieces of 5 to 40 lines."""
    files = _files()
    while count > 0 and files:
        lines = _lines(rng.choice(files))
        if not lines:
            continue
        start, size = rng.randrange(len(lines)), rng.randint(5, 40)
        yield Text("code", "\n".join(lines[start : start + size]), [])
        count -= 1


def _files() -> list[Path]:
    home = Path(sysconfig.get_paths()["stdlib"])
    found = (f for f in home.rglob("*.py") if not _LEFT_OUT.intersection(f.relative_to(home).parts))
    return sorted(f for f in found if 200 < f.stat().st_size < _LARGEST)


def _lines(file: Path) -> list[str]:
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    return [line for line in lines if not _CREDITS.search(line) and not _names_somebody(line)]


def _names_somebody(line: str) -> bool:
    return any(is_first_name(fold_word(first)) >= 2 for first in _PAIR.findall(line))
