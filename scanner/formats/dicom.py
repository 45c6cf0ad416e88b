"""The head of a DICOM file (PS3.10): who was examined, and what for, before the picture begins."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

PREAMBLE = 132
NAMES = {
    (0x0008, 0x0020): "StudyDate",
    (0x0008, 0x0050): "AccessionNumber",
    (0x0008, 0x0060): "Modality",
    (0x0008, 0x0080): "InstitutionName",
    (0x0008, 0x0090): "ReferringPhysicianName",
    (0x0008, 0x1030): "StudyDescription",
    (0x0008, 0x103E): "SeriesDescription",
    (0x0008, 0x1050): "PerformingPhysicianName",
    (0x0010, 0x0010): "PatientName",
    (0x0010, 0x0020): "PatientID",
    (0x0010, 0x0030): "PatientBirthDate",
    (0x0010, 0x0040): "PatientSex",
    (0x0010, 0x1010): "PatientAge",
    (0x0010, 0x1040): "PatientAddress",
    (0x0010, 0x2154): "PatientTelephoneNumbers",
    (0x0010, 0x2000): "MedicalAlerts",
    (0x0010, 0x2110): "Allergies",
    (0x0010, 0x21B0): "AdditionalPatientHistory",
    (0x0010, 0x4000): "PatientComments",
    (0x0018, 0x0015): "BodyPartExamined",
    (0x0032, 0x1060): "RequestedProcedureDescription",
}
"""What is given of a file, by tag; all else is numbers of the machine."""
_SYNTAX = (0x0002, 0x0010)
_IMPLICIT, _BIG = b"1.2.840.10008.1.2", b"1.2.840.10008.1.2.2"
_LONG = frozenset({b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"})
_UNDEFINED = 0xFFFFFFFF
_MOST = 4096
"""Elements and bytes of one value that are looked at."""


def patient_values(stream: BinaryIO) -> Iterator[tuple[str, str]]:
    """Names and values; stops without a word where the head ends, nests or is damaged."""
    stream.read(PREAMBLE)
    big, typed = False, True
    syntax = b""
    for _ in range(_MOST):
        mark = stream.read(4)
        if len(mark) < 4:
            return
        if mark[:2] != b"\x02\x00" and syntax:  # the file's own head is always little and typed
            big, typed, syntax = syntax == _BIG, syntax != _IMPLICIT, b""
        tag = struct.unpack(">HH" if big else "<HH", mark)
        size = _size(stream, typed, ">" if big else "<")
        if tag >= (0x7FE0, 0) or size is None or size == _UNDEFINED:
            return
        value = stream.read(min(size, _MOST))
        if size > _MOST and not _skip(stream, size - _MOST):
            return
        if tag == _SYNTAX:
            syntax = value.rstrip(b"\0 ")
        elif tag in NAMES and (text := _text(value)):
            yield NAMES[tag], text


def _size(stream: BinaryIO, typed: bool, order: str) -> int | None:
    if not typed:
        raw = stream.read(4)
        return struct.unpack(order + "I", raw)[0] if len(raw) == 4 else None
    raw = stream.read(4)
    if len(raw) < 4 or not raw[:2].isalpha():
        return None
    if raw[:2] not in _LONG:
        return int(struct.unpack(order + "H", raw[2:])[0])
    raw = stream.read(4)
    return struct.unpack(order + "I", raw)[0] if len(raw) == 4 else None


def _skip(stream: BinaryIO, count: int) -> bool:
    while count and (block := stream.read(min(count, 1 << 16))):
        count -= len(block)
    return not count


def _text(value: bytes) -> str:
    """Names have their parts joined by ``^``; the set of characters is UTF-8 or taken for Latin-1."""
    raw = value.rstrip(b"\0 ")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    return " ".join(text.replace("^", " ").split())
