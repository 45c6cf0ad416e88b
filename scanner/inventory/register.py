"""The client's register beside the findings: tables A, C and E."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from scanner.inventory.codes import CERTAINTIES, OUTCOMES, REGIMES, SENSITIVE, position
from scanner.inventory.verdicts import Ledger

PATHS = 500
"""Files that a row names; a cell of a workbook holds few more."""


KEYS = ["reference", "category", "declared", "regime", "outcome", "look"]
Key = tuple[str, str, str, str, str, bool]


class Register:
    """Table A and what follows from it; unknown fields stay empty, for the client to complete."""

    def __init__(self, processings: list[Mapping[str, Any]], ledger: Ledger, items: pa.Table, persons: pa.Table):
        self.processings = {str(one.get("ref", "")): one for one in processings}
        self.verdicts = ledger.verdicts
        # What was not read and what was not found have no category of their own to register.
        frame = ledger.frame()
        self.frame = frame.filter(pc.and_(pc.not_equal(frame["category"], ""), pc.not_equal(frame["path"], "")))
        self._missing = frame.filter(pc.equal(frame["declared"], "non_trouve"))
        known = pc.if_else(pc.equal(items["modified"], 0), pa.scalar(None, pa.int64()), items["modified"])
        self._items = items.select(["path", "size"]).append_column("modified", known)
        for name in ("oldest", "newest"):
            inside = pc.if_else(pc.equal(items[name], ""), pa.scalar(None, pa.string()), items[name])
            self._items = self._items.append_column(name, inside)
        self._persons = persons

    def rows(self) -> list[dict[str, Any]]:
        """One row per processing, category, regimes and proposal, or only declared; what is proposed first orders."""
        observed = self._observed() | self._not_found()
        for reference, processing in self.processings.items():
            for category in processing.get("categories") or []:
                code = str(category.get("code", ""))
                if not any(key[:2] == (reference, code) for key in observed):
                    observed[(reference, code, "non_rattache", "", "", False)] = {}
        return [self._row(key, observed[key]) for key in sorted(observed, key=_by_outcome)]

    def _observed(self) -> dict[Key, dict[str, Any]]:
        places = self.frame.select([*KEYS, "path"]).group_by([*KEYS, "path"], use_threads=False).aggregate([])
        sized = places.join(self._items, keys="path", join_type="left outer", use_threads=False)
        sized = sized.join(self._people(), keys=[*KEYS, "path"], join_type="left outer", use_threads=False)
        wanted = [("path", "count_distinct"), ("path", "list"), ("size", "sum"), ("modified", "min")]
        wanted += [("modified", "max"), ("persons", "max"), ("persons", "sum"), ("oldest", "min"), ("newest", "max")]
        sums = sized.sort_by("path").group_by(KEYS, use_threads=False).aggregate(wanted)
        named = pc.list_slice(sums["path_list"], 0, PATHS)  # a row may stand for millions of files
        sums = sums.drop_columns(["path_list"]).append_column("path_list", named)
        rows = {_key(row): row for row in sums.to_pylist()}
        for key, extra in self._extras():
            rows[key] |= extra
        return rows

    def _people(self) -> pa.Table:
        """Persons that each file shows under each row: those of its tables together."""
        about = ["path", "entity_type", "regime"]
        rows = self.frame.select([*KEYS, "path", "entity_type"])
        shown = rows.join(self._persons, keys=about, join_type="inner", use_threads=False)
        tables = shown.group_by([*KEYS, "path", "table"], use_threads=False).aggregate([("persons", "max")])
        files = tables.group_by([*KEYS, "path"], use_threads=False).aggregate([("persons_max", "sum")])
        return files.rename_columns([*KEYS, "path", "persons"])

    def _not_found(self) -> dict[Key, dict[str, Any]]:
        groups = self._missing.group_by(
            ["reference", "category", "declared", "outcome", "entity_type", "code"], use_threads=False
        )
        rows: dict[Key, dict[str, Any]] = {}
        for row in groups.aggregate([("verdict", "min")]).to_pylist():
            key = (row["reference"], row["category"], row["declared"], "", row["outcome"], False)
            entry = rows.setdefault(key, {"missing": [], "codes": [], "sure": [], "verdict": row["verdict_min"]})
            entry["missing"] = sorted({*entry["missing"], row["entity_type"]} - {""})
            entry["codes"] = sorted({*entry["codes"], *({row["code"]} & set(REGIMES))}, key=position)
        return rows

    def _extras(self) -> Iterator[tuple[Key, dict[str, Any]]]:
        groups = self.frame.group_by([*KEYS, "code", "entity_type", "level", "verdict"], use_threads=False)
        parts: dict[Key, list[dict[str, Any]]] = {}
        for row in groups.aggregate([("count", "sum")]).to_pylist():
            parts.setdefault(_key(row), []).append(row)
        for key, rows in sorted(parts.items()):
            yield (
                key,
                {
                    "codes": sorted({row["code"] for row in rows if row["code"].startswith("R")}, key=position),
                    "level": max((row["level"] for row in rows), key=lambda level: CERTAINTIES.get(level, 0)),
                    "sure": sorted({row["code"] for row in rows if CERTAINTIES.get(row["level"], 0) >= 3}),
                    "types": sorted({row["entity_type"] for row in rows}),
                    "verdict": min(row["verdict"] for row in rows),
                    "count": sum(row["count_sum"] for row in rows),
                },
            )

    def _row(self, key: Key, seen: Mapping[str, Any]) -> dict[str, Any]:
        reference, category, declared, regime, outcome, look = key
        processing = self.processings.get(reference, {})
        lines = [c for c in processing.get("categories") or [] if str(c.get("code")) == category]
        codes = seen.get("codes", [])
        special = [code for code in codes if code in SENSITIVE]
        verdict = self.verdicts[seen["verdict"]] if seen else {}
        place = processing.get("localisation") or {}
        recipients = processing.get("destinataires") or {}
        return {
            "reference": reference,
            "processing": str(processing.get("nom") or ""),
            "purpose": str(processing.get("finalite") or ""),
            "category": category,
            "types_declared": seen.get("missing") or [str(n) for line in lines for n in line.get("types") or []],
            "types": seen.get("types", []),
            "sensitive": "no" if not special else "yes" if set(special) & set(seen["sure"]) else "confirm",
            "nature": special,
            "regimes": [code for code in regime.split(",") if code and code not in SENSITIVE] or _common(codes),
            "people": [str(one.get("type", "")) for one in processing.get("personnes_concernees") or []],
            "people_max": _people_max(processing),
            "persons_min": seen.get("persons_max") or 0,
            "persons_max": seen.get("persons_sum") or 0,
            "files": seen.get("path_count_distinct", 0),
            "first": list(seen.get("path_list", [])),
            "values": seen.get("count", 0),
            "bytes": seen.get("size_sum") or 0,
            "level": seen.get("level", ""),
            "declared": declared,
            "retention": [_duration(line["conservation"]) for line in lines if line.get("conservation")],
            "dated": "inside" if seen.get("oldest_min") else "file" if seen.get("modified_min") else "",
            "oldest": seen.get("oldest_min") or _day(seen.get("modified_min")),
            "newest": seen.get("newest_max") or _day(seen.get("modified_max")),
            "recipients": [str(one) for group in sorted(recipients) for one in recipients[group] or []],
            "countries": [str(one) for one in place.get("pays") or []],
            "outside_eu": place.get("hors_ue") if place else None,
            "guarantee": str(place.get("garantie") or ""),
            "outcome": outcome,
            "look": look,
            "quotations": verdict.get("quotations", []),
            "anchor": verdict.get("anchor", ""),
            "citation": verdict.get("citation", ""),
            "reason": verdict.get("reason", {"fr": "", "en": ""}),
        }


def _key(row: Mapping[str, Any]) -> Key:
    return (row["reference"], row["category"], row["declared"], row["regime"], row["outcome"], row["look"])


def _by_outcome(key: Key) -> tuple[Any, ...]:
    reference, category, declared, regime, outcome, look = key
    return (-OUTCOMES.get(outcome, 0), look, reference == "", reference, position(category), regime, declared)


def _common(codes: list[str]) -> list[str]:
    return [code for code in codes if code not in SENSITIVE]


def _people_max(processing: Mapping[str, Any]) -> int:
    return sum(int(one.get("nombre_max") or 0) for one in processing.get("personnes_concernees") or [])


def _duration(line: Mapping[str, Any]) -> str:
    length = f"{line.get('duree', '')} {line.get('unite', '')}".strip()
    start = line.get("point_depart")
    return f"{length} ({start})" if start else length


def _day(nanoseconds: int | None) -> str:
    """Dates of files are weak evidence (copies reset them); the day is enough."""
    from datetime import UTC, datetime

    return datetime.fromtimestamp(nanoseconds // 10**9, UTC).date().isoformat() if nanoseconds else ""


def gaps(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Table C: where declaration and findings differ, from the rows of table A, in their order."""
    found = [_gap(row, row["declared"]) for row in rows if row["declared"] in ("non", "non_trouve", "hors_emplacement")]
    most: dict[str, dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: -row["persons_min"]):
        # One ceiling for each processing: the row that shows most persons stands for the others.
        if 0 < row["people_max"] < row["persons_min"]:
            most.setdefault(row["reference"], row)
    found += [_gap(row, "plus_de_personnes") | {"people_max": row["people_max"]} for row in most.values()]
    order = ("non", "hors_emplacement", "plus_de_personnes", "non_trouve")
    return sorted(found, key=lambda gap: (-OUTCOMES.get(gap["outcome"], 0), gap["look"], order.index(gap["kind"])))


def _gap(row: Mapping[str, Any], kind: str) -> dict[str, Any]:
    kept = {name: row[name] for name in ("reference", "category", "files", "values", "first", "outcome", "look")}
    return kept | {
        "codes": row["nature"] + row["regimes"],
        "persons_min": row["persons_min"],
        "kind": kind,
        "people_max": 0,
    }
