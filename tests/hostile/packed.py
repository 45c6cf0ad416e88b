"""Archives and compressed files that lie, loop, explode or break off."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
from pathlib import Path

import py7zr
import zstandard

LINE = b"une ligne de journal sans personne dedans\n"
MIB = 1 << 20
STAMP = (2026, 1, 1, 0, 0, 0)


def plant(folder: Path) -> None:
    """Write them all."""
    for make in (_bombs, _lying_zips, _tars, _compressed, _sevenzips):
        for name, data in make().items():
            (folder / name).write_bytes(data)


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, STAMP), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _bombs() -> dict[str, bytes]:
    zeros = _zeros_gz(2000)
    nested = zipped({f"{n}.gz": zeros for n in range(4)})
    for level in range(3):
        nested = zipped({f"{level}-{n}.zip": nested for n in range(4)})
    deep = b"au fond"
    for level in range(40):
        deep = zipped({f"{level}.zip" if level else "fond.txt": deep})
    return {
        "bombe-plate.zip": zipped({"zeros.txt": bytes(200 * MIB)}),
        "bombe-texte.gz": gzip.compress(LINE * (20 * MIB // len(LINE)), mtime=0),
        "bombe-emboitee.zip": nested,
        "bombe.gz": zeros,
        "matriochka.zip": deep,
        "milliers.zip": zipped({f"{n}.txt": b"" for n in range(5000)}),
    }


def _zeros_gz(mebibytes: int) -> bytes:
    """Two gigabytes of zeros as gzip members appended to one another, quick to make."""
    return gzip.compress(bytes(50 * MIB), mtime=0) * (mebibytes // 50)


def _lying_zips() -> dict[str, bytes]:
    plain = zipped({"a.txt": LINE * 50, "b.txt": LINE * 60})
    slip = {"../../../etc/cron.d/x": LINE, "/etc/passwd": LINE, "C:\\Windows\\x": LINE, "..\\..\\y": LINE, "": LINE}
    huge = bytearray(plain)
    at = huge.index(b"PK\x01\x02")
    huge[at + 24 : at + 28] = struct.pack("<I", 0xFFFFFFF0)
    zip64 = _zip64_sizes(plain)
    return {
        "glisse.zip": zipped(slip),
        "chevauche.zip": _overlapping(),
        "doublons.zip": _twice(),
        "coupe.zip": plain[: len(plain) - 40],
        "entete-coupe.zip": plain[:30],
        "taille-fausse.zip": bytes(huge),
        "taille-zip64.zip": zip64,
        "noms.zip": zipped({"a\nb\x1b[31m\u202egpj.txt": LINE, "=cmd|' /C calc'!A1": LINE, "<script>x</script>": LINE}),
        "sans-fin.zip": plain[: plain.index(b"PK\x05\x06")],
        "vide.zip": zipped({}),
        "commentaire.zip": plain[:-2] + b"\xff\xff" + b"z" * 300,
    }


def _overlapping() -> bytes:
    """Many directory entries for one stretch of data."""
    one = zipped({"x.txt": b"0" * 5 * MIB})
    start, end = one.index(b"PK\x01\x02"), one.index(b"PK\x05\x06")
    entries = one[start:end] * 500
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 500, 500, len(entries), start, 0)
    return one[:start] + entries + tail


def _twice() -> bytes:
    out = io.BytesIO()
    names = [b"meme.txt", b"mime.txt", b"mume.txt"]
    out.write(zipped({name.decode(): LINE for name in names}))
    data = out.getvalue()
    for name in names[1:]:
        data = data.replace(name, names[0])
    return data


def _zip64_sizes(plain: bytes) -> bytes:
    """A member that says it holds 2**64 - 1 bytes."""
    start, end = plain.index(b"PK\x01\x02"), plain.index(b"PK\x05\x06")
    first = bytearray(plain[start:])
    name_length = struct.unpack_from("<H", first, 28)[0]
    extra = struct.pack("<HHQ", 1, 8, 2**64 - 1)
    struct.pack_into("<I", first, 24, 0xFFFFFFFF)
    struct.pack_into("<H", first, 30, len(extra))
    cut = 46 + name_length
    directory = bytes(first[:cut]) + extra + bytes(first[cut : end - start])
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 2, 2, len(directory), start, 0)
    return plain[:start] + directory + tail


def _tars() -> dict[str, bytes]:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        _member(archive, "../../etc/passwd", LINE)
        _member(archive, "/absolu.txt", LINE)
        _member(archive, "nom\nligne\x1b]0;x\x07.txt", LINE)
        _member(archive, "n" * 300 + ".txt", LINE)
        for name, kind in (("lien", tarfile.SYMTYPE), ("dur", tarfile.LNKTYPE), ("tube", tarfile.FIFOTYPE)):
            _special(archive, name, kind)
        _special(archive, "disque", tarfile.BLKTYPE)
        _special(archive, "console", tarfile.CHRTYPE)
        _member(archive, "apres.txt", LINE)
    whole = out.getvalue()
    return {
        "speciaux.tar": whole,
        "coupe.tar": whole[: len(whole) * 2 // 3],
        "abime.tar": whole[:512] + b"\xff" * 512 + whole[1024:],
        "immense.tar": _giant_header(2**70) + LINE,
        "negatif.tar": _giant_header(-(2**40)) + LINE,
        "epars.tar": _sparse(),
        "futur.tar": _dated(2**60),
    }


def _member(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(data)
    archive.addfile(info, io.BytesIO(data))


def _special(archive: tarfile.TarFile, name: str, kind: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, "/etc/passwd"
    archive.addfile(info)


def _giant_header(size: int) -> bytes:
    info = tarfile.TarInfo("geant.txt")
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    header[124:136] = (b"\x80" if size >= 0 else b"\xff") + (size % (1 << 88)).to_bytes(11, "big")
    return _summed(header)


def _dated(moment: int) -> bytes:
    header = bytearray(tarfile.TarInfo("futur.txt").tobuf(tarfile.GNU_FORMAT))
    header[136:148] = b"\x80" + moment.to_bytes(11, "big")
    return _summed(header) + bytes(1024)


def _sparse() -> bytes:
    """An old GNU sparse member that unfolds to a gigabyte of nothing."""
    header = bytearray(tarfile.TarInfo("trou.bin").tobuf(tarfile.GNU_FORMAT))
    header[156:157] = b"S"
    header[124:136] = b"%011o\0" % 512
    header[386:398], header[398:410] = b"%011o\0" % (1 << 30), b"%011o\0" % 512
    header[483:495] = b"%011o\0" % ((1 << 30) + 512)
    return _summed(header) + LINE.ljust(512, b".") + bytes(1024)


def _summed(header: bytearray) -> bytes:
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header)


def _compressed() -> dict[str, bytes]:
    text = LINE * 5000
    gz, bz, xz, zst = gzip.compress(text, mtime=0), bz2.compress(text), lzma.compress(text), zstandard.compress(text)
    return {
        "queue.txt.gz": gz + b"ordures apres la fin" * 20,
        "suite.txt.gz": gz * 3,
        "coupe.txt.gz": gz[: len(gz) // 2],
        "coupe.txt.bz2": bz[: len(bz) // 2],
        "coupe.txt.xz": xz[: len(xz) // 2],
        "coupe.txt.zst": zst[: len(zst) // 2],
        "somme.txt.gz": gz[:-8] + b"\0" * 8,
        "entete.gz": b"\x1f\x8b\x08\x1f" + b"\xff" * 40,
        "fenetre.zst": b"\x28\xb5\x2f\xfd\x00\xff" + b"\0" * 50,
        "lui-meme.gz": gzip.compress(gzip.compress(gzip.compress(gz, mtime=0), mtime=0), mtime=0),
    }


def _sevenzips() -> dict[str, bytes]:
    plain, locked, header = io.BytesIO(), io.BytesIO(), io.BytesIO()
    with py7zr.SevenZipFile(plain, "w") as archive:
        archive.writestr(LINE * 100, "a.txt")
        archive.writestr(LINE * 100, "b.txt")
    with py7zr.SevenZipFile(locked, "w", password="invente") as archive:
        archive.writestr(LINE * 100, "secret.txt")
    with py7zr.SevenZipFile(header, "w", password="invente", header_encryption=True) as archive:
        archive.writestr(LINE * 100, "secret.txt")
    whole = plain.getvalue()
    middle = bytearray(whole)
    middle[60:80] = b"\xff" * 20
    return {
        "ferme.7z": locked.getvalue(),
        "tout-ferme.7z": header.getvalue(),
        "coupe.7z": whole[: len(whole) // 2],
        "abime.7z": bytes(middle),
    }
