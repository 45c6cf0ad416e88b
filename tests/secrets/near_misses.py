"""Texts of ``near_misses.yaml`` with their blanks filled, and binary files that hold no private key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml
from invented_values import Values
from placements import Placement

_BLANK = re.compile(r"\{(alnum|hex|b64|uuid)(?::(\d+))?\}")


def near_misses(seed: int) -> Iterator[Placement]:
    """Every near miss once; nothing is expected."""
    listed = yaml.safe_load((Path(__file__).parent / "near_misses.yaml").read_text(encoding="utf-8"))
    for number, one in enumerate(listed):
        text = _filled(one["text"], Values(f"{seed}/near/{number}"))
        yield Placement(f"n{number:03d}/{one['path']}", text.encode(), "")
    chance = Values(f"{seed}/binaries").chance
    # A certificate, a public key, a random file under a name of keys, a key database that is encrypted as a whole.
    yield Placement(
        "b0/site.der", b"\x30\x82\x03\x5d\x30\x82\x02\x45\xa0\x03\x02\x01\x02\x02" + chance.randbytes(800), ""
    )
    yield Placement("b1/pub.der", b"\x30\x82\x01\x22\x30\x0d\x06\x09\x2a\x86\x48\x86" + chance.randbytes(280), "")
    yield Placement("b2/a.key", b"\x81\x02\x00\xff" + chance.randbytes(400), "")
    yield Placement("b3/coffre.kdbx", b"\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5" + chance.randbytes(900), "")


def _filled(text: str, values: Values) -> str:
    def fill(found: re.Match[str]) -> str:
        kind, size = found.group(1), int(found.group(2) or 0)
        if kind == "uuid":
            return values.uuid()
        return {"alnum": values.alnum, "hex": values.hex, "b64": values.base64}[kind](size)

    return _BLANK.sub(fill, text)
