"""Persons that the names model finds and its gate loses: ``python tests/corpora/losses.py [characters a class]``."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from recognizers.names import NameRecognizer
from scanner.config import Settings
from scanner.model import Span
from scanner.recognition.conflicts import resolve_found
from scanner.recognition.found import Found, Kinds
from scanner.recognition.lanes import SlowLanes
from scanner.recognition.modellane import ModelLane
from scanner.recognition.pieces import Piece
from scanner.recognition.shares import Allowance

HERE = Path(__file__).resolve()
CORPORA = Path(os.environ.get("RECENSE_CORPORA", HERE.parents[3] / "shared" / "corpora")) / "labelled"
CLASSES = {
    "fr_textmine23_signatures_realistic": "Human",
    "fr_textmine23_signatures_generated": "Human",
    "fr_winer": "Person",
    "fr_europeana_newspapers": "PER",
    "en_presidio_synth_v2": "PERSON",
    "en_context_pii": "name",
    "en_ambient_adversarial": "PERSON",
    "en_wikigold": "PER",
    "en_wnut17": "person",
    "en_broad_twitter": "PER",
}
"""Sets of labelled texts, one kind of document each, and how they call persons."""
Place = tuple[int, int]


@dataclass(slots=True)
class Loss:
    """What the gate loses of one class of documents; a person counts if it is labelled and the model finds it."""

    documents: int = 0
    characters: int = 0
    read: int = 0
    persons: int = 0
    lost: int = 0
    named: int = 0
    """Documents with such a person."""
    silenced: int = 0
    """Those of them in which nobody at all is found any more."""

    def share(self, part: int, whole: int) -> float:
        """In percent."""
        return 100 * part / whole if whole else 0.0

    def __str__(self) -> str:
        lost, silenced = self.share(self.lost, self.persons), self.share(self.silenced, self.named)
        read = self.share(self.read, self.characters)
        return (
            f"{self.documents:6} {self.persons:7} {lost:7.2f} % {self.named:6} {silenced:7.2f} % {read:8.1f} % "
            f"{self.characters:9}"
        )


class _Memory(ModelLane):
    """Reads no piece twice: most stretches of the gate are whole documents."""

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[str, list[Span]] = {}

    def read(self, pieces: Sequence[Piece]) -> list[list[Span]]:
        new = [piece for piece in pieces if piece.text not in self.known]
        for piece, spans in zip(new, super().read(new) if new else [], strict=True):
            self.known[piece.text] = spans
        return [self.known[piece.text] for piece in pieces]


@lru_cache(maxsize=1)
def _lanes() -> tuple[NameRecognizer, SlowLanes, SlowLanes]:
    lane = _Memory()
    return NameRecognizer(), SlowLanes("all", [lane]), SlowLanes("auto", [lane])


def documents(name: str, characters: int) -> Iterator[dict[str, Any]]:
    """Labelled documents spread over their set, of about so many characters in all."""
    lines = [line for line in (CORPORA / f"{name}.jsonl").read_text(encoding="utf-8").split("\n") if line]
    step = max(1, sum(map(len, lines)) // max(1, characters * 2))
    for line in lines[::step]:
        document = json.loads(line)
        characters -= len(document["text"])
        if characters < 0:
            return
        yield document


def measure(name: str, characters: int, budget: int) -> Loss:
    """The loss on about so many characters of a class, with this budget per document."""
    loss = Loss()
    names, everything, gated = _lanes()
    for document in documents(name, characters):
        text, allowance = document["text"], Allowance(budget)
        listed = names.find(text)
        most = _persons(everything.read_text(text, listed, Allowance(budget).file()))
        found = _persons(gated.read_text(text, listed, allowance.file()))
        labels = [(span["start"], span["end"]) for span in document["spans"] if span["label"] == CLASSES[name]]
        wanted = [place for place in labels if _meets(place, most)]
        loss.documents += 1
        loss.characters += len(text)
        loss.read += allowance.share.of("ner").read
        loss.persons += len(wanted)
        loss.lost += sum(not _meets(place, found) for place in wanted)
        loss.named += bool(wanted)
        loss.silenced += bool(wanted) and not found
    return loss


def _persons(spans: list[Span]) -> list[Place]:
    kinds = Kinds()
    standing = resolve_found(Found.of(spans, kinds), kinds).spans(kinds)
    return [(span.start, span.end) for span in standing if span.entity_type == "PERSON"]


def _meets(place: Place, others: list[Place]) -> bool:
    return any(place[0] < end and start < place[1] for start, end in others)


def main() -> None:
    """Print the losses without a budget, then with that of a scan."""
    characters = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    usual = Settings.model_fields["ner_chars"].default
    for title, budget in (("no budget", 10**9), (f"{usual} characters a document", usual)):
        print(f"{title:38} docs persons      lost  named  silenced     read     chars")
        for name in CLASSES:
            print(f"{name:36} {measure(name, characters, budget)}", flush=True)


if __name__ == "__main__":
    main()
