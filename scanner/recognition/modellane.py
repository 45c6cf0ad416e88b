"""The statistical model of names as a slow lane: what it is given, and in which language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from recognizers.ner import NerLane, combine, guess_language, reads
from scanner.model import Span
from scanner.recognition.lanes import Cost, Stretch
from scanner.recognition.pieces import Kind, Piece, Reason
from scanner.recognition.prose import has_capital, is_prose, is_sentences


class ModelLane:
    """Persons and places in prose; the models load with the first piece."""

    name = "ner"
    cost = Cost.DEEP
    entity_types = frozenset({"PERSON", "LOCATION"})

    def __init__(self) -> None:
        self._model = NerLane(("fr", "en"))

    def wants(self, piece: Piece) -> Reason:
        """Sentences and forms in French or English, where there is a capital."""
        if piece.kind is Kind.PASSAGE:
            if not is_prose(piece.text):
                return Reason.NOT_PROSE
            return Reason.MAY_HOLD if reads(piece.text) else Reason.FOREIGN
        if not has_capital(piece.text):
            return Reason.NO_CAPITAL
        return Reason.MAY_HOLD if is_sentences(piece.text) else Reason.NOT_PROSE

    def read(self, pieces: Sequence[Piece]) -> list[list[Span]]:
        """The spans of each piece, all in the language that most of them are in."""
        texts = [piece.text for piece in pieces]
        return self._model.find_batch(texts, guess_language("\n".join(texts)))

    def combine(self, found: Iterable[Span], read: Iterable[Span], where: Sequence[Stretch]) -> list[Span]:
        """Rules win where they are sure; the model fills the gaps."""
        return combine(found, read)
