"""The validators that have a compiled form, for values by the million: the same verdicts as the Python ones, or none.

A verdict is 1 (passes), 0 (refused) or negative: then the Python validator decides, as for most values beyond ASCII.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt

from recognizers.validators.compiled_names import COMPILED, KERNELS
from recognizers.validators.compiled_tables import LEARN, Bytes, fixed

__all__ = ["COMPILED", "Checks"]

_BOUNDS = np.cumsum([0, *map(len, KERNELS.values())])
_KERNEL = np.append(np.repeat(np.arange(len(KERNELS)), np.diff(_BOUNDS)), len(KERNELS))
"""Which kernel judges a number; past the last stands for none."""


class Checks:
    """Compiled validators with the tables they read, which grow by the numbering plans that values ask for.

    Kernels load when a value first needs them, each in some tens of milliseconds.
    """

    def __init__(self) -> None:
        self._tables = fixed()
        self._kernels: dict[int, Callable[..., None]] = {}

    def verdicts(
        self, data: Bytes, spans: npt.NDArray[np.int64], numbers: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.int64]:
        """For each row of ``spans``, bytes from and to within ``data``, what the validator of this number says.

        Numbers are those of ``COMPILED``; -1 stands for a validator without compiled form.
        """
        spans = np.ascontiguousarray(spans, np.int64)
        numbers = np.ascontiguousarray(numbers, np.int64)
        out = np.full(len(numbers), -1, np.int64)
        for at in np.flatnonzero(np.bincount(_KERNEL[numbers], minlength=len(KERNELS) + 1)[:-1]).tolist():
            self._judge(at, data, spans, numbers, out)
        return out

    def _judge(self, at: int, data: Bytes, spans: Any, numbers: Any, out: npt.NDArray[np.int64]) -> None:
        """Run one kernel; then again over the rows that miss a plan, with the plan."""
        if at not in self._kernels:
            name = list(KERNELS)[at]
            self._kernels[at] = import_module(f"recognizers.validators.compiled_{name}").judge
        first, last = int(_BOUNDS[at]), int(_BOUNDS[at + 1])
        self._kernels[at](data, spans, numbers, first, last, self._tables, out)
        while (missing := int(out.min(initial=0))) <= LEARN:
            from recognizers.validators.compiled_plans import with_plan  # noqa: PLC0415

            self._tables = with_plan(self._tables, LEARN - missing)
            rest = np.where(out <= LEARN, numbers, -1)
            self._kernels[at](data, spans, rest, first, last, self._tables, out)
