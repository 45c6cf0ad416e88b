"""Scripts of a PDF: what stands under ``/JS``, in strings and by reference."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 16 << 20
_SCRIPT = re.compile(rb"/JS\s{0,4}(?:(?=[(<][^<])|(\d{1,9})\s{1,4}\d{1,5}\s{1,4}R)")
_STEP = re.compile(rb"\\[\s\S]|[()]")


def find_scripts(part: bytes) -> Iterator[bytes | int]:
    """Strings as they are written, and numbers of the objects that hold others."""
    at = 0
    while (found := _SCRIPT.search(part, at)) is not None:
        at = found.end()
        if found[1]:
            yield int(found[1])
            continue
        string = string_at(part, at)
        yield string
        # What looks like a script inside a script is part of it; so each byte is seen once.
        at += len(string)


def string_at(part: bytes, at: int) -> bytes:
    """The string that starts here, closed where it is not; scripts nest parentheses to any depth."""
    if part[at : at + 1] == b"<":
        end = part.find(b">", at)
        return part[at : end + 1] if end >= 0 else part[at:] + b">"
    depth = 0
    for step in _STEP.finditer(part, at, at + LONGEST):
        depth += (step[0] == b"(") - (step[0] == b")")
        if depth == 0:
            return part[at : step.end()]
    return part[at : at + LONGEST] + b")"


def packed_objects(body: bytes, inflated: bytes) -> dict[int, bytes]:
    """Objects of an object stream by their numbers."""
    first = re.search(rb"/First\s{1,4}(\d{1,9})", body)
    if first is None:
        return {}
    start = int(first[1])
    numbers = [int(word) for word in inflated[:start].split() if word.isdigit() and len(word) < 10]
    found, last = {}, 0
    for number, offset, end in zip(numbers[::2], numbers[1::2], [*numbers[3::2], len(inflated)], strict=False):
        # In order, as the format wants them: objects that overlap could add up to any size.
        if offset >= last:
            found[number] = inflated[start + offset : start + end]
            last = max(end, offset)
    return found
