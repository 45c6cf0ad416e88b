"""Mail, cards and directories with the letter, in the encodings that mail has; and the deep nests."""

from __future__ import annotations

import gzip
import struct
import textwrap
from email.message import EmailMessage
from email.policy import SMTP

from .letter import LINES, TEXT, VALUES
from .packed import tarred, zipped
from .papers import runs, word


def carriers() -> dict[str, bytes]:
    return {**_messages(), **_boxes(), **_cards(), **_nests(), "letter.msg": _msg(), "winmail.dat": _tnef()}


def message(text: str = "Voir la pièce jointe.\n", **how: str) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "Accueil <accueil@courriel.example.org>"
    mail["To"] = "rh@courriel.example.org"
    mail["Subject"] = "Dossier à traiter"
    mail["Date"] = "Tue, 03 Nov 2026 10:00:00 +0100"
    mail["Message-ID"] = "<1@courriel.example.org>"
    mail.set_content(text, **how)
    return mail


def with_file(data: bytes, name: str, kind: str = "application/octet-stream") -> bytes:
    mail = message()
    main, _, sub = kind.partition("/")
    mail.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return mail.as_bytes()


def _messages() -> dict[str, bytes]:
    both = message()
    both.add_alternative("".join(f"<p>{line}</p>" for line in LINES), subtype="html")
    forwarded = message()
    forwarded.add_attachment(message(TEXT))
    return {
        "base64.eml": message(TEXT, cte="base64").as_bytes(),
        "quoted.eml": message(TEXT, cte="quoted-printable", charset="iso-8859-15").as_bytes(),
        "eight_bit.eml": message(TEXT, cte="8bit", charset="cp1252").as_bytes(),
        "html.eml": both.as_bytes(),
        "forwarded.eml": forwarded.as_bytes(),
        "attached.eml": with_file(TEXT.encode(), "lettre été.txt", "text/plain"),
        "attached_docx.eml": with_file(word(runs()), "lettre.docx"),
    }


def mailbox(*mails: bytes) -> bytes:
    start = b"From accueil@courriel.example.org Tue Nov  3 10:00:00 2026\n"
    return b"".join(start + mail.replace(b"\r\n", b"\n").replace(b"\nFrom ", b"\n>From ") + b"\n" for mail in mails)


def _boxes() -> dict[str, bytes]:
    return {
        "boite.mbox": mailbox(message().as_bytes(), message(TEXT, cte="base64").as_bytes()),
        "1762160400.M1P1.srv:2,S": message(TEXT).as_bytes(),  # a file of a maildir
    }


def _cards() -> dict[str, bytes]:
    family, street = VALUES["name"].split()[1], VALUES["address"].split(", ")
    year = "-".join(reversed(VALUES["birth"].split("/")))
    note = "\\n".join(LINES[3:8])
    card = (
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:{family};Maëlle;;;\r\nFN:{VALUES['name']}\r\nBDAY:{year}\r\n"
        f"ADR;TYPE=home:;;{street[0]};{street[1][6:]};;{street[1][:5]};France\r\nTEL;TYPE=cell:{VALUES['phone']}\r\n"
        f"EMAIL:{VALUES['email']}\r\nNOTE:{note}\r\nEND:VCARD\r\n"
    )
    event = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:Dossier\r\nDESCRIPTION:"
    folded = "\r\n ".join(textwrap.wrap("\\n".join(LINES).replace(",", "\\,"), 60, drop_whitespace=False))
    import base64

    def ldif(name: str, value: str) -> str:
        return f"{name}: {value}\n" if value.isascii() else f"{name}:: {base64.b64encode(value.encode()).decode()}\n"

    entry = "".join(
        ldif(name, value)
        for name, value in (
            ("dn", "uid=mkerbrat,ou=personnes,dc=example,dc=org"), ("objectClass", "inetOrgPerson"),
            ("cn", VALUES["name"]), ("sn", family), ("mail", VALUES["email"]), ("mobile", VALUES["phone"]),
            ("postalAddress", VALUES["address"]), ("dateNaissance", VALUES["birth"]), ("numeroSecu", VALUES["nir"]),
            ("iban", VALUES["iban"]), ("carteBancaire", VALUES["card"]),
        )
    )  # fmt: skip
    return {
        "contact.vcf": card.encode(),
        "agenda.ics": f"{event}{folded}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".encode(),
        "annuaire.ldif": f"version: 1\n\n{entry}".encode(),
    }


def _nests() -> dict[str, bytes]:
    inner = zipped({"lettre.docx": word(runs())})
    box = mailbox(with_file(inner, "pièces.zip", "application/zip"))
    return {
        "five_deep.tar.gz": gzip.compress(tarred({"boite.mbox": box})),
        "zips.zip": zipped({"a.zip": zipped({"b.zip": zipped({"c.zip": zipped({"lettre.txt": TEXT.encode()})})})}),
        "mail_in_docx.docx": word("<w:p/>", {"word/embeddings/oleObject1.bin": with_file(inner, "p.zip")}),
        "gz_in_7z_name.zip": zipped({"logs/lettre.txt.gz": gzip.compress(gzip.compress(TEXT.encode()))}),
    }


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file ([MS-CFB]) with these streams in its root, each in whole sectors of 512 bytes."""
    table, body, entries = [0xFFFFFFFD], b"", []
    count = len(streams) + 1
    folders = -(-count // 4)
    table += [*range(2, 1 + folders), 0xFFFFFFFE]
    for name, data in streams.items():
        padded = data.ljust(max(4096, -(-len(data) // 512) * 512), b"\0")
        start = len(table)
        table += [*range(start + 1, start + len(padded) // 512), 0xFFFFFFFE]
        entries.append((name, 2, 0xFFFFFFFF, start, max(4096, len(data))))
        body += padded

    def entry(label: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
        raw = label.encode("utf-16-le") + b"\0\0"
        links = struct.pack("<HBB3I", len(raw), kind, 1, 0xFFFFFFFF, right, child)
        return raw.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)

    rows = entry("Root Entry", 5, 0xFFFFFFFF, 1, 0xFFFFFFFE, 0)
    for number, (name, kind, _, start, size) in enumerate(entries, 2):
        rows += entry(name, kind, number if number < count else 0xFFFFFFFF, 0xFFFFFFFF, start, size)
    fat = struct.pack("<128I", *table, *[0xFFFFFFFF] * (128 - len(table)))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<10I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)[:36]
    return head + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108) + fat + rows.ljust(folders * 512, b"\0") + body


def _msg() -> bytes:
    return compound(
        {
            "__properties_version1.0": bytes(32),
            "__substg1.0_0037001F": "Dossier à traiter".encode("utf-16-le"),
            "__substg1.0_1000001F": TEXT.encode("utf-16-le"),
        }
    )


def _tnef() -> bytes:
    def attribute(level: int, code: int, data: bytes) -> bytes:
        return struct.pack("<BII", level, code, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)

    return (
        struct.pack("<IH", 0x223E9F78, 1)
        + attribute(1, 0x00089006, struct.pack("<I", 0x10000))
        + attribute(1, 0x00069007, struct.pack("<II", 1252, 0))
        + attribute(2, 0x00069002, b"\0" * 14)
        + attribute(2, 0x00018010, b"lettre.txt\0")
        + attribute(2, 0x0006800F, TEXT.encode())
    )
