"""ZIP files: opened with a bound on their directory, their members decoded when asked."""

from __future__ import annotations

import calendar
import io
import lzma
import stat
import struct
import zipfile
import zlib
from functools import partial
from typing import BinaryIO

from scanner.contracts import Unreadable
from scanner.formats import zipmethods as packing
from scanner.formats.members import GuardedStream, Names, SliceStream, binary, refuse
from scanner.model import Embedded, Kind

DIRECTORY_LIMIT = 256 << 20
"""A central directory over this size is not loaded: about four million members."""
DIRECTORY_ERRORS = (
    zipfile.BadZipFile,
    NotImplementedError,
    UnicodeDecodeError,
    struct.error,
    ValueError,
    OverflowError,
    EOFError,
)
MEMBER_ERRORS = (*DIRECTORY_ERRORS, zlib.error, lzma.LZMAError, OSError, RuntimeError)
ENCRYPTED = 0x1 | 0x40 | 0x2000
UTF8 = 0x800
DESCRIPTOR = 0x8


def member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, names: Names) -> Embedded:
    """One member, opened when asked."""
    return Embedded(
        names.distinct(decode_name(info)),
        partial(open_member, archive, info),
        info.file_size,
        info.compress_size,
        _time(info),
    )


def open_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    """The decoded member; what cannot be opened is ``Unreadable``."""
    if info.flag_bits & ENCRYPTED:
        refuse(Kind.ENCRYPTED, "member is encrypted")
    if info.create_system == 3 and stat.S_ISLNK(info.external_attr >> 16):
        refuse(Kind.LINK, "symbolic link in an archive")
    if info.compress_type in packing.METHODS:
        return packing.open_packed(archive, info)
    try:
        stream = archive.open(info)
    except NotImplementedError:
        raise Unreadable(Kind.UNSUPPORTED, f"compression method {info.compress_type}") from None
    except MEMBER_ERRORS as error:
        raise Unreadable(Kind.CORRUPT, type(error).__name__) from None
    return binary(GuardedStream(stream, MEMBER_ERRORS))  # type: ignore[arg-type]


def overlapping(infos: list[zipfile.ZipInfo], size: int) -> set[int]:
    """Indexes of members that share their data with another, in an archive that claims more than twice its size.

    So are bombs built that no ratio of one member gives away.
    """
    if sum(info.compress_size for info in infos) <= 2 * size:
        return set()
    found, end = set(), 0
    for index in sorted(range(len(infos)), key=lambda index: infos[index].header_offset):
        start = infos[index].header_offset
        if start < end:
            found.add(index)
        end = max(end, start + infos[index].compress_size)
    return found


def decode_name(info: zipfile.ZipInfo) -> str:
    """Names not marked UTF-8 are UTF-8 anyway on Unix and macOS, and code page 850 from a French Windows."""
    if info.flag_bits & UTF8 or info.filename.isascii():
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    return decode_raw(raw)


def decode_raw(raw: bytes) -> str:
    """Bytes of a name whose encoding the archive does not tell."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp850")


def _time(info: zipfile.ZipInfo) -> int:
    year, month, day, *clock = info.date_time
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return 0
    return calendar.timegm((year, month, day, *clock)) * 10**9


def bound_directory(stream: BinaryIO) -> None:
    """Loading the directory takes memory in proportion to it, and it may claim any size."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - 66_000))
    tail = stream.read(66_000)
    stream.seek(0)
    at = tail.rfind(b"PK\5\6")
    if at < 0 or at + 20 > len(tail):
        return
    length = int.from_bytes(tail[at + 12 : at + 16], "little")
    far = tail.rfind(b"PK\6\6", 0, at)
    if length == 0xFFFFFFFF and far >= 0:
        length = int.from_bytes(tail[far + 40 : far + 48], "little")
    if DIRECTORY_LIMIT < length <= size:
        raise Unreadable(Kind.TOO_MANY, f"directory over {DIRECTORY_LIMIT >> 20} MB")


def last_volume(stream: BinaryIO) -> int:
    """The number of this volume, which holds the directory; 0 where it is the only one (APPNOTE 4.3.16)."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - 66_000))
    tail = stream.read(66_000)
    at = tail.rfind(b"PK\5\6")
    number = int.from_bytes(tail[at + 4 : at + 6], "little") if at >= 0 else 0
    return number if number < 0xFFFF else 0


def zip_start(stream: BinaryIO) -> int | None:
    """Where the first member of an archive begins that the end of the file lists; None where it holds none."""
    try:
        bound_directory(stream)
        with zipfile.ZipFile(stream) as archive:
            first = min((info.header_offset for info in archive.infolist()), default=-1)
            return first if first >= 0 else None  # a directory that lies may place members before the file begins
    except (Unreadable, *DIRECTORY_ERRORS):
        return None


def part(stream: BinaryIO, start: int, size: int) -> BinaryIO:
    """A part of a file as a file."""
    stream.seek(start)
    return binary(SliceStream(stream, size))


def appended(stream: BinaryIO, size: int) -> Embedded | None:
    """The archive behind a file of another kind that is also that archive: readers of either see only their own."""
    if stream.closed or not _ends_as_zip(stream, size):
        return None
    start = zip_start(stream)
    if not start:
        return None
    return Embedded("archive.zip", partial(part, stream, start, size - start), size - start, size - start)


def _ends_as_zip(stream: BinaryIO, size: int) -> bool:
    """Whether the record that ends an archive ends the file too, its comment with it."""
    stream.seek(max(0, size - 66_000))
    tail = stream.read(66_000)
    at = tail.rfind(b"PK\5\6")
    return 0 <= at <= len(tail) - 22 and at + 22 + int.from_bytes(tail[at + 20 : at + 22], "little") == len(tail)
