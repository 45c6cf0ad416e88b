"""Recall and precision on invented documents full of look-alikes: ``python tests/generated/traps.py [documents]``.

``tuned`` documents are what rules may learn from; ``held`` ones have other wordings and another seed, and stay unread.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent))

from decoys import DECOYS
from planted import CHECKED, MAKERS

from scanner.config import Settings
from scanner.connectors.filesystem import FilesystemConnector
from scanner.examine import examine
from scanner.model import Finding, Level, Span
from scanner.recognition.shares import Allowance
from scanner.recognition.text import text_lanes
from scanner.tasks import Batch

SETTINGS = Settings(today=date(2026, 11, 23), ner="off")
SEEDS = {"tuned": 1, "held": 20_261_124}
BESIDE = {"FR_INS": {"FR_NIR"}, "FR_NIA": {"FR_INS"}, "MRZ": {"FR_PASSPORT", "PERSON"}}
"""Types that are right too where one is planted: a health identity is a NIR."""
_OTHERS = """
PERSON LOCATION DATE_OF_BIRTH SALARY POSTAL_ADDRESS POSTCODE ACCESS_LOG AUTH_LOG USER_AGENT SESSION_ID COOKIE_ID
GPS_COORD JOB_TITLE EMPLOYER EMPLOYEE_ID CV_DOCUMENT PAYSLIP MEDICAL_LETTER DIPLOMA RIB_DOCUMENT ID_SCAN TAX_NOTICE
EVALUATION EMPLOYMENT_CONTRACT HEALTH_DATA MINOR CARD_CVV CONTACT_LIST SEPA_MANDATE TITLE SEX ACCOUNT_BALANCE
NATIONALITY AGE PLACE_OF_BIRTH MARITAL_STATUS CHILDREN_COUNT FAMILY_LINK CONTRACT_TYPE WORK_SCHEDULE
INTEREST HOUSING TRIP
"""
OTHERS = frozenset(_OTHERS.split())
"""Types that the documents hold without saying so; other measures count them."""
_HOLE = re.compile(r"\{([A-Za-z][A-Za-z0-9_]*)\}|\[\[([^\]]*)\]\]")


@dataclass(frozen=True, slots=True)
class Document:
    """A text and where identifiers of which type are planted in it."""

    kind: str
    text: str
    truth: tuple[tuple[int, int, str], ...]
    file: str = ""
    """Its name where it is a table, which a scan reads as columns; running text otherwise."""


def documents(half: str, count: int) -> Iterator[Document]:
    """So many documents of a half, its kinds in turn; the same ones for the same count."""
    templates = yaml.safe_load(Path(__file__).with_name(f"{half}.yaml").read_text("utf-8"))
    for number in range(count):
        chance = Random(f"{SEEDS[half]}-{number}")
        template = templates[number % len(templates)]
        yield _filled(template["kind"], template["text"], template.get("file", ""), chance)


def _filled(kind: str, text: str, file: str, chance: Random) -> Document:
    parts: list[str] = []
    truth, length, at = [], 0, 0
    text = "".join(_repeated(line, chance) for line in text.splitlines(keepends=True))
    for hole in _HOLE.finditer(text):
        name, choices = hole.groups()
        value = chance.choice(choices.split("|")) if name is None else (MAKERS.get(name) or DECOYS[name])(chance)
        parts += [text[at : hole.start()], value]
        length += hole.start() - at
        if name in MAKERS:
            truth.append((length, length + len(value), name))
        length, at = length + len(value), hole.end()
    return Document(kind, "".join([*parts, text[at:]]), tuple(truth), file)


def _repeated(line: str, chance: Random) -> str:
    if not line.startswith("%"):
        return line
    times, rest = line[1:].split(" ", 1)
    least, most = times.split("-")
    return rest * chance.randint(int(least), int(most))


@dataclass(slots=True)
class Score:
    """What was planted, found and reported at PROBABLE and above, by type, and what went wrong where."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    reported: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    missed: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def add(self, document: Document, spans: Iterable[Span]) -> None:
        """Count one document."""
        sure = [one for one in spans if one.level >= Level.PROBABLE and one.entity_type not in OTHERS]
        for start, end, kind in document.truth:
            self.planted[kind] += 1
            if any(one.entity_type == kind and one.start < end and start < one.end for one in sure):
                self.found[kind] += 1
            else:
                self.missed[kind, document.kind] += 1
                self.examples["missed", kind, document.kind] = document.text[max(0, start - 50) : end + 30]
        for one in sure:
            there = {kind for start, end, kind in document.truth if one.start < end and start < one.end}
            if there & BESIDE.get(one.entity_type, set()) or any(
                one.entity_type in BESIDE.get(kind, ()) for kind in there
            ):
                continue
            self.reported[one.entity_type] += 1
            if one.entity_type in there:
                self.right[one.entity_type] += 1
            else:
                self.wrong[one.entity_type, document.kind] += 1
                self.examples["wrong", one.entity_type, document.kind] = document.text[
                    max(0, one.start - 50) : one.end + 30
                ]

    def add_table(self, document: Document, findings: Iterable[Finding]) -> None:
        """Count a document of which a scan gives counts by type."""
        planted, counts = Counter(kind for _, _, kind in document.truth), Counter[str]()
        for one in findings:
            if one.level >= Level.PROBABLE and one.entity_type not in OTHERS:
                counts[one.entity_type] += one.count
        self.planted += planted
        self.reported += counts
        self.found += planted & counts
        self.right += planted & counts
        for table, surplus in ((self.missed, planted - counts), (self.wrong, counts - planted)):
            table.update({(kind, document.kind): number for kind, number in surplus.items()})

    def recall(self, kinds: Iterable[str]) -> tuple[int, int]:
        """Found and planted."""
        kinds = set(kinds)
        return sum(self.found[one] for one in kinds), sum(self.planted[one] for one in kinds)

    def precision(self, kinds: Iterable[str]) -> tuple[int, int]:
        """Right and reported."""
        kinds = set(kinds)
        return sum(self.right[one] for one in kinds), sum(self.reported[one] for one in kinds)


@cache
def score(half: str, count: int) -> Score:
    """What the quick lanes make of so many documents."""
    lanes, result = text_lanes(SETTINGS), Score()
    with TemporaryDirectory() as folder:
        for document in documents(half, count):
            if document.file:
                result.add_table(document, _scanned(document, Path(folder)))
            else:
                result.add(document, lanes.spans(document.text, Allowance(SETTINGS.ner_chars).file()))
    return result


def _scanned(document: Document, folder: Path) -> list[Finding]:
    path = folder / document.file
    path.write_text(document.text, "utf-8")
    (item,) = (one for one in FilesystemConnector().items(str(folder)) if one.locator.path == document.file)
    found = examine(Batch(0, "filesystem", str(folder), "", (item,)), SETTINGS, b"traps").findings
    path.unlink()
    return found


def wilson(hits: int, count: int, z: float = 1.96) -> tuple[float, float]:
    """95 % interval of a share."""
    if not count:
        return 0.0, 1.0
    share, spread = hits / count, z * z / count
    middle = (share + spread / 2) / (1 + spread)
    half = z * math.sqrt(share * (1 - share) / count + spread / count / 4) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def _share(hits: int, count: int) -> str:
    low, high = wilson(hits, count)
    return f"{hits:6d} / {count:6d}  {hits / count if count else 0:.4f} [{low:.4f}, {high:.4f}]"


def _print(half: str, result: Score, *, examples: bool) -> None:
    every = result.planted.keys() | result.reported.keys()
    shaped = every - CHECKED
    print(f"\n{half}: recall, then precision, at PROBABLE and above, with Wilson intervals of 95 %")
    for title, kinds in [("with a check", CHECKED & every), ("by shape", shaped)]:
        for kind in sorted(kinds):
            print(f"  {kind:22s} {_share(*result.recall([kind]))}   {_share(*result.precision([kind]))}")
        print(f"  {title.upper():22s} {_share(*result.recall(kinds))}   {_share(*result.precision(kinds))}")
    if examples:  # of invented documents, so nothing leaks
        for what, table in [("missed", result.missed), ("wrong", result.wrong)]:
            for (kind, where), count in table.most_common(40):
                print(f"  {what} {count:4d} {kind} in {where}: {result.examples.get((what, kind, where), '')!r}")


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1200
    for half in SEEDS:
        # The held half stays unread: its figures only.
        _print(half, score(half, count), examples=half == "tuned")
