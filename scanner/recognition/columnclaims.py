"""What the cells of one column claim to be, each type at the level that the share of its cells earns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scanner.model import Level
from scanner.recognition.columnlevels import ADDRESSED, SHARE, is_series, judged, of_claims
from scanner.recognition.columnvalues import ColumnFacts
from scanner.recognition.tally import Tally

Claim = tuple[str, Level, Tally, bool]


def claims_of(facts: ColumnFacts, rates: Mapping[str, float]) -> Iterator[Claim]:
    """Types and levels of cells and of what stands in them, and whether the type is that of the whole column."""
    totals: dict[str, int] = {}
    for (entity_type, _), tally in facts.claims.items():
        totals[entity_type] = totals.get(entity_type, 0) + tally.distinct
    finals = {key: _final(facts, *key, _rate(tally, rates), totals[key[0]]) for key, tally in facts.claims.items()}
    for (entity_type, level), tally in facts.claims.items():
        final = finals[entity_type, level]
        if final is Level.POSSIBLE and finals.get((entity_type, Level.PROBABLE)) is Level.PROBABLE:
            sure = facts.claims[entity_type, Level.PROBABLE].distinct >= SHARE * facts.distinct
            final = Level.PROBABLE if sure else final  # the others of such a column are no less
        if final is not None:
            yield entity_type, final, tally, totals[entity_type] >= SHARE * facts.distinct
    is_address = totals.get("POSTAL_ADDRESS", 0) >= SHARE * facts.distinct
    for (entity_type, level), tally in facts.parts.items():
        if not (is_address and entity_type in ADDRESSED):
            yield entity_type, level, tally, False


def _rate(tally: Tally, rates: Mapping[str, float]) -> float:
    return max((rates.get(rule, 0.01) for rule in tally.recognizers), default=0.01)


def _final(facts: ColumnFacts, entity_type: str, level: Level, rate: float, total: int) -> Level | None:
    """Level of the cells of one type and level; None when chance explains them."""
    if any(reading.entity_type == entity_type for reading in facts.readings):
        return judged(level, rate, total, facts.distinct, named=True)
    final = of_claims(entity_type, level, rate, total, facts.distinct)
    return level if final is Level.PROBABLE > level and is_series(facts.sample) else final
