"""Names and kinds of entries that a file system allows and programs rarely expect."""

from __future__ import annotations

import os
import socket
from pathlib import Path

NAMES = [
    "retour\nligne.txt",
    "tab\tet\rretour.txt",
    "\x1b[31mrouge\x1b[0m\x07.txt",
    "\u202etxt.exe",
    "zéro\u200blargeur.txt",
    "guillemet\"et'apostrophe`.txt",
    "<script>alert(1)<script>.txt",
    "<img src=x onerror=alert(1)>.html",
    "=cmd|' !C calc'!A1.txt",
    "+1.csv",
    "@x.txt",
    "-rf",
    "--help",
    "$(touch x);`touch y`.txt",
    "{{ 7*7 }}{% raw %}.txt",
    "%s%n%x.txt",
    " debut et fin ",
    "point.",
    "a!b.zip!c.txt",
    "CON",
    "e\u0301-decompose.txt",
    "\U0001f4a9" * 60 + ".txt",
    "n" * 246 + ".txt",
    "\\xe9.txt",
    "..suite",
    "[bold]balise[bold].txt",
]
"""Each is the name of a small text file."""
BYTES = [b"caf\xe9.txt", b"\xff\xfe\xff", b"\xed\xa0\x80.txt"]
DEEP = 60
PATH_MAX_LEVELS = 25


def plant(folder: Path) -> None:
    """Write them all; beyond what one path can say, by changing folder."""
    for name in [*map(os.fsencode, NAMES), *BYTES]:
        (folder / os.fsdecode(name)).write_text("une note sans personne\n")
    deep = folder / "/".join(["d"] * DEEP)
    deep.mkdir(parents=True)
    (deep / "fond.txt").write_text("au fond\n")
    (folder / "dossier\navec ligne").mkdir()
    (folder / "dossier\navec ligne" / "x").write_text("x\n")
    _beyond_path_max(folder)
    os.mkfifo(folder / "tube")
    with socket.socket(socket.AF_UNIX) as server:
        _bind(server, folder)
    (folder / "boucle").symlink_to(folder)
    (folder / "soi").symlink_to("soi")
    (folder / "dehors").symlink_to("/etc/passwd")
    (folder / "dossier-dehors").symlink_to("/etc")
    (folder / "pendant").symlink_to("nulle-part")
    (folder / "lointain.txt").write_text("daté de loin\n")
    os.utime(folder / "lointain.txt", (13_000_000_000, 13_000_000_000))
    os.utime(folder / "tube", (-5_000_000_000, -5_000_000_000))
    if os.geteuid() != 0:
        (folder / "ferme.txt").write_text("x")
        (folder / "ferme.txt").chmod(0)


def _bind(server: socket.socket, folder: Path) -> None:
    here = os.open(".", os.O_RDONLY)
    try:
        os.chdir(folder)
        server.bind("prise")
    finally:
        os.fchdir(here)
        os.close(here)


def _beyond_path_max(folder: Path) -> None:
    """Folders nested until their path is longer than the system opens."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        for _ in range(PATH_MAX_LEVELS):
            os.mkdir("p" * 200, dir_fd=handle)
            inner = os.open("p" * 200, os.O_RDONLY, dir_fd=handle)
            os.close(handle)
            handle = inner
        file = os.open("fond.txt", os.O_WRONLY | os.O_CREAT, 0o600, dir_fd=handle)
        os.write(file, b"hors de portee\n")
        os.close(file)
    finally:
        os.close(handle)
