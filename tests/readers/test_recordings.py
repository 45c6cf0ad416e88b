"""Sound and film: tags are read, the rest is said to be unread; boxes that lie end the reading, never the run."""

from __future__ import annotations

import struct

import pytest
from reading import read, text

from scanner.contracts import Unreadable
from scanner.model import Gap, Kind, Passage
from scanner.readers.recordings import RecordingReader

NAME = "Ysaline Courtepaille"


def id3(**frames: str) -> bytes:
    """ID3v2.3, with text frames in Latin-1, before silence."""
    body = b"".join(
        name.encode() + struct.pack(">IH", len(value) + 1, 0) + b"\0" + value.encode("latin-1")
        for name, value in frames.items()
    )
    size = bytes((len(body) >> shift) & 127 for shift in (21, 14, 7, 0))
    return b"ID3\3\0\0" + size + body + b"\xff\xfb\x90\x00" + bytes(413)


def box(kind: bytes, *parts: bytes) -> bytes:
    data = b"".join(parts)
    return struct.pack(">I", len(data) + 8) + kind + data


def said(value: str) -> bytes:
    """Text of QuickTime: its length and language first."""
    data = value.encode()
    return struct.pack(">HH", len(data), 0x15C7) + data


HEAD = box(b"ftyp", b"isom\0\0\0\0isom")
FILM = HEAD + box(b"mdat", bytes(5_000))
USER = box(b"udta", box(b"\xa9ART", said(NAME)), box(b"\xa9xyz", said("+47.9019-001.9089/")))


def known(content: list[object]) -> dict[str, str]:
    return {
        span.entity_type: part.text[span.start : span.end]
        for part in content
        if isinstance(part, Passage)
        for span in part.known
    }


def test_sound_says_who_made_it() -> None:
    data = id3(TPE1=NAME, TENC="Barnabé Trillaud", TIT2="Mémo")
    content = read(RecordingReader, data, "a.mp3")
    assert f"Auteur : {NAME}, Barnabé Trillaud" in text(content)
    (gap,) = (part for part in content if isinstance(part, Gap))
    assert (gap.problem.kind, 0 < gap.bytes_unread < len(data)) == (Kind.NO_TEXT, True)


def test_film_says_where_it_was_taken() -> None:
    content = read(RecordingReader, FILM + box(b"moov", box(b"mvhd", bytes(100)), USER), "a.mp4")
    assert f"Auteur : {NAME}" in text(content)
    assert known(content) == {"GPS_COORD": "47.90190, -1.90890"}


def test_film_of_a_telephone_has_keys_and_values() -> None:
    names = ("com.apple.quicktime.location.ISO6709", "com.apple.quicktime.author")
    keys = box(b"keys", bytes(4), struct.pack(">I", 2), *(box(b"mdta", name.encode()) for name in names))
    values = ("+43.2965+005.3698+012.0/", NAME)
    items = (
        box(struct.pack(">I", at), box(b"data", struct.pack(">II", 1, 0), value.encode()))
        for at, value in enumerate(values, 1)
    )
    meta = box(b"meta", box(b"hdlr", bytes(25)), keys, box(b"ilst", *items))
    content = read(RecordingReader, box(b"ftyp", b"qt  \0\0\0\0qt  ") + box(b"moov", meta), "a.mov")
    assert f"Auteur : {NAME}" in text(content)
    assert known(content) == {"GPS_COORD": "43.29650, 5.36980"}


@pytest.mark.parametrize(
    "data",
    [
        FILM,
        FILM + struct.pack(">I", 1 << 30) + b"moov" + bytes(40),
        FILM + struct.pack(">I", 1) + b"moov" + struct.pack(">Q", 1 << 60),
        FILM + box(b"moov", struct.pack(">I", 3) + b"udta"),
        FILM + box(b"moov", box(b"udta", box(b"\xa9xyz", said("+999-999")), box(b"\xa9ART", b""))),
        FILM + box(b"moov", box(b"meta", b"")),
        b"RIFF\x24\0\0\0WAVEfmt " + bytes(28),
    ],
)
def test_without_tags_there_is_nothing_to_read(data: bytes) -> None:
    with pytest.raises(Unreadable) as told:
        read(RecordingReader, data, "a.mp4")
    assert told.value.problem.kind in (Kind.NO_TEXT, Kind.CORRUPT)
