"""Containers beyond zip, tar and 7z: what they hold, what is refused, and damage of any kind."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable

import brotli
import inflate64
import lz4.frame
import pyppmd
import pytest
import rars
import zstandard
from carriers import packed, systems
from carriers.letter import TEXT

from scanner.contracts import Reader, Source, Unreadable
from scanner.model import Embedded, Gap, Kind, Passage
from scanner.readers.archives import ZipReader
from scanner.readers.cabinet import CabinetReader
from scanner.readers.compressed import CompressedReader
from scanner.readers.cpio import CpioReader
from scanner.readers.git import GitReader
from scanner.readers.iso import IsoReader
from scanner.readers.programs import ProgramReader
from scanner.readers.rar import RarReader
from scanner.readers.rpm import RpmReader
from scanner.sniff import HEAD, sniff

LETTER = TEXT.encode()
MADE = packed.carriers() | systems.carriers()


def everything(reader: type[Reader], data: bytes, name: str = "x") -> tuple[dict[str, bytes | Kind], list[str]]:
    """Members with their content or why there is none, and the passages."""
    source = Source(io.BytesIO(data), name, len(data), sniff(data[:HEAD], name).media_type)
    members: dict[str, bytes | Kind] = {}
    passages: list[str] = []
    for content in reader().read(source):
        if isinstance(content, Embedded):
            try:
                with content.open() as opened:
                    members[content.name] = io.BufferedReader(opened).read()  # type: ignore[type-var]
            except Unreadable as stop:
                members[content.name] = stop.problem.kind
        elif isinstance(content, Passage):
            passages.append(content.text)
        else:
            assert isinstance(content, Gap)
    return members, passages


@pytest.mark.parametrize(
    ("reader", "name", "member"),
    [
        (CpioReader, "newc.cpio", "lettre.txt"), (CpioReader, "odc.cpio", "lettre.txt"),
        (IsoReader, "letter.iso", "lettre.txt"),
        (CabinetReader, "mszip.cab", "lettre.txt"), (CabinetReader, "stored.cab", "lettre.txt"),
        (RarReader, "rar4.rar", "lettre.txt"), (RarReader, "rar5.rar", "lettre.txt"),
        (CompressedReader, "letter.txt.br", "letter.txt"), (CompressedReader, "appended.txt.lz4", "appended.txt"),
        (CompressedReader, "letter.txt.lz", "letter.txt"), (CompressedReader, "letter.txt.zz", "letter.txt"),
    ],
)  # fmt: skip
def test_members(reader: type[Reader], name: str, member: str) -> None:
    assert everything(reader, MADE[name], name)[0][member] == LETTER


def test_cpio_of_old_machines_and_links() -> None:
    def old(order: str, mode: int, name: bytes, data: bytes) -> bytes:
        words = (0o070707, 0, 1, mode, 0, 0, 1, 0, 0, 0, len(name) + 1, len(data) >> 16, len(data) & 0xFFFF)
        head = struct.pack(order + "13H", *words) + name + b"\0"
        return head + b"\0" * (len(head) % 2) + data + b"\0" * (len(data) % 2)

    for order in "<>":
        data = old(order, 0o100644, b"a.txt", LETTER) + old(order, 0o120777, b"renvoi", b"a.txt")
        data += old(order, 0o040755, b"dossier", b"") + old(order, 0, b"TRAILER!!!", b"") + bytes(512)
        assert everything(CpioReader, data)[0] == {"a.txt": LETTER, "renvoi": Kind.LINK}


def test_cabinet_larger_than_its_window_and_methods_that_are_told() -> None:
    data = LETTER * 300
    assert everything(CabinetReader, packed.cabinet(data))[0] == {"lettre.txt": data}
    foreign = bytearray(packed.cabinet(LETTER))
    foreign[42] = 3
    assert everything(CabinetReader, bytes(foreign))[0] == {"lettre.txt": Kind.UNSUPPORTED}


def test_rar_solid_and_encrypted() -> None:
    solid = rars.RarBuilder(solid=True)
    for number in range(5):
        solid.add_bytes(LETTER + b"%d" % number, f"{number}.txt")
    assert everything(RarReader, bytes(solid.to_bytes()))[0] == {f"{n}.txt": LETTER + b"%d" % n for n in range(5)}
    locked = rars.RarBuilder(password="mot")
    locked.add_bytes(LETTER, "a.txt")
    assert everything(RarReader, bytes(locked.to_bytes()))[0] == {"a.txt": Kind.ENCRYPTED}
    hidden = rars.RarBuilder(password="mot", encrypt_headers=True)
    hidden.add_bytes(LETTER, "a.txt")
    with pytest.raises(Unreadable, match="encrypted"):
        everything(RarReader, bytes(hidden.to_bytes()))


def rpm(payload: bytes) -> bytes:
    def header(tags: dict[int, bytes]) -> bytes:
        index, store = b"", b""
        for tag, text in tags.items():
            index += struct.pack(">4I", tag, 6, len(store), 1)
            store += text + b"\0"
        return b"\x8e\xad\xe8\x01\0\0\0\0" + struct.pack(">II", len(tags), len(store)) + index + store

    signature = header({1000: b"abc"})
    lead = b"\xed\xab\xee\xdb" + bytes(92)
    return lead + signature + bytes(-len(signature) % 8) + header({1015: "Zoé Le Gall".encode()}) + payload


def test_rpm_tags_and_payload() -> None:
    payload = lzma.compress(MADE["newc.cpio"])
    members, passages = everything(RpmReader, rpm(payload))
    assert members == {"payload": payload}
    assert "Zoé Le Gall" in "".join(passages)


def test_git_history_files_and_differences() -> None:
    base = LETTER * 20
    # Copy 300 bytes from place 0, then insert three.
    delta = bytes([0x80 | len(base) & 0x7F, len(base) >> 7]) + bytes([0xAF, 0x02]) + b"\xb0\x2c\x01\x03fin"
    whole = packed_with_delta(base, delta)
    members, _ = everything(GitReader, whole)
    assert sorted(map(len, members.values())) == [303, len(base)]  # type: ignore[arg-type]
    tree = b"100644 lettre.txt\0" + bytes.fromhex(systems.loose("blob", LETTER)[0])
    pack = systems.packed([(1, b"author Zo\xc3\xa9 <z@example.org> 1 +0000\n"), (2, tree), (3, LETTER)])
    members, passages = everything(GitReader, pack)
    assert members == {"lettre.txt": LETTER}
    assert "Zoé" in "".join(passages)
    assert everything(GitReader, systems.loose("blob", LETTER)[1])[0] == {"content": LETTER}
    assert everything(GitReader, systems.loose("commit", b"author A")[1])[1] == ["author A"]


def packed_with_delta(base: bytes, delta: bytes) -> bytes:
    whole = systems.packed([(3, base)])
    body = whole[12:-20]
    assert len(delta) < 16
    away = bytes([(len(body) >> 7) - 1 | 0x80, len(body) & 0x7F]) if len(body) > 127 else bytes([len(body)])
    return b"PACK" + struct.pack(">II", 2, 2) + body + bytes([6 << 4 | len(delta)]) + away + zlib.compress(delta)


def raw_zip(method: int, data: bytes) -> bytes:
    """A ZIP of one member that is packed already."""
    crc, name = zlib.crc32(LETTER), b"a.txt"
    fields = struct.pack("<HHHHHIIIHH", 63, 0, method, 0, 33, crc, len(data), len(LETTER), len(name), 0)
    local = b"PK\3\4" + fields + name + data
    central = b"PK\1\2\x3f\0" + fields + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    return local + central + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)


def ppmd() -> bytes:
    encoder = pyppmd.Ppmd8Encoder(6, 1 << 20, 0)
    return struct.pack("<H", 5) + encoder.encode(LETTER) + encoder.flush()


def deflate64() -> bytes:
    encoder = inflate64.Deflater()
    return bytes(encoder.deflate(LETTER)) + bytes(encoder.flush())


@pytest.mark.parametrize(
    ("method", "pack"),
    [(9, deflate64), (93, lambda: zstandard.compress(LETTER)), (95, lambda: lzma.compress(LETTER)), (98, ppmd)],
)
def test_zip_methods_of_other_programs(method: int, pack: Callable[[], bytes]) -> None:
    data = pack()
    assert everything(ZipReader, raw_zip(method, data))[0] == {"a.txt": LETTER}
    assert everything(ZipReader, raw_zip(method, data[:-9] + bytes(9)))[0] == {"a.txt": Kind.CORRUPT}
    assert zipfile.ZipFile(io.BytesIO(raw_zip(method, data))).namelist() == ["a.txt"]


def test_archive_behind_a_program() -> None:
    members, _ = everything(ProgramReader, MADE["setup.exe"])
    assert isinstance(members["archive.zip"], bytes)
    assert members["archive.zip"].startswith(b"PK\3\4")
    with pytest.raises(Unreadable, match="machine code"):
        everything(ProgramReader, b"MZ" + bytes(5000))


@pytest.mark.parametrize(
    "name", ["letter.txt.br", "letter.txt.lz4", "letter.txt.lz", "letter.txt.zz", "bomb.br", "bomb.lz4"]
)
def test_streams_cut_short_are_told(name: str) -> None:
    bombs = {"bomb.br": brotli.compress(bytes(1 << 22)), "bomb.lz4": lz4.frame.compress(bytes(1 << 22))}
    data = (MADE | bombs)[name]
    assert everything(CompressedReader, data[: len(data) * 2 // 3], name)[0] == {name.rpartition(".")[0]: Kind.CORRUPT}


@pytest.mark.parametrize(
    ("reader", "name"),
    [
        (CpioReader, "newc.cpio"), (CpioReader, "odc.cpio"), (CabinetReader, "mszip.cab"), (RarReader, "rar5.rar"),
        (RarReader, "rar4.rar"), (GitReader, "depot.bundle"), (GitReader, "pack-1.pack"), (ProgramReader, "setup.exe"),
        (CompressedReader, "letter.txt.br"), (CompressedReader, "letter.txt.lz4"), (CompressedReader, "letter.txt.lz"),
    ],
)  # fmt: skip
def test_damage_of_any_kind_raises_nothing_but_unreadable(reader: type[Reader], name: str) -> None:
    data = MADE[name]
    for at in range(0, len(data), max(1, len(data) // 40)):
        for damaged in (data[:at], data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]):
            try:
                everything(reader, damaged, name)
            except Unreadable:
                continue


def test_damaged_images_raise_nothing_but_unreadable() -> None:
    data = MADE["letter.iso"]
    for at in (*range(0x8000, 0xA800, 97), len(data) // 2):
        for damaged in (data[:at], data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]):
            try:
                everything(IsoReader, damaged)
            except Unreadable:
                continue
