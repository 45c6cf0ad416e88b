from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

CASES: list[dict[str, Any]] = [
    case
    for path in sorted((Path(__file__).parent / "cases").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text("utf-8"))
]
SURE = {"PROBABLE", "CERTAIN"}


@pytest.fixture(scope="session")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What the command line says of all texts, asked once."""
    texts = tmp_path_factory.mktemp("lookalikes") / "texts.jsonl"
    lines = [json.dumps({"id": case["id"], "text": case["text"]}) for case in CASES]
    texts.write_text("\n".join(lines) + "\n", "utf-8")
    command = [sys.executable, "-m", "scanner.cli", "analyze", str(texts)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return {answer["id"]: answer for answer in map(json.loads, done.stdout.splitlines())}


def test_cases_are_many_and_say_why() -> None:
    assert len(CASES) >= 60
    assert len({case["id"] for case in CASES}) == len(CASES)
    assert all(set(case) <= {"id", "why", "text", "allow"} and case["why"] and case["text"] for case in CASES)
    assert all(reason for case in CASES for reason in case.get("allow", {}).values())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_nothing_personal_is_found(answers: dict[str, dict[str, Any]], case: dict[str, Any]) -> None:
    answer, allowed = answers[case["id"]], set(case.get("allow", ()))
    spans = [span for span in answer["spans"] if span["level"] in SURE and span["entity_type"] not in allowed]
    assert [(span["entity_type"], case["text"][span["start"] : span["end"]]) for span in spans] == []
    assert {regime for regime, level in answer["regimes"].items() if level != "INDICE"} == set()
