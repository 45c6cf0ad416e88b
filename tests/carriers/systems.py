"""What systems write: logs, journals, repositories; and the letter in every encoding of old machines."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Callable
from urllib.parse import quote

from .letter import HEAD, LINES, TEXT, VALUES

ENCODINGS = (
    "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "cp1252", "latin-1",
    "iso8859-15", "cp850", "mac-roman",
)  # fmt: skip


def carriers() -> dict[str, bytes]:
    return {**_logs(), **_git(), **encoded(), "letter.py": _source(), "lettre.php": _php(), "letter.svg": _drawing()}


def encoded() -> dict[str, bytes]:
    found = {f"{name}.txt": TEXT.encode(name) for name in ENCODINGS}
    found["utf-16-be-bom.txt"] = b"\xfe\xff" + TEXT.encode("utf-16-be")
    found["old_mac.txt"] = TEXT.replace("\n", "\r").encode("mac-roman")
    found["mixed.log"] = TEXT.encode() + "Élève à l’école\n".encode("cp1252") + TEXT.encode()
    page = f'<html><head><meta charset="utf-8"></head><body>{"<br>".join(LINES)}</body></html>'
    found["lies.html"] = page.encode("cp1252")
    found["lies.xml"] = f'<?xml version="1.0" encoding="UTF-8"?><a><b>{TEXT}</b></a>'.encode("cp1252")
    return found


def _logs() -> dict[str, bytes]:
    iis = (
        "#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: 2026-11-03 10:00:00\r\n"
        "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status\r\n"
    )
    query = "&".join(f"{key}={quote(VALUES[kind])}" for key, kind in (
        ("email", "email"), ("iban", "iban"), ("carte", "card"), ("nir", "nir"), ("telephone", "phone"),
        ("nom", "name"), ("date_naissance", "birth"), ("adresse", "address")))  # fmt: skip
    iis += f"2026-11-03 10:00:00 192.0.2.10 GET /client {query} 443 mkerbrat 198.51.100.7 Mozilla/5.0 200\r\n" * 3
    export = "".join(
        f"__CURSOR=s=1;i={number}\n__REALTIME_TIMESTAMP=176216040000000{number}\nPRIORITY=6\nSYSLOG_IDENTIFIER=app\n"
        f"MESSAGE={line}\n\n"
        for number, line in enumerate(LINES)
    ).encode()
    body = TEXT.encode()
    export += b"__CURSOR=s=2\n_HOSTNAME=srv\nMESSAGE\n" + struct.pack("<Q", len(body)) + body + b"\n\n"
    return {
        "u_ex261103.log": iis.encode(),
        "app.log": "".join(f"2026-11-03 10:00:0{n} INFO courrier: {line}\n" for n, line in enumerate(LINES)).encode(),
        "journal.export": export,
        "system.journal": journal(),
        "Security.evtx": events(),
    }


def journal() -> bytes:
    """A journal of systemd: a head, then objects of eight-byte alignment, here those that hold data."""
    objects = b""
    for line in LINES:
        payload = f"MESSAGE={line}".encode()
        size = 64 + len(payload)
        objects += struct.pack("<BB6xQ", 1, 0, size) + bytes(48) + payload + bytes(-size % 8)
    head = b"LPKSHHRH" + struct.pack("<II B7x", 0, 0, 0) + bytes(16 * 4) + struct.pack("<QQ", 240, len(objects))
    return head.ljust(240, b"\0") + objects


def events() -> bytes:
    """An event log of Windows with one event, its fields in binary XML without a template."""
    start = 512

    def element(name: str, at: int, inside: Callable[[int], bytes]) -> bytes:
        raw = name.encode("utf-16-le")
        label = struct.pack("<IHH", 0, 0, len(name)) + raw + b"\0\0"
        body = label + b"\2" + inside(at + 9 + len(label) + 1) + b"\4"
        return struct.pack("<BII", 1, len(body) + 4, at + 9) + body

    def values(at: int) -> bytes:
        out = b""
        for kind, value in VALUES.items():
            text = struct.pack("<BBH", 5, 1, len(value)) + value.encode("utf-16-le")
            out += element(HEAD[kind], at + len(out), lambda _, text=text: text)
        return out

    out = b"\x0f\1\1\0"
    out += element("Event", start + 28, lambda at: element("EventData", at, values)) + b"\0"
    out += bytes(-len(out) % 8)
    size = 24 + len(out) + 4
    record = struct.pack("<IIQQ", 0x2A2A, size, 1, 134_000_000_000_000_000) + out + struct.pack("<I", size)
    tables = bytes(384)
    head = struct.pack("<8sQQQQIII", b"ElfChnk\0", 1, 1, 1, 1, 128, start, start + size)
    head += struct.pack("<I64xI", zlib.crc32(record), 0)
    chunk = head + struct.pack("<I", zlib.crc32(head + tables)) + tables + record
    front = struct.pack("<8sQQQIHHHH76xI", b"ElfFile\0", 0, 0, 2, 128, 1, 3, 4096, 1, 0)
    return (front + struct.pack("<I", zlib.crc32(front))).ljust(4096, b"\0") + chunk.ljust(65536, b"\0")


def loose(kind: str, data: bytes) -> tuple[str, bytes]:
    whole = f"{kind} {len(data)}\0".encode() + data
    return hashlib.sha1(whole).hexdigest(), zlib.compress(whole)


def packed(objects: list[tuple[int, bytes]]) -> bytes:
    """A pack of whole objects: 1 is a commit, 2 a tree, 3 a blob."""
    out = b"PACK" + struct.pack(">II", 2, len(objects))
    for kind, data in objects:
        size, byte = len(data) >> 4, kind << 4 | len(data) & 15
        while size:
            out += bytes([byte | 0x80])
            byte, size = size & 0x7F, size >> 7
        out += bytes([byte]) + zlib.compress(data)
    return out + hashlib.sha1(out).digest()


def _git() -> dict[str, bytes]:
    commit = f"tree {'0' * 40}\nauthor A <a@example.org> 1762160400 +0100\n\nlettre\n".encode()
    pack = packed([(1, commit), (3, TEXT.encode())])
    return {
        "depot.bundle": f"# v2 git bundle\n{'1' * 40} refs/heads/main\n\n".encode() + pack,
        "pack-1.pack": pack,
        "0b1f0c9d6a5e4f3a2b1c0d9e8f7a6b5c4d3e2f": loose("blob", TEXT.encode())[1],
    }


def _source() -> bytes:
    return ("LETTER = '''\n" + TEXT + "'''\n").encode()


def _php() -> bytes:
    return ("<?php\n/*\n" + TEXT + "*/\n").encode()


def _drawing() -> bytes:
    return (
        "<svg xmlns='http://www.w3.org/2000/svg'>" + "".join(f"<text>{line}</text>" for line in LINES) + "</svg>"
    ).encode()
