"""Containers: members come out, damage and encryption are told, nothing else is raised."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import py7zr
import pytest
import zstandard

from scanner.contracts import Reader, Source, Unreadable
from scanner.model import Embedded, Gap, Kind
from scanner.readers.ar import ArReader
from scanner.readers.archives import ZipReader
from scanner.readers.compressed import CompressedReader, inner_name
from scanner.readers.sevenzip import SevenZipReader
from scanner.readers.tars import TarReader

TEXTS = {"a.txt": b"alpha\n" * 1000, "dossier/b.csv": b"nom;prenom\n", "c.bin": random.Random(1).randbytes(300_000)}


class OneWay(io.RawIOBase):
    """A stream that cannot seek, as readers with ``seeks = False`` get."""

    def __init__(self, data: bytes) -> None:
        self.inner = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        return self.inner.readinto(buffer)


def source(reader: type[Reader], data: bytes, name: str = "x", media_type: str = "") -> Source:
    stream = io.BytesIO(data) if reader.seeks else io.BufferedReader(OneWay(data))  # type: ignore[type-var]
    return Source(stream, name, len(data), media_type)


def drain(opened: object) -> tuple[bytes, Kind | None]:
    parts = []
    try:
        while block := opened.read(1000):  # type: ignore[attr-defined]
            parts.append(block)
    except Unreadable as stop:
        return b"".join(parts), stop.problem.kind
    return b"".join(parts), None


def everything(
    reader: type[Reader], data: bytes, name: str = "x", media_type: str = ""
) -> tuple[dict[str, tuple[bytes, Kind | None]], Kind | None]:
    """All members with their bytes and problem, and the reader's own problem."""
    found: dict[str, tuple[bytes, Kind | None]] = {}
    try:
        for content in reader().read(source(reader, data, name, media_type)):
            if isinstance(content, Gap):
                return found, content.problem.kind
            assert isinstance(content, Embedded)
            try:
                with content.open() as opened:
                    found[content.name] = drain(opened)
            except Unreadable as stop:
                found[content.name] = b"", stop.problem.kind
    except Unreadable as stop:
        return found, stop.problem.kind
    return found, None


def zipped(method: int = zipfile.ZIP_DEFLATED, texts: dict[str, bytes] = TEXTS) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.mkdir("dossier")
        for name, data in texts.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(texts: dict[str, bytes] = TEXTS) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in texts.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def sevenzipped(password: str | None = None, hide: bool = False) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password=password, header_encryption=hide) as archive:
        for name, data in TEXTS.items():
            archive.writestr(data, name)
    return out.getvalue()


def arred() -> bytes:
    out = b"!<arch>\n"
    for name, data in {"a.txt/": b"odd", "#1/12": b"long-name.tx" + b"even"}.items():
        out += f"{name:<16}{0:<12}{0:<6}{0:<6}{100644:<8}{len(data):<10}`\n".encode() + data + b"\n" * (len(data) % 2)
    return out


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_zip_members(method: int) -> None:
    assert everything(ZipReader, zipped(method)) == ({n: (d, None) for n, d in TEXTS.items()}, None)


def test_zip_sizes_are_given() -> None:
    first = next(iter(ZipReader().read(source(ZipReader, zipped()))))
    assert isinstance(first, Embedded)
    assert first.size == len(TEXTS["a.txt"])
    assert first.stored is not None
    assert first.stored < first.size


def test_zip_without_directory_gives_its_members() -> None:
    data = zipped()
    found, kind = everything(ZipReader, data[: data.index(b"PK\1\2")])
    assert kind is Kind.CORRUPT
    assert found == {n: (d, None) for n, d in TEXTS.items()}


def test_zip_written_to_a_pipe_is_salvaged() -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.out = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            self.out += data
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in TEXTS.items():
            archive.writestr(name, data)
    found, kind = everything(ZipReader, bytes(pipe.out[: pipe.out.index(b"PK\1\2")]))
    assert kind is Kind.CORRUPT
    assert found == {n: (d, None) for n, d in TEXTS.items()}


def test_zip_cut_in_a_member_gives_its_beginning() -> None:
    data = zipped()
    found, kind = everything(ZipReader, data[:200_000])
    assert kind is Kind.CORRUPT
    assert found["a.txt"] == (TEXTS["a.txt"], None)
    start, problem = found["c.bin"]
    assert problem is Kind.CORRUPT
    assert len(start) > 100_000
    assert TEXTS["c.bin"].startswith(start)


def test_zip_encrypted_member_is_told_and_the_others_read() -> None:
    data = bytearray(zipped(zipfile.ZIP_STORED))
    at = data.index(b"PK\1\2", data.index(b"PK\1\2") + 1)
    data[at + 8] |= 1
    found, kind = everything(ZipReader, bytes(data))
    assert kind is None
    assert found["a.txt"] == (b"", Kind.ENCRYPTED)
    assert found["dossier/b.csv"][1] is None


def test_zip_unknown_method_and_wrong_sum() -> None:
    data = bytearray(zipped(zipfile.ZIP_STORED, {"a": b"12345"}))
    data[data.index(b"12345")] ^= 1
    assert everything(ZipReader, bytes(data))[0]["a"][1] is Kind.CORRUPT
    at = data.rindex(b"PK\1\2")
    data[at + 10 : at + 12] = struct.pack("<H", 97)
    assert everything(ZipReader, bytes(data))[0]["a"] == (b"", Kind.UNSUPPORTED)


def test_zip_links_names_and_duplicates() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("lien")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/hostname")
        archive.writestr("../../evasion.txt", "x")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("../../evasion.txt", "y")
    found, _ = everything(ZipReader, out.getvalue())
    assert found["lien"] == (b"", Kind.LINK)
    assert found["../../evasion.txt"] == (b"x", None)
    assert found["../../evasion.txt#2"] == (b"y", None)


@pytest.mark.parametrize(("raw", "name"), [("été.txt".encode("cp850"), "été.txt"), ("été.txt".encode(), "été.txt")])
def test_zip_names_in_other_encodings(raw: bytes, name: str) -> None:
    data = zipped(texts={"X" * len(raw): b"1"}).replace(b"X" * len(raw), raw)
    assert list(everything(ZipReader, data)[0]) == [name]


def test_tar_members_links_and_devices() -> None:
    out = io.BytesIO(tarred())
    with tarfile.open(fileobj=out, mode="a") as archive:
        for name, form in {"lien": tarfile.SYMTYPE, "dur": tarfile.LNKTYPE, "tube": tarfile.FIFOTYPE}.items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = form, "a.txt"
            archive.addfile(info)
    found, kind = everything(TarReader, out.getvalue())
    assert kind is None
    assert {n: found[n] for n in TEXTS} == {n: (d, None) for n, d in TEXTS.items()}
    assert found["lien"][1] is Kind.LINK
    assert found["dur"][1] is Kind.LINK
    assert found["tube"][1] is Kind.SPECIAL


def test_tar_appended_archives_are_all_read() -> None:
    found, kind = everything(TarReader, tarred({"a": b"1"}) + tarred({"b": b"2"}))
    assert kind is None
    assert found == {"a": (b"1", None), "b": (b"2", None)}


def test_tar_damaged_header_is_told_and_the_rest_read() -> None:
    data = bytearray(tarred())
    at = data.index(b"dossier/b.csv")
    data[at] ^= 0xFF
    found, kind = everything(TarReader, bytes(data))
    assert kind is Kind.CORRUPT
    assert found["c.bin"] == (TEXTS["c.bin"], None)


def test_tar_truncated_gives_what_is_there() -> None:
    found, kind = everything(TarReader, tarred()[:100_000])
    assert kind is Kind.CORRUPT
    assert found["a.txt"] == (TEXTS["a.txt"], None)
    assert TEXTS["c.bin"].startswith(found["c.bin"][0])
    assert found["c.bin"][1] is Kind.CORRUPT


def test_tar_members_that_nobody_opens_are_passed_over() -> None:
    names = [c.name for c in TarReader().read(source(TarReader, tarred())) if isinstance(c, Embedded)]
    assert names == list(TEXTS)


COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {
    "application/gzip": lambda data: gzip.compress(data, mtime=0),
    "application/x-bzip2": bz2.compress,
    "application/x-xz": lzma.compress,
    "application/zstd": zstandard.ZstdCompressor().compress,
}


@pytest.mark.parametrize("media_type", COMPRESSORS)
def test_compressed_whole_appended_padded_and_cut(media_type: str) -> None:
    compress, data = COMPRESSORS[media_type], TEXTS["c.bin"] + TEXTS["a.txt"]
    packed = compress(data)
    assert everything(CompressedReader, packed, "f.gz", media_type) == ({"f": (data, None)}, None)
    assert everything(CompressedReader, packed * 2 + bytes(64), "f.gz", media_type)[0] == {"f": (data * 2, None)}
    begun, problem = everything(CompressedReader, packed[:-5000], "f.gz", media_type)[0]["f"]
    assert problem is Kind.CORRUPT
    assert data.startswith(begun)
    whole, problem = everything(CompressedReader, packed + b"garbage after the end", "f.gz", media_type)[0]["f"]
    assert (whole, problem) == (data, Kind.CORRUPT)
    assert everything(CompressedReader, b"\x1f\x8bnothing of the kind", "f.gz", media_type)[0]["f"] == (
        b"",
        Kind.CORRUPT,
    )


@pytest.mark.parametrize("media_type", COMPRESSORS)
def test_compressed_bomb_comes_in_bounded_blocks(media_type: str) -> None:
    packed = COMPRESSORS[media_type](bytes(50_000_000))
    content = next(iter(CompressedReader().read(source(CompressedReader, packed, "f", media_type))))
    assert isinstance(content, Embedded)
    stream = content.open()
    total = 0
    while block := stream.read(1 << 20):
        assert len(block) <= 1 << 20
        total += len(block)
    assert total == 50_000_000


@pytest.mark.parametrize(
    ("name", "inner"), [("a/dump.SQL.gz", "dump.SQL"), ("x.tgz", "x.tar"), ("backup", "backup"), (".gz", ".gz")]
)
def test_inner_name(name: str, inner: str) -> None:
    assert inner_name(name) == inner


def test_sevenzip_members() -> None:
    assert everything(SevenZipReader, sevenzipped()) == ({n: (d, None) for n, d in TEXTS.items()}, None)


def test_sevenzip_members_that_nobody_opens_do_not_disturb() -> None:
    members = [c for c in SevenZipReader().read(source(SevenZipReader, sevenzipped())) if isinstance(c, Embedded)]
    assert [m.name for m in members] == list(TEXTS)
    contents = iter(SevenZipReader().read(source(SevenZipReader, sevenzipped())))
    next(contents)
    second = next(contents)
    assert isinstance(second, Embedded)
    assert second.open().read() == TEXTS["dossier/b.csv"]


def test_sevenzip_encrypted() -> None:
    found, kind = everything(SevenZipReader, sevenzipped("secret"))
    assert kind is Kind.ENCRYPTED or {k for _, k in found.values()} == {Kind.ENCRYPTED}
    assert everything(SevenZipReader, sevenzipped("secret", hide=True)) == ({}, Kind.ENCRYPTED)


def test_ar_members() -> None:
    assert everything(ArReader, arred()) == ({"a.txt": (b"odd", None), "long-name.tx": (b"even", None)}, None)
    assert everything(ArReader, arred()[:-2])[1] is Kind.CORRUPT


BUILDERS: dict[type[Reader], Callable[[], bytes]] = {
    ZipReader: zipped,
    TarReader: tarred,
    SevenZipReader: sevenzipped,
    ArReader: arred,
}


@pytest.mark.parametrize("reader", BUILDERS)
def test_damage_of_any_kind_raises_nothing_but_unreadable(reader: type[Reader]) -> None:
    whole, dice = BUILDERS[reader](), random.Random(7)
    for _ in range(60):
        data = bytearray(whole[: dice.choice([len(whole), dice.randrange(len(whole))])])
        for _ in range(dice.randrange(1, 20)):
            if data:
                at = dice.choice([dice.randrange(len(data)), len(data) - 1 - dice.randrange(min(300, len(data)))])
                data[at] = dice.randrange(256)
        everything(reader, bytes(data))


def test_compressed_file_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "journal.log.gz"
    with gzip.open(path, "wb") as out:
        out.write(TEXTS["a.txt"])
    with path.open("rb") as stream:
        content = next(
            iter(CompressedReader().read(Source(stream, path.name, path.stat().st_size, "application/gzip")))
        )
        assert isinstance(content, Embedded)
        assert content.name == "journal.log"
        assert content.open().read() == TEXTS["a.txt"]
