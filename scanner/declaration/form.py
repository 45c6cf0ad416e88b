"""The declaration as a workbook that a client fills: written with its choices, read back as the YAML file is."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from scanner.declaration.layout import FIRST_SHEET, NOTHING, SHEETS, WHOLE, Field, Sheet
from scanner.mistakes import MistakesError, nearest
from scanner.mistakes import Path as Key
from scanner.yamltree import Tree

FORM = b"PK\x03\x04"
"""What a workbook begins with, and no YAML file."""
_LARGEST = 5_000_000
_ROWS = 5_000
_KEYS_ROW = 2
"""The row, as a person counts, that holds the keys; answers follow."""
_PARTED = " ; "
_EMPTY_ROWS = 200


def read_form(raw: bytes, source: str) -> Tree:
    """The filled form; a line number in a message is a row of the sheet that its key belongs to."""
    if len(raw) > _LARGEST:
        raise MistakesError([f"{source} : fichier trop grand ({_LARGEST} octets au plus)"])
    book = _opened(raw, source)
    data: dict[str, Any] = {}
    lines: dict[Key, int] = {(): 1}
    _read_whole(_rows(book, FIRST_SHEET, source), data, lines, source)
    empty = str(data.pop(NOTHING, "")).casefold() in ("oui", "yes", "true")
    for sheet in SHEETS:
        _read_sheet(sheet, _rows(book, sheet.title, source), data, lines, source)
    if "traitements" not in data and empty:
        data["traitements"] = []
    return Tree(_frozen(data), lines)


def _opened(raw: bytes, source: str) -> Any:
    import python_calamine

    try:
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise MistakesError([f"{source} : ce classeur ne s'ouvre pas ({type(error).__name__})"]) from None


def _rows(book: Any, title: str, source: str) -> list[list[Any]]:
    if title not in book.sheet_names:
        raise MistakesError([f"{source} : feuille « {title} » absente{nearest(title, book.sheet_names)}"])
    sheet = book.get_sheet_by_name(title)
    if sheet.total_height > _ROWS:
        raise MistakesError([f"{source} : feuille « {title} » : {_ROWS} lignes au plus"])
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    return rows


def _read_whole(rows: Sequence[Sequence[Any]], data: dict[str, Any], lines: dict[Key, int], source: str) -> None:
    known = {field.key: field for field in WHOLE}
    for number, row in enumerate(rows, 1):
        cells = [*map(_text, row), "", ""]
        if number <= _KEYS_ROW or not cells[0]:
            continue
        if cells[0] not in known:
            raise MistakesError([f"{source}, ligne {number} : clé inconnue « {cells[0]} »{nearest(cells[0], known)}"])
        answer = cells[2] if len(row) > 2 else ""
        if answer:
            _put(data, (), known[cells[0]], answer, number, lines)


def _read_sheet(
    sheet: Sheet, rows: Sequence[Sequence[Any]], data: dict[str, Any], lines: dict[Key, int], source: str
) -> None:
    known = {field.key: field for field in sheet.fields}
    keys = [_text(cell) for cell in rows[_KEYS_ROW - 1]] if len(rows) >= _KEYS_ROW else []
    for key in filter(None, keys):
        if key not in known:
            raise MistakesError([f"{source}, feuille « {sheet.title} » : clé inconnue « {key} »{nearest(key, known)}"])
    for number, row in enumerate(rows[_KEYS_ROW:], _KEYS_ROW + 1):
        answers = {key: text for key, text in zip(keys, map(_text, row), strict=False) if key and text}
        if answers:
            _take_row(sheet, answers, data, lines, number, source)


def _take_row(
    sheet: Sheet, answers: dict[str, str], data: dict[str, Any], lines: dict[Key, int], number: int, source: str
) -> None:
    owner = data
    path: Key = (sheet.list,)
    if sheet.within:
        reference = answers.pop("ref", "")
        processings = data.get("traitements", [])
        at = next((k for k, one in enumerate(processings) if one.get("ref") == reference), None)
        if at is None:
            known = nearest(reference, [str(one.get("ref", "")) for one in processings])
            where = f"{source}, feuille « {sheet.title} », ligne {number}"
            raise MistakesError([f"{where} : traitement inconnu « {reference} »{known}"])
        owner, path = processings[at], ("traitements", at, sheet.list)
    listed = owner.setdefault(sheet.list, [])
    entry: dict[str, Any] = {}
    base: Key = (*path, len(listed))
    listed.append(entry)
    lines[base] = number
    for field in sheet.fields:
        if field.key in answers:
            _put(entry, base, field, answers[field.key], number, lines)


def _put(owner: dict[str, Any], base: Key, field: Field, text: str, number: int, lines: dict[Key, int]) -> None:
    *parents, last = field.key.split(".")
    for parent in parents:
        owner = owner.setdefault(parent, {})
        base = (*base, parent)
        lines.setdefault(base, number)
    lines[(*base, last)] = number
    owner[last] = [part.strip() for part in text.split(";") if part.strip()] if field.many else text


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()


def _frozen(value: Any) -> Any:
    """Lists as the YAML reader gives them."""
    if isinstance(value, dict):
        return {key: _frozen(inner) for key, inner in value.items()}
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def write_form(data: Mapping[str, Any], path: Path) -> None:
    """A form that holds what ``data`` (as in the YAML file) says, with room for more."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": datetime(1980, 1, 1)})
        style = {
            "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
            "key": book.add_format({"font_color": "#777777", "font_size": 8}),
            "cell": book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
        }
        _whole(book.add_worksheet(FIRST_SHEET), data, style)
        for sheet in SHEETS:
            _sheet(book.add_worksheet(sheet.title), sheet, list(_entries(sheet, data)), style)


def _whole(page: Any, data: Mapping[str, Any], style: Mapping[str, Any]) -> None:
    for column, (name, width) in enumerate((("Clé", 34), ("Question", 52), ("Réponse", 60), ("Aide", 44))):
        page.set_column(column, column, width)
        page.write_string(0, column, name, style["head"])
    page.write_string(1, 1, "Remplir la colonne « Réponse » ; une case vide veut dire : non renseigné.", style["key"])
    page.freeze_panes(_KEYS_ROW, 0)
    for row, field in enumerate(WHOLE, _KEYS_ROW):
        page.write_string(row, 0, field.key, style["key"])
        page.write_string(row, 1, field.label, style["cell"])
        answer = _answer(field, data)
        if field.key == NOTHING:
            answer = "oui" if "traitements" in data and not data["traitements"] else ""
        page.write_string(row, 2, answer, style["cell"])
        page.write_string(row, 3, field.help, style["key"])
        _choices(page, field, row, row, 2)


def _sheet(page: Any, sheet: Sheet, entries: Sequence[Mapping[str, Any]], style: Mapping[str, Any]) -> None:
    for column, field in enumerate(sheet.fields):
        page.set_column(column, column, 24, style["cell"])
        page.write_string(0, column, field.label + (f" ({field.help})" if field.help else ""), style["head"])
        page.write_string(1, column, field.key, style["key"])
        _choices(page, field, _KEYS_ROW, _KEYS_ROW + _EMPTY_ROWS, column)
    page.freeze_panes(_KEYS_ROW, 1)
    for row, entry in enumerate(entries, _KEYS_ROW):
        for column, field in enumerate(sheet.fields):
            page.write_string(row, column, _answer(field, entry), style["cell"])


def _choices(page: Any, field: Field, first: int, last: int, column: int) -> None:
    if field.choices:
        page.data_validation(first, column, last, column, {"validate": "list", "source": list(field.choices)})


def _entries(sheet: Sheet, data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if not sheet.within:
        yield from data.get(sheet.list) or ()
        return
    for processing in data.get("traitements") or ():
        for entry in processing.get(sheet.list) or ():
            yield {"ref": processing.get("ref", ""), **entry}


def _answer(field: Field, owner: Any) -> str:
    *parents, last = field.key.split(".")
    for parent in parents:
        owner = (owner or {}).get(parent) if isinstance(owner, Mapping) else owner
    if isinstance(owner, str):  # a contact written in one word
        return owner if ("@" in owner) == (last == "mel") else ""
    value = (owner or {}).get(last) if isinstance(owner, Mapping) or owner is None else None
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    return _PARTED.join(map(str, value)) if isinstance(value, list | tuple) else str(value)
