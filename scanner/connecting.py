"""Which connector takes a target: by the scheme of its address, and the file system where it has none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scanner.config import Settings
from scanner.model import Item
from scanner.plugins import loaded, named

FILES = "filesystem"


def scheme_of(target: str) -> str:
    """The scheme of an address without its driver: ``mysql`` of ``mysql+pymysql://…``; empty for a path."""
    scheme, mark, _ = target.partition("://")
    return scheme.partition("+")[0].lower() if mark else ""


def connector_name(target: str) -> str:
    """The name of the connector that takes a target; ``LookupError`` where none does."""
    scheme = scheme_of(target)
    if not scheme:
        return FILES
    found = next((c for c in loaded("connectors") if scheme in getattr(c, "schemes", ())), None)
    if found is None:
        raise LookupError(f"no connector for {scheme}://")
    return str(found.name)


def connect(name: str, settings: Settings) -> Any:
    """A connector, told how many rows of a table it may read if it can bound them."""
    connector = named("connectors", name)()
    if hasattr(connector, "sample"):
        connector.sample = settings.sample
    return connector


class Connectors:
    """The connectors of a run, one of each kind, as long as the run lists and reads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._open: dict[str, Any] = {}

    def of(self, target: str) -> Any:
        """The connector of a target."""
        name = connector_name(target)
        if name not in self._open:
            self._open[name] = connect(name, self._settings)
        return self._open[name]

    def items(self, target: str) -> Iterator[Item]:
        """All items of a target."""
        yield from self.of(target).items(target)

    def close(self) -> None:
        """End all sessions with servers."""
        for connector in self._open.values():
            close(connector)
        self._open = {}


def close(connector: Any) -> None:
    """End the sessions of a connector that has any."""
    getattr(connector, "close", lambda: None)()
