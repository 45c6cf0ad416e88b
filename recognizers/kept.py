"""Tables that take long to work out, kept on disk and worked out again when anything that they are made of changed.

They are made of rules, word lists and examples only, never of what was scanned.
"""

from __future__ import annotations

import marshal
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from importlib import resources
from pathlib import Path
from typing import TypeVar

import xxhash

Table = TypeVar("Table")
_DIGEST = 16


def kept(name: str, sources: Iterable[bytes], make: Callable[[], Table]) -> Table:
    """What ``make`` gives, from an earlier process where the same sources gave it; plain values and sets of them.

    Where nothing can be written, or what was written cannot be read, it is made anew: slower, never different.
    """
    file = f"{name}.{_key(sources)}.table"
    for folder in _folders():
        with suppress(OSError, ValueError, EOFError, TypeError):
            data = (folder / file).read_bytes()
            if xxhash.xxh3_128_digest(memoryview(data)[_DIGEST:]) == data[:_DIGEST]:
                found: Table = marshal.loads(memoryview(data)[_DIGEST:])  # noqa: S302 - ours, as the modules beside it
                return found
    table = make()
    data = marshal.dumps(table)  # type: ignore[arg-type]
    for folder in _folders():
        with suppress(OSError):
            _keep(folder, file, name, data)
            break
    return table


def is_kept(name: str, sources: Iterable[bytes]) -> bool:
    """Whether ``kept`` would have to make nothing."""
    file = f"{name}.{_key(sources)}.table"
    return any((folder / file).is_file() for folder in _folders())


def code(package: str) -> Iterator[bytes]:
    """The modules of a package, for tables that change with the code that makes them."""
    for entry in sorted(resources.files(package).iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".py"):
            yield entry.read_bytes()


def _key(sources: Iterable[bytes]) -> str:
    """The sources, and the version that wrote: another one may write differently."""
    digest = xxhash.xxh3_128(f"{sys.version} {sys.byteorder} {marshal.version}".encode())
    for source in sources:
        digest.update(len(source).to_bytes(8, "little") + source)
    return digest.hexdigest()


def _folders() -> list[Path]:
    """Beside the code, as compiled modules are; else where the user's caches are."""
    chosen = os.environ.get("RECENSE_CACHE")
    if chosen:
        return [Path(chosen)]
    user = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    return [Path(__file__).parent / "__pycache__", user / "recense"]


def _keep(folder: Path, file: str, name: str, data: bytes) -> None:
    """Whole or not at all, whoever else writes it; what earlier sources gave goes."""
    folder.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=folder, prefix=f"{name}.", suffix=".partial")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(xxhash.xxh3_128_digest(data) + data)
        Path(draft).chmod(0o644)
        Path(draft).replace(folder / file)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise
    for old in folder.glob(f"{name}.*.table"):
        if old.name != file:
            old.unlink(missing_ok=True)
