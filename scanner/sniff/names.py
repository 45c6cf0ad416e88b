"""What a file name says, for the cases that bytes leave open."""

from __future__ import annotations

import re

VOLUME = "application/x-archive-volume"

SOURCES: dict[str, str] = {
    "py": "text/x-python",
    "js": "text/javascript",
    "mjs": "text/javascript",
    "jsx": "text/javascript",
    "vue": "text/javascript",
    "ts": "text/x-typescript",
    "tsx": "text/x-typescript",
    "css": "text/css",
    "scss": "text/css",
    "less": "text/css",
    "md": "text/markdown",
    "rst": "text/x-rst",
    "tex": "text/x-tex",
    "php": "text/x-php",
    "phtml": "text/x-php",
    "inc": "text/x-php",
    "rb": "text/x-ruby",
    "pl": "text/x-perl",
    "pm": "text/x-perl",
    "java": "text/x-java",
    "kt": "text/x-kotlin",
    "scala": "text/x-scala",
    "groovy": "text/x-groovy",
    "c": "text/x-c",
    "h": "text/x-c",
    "cpp": "text/x-c++",
    "hpp": "text/x-c++",
    "cc": "text/x-c++",
    "cs": "text/x-csharp",
    "go": "text/x-go",
    "rs": "text/x-rust",
    "swift": "text/x-swift",
    "sh": "text/x-sh",
    "bash": "text/x-sh",
    "ps1": "text/x-powershell",
    "bat": "text/x-bat",
    "r": "text/x-r",
    "lua": "text/x-lua",
    "twig": "text/x-template",
    "tpl": "text/x-template",
    "j2": "text/x-template",
    "tf": "text/x-terraform",
    "po": "text/x-gettext",
    "diff": "text/x-diff",
    "patch": "text/x-diff",
    "srt": "text/x-subtitles",
    "vtt": "text/x-subtitles",
}
"""Suffixes of source code and marked-up text, which is read as text whatever it resembles."""

_SUFFIXES: dict[str, str] = {
    "doc": "application/msword",
    "dot": "application/msword",
    "xls": "application/vnd.ms-excel",
    "xlt": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "pps": "application/vnd.ms-powerpoint",
    "msg": "application/vnd.ms-outlook",
    "vsd": "application/vnd.visio",
    "pub": "application/vnd.ms-publisher",
    "wps": "application/vnd.ms-works",
    "mpp": "application/vnd.ms-project",
    "msi": "application/x-msi",
    "db": "",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "docm": "application/vnd.ms-word.document.macroEnabled.12",
    "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    "pptm": "application/vnd.ms-powerpoint.presentation.macroEnabled.12",
    "xlsb": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    "vsdx": "application/vnd.ms-visio.drawing",
    "wb1": "application/x-quattro-pro",
    "wb2": "application/x-quattro-pro",
    "wb3": "application/x-quattro-pro",
    "qpw": "application/x-quattro-pro",
    "sda": "application/vnd.stardivision.draw",
    "sdd": "application/vnd.stardivision.impress",
    "sdw": "application/vnd.stardivision.writer",
    "sdc": "application/vnd.stardivision.calc",
}
# Binary files without a magic number of their own.
_BINARY: dict[str, str] = {
    "p12": "application/x-pkcs12",
    "pfx": "application/x-pkcs12",
    "der": "application/pkix-cert",
    "cer": "application/pkix-cert",
    "crt": "application/pkix-cert",
    "gpg": "application/pgp-encrypted",
    "pgp": "application/pgp-encrypted",
    "sqlite": "application/vnd.sqlite3",
    "sqlite3": "application/vnd.sqlite3",
    "db3": "application/vnd.sqlite3",
    "dbf": "application/x-dbf",
    "pyc": "application/x-python-code",
    "mdf": "application/x-mssql-data",
    "bcp": "application/x-mssql-bcp",
    "ibd": "application/x-innodb-data",
    "myd": "application/x-mysql-myisam-data",
    "tga": "image/x-tga",
    "br": "application/x-brotli",
    "kdb": "application/x-keepass",
    "rdb": "application/x-redis-dump",
}


_ACCOUNTS = frozenset(
    ".git-credentials .htpasswd .netrc .pgpass _netrc gshadow htpasswd passwd pgpass.conf shadow shadow-".split()  # noqa: SIM905
)


def is_list_of_accounts(name: str) -> bool:
    """Files whose lines rules know as a whole, however much they resemble a table."""
    return name.replace("\\", "/").rpartition("/")[2].lower() in _ACCOUNTS


_VOLUME = re.compile(r"z\d\d|r\d\d|\d{3}|zip|zipx")
"""Suffixes of the volumes of one archive; the last of a ZIP is called as the whole."""


def suffix_of(name: str) -> str:
    """Lower-case suffix without its dot; a name that only begins with a dot has none."""
    base = name.replace("\\", "/").rpartition("/")[2]
    stem, dot, suffix = base.rpartition(".")
    return suffix.lower() if dot and stem else ""


def type_by_suffix(suffix: str) -> str:
    """Type of an office document by its suffix alone, or an empty string."""
    return _SUFFIXES.get(suffix, "")


def type_by_name(suffix: str, head: bytes) -> str:
    """Type of bytes that nothing else recognised; ``head`` only guards against what cannot be."""
    if _VOLUME.fullmatch(suffix):
        return VOLUME
    media_type = _BINARY.get(suffix, "")
    if media_type in ("application/x-pkcs12", "application/pkix-cert") and head[:1] != b"\x30":
        return ""
    if media_type == "application/x-dbf" and head[0] not in (0x02, 0x03, 0x30, 0x31, 0x43, 0x83, 0x8B, 0xF5):
        return ""
    return media_type
