"""Machine-readable zones among lines that OCR read: repaired only where the check digits say that it was right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product

from recognizers.validators.mrz import mrz_cni, mrz_td1, mrz_td2, mrz_td3
from scanner.sight.zonefields import Field, fields_of

_FILLERS = str.maketrans({"«": "<<", "‹": "<", "＜": "<", "〈": "<", "≤": "<", "《": "<<", "く": "<"})
_ALLOWED = re.compile(r"[A-Z0-9<]+")
_TO_DIGIT = str.maketrans("OQDUILZSGBAT", "000011256847")
_TO_LETTER = str.maketrans("0123456789", "OIZEASGTBG")
_ALIKE = {
    "O": "0", "0": "OD", "Q": "0", "D": "0", "I": "1", "L": "1", "1": "IL", "Z": "2", "2": "Z", "S": "5", "5": "S",
    "G": "6", "6": "G", "B": "8", "8": "B", "K": "<", "A": "4", "4": "A", "T": "7", "7": "T",
}  # fmt: skip
_SLACK = 4
"""Fillers that OCR adds to a long run of them, or leaves out."""
_FILLED = 8
"""Fillers that the lines of a zone have at least."""
_TRIES = 2_000
_FRENCH = {"td3": (1, "99AA99999"), "cni": (1, "9999***99999")}
"""How France numbers its documents, which says of some places what they hold."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of zone: how many lines of which width, how each line is made, and who judges the whole.

    ``masks`` has a sign for each place: ``9`` a digit, ``A`` a letter or filler, ``*`` any of them.
    """

    name: str
    starts: str
    masks: tuple[str, ...]
    right: Callable[[str], bool]


_DATES = "9" * 7 + "A" + "9" * 7
SHAPES = (
    Shape("td3", "P", ("A" * 44, "*" * 9 + "9AAA" + _DATES + "*" * 16), mrz_td3),
    Shape("cni", "I", ("A" * 30 + "*" * 6, "*" * 12 + "9" + "A" * 14 + "9" * 7 + "A9"), mrz_cni),
    Shape("td2", "ACI", ("A" * 36, "*" * 9 + "9AAA" + _DATES + "*" * 8), mrz_td2),
    Shape("td1", "ACI", ("AAAAA" + "*" * 25, _DATES + "AAA" + "*" * 11 + "9", "A" * 30), mrz_td1),
)


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone whose check digits are all right: where it stands among the lines, its text, what it says."""

    first: int
    shape: str
    lines: tuple[str, ...]
    fields: tuple[Field, ...]

    @property
    def kind(self) -> str:
        """What kind of document has it, as ``Evidence`` names it."""
        return _kind(self.shape)


def zones_of(lines: Sequence[str], this_year: int) -> list[Zone]:
    """The zones among lines in reading order; each line belongs to one at most."""
    cleaned = [_cleaned(line) for line in lines]
    found: list[Zone] = []
    at = 0
    while at < len(cleaned):
        zone = next(_read(cleaned, at, this_year), None)
        if zone is not None:
            found.append(zone)
        at += len(zone.lines) if zone is not None else 1
    return found


def shaped_as(lines: Sequence[str]) -> str:
    """The kind of document whose zone some lines resemble, though OCR or the card itself has a check digit wrong."""
    cleaned = [_cleaned(line) for line in lines]
    for at, shape in product(range(len(cleaned)), SHAPES):
        some = cleaned[at : at + len(shape.masks)]
        if len(some) == len(shape.masks) and _resembles(some, shape):
            return _kind(shape.name)
    return ""


def _resembles(lines: Sequence[str], shape: Shape) -> bool:
    """The widths, the fillers, and digits where dates stand."""
    fitted = [_fitted(line, mask) for line, mask in zip(lines, shape.masks, strict=True)]
    if None in fitted or lines[0][0] not in shape.starts or sum(line.count("<") for line in lines) < _FILLED:
        return False
    pairs = zip("".join(filter(None, fitted)), "".join(shape.masks), strict=True)
    return all(sign.isdigit() for sign, mask in pairs if mask == "9")


def _kind(shape: str) -> str:
    return "passport" if shape == "td3" else "id_card"


def _cleaned(line: str) -> str:
    joined = "".join(line.split()).translate(_FILLERS).upper()
    return joined if _ALLOWED.fullmatch(joined) else re.sub(r"[^A-Z0-9<]", "<", joined)


def _read(lines: Sequence[str], at: int, this_year: int) -> Iterator[Zone]:
    for shape in SHAPES:
        some = lines[at : at + len(shape.masks)]
        if len(some) == len(shape.masks) and some[0][:1].translate(_TO_LETTER) in tuple(shape.starts):
            whole = _repaired([*map(_fitted, some, _masks(shape, some[0]))], shape)
            if whole is not None:
                yield Zone(at, shape.name, whole, fields_of(shape.name, whole, this_year))


def _masks(shape: Shape, first: str) -> tuple[str, ...]:
    if first[2:5] != "FRA" or shape.name not in _FRENCH:
        return shape.masks
    at, number = _FRENCH[shape.name]
    return tuple(number + mask[len(number) :] if line == at else mask for line, mask in enumerate(shape.masks))


def _fitted(line: str, mask: str) -> str | None:
    """The line at its width, its longest run of fillers longer or shorter; then each place as its mask wants it."""
    missing = len(mask) - len(line)
    if abs(missing) > _SLACK or (missing and "<<" not in line):
        return None
    if missing:
        longest = max(re.finditer("<+", line), key=lambda run: len(run[0]))
        if len(longest[0]) + missing < 1:
            return None
        line = line[: longest.start()] + "<" * (len(longest[0]) + missing) + line[longest.end() :]
    return "".join(map(_as_masked, line, mask))


def _as_masked(sign: str, mask: str) -> str:
    if mask == "9":
        return sign.translate(_TO_DIGIT)
    return sign.translate(_TO_LETTER) if mask == "A" else sign


def _repaired(fitted: list[str | None], shape: Shape) -> tuple[str, ...] | None:
    """The lines as they are, or with few signs replaced by ones that look alike, if there is one way that is right."""
    lines = [line for line in fitted if line is not None]
    if len(lines) != len(shape.masks):
        return None
    text = "\n".join(lines)
    for changes in (0, 1, 2):
        right = {way for way in islice(_ways(text, shape, changes), _TRIES) if shape.right(way)}
        if right:
            return tuple(right.pop().split("\n")) if len(right) == 1 else None
    return None


def _ways(text: str, shape: Shape, changes: int) -> Iterator[str]:
    """Texts in which so many signs, which could be either letter or digit, are others that look alike."""
    mask = "\n".join(shape.masks)
    unsure = [at for at, sign in enumerate(text) if mask[at] == "*" and sign in _ALIKE]
    for places in combinations(unsure, changes):
        for signs in product(*(_ALIKE[text[at]] for at in places)):
            changed = list(text)
            for at, sign in zip(places, signs, strict=True):
                changed[at] = sign
            yield "".join(changed)
