"""What changed since an earlier run, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scanner.inventory.drift import KINDS
from scanner.inventory.words import number, plural
from scanner.reporters.language import labels, moment
from scanner.reporters.visible import visible
from scanner.taxonomy import taxonomy

SHOWN = 200


def lines(drift: Mapping[str, Any], lang: str) -> list[str]:
    """Counts by kind, then the rows, risks that rose first."""
    return [visible(line) for line in _lines(drift, lang)]


def _lines(drift: Mapping[str, Any], lang: str) -> Iterator[str]:
    words = labels(lang)["drift"]
    yield words["since"].format(date=moment(drift["since"], lang))
    if not drift["same_rules"]:
        yield words["other_rules"]
    if not drift["total"]:
        yield words["nothing"]
        return
    for kind in KINDS:
        if count := drift["counts"][kind]:
            yield f"  {words['kinds'][kind]:<28} {number(count, lang):>8}"
    if drift["risen"]:
        yield plural(words["risen"], drift["risen"], lang)
    for row in drift["rows"][:SHOWN]:
        yield f"{'!' if row['risen'] else ' '} {words['kinds'][row['kind']]:<24} {row['path']} : {told(row, lang)}"
    if drift["total"] > SHOWN:
        yield f"  + {number(drift['total'] - SHOWN, lang)}"


def told(row: Mapping[str, Any], lang: str) -> str:
    """One change in words: the type, the counts where they differ, the decisions where they do."""
    words = labels(lang)
    parts = [taxonomy().label(row["entity_type"], lang)]
    was, now = row["count"]
    if was != now:
        parts.append(f"{number(was, lang)} → {number(now, lang)}")
    if row["before"]:
        parts.append(words["drift"]["from"].format(path=row["before"]))
    for key, names in (("declared", words["declared"]), ("outcome", words["outcomes"])):
        before, after = row[key]
        if before != after and before and after:
            parts.append(f"{names[before]} → {names[after]}")
    return ", ".join(parts)
