"""Tables that take long to work out, kept beside the compiled modules and worked out again when anything changed."""

from __future__ import annotations

import marshal
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import xxhash

Table = TypeVar("Table")
FOLDER = Path(__file__).parent / "__pycache__"
_DIGEST = 16


def kept(name: str, sources: Iterable[bytes], make: Callable[[], Table]) -> Table:
    """What ``make`` gives, from an earlier process where the same sources gave it; plain values and sets of them.

    A folder that cannot be written costs time in each process and nothing else.
    """
    path = FOLDER / f"{name}.{_key(sources)}.table"
    with suppress(OSError, ValueError, EOFError, TypeError):
        data = path.read_bytes()
        if xxhash.xxh3_128_digest(data[_DIGEST:]) == data[:_DIGEST]:
            found: Table = marshal.loads(data[_DIGEST:])  # noqa: S302 - ours, as the compiled modules beside it
            return found
    table = make()
    with suppress(OSError):
        _keep(path, name, marshal.dumps(table))  # type: ignore[arg-type]
    return table


def _key(sources: Iterable[bytes]) -> str:
    """The sources, and the version that wrote: another one may write differently."""
    digest = xxhash.xxh3_128(f"{sys.version_info[:3]} {sys.byteorder} {marshal.version}".encode())
    for source in sources:
        digest.update(len(source).to_bytes(8, "little") + source)
    return digest.hexdigest()


def _keep(path: Path, name: str, data: bytes) -> None:
    """Whole or not at all, whoever else writes it; what earlier sources gave goes."""
    FOLDER.mkdir(exist_ok=True)
    handle, partial = tempfile.mkstemp(dir=FOLDER, prefix=f"{name}.", suffix=".partial")
    with os.fdopen(handle, "wb") as file:
        file.write(xxhash.xxh3_128_digest(data) + data)
    Path(partial).chmod(0o644)
    for old in FOLDER.glob(f"{name}.*.table"):
        old.unlink(missing_ok=True)
    Path(partial).replace(path)
