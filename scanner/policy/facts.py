"""What a decision may depend on, and the named conditions that ``rules/decisions.yaml`` may use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from scanner.model import Level
from scanner.taxonomy import taxonomy


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the rules see of one type at one place: small closed values, so that every combination can be tried."""

    role: str
    """``responsable`` or ``sous-traitant``."""
    entity_type: str
    category: str
    regimes: tuple[str, ...]
    level: Level
    on_file: bool = True
    """A declaration exists, even an empty one."""
    declared: bool = False
    located: bool = False
    """Declared for this very place."""
    acceptance: str = ""
    """The provider's answer: ``acceptee``, ``en_attente``, ``refusee``, or nothing yet."""
    basis: bool = False
    """An entry of the NIR decree, or a legal basis for offences, is declared."""
    mandated: bool = True
    finders: frozenset[str] = frozenset()
    """Who found a secret, as far as it tells how bad that is: of ``FINDERS``, or ``other``."""
    unread: bool = False
    excluded: bool = False
    """A valid exclusion, with a name and a date, covers the place."""
    found: bool = True
    searched: bool = True
    """A recognizer looks for the type, so that not finding it means something."""
    complete: bool = False
    """Every byte of the target was read."""
    hosting: str = ""
    """A context of care without a contract for it: ``missing``, or ``confirmed`` by the client."""
    exposed: str = ""
    """``web``: published as it lies; ``world``: readable by all, unlike most."""
    transfer: str = ""
    """Outside the EEA: ``undeclared`` or ``unguaranteed``."""
    overdue: str = ""
    """Past a limit of retention: ``declared``, or a case of the policy's own limits."""


FINDERS = frozenset({"password_hash", "password_hash_fast", "password_digest", "secret_locked_key"})
"""Recognisers that tell a fast hash from a slow one, and a key under a passphrase from one that lies open."""


def _regime(facts: Facts, wanted: list[str]) -> bool:
    """``R1`` stands for all of R1-a to R1-i; a type's own regimes count even if the finding omits them."""
    codes = (*facts.regimes, *taxonomy().regimes_of(facts.entity_type))
    return any(code == one or code.startswith(f"{one}-") for code in codes for one in wanted)


PREDICATES: Mapping[str, Callable[[Facts, Any], bool]] = {
    "role": lambda facts, value: facts.role == value,
    "type": lambda facts, values: facts.entity_type in values,
    "other_than": lambda facts, values: facts.entity_type not in values,
    "category": lambda facts, values: facts.category in values,
    "outside": lambda facts, values: facts.category not in values,
    "regime": _regime,
    "by": lambda facts, values: not facts.finders.isdisjoint(values),
    "only_by": lambda facts, values: bool(facts.finders) and facts.finders <= set(values),
    "level": lambda facts, values: facts.level.name in values,
    "acceptance": lambda facts, values: facts.acceptance in values,
    "on_file": lambda facts, value: facts.on_file is value,
    "declared": lambda facts, value: facts.declared is value,
    "located": lambda facts, value: facts.located is value,
    "basis": lambda facts, value: facts.basis is value,
    "mandated": lambda facts, value: facts.mandated is value,
    "unread": lambda facts, value: facts.unread is value,
    "excluded": lambda facts, value: facts.excluded is value,
    "found": lambda facts, value: facts.found is value,
    "searched": lambda facts, value: facts.searched is value,
    "complete": lambda facts, value: facts.complete is value,
    "hosting": lambda facts, values: facts.hosting in values,
    "exposed": lambda facts, values: facts.exposed in values,
    "transfer": lambda facts, values: facts.transfer in values,
    "overdue": lambda facts, values: facts.overdue in values,
}

LISTS = frozenset(
    {"type", "other_than", "category", "outside", "regime", "level", "acceptance", "by", "only_by"}
    | {"hosting", "exposed", "transfer", "overdue"}
)
"""The conditions that take a list of values; the others take one."""
