"""The chain model of names as a slow lane: persons and places in prose, forms, signatures and cells of free text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from recognizers.ner import Covered, combine, reads
from scanner.model import Level, Span
from scanner.recognition.lanes import Cost, Stretch
from scanner.recognition.pieces import Kind, Piece, Reason
from scanner.recognition.prose import is_prose, is_sentences, is_technical


class NamesLane:
    """Persons and places; the stretches of a batch are read as one text, so that a name known in one is in all."""

    name = "names"
    cost = Cost.QUICK
    entity_types = frozenset({"PERSON", "LOCATION"})

    def wants(self, piece: Piece) -> Reason:
        """Whatever is neither log nor code nor table, in French or English; names in small letters too.

        Cells are not asked one by one: their column was, and asking costs more than reading them.
        """
        if piece.kind is Kind.CELL:
            return Reason.MAY_HOLD
        if piece.kind is Kind.PASSAGE:
            if not is_prose(piece.text):
                return Reason.NOT_PROSE
            return Reason.MAY_HOLD if reads(piece.text) else Reason.FOREIGN
        if not is_sentences(piece.text):
            return Reason.NOT_PROSE
        return Reason.MAY_HOLD if reads(piece.text) else Reason.FOREIGN

    def read(self, pieces: Sequence[Piece]) -> list[list[Span]]:
        """The spans of each piece."""
        from recognizers.persons.decoding import spans_of

        return spans_of([piece.text for piece in pieces], is_technical=is_technical)

    def combine(self, found: Iterable[Span], read: Iterable[Span], where: Sequence[Stretch]) -> list[Span]:
        """Where the model read, rules add only what is likely; elsewhere they stand alone."""
        model, read_places = list(read), Covered(where)
        agreed = Covered((span.start, span.end) for span in model)
        kept = [
            span
            for span in found
            if not (span.entity_type == "PERSON" and span.level < Level.PROBABLE and read_places.meets(span))
            or agreed.meets(span)
        ]
        return combine(kept, model)
