from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from hostile.running import Watched, descendants

from scanner.cli import cli

from . import formats, hostile
from .search import Search, written
from .values import Record, canaries, records


@dataclass(frozen=True)
class Ran:
    """One scan of the planted volume, in a world of its own."""

    world: Path
    must_hold: list[str]
    before: str
    titles: bytes = field(repr=False)
    """Command lines of its processes, and whether each may write a core file."""
    broken: Path
    """What was there when a worker and then the scan itself had been killed."""
    done: subprocess.CompletedProcess[bytes] = field(repr=False)

    @property
    def run(self) -> Path:
        return self.world / "run"


def command(world: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The command line with home, cache, temporary and working folders that hold nothing yet."""
    return subprocess.run(
        [sys.executable, "-m", "scanner.cli", *arguments],
        env=environment(world),
        cwd=world / "cwd",
        capture_output=True,
        check=False,
        timeout=600,
    )


def environment(world: Path) -> dict[str, str]:
    places = {name: world / name for name in ("home", "tmp", "cache", "cwd")}
    for place in places.values():
        place.mkdir(exist_ok=True)
    return os.environ | {
        "HOME": str(places["home"]),
        "USERPROFILE": str(places["home"]),
        "XDG_CACHE_HOME": str(places["cache"]),
        "XDG_CONFIG_HOME": str(places["cache"]),
        "TMPDIR": str(places["tmp"]),
    }


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
    must_hold += rest(volume, left)
    before = fingerprint(volume)
    titles = killed(world, volume)
    shutil.copytree(world / "run", world / "broken")
    done = command(world, "scan", str(volume), "-o", str(world / "run"), "--resume")
    return Ran(world, must_hold, before, titles, world / "broken", done)


def rest(volume: Path, people: list[Record]) -> list[str]:
    """Everybody else: in so many letters that they make a second batch, and all in one table."""
    (volume / "lettres").mkdir()
    for rank in range(0, len(people), 3):
        text = "".join(map(formats.sentence, people[rank : rank + 3]))
        (volume / "lettres" / f"{rank}.txt").write_text(text, "utf-8")
    (volume / "reste.csv").write_text(formats.delimited(people), "utf-8")
    return ["reste.csv"]


def killed(world: Path, volume: Path) -> bytes:
    """Begin the scan, kill a worker, then the scan; what its processes called themselves meanwhile."""
    seen: dict[int, bytes] = {}
    places = environment(world)
    with (
        (world / "cwd" / "stderr").open("wb") as said,
        subprocess.Popen(
            [sys.executable, "-m", "scanner.cli", "scan", str(volume), "-o", str(world / "run")],
            cwd=world,
            env=places,
            stdout=subprocess.DEVNULL,
            stderr=said,
        ) as scan,
    ):
        watched, dead = Watched(scan.pid, world / "run"), False
        while scan.poll() is None and watched.seconds < 300 and not watched.batches:
            for pid in descendants(scan.pid):
                seen[pid] = called(pid) or seen.get(pid, b"")
            if not dead and watched.workers():
                os.kill(watched.workers()[0], signal.SIGKILL)
                dead = True
            time.sleep(0.05)
        scan.kill()
    return b"\n".join(seen.values())


def called(pid: int) -> bytes:
    try:
        limits = Path(f"/proc/{pid}/limits").read_bytes()
        core = next(line for line in limits.splitlines() if line.startswith(b"Max core"))
        return b" ".join([*(Path(f"/proc/{pid}/{name}").read_bytes().strip() for name in ("cmdline", "comm")), core])
    except (OSError, StopIteration):
        return b""


def test_there_are_ten_thousand_distinct_values(people: list[Record]) -> None:
    values = {one.value for one in canaries(people)}
    assert len(values) == 10_000


def test_the_search_finds_what_is_there(people: list[Record], search: Search) -> None:
    """The search itself is tested, or a silent one would pass everything."""
    for one in canaries(people)[::187]:
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
    for place in ("run", "broken", "home", "tmp", "cache", "cwd"):
        for name, data in written(ran.world / place):
            leaks |= {(f"{place}/{name}", *leak) for leak in search.leaks(data)}
    assert sorted(leaks) == []


def test_processes_carry_no_value_and_workers_leave_no_core(ran: Ran, search: Search) -> None:
    assert b"forkserver" in ran.titles
    assert sorted(search.leaks(ran.titles)) == []
    for line in ran.titles.splitlines():
        if b"forkserver" in line:
            assert line.split()[-3:-1] == [b"0", b"0"]


def test_what_a_killed_run_leaves_is_there_to_be_searched(ran: Ran) -> None:
    assert json.loads((ran.broken / "run.json").read_text())["state"] == "running"
    assert list((ran.broken / "parts").iterdir())


def test_the_volume_is_untouched(ran: Ran) -> None:
    assert fingerprint(ran.world / "volume") == ran.before


@pytest.mark.parametrize("form", ["html", "json", "xlsx"])
def test_reports_made_again_hold_no_value(ran: Ran, search: Search, tmp_path: Path, form: str) -> None:
    target = tmp_path / f"again.{form}"
    done = CliRunner().invoke(cli, ["report", str(ran.run), "--format", form, "-o", str(target)])
    assert done.exit_code == 0
    leaks = search.leaks(done.output.encode())
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
    done = CliRunner().invoke(cli, ["analyze", str(texts)])
    assert done.exit_code != 0
    assert isinstance(done.exception, SystemExit)  # any other would end in a traceback
    assert sorted(search.leaks(done.output.encode())) == []
