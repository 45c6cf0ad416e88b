"""What every worker loads: imported once, by the process that workers fork from, while the scan is still checked."""

from __future__ import annotations

import gc
import sys
from contextlib import suppress
from typing import Any

import pyarrow as pa


class _NoPandas:
    """Arrow looks for pandas when it makes its first array: 40 MB and a sixth of a second that no worker needs."""

    @staticmethod
    def find_spec(name: str, *_: Any) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name)


def _make_an_array() -> None:
    sys.meta_path.insert(0, _NoPandas)
    try:
        pa.array([""])
    finally:
        sys.meta_path.remove(_NoPandas)


def _load() -> None:
    from recognizers.rule import load_rules
    from scanner.examine import axes
    from scanner.walk import reader_index

    load_rules()
    reader_index()
    axes()


_make_an_array()
with suppress(Exception):  # what is wrong is told by the checks of the scan, or by the worker that meets it
    _load()
gc.collect()
gc.freeze()  # so that collections in workers do not copy the pages that they share
