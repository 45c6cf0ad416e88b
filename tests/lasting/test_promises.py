"""The page on security names tests that exist, and every library that ships with the licence it declares."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import metadata
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def test_every_promise_has_a_test_that_exists() -> None:
    promises = PAGE.partition("## Promises")[2].partition("## The key")[0]
    rows = [line for line in promises.splitlines() if line.startswith("| ") and "proved by" not in line]
    assert len(rows) > 10
    for row in rows:
        named = re.findall(r"`(tests/[\w/.]+)`", row)
        assert named, row[:60]
        assert all((ROOT / name).exists() for name in named), row[:60]


def test_every_library_is_listed_with_its_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    listed = dict(re.findall(r"^\| ([\w-]+) \| (.+) \|$", PAGE.partition("## Dependencies")[2], re.MULTILINE))
    for one in project["dependencies"]:
        name = re.split(r"[<>=\[;]", one)[0]
        family = listed[name].partition("-")[0].split()[0]
        about = metadata(name)
        said = " ".join(
            [about.get("License-Expression") or "", about.get("License") or "", *about.get_all("Classifier", [])]
        )
        known = {"Apache": "Apache", "0BSD": "0BSD", "PSF": "PSF"}.get(family, family)
        assert known in said, name
