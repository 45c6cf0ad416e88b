"""One process at a time in a run folder: the system lets go of the lock with the process, however that ends."""

from __future__ import annotations

import os
from pathlib import Path

LOCK = "lock"


class Held(Exception):
    """Another process works in the folder."""


class Hold:
    """The run folder is ours until ``release``, or until this process ends, killed or not."""

    def __init__(self, folder: Path) -> None:
        self._handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        try:
            _lock(self._handle)
        except OSError:
            self.release()
            raise Held(str(folder)) from None

    def release(self) -> None:
        """Let others in; the file stays, since one that waits may have it open already."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def _lock(handle: int) -> None:
    try:
        import fcntl
    except ImportError:  # a system without it opens no file twice for writing either
        return
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
