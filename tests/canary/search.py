"""Looks for planted values, their digests and their bare forms in everything that a run wrote."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from .values import Canary

PREFIX = 8
DIGESTS = ("md5", "sha1", "sha256")


def forms(canary: Canary) -> Iterator[str]:
    """The value, as JSON would escape it, without separators, its telling part alone, and digests of these."""
    bare = "".join(sign for sign in canary.value if sign.isalnum())
    telling = {"name": canary.value.split()[-1], "address": canary.value.split(",")[0].split()[-1]}
    plain = dict.fromkeys((canary.value, bare))
    yield from dict.fromkeys((*plain, json.dumps(canary.value)[1:-1], telling.get(canary.kind, canary.value)))
    for text in plain:
        for name in DIGESTS:
            digest = hashlib.new(name, text.encode())
            yield digest.hexdigest()
            yield base64.b64encode(digest.digest()).decode().rstrip("=")


class Search:
    """All forms of all canaries; one vectorised pass over a text tells which ones it holds, whatever their case."""

    def __init__(self, canaries: Iterable[Canary]) -> None:
        self.by_prefix: dict[int, list[tuple[bytes, Canary]]] = defaultdict(list)
        for canary in canaries:
            for form in forms(canary):
                needle = form.lower().encode()
                assert len(needle) >= PREFIX, (canary.index, canary.kind)
                self.by_prefix[int.from_bytes(needle[:PREFIX], "little")].append((needle, canary))
        self.prefixes = np.array(sorted(self.by_prefix), dtype="<u8")

    def leaks(self, data: bytes) -> set[tuple[int, str]]:
        """Index and kind of the canaries in these bytes."""
        text = data.decode("utf-8", "surrogateescape").lower().encode("utf-8", "surrogateescape")
        found = set()
        for at, prefix in self._candidates(text):
            for needle, canary in self.by_prefix[prefix]:
                if text.startswith(needle, at) and not _is_part_of_a_number(text, at, needle, canary):
                    found.add((canary.index, canary.kind))
        return found

    def _candidates(self, text: bytes) -> Iterator[tuple[int, int]]:
        for shift in range(PREFIX):
            count = (len(text) - shift) // PREFIX
            if count > 0:
                windows = np.frombuffer(text, "<u8", count, shift)
                near = np.minimum(np.searchsorted(self.prefixes, windows), len(self.prefixes) - 1)
                for hit in np.flatnonzero(self.prefixes[near] == windows):
                    yield shift + PREFIX * int(hit), int(windows[hit])


def _is_part_of_a_number(text: bytes, at: int, needle: bytes, canary: Canary) -> bool:
    """Eight digits of a date of birth turn up by chance within longer numbers, such as a time in nanoseconds."""
    around = text[max(0, at - 1) : at] + text[at + len(needle) : at + len(needle) + 1]
    return canary.kind == "birth" and needle.isdigit() and any(chr(sign).isdigit() for sign in around)


def written(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below a folder: its name, its bytes and, for packed formats, what they unpack to."""
    for path in sorted(folder.rglob("*")):
        yield path.name, path.relative_to(folder).as_posix().encode("utf-8", "surrogateescape")
        if path.is_file():
            yield from ((path.name, data) for data in unpacked(path.read_bytes()))


def unpacked(data: bytes) -> Iterator[bytes]:
    yield data
    if data.startswith(b"PAR1"):
        table = pq.read_table(io.BytesIO(data))
        yield repr(table.schema.metadata).encode()
        yield "\n".join(repr(row) for row in table.to_pylist()).encode("utf-8", "surrogateescape")
    elif data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for name in packed.namelist():
                yield from unpacked(packed.read(name))
    elif data.startswith(b"\x1f\x8b"):
        yield from unpacked(gzip.decompress(data))
