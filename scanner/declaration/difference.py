"""What changed between two declarations, key by key; lines of a list are known by what they are about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scanner.declaration import Declaration

_OURS = ("source", "digest")


def differences(old: Declaration, new: Declaration) -> list[tuple[str, str, str, str]]:
    """Sign (``+``, ``-`` or ``~``), key, what it was, what it is; in the order of the keys."""
    before, after = (dict(_flat(_said(one))) for one in (old, new))
    found = []
    for key in sorted({*before, *after}):
        was, now = before.get(key), after.get(key)
        if was != now:
            sign = "+" if was is None else "-" if now is None else "~"
            found.append((sign, key, was or "", now or ""))
    return found


def _said(declaration: Declaration) -> dict[str, Any]:
    data = declaration.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {key: value for key, value in data.items() if key not in _OURS}


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        if not value:
            yield path, "[]"
        yield from _items(value, path)
    elif value is not None:
        yield path, "oui" if value is True else "non" if value is False else str(value)


def _items(values: Sequence[Any], path: str) -> Iterator[tuple[str, str]]:
    """Plain values as one sorted list; others one by one, named by their identity, so that order does not count."""
    if all(not isinstance(one, Mapping) for one in values):
        yield path, ", ".join(sorted(map(str, values)))
        return
    seen: dict[str, int] = {}
    for one in values:
        name = _identity(one)
        seen[name] = seen.get(name, 0) + 1
        yield from _flat(one, f"{path}[{name}]" if seen[name] == 1 else f"{path}[{name} #{seen[name]}]")


def _identity(entry: Mapping[str, Any]) -> str:
    for key in ("ref", "regime", "emplacement", "type"):
        if entry.get(key):
            return str(entry[key])
    types = entry.get("types") or ()
    return f"{entry.get('code', '?')} {','.join(sorted(types))}".strip()
