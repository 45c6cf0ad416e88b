"""Source code and manuals as texts without names: Python's own library, but for what thanks or cites somebody."""

from __future__ import annotations

import ast
import inspect
import random
import re
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from pydoc_data.topics import topics

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
    r"(?i:author|copyright|written|contrib|thanks|maintain|credit|based on|suggest|invent)|@"
    r"|\b[Bb]y [A-Z]|\b[A-Z][a-zà-ÿ]+'s\b"
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


def manual_texts(count: int, rng: random.Random) -> Iterator[Text]:
    """So many pieces of one to six paragraphs: what the library says of itself, and Python's reference."""
    pages = _pages() if count > 0 else []
    while count > 0 and pages:
        page = rng.choice(pages)
        start = rng.randrange(len(page))
        yield Text("manual", "\n\n".join(page[start : start + rng.randint(1, 6)]), [])
        count -= 1


def _pages() -> list[list[str]]:
    """Paragraphs that name nobody, by file and by topic."""
    texts = [*(topics[name] for name in sorted(topics)), *map(_docstrings, _files())]
    pages = ([part for part in re.split(r"\n[ \t]*\n", text) if part.strip() and _is_free(part)] for text in texts)
    return [page for page in pages if page]


def _docstrings(file: Path) -> str:
    tree = ast.parse(file.read_bytes())
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    found = (ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, documented))
    return "\n\n".join(inspect.cleandoc(text) for text in found if text)


def _is_free(paragraph: str) -> bool:
    return not any(_CREDITS.search(line) or _names_somebody(line) for line in paragraph.splitlines())


def _files() -> list[Path]:
    home = Path(sysconfig.get_paths()["stdlib"])
    found = (f for f in home.rglob("*.py") if not _LEFT_OUT.intersection(f.relative_to(home).parts))
    return sorted(f for f in found if 200 < f.stat().st_size < _LARGEST)


def _lines(file: Path) -> list[str]:
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    return [line for line in lines if not _CREDITS.search(line) and not _names_somebody(line)]


def _names_somebody(line: str) -> bool:
    return any(is_first_name(fold_word(first)) >= 2 for first in _PAIR.findall(line))
