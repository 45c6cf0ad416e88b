"""Containers and compressed streams around the letter, made with the standard library and readers' own libraries."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli
import lz4.frame
import py7zr
import pycdlib
import rars
import zstandard

from .letter import TEXT

LETTER = TEXT.encode()


def carriers() -> dict[str, bytes]:
    return {**_streams(), **_zips(), **_tars(), **_others()}


def _streams() -> dict[str, bytes]:
    half = LETTER.index(b"IBAN")
    tail = lzma.compress(LETTER, lzma.FORMAT_ALONE)
    return {
        "letter.txt.gz": gzip.compress(LETTER),
        "appended.txt.gz": gzip.compress(LETTER[:half]) + gzip.compress(LETTER[half:]),
        "letter.txt.bz2": bz2.compress(LETTER),
        "letter.txt.xz": lzma.compress(LETTER),
        "letter.txt.lzma": tail,
        "letter.txt.lz": _lzip(LETTER),
        "letter.txt.zst": zstandard.compress(LETTER),
        "letter.txt.lz4": lz4.frame.compress(LETTER),
        "appended.txt.lz4": lz4.frame.compress(LETTER[:half]) + lz4.frame.compress(LETTER[half:]),
        "letter.txt.br": brotli.compress(LETTER),
        "letter.txt.zz": zlib.compress(LETTER),
    }


def _lzip(data: bytes) -> bytes:
    """Raw LZMA between a head and a tail."""
    filters = [{"id": lzma.FILTER_LZMA1, "dict_size": 1 << 20}]
    body = lzma.compress(data, lzma.FORMAT_ALONE, filters=filters)[13:]
    size = 6 + len(body) + 20
    return b"LZIP\x01\x14" + body + struct.pack("<IQQ", zlib.crc32(data), len(data), size)


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def _zips() -> dict[str, bytes]:
    one = {"dossier/lettre été.txt": LETTER}
    plain = zipped(one)
    return {
        "deflated.zip": plain,
        "stored.zip": zipped(one, zipfile.ZIP_STORED),
        "bzip2.zip": zipped(one, zipfile.ZIP_BZIP2),
        "lzma.zip": zipped(one, zipfile.ZIP_LZMA),
        "app.jar": zipped({"META-INF/MANIFEST.MF": b"Manifest-Version: 1.0\n", "letter.txt": LETTER}),
        "app.war": zipped({"WEB-INF/web.xml": b"<web-app/>", "WEB-INF/lettre.txt": LETTER}),
        "setup.exe": b"MZ" + bytes(range(256)) * 20 + plain,
        "no_directory.zip": plain[: plain.rindex(b"PK\1\2")],
    }


def tarred(members: dict[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def _tars() -> dict[str, bytes]:
    long = {"dossier/" + "sous-dossier-très-long/" * 12 + "lettre.txt": LETTER}
    return {
        "pax.tar": tarred(long),
        "gnu.tar": tarred(long, tarfile.GNU_FORMAT),
        "ustar.tar": tarred({"lettre.txt": LETTER}, tarfile.USTAR_FORMAT),
        "appended.tar": tarred({"vide.txt": b"rien\n"}) + tarred({"lettre.txt": LETTER}),
        "letter.tar.gz": gzip.compress(tarred(long)),
        "letter.tbz2": bz2.compress(tarred(long)),
        "letter.tar.zst": zstandard.compress(tarred(long)),
    }


def _others() -> dict[str, bytes]:
    return {
        "letter.7z": _sevenzip(),
        "bcj.7z": _sevenzip([{"id": py7zr.FILTER_X86}, {"id": py7zr.FILTER_LZMA2, "preset": 5}]),
        "ppmd.7z": _sevenzip([{"id": py7zr.FILTER_PPMD, "order": 6, "mem": 24}]),
        "rar5.rar": _rar(rars.RAR50),
        "rar4.rar": _rar(rars.RAR29),
        "letter.iso": _iso(),
        "newc.cpio": _cpio(_newc),
        "odc.cpio": _cpio(_odc),
        "letter.ar": _ar({"lettre.txt": LETTER}),
        "letter.deb": _ar({"debian-binary": b"2.0\n", "data.tar.xz": lzma.compress(tarred({"./l.txt": LETTER}))}),
        "mszip.cab": cabinet(LETTER),
        "stored.cab": cabinet(LETTER, packed=False),
    }


def _sevenzip(filters: list[dict[str, int]] | None = None) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", filters=filters) as archive:
        archive.writestr(LETTER, "lettre.txt")
    return out.getvalue()


def _rar(form: str) -> bytes:
    builder = rars.RarBuilder(format=form)
    builder.add_bytes(LETTER, "lettre.txt")
    return bytes(builder.to_bytes())


def _iso() -> bytes:
    image = pycdlib.PyCdlib()
    image.new(joliet=3, rock_ridge="1.09")
    image.add_fp(io.BytesIO(LETTER), len(LETTER), "/LETTRE.TXT;1", joliet_path="/lettre été.txt", rr_name="lettre.txt")
    out = io.BytesIO()
    image.write_fp(out)
    image.close()
    return out.getvalue()


def _cpio(entry: Callable[[str, bytes], bytes]) -> bytes:
    return entry("vide.txt", b"") + entry("lettre.txt", LETTER) + entry("TRAILER!!!", b"")


def _newc(name: str, data: bytes) -> bytes:
    fields = (1, 0o100644, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(name) + 1, 0)
    head = b"070701" + "".join(f"{field:08X}" for field in fields).encode() + name.encode() + b"\0"
    return head + b"\0" * (-len(head) % 4) + data + b"\0" * (-len(data) % 4)


def _odc(name: str, data: bytes) -> bytes:
    fields = "".join(f"{field:06o}" for field in (0, 1, 0o100644, 0, 0, 1, 0))
    return f"070707{fields}{0:011o}{len(name) + 1:06o}{len(data):011o}{name}\0".encode() + data


def _ar(members: dict[str, bytes]) -> bytes:
    out = b"!<arch>\n"
    for name, data in members.items():
        out += f"{name:<16}{0:<12}{0:<6}{0:<6}{100644:<8}{len(data):<10}`\n".encode() + data + b"\n" * (len(data) % 2)
    return out


def cabinet(data: bytes, packed: bool = True) -> bytes:
    """A cabinet of one folder and one file ([MS-CAB] 2)."""
    blocks = [data[at : at + 32768] for at in range(0, len(data), 32768)]
    parts, window = b"", b""
    for block in blocks:
        body = block
        if packed:
            deflate = zlib.compressobj(9, zlib.DEFLATED, -15, zdict=window)
            body, window = b"CK" + deflate.compress(block) + deflate.flush(), (window + block)[-32768:]
        parts += struct.pack("<IHH", 0, len(body), len(block)) + body
    name = b"lettre.txt\0"
    first = 36 + 8
    start = first + 16 + len(name)
    folder = struct.pack("<IHH", start, len(blocks), int(packed))
    file = struct.pack("<IIHHHH", len(data), 0, 0, 0x5D63, 0, 0x20) + name
    size = start + len(parts)
    head = struct.pack("<4sIIIIIBBHHHHH", b"MSCF", 0, size, 0, first, 0, 3, 1, 1, 1, 0, 0, 0)
    return head + folder + file + parts


def sparse_tar() -> bytes:
    """By the system's own tar, which alone writes holes; empty where it cannot."""
    import subprocess

    with tempfile.TemporaryDirectory() as folder:
        with (Path(folder) / "trous.txt").open("wb") as file:
            file.write(LETTER[:100])
            file.seek(1 << 20)
            file.write(LETTER)
        done = subprocess.run(["tar", "-C", folder, "-Scf", "-", "trous.txt"], capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else b""
