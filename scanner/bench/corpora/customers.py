"""The customers of a shop, as a CSV file and as a Parquet file: every value is invented, every key is right."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from scanner.bench.corpora.columns import Draw, content, date, digits, joined, text
from scanner.bench.corpora.people import People
from scanner.bench.corpora.words import ITEMS, WORDS

ROWS = 16_000

REMARKS = WORDS["remarks"]


def table(seed: int, number: int) -> dict[str, pa.Array]:
    """One block of the table, by column; all strings, as a CSV file has them."""
    draw = Draw(ROWS, seed, 2, number)
    people = People(draw, 1 + number * ROWS)
    return {
        "id": text(people.ids),
        "civilite": people.title,
        "nom": people.last,
        "prenom": people.first,
        "email": people.email,
        "telephone": people.phone,
        "date_naissance": date(people.born, "%d/%m/%Y"),
        "adresse": people.street,
        "code_postal": people.postcode,
        "ville": people.town,
        "nir": draw.mixed((0.7, people.nir), (0.3, "")),
        "iban": draw.mixed((0.8, people.iban), (0.2, "")),
        "commentaire": comment(draw),
        "montant": joined(text(draw.number(5, 4_000)), ",", digits(draw.number(0, 100), 2)),
        "date": date(draw.number(18_262, 20_500), "%Y-%m-%d"),
    }


def typed(seed: int, number: int) -> pa.Table:
    """The same block as a database exports it: numbers and dates are no text."""
    columns = table(seed, number)
    columns["id"] = columns["id"].cast(pa.int64())
    columns["montant"] = pc.replace_substring(columns["montant"], ",", ".").cast(pa.float64())
    born = pc.strptime(columns["date_naissance"], "%d/%m/%Y", "s")
    columns["date_naissance"] = born.cast(pa.date32())
    columns["date"] = columns["date"].cast(pa.date32())
    return pa.table(columns)


def size_of(block: pa.Table) -> int:
    """Bytes of the values themselves, without what Arrow needs to find them."""
    total = 0
    for column in block.columns:
        if column.type == pa.string():
            total += pc.sum(pc.binary_length(column)).as_py() or 0
        else:
            total += column.type.bit_width // 8 * len(column)
    return total


def comment(draw: Draw) -> pa.Array:
    """Short remarks of a salesperson, mostly different from one another."""
    order = joined(" (", draw.pick(ITEMS), " n° ", text(draw.number(1_000, 99_999)), ")")
    return draw.mixed(
        (0.35, ""),
        (0.25, joined(draw.pick(REMARKS["openings"]), order, ".")),
        (0.4, joined(draw.pick(REMARKS["openings"]), ", ", draw.pick(REMARKS["middles"]), order, ".")),
    )


def header(seed: int) -> bytes:
    """The first line of the file."""
    return ";".join(table(seed, 0)).encode() + b"\n"


def block(seed: int, number: int) -> bytes:
    """One block of rows, of about 200 bytes each."""
    columns = list(table(seed, number).values())
    parts = [part for column in columns for part in (column, ";")]
    return content(joined(*parts[:-1], "\n"))
