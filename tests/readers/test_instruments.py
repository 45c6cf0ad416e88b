"""Heads of what instruments write: DICOM in its transfer syntaxes, and aligned sequences."""

from __future__ import annotations

import io
import struct
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "structured"))
from structured_files import People, dicom

from scanner.contracts import Source, Unreadable
from scanner.formats.dicom import patient_values
from scanner.model import Column, Gap, Passage
from scanner.readers.instruments import InstrumentReader


def read(data: bytes, media_type: str) -> list[object]:
    return list(InstrumentReader().read(Source(io.BytesIO(data), "a", len(data), media_type)))


@pytest.mark.parametrize("implicit", [False, True])
def test_dicom(implicit: bool) -> None:
    data = dicom(People("a"), implicit=implicit)
    content = read(data, "application/dicom")
    names = [part.name for part in content if isinstance(part, Column)]
    assert names == ["Modality", "StudyDescription", "PatientName", "PatientID", "PatientBirthDate", "PatientSex"]
    assert content[2].values.to_pylist()[0].count(" ") == 1  # type: ignore[attr-defined]
    (gap,) = (part for part in content if isinstance(part, Gap))
    assert 500 < gap.bytes_unread < 530


def test_a_cut_or_damaged_head_ends_quietly() -> None:
    data = dicom(People("b"))
    for size in range(132, len(data), 7):
        list(patient_values(io.BytesIO(data[:size])))
    assert list(patient_values(io.BytesIO(data[:140] + b"\xff" * 400))) == []


def test_bam() -> None:
    text = b"@HD\tVN:1.6\n@RG\tID:a\tSM:x\n"
    content = read(b"BAM\1" + struct.pack("<I", len(text)) + text + bytes(40), "application/x-bam")
    assert isinstance(content[0], Passage)
    assert content[0].text.startswith("@HD")
    assert content[1] == Gap(content[1].problem, 40)  # type: ignore[attr-defined]


def test_bam_with_a_header_beyond_reason() -> None:
    with pytest.raises(Unreadable):
        read(b"BAM\1\xff\xff\xff\x7f", "application/x-bam")
