"""Keys of cloud services; written in two pieces, so that scanners of repositories do not take them for real."""

from __future__ import annotations

import pytest

from recognizers.rule import load_rules
from scanner.model import Level

BODY = "q7Rk2Vx9mB4tZc8LpW3nYh5Js1DfGa6Ue0TiXo"
KEYS = {
    "github": ("ghp" + "_", BODY[:36]),
    "google": ("AI" + "za", BODY[:35]),
    "slack": ("xox" + "b-", "2839475610-" + BODY[:24]),
    "stripe": ("sk_" + "live_", BODY[:24]),
    "azure": ("Account" + "Key=", BODY + BODY + BODY[:10] + "=="),
    "aws_secret": ("aws_secret_" + "access_key = ", BODY + "+/"),
}


@pytest.mark.parametrize("name", KEYS)
def test_key(name: str) -> None:
    rule = next(rule for rule in load_rules() if rule.name == "secret_cloud")
    prefix, body = KEYS[name]
    text = f"clé {prefix}{body} fin"
    (span,) = rule.find(text)
    assert text[: span.end].endswith(body)
    assert span.level >= Level.PROBABLE
    assert not rule.find(f"clé {prefix}{'x' * len(body)} fin")
