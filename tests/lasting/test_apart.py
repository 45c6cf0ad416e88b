"""A local scan opens no network socket and writes in its run folder and in its temporary folder only."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from .breaking import volume

HOOK = """
import os, sys
_log = os.open({log!r}, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

def _told(event, args):
    if event.startswith(("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo")):
        os.write(_log, (event + "\\t" + repr(args[1:]) + "\\n").encode())
    elif event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        os.write(_log, ("open\\t" + repr(args[0]) + "\\n").encode())

sys.addaudithook(_told)
"""
STRACE = shutil.which("strace")
CALLS = "%network,open,openat,creat,mkdir,mkdirat,rename,renameat2"


@dataclass
class Seen:
    run: Path
    told: list[tuple[str, str]]
    """By audit hooks in each Python process: events and what they were about."""
    calls: list[str]
    """By strace, where it is there: system calls."""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    world = tmp_path_factory.mktemp("apart")
    target = volume(world / "volume", files=4)
    for name in ("hooks", "tmp", "home"):
        (world / name).mkdir()
    (world / "hooks" / "sitecustomize.py").write_text(HOOK.format(log=str(world / "tmp" / "log")))
    command = [
        sys.executable,
        "-m",
        "scanner.cli",
        "scan",
        str(target),
        "-o",
        str(world / "run"),
        "-q",
        "--workers",
        "1",
    ]
    watch = [
        STRACE,
        "-f",
        "-qq",
        "--seccomp-bpf",
        "-e",
        "trace=%network,open,openat,creat,mkdir,mkdirat,rename,renameat2",
    ]
    traced = _can_trace()
    if traced:
        command = [*watch, "-o", str(world / "hooks" / "calls"), *command]
    places = {"PYTHONPATH": str(world / "hooks"), "TMPDIR": str(world / "tmp"), "HOME": str(world / "home")}
    done = subprocess.run(command, env=os.environ | places, check=False, capture_output=True, timeout=300)
    assert done.returncode == 0
    log = [line.split("\t", 1) for line in (world / "tmp" / "log").read_text().splitlines()]
    calls = (world / "hooks" / "calls").read_text(errors="replace").splitlines() if traced else []
    return Seen(world / "run", [(event, about) for event, about in log], calls)


def _can_trace() -> bool:
    return (
        STRACE is not None and not subprocess.run([STRACE, "-qq", "true"], check=False, capture_output=True).returncode
    )


def allowed(seen: Seen, path: str) -> bool:
    world = seen.run.parent
    # Compiled loops and tables of the program are kept in its own folders; nothing of a volume is in them.
    own = "__pycache__" in path or path.startswith(("/dev/", "/proc/self/", "pipe:"))
    return own or Path(path).is_relative_to(world / "run") or Path(path).is_relative_to(world / "tmp")


def test_no_socket_leads_out_of_this_machine(seen: Seen) -> None:
    assert seen.told
    for event, about in seen.told:
        if event.startswith("socket."):
            # Processes of one run speak by a socket that is a file in their temporary folder.
            assert str(seen.run.parent / "tmp") in about, event
    for call in seen.calls:
        assert not re.search(r"\b(AF_INET6?|AF_PACKET|AF_NETLINK)\b", call), call.split("(")[0]


def test_nothing_is_written_elsewhere(seen: Seen) -> None:
    for event, about in seen.told:
        if event == "open" and not about.isdigit():
            assert allowed(seen, about.strip("'b")), about
    writing = re.compile(r'(?:openat?|creat)\((?:AT_FDCWD, )?"([^"]+)".*O_(?:WRONLY|RDWR|CREAT).* = \d')
    made = re.compile(r'(?:mkdir|mkdirat)\((?:AT_FDCWD, )?"([^"]+)".* = 0')
    moved = re.compile(r'rename[^(]*\(.*"([^"]+)"[^"]* = 0')
    for call in seen.calls:
        for pattern in (writing, made, moved):
            if found := pattern.search(call):
                assert allowed(seen, found[1]), found[1]
    if STRACE and seen.calls:
        assert any("findings.parquet" in call for call in seen.calls)


def test_the_answer_is_there(seen: Seen) -> None:
    assert json.loads((seen.run / "run.json").read_text())["state"] == "complete"
