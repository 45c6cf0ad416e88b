"""Looks at the pictures of one listed item: text, zones and faces, as far as the item's budget goes."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import xxhash

from scanner.config import Settings
from scanner.contracts import Unreadable
from scanner.model import Evidence, Gap, Kind, Level, Passage, Picture, Problem, Seen, Span
from scanner.sight import INSTALL, installed
from scanner.sight.faces import faces
from scanner.sight.layout import row_text, rows_of
from scanner.sight.numbers import mended
from scanner.sight.ocr import SIDE, Pixels, ocr
from scanner.sight.zones import Zone, shaped_as, zones_of

_KEPT = 256
"""Pictures remembered by their content: the logo of a signature comes with every mail."""
_TINY = 64
"""Pixels of the longer side below which nothing can be read: icons, dots that count visits."""
_ZONE = "machine zone"
_LETTER_WORDS = 40
_PAGE = (1.2, 1.6)
"""Height by width of a sheet, also one that was photographed."""
_SALUTATION = re.compile(
    r"\b(?:madame|monsieur|mesdames|messieurs|cher|chère|chers|dear|to whom it may concern)\b", re.IGNORECASE
)
_CLOSING = re.compile(
    r"veuillez\s+(?:agréer|recevoir|croire)|je vous prie d|salutations|cordialement|yours (?:sincerely|faithfully)"
    r"|kind regards|best regards|sincerely",
    re.IGNORECASE,
)


class Eye:
    """Made anew for each listed item; ``within`` is false where the run has no room for it any more."""

    def __init__(self, settings: Settings, *, within: bool = True) -> None:
        self._year = settings.today.year
        self._reason = _reason(settings, within)
        self._pages = settings.ocr_pages if settings.ocr == "auto" else None

    def look(self, picture: Picture) -> Iterator[Passage | Seen | Gap]:
        """What is on a picture, or a gap with the reason why nobody looked."""
        if self._reason is None and self._pages is not None and self._pages <= 0:
            yield _gap(picture, Problem(Kind.OVER_BUDGET, "beyond the pages looked at per file, see --ocr all"))
        elif self._reason is not None:
            yield _gap(picture, self._reason)
        else:
            yield from self._look(picture)

    def _look(self, picture: Picture) -> Iterator[Passage | Seen | Gap]:
        if self._pages is not None:
            self._pages -= 1
        try:
            image = picture.draw(SIDE)
        except Unreadable as stop:
            yield _gap(picture, stop.problem)
            return
        sight = _seen(image, self._year)
        place = f"page {picture.page}" if picture.page else "picture"
        for passage in sight.passages:
            yield replace(passage, place=", ".join(filter(None, (place, passage.place))))
        yield replace(sight.seen, place=place)
        if sight.left:
            yield Gap(Problem(Kind.OVER_BUDGET, f"{place}: {sight.left} lines over what is read of a page"))


def _reason(settings: Settings, within: bool) -> Problem | None:
    """Why nobody looks at any picture, with what to do; None if somebody does."""
    if settings.ocr == "denied":
        return Problem(Kind.OCR_OFF, "the mandate does not allow it (autorise.ocr)")
    if settings.ocr == "off":
        return Problem(Kind.OCR_OFF, "scan with --ocr auto to look at pictures")
    if settings.ocr == "missing" or not installed():
        return Problem(Kind.OCR_OFF, f"needs {INSTALL}")
    if settings.ocr == "auto" and not within:
        return Problem(Kind.OVER_BUDGET, "beyond the files looked at per run, see --ocr all")
    return None


def _gap(picture: Picture, problem: Problem) -> Gap:
    return Gap(problem, picture.size, picture.page)


@dataclass(frozen=True, slots=True)
class _Sight:
    """What one picture gave; places are still to be put before those of its passages."""

    passages: tuple[Passage, ...]
    seen: Seen
    left: int


_known: OrderedDict[tuple[int, int, int], _Sight] = OrderedDict()


def _seen(image: Pixels, this_year: int) -> _Sight:
    """What is on a picture; one that came lately is not looked at again."""
    key = xxhash.xxh3_128_intdigest(image.tobytes()), image.shape[1], this_year
    if key not in _known:
        _known[key] = _sight_of(image, this_year)
        while len(_known) > _KEPT:
            _known.popitem(last=False)
    _known.move_to_end(key)
    return _known[key]


def _sight_of(image: Pixels, this_year: int) -> _Sight:
    if max(image.shape[:2]) < _TINY:
        return _Sight((), Seen("", 0, 0.0, "", False, 0, False), 0)
    page = ocr().read(image)
    rows = [row_text(row) for row in rows_of(page.lines)]
    zones = zones_of(rows, this_year)
    within = {zone.first + at for zone in zones for at in range(len(zone.lines))}
    text = "\n".join(mended(row) for at, row in enumerate(rows) if at not in within)
    passages = [Passage(text, "", 1)] if text.strip() else []
    upright = np.ascontiguousarray(np.rot90(image, page.turns))
    boxes = faces().find(upright)
    share = float(max(((box[2] - box[0]) * (box[3] - box[1]) for box in boxes), default=0.0))
    zone, words = zones[0].kind if zones else shaped_as(rows), len(text.split())
    seen = Seen("", len(boxes), share, zone, bool(zones), words, _is_letter(text, upright))
    return _Sight((*passages, *map(_passage, zones)), seen, page.left)


def _passage(zone: Zone) -> Passage:
    """The zone and its fields as text, with what they are: check digits have decided, no rule need look again."""
    text = "\n".join(zone.lines)
    spans = [_span("MRZ", 0, len(text), Level.CERTAIN)]
    for one in zone.fields:
        start = len(text) + 1
        text = f"{text}\n{one.value}"
        spans.append(_span(one.entity_type, start, len(text), Level.CERTAIN if one.checked else Level.PROBABLE))
    return Passage(text, _ZONE, 0, tuple(spans))


def _span(entity_type: str, start: int, end: int, level: Level) -> Span:
    score = 0.95 if level is Level.CERTAIN else 0.75
    return Span(entity_type, start, end, score, f"mrz+{Evidence.MACHINE_ZONE}", level)


def _is_letter(text: str, image: Pixels) -> bool:
    sheet = _PAGE[0] <= image.shape[0] / image.shape[1] <= _PAGE[1]
    enough = len(text.split()) >= _LETTER_WORDS
    return sheet and enough and _SALUTATION.search(text) is not None and _CLOSING.search(text) is not None
