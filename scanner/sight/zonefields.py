"""What a machine-readable zone says, by the places of its fields (ICAO Doc 9303 parts 3 to 6)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a zone and its type; ``checked`` where a check digit stands behind this very value."""

    entity_type: str
    value: str
    checked: bool = False


@dataclass(frozen=True, slots=True)
class _Places:
    """Line, start and end of each field; ``nation`` is missing where only one country makes such cards."""

    number: tuple[int, int, int]
    birth: tuple[int, int, int]
    sex: tuple[int, int, int]
    names: tuple[int, int, int]
    nation: tuple[int, int, int] | None


_PLACES = {
    "td3": _Places((1, 0, 9), (1, 13, 19), (1, 20, 21), (0, 5, 44), (1, 10, 13)),
    "td2": _Places((1, 0, 9), (1, 13, 19), (1, 20, 21), (0, 5, 36), (1, 10, 13)),
    "td1": _Places((0, 5, 14), (1, 0, 6), (1, 7, 8), (2, 0, 30), (1, 15, 18)),
    "cni": _Places((1, 0, 12), (1, 27, 33), (1, 34, 35), (0, 5, 30), None),
}
_PERMITS = ("IR", "TS", "AR", "IT")
"""Codes of French residence permits: the second letter is the State's own (Doc 9303 part 5, 4.2.2)."""


def fields_of(shape: str, lines: tuple[str, ...], this_year: int) -> tuple[Field, ...]:
    """The values of a zone in the order in which documents print them; empty ones are left out."""
    places = _PLACES[shape]
    value = {name: _cut(lines, getattr(places, name)) for name in ("number", "birth", "sex")}
    given = _names(shape, lines, places)
    nation = _cut(lines, places.nation) if places.nation else "FRA"
    fields = (
        Field(_number_type(shape, lines), value["number"].strip("<").replace("<", ""), checked=True),
        Field("PERSON", given),
        Field("DATE_OF_BIRTH", _day(value["birth"], this_year), checked=True),
        Field("SEX", value["sex"].strip("<X")),
        Field("NATIONALITY", nation.strip("<")),
    )
    return tuple(field for field in fields if field.value)


def _cut(lines: tuple[str, ...], place: tuple[int, int, int]) -> str:
    line, start, end = place
    return lines[line][start:end]


def _names(shape: str, lines: tuple[str, ...], places: _Places) -> str:
    names = _cut(lines, places.names)
    if shape == "cni":  # the given names have a place of their own
        return f"{names.strip('<').replace('<', ' ')} {_spaced(lines[1][13:27])}".strip()
    surname, _, given = names.partition("<<")
    return f"{_spaced(surname)} {_spaced(given)}".strip()


def _spaced(names: str) -> str:
    return " ".join(name for name in names.split("<") if name)


def _number_type(shape: str, lines: tuple[str, ...]) -> str:
    """French numbers have types of their own; those of other countries are numbers of identity."""
    if lines[0][2:5] != "FRA":
        return "NATIONAL_ID"
    if shape == "td3":
        return "FR_PASSPORT"
    return "FR_RESIDENCE_PERMIT" if lines[0][:2] in _PERMITS else "FR_CNI"


def _day(digits: str, this_year: int) -> str:
    """As people write it; of two centuries the later one that is past."""
    if not digits.isdigit():
        return ""
    year = this_year - (this_year - int(digits[:2])) % 100
    return f"{digits[4:6]}/{digits[2:4]}/{year}"
