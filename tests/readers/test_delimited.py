from __future__ import annotations

import csv
import io

import pytest
from reading import columns, read, text

from scanner.model import Column
from scanner.readers.delimited import DelimitedReader


def table(data: bytes, **kwargs: object) -> dict[str, list[str | None]]:
    return {name: values for (_, name), values in columns(read(DelimitedReader, data, "a.csv", **kwargs)).items()}  # type: ignore[arg-type]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_values_stay_strings(delimiter: str) -> None:
    rows = [("id", "cp", "note"), ("007", "01000", "1e5"), ("008", "", "NULL")]
    data = "".join(delimiter.join(row) + "\r\n" for row in rows).encode()
    assert table(data) == {"id": ["007", "008"], "cp": ["01000", ""], "note": ["1e5", "NULL"]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac-roman", "cp850"])
def test_encodings(encoding: str) -> None:
    data = "nom;prénom\nLefèvre;Hélène\nBénard;Zoé\n".encode(encoding)
    assert table(data) == {"nom": ["Lefèvre", "Bénard"], "prénom": ["Hélène", "Zoé"]}


def test_no_header() -> None:
    data = b"1,x@example.org,75001\n2,y@example.org,75002\n3,z@example.org,75003\n"
    assert table(data)["1"] == ["x@example.org", "y@example.org", "z@example.org"]


def test_a_first_row_in_doubt_is_both_names_and_values() -> None:
    data = b"alpha;beta\ngamma;delta\nepsilon;zeta\n"
    found = table(data)
    assert "alpha" in {value for values in found.values() for value in values}


def test_titles_above_the_header_are_text() -> None:
    data = b"Extraction du service\n\nnom;mail;ville\nA;a@example.org;Lyon\nB;b@example.org;Nice\n"
    content = read(DelimitedReader, data, "a.csv")
    assert "Extraction du service" in text(content)
    assert columns(content)["", "mail"] == ["a@example.org", "b@example.org"]
    first = next(part for part in content if isinstance(part, Column))
    assert first.first_row == 4


def test_ragged_rows_are_kept() -> None:
    data = (
        b"nom,mail,ville\n"
        + b"A,a@example.org,Lyon\n" * 20
        + b"B\nC,c@example.org,Nice,extra,more\n\nD,d@example.org,Metz"
    )
    found = table(data)
    assert found["nom"][-4:] == ["B", "C", None, "D"]
    assert found["3"][-3] == "extra"
    assert found["4"][-3] == "more"


def test_line_ends_inside_quotes() -> None:
    out = io.StringIO()
    rows = [("nom", "note", "mail")] + [(f"N{i}", f'a\nb "c"; {i}', f"u{i}@example.org") for i in range(3000)]
    csv.writer(out, delimiter=";").writerows(rows)
    content = read(DelimitedReader, out.getvalue().encode(), "a.csv")
    assert columns(content)["", "note"] == [row[1] for row in rows[1:]]
    assert columns(content)["", "mail"] == [row[2] for row in rows[1:]]


def test_a_quote_that_never_closes_loses_nothing() -> None:
    lines = [f"{i};nom{i};u{i}@example.org\n" for i in range(60_000)]
    lines[5] = '5;"nom5;u5@example.org\n'
    data = ("id;nom;mail\n" + "".join(lines)).encode()
    content = read(DelimitedReader, data, "a.csv")
    everything = "\n".join(value or "" for values in columns(content).values() for value in values)
    assert all(f"u{i}@example.org" in everything for i in (0, 4, 5, 6, 7, 30_000, 59_999))
    assert everything.count("@example.org") == 60_000


def test_rows_are_counted_across_batches() -> None:
    data = b"id;valeur\n" + b"".join(b"%d;x%d\n" % (i, i) for i in range(2, 500_000))
    parts = [part for part in read(DelimitedReader, data, "a.csv") if isinstance(part, Column) and part.index == 0]
    assert len(parts) > 1
    assert all(part.values[0].as_py() == str(part.first_row) for part in parts)
    assert sum(len(part.values) for part in parts) == 499_998


def test_one_column() -> None:
    assert table(b"email\nx@example.org\ny@example.org\n") == {"email": ["x@example.org", "y@example.org"]}
    assert table(b"x@example.org\ny@example.org\n") == {"0": ["x@example.org", "y@example.org"]}


def test_header_alone_gives_names() -> None:
    assert table(b"nom;prenom;email\n") == {"nom": [], "prenom": [], "email": []}


def test_a_record_without_end_stays_bounded() -> None:
    data = b"a;b\n1;2\n" + b"x" * (9 << 20)
    content = read(DelimitedReader, data, "a.csv")
    kept = sum(len(value or "") for values in columns(content).values() for value in values) + len(text(content))
    assert kept >= 9 << 20


def test_prose_named_csv_is_text() -> None:
    data = "Bonjour,\n\nje vous écris, comme convenu.\nOui, non, si, mais, car, or, ni.\nÀ bientôt\n".encode()
    content = read(DelimitedReader, data, "a.csv")
    everything = text(content) + " ".join(v or "" for values in columns(content).values() for v in values)
    assert "comme convenu" in everything


def test_quotes_after_spaces() -> None:
    data = b'nom, ville\n"A, B", "Lyon, 3e"\n"C, D", "Nice"\n'
    assert table(data) == {"nom": ["A, B", "C, D"], "ville": ["Lyon, 3e", "Nice"]}
