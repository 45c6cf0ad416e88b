from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from . import formats, hostile
from .search import Search, written
from .values import Record, canaries, records


@dataclass(frozen=True)
class Ran:
    """One scan of the planted volume, in a world of its own."""

    world: Path
    must_hold: list[str]
    before: str
    done: subprocess.CompletedProcess[bytes] = field(repr=False)

    @property
    def run(self) -> Path:
        return self.world / "run"


def command(world: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The command line with home, cache, temporary and working folders that hold nothing yet."""
    places = {name: world / name for name in ("home", "tmp", "cache", "cwd")}
    for place in places.values():
        place.mkdir(exist_ok=True)
    environment = os.environ | {
        "HOME": str(places["home"]),
        "USERPROFILE": str(places["home"]),
        "XDG_CACHE_HOME": str(places["cache"]),
        "XDG_CONFIG_HOME": str(places["cache"]),
        "TMPDIR": str(places["tmp"]),
    }
    return subprocess.run(
        [sys.executable, "-m", "scanner.cli", *arguments],
        cwd=places["cwd"],
        env=environment,
        capture_output=True,
        check=False,
        timeout=600,
    )


def fingerprint(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in files)).hexdigest()


@pytest.fixture(scope="module")
def people() -> list[Record]:
    return records()


@pytest.fixture(scope="module")
def search(people: list[Record]) -> Search:
    return Search(canaries(people))


@pytest.fixture(scope="module")
def ran(people: list[Record], tmp_path_factory: pytest.TempPathFactory) -> Ran:
    world = tmp_path_factory.mktemp("canary")
    volume = world / "volume"
    volume.mkdir()
    supply: Iterator[Record] = iter(people)
    must_hold = formats.plant(volume, lambda count: [next(supply) for _ in range(count)])
    # Hostile files take what is left, and start again when it runs out: a value may be in two places.
    left = list(supply)
    around = iter(left * 20)
    hostile.plant(volume, lambda: next(around))
    before = fingerprint(volume)
    done = command(world, "scan", str(volume), "-o", str(world / "run"))
    return Ran(world, must_hold, before, done)


def test_there_are_two_thousand_distinct_values(people: list[Record]) -> None:
    values = {one.value for one in canaries(people)}
    assert len(values) == 2000


def test_the_search_finds_what_is_there(people: list[Record], search: Search) -> None:
    """The search itself is tested, or a silent one would pass everything."""
    for one in canaries(people)[::37]:
        bare = "".join(sign for sign in one.value if sign.isalnum())
        digest = hashlib.sha1(bare.encode()).hexdigest().upper()
        for text in (one.value, bare, one.value.upper(), digest, json.dumps([one.value])):
            assert (one.index, one.kind) in search.leaks(f"x:{text} ;".encode())


def test_the_scan_runs_and_finds(ran: Ran) -> None:
    # The output is not shown: it is what is under suspicion.
    assert ran.done.returncode == 0
    paths = set(pq.read_table(ran.run / "findings.parquet").column("path").to_pylist())
    assert [name for name in ran.must_hold if not any(path.split("!")[0] == name for path in paths)] == []


def test_no_planted_value_is_in_anything_written(ran: Ran, search: Search) -> None:
    leaks = {("stdout", *leak) for leak in search.leaks(ran.done.stdout)}
    leaks |= {("stderr", *leak) for leak in search.leaks(ran.done.stderr)}
    for place in ("run", "home", "tmp", "cache", "cwd"):
        for name, data in written(ran.world / place):
            leaks |= {(f"{place}/{name}", *leak) for leak in search.leaks(data)}
    assert sorted(leaks) == []


def test_the_volume_is_untouched(ran: Ran) -> None:
    assert fingerprint(ran.world / "volume") == ran.before


@pytest.mark.parametrize("form", ["html", "json", "xlsx"])
def test_reports_made_again_hold_no_value(ran: Ran, search: Search, tmp_path: Path, form: str) -> None:
    target = tmp_path / f"again.{form}"
    done = command(ran.world, "report", str(ran.run), "--format", form, "-o", str(target))
    assert done.returncode == 0
    leaks = search.leaks(done.stdout) | search.leaks(done.stderr)
    for _, data in written(tmp_path):
        leaks |= search.leaks(data)
    assert sorted(leaks) == []


def test_analyze_gives_offsets_only(people: list[Record], search: Search, tmp_path: Path) -> None:
    lines = [json.dumps({"id": rank, "text": formats.sentence(one)}) for rank, one in enumerate(people[:25])]
    texts = tmp_path / "texts.jsonl"
    texts.write_text("\n".join(lines) + "\n", "utf-8")
    done = command(tmp_path, "analyze", str(texts))
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 25
    assert sorted(search.leaks(done.stdout) | search.leaks(done.stderr)) == []


@pytest.mark.parametrize("line", ['{{"id": 1, "text": "{0}"', '{{"id": 1, "texte": "{0}"}}', "{0}", '["{0}"]'])
def test_complaints_about_input_do_not_quote_it(
    people: list[Record], search: Search, tmp_path: Path, line: str
) -> None:
    texts = tmp_path / "texts.jsonl"
    texts.write_text(line.format(formats.sentence(people[0]).strip()) + "\n", "utf-8")
    done = command(tmp_path, "analyze", str(texts))
    assert done.returncode != 0
    assert sorted(search.leaks(done.stdout) | search.leaks(done.stderr)) == []
