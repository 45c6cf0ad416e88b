"""Places that a person can open: paragraphs and slides of documents, cells of sheets."""

from __future__ import annotations

import io
from datetime import date

import xlsxwriter
from carriers import papers

from scanner.config import Settings
from scanner.examine import examine_one
from scanner.model import Item, Locator
from scanner.recognition.columngrid import letters_of
from scanner.recognition.text import text_lanes

MAIL = "maelle.kerbrat@courriel.example.org"
SETTINGS = Settings(ner="off", sentences="off", today=date(2026, 1, 1))


def places(data: bytes, name: str) -> set[str]:
    """Where an address is found."""
    item = Item(Locator("filesystem", name), len(data))
    found = examine_one(item, lambda: io.BytesIO(data), text_lanes(SETTINGS)).findings
    return {place for one in found if one.entity_type == "EMAIL_ADDRESS" for place in one.places}


def _paragraphs(*texts: str) -> str:
    return "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)


def _open_document(body: str) -> bytes:
    drawing = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
    content = f'{papers.XML}<office:document-content {papers.ODF} xmlns:draw="{drawing}"><office:body>{body}</office:body></office:document-content>'
    return papers.parts({"content.xml": content})


def test_paragraphs_of_word_documents() -> None:
    table = f"<w:tbl><w:tr><w:tc>{_paragraphs('Élève')}</w:tc><w:tc>{_paragraphs(MAIL)}</w:tc></w:tr></w:tbl>"
    box = f"<w:p><w:r><w:txbxContent>{_paragraphs('un', 'deux')}</w:txbxContent></w:r></w:p>"
    head = f"{papers.XML}<w:hdr {papers.W}>{_paragraphs('Accueil', MAIL)}</w:hdr>"
    data = papers.word(_paragraphs("Été", f"Voir {MAIL}") + box + table, {"word/header1.xml": head})
    assert places(data, "a.docx") == {"paragraph 2", "paragraph 5", "header, paragraph 2"}


def test_the_first_paragraph_may_hold_it_too() -> None:
    assert places(papers.word(_paragraphs(MAIL)), "a.docx") == {"paragraph 1"}


def test_long_documents_keep_the_numbers() -> None:
    filling = ["Le registre des entrées reste à compléter."] * 30_000
    data = papers.word(_paragraphs(*filling, MAIL, *filling, MAIL))
    assert places(data, "a.docx") == {"paragraph 30001", "paragraph 60002"}


def test_paragraphs_of_opendocument_leave_out_what_was_deleted() -> None:
    gone = f"<text:tracked-changes><text:p>Ancien {MAIL}</text:p></text:tracked-changes>"
    body = f"<office:text>{gone}<text:h>Titre</text:h><text:p>Texte</text:p><text:p>{MAIL}</text:p></office:text>"
    assert "paragraph 3" in places(_open_document(body), "a.odt")


def test_slides_of_opendocument() -> None:
    pages = "".join(f"<draw:page><text:p>{text}</text:p></draw:page>" for text in ("Un", "Deux", MAIL))
    body = f"<office:presentation>{pages}</office:presentation>"
    assert places(_open_document(body), "a.odp") == {"slide 3"}


def test_paragraphs_of_old_word_documents() -> None:
    data = papers.old_word(0)
    assert places(data, "a.doc") == {f"paragraph {1 + next(n for n, line in enumerate(papers.LINES) if MAIL in line)}"}


def _book(rows: list[list[str]], top: int, left: int) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Clients")
        for rank, row in enumerate(rows):
            sheet.write_row(top + rank, left, row)
    return out.getvalue()


def test_cells_of_sheets() -> None:
    rows = [["nom", "courriel"], *([f"Client {n}", f"client{n}@example.org"] for n in range(6))]
    assert places(_book(rows, 4, 26), "a.xlsx") == {"cells AB6:AB11"}
    rows = [["titre", "remarque"], *([f"Objet {n}", f"Rien à signaler pour l'objet {n}."] for n in range(9))]
    rows[5][1] = f"Écrire à {MAIL} avant la fin du mois."
    assert places(_book(rows, 0, 0), "a.xlsx") == {"cell B6"}


def test_rows_that_a_flat_sheet_leaves_out_are_counted() -> None:
    spaces = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    row = "<table:table-row{}><table:table-cell/><table:table-cell><text:p>{}</text:p></table:table-cell></table:table-row>"
    empty = '<table:table-row table:number-rows-repeated="{}"/>'
    rows = row.format("", "courriel") + empty.format(1000) + row.format("", MAIL) + empty.format(1_000_000)
    data = (
        f'<?xml version="1.0"?><office:document {spaces} office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
        f'<office:body><office:spreadsheet><table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body></office:document>'
    )
    assert places(data.encode(), "a.fods") == {"cell B1002"}


def test_letters_of_columns() -> None:
    assert [letters_of(index) for index in (0, 25, 26, 701, 702, 16_383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
