"""What a worker may take: bounds count from what it holds when a task starts, so that no file pays for earlier ones."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from functools import lru_cache
from typing import Any

LOADED = 512 << 20
"""Bytes of what is loaded when a file first needs it: the encoder 144 MB, OCR 165, faces 46, documents 17."""

SLACK = 4
"""A worker that keeps more than this part of the bound, beyond what it loaded, is replaced."""


class Full:
    """What a worker answers that has kept too much of earlier tasks: this one is for another."""


class Bound:
    """Memory of this process: ``RLIMIT_DATA`` is set anew before each task."""

    def __init__(self, memory: int) -> None:
        self._memory = memory
        self._first = _status("RssAnon")

    def ask(self) -> bool:
        """Give back what earlier tasks left behind and set the bound of the next; whether there is room for it."""
        import resource

        _trim()
        kept = _status("RssAnon") - self._first
        if kept > LOADED + self._memory // SLACK:
            return False
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        bound = _status("VmData") + self._memory + max(0, LOADED - kept)
        resource.setrlimit(resource.RLIMIT_DATA, (bound if hard == resource.RLIM_INFINITY else min(bound, hard), hard))
        return True


_of_this_process: list[Bound] = []


def confine(memory: int) -> None:
    """A file that makes a reader ask for ever more memory fails in its worker, and the machine does not notice."""
    if memory and sys.platform == "linux":
        _of_this_process[:] = [Bound(memory)]


def within(function: Callable[..., Any], *arguments: Any) -> Any:
    """What ``function`` gives under the bound of this process, or ``Full``."""
    return function(*arguments) if all(bound.ask() for bound in _of_this_process) else Full()


def _status(name: str) -> int:
    """A line of the kernel's account of this process, in bytes.

    ``VmData`` is what ``RLIMIT_DATA`` counts, mapped files not among it; it stays when pages are given back, and
    ``RssAnon`` does not.
    """
    with open("/proc/self/status", encoding="ascii", errors="replace") as file:  # noqa: PTH123
        line = next(line for line in file if line.startswith(f"{name}:"))
    return int(line.split()[1]) * 1024


def _trim() -> None:
    release = _release()
    if release is not None:
        release(0)


@lru_cache(maxsize=1)
def _release() -> Any:
    """``malloc_trim`` of glibc; other C libraries give back by themselves."""
    return getattr(ctypes.CDLL(None), "malloc_trim", None)
