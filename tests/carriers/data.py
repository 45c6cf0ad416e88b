"""Tables and trees of data that hold the record: delimited, fixed, JSON, YAML, XML, columnar, DBF, SQLite."""

from __future__ import annotations

import io
import json
import plistlib
import sqlite3
import struct
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

import fastavro
import pyarrow as pa
import pyarrow.parquet as pq
import yaml
from pyarrow import feather, orc

from . import binarybook
from .letter import HEAD, LINES, ROW, TEXT, VALUES, lines_of_json, table


def carriers() -> dict[str, bytes]:
    return {**_texts(), **_exchanged(), **_trees(), **_columnar(), "clients.dbf": dbf(), "memo.dbf": dbf(memo=True),
            "History.sqlite": sqlite()}  # fmt: skip


def _texts() -> dict[str, bytes]:
    rows = [list(ROW), *[list(ROW.values())] * 3]
    wide = [max(map(len, cells)) + 2 for cells in zip(*rows, strict=True)]
    fixed = "".join("".join(cell.ljust(size) for cell, size in zip(row, wide, strict=True)) + "\n" for row in rows)
    quoted = ",".join(f'"{name}"' for name in ROW) + "\r\n" + ",".join(f'"{value}"' for value in ROW.values()) + "\r\n"
    return {
        "semicolons.csv": table().encode(),
        "commas.csv": quoted.encode(),
        "tabs.tsv": table("\t").encode(),
        "pipes.txt": table("|").encode(),
        "late_head.csv": ("Export du 03/11/2026\nService : accueil\n\n" + table()).encode(),
        "fixed.txt": fixed.encode(),
        "fixed.dat": fixed.encode("cp1252"),
    }


def _exchanged() -> dict[str, bytes]:
    """Tables as spreadsheets handed them on: SYLK, DIF, and the records of a binary workbook."""
    rows, shared = [list(ROW), list(ROW.values())], list[str]()
    cells = [f'C;Y{y};X{x};K"{cell}"' for y, row in enumerate(rows, 1) for x, cell in enumerate(row, 1)]
    tuples = "".join("-1,0\nBOT\n" + "".join(f'1,0\n"{cell}"\n' for cell in row) for row in rows)
    sheet = binarybook.sheet(dict(enumerate(rows)), shared)
    return {
        "clients.slk": "\r\n".join(["ID;PWXL;N;E", "B;Y2;X8", *cells, "E", ""]).encode("cp1252"),
        "clients.dif": f'TABLE\n0,1\n"clients"\nDATA\n0,0\n""\n{tuples}-1,0\nEOD\n'.encode("cp850"),
        "clients.xlsb": binarybook.workbook({"Clients": sheet}, shared),
    }


def _trees() -> dict[str, bytes]:
    nested = {"dossier": {"titulaire": {**ROW}, "pièces": [{"n": 1}, {"n": 2}]}}
    path = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in ROW.items())
    attributes = " ".join(f'{name}="{escape(value)}"' for name, value in ROW.items())
    notebook = {"cells": [{"cell_type": "markdown", "metadata": {}, "source": [line + "\n" for line in LINES]}],
                "metadata": {}, "nbformat": 4, "nbformat_minor": 5}  # fmt: skip
    return {
        "nested.json": json.dumps(nested, ensure_ascii=False).encode(),
        "escaped.json": json.dumps([nested]).encode(),
        "lines.jsonl": (lines_of_json() * 2).encode(),
        "text.json": json.dumps({"courrier": TEXT}).encode(),
        "nested.yaml": yaml.safe_dump(nested, allow_unicode=True).encode(),
        "block.yaml": ("lettre: |\n" + "".join(f"  {line}\n" for line in LINES)).encode(),
        "record.xml": f'<?xml version="1.0"?><export><client>{path}</client></export>'.encode(),
        "attributes.xml": f'<?xml version="1.0"?><export><client {attributes}/></export>'.encode(),
        "latin.xml": f'<?xml version="1.0" encoding="ISO-8859-1"?><e><c>{path}</c></e>'.encode("latin-1"),
        "carnet.ipynb": json.dumps(notebook).encode(),
        "prefs.plist": plistlib.dumps(nested),
        "prefs_binary.plist": plistlib.dumps(nested, fmt=plistlib.FMT_BINARY),
        "config.ini": ("[client]\n" + "".join(f"{name} = {value}\n" for name, value in ROW.items())).encode(),
        "config.toml": ("[client]\n" + "".join(f"{k} = {json.dumps(v)}\n" for k, v in ROW.items())).encode(),
        ".env": "".join(f'{name.upper()}="{value}"\n' for name, value in ROW.items()).encode(),
    }


def _columnar() -> dict[str, bytes]:
    flat = pa.table({name: [value] for name, value in ROW.items()})
    person = pa.array([{**ROW}], pa.struct([(name, pa.string()) for name in ROW]))
    listed = pa.array([[{**ROW}]], pa.list_(pa.struct([(name, pa.string()) for name in ROW])))
    out = {}
    for name, columns in (("flat", flat), ("struct", pa.table({"client": person})), ("list", pa.table({"c": listed}))):
        sink = io.BytesIO()
        pq.write_table(columns, sink)
        out[f"{name}.parquet"] = sink.getvalue()
    for name, write in (("clients.orc", orc.write_table), ("clients.feather", feather.write_feather)):
        sink = io.BytesIO()
        write(flat, sink)
        out[name] = sink.getvalue()
    fields = [{"name": name, "type": ["null", "string"]} for name in ROW]
    schema = {"type": "record", "name": "dossier", "fields": [{"name": "client", "type": {
        "type": "record", "name": "client", "fields": fields}}]}  # fmt: skip
    sink = io.BytesIO()
    fastavro.writer(sink, fastavro.parse_schema(schema), [{"client": ROW}], codec="deflate")
    stream = io.BytesIO()
    with pa.ipc.new_stream(stream, flat.schema) as writer:
        writer.write_table(flat)
    return {**out, "clients.avro": sink.getvalue(), "stream.arrows": stream.getvalue()}


def dbf(memo: bool = False) -> bytes:
    """dBase III as PC programs of the 1990s wrote it: code page 850, blanks behind values."""
    names = {"name": "NOM", "birth": "DATENAIS", "address": "ADRESSE", "nir": "NUMSECU", "phone": "TELEPHONE",
             "email": "COURRIEL", "iban": "IBAN", "card": "CARTEBANC"}  # fmt: skip
    values = {names[kind]: VALUES[kind].encode("cp850") for kind in HEAD}
    fields = b"".join(
        name.encode().ljust(11, b"\0") + b"C" + bytes(4) + bytes([len(value) + 3]) + bytes(15)
        for name, value in values.items()
    )
    row = b" " + b"".join(value.ljust(len(value) + 3) for value in values.values())
    start = 32 + len(fields) + 1
    head = struct.pack("<B3BIHH17xB2x", 0x83 if memo else 3, 126, 11, 3, 2, start, len(row), 0x02)
    return head + fields + b"\r" + row + b"*" + row[1:] + b"\x1a"


def sqlite() -> bytes:
    """As browsers and telephones keep forms: one table of names and values."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.sqlite"
        link = sqlite3.connect(path)
        names = ", ".join(f"{name} TEXT" for name in ROW)
        link.execute(f"CREATE TABLE autofill (id INTEGER PRIMARY KEY, {names})")
        link.execute(f"INSERT INTO autofill VALUES (1, {','.join('?' * len(ROW))})", list(ROW.values()))
        link.commit()
        link.close()
        return path.read_bytes()
