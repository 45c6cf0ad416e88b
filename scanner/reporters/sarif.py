"""What calls for an action as SARIF 2.1.0, for pipelines that show findings beside files: ``inventory.sarif``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

from scanner.reporters.language import named
from scanner.reporters.private import private

_LEVELS = {"REFUSER_PROPOSE": "error", "SECURISER": "error", "DEMANDER_AU_CLIENT": "warning"}


class SarifReporter:
    """One result for each decision that is not to accept; places are paths, never values."""

    name: ClassVar[str] = "sarif"
    suffix: ClassVar[str] = ".sarif"

    def write(self, inventory: Mapping[str, Any], path: Path, lang: str) -> None:
        """One run, its rules and its results."""
        rules: dict[str, dict[str, Any]] = {}
        results = list(_results(inventory, lang, rules))
        head = inventory["header"]
        run = {
            "tool": {"driver": {"name": "recense", "version": head["version"], "rules": list(rules.values())}},
            "invocations": [{"executionSuccessful": head["state"] == "complete", "endTimeUtc": head["ended"]}],
            "properties": {"total": inventory["decisions"]["total"]},
            "results": results,
        }
        document = {
            "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
            "version": "2.1.0",
            "runs": [run],
        }
        with private(path) as out:
            out.write((json.dumps(document, ensure_ascii=True, indent=1) + "\n").encode())


def _results(inventory: Mapping[str, Any], lang: str, rules: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for row in inventory["decisions"]["rows"]:
        if row["outcome"] not in _LEVELS or not row["path"]:
            continue
        verdict = inventory["verdicts"][row["verdict"]]
        identity = f"recense/{verdict['rule']}/{row['entity_type']}"
        about = named(inventory, row["entity_type"], lang)
        rules.setdefault(identity, {"id": identity, "name": row["entity_type"], "shortDescription": {"text": about}})
        yield {
            "ruleId": identity,
            "level": _LEVELS[row["outcome"]],
            "message": {"text": f"{about} : {verdict['reason'][lang]}"},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": quote(row["path"])}}}],
            "properties": {"level": row["level"], "count": row["count"], "outcome": row["outcome"]},
        }
