"""What lies beside the documents of a volume: tables, dumps, logs, mail, archives, web pages, pictures."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import tarfile
import tempfile
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from pathlib import Path
from random import Random

import py7zr
import pyarrow as pa
from fastavro import parse_schema, writer
from pyarrow import orc as orcfile
from pyarrow import parquet as parquetfile

from scanner.bench.corpora import dump, log
from tests.carriers.mails import mailbox
from tests.carriers.packed import tarred, zipped

from .papers import docx, pdf
from .prose import Prose

ROW = 220
"""Bytes of a row as delimited text."""


def txt(size: int, prose: Prose, chance: Random) -> bytes:
    return "\n\n".join(prose.paragraphs(size)).encode(chance.choice(("utf-8", "utf-8", "cp1252")), "replace")


def csv(size: int, prose: Prose, chance: Random) -> bytes:
    return "\n".join(";".join(row) for row in [prose.head, *prose.rows(max(1, size // ROW))]).encode()


def sql(size: int, prose: Prose, chance: Random) -> bytes:
    return _blocks(dump.statements(chance.getrandbits(31), size), size)


def access(size: int, prose: Prose, chance: Random) -> bytes:
    return _blocks((log.block(chance.getrandbits(31), number) for number in range(1 << 20)), size)


def _blocks(blocks: object, size: int) -> bytes:
    found = b""
    for block in blocks:  # type: ignore[attr-defined]
        found += block
        if len(found) >= size:
            break
    return found[: found.rfind(b"\n", 0, size) + 1] or found[:size]


def access_gz(size: int, prose: Prose, chance: Random) -> bytes:
    return gzip.compress(access(size * 6, prose, chance))


def jsonl(size: int, prose: Prose, chance: Random) -> bytes:
    rows = prose.rows(max(1, size // (ROW + 190)))
    return "".join(
        json.dumps(dict(zip(prose.head, row, strict=True)), ensure_ascii=False) + "\n" for row in rows
    ).encode()


def tree(size: int, prose: Prose, chance: Random) -> bytes:
    """JSON as an interface answers: records in records, indented."""
    rows = prose.rows(max(1, size // 820))
    records = [{"client": dict(zip(prose.head, row, strict=True)), "lignes": [{"n": 1}, {"n": 2}]} for row in rows]
    return json.dumps({"resultats": records, "total": len(rows)}, ensure_ascii=False, indent=2).encode()


def xml(size: int, prose: Prose, chance: Random) -> bytes:
    rows = prose.rows(max(1, size // 560))
    body = "".join(
        "<client>" + "".join(f"<{n}>{escape(v)}</{n}>" for n, v in zip(prose.head, row, strict=True)) + "</client>\n"
        for row in rows
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<export>\n{body}</export>\n'.encode()


def html(size: int, prose: Prose, chance: Random) -> bytes:
    body = "".join(f'<div class="bloc"><p>{escape(text)}</p></div>\n' for text in prose.paragraphs(int(size * 0.8)))
    cells = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row[:6]) + "</tr>\n"
        for row in prose.rows(size // 2_000 + 1)
    )
    return f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{body}<table>{cells}</table></body></html>".encode()


def parquet(size: int, prose: Prose, chance: Random) -> bytes:
    out = io.BytesIO()
    parquetfile.write_table(_table(prose, size // 75), out)
    return out.getvalue()


def orc(size: int, prose: Prose, chance: Random) -> bytes:
    out = io.BytesIO()
    orcfile.write_table(_table(prose, size // 125), out, compression="zlib")
    return out.getvalue()


def _table(prose: Prose, rows: int) -> pa.Table:
    columns = zip(*prose.rows(max(1, rows)), strict=True)
    return pa.table({name: list(values) for name, values in zip(prose.head, columns, strict=True)})


def avro(size: int, prose: Prose, chance: Random) -> bytes:
    schema = {"type": "record", "name": "client", "fields": [{"name": name, "type": "string"} for name in prose.head]}
    out = io.BytesIO()
    rows = (dict(zip(prose.head, row, strict=True)) for row in prose.rows(max(1, size // 85)))
    writer(out, parse_schema(schema), rows, codec="deflate")
    return out.getvalue()


def sqlite(size: int, prose: Prose, chance: Random) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.sqlite"
        link = sqlite3.connect(path)
        link.execute(f"CREATE TABLE clients ({', '.join(f'{name} TEXT' for name in prose.head)})")
        link.executemany(f"INSERT INTO clients VALUES ({','.join('?' * len(prose.head))})", prose.rows(size // 230 + 1))
        link.commit()
        link.close()
        return path.read_bytes()


def _message(size: int, prose: Prose, chance: Random) -> bytes:
    mail = EmailMessage(policy=SMTP)
    number = chance.getrandbits(32)
    mail["From"], mail["To"] = "Accueil <accueil@courriel.example.org>", f"agent{number}@courriel.example.org"
    mail["Subject"], mail["Message-ID"] = f"Dossier {number}", f"<{number}@courriel.example.org>"
    text = "\n\n".join(prose.paragraphs(min(size, chance.choice((800, 3_000, 9_000)))))
    mail.set_content(text, cte=chance.choice(("quoted-printable", "base64", "8bit")))
    if chance.random() < 0.4:
        mail.add_alternative("".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n")), subtype="html")
    if size > 30_000:
        make, kind = chance.choice(((docx, "docx"), (pdf, "pdf")))
        data = make(int((size - len(text)) / 1.37), prose, chance)
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=f"dossier {number}.{kind}")
    return mail.as_bytes()


def eml(size: int, prose: Prose, chance: Random) -> bytes:
    return _message(size, prose, chance)


def mbox(size: int, prose: Prose, chance: Random) -> bytes:
    mails = []
    while sum(map(len, mails)) < size:
        mails.append(_message(chance.choice((2_000, 6_000, 60_000)), prose, chance))
    return mailbox(*mails)


def _members(size: int, prose: Prose, chance: Random) -> dict[str, bytes]:
    """Files of several kinds that take about so many bytes once they are packed."""
    found: dict[str, bytes] = {}
    left = size
    while left > 0:
        make, suffix, packs = chance.choice(((txt, "txt", 3), (csv, "csv", 3), (docx, "docx", 1), (html, "html", 3)))
        data = make(min(left * packs, chance.choice((20_000, 80_000, 300_000))) + 2_000, prose, chance)
        found[f"dossier/piece {len(found)}.{suffix}"] = data
        left -= len(data) // packs
    return found


def zip_(size: int, prose: Prose, chance: Random) -> bytes:
    return zipped(_members(size, prose, chance))


def tar_gz(size: int, prose: Prose, chance: Random) -> bytes:
    return gzip.compress(tarred(_members(size, prose, chance), tarfile.PAX_FORMAT))


def sevenzip(size: int, prose: Prose, chance: Random) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", filters=[{"id": py7zr.FILTER_LZMA2, "preset": 2}]) as archive:
        for name, data in _members(size, prose, chance).items():
            archive.writestr(data, name)
    return out.getvalue()
