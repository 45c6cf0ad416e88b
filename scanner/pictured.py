"""Which files may hold pictures, as far as their names go; what listing can know before anything is opened."""

from __future__ import annotations

_NONE = frozenset(
    (  # noqa: SIM905
        "txt csv tsv tab log json jsonl ndjson xml yml yaml toml ini conf cfg env properties sql dump ics vcf "
        "ldif md rst html htm xhtml css scss less map lock py js mjs jsx ts tsx vue php phtml rb pl pm java "
        "kt scala c h cpp hpp cs go rs swift sh bash ps1 bat lua twig tpl j2 tf po diff patch parquet avro "
        "orc feather arrow sqlite sqlite3 db db3 dbf frm myd myi ibd mp3 wav ogg flac m4a mp4 mov avi mkv "
        "webm woff woff2 ttf otf eot so dll exe o a pyc class key pem crt cer p12 pfx"
    ).split()
)
"""Suffixes of text, source, tables, sound, film, fonts, programs and keys."""


_LEAST = 3 << 10
"""Bytes of the smallest picture that shows anything: sites have thousands of icons."""


def may_hold_pictures(path: str, size: int) -> bool:
    """Whether suffix and size leave it open that there is a picture in the file; names without a suffix do."""
    if size < _LEAST:
        return False
    _, dot, suffix = path.rpartition("/")[2].rpartition(".")
    return not dot or suffix.lower() not in _NONE
