"""Values where parsers complain: names of columns, sheets and tables, and files that break around a value."""

from __future__ import annotations

import gzip
import io
import json
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import py7zr

from .formats import HEAD, base, columnar, delimited, document, dump, letter, rows, sentence, workbook, zipped
from .values import KINDS, Record

Next = Callable[[], Record]


def plant(folder: Path, one: Next) -> None:
    """Write every hostile file into the folder; each takes people of its own."""
    for make in (_tables, _structured, _mail, _cut, _archives, _pages):
        for name, data in make(one).items():
            (folder / name).write_bytes(data)
    people = [one(), one()]
    base(folder / "noms.db", people[:1], people[1]["email"], list(people[1].values()))
    data = (folder / "noms.db").read_bytes()
    (folder / "abime.db").write_bytes(data[: len(data) // 2] + b"\xff" * 512)


def _tables(one: Next) -> dict[str, bytes]:
    head, named = one(), one()
    ragged = delimited([one()]) + '"' + ";".join(one().values()) + "\n" + one()["email"] + ";" * 40 + "\n"
    sheet = named["name"][:31]
    return {
        "sans_entete.csv": ("\n".join(";".join(row) for row in rows([head, one()])) + "\n").encode(),
        "guillemets.csv": ragged.encode(),
        "octets.csv": delimited([one()]).encode() + b"\x00\xff\xfe" + one()["iban"].encode() + b"\x00\n",
        "feuilles.xlsx": workbook({sheet: [list(head.values()), *rows([one()])], named["phone"]: rows([named])}),
        "tables.sql": dump([one()], table=one()["email"]).encode(),
        "colonnes.parquet": columnar([one()], names=list(one().values())),
        "casse.sql": f"INSERT INTO clients VALUES ('{one()['name']}, '{one()['nir']}\nSELEC {one()['iban']};".encode(),
    }


def _structured(one: Next) -> dict[str, bytes]:
    keys, entity = one(), one()
    return {
        "cles.json": json.dumps({keys[kind]: {keys["password"]: 1} for kind in KINDS}).encode(),
        "casse.json": ('{"clients": [{"nom": "' + one()["name"] + '", "iban": ' + one()["iban"] + "}").encode(),
        "lignes.jsonl": (json.dumps(one()) + "\n{" + one()["email"] + "\n" + json.dumps(one()) + "\n").encode(),
        "casse.yaml": f"nom: '{one()['name']}\n\tnir: {one()['nir']}\n  - : : {one()['password']}\n".encode(),
        "etiquette.yaml": f"client: !<{one()['email']}> &{one()['key']} [*{one()['key']}]\n".encode(),
        "casse.xml": f"<c><nom>{one()['name']}</prenom><{one()['key']}>&{entity['key']};{entity['nir']}".encode(),
        "reglages.ini": f"[section\nmdp={one()['password']}\n={one()['key']}\n[{one()['email']}]\n".encode(),
        "reglages.toml": f'mdp = "{one()["password"]}\n[{one()["email"]}\nx = {one()["birth"]}\n'.encode(),
        "fiche.vcf": f"BEGIN:VCARD\nFN:{one()['name']}\nTEL{one()['phone']}\nBDAY;X={one()['birth']}:\n".encode(),
    }


def _mail(one: Next) -> dict[str, bytes]:
    subject, sender, named = one(), one(), one()
    broken = (
        f'From: "{one()["name"]}\nTo: <{one()["email"]}\nSubject: =?{named["key"]}?q?{named["name"]}?=\n'
        f'Content-Type: text/plain; charset="{named["password"]}"\nContent-Transfer-Encoding: {named["email"]}\n\n'
        f"{sentence(one())}"
    )
    bound = one()["key"]
    cut = (
        f'From: x@courriel.example.org\nContent-Type: multipart/mixed; boundary="{bound}"\n\n--{bound}\n'
        f"Content-Type: application/{named['key']}\nContent-Transfer-Encoding: base64\n\n%%%{sentence(one())}"
    )
    title = f"{subject['name']} {subject['nir']} {subject['iban']}"
    return {
        "sujet.eml": letter(title, sentence(subject), f"{sender['name']} <{sender['email']}>"),
        "casse.eml": broken.encode(),
        "bornes.eml": cut.encode(),
        "boite.mbox": f"From {one()['email']} jamais\nFrom: {one()['email']}\n\n{sentence(one())}\nFrom \n\n".encode(),
    }


def _cut(one: Next) -> dict[str, bytes]:
    text = "".join(sentence(one()) for _ in range(2)).encode()
    book = workbook({"Clients": [list(HEAD.values()), *rows([one()])]})
    frame = columnar([one()])
    paper = document([sentence(one()), f"<{one()['key']}", sentence(one())], author=one()["name"])
    return {
        "coupe.log.gz": gzip.compress(text)[:-30],
        "coupe.xlsx": book[: len(book) * 2 // 3],
        "coupe.parquet": frame[: len(frame) // 2] + frame[-8:],
        "casse.docx": paper,
        "coupe.docx": paper[: len(paper) - 60],
        "menteur.pdf": b"%PDF-1.4\n1 0 obj<</Title(" + one()["email"].encode() + b")>>endobj\n" + text,
        "menteur.xlsx": text,
    }


def _archives(one: Next) -> dict[str, bytes]:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password=one()["password"]) as target:
        target.writestr(sentence(one()), "secret.txt")
    mixed = bytearray(zipped({"ferme.txt": sentence(one()).encode(), "voisin.txt": sentence(one()).encode()}))
    # The first member says that it is under a password: its flag is set in both of its headers.
    mixed[6] |= 1
    mixed[mixed.index(b"PK\x01\x02") + 8] |= 1
    noted = zipped({"texte.txt": sentence(one()).encode()}, comment=sentence(one()).encode())
    wrong = bytearray(noted)
    wrong[40:44] = struct.pack("<I", 0xDEADBEEF)
    return {"coffre.7z": out.getvalue(), "mixte.zip": bytes(mixed), "note.zip": noted, "abime.zip": bytes(wrong)}


def _pages(one: Next) -> dict[str, bytes]:
    label = b"Comment\x00" + one()["email"].encode()
    chunk = struct.pack(">I", len(label)) + b"tEXt" + label + struct.pack(">I", zlib.crc32(b"tEXt" + label))
    html = (
        f'<html><title>{one()["name"]}</title><!-- {sentence(one())} --><meta name="author" content="{one()["email"]}">'
        f'<p data-nir="{one()["nir"]}">{one()["address"]}<script>var k = "{one()["key"]}"</p></html'
    )
    trace = (
        f'Traceback (most recent call last):\n  File "x.py", line 3\nValueError: {one()["password"]} {one()["nir"]}\n'
    )
    return {
        "page.html": html.encode(),
        "image.png": b"\x89PNG\r\n\x1a\n" + chunk,
        "erreur.log": trace.encode(),
        "sans_suffixe": sentence(one()).encode("utf-16-le"),
    }
