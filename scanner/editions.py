"""The inventory as it may be given to the client: the same answer, with telling parts of paths hidden."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scanner.redaction import redacted

PATHS = ("path", "before", "folder")
LISTS = ("first", "targets")


def edition(inventory: Mapping[str, Any], name: str) -> dict[str, Any]:
    """``operator`` sees paths as they are, ``client`` without what names or numbers somebody."""
    if name != "client":
        return dict(inventory)
    columns = inventory["findings"]["columns"]
    at = columns.index("path")
    rows = [[redacted(v) if k == at else v for k, v in enumerate(row)] for row in inventory["findings"]["rows"]]
    told = {key: _told(value) for key, value in inventory.items() if key not in ("findings", "labels", "verdicts")}
    told["findings"] = {**inventory["findings"], "rows": rows}
    told["header"]["edition"] = "client"
    return {**told, "labels": inventory["labels"], "verdicts": inventory["verdicts"]}


def _told(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _path(key, inner) for key, inner in value.items()}
    return [_told(one) for one in value] if isinstance(value, list) else value


def _path(key: str, value: Any) -> Any:
    if key in PATHS and isinstance(value, str):
        return redacted(value)
    if isinstance(value, list) and value and isinstance(value[0], str):
        # Rows about what was not read keep paths where others keep places inside a file.
        return [redacted(one) for one in value] if key in LISTS or (key == "places" and "/" in value[0]) else value
    return _told(value)
