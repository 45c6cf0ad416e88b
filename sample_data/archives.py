"""Archives in archives, one under a password, one cut short."""

from __future__ import annotations

from datetime import datetime
from random import Random

from packing import archive, compress, locked, table, tarball
from people import Person, customers, invent
from web import access_log


def files() -> dict[str, bytes]:
    rng = Random("vauquelin:archives")
    old = [invent(rng, f"A{rank:05d}") for rank in range(1, 91)]
    inner = archive({"clients_2019.csv": _clients(old), "LISEZMOI.txt": README})
    ledger = _clients(customers())
    return {
        "archives/sauvegarde.zip": archive({"anciens.zip": inner, "LISEZMOI.txt": README}),
        "archives/export.tar.gz": tarball({"export/prospects.csv": _prospects(old[:40]), "export/notice.txt": README}),
        "archives/logs.gz": compress(access_log(rng, datetime(2025, 3, 3, 6, 25, 1), 400)),
        "archives/coffre.zip": locked("coffre/clients.csv", ledger, b"bocage"),
        "archives/transfert_interrompu.csv.gz": _cut(compress(ledger)),
    }


README = b"Sauvegarde du serveur de fichiers. Ne pas modifier. Conservation : dix ans.\n"


def _cut(data: bytes) -> bytes:
    """A transfer that stopped before its end."""
    return data[: len(data) * 2 // 3]


def _clients(people: list[Person]) -> bytes:
    rows: list[list[object]] = [["nom", "prenom", "date_naissance", "email", "telephone", "adresse", "iban"]]
    for one in people:
        birth = f"{one.born:%d/%m/%Y}"
        rows.append([one.last, one.first, birth, one.mail, one.mobile, one.address, one.iban])
    return table(rows, ";", "cp1252")


def _prospects(people: list[Person]) -> bytes:
    rows: list[list[object]] = [["nom", "prenom", "email", "code_postal", "ville", "dernier_contact"]]
    rows += [[one.last, one.first, one.mail, one.postcode, one.town, "2021-06-14"] for one in people]
    return table(rows, ",", "utf-8", "\n")
