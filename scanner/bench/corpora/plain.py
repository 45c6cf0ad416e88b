"""Text about nobody: source code, technical prose, and numbers that look like something: versions, orders, hashes."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from scanner.bench.corpora.columns import HEX, Draw, content, digits, joined, text
from scanner.bench.corpora.words import WORDS

ROWS = 40_000

CODE = WORDS["code"]
NAMES, VERBS, REMARKS = CODE["names"], CODE["verbs"], CODE["comments"]
TYPES = ("int", "size_t", "uint32_t", "double", "bool", "char *", "void")


def block(seed: int, number: int) -> bytes:
    """One block of lines, of about 70 bytes each."""
    draw = Draw(ROWS, seed, 8, number)
    indent = draw.pick(("", "    ", "        "))
    return content(
        draw.mixed(
            (0.15, joined(indent, _call(draw), ";\n")),
            (0.15, joined(indent, "if (", _variable(draw), " < ", text(draw.number(0, 4096)), ") return -1;\n")),
            (0.1, joined("static ", draw.pick(TYPES), " ", _call(draw), " {\n")),
            (0.1, joined(indent, "for i in range(", text(draw.number(1, 512)), "): ", _variable(draw), " += 2.5\n")),
            (0.15, joined(indent, "# ", draw.pick(REMARKS), ".\n")),
            (0.2, _prose(draw)),
            (0.15, _lookalikes(draw)),
        )
    )


def _variable(draw: Draw) -> pa.Array:
    return joined(draw.pick(NAMES), "_", draw.pick(NAMES))


def _call(draw: Draw) -> pa.Array:
    return joined(draw.pick(VERBS), "_", draw.pick(NAMES), "(", _variable(draw), ", ", draw.pick(NAMES), ")")


def _prose(draw: Draw) -> pa.Array:
    return joined(
        *("The ", draw.pick(NAMES), " ", draw.pick(NAMES), " ", draw.pick(REMARKS), ", and the ", draw.pick(NAMES)),
        *(" of the ", draw.pick(NAMES), " ", draw.pick(REMARKS), ".\n\n"),
    )


def _lookalikes(draw: Draw) -> pa.Array:
    version = pc.binary_join_element_wise(*(text(draw.number(0, 40)) for _ in range(3)), ".")
    uuid = pc.binary_join_element_wise(*(draw.signs(HEX, width) for width in (8, 4, 4, 4, 12)), "-")
    number = text(draw.number(10**7, 10**9))
    return draw.mixed(
        (0.2, joined(draw.pick(NAMES), "==", version, "\n")),
        (0.2, joined("commit ", draw.signs(HEX, 40), "\n")),
        (0.15, joined("order CMD-2025-", digits(draw.number(0, 10**6), 6), " ref ", number, "\n")),
        (0.15, joined("id: ", uuid, "\n")),
        (0.15, joined("0x", draw.signs(HEX, 8), " 0x", draw.signs(HEX, 8), " ", text(draw.number(0, 10**12)), "\n")),
        (0.15, joined("sha256:", draw.signs(HEX, 64), "  ", draw.pick(NAMES), "-", version, ".tar.gz\n")),
    )
