"""Formats that only an office suite writes: by LibreOffice, a few starts for all files; none where it is absent."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from html import escape
from pathlib import Path
from random import Random

from tests.carriers.tools import OFFICE, PRESENTATION

from .prose import Prose

SOFFICE = shutil.which("soffice")
TEXT, SHEET, SLIDES = "--infilter=HTML (StarWriter)", "--infilter=CSV:59,34,76,1,,0,true", ""
WAYS: dict[str, tuple[str, float]] = {
    "doc": (TEXT, 0.5), "office.pdf": (TEXT, 1.2), "office.docx": (TEXT, 3.4), "xls": (SHEET, 0.57), "ods": (SHEET, 1.4),
    "ppt": (SLIDES, 0.13), "odp": (SLIDES, 2.2),
}  # fmt: skip
"""How the source is read, and bytes of text for each byte of the file."""


def convert(kind: str, sizes: list[int], prose: Prose, chance: Random) -> list[bytes]:
    """Files of one kind of about these sizes."""
    if SOFFICE is None:
        return []
    given, expansion = WAYS[kind]
    suffix = kind.rpartition(".")[2]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        sources = [_source(folder, number, given, int(size * expansion), prose) for number, size in enumerate(sizes)]
        profile = f"-env:UserInstallation=file://{folder}/profile"
        options = [given] if given else []
        subprocess.run(
            [SOFFICE, profile, "--headless", *options, "--convert-to", suffix, "--outdir", str(folder / "out"), *sources],
            env={**os.environ, "HOME": scratch}, capture_output=True, check=True, timeout=3_600,
        )  # fmt: skip
        return [path.read_bytes() for path in sorted((folder / "out").iterdir())]


def _source(folder: Path, number: int, given: str, size: int, prose: Prose) -> str:
    if given == SHEET:
        path = folder / f"{number:05}.csv"
        rows = [prose.head, *prose.rows(max(2, size // 220))]
        path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
        return str(path)
    texts = prose.paragraphs(size)
    if given == TEXT:
        path = folder / f"{number:05}.html"
        body = "".join(f"<p>{escape(text)}</p>" if len(text) > 60 else f"<h2>{escape(text)}</h2>" for text in texts)
        path.write_text(f"<html><head><meta charset=utf-8></head><body>{body}</body></html>", encoding="utf-8")
        return str(path)
    path = folder / f"{number:05}.fodp"
    before, _, rest = PRESENTATION.partition("<draw:page")
    page, closing, after = rest.partition("</draw:page>")
    pages = "".join(
        "<draw:page"
        + page.replace("{1}", "".join(f"<text:p>{escape(text)}</text:p>" for text in texts[at : at + 5]))
        + closing
        for at in range(0, len(texts), 5)
    )
    path.write_text(before.replace("{0}", OFFICE[0]) + pages + after, encoding="utf-8")
    return str(path)
