"""Other tools on the same bytes: Presidio with our rules and with its own, both without a model, and pdscan."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from scanner.bench.processes import Sample, run

ENOUGH = 1.0
"""Seconds; what is slow is measured on less than the whole slice."""
SLICE = 200_000
"""Bytes of text; some of Presidio's patterns take more than linear time."""
PDSCAN_SLICE = 2_000_000


@lru_cache(maxsize=1)
def ours() -> tuple[Any, ...]:
    """Every rule of recense as the Presidio recogniser that it is."""
    from recognizers.presidio import registry

    return tuple(registry(("fr",)).recognizers)


@lru_cache(maxsize=1)
def stock() -> tuple[Any, ...]:
    """Presidio's own recognisers for English, except those that need a model of the language."""
    import tldextract
    from presidio_analyzer import RecognizerRegistry
    from presidio_analyzer.predefined_recognizers import SpacyRecognizer

    # Its recogniser of e-mails would ask the network for the list of domains; the library carries one.
    vars(tldextract)["extract"] = tldextract.TLDExtract(suffix_list_urls=())
    known = RecognizerRegistry()
    known.load_predefined_recognizers(languages=["en"])
    return tuple(one for one in known.recognizers if not isinstance(one, SpacyRecognizer))


def presidio(recognizers: Callable[[], Iterable[Any]], text: str) -> Sample:
    """All these recognisers, one after the other, on pieces of the text that stay under the time that is enough."""
    chosen = list(recognizers())
    seconds, size = 0.0, 0
    for piece in _pieces(text):
        start = time.process_time()
        for recognizer in chosen:
            recognizer.analyze(piece, recognizer.supported_entities, None)
        seconds += time.process_time() - start
        size += len(piece.encode())
        if seconds > ENOUGH:
            break
    return Sample(seconds, size)


def pdscan(data: bytes, folder: Path) -> Sample | None:
    """pdscan on a file of the first bytes; one process."""
    path = folder / "pdscan.txt"
    path.write_bytes(data[:PDSCAN_SLICE])
    size = path.stat().st_size
    return run([str(shutil.which("pdscan")), f"file://{path}"], 1, size)


def missing_pdscan() -> str:
    """Why pdscan is not measured; empty when it can be."""
    return "" if shutil.which("pdscan") else "pdscan is not measured: there is no such program on PATH"


def _pieces(text: str, size: int = 50_000) -> Iterable[str]:
    for at in range(0, len(text), size):
        yield text[at : at + size]
