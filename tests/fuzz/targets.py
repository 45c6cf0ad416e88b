"""What is fuzzed: each takes bytes and may only answer in the ways that it promises."""

from __future__ import annotations

import contextlib
import io
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent))

from canary import formats  # noqa: E402
from canary.values import Record, records  # noqa: E402
from hostile import packed, papers, structured  # noqa: E402

SMALL = 60_000
"""Seeds are at most so long: what a mutation does shows early."""
WORDS = "txt csv sql json jsonl xml yaml html eml mbox zip tar gz 7z xlsx docx pdf db parquet ini vcf log"
SUFFIXES = tuple(WORDS.split())


@lru_cache(maxsize=1)
def _settings() -> Any:
    from scanner.config import Settings

    return Settings(today=date(2026, 6, 1), ner="off", sentences="off")


@lru_cache(maxsize=1)
def _valid() -> dict[str, bytes]:
    """One small valid file of each format."""
    people = records()[:3]
    supply: Iterator[Record] = iter(people * 200)
    with tempfile.TemporaryDirectory() as name:
        formats.plant(Path(name), lambda count: [next(supply) for _ in range(min(count, 3))])
        return {path.name: path.read_bytes() for path in sorted(Path(name).iterdir())}


@lru_cache(maxsize=1)
def _hostile() -> dict[str, bytes]:
    """Small files that are wrong already."""
    found: dict[str, bytes] = {}
    makers = (packed._lying_zips, packed._tars, packed._compressed, papers._pdfs, papers._mail, papers._lies)
    for make in (*makers, structured._xml, structured._json, structured._yaml, structured._sql):
        for name, data in make().items():
            raw = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
            if len(raw) <= SMALL:
                found[name] = raw
    return found


def named(data: bytes) -> tuple[str, bytes]:
    """The first byte chooses a suffix, so that content and name can disagree."""
    return f"a.{SUFFIXES[data[0] % len(SUFFIXES)] if data else 'txt'}", data[1:]


def whole(data: bytes) -> None:
    """The walk with every reader: rows that add up, and no reader's bug."""
    from scanner.config import Limits
    from scanner.model import Item, ItemRow, Kind, Locator
    from scanner.sight.eye import Eye
    from scanner.walk import Walk

    name, content = named(data)
    limits = Limits(expansion_floor=16 << 20, members=300)
    item = Item(Locator("filesystem", name), len(content))
    last = None
    for _, given in Walk(limits, b"k", Eye(_settings())).visit(item, lambda: io.BytesIO(content), None):
        if isinstance(given, ItemRow):
            assert given.bytes_read + given.bytes_unread == given.size
            assert min(given.bytes_read, given.bytes_unread) >= 0
            assert not given.reason.startswith(Kind.READER_FAILED.value), given.reason
            last = given
    assert last is not None
    assert last.size == len(content)


def kernel(data: bytes) -> None:
    """Lanes over text and over a column: nothing fails, and places lie within."""
    import pyarrow as pa

    from scanner.examine import OneFile
    from scanner.model import Column, Passage
    from scanner.recognition.discretion import discretion_of
    from scanner.recognition.shares import Allowance
    from scanner.recognition.text import text_lanes

    text = data.decode("utf-8", "replace")
    lanes = text_lanes(_settings())
    file = OneFile(lanes, discretion_of(lanes), Allowance(1000).file())
    file.take(Passage(text, "", 1))
    values = pa.array(text.split("\n"), pa.string())
    file.take(Column("t", text[:20], 0, values, 1))
    findings = file.close("a.txt")
    assert file.failure is None, str(file.failure)
    for finding in findings:
        assert 0 < finding.distinct <= finding.count
    for span in lanes.fast_spans(text):
        assert 0 <= span.start < span.end <= len(text)


def sniffed(data: bytes) -> None:
    """A type and an encoding for anything."""
    from scanner.sniff import sniff

    name, content = named(data)
    found = sniff(content, name)
    assert found.media_type


def declaration(data: bytes) -> None:
    """A declaration, or its mistakes."""
    from scanner.declaration import load
    from scanner.mistakes import MistakesError

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "d.yaml"
        path.write_bytes(data)
        with contextlib.suppress(MistakesError):
            load(path)


def tree(data: bytes) -> None:
    """YAML as a tree, or its mistakes."""
    from scanner.mistakes import MistakesError
    from scanner.yamltree import parse

    with contextlib.suppress(MistakesError):
        parse(data, "a.yaml")


def rule(data: bytes) -> None:
    """A rule, or its mistakes."""
    from recognizers.rule import RuleErrors, load_rules

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "email.yaml").write_bytes(data)
        with contextlib.suppress(RuleErrors):
            load_rules([Path(folder)])


def _files() -> list[bytes]:
    """Every seed under its own suffix."""
    found = []
    for name, data in {**_valid(), **_hostile()}.items():
        suffix = name.rpartition(".")[2]
        first = SUFFIXES.index(suffix) if suffix in SUFFIXES else 0
        found.append(bytes([first]) + data[:SMALL])
    return found


def _texts() -> list[bytes]:
    people = records()[:5]
    return [formats.sentence(one).encode() for one in people] + [b"", "é𝄞\u202e\0".encode() * 9, b"a@" * 200]


def _yaml() -> list[bytes]:
    root = HERE.parents[1]
    return [
        (root / "sample_data" / "declaration.yaml").read_bytes(),
        *(text.encode() for text in structured._yaml().values()),
    ]


def _rules() -> list[bytes]:
    found = sorted((HERE.parents[1] / "recognizers").rglob("*.yaml"))
    return [path.read_bytes() for path in found if b"pattern" in path.read_bytes()][:20]


TARGETS: dict[str, tuple[Callable[[], list[bytes]], Callable[[bytes], None]]] = {
    "declaration": (_yaml, declaration),
    "kernel": (_texts, kernel),
    "rule": (_rules, rule),
    "sniff": (_files, sniffed),
    "walk": (_files, whole),
    "yaml": (_yaml, tree),
}
"""Name -> what to begin with, and what to ask."""
