"""Mail in all its forms: headers, bodies and attachments come out, damage is told."""

from __future__ import annotations

import base64
import io
import random
import struct
from contextlib import suppress
from email.message import EmailMessage

import pytest

from scanner.contracts import Reader, Source, Unreadable
from scanner.formats.mapi import MapiText
from scanner.formats.rtf import inflate_rtf, strip_rtf
from scanner.model import Column, Content, Embedded, Gap, Kind, Passage
from scanner.readers.cards import CardReader
from scanner.readers.mail import MailReader
from scanner.readers.mailbox import MailboxReader
from scanner.readers.outlook import MsgReader, TnefReader


def contents(reader: type[Reader], data: bytes, encoding: str = "") -> list[Content]:
    return list(reader().read(Source(io.BytesIO(data), "x", len(data), "", encoding)))


def text(found: list[Content]) -> str:
    return "\n".join(c.text for c in found if isinstance(c, Passage))


def members(found: list[Content]) -> dict[str, bytes]:
    return {c.name: c.open().read() for c in found if isinstance(c, Embedded)}


def kinds(found: list[Content]) -> set[Kind]:
    return {c.problem.kind for c in found if isinstance(c, Gap)}


def message() -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Élodie Prévôt <elodie.prevot@example.org>"
    mail["To"], mail["Subject"] = "paul@example.com", "Entretien d'été"
    mail.set_content("Bonjour Émile,\nle rendez-vous tient.\n", charset="iso-8859-1", cte="quoted-printable")
    mail.add_alternative(
        "<style>p{}</style><p>Bonjour <b>Ém</b>ile</p><a href='mailto:aide@example.net'>aide</a>", subtype="html"
    )
    mail.add_attachment(b"nom;ville\nRoux;Brest\n", maintype="text", subtype="csv", filename="relevé 2026.csv")
    inner = EmailMessage()
    inner["Subject"] = "ancien"
    inner.set_content("transmis")
    mail.add_attachment(inner)
    mail.set_boundary("limite")
    return mail


def test_headers_bodies_and_attachments() -> None:
    found = contents(MailReader, message().as_bytes())
    whole = text(found)
    assert "Élodie Prévôt <elodie.prevot@example.org>" in whole
    assert "Entretien d'été" in whole
    assert "Bonjour Émile,\nle rendez-vous tient." in whole
    assert "Bonjour Émile" in whole.split("tient.")[1]
    assert "mailto:aide@example.net" in whole
    inside = members(found)
    assert inside["relevé 2026.csv"].splitlines() == [b"nom;ville", b"Roux;Brest"]
    attached = next(data for name, data in inside.items() if name.endswith(".eml"))
    assert "transmis" in text(contents(MailReader, attached))


@pytest.mark.parametrize("charset", ["x-nobody-knows", "utf-8", ""])
def test_body_with_a_wrong_or_no_charset_is_guessed(charset: str) -> None:
    head = f"Content-Type: text/plain; charset={charset}\n" if charset else ""
    data = f"From: a@example.org\nSubject: s\n{head}\n".encode() + "déjà reçu".encode("cp1252")
    assert "déjà reçu" in text(contents(MailReader, data))


def test_raw_bytes_and_broken_words_in_headers() -> None:
    data = b"From: Ren\xe9e <r@example.org>\nSubject: =?utf-8?b?w6l0w6k=?= =?unknown?q?x=E9?= =?utf-8?b?%%?=\n\ncorps\n"
    assert "Renée <r@example.org>" in text(contents(MailReader, data))


def test_wrong_base64_is_read_as_far_as_it_goes_and_told() -> None:
    good = base64.b64encode(b"un texte assez long pour etre vu").decode()
    data = f"From: a@example.org\nContent-Transfer-Encoding: base64\n\n{good[:20]}*!*{good[20:]}A\n".encode()
    found = contents(MailReader, data)
    assert kinds(found) <= {Kind.CORRUPT}
    assert "texte" in text(found)


def test_parts_outside_the_declared_boundary_are_found() -> None:
    body = "--VRAI\nContent-Type: text/plain\n\nbonjour\n"
    body += "--VRAI\nContent-Disposition: attachment; filename=a.bin\n\n123\n--VRAI--\n"
    data = f'From: a@example.org\nContent-Type: multipart/mixed; boundary="FAUX"\n\n{body}'.encode()
    found = contents(MailReader, data)
    assert "bonjour" in text(found)
    assert members(found)["a.bin"].strip() == b"123"


def test_encrypted_part_is_told() -> None:
    data = (
        b'From: a@example.org\nContent-Type: multipart/encrypted; boundary="b"\n\n'
        b"--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n"
        b"--b\nContent-Type: application/octet-stream\n\nxx\n--b--\n"
    )
    opened = [c for c in contents(MailReader, data) if isinstance(c, Embedded)]
    with pytest.raises(Unreadable, match="encrypted"):
        opened[-1].open()


def test_mailbox_messages_and_quoted_separators() -> None:
    start = "From paul@example.org Mon Nov 23 10:00:00 2026\n"
    first = "Subject: un\n\n>From ici\n>>From la\nFrom my heart\n"
    box = f"{start}{first}\n{start}Subject: deux\n\nfin\n".encode()
    inside = members(contents(MailboxReader, box))
    assert list(inside) == ["message-0001.eml", "message-0002.eml"]
    assert inside["message-0001.eml"] == b"Subject: un\n\nFrom ici\n>From la\nFrom my heart\n\n"
    assert inside["message-0002.eml"] == b"Subject: deux\n\nfin\n"


def test_mailbox_larger_than_its_blocks() -> None:
    one = b"From a@example.org Mon Nov 23 10:00:00 2026\nSubject: x\n\n" + b"ligne de texte\n" * 1000 + b"\n"
    found = contents(MailboxReader, one * 300)
    assert sum(1 for c in found if isinstance(c, Embedded)) == 300
    assert {len(data) for data in members(found).values()} == {len(one) - 44}


def test_cards_are_unfolded_and_decoded() -> None:
    photo = base64.b64encode(bytes(range(200))).decode()
    card = (
        "BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=A9 Le=\r\n=20Gall\r\n"
        f"EMAIL:zoe.le\r\n gall@example.org\r\nPHOTO;ENCODING=BASE64;TYPE=JPEG:{photo}\r\nEND:VCARD\r\n"
    )
    found = contents(CardReader, card.encode())
    values = [value for c in found if isinstance(c, Column) for value in c.values.to_pylist()]
    assert values == ["Zoé Le Gall", "zoe.legall@example.org"]
    assert members(found) == {"photo.jpg": bytes(range(200))}


def tnef() -> bytes:
    def attribute(level: int, code: int, data: bytes) -> bytes:
        return struct.pack("<BII", level, code, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)

    name = "Zoé".encode("utf-16-le") + b"\0\0"
    props = struct.pack("<IHHII", 1, 0x1F, 0x3001, 1, len(name)) + name
    return (
        struct.pack("<IH", 0x223E9F78, 1)
        + attribute(1, 0x00089006, struct.pack("<I", 0x10000))
        + attribute(1, 0x00069007, struct.pack("<II", 1252, 0))
        + attribute(1, 0x00018004, "Réunion\0".encode("cp1252"))
        + attribute(1, 0x00069003, props)
        + attribute(2, 0x00069002, b"\0" * 14)
        + attribute(2, 0x00018010, b"liste.csv\0")
        + attribute(2, 0x0006800F, b"a;b\n")
    )


def test_tnef() -> None:
    found = contents(TnefReader, tnef())
    assert "Réunion" in text(found)
    assert "Display name: Zoé" in text(found)
    assert members(found) == {"liste.csv": b"a;b\n"}
    with pytest.raises(Unreadable):
        contents(TnefReader, tnef()[:-9])


def test_rtf_and_its_compressed_form() -> None:
    raw = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}Pr\'e9nom {\b Du}pont\par na\u239?ve \{x\}}"
    assert strip_rtf(raw) == "Prénom Dupont\nnaïve {x}"
    # The example of [MS-OXRTFCP] 3.1.1.
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af8"
        "0062 6e676e f768656c 0900 206277 05b0 6c647d 0a80 0fa0"
    )
    assert inflate_rtf(packed, 1000).startswith(b"{\\rtf1\\ansi\\ansicpg1252\\pard")


def test_one_value_in_several_properties_counts_once() -> None:
    bag = MapiText("cp1252")
    bag.add(0x0C1A, 0x1E, b"Zo\xe9")
    bag.add(0x0042, 0x1E, b"Zo\xe9")
    assert [c.text for c in bag.passages("") if isinstance(c, Passage)] == ["Sender: Zoé"]


@pytest.mark.parametrize("reader", [MailReader, MailboxReader, CardReader, TnefReader, MsgReader])
def test_damage_of_any_kind_raises_nothing_but_unreadable(reader: type[Reader]) -> None:
    wholes = [message().as_bytes(), b"From x Mon Nov 23 10:00:00 2026\n" + message().as_bytes(), tnef()]
    wholes += [b"BEGIN:VCARD\nN;ENCODING=QUOTED-PRINTABLE:=C3=\nPHOTO;ENCODING=B:AAAA" + b"A" * 50 + b"\nEND:VCARD\n"]
    wholes += [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + b"\x3e\0\x03\0\xfe\xff\x09\0\x06\0" + bytes(4000)]
    dice = random.Random(3)
    for _ in range(100):
        data = bytearray(dice.choice(wholes))
        for _ in range(dice.randrange(1, 30)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        with suppress(Unreadable):
            found = contents(reader, bytes(data[: dice.choice([len(data), dice.randrange(len(data))])]))
            members(found)
