"""Pictures whatever is installed: what is written into them, what cannot be decoded, what is said of those left."""

from __future__ import annotations

import io
import struct
import sys
import zlib
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from scanner.config import Settings
from scanner.connectors.filesystem import FilesystemConnector
from scanner.contracts import Source, Unreadable
from scanner.examine import examine
from scanner.formats.heifboxes import written_in
from scanner.gaps import joined
from scanner.model import Content, Gap, Kind, Level, Passage, Picture, Problem
from scanner.pictured import may_hold_pictures
from scanner.readers.images import ImageReader
from scanner.sniff import sniff
from scanner.tasks import Batch, Examined

TODAY = date(2026, 11, 20)
XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description aux:OwnerName="Barnab&#233; Trillaud"
 exif:GPSLatitude="47,54.12N" exif:GPSLongitude="1,54.54E"><dc:creator><rdf:Seq><rdf:li>Ysaline Courtepaille</rdf:li>
</rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"""


def picture(format_: str = "JPEG", size: tuple[int, int] = (64, 48), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "lightgrey").save(out, format_, **options)
    return out.getvalue()


def exif() -> Image.Exif:
    """Who, with which camera, where: Orléans, to the second."""
    tags = Image.Exif()
    tags[0x013B] = "Ysaline Courtepaille"
    tags[0x0112] = 6
    tags.get_ifd(0x8769).update({0xA430: "Barnabe Trillaud", 0xA431: "0041278837"})
    latitude, longitude = ((IFDRational(d), IFDRational(m), IFDRational(s)) for d, m, s in ((47, 54, 7), (1, 54, 32)))
    tags.get_ifd(0x8825).update({1: "N", 2: latitude, 3: "W", 4: longitude})
    return tags


def read(data: bytes) -> list[Content]:
    source = Source(io.BytesIO(data), "a", len(data), sniff(data, "a").media_type)
    return list(ImageReader().read(source))


def text(content: list[Content]) -> str:
    return "".join(part.text for part in content if isinstance(part, Passage))


def pixels(data: bytes, side: int = 100) -> list[tuple[int, NDArray[np.uint8]]]:
    """Number and pixels of each page, drawn while the file is open."""
    source = Source(io.BytesIO(data), "a", len(data), sniff(data, "a").media_type)
    return [(part.page, part.draw(side)) for part in ImageReader().read(source) if isinstance(part, Picture)]


def scanned(folder: Path, **options: object) -> Examined:
    settings = Settings(today=TODAY, **options)
    items = tuple(FilesystemConnector().items(str(folder)))
    return examine(Batch(1, "filesystem", str(folder), "", items), settings, b"k")


def test_cameras_say_who_where_and_with_what() -> None:
    content = read(picture(exif=exif()))
    assert "Auteur : Ysaline Courtepaille" in text(content)
    assert "Propriétaire de l'appareil : Barnabe Trillaud" in text(content)
    known = {(span.entity_type, part.text[span.start : span.end]) for part in content[:2] for span in part.known}
    assert known == {("GPS_COORD", "47.90194, -1.90889"), ("DEVICE_ID", "0041278837")}


def test_xmp_and_png_text_are_read() -> None:
    content = read(picture("WEBP", xmp=XMP.encode()))
    assert "Ysaline Courtepaille" in text(content)
    assert "Barnabé Trillaud" in text(content)
    assert "47.90200, 1.90900" in text(content)


def test_the_findings_of_metadata(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(picture(exif=exif()))
    result = scanned(tmp_path)
    found = {finding.entity_type: finding for finding in result.findings if finding.level >= Level.PROBABLE}
    assert {"PERSON", "GPS_COORD", "DEVICE_ID"} <= found.keys()
    assert found["PERSON"].distinct == 2
    assert (found["GPS_COORD"].regime, found["GPS_COORD"].places) == ("R6", ("metadata",))


def test_pixels_come_upright_small_and_on_white() -> None:
    ((_, turned),) = pixels(picture(size=(640, 320), exif=exif()))
    assert turned.shape == (100, 50, 3)
    clear = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(clear, "PNG")
    ((_, empty),) = pixels(clear.getvalue())
    assert empty.min() == 255


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16", "F"])
def test_every_kind_of_pixel_is_drawn(mode: str) -> None:
    out = io.BytesIO()
    Image.new("L", (30, 20), 200).convert("I" if mode == "I;16" else mode).save(out, "TIFF")
    ((_, page),) = pixels(out.getvalue(), 15)
    assert page.shape == (10, 15, 3)
    assert page.min() > 150


def test_each_page_of_a_tiff_is_a_picture_and_a_film_is_one() -> None:
    frames = [Image.new("RGB", (30, 20), color) for color in ("white", "black", "red")]
    tiff, gif = io.BytesIO(), io.BytesIO()
    frames[0].save(tiff, "TIFF", save_all=True, append_images=frames[1:])
    frames[0].save(gif, "GIF", save_all=True, append_images=frames[1:])
    drawn = [(page, tuple(image[0, 0].tolist())) for page, image in pixels(tiff.getvalue())]
    assert drawn == [(1, (255, 255, 255)), (2, (0, 0, 0)), (3, (255, 0, 0))]
    assert [page for page, _ in pixels(gif.getvalue())] == [0]


def bomb() -> bytes:
    """A PNG whose head promises 90,000 by 90,000 pixels, and which holds a few rows of them."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 90_000, 90_000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(90_001 * 20)))


def test_a_bomb_is_too_large_and_half_a_picture_is_corrupt() -> None:
    with pytest.raises(Unreadable) as told:
        pixels(bomb())
    assert told.value.problem.kind is Kind.TOO_LARGE
    whole = picture("PNG", (400, 400))
    with pytest.raises(Unreadable) as told:
        pixels(whole[: len(whole) // 2])
    assert told.value.problem.kind is Kind.CORRUPT
    for head in (
        b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(20),
        b"RIFF\x10\0\0\0WEBPVP8 ",
        b"GIF89a",
        b"II*\0\xff\xff\xff\xff",
    ):
        with pytest.raises(Unreadable) as told:
            read(head)
        assert told.value.problem.kind is Kind.CORRUPT


@pytest.mark.parametrize(("mode", "says"), [("off", "--ocr auto"), ("denied", "mandate")])
def test_pictures_nobody_looked_at_are_unread_with_what_to_do(tmp_path: Path, mode: str, says: str) -> None:
    (tmp_path / "plain.png").write_bytes(picture("PNG"))
    (tmp_path / "told.jpg").write_bytes(picture(exif=exif()))
    rows = {row.path: row for row in scanned(tmp_path, ocr=mode).rows}
    assert (rows["plain.png"].status, rows["plain.png"].bytes_read) == ("unread", 0)
    assert rows["told.jpg"].status == "partial"
    for row in rows.values():
        assert row.reason.startswith("ocr_off: ")
        assert says in row.reason
        assert row.bytes_read + row.bytes_unread == row.size
        assert row.bytes_unread


def test_pages_left_for_one_reason_are_one_gap_with_their_numbers() -> None:
    over, bad = Problem(Kind.OVER_BUDGET, "why"), Problem(Kind.CORRUPT, "how")
    gaps = [Gap(over, 10, page) for page in (1, 4, 5, 6)] + [Gap(bad, 5, 2), Gap(bad, 1)]
    assert joined(gaps) == [
        Gap(bad, 1),
        Gap(Problem(Kind.OVER_BUDGET, "pages 1, 4-6: why"), 40),
        Gap(Problem(Kind.CORRUPT, "page 2: how"), 5),
    ]


def test_a_run_looks_at_ever_fewer_files_spread_over_the_volume() -> None:
    settings = Settings(today=TODAY, ocr_files=100)
    chosen = [number for number in range(100_000) if settings.is_chosen(number)]
    assert chosen[:100] == list(range(100))
    assert len(chosen) < 100 + 11 * 60
    assert max(after - before for before, after in pairwise(chosen)) <= 1_024
    assert may_hold_pictures("a/photo.JPG", 40_000)
    assert may_hold_pictures("a.b/scan", 40_000)
    assert not may_hold_pictures("a/list.csv", 40_000)
    assert not may_hold_pictures("a/icon.png", 900)


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "GIF", "TIFF", "WEBP", "BMP", "JPEG2000", "AVIF", "ICO"])
def test_every_format_is_known_by_its_bytes_and_drawn(format_: str) -> None:
    ((_, image),) = pixels(picture(format_, (64, 64)), 32)
    assert image.shape == (32, 32, 3)
    assert abs(int(image.mean()) - 211) < 4


def heic(**written: object) -> bytes:
    """The boxes of an AVIF, which are those of a HEIC; only the codec of the pixels is another."""
    return picture("AVIF", (64, 48), **written).replace(b"ftypavif", b"ftypheic", 1)


def test_what_is_written_in_a_heic_is_read_without_its_decoder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    data = heic(exif=exif(), xmp=XMP.encode())
    (tmp_path / "photo.heic").write_bytes(data)
    monkeypatch.setitem(sys.modules, "pi_heif", None)
    told: list[Content] = []
    with pytest.raises(Unreadable, match=r"recense\[images\]"):
        told.extend(ImageReader().read(Source(io.BytesIO(data), "a", len(data), "image/heic")))
    same = [part for part in read(data.replace(b"ftypheic", b"ftypavif")) if isinstance(part, Passage)]
    assert told == same
    assert "Ysaline Courtepaille" in text(told)
    (row,) = scanned(tmp_path, ocr="off").rows
    assert (row.status, row.reason) == ("partial", "unsupported: HEIC pictures need pip install 'recense[images]'")
    assert 0 < row.bytes_read < row.size
    assert row.bytes_read + row.bytes_unread == row.size


def test_damaged_boxes_say_nothing_and_break_nothing() -> None:
    data = heic(exif=exif(), xmp=XMP.encode())
    chance = np.random.default_rng(5)
    for _ in range(300):
        harmed = bytearray(data[: int(chance.integers(1, len(data)))])
        for at in chance.integers(0, len(harmed), 6):
            harmed[int(at)] = int(chance.integers(0, 256))
        written_in(io.BytesIO(harmed), len(harmed))


def test_heic_needs_the_extra_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pi_heif", None)
    with pytest.raises(Unreadable, match=r"recense\[images\]") as told:
        read(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200))
    assert told.value.problem.kind is Kind.UNSUPPORTED
