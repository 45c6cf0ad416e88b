from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from reading import columns, read, text

from scanner.model import Content
from scanner.readers.sqldump import SqlDumpReader

HEADS = {True: "-- MySQL dump\n", False: "-- PostgreSQL database dump\n"}
PIECES = [
    "a",
    "é",
    "œ€",
    "'",
    '"',
    "\\",
    "\n",
    "\r\n",
    "\t",
    ";",
    "--",
    "/*",
    "*/",
    "#",
    "(",
    ")",
    ",",
    "),(",
    "x" * 20,
]
STRINGS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
BARE = st.sampled_from(["1", "-1.50", "NULL", "0x4A4", "true", "1e5", "", "CURRENT_DATE"])
CALLS = st.sampled_from(["NOW()", "to_date('2020-01-02', 'YYYY')", 'f("a, (b)", 1)', "CAST(N'x' AS DateTime)", "1 + 2"])
SPACES = st.sampled_from(["", " ", "\n", "\r\n  ", " /* l'un, (x) */ ", "-- l'autre, (y)\n"])
HEADERS = st.sampled_from(["INSERT INTO t VALUES", "INSERT INTO `t` (`a`, `b`) VALUES ", "REPLACE INTO t VALUES\n"])


def written(value: str, quote: str, backslashes: bool) -> str:
    if backslashes:
        for plain, escape in (("\\", "\\\\"), ("\n", "\\n"), ("\r", "\\r"), (quote, "\\" + quote)):
            value = value.replace(plain, escape)
        return f"{quote}{value}{quote}"
    return quote + value.replace(quote, quote * 2) + quote


@st.composite
def values(draw: st.DrawFn, backslashes: bool) -> tuple[str, str | None]:
    """How a value is written, and what it means."""
    kind = draw(st.sampled_from(["string", "string", "bare", "call"]))
    if kind == "bare":
        bare = draw(BARE)
        return bare, None if bare == "NULL" else bare
    if kind == "call":
        call = draw(CALLS)
        return call, call
    meant = draw(STRINGS)
    prefix = draw(st.sampled_from(["", "", "", "N", "_binary ", "_utf8mb4"]))
    suffix = draw(st.sampled_from(["", "", "", "::jsonb", "::character varying(20)"]))
    quote = draw(st.sampled_from("'''\"")) if not prefix else "'"
    return prefix + written(meant, quote, backslashes) + suffix, meant


@st.composite
def dumps(draw: st.DrawFn) -> tuple[str, list[list[str | None]]]:
    """A dump with statements like each other, and the values of its rows."""
    backslashes, header, width = draw(st.booleans()), draw(HEADERS), draw(st.integers(1, 4))
    rows, out = [], [HEADS[backslashes]]
    for _ in range(draw(st.integers(1, 3))):
        lists = []
        for _ in range(draw(st.integers(1, 4))):
            row = [draw(values(backslashes)) for _ in range(width)]
            rows.append([meant for _, meant in row])
            cells = [draw(SPACES) + cell + draw(SPACES) for cell, _ in row]
            lists.append("(" + ",".join(cells) + ")")
        out.append(header + (draw(SPACES) + "," + draw(SPACES)).join(lists))
        out.append(draw(st.sampled_from([";\n", ";\r\n", ";\nCOMMIT;\n"] + ["\nGO\n"] * (not backslashes))))
    return "".join(out), rows


def contents(data: str, piece: int = 1 << 30) -> list[Content]:
    return read(SqlDumpReader, data.encode(), "a.sql", "application/sql", "utf-8", piece=piece)


def table(content: list[Content]) -> list[list[str | None]]:
    """Values row by row."""
    found = [
        (int(name) if name.isdigit() else "ab".index(name), cells) for (_, name), cells in columns(content).items()
    ]
    return [list(row) for row in zip(*(cells for _, cells in sorted(found)), strict=True)]


@given(dumps(), st.integers(1, 60))
@settings(max_examples=300, deadline=None)
def test_rows_come_back_wherever_blocks_end(dump: tuple[str, list[list[str | None]]], piece: int) -> None:
    data, rows = dump
    head = data.index("\n") + 1
    assert table(contents(data)) == rows
    # The first block says which product wrote the dump.
    assert table(contents(data, max(piece, head + 8))) == rows


@given(dumps(), st.integers(0, 400), st.integers(30, 90))
@settings(max_examples=200, deadline=None)
def test_what_is_cut_off_loses_no_whole_row(dump: tuple[str, list[list[str | None]]], size: int, piece: int) -> None:
    data, rows = dump
    data = data[: max(40, size)]
    content = contents(data, piece)
    found = table(content)
    assert found == rows[: len(found)]
    assert text(content).count("(") + sum(map(len, found)) > 0 or "(" not in data


@given(
    st.lists(st.sampled_from([*PIECES, " ", "NULL", "1", "\nINSERT INTO t VALUES (", ");\n"]), max_size=40),
    st.booleans(),
)
@settings(max_examples=300, deadline=None)
def test_anything_can_follow_a_header(parts: list[str], backslashes: bool) -> None:
    data = HEADS[backslashes] + "INSERT INTO t VALUES (" + "".join(parts)
    once, again = contents(data), contents(data, 50)
    assert columns(once) == columns(again)
    marks = str.maketrans("", "", "; \t\n\r")  # alone they are no passage
    assert text(once).translate(marks) == text(again).translate(marks)


LINES = st.lists(st.lists(st.one_of(st.none(), STRINGS), min_size=3, max_size=3), min_size=1, max_size=6)


@given(LINES, st.integers(30, 90))
@settings(max_examples=200, deadline=None)
def test_copied_values_come_back(rows: list[list[str | None]], piece: int) -> None:
    def escaped(value: str | None) -> str:
        if value is None:
            return "\\N"
        for plain, escape in (("\\", "\\\\"), ("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r")):
            value = value.replace(plain, escape)
        return value

    lines = "".join("\t".join(map(escaped, row)) + "\n" for row in rows)
    data = f"{HEADS[False]}COPY t FROM stdin;\n{lines}\\.\n\n-- fin\n"
    content = contents(data, piece)
    assert table(content) == rows
    assert "-- fin" in text(content)
