"""What the pictures of a file show beside their text: faces, portraits, identity documents, letters."""

from __future__ import annotations

from scanner.model import Evidence, Level, Seen
from scanner.recognition.columnlevels import SCORES
from scanner.recognition.distinct import Distinct
from scanner.recognition.evidence import with_evidence
from scanner.recognition.tally import Tallies, Tally

_LARGE = 0.02
"""Share of the picture that the face of a portrait takes at least."""
_FEW_WORDS = 8
_PERSONS = frozenset({"PERSON", "EMAIL_ADDRESS", "PHONE_NUMBER", "POSTAL_ADDRESS"})


class PictureLane:
    """Notes what was seen on each picture of one file, and says what that makes once all of it was read."""

    def __init__(self) -> None:
        self._seen: list[Seen] = []

    def take(self, seen: Seen) -> None:
        """Note one picture on which something was seen."""
        if seen.faces or seen.zone or seen.letter or seen.words:
            self._seen.append(seen)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What pictures add to what the text of the file says that it is."""
        read = (Evidence.PICTURE,) if any(seen.words for seen in self._seen) else ()
        return (*read, Evidence.FACE) if read and any(seen.faces for seen in self._seen) else read

    def close(self, tallies: Tallies) -> None:
        """Add faces, identity documents and letters to what was found in the file."""
        persons = tallies.has(_PERSONS, Level.POSSIBLE)
        for seen in self._seen:
            if seen.faces:
                _put(tallies, "PHOTO_FACE", Level.PROBABLE, seen, seen.faces, *_of_faces(seen))
            if seen.zone:
                _put(tallies, "ID_SCAN", Level.CERTAIN if seen.checked else Level.POSSIBLE, seen, 1, *_of_zone(seen))
            if seen.letter and persons:
                _put(tallies, "LETTER_SCAN", Level.PROBABLE, seen, 1, Evidence.PICTURE)


def _of_faces(seen: Seen) -> tuple[Evidence, ...]:
    alone = seen.faces == 1 and seen.share >= _LARGE and seen.words <= _FEW_WORDS
    return (Evidence.FACE, Evidence.PORTRAIT) if alone else (Evidence.FACE,)


def _of_zone(seen: Seen) -> tuple[Evidence, ...]:
    """A zone with a check digit wrong, as on specimens and bad copies, is only the form of one."""
    face = (Evidence.FACE,) if seen.faces else ()
    zone = (Evidence.MACHINE_ZONE,) if seen.checked else ()
    return (Evidence.PICTURE, Evidence(seen.zone), *zone, *face)


def _put(tallies: Tallies, entity_type: str, level: Level, seen: Seen, count: int, *codes: Evidence) -> None:
    """One finding's share of a picture; who is who on pictures is never asked, so each face counts as one."""
    values = Distinct()
    for number in range(count):
        values.add(f"{seen.place} {number}")
    tally = Tally.of(count, values, with_evidence("pictures", *codes), seen.place)
    tally.score = SCORES[level]
    tallies.put("", "", entity_type, level, tally)
