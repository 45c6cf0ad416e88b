"""Magic numbers: the bytes that begin (or nearly begin) files that are not plain text."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable

OLE = "application/x-ole-storage"
ZIP = "application/zip"
TAR = "application/x-tar"

_AT_START: tuple[tuple[bytes, str], ...] = (
    # Containers and compression
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"PK\x07\x08", ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x04\x22\x4d\x18", "application/x-lz4"),
    (b"LZIP", "application/x-lzip"),
    (b"\x1f\x9d", "application/x-compress"),
    (b"]\x00\x00\x80\x00", "application/x-lzma"),
    (b"]\x00\x00\x00\x04", "application/x-lzma"),
    (b"!<arch>\ndebian-binary", "application/vnd.debian.binary-package"),
    (b"!<arch>\n", "application/x-archive"),
    (b"\xed\xab\xee\xdb", "application/x-rpm"),
    (b"MSCF\x00\x00\x00\x00", "application/vnd.ms-cab-compressed"),
    (b"070701", "application/x-cpio"),
    (b"070702", "application/x-cpio"),
    (b"070707", "application/x-cpio"),
    (b"\xc7\x71", "application/x-cpio"),
    (b"\x60\xea", "application/x-arj"),
    (b"hsqs", "application/vnd.squashfs"),
    (b"xar!", "application/x-xar"),
    (b"MSWIM\x00\x00\x00", "application/x-ms-wim"),
    (b"KDMV", "application/x-vmdk"),
    (b"QFI\xfb", "application/x-qemu-disk"),
    (b"conectix", "application/x-vhd"),
    (b"vhdxfile", "application/x-vhdx"),
    (b"LUKS\xba\xbe", "application/x-luks"),
    # Documents
    (b"%PDF-", "application/pdf"),
    (b"{\\rtf", "application/rtf"),
    (b"%!PS", "application/postscript"),
    (b"\xc5\xd0\xd3\xc6", "application/postscript"),
    (b"\xffWPC", "application/vnd.wordperfect"),
    (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3", "application/onenote"),
    (b"\xa1\x2f\xff\x43\xd9\xef\x76\x4c\x9e\xe4\xa0\x09\x42\x51\x2a\x6d", "application/onenote"),
    (b"!BDN", "application/vnd.ms-outlook-pst"),
    (b"\x78\x9f\x3e\x22", "application/vnd.ms-tnef"),
    (b"\xcf\xad\x12\xfe", "application/vnd.ms-outlook-express"),
    (b"\x00\x00\x02\x00\x06\x04\x06\x00", "application/vnd.lotus-1-2-3"),
    (b"\x00\x00\x1a\x00\x00\x10\x04\x00", "application/vnd.lotus-1-2-3"),
    (b"\x00\x00\x02\x00\x01\x10", "application/x-quattro-pro"),
    (b"\x09\x08\x10\x00\x00\x06\x05\x00", "application/vnd.ms-excel"),
    (b"\x09\x08\x08\x00\x00\x05\x05\x00", "application/vnd.ms-excel"),
    (b"\x09\x04\x06\x00\x00\x00\x10\x00", "application/vnd.ms-excel"),
    (b"\x31\xbe\x00\x00", "application/x-mswrite"),
    (b"\xdb\xa5\x2d\x00", "application/msword"),
    (b"ITSF\x03\x00", "application/vnd.ms-htmlhelp"),
    (b"AT&TFORM", "image/vnd.djvu"),
    # Data
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"\x37\x7f\x06\x82", "application/x-sqlite-wal"),
    (b"\x37\x7f\x06\x83", "application/x-sqlite-wal"),
    (b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", "application/x-sqlite-journal"),
    (b"PAR1", "application/vnd.apache.parquet"),
    (b"PARE", "application/vnd.apache.parquet"),
    (b"ARROW1\x00\x00", "application/vnd.apache.arrow.file"),
    (b"FEA1", "application/x-feather"),
    (b"ORC", "application/x-orc"),
    (b"Obj\x01", "application/avro"),
    (b"PGDMP", "application/x-pgdump"),
    (b"\xfe\xfe\x07", "application/x-mysql-myisam-index"),
    (b"\xfe\xfe\x06", "application/x-mysql-myisam-index"),
    (b"REDIS0", "application/x-redis-dump"),
    (b"\x6d\xe2\x99\x81", "application/x-mongodump-archive"),
    (b"TAPE\x00\x00", "application/x-mssql-backup"),
    (b"\x89HDF\r\n\x1a\n", "application/x-hdf5"),
    (b"\x93NUMPY", "application/x-npy"),
    (b"bplist0", "application/x-plist"),
    (b"LPKSHHRH", "application/vnd.systemd.journal"),
    (b"__CURSOR=", "application/vnd.fdo.journal"),
    (b"PACK\x00\x00\x00", "application/x-git-pack"),
    (b"# v2 git bundle", "application/x-git-bundle"),
    (b"# v3 git bundle", "application/x-git-bundle"),
    (b"\xd4\xc3\xb2\xa1", "application/vnd.tcpdump.pcap"),
    (b"\xa1\xb2\xc3\xd4", "application/vnd.tcpdump.pcap"),
    (b"\x0a\x0d\x0d\x0a", "application/x-pcapng"),
    (b"ElfFile\x00", "application/x-ms-evtx"),
    (b"$FL2@(#)", "application/x-spss-sav"),
    # Images
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"\x00\x00\x01\x00", "image/vnd.microsoft.icon"),
    (b"8BPS", "image/vnd.adobe.photoshop"),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "image/jp2"),
    (b"\xff\x0a", "image/jxl"),
    (b"\x00\x00\x00\x0cJXL \r\n\x87\n", "image/jxl"),
    (b"gimp xcf", "image/x-xcf"),
    (b"icns", "image/x-icns"),
    (b"\xd7\xcd\xc6\x9a", "image/wmf"),
    # Sound and film
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\xff\xf2", "audio/mpeg"),
    (b"\xff\xfa", "audio/mpeg"),
    (b"\xff\xf1", "audio/aac"),
    (b"\xff\xf9", "audio/aac"),
    (b"fLaC", "audio/flac"),
    (b"OggS", "audio/ogg"),
    (b"MThd", "audio/midi"),
    (b"#!AMR", "audio/amr"),
    (b"\x1aE\xdf\xa3", "video/x-matroska"),
    (b"FLV\x01", "video/x-flv"),
    (b"\x00\x00\x01\xba", "video/mpeg"),
    (b"\x00\x00\x01\xb3", "video/mpeg"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video/x-ms-asf"),
    (b"CWS", "application/x-shockwave-flash"),
    (b"FWS", "application/x-shockwave-flash"),
    # Fonts
    (b"OTTO\x00", "font/otf"),
    (b"\x00\x01\x00\x00\x00", "font/ttf"),
    (b"true\x00", "font/ttf"),
    (b"ttcf\x00", "font/collection"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
    # Programs
    (b"\x7fELF", "application/x-elf"),
    (b"\xca\xfe\xba\xbe", "application/java-vm"),
    (b"\xfe\xed\xfa\xce", "application/x-mach-binary"),
    (b"\xfe\xed\xfa\xcf", "application/x-mach-binary"),
    (b"\xce\xfa\xed\xfe", "application/x-mach-binary"),
    (b"\xcf\xfa\xed\xfe", "application/x-mach-binary"),
    (b"\x00asm", "application/wasm"),
    (b"dex\n03", "application/vnd.android.dex"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "application/x-ms-shortcut"),
    # Keys and what is encrypted
    (b"\x03\xd9\xa2\x9a", "application/x-keepass"),
    (b"-----BEGIN PGP MESSAGE", "application/pgp-encrypted"),
    (b"age-encryption.org/", "application/x-age-encrypted"),
    (b"Salted__", "application/x-openssl-encrypted"),
    # Bodies and genes
    *((mark + b"\0", "application/x-biometric-record") for mark in (b"FMR", b"FIR", b"FAC", b"IIR", b"VIR")),
    (b"\xff\xa0\xff\xa4", "image/x-wsq"),
    (b"\xff\xa0\xff\xa8", "image/x-wsq"),
    (b"BAM\x01", "application/x-bam"),
    # Marks that text can start with, told apart by what follows
    (b"\xef\xbb\xbf{\\rtf", "application/rtf"),
)

_RIFF = {b"WAVE": "audio/vnd.wave", b"AVI ": "video/vnd.avi", b"WEBP": "image/webp", b"RMID": "audio/midi"}
_BRANDS = {
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heif",
    b"msf1": "image/heif",
    b"avif": "image/avif",
    b"qt  ": "video/quicktime",
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
    b"3gp4": "video/3gpp",
    b"3gp5": "video/3gpp",
    b"3gp6": "video/3gpp",
}
_BERKELEY = {b"\x62\x31\x05\x00", b"\x61\x15\x06\x00", b"\x00\x05\x31\x62", b"\x00\x06\x15\x61", b"\x53\x22\x04\x00"}
# Letters open these, so text could too; what follows the mark is not text.
_LETTERED = {
    b"ORC",
    b"CWS",
    b"FWS",
    b"ID3",
    b"LZIP",
    b"hsqs",
    b"xar!",
    b"KDMV",
    b"icns",
    b"8BPS",
    b"PAR1",
    b"PARE",
    b"FEA1",
}
_FIRST: dict[int, list[tuple[bytes, str]]] = {}
for _mark, _type in _AT_START:
    _FIRST.setdefault(_mark[0], []).append((_mark, _type))


def find_signature(head: bytes) -> str:
    """Media type by magic number, or an empty string."""
    if head[257:262] == b"ustar" and _is_summed(head):  # the name of its first member can begin with any mark
        return TAR
    for mark, media_type in _FIRST.get(head[0], ()):
        if head.startswith(mark) and not (mark in _LETTERED and _is_plain(head[:64])):
            return media_type
    return _deeper(head) or (TAR if _is_tar(head) else "")


def _is_plain(start: bytes) -> bool:
    return all(9 <= byte < 14 or 32 <= byte < 127 for byte in start)


def _deeper(head: bytes) -> str:
    """Marks in two parts, and marks that are not at the start."""
    if head[:4] == b"RIFF" and head[8:12] in _RIFF:
        return _RIFF[head[8:12]]
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    return next((media_type for holds, media_type in _DEEPER if holds(head)), "")


_GIT_OBJECTS = (b"blob ", b"tree ", b"commit ", b"tag ")
_KEYSTORES = {b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce"}
"""Of Java; the first entry is a private key, or a certificate that is trusted."""
_PKCS12 = re.compile(rb"\x30(?:\x80|\x82..|\x83...)\x02\x01\x03\x30", re.DOTALL)
"""A sequence that begins with version 3 (RFC 7292, 4)."""
_DER_KEY = re.compile(
    rb"\x30\x82..\x02\x01\x00\x02\x82"  # RFC 8017, A.1.2
    rb"|\x30(?:\x82..|\x81.|[\x20-\x7f])\x02\x01\x00\x30[\x05-\x20]\x06"  # RFC 5958, 2
    rb"|\x30(?:\x81.|[\x20-\x7f])\x02\x01\x01\x04[\x20\x30\x42]",  # RFC 5915, 3
    re.DOTALL,
)
_DEEPER: tuple[tuple[Callable[[bytes], bool], str], ...] = (
    (lambda h: h[:4] == b".snd" and not _is_plain(h[:64]), "audio/basic"),
    (lambda h: h[:4] == b"FORM" and h[8:12] in (b"AIFF", b"AIFC"), "audio/aiff"),
    (lambda h: h[:3] == b"BZh" and h[4:10] in (b"1AY&SY", b"\x17\x72\x45\x38\x50\x90"), "application/x-bzip2"),
    (lambda h: h[:2] == b"MZ" and not _is_plain(h[:64]), "application/vnd.microsoft.portable-executable"),
    (lambda h: h[:2] == b"BM" and h[6:10] == b"\0\0\0\0", "image/bmp"),
    (lambda h: h[:2] == b"\xfe\x01" and h[2:3] in b"\x07\x08\x09\x0a", "application/x-mysql-table-definition"),
    (lambda h: h[4:19] in (b"Standard Jet DB", b"Standard ACE DB"), "application/x-msaccess"),
    (lambda h: h[12:16] in _BERKELEY, "application/x-berkeley-db"),
    (lambda h: h[:5] == b"WARC/" and h[5:6].isdigit(), "application/warc"),
    (lambda h: h[128:132] == b"DICM", "application/dicom"),
    (lambda h: h[:4] == b"CRAM" and h[4:5] in (b"\2", b"\3"), "application/x-cram"),
    (lambda h: h[:6] == b"1.001:" and b"\x1d1.002:" in h[:40], "application/x-ansi-nist"),
    (lambda h: h[:4] in _KEYSTORES and h[12:16] == b"\0\0\0\1", "application/x-java-keystore"),
    (lambda h: h[:4] in _KEYSTORES and h[4:7] == b"\0\0\0", "application/x-java-truststore"),
    (lambda h: _PKCS12.match(h) is not None, "application/x-pkcs12"),
    (lambda h: _DER_KEY.match(h) is not None, "application/x-private-key"),
    (lambda h: h[40:44] == b" EMF", "image/emf"),
    (lambda h: b"EXPORT:V" in h[:32] or (b'"SYS_EXPORT_' in h[:2048] and 0 in h[:64]), "application/x-oracle-dump"),
    (lambda h: bool(_is_postgres_page(h)), "application/x-postgresql-data"),
    (lambda h: h[4:8] == b"\0\0\0\0" and h[24:26] == b"\0\x08" and len(h) >= 1 << 14, "application/x-innodb-data"),
    (lambda h: h[2:5] == b"-lh" and h[6:7] == b"-", "application/x-lzh-compressed"),
    (lambda h: h[0x8001:0x8006] in (b"CD001", b"BEA01"), "application/x-iso9660-image"),
    (lambda h: _inflates(h)[:7].startswith(_GIT_OBJECTS), "application/x-git-object"),
    (lambda h: bool(_inflates(h)), "application/zlib"),
    (
        lambda h: h[:4] == b"\xff" * 4 and h[8:12] == b"\x10\0\0\0" and h[6:8] == b"\0\0",
        "application/vnd.apache.arrow.stream",
    ),
    (lambda h: bool(_is_bson(h)), "application/bson"),
)


def _inflates(head: bytes) -> bytes:
    """The first bytes inside a zlib stream (RFC 1950, 2.2), or none."""
    if head[:1] != b"\x78" or len(head) < 8 or int.from_bytes(head[:2], "big") % 31:
        return b""
    try:
        return zlib.decompressobj().decompress(head, 64)
    except zlib.error:
        return b""


_BSON_FIXED = {1: 8, 6: 0, 7: 12, 8: 1, 9: 8, 10: 0, 16: 4, 17: 8, 18: 8, 19: 16}
_BSON_SIZED = {2: 4, 3: 0, 4: 0, 5: 5, 13: 4}
"""Types of BSON whose value says its length, and what that does not count."""


def _is_bson(head: bytes) -> bool:
    """A document whose fields follow each other up to the zero that ends it, or to the end of what is seen."""
    size, at = int.from_bytes(head[:4], "little"), 4
    if len(head) < 12 or not 8 <= size <= 1 << 24:
        return False
    while at < min(size, len(head)) - 1:
        kind, end = head[at], head.find(b"\0", at + 1, at + 256)
        if end < 0:
            return at > 4 and len(head) - at < 256
        if min(head[at + 1 : end], default=32) < 32 or (kind not in _BSON_FIXED and kind not in _BSON_SIZED):
            return False
        at = end + 1
        if kind in _BSON_SIZED:
            at += int.from_bytes(head[at : at + 4], "little") + _BSON_SIZED[kind]
        else:
            at += _BSON_FIXED[kind]
    return len(head) - 1 <= at < size if size > len(head) else at == size - 1 and head[at] == 0


def _is_postgres_page(head: bytes) -> bool:
    """A page of a table or an index (PageHeaderData): its layout version, and bounds in their order."""
    pages = [head[at : at + 24] for at in range(0, min(len(head), 1 << 15), 1 << 13)]
    return len(head) >= 1 << 13 and all(_is_page(page) for page in pages)


def _is_page(page: bytes) -> bool:
    lower, upper, special, layout = (int.from_bytes(page[at : at + 2], "little") for at in (12, 14, 16, 18))
    return layout == 0x2004 and 24 <= lower <= upper <= special <= 1 << 13


def _is_tar(head: bytes) -> bool:
    """POSIX magic, or for older archives the header's own checksum."""
    return head[257:262] == b"ustar" or _is_summed(head)


def _is_summed(head: bytes) -> bool:
    """Whether the head of an archive holds its own checksum."""
    block = head[:512]
    if len(block) < 512 or not block[0]:
        return False
    try:
        stated = int(block[148:156].rstrip(b"\0 ").lstrip() or b"x", 8)
    except ValueError:
        return False
    return stated == sum(block[:148]) + 8 * 32 + sum(block[156:])
