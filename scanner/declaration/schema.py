"""The JSON Schema of declarations, so that editors and other programs check them before we do."""

from __future__ import annotations

from typing import Any

from scanner.declaration import Declaration

_OURS = ("source", "digest")


def schema() -> dict[str, Any]:
    """What a declaration may hold; what no schema can say (places, dates in order) is left to ``declaration check``."""
    found = Declaration.model_json_schema(by_alias=True, mode="validation")
    for name in _OURS:
        found["properties"].pop(name)
    # A mistake of the reader otherwise, which has another way to say it.
    found["required"] = sorted({*found.get("required", ()), "client"})
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}
