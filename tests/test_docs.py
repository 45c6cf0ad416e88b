"""The documentation says what the code has: a command, an option or a plugin that it forgets fails here."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

import pytest

from scanner.catalogue import format_table
from scanner.cli import cli
from scanner.model import Evidence

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
OBVIOUS = {"--help", "--output", "--format", "--declaration"}


@pytest.mark.parametrize("command", sorted(cli.list_commands(None)))  # type: ignore[arg-type]
def test_every_command_is_in_the_readme(command: str) -> None:
    assert command in README


@pytest.mark.parametrize(
    "option", sorted({o for p in cli.commands["scan"].params for o in p.opts if o.startswith("--")})
)
def test_every_option_of_scan_is_in_the_readme(option: str) -> None:
    assert option in README or option in OBVIOUS


@pytest.mark.parametrize("name", sorted(cli.list_commands(None)))
def test_every_command_explains_itself(name: str) -> None:
    command = cli.get_command(None, name)
    assert command.help
    assert command.name in {"rules", "formats", "connectors", "doctor"} or "Example" in command.help


@pytest.mark.parametrize(
    "entry", sorted(entry_points(group="recense.readers"), key=lambda e: e.name), ids=lambda e: e.name
)
def test_every_reader_has_tests(entry: object) -> None:
    name = entry.value.partition(":")[2]  # type: ignore[attr-defined]
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "readers").rglob("*.py"))
    assert name in tests


def test_the_table_of_formats_is_what_the_readers_say() -> None:
    """``recense formats --markdown`` writes it."""
    table = README.partition("<!-- formats: begin -->\n")[2].partition("<!-- formats: end -->")[0]
    assert table.rstrip("\n").split("\n") == format_table()


def test_the_project_speaks_of_itself_alone() -> None:
    """No path of a machine and no address of a registry in what is published."""
    found = []
    for path in [
        *ROOT.glob("*.md"),
        *ROOT.glob("scanner/**/*.py"),
        *ROOT.glob("recognizers/**/*.*"),
        *ROOT.glob("rules/**/*.yaml"),
    ]:
        if "__pycache__" in path.parts:
            continue  # compiled here, published nowhere
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [str(path) for word in ("pypi.org", "/Users/", "/tmp/") if word in text]
    assert found == []


@pytest.mark.parametrize("code", [code.value for code in Evidence])
def test_every_code_of_evidence_is_in_the_readme(code: str) -> None:
    assert f"`{code}`" in README
