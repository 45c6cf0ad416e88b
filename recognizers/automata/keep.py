"""Built automata kept on disk between runs: made of rules and their examples only, never of what was scanned."""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from hashlib import blake2b
from importlib import resources
from pathlib import Path
from typing import Any

_VERSION = 1


def kept(name: str, sources: Iterable[str], build: Callable[[], Any]) -> Any:
    """What ``build`` gives (plain values that ``marshal`` knows), from disk if it was built of the same sources before.

    Where nothing can be written, or what was written cannot be read, it is built anew: slower, never different.
    """
    digest = _digest(sources)
    for folder in _folders():
        with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
            return marshal.loads((folder / f"{name}-{digest}.automata").read_bytes())  # noqa: S302 - values, no code
    built = build()
    data = marshal.dumps(built)
    for folder in _folders():
        with contextlib.suppress(OSError):
            _write(folder, name, digest, data)
            break
    return built


def _digest(sources: Iterable[str]) -> str:
    """Of the sources, the code that reads them, and the version of Python, whose ``marshal`` it is."""
    state = blake2b(f"{_VERSION} {sys.version}".encode(), digest_size=12)
    own = sorted(resources.files(__package__).iterdir(), key=lambda entry: entry.name)
    for text in (*sources, *(entry.read_text("utf-8") for entry in own if entry.name.endswith(".py"))):
        state.update(f"{len(text)}:".encode())
        state.update(text.encode())
    return state.hexdigest()


def _folders() -> list[Path]:
    """Beside the code, as compiled modules are; else where the user's caches are."""
    chosen = os.environ.get("RECENSE_CACHE")
    if chosen:
        return [Path(chosen)]
    user = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    return [Path(__file__).parent / "__pycache__", user / "recense"]


def _write(folder: Path, name: str, digest: str, data: bytes) -> None:
    """Whole or not at all; what was built of older sources goes."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        draft = Path(file.name)
        try:
            file.write(data)
        except OSError:
            draft.unlink()
            raise
    draft.replace(folder / f"{name}-{digest}.automata")
    for other in folder.glob(f"{name}-*.automata"):
        if other.name != f"{name}-{digest}.automata":
            other.unlink(missing_ok=True)
