"""Codes of the two axes: their order, their weight and their names in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import pyarrow as pa

CATEGORIES = ("C1", "C2", "C3", "C4", "C5", "C6", "C0")
SENSITIVE = tuple(f"R1-{letter}" for letter in "abcdefghi")
REGIMES = (*SENSITIVE, "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "R10")
CERTAINTIES = {"CERTAIN": 4, "PROBABLE": 3, "POSSIBLE": 2, "INDICE": 1}
SURE = pa.array(["CERTAIN", "PROBABLE"])
BASIS = CERTAINTIES["PROBABLE"]
"""From this certainty on, a finding of special categories founds a decision; of other data, one degree less does."""
OUTCOMES = {"REFUSER_PROPOSE": 4, "SECURISER": 3, "DEMANDER_AU_CLIENT": 2, "ACCEPTER": 1}
LANGUAGES = ("fr", "en")

_WEIGHT = {"R1": 9, "R8": 8, "R2": 7, "R3": 7, "R9": 6, "R4": 5}


def severity(code: str) -> int:
    """Weight of a code when rows must be ranked; only an order, never printed."""
    if not code.startswith("R"):
        return 0 if not code else 1
    return _WEIGHT.get(code.partition("-")[0], 3)


def founds(level: str, decided: str, regime: str) -> bool:
    """Whether a finding is a ground of its decision, of which ``decided`` is the highest level; hints only go along."""
    special = any(code.startswith("R1-") for code in regime.split(","))
    least = min(CERTAINTIES.get(decided, 0), BASIS if special else BASIS - 1)
    return CERTAINTIES.get(level, 0) >= least


def position(code: str) -> tuple[int, str]:
    """Sort key that puts categories and regimes in the order of the policy and of the law."""
    order = (*CATEGORIES, *REGIMES)
    return (order.index(code) if code in order else len(order), code)


def subject(category: str, regime: str, entity_type: str) -> str:
    """The code a reader should be told first: the gravest regime with its own rule, else the category."""
    own = [code for code in regime.split(",") if code.partition("-")[0] in _WEIGHT]
    if own:
        return min(own, key=lambda code: (-severity(code), position(code)))
    return category or entity_type


@lru_cache(maxsize=4096)
def regimes_key(regime: str) -> str:
    """Regimes in one order, whoever wrote them."""
    return ",".join(sorted(code.strip() for code in regime.split(",") if code.strip()))


def person_keys() -> pa.Array:
    """Types of which distinct values count persons."""
    from scanner.taxonomy import taxonomy

    return pa.array(sorted(taxonomy().person_keys), pa.string())


def searched() -> set[str]:
    """Codes that some built-in recognizer looks for; for the others "not found" would mean nothing."""
    from scanner.taxonomy import taxonomy

    known = taxonomy()
    types = [one for name, one in known.types.items() if known.searched(name)]
    return {one.category for one in types} | {code for one in types for code in one.regimes}


def names(codes: Iterable[str]) -> dict[str, dict[str, str]]:
    """What to call each code, in both languages; categories also by the words of the CNIL's register."""
    from scanner.taxonomy import taxonomy

    known = taxonomy()
    labels = {code: {lang: known.label(code, lang) for lang in LANGUAGES} for code in sorted(set(codes)) if code}
    for code, words in labels.items():
        if code in known.categories:
            words["cnil"] = known.categories[code].label_cnil
        elif code in known.regimes:
            words["law"] = known.regimes[code].law
    return labels
