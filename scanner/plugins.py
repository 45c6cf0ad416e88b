"""Finds plugins by entry point; one that does not load is named with what to install, and disables nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

EXTRAS: dict[str, str] = {
    **dict.fromkeys(("rapidocr", "onnxruntime", "cv2", "pypdfium2", "pi_heif"), "images"),
    **dict.fromkeys(("sqlalchemy", "psycopg", "pymysql"), "databases"),
}
"""Missing library -> extra of this project that brings it."""


@dataclass(frozen=True, slots=True)
class Plugin:
    """One registered plugin: ``target`` is its class, or None with the reason why it did not load."""

    kind: str
    name: str
    target: Any | None
    missing: str = ""


def _load(kind: str, entry: EntryPoint) -> Plugin:
    try:
        return Plugin(kind, entry.name, entry.load())
    except ImportError as error:
        library = (error.name or "").partition(".")[0]
        hint = f"recense[{EXTRAS[library]}]" if library in EXTRAS else library or entry.value
        return Plugin(kind, entry.name, None, f"pip install {hint}")
    except AttributeError:
        return Plugin(kind, entry.name, None, f"{entry.value} does not exist")


@lru_cache(maxsize=16)
def _entries(kind: str) -> tuple[EntryPoint, ...]:
    """Looking for them opens a file of each package that is installed: once in a process, not for each batch."""
    return tuple(entry_points(group=f"recense.{kind}"))


@lru_cache(maxsize=16)
def plugins(kind: str) -> tuple[Plugin, ...]:
    """All plugins of a kind (``readers``, ``connectors``, …), by name."""
    return tuple(_load(kind, entry) for entry in sorted(_entries(kind), key=lambda e: e.name))


def loaded(kind: str) -> Iterator[Any]:
    """The classes of a kind that load here."""
    return (plugin.target for plugin in plugins(kind) if plugin.target is not None)


def named(kind: str, name: str) -> Any:
    """The class of one plugin; ``LookupError`` says which names exist or what to install."""
    entry = next((e for e in _entries(kind) if e.name == name), None)
    if entry is None:
        known = ", ".join(sorted(e.name for e in _entries(kind)))
        raise LookupError(f"no {kind} plugin called {name!r}; there are: {known}")
    plugin = _load(kind, entry)
    if plugin.target is None:
        raise LookupError(f"{kind} plugin {name!r} cannot load: {plugin.missing}")
    return plugin.target
