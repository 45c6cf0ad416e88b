from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest
from reading import columns, read, text

from scanner.model import Column, Passage
from scanner.readers.sqldump import SqlDumpReader


def dump(data: str | bytes, piece: int = 1 << 30, encoding: str = "utf-8") -> dict[tuple[str, str], list[str | None]]:
    return columns(contents(data, piece, encoding))


def contents(data: str | bytes, piece: int = 1 << 30, encoding: str = "utf-8") -> list[object]:
    raw = data.encode(encoding) if isinstance(data, str) else data
    return list(read(SqlDumpReader, raw, "a.sql", "application/sql", encoding, piece=piece))


def test_mysqldump() -> None:
    data = r"""-- MySQL dump 10.13
CREATE TABLE `clients` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `nom` varchar(80) DEFAULT 'l''inconnu, (x)', -- l'apostrophe
  `note` text COMMENT 'a, b',
  `montant` decimal(10,2),
  PRIMARY KEY (`id`),
  KEY `n` (`nom`)
) ENGINE=InnoDB;
LOCK TABLES `clients` WRITE;
INSERT INTO `clients` VALUES (1,'O\'Neil','a\nb; (c), \\ \"d\"',-1.50),(2,NULL,'',NULL),(3,'NULL','x''y',0x4A4B);
UNLOCK TABLES;
"""
    content = contents(data)
    assert columns(content) == {  # type: ignore[arg-type]
        ("clients", "id"): ["1", "2", "3"],
        ("clients", "nom"): ["O'Neil", None, "NULL"],
        ("clients", "note"): ['a\nb; (c), \\ "d"', "", "x'y"],
        ("clients", "montant"): ["-1.50", None, "0x4A4B"],
    }
    others = text(content)  # type: ignore[arg-type]
    assert "CREATE TABLE" in others
    assert "UNLOCK TABLES" in others
    assert "O'Neil" not in others


def test_pg_dump_copy() -> None:
    data = (
        "--\n-- PostgreSQL database dump\n--\n"
        'COPY "public"."Clients" (id, "Nom complet", note) FROM stdin;\n'
        "1\tHélène\tun\\tdeux\\ntrois\\\\quatre\n2\t\\N\t\n3\tO'Neil\t\\\\N\n\\.\n\n-- fin x@example.org\n"
    )
    content = contents(data)
    assert columns(content) == {  # type: ignore[arg-type]
        ("public.Clients", "id"): ["1", "2", "3"],
        ("public.Clients", "Nom complet"): ["Hélène", None, "O'Neil"],
        ("public.Clients", "note"): ["un\tdeux\ntrois\\quatre", "", "\\N"],
    }
    assert any(isinstance(p, Passage) and "fin x@example.org" in p.text and p.line == 8 for p in content)


def test_pg_dump_inserts_keep_backslashes() -> None:
    data = (
        "-- PostgreSQL database dump\nINSERT INTO s.t (a, b) VALUES (1, 'C:\\'), (2, E'x''y');\n"
        'INSERT INTO s.t (a, b) VALUES (3, \'{"k": "v, (w)"}\'::jsonb);\n'
    )
    found = dump(data)
    assert found["s.t", "a"] == ["1", "2", "3"]
    assert found["s.t", "b"][:2] == ["C:\\", "x'y"]
    assert (found["s.t", "b"][2] or "").startswith('{"k": "v, (w)"}')


def test_sqlite_dump(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "x.db")
    database.execute("CREATE TABLE personnes(id INTEGER PRIMARY KEY, nom TEXT, note TEXT)")
    rows = [(i, f"l'élève {i}", "a\nb" if i % 2 else None) for i in range(1, 500)]
    database.executemany("INSERT INTO personnes VALUES (?, ?, ?)", rows)
    found = dump("\n".join(database.iterdump()) + "\n")
    database.close()
    assert found["personnes", "nom"] == [row[1] for row in rows]
    assert [value is None for value in found["personnes", "note"]] == [row[2] is None for row in rows]


def test_sql_server() -> None:
    data = (
        "USE [base]\r\nGO\r\nINSERT [dbo].[Clients] ([Id], [Nom]) VALUES (1, N'L''Haÿ')\r\n"
        "INSERT [dbo].[Clients] ([Id], [Nom]) VALUES (2, N'Zoé')\r\nGO\r\n"
        "INSERT [dbo].[Clients] ([Id], [Nom]) VALUES (3, N'Noé')\r\nGO\r\n"
    )
    assert dump(data)["dbo.Clients", "Nom"] == ["L'Haÿ", "Zoé", "Noé"]
    assert dump(data, encoding="utf-16")["dbo.Clients", "Nom"] == ["L'Haÿ", "Zoé", "Noé"]


def test_functions_comments_and_double_quotes() -> None:
    data = """INSERT INTO t (a, b, c) VALUES
  (1, to_date('2020-01-02', 'YYYY'), "l'été, (x)"), -- l'autre ligne
  /* encore, (une) */
  (2, CONCAT('a', 'b'), "y"),
  ( 3 , NULL , 'z' ) ON DUPLICATE KEY UPDATE a = 1;
SELECT 1;
"""
    content = contents(data)
    found = columns(content)  # type: ignore[arg-type]
    assert sorted(value or "" for value in found["t", "a"]) == ["1", "2", "3"]
    everything = " ".join(value or "" for values in found.values() for value in values)
    assert all(word in everything for word in ("2020-01-02", "YYYY", "été, (x)", "z"))
    assert "ON DUPLICATE KEY" in text(content)  # type: ignore[arg-type]


def test_an_unterminated_statement_gives_its_rows() -> None:
    content = contents("INSERT INTO t (a, b) VALUES (1,'x'),(2,'y'),(3,'z cut")
    assert columns(content)["t", "a"] == ["1", "2"]  # type: ignore[arg-type]
    assert "z cut" in text(content)  # type: ignore[arg-type]
    assert dump("COPY t (a, b) FROM stdin;\n1\tx\n2\ty")["t", "b"] == ["x", "y"]


def test_rows_of_unlike_width_are_kept() -> None:
    found = dump("COPY t (a, b) FROM stdin;\n1\tx\n2\ty\tz\n3\n\\.\n")
    assert sorted(filter(None, found["t", "a"])) == ["1", "2", "3"]
    assert found["t", "2"] == [None, "z", None]
    assert dump("INSERT INTO t VALUES (1,2);\nINSERT INTO t VALUES (1,2,3);\n")["t", "2"] == ["3"]


def test_rows_are_numbered_inside_their_table() -> None:
    rows = ",".join(f"({i},'{'x' * 40}')" for i in range(1, 300_001))
    parts = [
        p for p in contents(f"INSERT INTO `t` (`id`, `v`) VALUES {rows};\n") if isinstance(p, Column) and p.index == 0
    ]
    assert len(parts) > 1
    assert all(part.values[0].as_py() == str(part.first_row) for part in parts)
    assert sum(len(part.values) for part in parts) == 300_000


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("style", ["mysql", "standard", "copy"])
def test_any_values_come_back(seed: int, style: str) -> None:
    rng = random.Random(seed)
    alphabet = [
        "'",
        '"',
        "\\",
        "(",
        ")",
        ",",
        ";",
        "\n",
        "\t",
        "--",
        "/*",
        "#",
        "é",
        "a",
        " ",
        "),(",
        ");\nINSERT INTO t VALUES (",
    ]
    rows = [
        [None if rng.random() < 0.1 else "".join(rng.choices(alphabet, k=rng.randrange(12))) for _ in range(4)]
        for _ in range(rng.choice([3, 400, 30_000]))
    ]
    data = {"mysql": as_mysql, "standard": as_standard, "copy": as_copy}[style](rows)
    found = dump(data, piece=rng.choice([5000, 1 << 20]))
    got = list(zip(*(found["t", name] for name in "abcd"), strict=True))
    assert got == [tuple(row) for row in rows]


def as_mysql(rows: list[list[str | None]]) -> str:
    def quote(value: str | None) -> str:
        if value is None:
            return "NULL"
        for plain, escape in (("\\", "\\\\"), ("'", "\\'"), ('"', '\\"'), ("\n", "\\n")):
            value = value.replace(plain, escape)
        return f"'{value}'"

    lists = [rows[i : i + 1000] for i in range(0, len(rows), 1000)]
    body = "".join(
        "INSERT INTO `t` VALUES " + ",".join("(" + ",".join(map(quote, row)) + ")" for row in part) + ";\n"
        for part in lists
    )
    return "-- MySQL dump\nCREATE TABLE `t` (\n `a` text,\n `b` text,\n `c` text,\n `d` text\n);\n" + body


def as_standard(rows: list[list[str | None]]) -> str:
    def quote(value: str | None) -> str:
        return "NULL" if value is None else "'" + value.replace("'", "''") + "'"

    body = "".join("INSERT INTO t (a, b, c, d) VALUES (" + ", ".join(map(quote, row)) + ");\n" for row in rows)
    return "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n" + body + "COMMIT;\n"


def as_copy(rows: list[list[str | None]]) -> str:
    def escape(value: str | None) -> str:
        if value is None:
            return "\\N"
        return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")

    lines = "".join("\t".join(map(escape, row)) + "\n" for row in rows)
    return f"-- PostgreSQL database dump\nCOPY t (a, b, c, d) FROM stdin;\n{lines}\\.\n"


def test_text_alone_comes_back_whole() -> None:
    data = "".join(
        f"-- ligne {i}: l'apostrophe; INSERT INTO t SELECT * FROM u{i};\nINSERT INTO t SELECT {i};\n"
        for i in range(60_000)
    )
    content = contents(data)
    assert text(content) == data  # type: ignore[arg-type]
    for part in content:
        assert isinstance(part, Passage)
        assert data.split("\n", part.line)[part.line - 1].endswith(part.text.split("\n", 1)[0])


def test_empty() -> None:
    assert contents("") == []


def test_tables_that_take_turns() -> None:
    lines = "".join(f"INSERT INTO t{i % 3} VALUES({i}, 'l''a, b', -1.5,NULL);\n" for i in range(3000))
    found = dump("PRAGMA foreign_keys=OFF;\n" + lines)
    for table in range(3):
        assert found[f"t{table}", "0"] == [str(i) for i in range(table, 3000, 3)]
        assert found[f"t{table}", "1"] == ["l'a, b"] * 1000
        assert found[f"t{table}", "2"] == ["-1.5"] * 1000
        assert found[f"t{table}", "3"] == [None] * 1000
