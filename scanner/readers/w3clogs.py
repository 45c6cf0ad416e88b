"""Logs in the extended format of the W3C, as IIS, Exchange and proxies write them: each field a column."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import ClassVar
from urllib.parse import parse_qsl, unquote_plus

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from scanner.contracts import Source
from scanner.formats.blocks import BLOCK, Gathered, encoded
from scanner.model import Column, Content, Passage

LONGEST = 4 * BLOCK
FIELDS = b"#Fields:"


class W3cLogReader:
    """Logs of IIS and others in the format of the W3C: fields, and parameters of queries, under their names."""

    name: ClassVar[str] = "w3clog"
    media_types: ClassVar[frozenset[str]] = frozenset({"text/x-w3c-log"})
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """About two megabytes at a time; a new head in the middle begins new columns."""
        log, rest = _Log(), b""
        for block in encoded(source.stream, source.encoding, 2 * BLOCK):
            rest += block
            end = rest.rfind(b"\n") + 1 or (len(rest) if len(rest) > LONGEST else 0)
            yield from log.lines(rest[:end])
            rest = rest[end:]
        yield from log.lines(rest)


class _Log:
    """Names of the fields in force, and the row reached."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._line = 1

    def lines(self, data: bytes) -> Iterator[Content]:
        """Heads and the lines between them."""
        while data:
            at = 0 if data.startswith(b"#") else data.find(b"\n#") + 1
            if data.startswith(b"#"):
                end = data.find(b"\n") + 1 or len(data)
                yield from self._head(data[:end])
            else:
                end = at or len(data)
                yield from self._rows(data[:end])
            self._line += data.count(b"\n", 0, end)
            data = data[end:]

    def _head(self, line: bytes) -> Iterator[Content]:
        text = line.decode("utf-8", "replace").strip()
        if line.startswith(FIELDS):
            self._names = text[len(FIELDS) :].split()
        elif text:
            yield Passage(text, "", self._line)

    def _rows(self, data: bytes) -> Iterator[Content]:
        if not self._names:
            yield Passage(data.decode("utf-8", "replace"), "", self._line)
            return
        odd: list[str] = []
        delimiter = "\t" if b"\t" in data[:4096] else " "
        try:
            table = _cut(data, self._names, delimiter, odd)
        except pa.ArrowInvalid:
            yield Passage(data.decode("utf-8", "replace"), "", self._line)
            return
        for index, name in enumerate(self._names):
            values = table.column(index).combine_chunks()
            values = pc.if_else(pc.equal(values, "-"), None, values)
            if "query" in name.lower():
                yield from _parameters(name, values)
            yield Column("", name, index, _unquoted(values), self._line)
        if odd:
            yield Passage("\n".join(odd), "", self._line)


def _cut(data: bytes, names: list[str], delimiter: str, odd: list[str]) -> pa.Table:
    """Lines as columns of text; those with another number of fields go to ``odd``."""

    def keep(row: csv.InvalidRow) -> str:
        odd.append(row.text)
        return "skip"

    keys = [str(index) for index in range(len(names))]
    return csv.read_csv(
        io.BytesIO(data.decode("utf-8", "replace").encode()),
        read_options=csv.ReadOptions(column_names=keys, use_threads=False),
        parse_options=csv.ParseOptions(delimiter=delimiter, quote_char=False, invalid_row_handler=keep),
        convert_options=csv.ConvertOptions(
            column_types=dict.fromkeys(keys, pa.string()), strings_can_be_null=False, check_utf8=False
        ),
    )


def _unquoted(values: pa.Array) -> pa.Array:
    """Values as they were before they were written for an address; each different one once."""
    held = values.dictionary_encode()
    words = held.dictionary
    if not pc.any(pc.match_substring_regex(words, "%[0-9A-Fa-f]{2}")).as_py():
        return values
    plain = pa.array([unquote_plus(word) if "%" in word else word for word in words.to_pylist()], pa.string())
    return plain.take(held.indices)


def _parameters(name: str, values: pa.Array) -> Iterator[Content]:
    gathered = Gathered()
    for query in pc.unique(values).to_pylist():
        if query and "=" in query:
            for key, value in parse_qsl(query, errors="replace"):
                gathered.add(f"{name}.{key}", value)
    yield from gathered.flush()
