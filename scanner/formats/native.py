"""Panics of compiled libraries, which Python sees as no ``Exception`` and which would end a worker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from scanner.contracts import Unreadable
from scanner.model import Kind


@contextmanager
def panics_told(library: str) -> Iterator[None]:
    """A panic inside becomes ``Unreadable(READER_FAILED)``."""
    try:
        yield
    except (Exception, GeneratorExit, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable(Kind.READER_FAILED, f"{library} panicked") from None
