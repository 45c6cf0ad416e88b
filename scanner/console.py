"""Progress of a run: a bar with bytes, rate and remaining time on a terminal, plain lines elsewhere, or silence."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from scanner.messages import human, say

EVERY = 5.0
"""Seconds between plain lines."""


class Console:
    """Counts the work in the background while the scan goes on, and shows how far it is."""

    def __init__(self, targets: Sequence[str], list_items: Callable[[str], Any], lang: str, *, quiet: bool) -> None:
        self.lang = lang
        self.quiet = quiet
        self.terminal = sys.stderr.isatty() and not quiet
        self.items = self.size = self.total = 0
        self.counted = False
        self._start = self._last = time.monotonic()
        self._bar: Any = None
        self._task: Any = None
        self._thread = threading.Thread(target=self._count, args=(targets, list_items), daemon=True)

    def __enter__(self) -> Self:
        if self.quiet:
            return self
        if self.terminal:
            self._open_bar()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
        elif not self.quiet and self.items:
            self._line()

    def advance(self, items: int, size: int, path: str) -> None:
        """Note finished work; ``path`` is shown on a terminal only."""
        self.items += items
        self.size += size
        if self._bar is not None:
            self._bar.update(self._task, completed=self.size, total=self.total if self.counted else None)
        elif not self.quiet and time.monotonic() - self._last >= EVERY:
            self._line()

    def _count(self, targets: Sequence[str], list_items: Callable[[str], Any]) -> None:
        with suppress(OSError):  # the scan itself tells what cannot be listed
            for target in targets:
                for item in list_items(target):
                    self.total += item.size
            self.counted = True

    def _line(self) -> None:
        self._last = time.monotonic()
        rate = human(self.size / max(0.001, self._last - self._start), self.lang)
        total = human(self.total, self.lang) if self.counted else "…"
        text = say(self.lang, "progress", items=self.items, size=human(self.size, self.lang), total=total, rate=rate)
        print(text, file=sys.stderr)

    def _open_bar(self) -> None:
        from rich.console import Console as Terminal
        from rich.progress import (
            BarColumn,
            DownloadColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
            TransferSpeedColumn,
        )

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
        )
        self._bar = Progress(*columns, console=Terminal(stderr=True), transient=True)
        self._task = self._bar.add_task(say(self.lang, "scanning"), total=None)
        self._bar.start()
