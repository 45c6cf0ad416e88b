"""One validated settings object, handed to whoever needs it; nothing reads options from anywhere else."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from scanner.tokens import keys_of

MIB = 1 << 20
GIB = 1 << 30
SECTIONS = 64
"""So many results of one file wait to be joined, at a megabyte or so each."""
NAMES = 20_000
"""Characters a second that the names model reads at least."""
LOOKING = 20
"""Seconds that one picture may take: a dense page, on a core that is shared."""
LEAST_PICTURE = 16 << 10
"""Bytes that a picture takes at least, as far as time limits go."""


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
    expansion_total: int = Field(default=1024 * GIB, ge=MIB)
    """Decompressed bytes per listed item, whatever its size."""
    spool: int = Field(default=64 * MIB, ge=MIB)
    """Members larger than this wait on disk, in a file without a name, while a reader seeks in them."""
    seconds: int = Field(default=120, ge=1)
    """Time for one item, plus four seconds per megabyte."""
    memory: int = Field(default=GIB, ge=256 * MIB)
    """What a worker may take beyond what it starts with; models that are asked for by option come on top."""
    run_items: int = Field(default=0, ge=0)
    """Listed items that one run reads, 0 for all; those beyond are rows that say so."""
    run_bytes: int = Field(default=0, ge=0)
    """Bytes of listed items that one run reads, 0 for all."""


class Settings(BaseModel):
    """What the operator chose for one run; picklable, so that workers receive it as a value."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ner: Literal["auto", "all", "off"] = "auto"
    sentences: Literal["auto", "deep", "off"] = "auto"
    """Whether networks for special categories read sentences; ``deep`` asks a slow encoder too."""
    ner_chars: int = Field(default=50_000, ge=0)
    """Characters of prose per file that the names model reads under ``auto``: about a second, or twenty-five pages."""
    ocr: Literal["auto", "all", "off", "denied", "missing"] = "off"
    """Whether pictures are looked at: within bounds, all or none; as asked, by the mandate, for want of the extra."""
    ocr_pages: int = Field(default=20, ge=1)
    """Pictures and pages looked at per listed item under ``auto``."""
    ocr_files: int = Field(default=2_000, ge=1)
    """Files that may hold pictures, in the order of the list, up to which all are looked at: see ``is_chosen``."""
    lang: Literal["fr", "en"] = "fr"
    today: date
    """Ages and mandates are judged at this date, never at the clock."""
    policy: str = ""
    """Name of a shipped policy or folder of another; empty for the usual one."""
    country: str = ""
    """Where the volume stands, as the operator says: two letters."""
    closed: tuple[str, ...] = ()
    """Readers that the mandate does not allow: what they would open is unread, and said so."""
    sample: int = Field(default=0, ge=0)
    """Rows of each table of a live database, 0 for all."""
    limits: Limits = Limits()
    tokens: bool = True
    """Whether keyed digests and tokens are written at all."""
    batch_bytes: int = Field(default=8 * MIB, ge=1)
    batch_items: int = Field(default=256, ge=1)
    section_bytes: int = Field(default=32 * MIB, ge=1)
    """Files beyond this are read in sections, if their format allows it; one file has at most ``SECTIONS``."""

    def section_of(self, size: int) -> int:
        """About how many bytes the sections of a file of this size have."""
        return -(-size // min(SECTIONS, max(1, -(-size // self.section_bytes))))

    def seconds_for(self, size: int, items: int = 1) -> int:
        """Time limit of so many items of this size in all, in seconds."""
        return (
            self.limits.seconds + 4 * size // MIB + self._naming(size, items) + self._looking(size, items) + items - 1
        )

    def memory(self) -> int:
        """What a worker may take, in bytes, beyond what it starts with."""
        models = (self.ner == "all") + (self.sentences == "deep")
        return self.limits.memory + models * GIB

    def _naming(self, size: int, items: int) -> int:
        """What the names model may take of it, on a core that it shares with another process."""
        characters = {"off": 0, "auto": items * self.ner_chars, "all": size}[self.ner]
        return characters // NAMES

    def _looking(self, size: int, items: int) -> int:
        """What looking at as many pictures may take as there can be."""
        if self.ocr not in ("auto", "all"):
            return 0
        pages = items + size // LEAST_PICTURE
        return LOOKING * (pages if self.ocr == "all" else min(pages, items * self.ocr_pages))

    def is_chosen(self, number: int) -> bool:
        """Whether the file of this number, among those that may hold pictures, is looked at under ``auto``.

        All of the first ``ocr_files`` are, every second of as many again, every fourth of twice as many, and so on:
        what is looked at is spread over the whole volume, grows with its logarithm, and is the same in every run.
        """
        over = number // self.ocr_files
        return number % (1 << over.bit_length()) == 0


def token_key(scope: str) -> bytes:
    """Key of the tokens and digests of one client and mandate; ``RECENSE_KEY`` makes them unguessable.

    Without it the key derives from ``scope`` alone: stable from run to run, which reports need, but no secret.
    """
    return keys_of(scope).now
