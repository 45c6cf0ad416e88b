"""Sixteen bytes at a time: what compiled loops cannot say in Python, said in the compiler's own terms."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from numba import types
from numba.extending import intrinsic
from numpy.typing import NDArray

WIDE = 16


def _place(target: Any, builder: Any, array_type: Any, array: Any, at: Any) -> Any:
    """A pointer to sixteen bytes of an array."""
    from llvmlite import ir  # type: ignore[import-untyped, unused-ignore]

    data = target.make_array(array_type)(target, builder, array).data
    return builder.bitcast(builder.gep(data, [at]), ir.VectorType(ir.IntType(8), WIDE).as_pointer())


@intrinsic  # type: ignore[misc, unused-ignore]
def move(context: Any, out: Any, at: Any, data: Any, start: Any) -> Any:
    """Copy sixteen bytes; the caller keeps within both arrays."""

    def generate(target: Any, builder: Any, signature: Any, args: Any) -> Any:
        moved = builder.load(_place(target, builder, signature.args[2], args[2], args[3]))
        moved.align = 1
        builder.store(moved, _place(target, builder, signature.args[0], args[0], args[1])).align = 1
        return target.get_dummy_value()

    return types.void(out, types.int64, data, types.int64), generate


@intrinsic  # type: ignore[misc, unused-ignore]
def _first(context: Any, data: Any, at: Any, one: Any, two: Any, three: Any) -> Any:
    """How far the first of three bytes stands in the sixteen from ``at`` on; 16 where none does."""

    def generate(target: Any, builder: Any, signature: Any, args: Any) -> Any:
        from llvmlite import ir  # type: ignore[import-untyped, unused-ignore]

        bits = ir.IntType(32)
        loaded = builder.load(_place(target, builder, signature.args[0], args[0], args[1]))
        loaded.align = 1
        found = None
        for wanted in args[2:]:
            single = builder.insert_element(ir.Constant(loaded.type, ir.Undefined), wanted, ir.Constant(bits, 0))
            lanes = ir.Constant(ir.VectorType(bits, WIDE), [0] * WIDE)
            same = builder.icmp_unsigned("==", loaded, builder.shuffle_vector(single, single, lanes))
            found = same if found is None else builder.or_(found, same)
        mask = builder.zext(builder.bitcast(found, ir.IntType(WIDE)), bits)
        stopped = builder.or_(mask, ir.Constant(bits, 1 << WIDE))
        count = builder.cttz(stopped, ir.Constant(ir.IntType(1), 1))
        return builder.zext(count, ir.IntType(64))

    return types.int64(data, types.int64, types.uint8, types.uint8, types.uint8), generate


@numba.njit(cache=True, nogil=True, inline="always")
def find(data: NDArray[np.uint8], at: int, one: int, two: int, three: int) -> int:
    """Where the first of three bytes stands from ``at`` on, or the end of the data."""
    n = len(data)
    while at + WIDE <= n:
        step = _first(data, at, np.uint8(one), np.uint8(two), np.uint8(three))
        at += step
        if step < WIDE:
            return at
    while at < n and data[at] != one and data[at] != two and data[at] != three:
        at += 1
    return at
