"""The example plugin, once it is installed, lists and scans."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[1] / "plugin_example"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the example lies as an installer leaves it, without asking an index for a build tool."""
    folder = tmp_path_factory.mktemp("site")
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    shutil.copy(EXAMPLE / "recense_notes.py", folder)
    info = folder / "recense_notes-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: 1.0\n", encoding="utf-8")
    lines = [
        f"[{group}]\n" + "\n".join(f"{name} = {target}" for name, target in entries.items())
        for group, entries in project["entry-points"].items()
    ]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_is_short() -> None:
    assert len((EXAMPLE / "recense_notes.py").read_text(encoding="utf-8").splitlines()) < 60


def test_lists_and_scans(site: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes.json"
    notes.write_text(json.dumps({"rappel": "Écrire à lea.martin@example.org"}), encoding="utf-8")
    code = (
        "import sys; from scanner.cli import cli\n"
        "cli.main(['connectors'], standalone_mode=False)\n"
        f"cli.main(['scan', 'notes://{notes}', '-o', '{tmp_path / 'run'}', '-q'], standalone_mode=False)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": f"{site}", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-300:]
    assert "notes:///srv/notes.json" in done.stdout
    inventory = json.loads((tmp_path / "run" / "inventory.json").read_text(encoding="utf-8"))
    assert "rappel.txt" in json.dumps(inventory)
