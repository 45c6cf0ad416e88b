"""Pictures that are looked at: one scan of a volume of them, in every container, without any network."""

from __future__ import annotations

import io
import socket
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from picture_pages import face
from picture_papers import PAGES, Page
from PIL import Image

from scanner import open_run
from scanner.config import Settings
from scanner.connectors.filesystem import FilesystemConnector
from scanner.examine import examine
from scanner.model import Finding, ItemRow, Level
from scanner.sight import INSTALL, installed
from scanner.tasks import Batch

pytestmark = pytest.mark.skipif(not installed(), reason=f"looking at pictures needs {INSTALL}")

WORD = """<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>
<w:t>Voir ci-dessous.</w:t></w:r></w:p></w:body></w:document>"""


@dataclass(frozen=True)
class Run:
    """What a scan gave, by path."""

    rows: dict[str, ItemRow]
    findings: list[Finding]

    def of(self, path: str) -> dict[str, Finding]:
        """Findings of one file by type, those that a decision can rest on."""
        own = [finding for finding in self.findings if finding.path == path and finding.level >= Level.PROBABLE]
        return {finding.entity_type: finding for finding in sorted(own, key=lambda finding: finding.level)}


def page(name: str) -> Page:
    return next(one for one in PAGES if one.name == name)


def png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def fill(folder: Path) -> None:
    """Cards worn and turned, a portrait, a blank sheet, a scanned PDF and a picture in a document in an archive."""
    for name in ("card_new", "card_abroad", "letter"):
        page(name).image().save(folder / f"{name}.jpg", quality=88)
    portrait = Image.new("RGB", (320, 320), (140, 150, 160))
    portrait.paste(face(), (120, 60))
    portrait.save(folder / "portrait.png")
    sheet = png(Image.effect_noise((600, 800), 4))
    (folder / "blank.png").write_bytes(sheet)
    (folder / "half.png").write_bytes(sheet[: len(sheet) // 2])
    sheets = [page(name).image() for name in ("passport", "rib")]
    sheets[0].save(folder / "scan.pdf", save_all=True, append_images=sheets[1:], resolution=150)
    word = io.BytesIO()
    with zipfile.ZipFile(word, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", WORD)
        archive.writestr("word/media/image1.png", png(page("health_card").image()))
    with zipfile.ZipFile(folder / "old.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("note.docx", word.getvalue())


def scanned(folder: Path, **options: object) -> Run:
    settings = Settings(today=date(2026, 11, 20), **{"ocr": "all", **options})
    items = tuple(FilesystemConnector().items(str(folder)))
    result = examine(Batch(1, "filesystem", str(folder), "", items), settings, b"k")
    return Run({row.path: row for row in result.rows}, result.findings)


@pytest.fixture(scope="module")
def volume(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("volume")
    fill(folder)
    return folder


@pytest.fixture(scope="module")
def run(volume: Path) -> Run:
    """Whoever asks for a host or connects to one fails: models are in the wheels, nothing is fetched."""

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a scan used the network")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", refused)
        patch.setattr(socket.socket, "connect", refused)
        patch.setattr(socket.socket, "connect_ex", refused)
        return scanned(volume)


def test_every_picture_is_read_and_sums_are_exact(run: Run) -> None:
    unread = {path: (row.status, row.reason[:8]) for path, row in run.rows.items() if row.status != "read"}
    assert unread == {"half.png": ("unread", "corrupt:")}
    assert all(row.bytes_read + row.bytes_unread == row.size for row in run.rows.values())
    assert "old.zip!note.docx!word/media/image1.png" in run.rows


@pytest.mark.parametrize("name", ["card_new", "card_abroad"])
def test_the_zone_of_a_worn_or_turned_card_says_who_it_is(run: Run, name: str) -> None:
    found = run.of(f"{name}.jpg")
    assert set(page(name).holds) <= found.keys()
    assert found["MRZ"].level is Level.CERTAIN
    assert {"picture", "machine_zone", "id_card"} <= set(found["ID_SCAN"].evidence)
    number = found["FR_CNI" if name == "card_new" else "NATIONAL_ID"]
    assert (number.level, number.places[0]) == (Level.CERTAIN, "picture, machine zone")


def test_a_letter_upside_down_is_read_line_by_line(run: Run) -> None:
    found = run.of("letter.jpg")
    assert set(page("letter").holds) <= found.keys()
    assert (found["PHONE_NUMBER"].distinct, found["EMAIL_ADDRESS"].distinct) == (2, 1)
    assert found["EMAIL_ADDRESS"].places[0].startswith("picture, line ")
    assert found["LETTER_SCAN"].evidence == ("picture",)


def test_scanned_pages_of_a_pdf_have_their_numbers(run: Run) -> None:
    found = run.of("scan.pdf")
    assert {"MRZ", "FR_PASSPORT", "IBAN", "BIC", "PERSON"} <= found.keys()
    assert found["FR_PASSPORT"].places[0] == "page 1, machine zone"
    assert found["IBAN"].places[0].startswith("page 2, line ")
    assert {"machine_zone", "passport"} <= set(found["ID_SCAN"].evidence)


def test_a_picture_in_a_document_in_an_archive_is_looked_at(run: Run) -> None:
    found = run.of("old.zip!note.docx!word/media/image1.png")
    assert set(page("health_card").holds) <= found.keys()
    assert found["HEALTH_CARD"].evidence == ("picture",)


def test_a_face_is_a_photograph_never_a_measured_body(run: Run) -> None:
    found = run.of("portrait.png")
    assert found.keys() == {"PHOTO_FACE"}
    photo = found["PHOTO_FACE"]
    assert (photo.category, photo.regime, photo.count) == ("C1", "", 1)
    assert photo.evidence == ("face", "portrait")
    assert {finding.entity_type for finding in run.findings if finding.path == "portrait.png"} == {"PHOTO_FACE"}


def test_nothing_is_found_where_nothing_is(run: Run) -> None:
    assert run.of("blank.png") == {}


def test_what_is_left_over_the_budget_is_told_with_its_pages(volume: Path, run: Run) -> None:
    bounded = scanned(volume, ocr="auto", ocr_pages=1)
    row = bounded.rows["scan.pdf"]
    assert (row.status, row.reason.partition(";")[0][:20]) == ("partial", "over_budget: page 2:")
    assert 0 < row.bytes_unread < row.size
    assert bounded.of("scan.pdf").keys() >= {"MRZ", "FR_PASSPORT"}
    assert "IBAN" not in bounded.of("scan.pdf")
    assert bounded.of("portrait.png") == run.of("portrait.png")


def test_files_that_a_run_has_no_room_for_are_unread(volume: Path) -> None:
    some = scanned(volume, ocr="auto", ocr_files=1)
    unread = {path for path, row in some.rows.items() if row.reason.startswith("over_budget")}
    assert "blank.png" not in unread  # the first of the list
    assert unread
    assert all(some.rows[path].bytes_unread for path in unread)


def test_without_looking_scanned_pages_are_unread(volume: Path) -> None:
    row = scanned(volume, ocr="off").rows["scan.pdf"]
    assert (row.status, row.bytes_read) == ("partial", 0)  # who made it and when is text
    assert row.reason.startswith("ocr_off: pages 1-2: ")


def test_nothing_that_was_read_on_a_picture_leaves_the_worker(tmp_path: Path) -> None:
    (tmp_path / "v").mkdir()
    page("card_new").image().save(tmp_path / "v" / "card.png")
    folder = tmp_path / "run"
    command = [sys.executable, "-m", "scanner.cli", "scan", str(tmp_path / "v"), "-o", str(folder), "--ner", "off"]
    done = subprocess.run([*command, "--workers", "1"], capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    run = open_run(folder)
    found = run.findings_table().to_pylist()
    assert {("MRZ", "CERTAIN"), ("FR_CNI", "CERTAIN")} <= {(row["entity_type"], row["level"]) for row in found}
    files = [path.read_bytes().decode("utf-8", "replace") for path in folder.iterdir()]
    said = "\n".join([done.stdout, done.stderr, str(found), str(run.items_table().to_pylist()), *files])
    for value in ("X4RTBPFW4", "COURTEPAILLE", "Ysaline", "880412", "12/04/1988", "12 04 1988"):
        assert value.casefold() not in said.casefold()
