"""Tags of films and sound in boxes (ISO 14496-12, QuickTime): author, comment and where it was taken."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from scanner.formats.tags import position

BOXED = frozenset({"video/mp4", "video/quicktime", "video/3gpp", "audio/mp4"})
_HELD = 16 << 20
"""The largest box of tags that is held; cover pictures are in it."""
_BOXES = 10_000
_USER = {
    b"\xa9ART": "author", b"\xa9aut": "author", b"\xa9wrt": "author", b"\xa9dir": "author", b"\xa9prd": "author",
    b"aART": "author", b"auth": "author", b"perf": "author", b"ownr": "owner", b"apID": "contact", b"\xa9too": "device",
    b"\xa9nam": "title", b"titl": "title", b"\xa9cmt": "comment", b"desc": "caption", b"dscp": "caption",
    b"\xa9cpy": "rights", b"cprt": "rights",
}  # fmt: skip
"""Boxes of ``udta`` and of the list of iTunes; ``apID`` is the account that bought it."""
_KEYS = {
    "com.apple.quicktime.author": "author",
    "com.apple.quicktime.artist": "author",
    "com.apple.quicktime.comment": "comment",
    "com.apple.quicktime.description": "caption",
    "com.apple.quicktime.title": "title",
    "com.apple.quicktime.copyright": "rights",
    "com.apple.quicktime.information": "caption",
}
_LOCATION = "com.apple.quicktime.location.ISO6709"
_ISO6709 = re.compile(r"([+-]\d{2}(?:\.\d+)?)([+-]\d{3}(?:\.\d+)?)")

Tags = tuple[list[tuple[str, str]], list[tuple[str, str]]]


def film_tags(stream: BinaryIO, size: int) -> Tags:
    """Values by what they are, and positions with their type."""
    found: Tags = [], []
    for kind, start, end in _boxes(stream, 0, size):
        if kind == b"moov":
            for inner, first, last in _boxes(stream, start, end):
                if inner in (b"udta", b"meta") and last - first <= _HELD:
                    stream.seek(first)
                    _held(inner, stream.read(last - first), found)
    return found


def _boxes(stream: BinaryIO, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Type, first and last byte of what each box of a stretch holds; a size that lies ends it."""
    for _ in range(_BOXES):
        stream.seek(start)
        head = stream.read(16)
        if len(head) < 8 or start + 8 > end:
            return
        length, kind, begins = struct.unpack(">I", head[:4])[0], head[4:8], start + 8
        if length == 1 and len(head) == 16:
            length, begins = struct.unpack(">Q", head[8:])[0], start + 16
        stop = start + length if length else end
        if stop < begins or stop > end:
            return
        yield kind, begins, stop
        start = stop


def _held(kind: bytes, data: bytes, found: Tags) -> None:
    """Tags inside a box that is held whole."""
    keys: list[str] = []
    if kind == b"meta" and data[4:8] != b"hdlr":  # a full box in MP4, a plain one in QuickTime
        data = data[4:]
    for inner, value in _parts(data):
        if inner == b"keys":
            keys = [key.decode("utf-8", "replace") for _, key in _parts(value[8:])]
        elif inner == b"ilst":
            for number, item in _parts(value):
                _note(number, next((part[8:] for name, part in _parts(item) if name == b"data"), b""), keys, found)
        elif inner == b"meta":
            _held(inner, value, found)
        elif inner in _USER or inner == b"\xa9xyz":
            # QuickTime: a length and a language; 3GPP: version, flags and a language.
            _note(inner, value[4:] if inner[:1] == b"\xa9" else value[6:], [], found)


def _parts(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(data):
        length = struct.unpack(">I", data[at : at + 4])[0]
        if length < 8 or at + length > len(data):
            return
        yield data[at + 4 : at + 8], data[at + 8 : at + length]
        at += length


def _note(kind: bytes, value: bytes, keys: list[str], found: Tags) -> None:
    number = int.from_bytes(kind)
    name = keys[number - 1] if 0 < number <= len(keys) else ""
    text = value.decode("utf-8", "replace").strip("\0 ")
    if kind == b"\xa9xyz" or name == _LOCATION:
        if (place := _ISO6709.match(text)) and (where := position(float(place[1]), float(place[2]))):
            found[1].append(("GPS_COORD", where))
    elif key := _KEYS.get(name) or _USER.get(kind):
        with suppress(ValueError):
            found[0].append((key, text))
