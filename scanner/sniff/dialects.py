"""The shape of delimited text: which delimiter, where the table begins, and whether its first row names the columns."""

from __future__ import annotations

import csv
import io
import itertools
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import re2

DELIMITERS = (";", "\t", ",", "|", ":")
_SAMPLE_ROWS = 200
_HOLLOW = "".join(DELIMITERS) + "".join(filter(str.isspace, map(chr, range(0x3001))))
"""What a line without any value in it is made of."""

# Cells that hold data and never name a column: numbers, dates, addresses, times, long digit chains.
_DATA = re2.compile(
    r"(?i)[+-]?[\d\s.,/:()€$%°-]*\d[\d\s.,/:()€$%°-]*"
    r"|[^@\s]+@[^@\s]+\.[a-z]+|https?://.*|[\da-f]{8}-[\da-f-]{27}|[a-z]{2}\d{2}[\s\da-z]{10,30}"
    r"|\d{4}-\d\d-\d\d.*|true|false|null|oui|non|yes|no|\d+ .*|[12]\d{2}\d{2}(\d{2}|2[ab])\d{6}(\d\d)?"
)
_NAMING_TEXT = """
id uid uuid ref reference code cle key num numero number no nb nbr n nom noms name names prenom prenoms firstname
first last lastname surname fullname civilite title titre sexe sex gender genre date datetime time heure jour
naissance birth birthday birthdate dob ne age lieu place ville city commune town cp postal postcode zip zipcode
adresse address rue street voie pays country region departement state tel telephone phone mobile portable gsm fax
mail email courriel mel login user username utilisateur identifiant password passwd pwd mdp hash ip url site web
type categorie category statut status etat montant amount prix price total salaire salary iban bic rib compte
account carte card nir ssn siren siret societe company entreprise employeur employer poste fonction job service
description libelle label commentaire comment comments note notes remarque value valeur created updated modified
creation modification latitude longitude lat lon long lng count quantity quantite product produit client customer
patient eleve agent matricule version source position suffixe file path fichier nationalite nationality situation
enfants langue language
"""
_NAMING = frozenset(_NAMING_TEXT.split())


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a table is written: ``start`` is the index of its first row, ``header`` says if that row names columns.

    ``header`` is ``yes``, ``no`` or ``maybe``; ``columns`` is the usual number of cells.
    """

    delimiter: str
    columns: int
    start: int
    header: str
    share: float


def find_dialect(text: str, whole: bool, named: bool = False) -> Dialect | None:
    """The dialect of a sample of text; ``named`` when the file's name says that it is a table."""
    if not whole:
        text = text[: text.rfind("\n") + 1] or text
    best = _best(text, [delimiter for delimiter in DELIMITERS if delimiter in text], named)
    if named and (best is None or best.columns == 1):  # one column needs no delimiter
        best = _best(text, DELIMITERS, named)
    return best.dialect() if best else None


@dataclass(frozen=True, slots=True)
class _Layout:
    """A dialect before its header is judged, which takes time and only the best one needs."""

    delimiter: str
    columns: int
    start: int
    share: float
    rows: list[list[str]]

    def dialect(self) -> Dialect:
        header = find_header(self.rows[self.start :], self.columns)
        return Dialect(self.delimiter, self.columns, self.start, header, self.share)


def _best(text: str, delimiters: Iterable[str], named: bool) -> _Layout | None:
    best: _Layout | None = None
    plain = _plain_lines(text) if not named else None
    for delimiter in delimiters:
        # Fewer than one in most rows is soon counted.
        if plain is not None and (text.count(delimiter) < 0.62 * len(plain) or not _may_convince(plain, delimiter)):
            continue
        found = _try(text, delimiter, named)
        if found and (best is None or _rank(found) > _rank(best)):
            best = found
    return best


def _rank(layout: _Layout) -> tuple[bool, float, int]:
    # Many even columns beat a lucky character; a colon is weak evidence, times and URLs have it.
    share = round(layout.share, 1) - (0.2 if layout.delimiter == ":" else 0)
    return layout.columns > 1, share, min(layout.columns, 4)


def _plain_lines(text: str) -> list[str] | None:
    """The lines that are rows of their own, or None where quotes or empty cells make it less plain what a row is."""
    if '"' in text:
        return None
    lines = [line for line in itertools.islice(io.StringIO(text, newline=""), _SAMPLE_ROWS) if not line.isspace()]
    return lines if all(line.strip(_HOLLOW) for line in lines) else None


def _may_convince(lines: list[str], delimiter: str) -> bool:
    """Whether ``_convinces`` can say yes to these lines: most text is no table, and counting is quicker than cutting.

    It wants 70 % of the rows in the table, and 90 % of those equally wide.
    """
    rows = len(lines)
    needed = 0.62 * rows
    counts = [line.count(delimiter) for line in lines]
    if rows < 2 or counts.count(0) > rows - needed:
        return False
    widths = Counter([count + 1 for count in counts])
    columns = _usual(widths)
    return widths[columns] >= needed and (rows > 2 or columns >= 4)


def parse(text: str, delimiter: str) -> list[list[str]]:
    """The first rows of a sample; an open quote at its end is no error."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(row)
            if len(rows) >= _SAMPLE_ROWS:
                break
    except csv.Error:
        pass
    return rows


def _try(text: str, delimiter: str, named: bool) -> _Layout | None:
    rows = parse(text, delimiter)
    filled = [any(map(str.strip, row)) for row in rows]
    widths = Counter(len(row) for row, full in zip(rows, filled, strict=True) if full)
    if not widths:
        return None
    columns = _usual(widths)
    if columns == 1 and not named:
        return None
    start = _start(rows, columns)
    after = [row for row, full in zip(rows[start:], filled[start:], strict=True) if full]
    share = sum(len(row) == columns for row in after) / max(1, len(after))
    if not named and not _convinces(delimiter, columns, share, sum(widths.values()), after):
        return None
    return _Layout(delimiter, columns, start, share, rows)


def _usual(widths: Counter[int]) -> int:
    """The number of cells that most rows have; ragged tables have others around them."""
    columns, _ = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
    wide = {width: n for width, n in widths.items() if width > 1 and n > 1}
    return max(wide, key=lambda width: (wide[width], width)) if wide and columns > 1 else columns


def _convinces(delimiter: str, columns: int, share: float, filled: int, cells: list[list[str]]) -> bool:
    """Whether text without a telling name is a table, and not prose with commas in it."""
    rows = len(cells)
    if (rows < 3 and not (rows == 2 and columns >= 4)) or rows < 0.7 * filled:
        return False
    if delimiter == ":":
        spaced = any(cell.startswith(" ") for row in cells for cell in row)
        return columns >= 4 and share == 1.0 and not spaced and not any(map(_has_time, cells))
    if delimiter == ",":
        prose = sum(len(cell) > 80 or cell.rstrip().endswith((".", "!", "?")) for row in cells for cell in row)
        if (columns < 3 and share < 1.0) or prose > 0.1 * sum(map(len, cells)):
            return False
    return share >= 0.9 and columns >= 2


def _has_time(row: list[str]) -> bool:
    """Hours, minutes and seconds look like cells of their own when a colon is the delimiter."""
    return any(
        a[-2:].isdigit() and b.isdigit() and len(b) == 2 and c[:2].isdigit()
        for a, b, c in zip(row, row[1:], row[2:], strict=False)
    )


def _start(rows: list[list[str]], columns: int) -> int:
    """Index of the first row that is as wide as the table and not mostly empty: titles may come before."""
    for index, row in enumerate(rows[:40]):
        full = sum(bool(cell.strip()) for cell in row)
        if len(row) >= max(1, columns - 1) and full and (full > 1 or columns == 1 or len(row) == columns == 2):
            return index
    return next((i for i, row in enumerate(rows) if any(cell.strip() for cell in row)), 0)


def find_header(rows: list[list[str]], columns: int) -> str:
    """``yes``, ``no`` or ``maybe``: whether the first of these rows names the columns."""
    first = [cell.strip() for cell in rows[0]] if rows else []
    named = [cell for cell in first if cell]
    if not named or sum(_is_data(cell) for cell in named) > 0.2 * len(named):
        return "no"
    # Exports pasted together repeat their header.
    below = [row for row in rows[1:] if any(cell.strip() for cell in row) and row != rows[0]]
    votes = sum(_vote(cell, [r[i].strip() for r in below if i < len(r)]) for i, cell in enumerate(first) if cell)
    if len(set(named)) < len(named):
        votes -= 1
    if not below:
        return "yes" if votes > 0 else "maybe"
    return "yes" if votes > 0 else "no" if votes < -0.3 * columns else "maybe"


def _is_data(cell: str) -> bool:
    return len(cell) > 60 or _DATA.fullmatch(cell) is not None


def _vote(cell: str, below: list[str]) -> float:
    """Above zero when the cell names the column, below when it looks like the values under it."""
    if cell in below:
        return -1.0 if _words(cell).isdisjoint(_NAMING) else 0.0
    if not _words(cell).isdisjoint(_NAMING):
        return 1.0
    values = [value for value in below if value]
    typed = sum(_is_data(value) for value in values)
    if values and typed > 0.8 * len(values):
        return 1.0
    return 0.3 if "_" in cell and " " not in cell else -0.1 if cell[:1].isupper() and " " in cell else 0.0


def _words(cell: str) -> frozenset[str]:
    """Words of a name: ``dateNaissance``, ``date_naissance`` and ``Date de naissance`` alike, without accents."""
    spaced = "".join(f" {c}" if c.isupper() and p.islower() else c for p, c in zip(" " + cell, cell, strict=False))
    plain = unicodedata.normalize("NFKD", spaced.lower()).encode("ascii", "ignore").decode()
    return frozenset("".join(c if c.isalpha() else " " for c in plain).split())
