"""One validated settings object, handed to whoever needs it; nothing reads options from anywhere else."""

from __future__ import annotations

import os
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

MIB = 1 << 20
GIB = 1 << 30
SECTIONS = 64
"""So many results of one file wait to be joined, at a megabyte or so each."""
NAMES = 20_000
"""Characters a second that the names model reads at least."""


class Limits(BaseModel):
    """Bounds that keep one item from harming the run; what goes over is said, never dropped."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    depth: int = Field(default=12, ge=1)
    """How many containers may be nested."""
    members: int = Field(default=100_000, ge=1)
    """Members entered per listed item."""
    expansion_ratio: int = Field(default=250, ge=1)
    """Decompressed bytes per byte of the listed item, above ``expansion_floor``."""
    expansion_floor: int = Field(default=GIB, ge=MIB)
    spool: int = Field(default=64 * MIB, ge=MIB)
    """Members larger than this wait on disk, in a file without a name, while a reader seeks in them."""
    seconds: int = Field(default=120, ge=1)
    """Time for one item, plus four seconds per megabyte."""


class Settings(BaseModel):
    """What the operator chose for one run; picklable, so that workers receive it as a value."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ner: Literal["auto", "all", "off"] = "auto"
    ner_chars: int = Field(default=50_000, ge=0)
    """Characters of prose per file that the names model reads under ``auto``: about a second, or twenty-five pages."""
    lang: Literal["fr", "en"] = "fr"
    today: date
    """Ages and mandates are judged at this date, never at the clock."""
    limits: Limits = Limits()
    batch_bytes: int = Field(default=8 * MIB, ge=1)
    batch_items: int = Field(default=256, ge=1)
    section_bytes: int = Field(default=32 * MIB, ge=1)
    """Files beyond this are read in sections, if their format allows it; one file has at most ``SECTIONS``."""

    def section_of(self, size: int) -> int:
        """About how many bytes the sections of a file of this size have."""
        return -(-size // min(SECTIONS, max(1, -(-size // self.section_bytes))))

    def seconds_for(self, size: int, items: int = 1) -> int:
        """Time limit of so many items of this size in all, in seconds."""
        return self.limits.seconds + 4 * size // MIB + self._naming(size, items) + items - 1

    def _naming(self, size: int, items: int) -> int:
        """What the names model may take of it, on a core that it shares with another process."""
        characters = {"off": 0, "auto": items * self.ner_chars, "all": size}[self.ner]
        return characters // NAMES


def token_key(scope: str) -> bytes:
    """Key of the tokens and digests of one client and mandate; ``RECENSE_KEY`` makes them unguessable.

    Without it the key derives from ``scope`` alone: stable from run to run, which reports need, but no secret.
    """
    return (os.environ.get("RECENSE_KEY", "") + "\0" + scope).encode()[:64]
