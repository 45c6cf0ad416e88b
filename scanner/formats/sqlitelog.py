"""The write-ahead log of SQLite, applied to a copy of its database (sqlite.org/fileformat.html, section 4)."""

from __future__ import annotations

_HEAD, _FRAME = 32, 24
_MAGIC = (0x377F0682, 0x377F0683)


def applied(database: bytearray, log: bytes) -> int:
    """Write the pages of committed transactions of ``log`` into ``database``; returns how many of its bytes count."""
    if len(log) < _HEAD or int.from_bytes(log[:4], "big") not in _MAGIC:
        return 0
    size = int.from_bytes(log[8:12], "big") or 1 << 16
    salts, at, done = log[16:24], _HEAD, _HEAD
    pages: list[tuple[int, int]] = []
    while at + _FRAME + size <= len(log) and log[at + 8 : at + 16] == salts:
        pages.append((int.from_bytes(log[at : at + 4], "big"), at + _FRAME))
        length = int.from_bytes(log[at + 4 : at + 8], "big")
        at += _FRAME + size
        if length:
            _write(database, log, pages, size, length)
            pages, done = [], at
    return done


def _write(database: bytearray, log: bytes, pages: list[tuple[int, int]], size: int, length: int) -> None:
    wanted = length * size
    if wanted > len(database) + len(log):
        return
    database.extend(bytes(max(0, wanted - len(database))))
    for number, start in pages:
        if 0 < number <= length:
            database[(number - 1) * size : number * size] = log[start : start + size]
    del database[wanted:]
