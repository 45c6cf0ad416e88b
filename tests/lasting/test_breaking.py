"""A few of the moments that ``measure`` tries by the dozen."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def test_runs_that_are_broken_come_to_the_same_answer() -> None:
    command = [sys.executable, "-m", "tests.lasting.measure", "--parent", "1", "--worker", "1", "--full", "1"]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], check=False, capture_output=True, timeout=600)
    assert done.returncode == 0, done.stderr[-500:]
    counts = json.loads(done.stdout)
    assert (counts["parent"], counts["worker"]) == ("1 of 1", "1 of 1")
    assert counts["full"] in ("1 of 1", "no file system can be mounted here")
