"""Avro container files: records block by block, flattened to columns by path."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any, ClassVar

from scanner.contracts import Source, Unreadable
from scanner.formats.avroblocks import AvroFile, Block
from scanner.formats.blocks import string_array
from scanner.model import Column, Content, Gap, Kind, Problem

_HELD = 4 << 20
"""Bytes of records that wait to become columns."""
_ROWS = 1 << 15
# What the library raises on records that do not follow their schema.
_WRONG = (EOFError, ValueError, LookupError, TypeError, ArithmeticError, AttributeError)


class AvroReader:
    """Avro, as streaming and big data tools write it."""

    name: ClassVar[str] = "avro"
    media_types: ClassVar[frozenset[str]] = frozenset({"application/avro"})
    gives: ClassVar[str] = "columns"
    seeks: ClassVar[bool] = False

    def read(self, source: Source) -> Iterator[Content]:
        """Columns in batches; damaged records and binary values that are no text are gaps."""
        file = AvroFile(source.stream)
        schema = _Schema(file.metadata.get(b"avro.schema", b""))
        flat, stopped = _Flat(schema), None
        damage = _Damage()
        try:
            for block in file.blocks():
                for record in schema.records(block, damage):
                    yield from flat.take(record, len(block.data) // max(1, block.records))
        except Unreadable as stop:
            stopped = stop
        yield from flat.give()
        if damage.size:
            yield Gap(Problem(Kind.CORRUPT, "damaged records"), damage.size)
        if flat.lost:
            yield Gap(Problem(Kind.UNSUPPORTED, "binary values"), flat.lost)
        if stopped is not None:
            raise stopped


class _Damage:
    """Bytes of records that could not be read, as they are in the file."""

    size = 0


class _Schema:
    """The writer's schema, and how to read records by it."""

    def __init__(self, text: bytes) -> None:
        import fastavro

        self.named: dict[str, Any] = {}
        self._known_empty: dict[str, bool] = {}
        try:
            self.root = fastavro.parse_schema(json.loads(text), self.named)
        except RecursionError:
            raise Unreadable(Kind.TOO_DEEP, "schema of an Avro file", bytes_read=0) from None
        except Exception as error:  # noqa: BLE001 - the library has a dozen of kinds, whose texts quote the schema
            raise Unreadable(Kind.CORRUPT, f"schema: {type(error).__name__}", bytes_read=0) from None
        self.empty = self._is_empty(self.root)
        if any(self._is_empty(items) for items in self._array_items()):
            raise Unreadable(Kind.UNSUPPORTED, "arrays of nothing", bytes_read=0)

    def records(self, block: Block, damage: _Damage) -> Iterator[Any]:
        """Records of a block up to the first that is damaged."""
        if self.empty:
            return
        read, stream = self._reader(), io.BytesIO(block.data)
        for _ in range(block.records):
            start = stream.tell()
            try:
                yield read(stream, self.root, None, handle_unicode_errors="replace")
            except RecursionError:
                raise Unreadable(Kind.TOO_DEEP, "nested records", bytes_read=0) from None
            except _WRONG:
                if block.whole:
                    damage.size += max(1, block.stored * (len(block.data) - start) // max(1, len(block.data)))
                return

    def _reader(self) -> Callable[..., Any]:
        if not self._is_recursive(self.root, ()):
            from fastavro import schemaless_reader

            return schemaless_reader  # type: ignore[no-any-return]
        # Compiled code would follow a nesting without end until the process dies; this raises RecursionError.
        from fastavro._read_py import schemaless_reader as careful_reader

        return careful_reader  # type: ignore[no-any-return]

    def branches(self, schema: Any) -> list[Any]:
        """Full schemas that a value may follow, those of unions and of names."""
        if isinstance(schema, list):
            return [inner for branch in schema for inner in self.branches(branch)]
        found = self.named.get(schema, schema) if isinstance(schema, str) else schema
        return [found if isinstance(found, dict) else {"type": found}]

    def _is_empty(self, schema: Any) -> bool:
        """Whether values take no bytes, so that a few bytes could promise any number of them."""
        if isinstance(schema, list):
            return False
        whole = self.branches(schema)[0]
        if whole["type"] in {"record", "error"}:
            if whole["name"] not in self._known_empty:
                self._known_empty[whole["name"]] = False
                self._known_empty[whole["name"]] = all(self._is_empty(field["type"]) for field in whole["fields"])
            return self._known_empty[whole["name"]]
        return whole["type"] == "null" or (whole["type"] == "fixed" and not whole.get("size"))

    def _array_items(self) -> Iterator[Any]:
        waiting: list[Any] = [self.root, *self.named.values()]
        while waiting:
            schema = waiting.pop()
            waiting += schema if isinstance(schema, list) else _inner(schema)
            if isinstance(schema, dict) and schema["type"] == "array":
                yield schema["items"]

    def _is_recursive(self, schema: Any, above: tuple[str, ...]) -> bool:
        """A name inside its own definition."""
        if isinstance(schema, str):
            return schema in above
        inner = schema if isinstance(schema, list) else _inner(schema)
        name = schema.get("name") if isinstance(schema, dict) else None
        return any(self._is_recursive(part, (*above, name) if name else above) for part in inner)


def _inner(schema: Any) -> list[Any]:
    if not isinstance(schema, dict):
        return []
    parts = [schema[key] for key in ("items", "values") if key in schema]
    parts += [field["type"] for field in schema.get("fields", ())]
    return parts + ([schema["type"]] if isinstance(schema["type"], dict | list) else [])


class _Flat:
    """Turns records into columns, and counts rows on."""

    def __init__(self, schema: _Schema) -> None:
        self.schema = schema
        self.lost = 0
        self._rows, self._size = 1, 0
        self._held: list[Any] = []
        self._counts: dict[str, int] = {}
        self._index: dict[str, int] = {}

    def take(self, record: Any, size: int) -> Iterator[Content]:
        """Keep a record until enough have come together."""
        self._held.append(record)
        self._size += size
        if self._size > _HELD or len(self._held) >= _ROWS:
            yield from self.give()

    def give(self) -> Iterator[Content]:
        """Columns of the records that were kept."""
        if self._held:
            yield from self._spread("", self._held, self.schema.root, self._rows)
        self._rows += len(self._held)
        self._held, self._size = [], 0

    def _spread(self, path: str, values: list[Any], schema: Any, first: int) -> Iterator[Content]:
        """Values of one place; several kinds of them when a union allows it."""
        kinds = set(map(type, values)) - {type(None)}
        if dict in kinds:
            objects = values if kinds == {dict} else [v if type(v) is dict else None for v in values]
            yield from self._objects(path, objects, schema, first)
        if list in kinds:
            items = [branch["items"] for branch in self.schema.branches(schema) if branch["type"] == "array"]
            flat = list(chain.from_iterable(v for v in values if type(v) is list))
            yield from self._counted(path + "[]", flat, items)
        plain = kinds - {dict, list}
        if plain:
            texts = values if plain == kinds == {str} else [self._text(value) for value in values]
            if any(text is not None for text in texts):
                yield Column("", path, self._index.setdefault(path, len(self._index)), string_array(texts), first)

    def _objects(self, path: str, values: list[Any], schema: Any, first: int) -> Iterator[Content]:
        """Fields of records, and entries of maps."""
        fields: dict[str, list[Any]] = {}
        maps = []
        for branch in self.schema.branches(schema):
            maps += [branch["values"]] if branch["type"] == "map" else []
            for field in branch.get("fields", ()):
                fields.setdefault(field["name"], []).append(field["type"])
        if maps and not fields:
            whole = [value for value in values if value]
            yield from self._counted(path + "{}", list(chain.from_iterable(whole)), "string")
            yield from self._counted(path + ".*", [v for value in whole for v in value.values()], maps)
            return
        for name, types in fields.items():
            inner = [None if value is None else value.get(name) for value in values]
            yield from self._spread(f"{path}.{name}" if path else name, inner, types, first)

    def _counted(self, path: str, values: list[Any], schema: Any) -> Iterator[Content]:
        """Values of which a row has none or many."""
        first = self._counts.setdefault(path, 1)
        yield from self._spread(path, values, schema, first)
        self._counts[path] = first + len(values)

    def _text(self, value: Any) -> str | None:
        kind = type(value)
        if kind is str or value is None:
            return value  # type: ignore[no-any-return]
        if kind is bytes:
            try:
                return value.decode()  # type: ignore[no-any-return]
            except UnicodeDecodeError:
                self.lost += len(value)
                return None
        if kind in {dict, list}:
            return None
        return str(value).lower() if kind is bool else str(value)
