"""Paths as they may be told outside: parts that hold a number or a name of somebody become blocks."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

BLOCK = "█████"
_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d(?:[-_.]?(?:0[1-9]|1[0-2])(?:[-_.]?(?:0[1-9]|[12]\d|3[01]))?)?(?!\d)")
_TELLING = re.compile(r"@|\d(?:[ ._-]?\d){5,}")
"""A mail address, or so many digits in a row that they can be a number of somebody."""
_SUFFIX = re.compile(r"(?:\.[A-Za-z][A-Za-z0-9]{0,7}){1,2}$")
_PARTS = re.compile(r"([/!])")
_BETWEEN = re.compile(r"[._\-\s]+")


def redacted(path: str) -> str:
    """The path with its telling parts hidden; folders, members and formats stay apart."""
    parts = [part for part in _PARTS.split(path) if part]
    shown = [part if part in "/!" else _part(part) for part in parts]
    for at in range(2, len(parts), 2):  # a folder by first names, with a file by surnames in it
        if parts[at - 1] == "/" and _pair(parts[at - 2], parts[at]):
            shown[at - 2], shown[at] = BLOCK, BLOCK + _split(parts[at])[1]
    return "".join(shown)


@lru_cache(maxsize=100_000)
def _part(name: str) -> str:
    stem, end = _split(name)
    if stem and _tells(stem):
        return BLOCK + end
    return BLOCK if end and _tells(name) else name  # what looks like a format can be a surname


def _split(name: str) -> tuple[str, str]:
    suffix = None if "@" in name else _SUFFIX.search(name)
    end = suffix.group() if suffix else ""
    return name[: len(name) - len(end)], end


@lru_cache(maxsize=100_000)
def _pair(folder: str, name: str) -> bool:
    stem = _split(name)[0]
    return folder.isalpha() and stem.isalpha() and _tells(f"{folder} {stem}")


def _tells(stem: str) -> bool:
    if _TELLING.search(_DATE.sub(" ", stem)):
        return True
    words = [word for word in _BETWEEN.split(stem) if word.isalpha()]
    if len(words) < 2:
        return False
    from recognizers.cells import score_cells

    pairs = [f"{first} {second}" for first, second in pairwise(words)]
    cells = score_cells(pairs)
    return bool(cells.full > 0)
