"""The ordinary files: fifteen people in each of ten formats, readable as a reader expects them."""

from __future__ import annotations

import base64
import csv
import gzip
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from .values import KINDS, Record

HEAD = dict(
    zip(
        KINDS,
        ("nir", "iban", "num_cb", "email", "telephone", "nom", "adresse", "mot_de_passe", "date_naissance", "api_key"),
        strict=True,
    )
)


def sentence(one: Record) -> str:
    return (
        f"{one['name']}, né(e) le {one['birth']}, demeurant {one['address']}, tél. {one['phone']}, courriel "
        f"{one['email']}. Numéro de sécurité sociale : {one['nir']}. IBAN : {one['iban']}. Carte bancaire : "
        f"{one['card']}. Mot de passe : {one['password']} ; api_key={one['key']}\n"
    )


def rows(people: Sequence[Record]) -> list[list[str]]:
    return [[one[kind] for kind in KINDS] for one in people]


def delimited(people: Sequence[Record], delimiter: str = ";") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([[*HEAD.values()], *rows(people)])
    return out.getvalue()


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def dump(people: Sequence[Record], table: str = "clients") -> str:
    columns = ", ".join(f"`{name}` varchar(190)" for name in HEAD.values())
    values = ",\n".join("(" + ",".join(map(quoted, row)) + ")" for row in rows(people))
    return f"CREATE TABLE `{table}` ({columns});\nINSERT INTO `{table}` VALUES {values};\n"


def workbook(sheets: dict[str, list[list[str]]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, lines in sheets.items():
            sheet = book.add_worksheet(name)
            for number, line in enumerate(lines):
                sheet.write_row(number, 0, line)
    return out.getvalue()


def zipped(members: dict[str, bytes], comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        target.comment = comment
        for name, data in members.items():
            target.writestr(name, data)
    return out.getvalue()


def document(paragraphs: Sequence[str], author: str = "Secrétariat") -> bytes:
    """A small word-processor document; ``paragraphs`` are XML text, so that a test may break it."""
    space = "http://schemas.openxmlformats.org"
    kind = "application/vnd.openxmlformats-"
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{space}/package/2006/content-types"><Default Extension="rels" '
        f'ContentType="{kind}package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}officedocument.wordprocessingml.document.main+xml"'
        "/></Types>",
        "_rels/.rels": f'<Relationships xmlns="{space}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{space}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{space}/package/2006/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{space}/wordprocessingml/2006/main">'
        f"<w:body>{body}</w:body></w:document>",
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{space}/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{author}</dc:creator></cp:coreProperties>',
    }
    return zipped({name: ('<?xml version="1.0" encoding="UTF-8"?>' + text).encode() for name, text in parts.items()})


def letter(subject: str, body: str, sender: str = "accueil@courriel.example.org", kind: str = "plain") -> bytes:
    title = base64.b64encode(subject.encode()).decode()
    return (
        f"From: {sender}\r\nTo: rh@courriel.example.org\r\nSubject: =?utf-8?b?{title}?=\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    ).encode() + base64.encodebytes(body.encode())


def base(path: Path, people: Sequence[Record], table: str = "clients", columns: Sequence[str] = ()) -> None:
    names = ", ".join('"' + name.replace('"', '""') + '" TEXT' for name in columns or HEAD.values())
    link = sqlite3.connect(path)
    link.execute(f'CREATE TABLE "{table}" ({names})')
    link.executemany(f'INSERT INTO "{table}" VALUES ({",".join("?" * len(KINDS))})', rows(people))
    link.commit()
    link.close()


def columnar(people: Sequence[Record], names: Sequence[str] = ()) -> bytes:
    out = io.BytesIO()
    values = [[one[kind] for one in people] for kind in KINDS]
    pq.write_table(pa.table(dict(zip(names or HEAD.values(), values, strict=True))), out)
    return out.getvalue()


def page(people: Sequence[Record]) -> str:
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows(people))
    head = "".join(f"<th>{name}</th>" for name in HEAD.values())
    return f"<!DOCTYPE html><html><head><title>Clients</title></head><body><table>{head}{cells}</table></body></html>"


def log(people: Sequence[Record]) -> str:
    lines = [f"2026-11-0{rank % 9 + 1} 10:00:00 INFO commande : {sentence(one)}" for rank, one in enumerate(people, 1)]
    return "".join(lines)


def plant(folder: Path, take: Callable[[int], list[Record]]) -> list[str]:
    """Write the ten files; ``take`` gives the next people. The answer is the paths where something must be found."""
    files = {
        "notes.txt": "".join(map(sentence, take(15))).encode(),
        "clients.csv": delimited(take(15)).encode("cp1252"),
        "notes_windows.txt": "".join(map(sentence, take(15))).encode("utf-16"),
        "clients.json": json.dumps([{HEAD[kind]: one[kind] for kind in KINDS} for one in take(15)]).encode(),
        "clients.sql": dump(take(15)).encode(),
        "clients.xlsx": workbook({"Clients": [[*HEAD.values()], *rows(take(15))]}),
        "courrier.docx": document(list(map(sentence, take(10)))),
        "message.eml": letter("Liste", "".join(map(sentence, take(10)))),
        "sauvegarde.zip": zipped({"dedans.zip": zipped({"clients.csv": delimited(take(10), ",").encode()})}),
        "clients.parquet": columnar(take(10)),
        "clients.html": page(take(10)).encode(),
        "journal.log.gz": gzip.compress(log(take(10)).encode()),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    base(folder / "clients.db", take(10))
    return [*files, "clients.db"]
