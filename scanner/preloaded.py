"""What every worker loads: imported once, by the process that workers fork from, while the scan is still checked."""

from __future__ import annotations

import gc
from contextlib import suppress

from scanner.arrow import forget_pandas


def _load() -> None:
    from recognizers.rule import load_rules
    from scanner.examine import axes
    from scanner.firstuse import ready
    from scanner.walk import reader_index

    load_rules()
    reader_index()
    axes()
    ready()


forget_pandas()
with suppress(Exception):  # what is wrong is told by the checks of the scan, or by the worker that meets it
    _load()
gc.collect()
gc.freeze()  # so that collections in workers do not copy the pages that they share
