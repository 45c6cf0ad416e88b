"""What a later run takes of an unchanged and of a moved tree: ``python -m tests.lasting.rescans 50000``.

Seconds are those of all processors that a run used, in all its processes: other work on the machine does not count.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

from scanner import open_run

FIRST = ("Camille", "Dominique", "Claude", "Alix", "Sacha", "Noa", "Charlie", "Lou")
LAST = ("MARTIN", "DURAND", "PETIT", "MOREAU", "LAURENT", "GARCIA", "ROUX", "FAURE")
WORDS = [
    *("le", "projet", "avance", "comme", "prévu", "et", "la", "réunion", "de", "jeudi", "est", "maintenue", "dans"),
    *("la", "grande", "salle", "du", "premier", "étage", "merci", "de", "relire", "le", "document", "avant"),
    *("la", "fin", "du", "mois", "puis", "de", "nous", "dire", "ce", "qui", "manque", "encore", "au", "dossier"),
]
SUBREAPER = 36


def plant(folder: Path, files: int) -> None:
    """Small files as a hosted site has them: letters, tables, logs, pages, programs, settings, mail, dumps."""
    kinds = (_letter, _table, _log, _json, _page, _program, _settings, _mail, _dump)
    for number in range(files):
        rng = Random(number)
        suffix, text = kinds[number % len(kinds)](rng, number)
        place = folder / f"d{number // 2000}" / f"e{number // 100 % 20}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"f{number}.{suffix}").write_text(text)


def _person(rng: Random, number: int) -> tuple[str, str, str]:
    first, last = rng.choice(FIRST), rng.choice(LAST)
    return first, last, f"{first}.{last}{number}@example.org".lower()


def _prose(rng: Random, words: int) -> str:
    return " ".join(rng.choices(WORDS, k=words))


def _letter(rng: Random, number: int) -> tuple[str, str]:
    first, last, mail = _person(rng, number)
    signed = f"{first} {last}\n{mail}\n" if number % 3 == 0 else "Le secrétariat\n"
    return "txt", f"Bonjour,\n\n{_prose(rng, 150)}.\n\n{_prose(rng, 150)}.\n\nCordialement,\n{signed}"


def _table(rng: Random, number: int) -> tuple[str, str]:
    if number % 2:
        return "csv", "ref;stock;prix\n" + "".join(f"A{rng.randrange(10**6)};{n};{n}.50\n" for n in range(80))
    rows = (_person(rng, number + line) for line in range(40))
    return "csv", "nom;prenom;mel\n" + "".join(f"{last};{first};{mail}\n" for first, last, mail in rows)


def _log(rng: Random, number: int) -> tuple[str, str]:
    line = '192.0.2.{} - - [05/Jan/2026:10:{:02}:00 +0000] "GET /page/{} HTTP/1.1" 200 {}\n'
    return "log", "".join(line.format(rng.randrange(250), n % 60, number, rng.randrange(9999)) for n in range(30))


def _json(rng: Random, number: int) -> tuple[str, str]:
    return "json", json.dumps([{"id": number + n, "titre": _prose(rng, 5), "prix": n} for n in range(25)])


def _page(rng: Random, number: int) -> tuple[str, str]:
    body = "".join(f"<p>{_prose(rng, 40)}</p>\n" for _ in range(8))
    return "html", f"<html><head><title>Page {number}</title></head><body>{body}</body></html>"


def _program(rng: Random, number: int) -> tuple[str, str]:
    line = "    $valeur{} = calculer($valeur{}, {});\n"
    return "php", f"<?php\nfunction f{number}() {{\n" + "".join(
        line.format(n, n, rng.random()) for n in range(50)
    ) + "}\n"


def _settings(rng: Random, number: int) -> tuple[str, str]:
    return "ini", f"[site{number}]\n" + "".join(f"cle{n} = {rng.randrange(10**9)}\n" for n in range(40))


def _mail(rng: Random, number: int) -> tuple[str, str]:
    first, last, mail = _person(rng, number)
    head = f"From: {first} {last} <{mail}>\nTo: contact@example.org\nSubject: {_prose(rng, 4)}\nMIME-Version: 1.0\n"
    return "eml", f"{head}Content-Type: text/plain; charset=utf-8\n\n{_prose(rng, 200)}\n"


def _dump(rng: Random, number: int) -> tuple[str, str]:
    rows = ",\n".join(f"({n},'{_prose(rng, 4)}',{rng.randrange(1000)})" for n in range(30))
    return "sql", f"CREATE TABLE t{number} (id INT, libelle TEXT, stock INT);\nINSERT INTO t{number} VALUES {rows};\n"


def run(target: Path, folder: Path, *options: str) -> dict[str, Any]:
    """Seconds of processors and of the clock of one scan, and the most memory of its first process, in MB."""
    before, started = _used(), time.monotonic()
    command = [sys.executable, "-m", "scanner.cli", "scan", str(target), "-o", str(folder), "-q", *options]
    with subprocess.Popen(command) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    clock = time.monotonic() - started
    try:
        while True:  # those that its end left alone: they are ours now
            os.waitpid(-1, 0)
    except ChildProcessError:
        pass
    return {"cpu": round(_used() - before, 2), "clock": round(clock, 1), "peak_mb": used.ru_maxrss >> 10}


def _used() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def findings(folder: Path) -> Counter[str]:
    """What was found, wherever it lies."""
    rows = open_run(folder).findings_table().to_pylist()
    return Counter(repr({**row, "path": row["path"].rpartition("/")[2]}) for row in rows)


def main() -> None:
    """Plant, scan, scan again, move, scan again."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("files", type=int, nargs="?", default=50_000)
    options.add_argument("--ner", default="off")
    asked = options.parse_args()
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        plant(work / "volume" / "avant", asked.files)
        common = ("--ner", asked.ner)
        run(work / "volume" / "avant" / "d0" / "e0", work / "warm", *common)
        figures: dict[str, Any] = {"files": asked.files, "first": run(work / "volume", work / "first", *common)}
        figures["unchanged"] = run(work / "volume", work / "same", *common, "--since", str(work / "first"))
        (work / "volume" / "avant").rename(work / "volume" / "apres")
        figures["moved"] = run(work / "volume", work / "moved", *common, "--since", str(work / "first"))
        for kind in ("unchanged", "moved"):
            figures[kind]["times"] = round(figures["first"]["cpu"] / figures[kind]["cpu"], 1)
        expected = findings(work / "first")
        assert findings(work / "same") == findings(work / "moved") == expected
        assert sum(expected.values()) > 0
        assert open_run(work / "same").meta["since"]["items"]["unchanged"] == asked.files
        assert open_run(work / "moved").meta["since"]["items"]["moved"] == asked.files
        shutil.rmtree(work / "volume")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
