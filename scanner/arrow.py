"""Arrow looks for pandas when it makes its first array, which costs 40 MB and a sixth of a second."""

from __future__ import annotations

import sys
from typing import Any


class _Hidden:
    @staticmethod
    def find_spec(name: str, *_: Any) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name)


def forget_pandas() -> None:
    """Let Arrow find none, in a process of our own that makes no data frames; others can still import it."""
    import pyarrow as pa

    sys.meta_path.insert(0, _Hidden)
    try:
        pa.array([""])
    finally:
        sys.meta_path.remove(_Hidden)
