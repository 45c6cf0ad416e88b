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


def restrict(count: int) -> None:
    """Keep the calling process, and those that it starts, on its last ``count`` cores, where the system can."""
    if BOUND:
        os.sched_setaffinity(0, cores()[-count:])


@contextmanager
def one_core() -> Iterator[None]:
    """One core and one Arrow thread for what is measured in this process."""
    import pyarrow as pa

    before, threads = cores(), pa.cpu_count()
    restrict(1)
    pa.set_cpu_count(1)
    try:
        yield
    finally:
        pa.set_cpu_count(threads)
        if BOUND:
            os.sched_setaffinity(0, before)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
