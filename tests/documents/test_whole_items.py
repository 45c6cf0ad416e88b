"""Mail, lists of contacts and documents, by a real scan of a small volume."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from scanner import open_run

SLIP = """BULLETIN DE PAIE  Période du 01/03/2026 au 31/03/2026
Mme Ysaline COURTEPAILLE  Emploi occupé : vendeuse
Salaire de base 2 104,00  CSG déductible 12,00  NET À PAYER 1 655,12
"""
LETTER = """From: ysaline.courtepaille@example.org
To: rh@example.org
Subject: Bonjour
Date: Mon, 02 Mar 2026 10:00:00 +0100

A demain.
"""
NAMES = [
    "COURTEPAILLE Ysaline",
    "TRILLAUD Barnabé",
    "PÉRIGOT Solange",
    "LEMOINE Claire",
    "GIRARD Bruno",
    "MARCHAND Odile",
]


def found_in(target: Path, run: Path) -> set[tuple[str, str, int]]:
    command = [
        sys.executable,
        "-m",
        "scanner.cli",
        "scan",
        str(target),
        "-o",
        str(run),
        "--ner",
        "off",
        "--workers",
        "1",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    rows = open_run(run).findings_table().to_pylist()
    whole = [row for row in rows if row["recognizer"] in {"mail", "contacts", "documents"}]
    return {(row["path"], row["entity_type"], row["count"]) for row in whole}


def test_whole_items(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    volume.mkdir()
    message = f"From a@example.org Mon Mar  2 10:00:00 2026\n{LETTER}\n"
    rows = ["nom;courriel", *(f"{name};client{at}@example.org" for at, name in enumerate(NAMES))]
    files = {
        "mars.txt": SLIP,
        "lettre.eml": LETTER,
        "boite.mbox": message * 3,
        "clients.csv": "\n".join(rows),
        "deux.csv": "\n".join(rows[:4]),
    }
    for name, text in files.items():
        (volume / name).write_text(text, encoding="utf-8")
    assert found_in(volume, tmp_path / "run") == {
        ("mars.txt", "PAYSLIP", 1),
        ("lettre.eml", "MAILBOX", 1),
        ("boite.mbox", "MAILBOX", 3),
        ("clients.csv", "CONTACT_LIST", 1),
    }
