"""The first use on a machine compiles the kernels: once, in one process, before any file has a time limit."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from functools import partial
from importlib import resources
from pathlib import Path

from recognizers.kept import is_kept, kept
from scanner.config import Settings
from scanner.model import Item, Locator

_NAME = "first-use"
_PACKAGES = ("recognizers", "scanner")
_ROWS = 40


def is_ready() -> bool:
    """Whether the kernels of this code were compiled on this machine before."""
    return is_kept(_NAME, _sources())


def ready() -> None:
    """Read a few examples of everything, unless this code did so before."""
    kept(_NAME, _sources(), _use)


def _sources() -> Iterator[bytes]:
    """What compiled kernels are kept by: where modules are, when they changed, and their size."""
    for package in _PACKAGES:
        for path in sorted(Path(str(resources.files(package))).rglob("*.py")):
            about = path.stat()
            yield f"{path} {about.st_mtime_ns} {about.st_size}".encode()


def _use() -> bool:
    from scanner.examine import examine_one
    from scanner.recognition.text import text_lanes

    settings = Settings(today=date(2000, 1, 1))
    lanes = text_lanes(settings)
    for name, data in _examples():
        item = Item(Locator("", name), len(data), 0)
        examine_one(item, partial(io.BytesIO, data), lanes)
    return True


def _examples() -> Iterator[tuple[str, bytes]]:
    """Texts and tables in the formats that kernels read, made of the rules' own examples."""
    from recognizers.rule import load_rules

    rules = load_rules()
    texts = [one.text for rule in rules for one in rule.file.matches]
    texts += [one.text for rule in rules for one in rule.file.rejects]
    prose = "Madame Solange Périgot est suivie pour un diabète. Elle vit à Lyon avec son fils de huit ans.\n\n"
    yield "a.txt", (prose * 4 + "\n\n".join(texts)).encode()
    rows = [[str(at), "Périgot", "Solange", text.replace("\n", " ")] for at, text in enumerate(texts[:_ROWS])]
    quoted = [[cell.replace('"', "'").replace("'", "’").replace("\\", "/") for cell in row] for row in rows]
    yield "a.csv", ("id;nom;prenom;note\n" + "".join('{};{};{};"{}"\n'.format(*row) for row in quoted)).encode()
    yield "a.jsonl", "".join('{{"id": {}, "nom": "{}", "p": ["{}"], "n": "{}"}}\n'.format(*r) for r in quoted).encode()
    values = ",".join("({},'{}','{}','{}')".format(*row) for row in quoted)
    yield (
        "a.sql",
        f"CREATE TABLE t (id INT, nom TEXT, prenom TEXT, note TEXT);\nINSERT INTO t VALUES {values};\n".encode(),
    )
    copied = "".join("\t".join(row) + "\n" for row in quoted)
    yield "b.sql", f"COPY t (id, nom, prenom, note) FROM stdin;\n{copied}\\.\n".encode()
    line = '192.0.2.{} - - [01/Jan/2000:00:00:00 +0000] "GET /a HTTP/1.1" 200 12 "-" "Mozilla/5.0"\n'
    yield "a.log", "".join(line.format(at) for at in range(_ROWS)).encode()
