"""What was declared beside what was found: one row for each category of the policy and each regime of the law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from scanner.inventory.codes import searched
from scanner.inventory.standing import files_by_state, standing
from scanner.policy.register import EITHER


def matrix(
    codes: tuple[str, ...], found: Mapping[str, Any], decided: pa.Table, declared: Mapping[str, list[str]]
) -> Any:
    """One row per code: declared by which processing, files found in each state (they sum to all), or none at all."""
    states, met, sought = files_by_state(decided, "code"), _references(decided), searched()
    rows = []
    for code in codes:
        facts, counts = found.get(code, {}), states.get(code, {})
        row = {
            "code": code,
            "declared": sorted({*declared.get(code, []), *met.get(code, ())}),
            "files": facts.get("files", 0),
            "files_sure": facts.get("files_sure", 0),
            "values": facts.get("values", 0),
            "persons_min": facts.get("persons_min", 0),
            "persons_max": facts.get("persons_max", 0),
            "types": facts.get("types", []),
            **{name: counts.get(state, 0) for name, state in COUNTED.items()},
            "searched": code in sought,
        }
        rows.append(row | {"state": _state(row, counts)})
    return rows


COUNTED = {"in_place": "oui", "elsewhere": "hors_emplacement", "undeclared": "non", "no_matter": "sans_objet"}
"""What the rows call the number of files in each state."""


def _state(row: Mapping[str, Any], counts: Mapping[str, int]) -> str:
    if not row["files"]:
        return "not_searched" if not row["searched"] else "not_found" if row["declared"] else "absent"
    return "found" if (state := standing(counts)) == "none" else state


def _references(decided: pa.Table) -> dict[str, set[str]]:
    """The processings that findings of each code belong to."""
    known = decided.filter(pc.is_in(decided["declared"], value_set=pa.array(["oui", "hors_emplacement"])))
    groups = known.group_by(["code", "reference"], use_threads=False).aggregate([]).to_pylist()
    found: dict[str, set[str]] = {}
    for row in groups:
        found.setdefault(row["code"], set()).update(filter(None, row["reference"].split(EITHER)))
    return found


def declared_codes(processings: list[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Which processings declare each category and each regime."""
    codes: dict[str, list[str]] = {}
    for processing in processings:
        reference = str(processing.get("ref", ""))
        for code in _codes_of(processing):
            if reference not in codes.setdefault(code, []):
                codes[code].append(reference)
    return codes


def _codes_of(processing: Mapping[str, Any]) -> Iterator[str]:
    from scanner.taxonomy import taxonomy

    known = taxonomy()
    for category in processing.get("categories") or []:
        yield str(category.get("code", ""))
        for name in category.get("types") or []:
            yield from known.regimes_of(known.canonical(str(name)) or str(name))
    for line in processing.get("donnees_sensibles") or []:
        yield str(line.get("regime", ""))
    if _yes((processing.get("donnees_art10") or {}).get("presence")):
        yield "R3"
    if any(_yes(people.get("mineurs")) for people in processing.get("personnes_concernees") or []):
        yield "R4"


def _yes(value: Any) -> bool:
    return value is True or str(value).strip().lower() in {"oui", "yes", "true"}
