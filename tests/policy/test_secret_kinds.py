"""How bad a secret is: who found it tells a fast hash from a slow one, and an open key from one under a passphrase."""

from __future__ import annotations

import pytest

from scanner.model import Level
from scanner.policy import decide
from scanner.policy.facts import Facts


@pytest.mark.parametrize(
    ("entity_type", "finders", "urgent"),
    [
        ("PASSWORD_HASH", {"password_hash"}, False),
        ("PASSWORD_HASH", {"password_digest"}, True),
        ("PASSWORD_HASH", {"password_hash", "password_hash_fast"}, True),
        ("SECRET_PRIVATE_KEY", {"secret_locked_key"}, False),
        ("SECRET_PRIVATE_KEY", {"secret_locked_key", "other"}, True),
        ("SECRET_PRIVATE_KEY", set(), True),
    ],
)
def test_kind(entity_type: str, finders: set[str], urgent: bool) -> None:
    facts = Facts("sous-traitant", entity_type, "C0", ("R8",), Level.CERTAIN, finders=frozenset(finders))
    verdict = decide(facts)
    assert (verdict.rule, verdict.urgent) == ("15", urgent)
