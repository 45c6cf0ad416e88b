"""Magic numbers: the bytes that begin (or nearly begin) files that are not plain text."""

from __future__ import annotations

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
    (b"\x89HDF\r\n\x1a\n", "application/x-hdf5"),
    (b"\x93NUMPY", "application/x-npy"),
    (b"bplist0", "application/x-bplist"),
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
    (b"\xfe\xed\xfe\xed", "application/x-java-keystore"),
    (b"\x03\xd9\xa2\x9a", "application/x-keepass"),
    (b"-----BEGIN PGP MESSAGE", "application/pgp-encrypted"),
    (b"age-encryption.org/", "application/x-age-encrypted"),
    (b"Salted__", "application/x-openssl-encrypted"),
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


_DEEPER: tuple[tuple[Callable[[bytes], bool], str], ...] = (
    (lambda h: h[:4] == b"FORM" and h[8:12] in (b"AIFF", b"AIFC"), "audio/aiff"),
    (lambda h: h[:3] == b"BZh" and h[4:10] in (b"1AY&SY", b"\x17\x72\x45\x38\x50\x90"), "application/x-bzip2"),
    (lambda h: h[:2] == b"MZ" and not _is_plain(h[:64]), "application/vnd.microsoft.portable-executable"),
    (lambda h: h[:2] == b"BM" and h[6:10] == b"\0\0\0\0", "image/bmp"),
    (lambda h: h[:2] == b"\xfe\x01" and h[2:3] in b"\x07\x08\x09\x0a", "application/x-mysql-table-definition"),
    (lambda h: h[4:19] in (b"Standard Jet DB", b"Standard ACE DB"), "application/x-msaccess"),
    (lambda h: h[12:16] in _BERKELEY, "application/x-berkeley-db"),
    (lambda h: h[:5] == b"WARC/" and h[5:6].isdigit(), "application/warc"),
    (lambda h: h[128:132] == b"DICM", "application/dicom"),
    (lambda h: h[40:44] == b" EMF", "image/emf"),
    (lambda h: h[2:5] == b"-lh" and h[6:7] == b"-", "application/x-lzh-compressed"),
    (lambda h: h[0x8001:0x8006] == b"CD001", "application/x-iso9660-image"),
)


def _is_tar(head: bytes) -> bool:
    """POSIX magic, or for older archives the header's own checksum."""
    if head[257:262] == b"ustar":
        return True
    block = head[:512]
    if len(block) < 512 or not block[0]:
        return False
    try:
        stated = int(block[148:156].rstrip(b"\0 ").lstrip() or b"x", 8)
    except ValueError:
        return False
    return stated == sum(block[:148]) + 8 * 32 + sum(block[156:])
