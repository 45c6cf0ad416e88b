"""The machine that is measured: what it is, and keeping work on one of its cores."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

SHOWN = ("numpy", "numba", "pyarrow", "google-re2", "presidio-analyzer")

BOUND = hasattr(os, "sched_setaffinity")
"""Whether the system lets a process choose its cores."""


def cores() -> list[int]:
    """The cores that this process may use, as the system numbers them."""
    return sorted(os.sched_getaffinity(0)) if BOUND else list(range(os.cpu_count() or 1))


def model() -> str:
    """The processor as the system names it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or platform.machine()


def described() -> dict[str, object]:
    """Processor, cores, system, interpreter and the libraries that the figures depend on."""
    return {
        "cpu": model(),
        "cores": len(cores()),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "libraries": {name: found for name in SHOWN if (found := _version(name))},
    }


@contextmanager
def on_cores(count: int) -> Iterator[None]:
    """Keep this thread, and the processes that it starts, on the last ``count`` cores, where the system can."""
    before = cores()
    _bind(before[-count:])
    try:
        yield
    finally:
        _bind(before)


@contextmanager
def one_core() -> Iterator[None]:
    """One core and one Arrow thread for what is measured in this process."""
    import pyarrow as pa

    threads = pa.cpu_count()
    pa.set_cpu_count(1)
    try:
        with on_cores(1):
            yield
    finally:
        pa.set_cpu_count(threads)


def _bind(chosen: list[int]) -> None:
    if BOUND:
        os.sched_setaffinity(0, chosen)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
