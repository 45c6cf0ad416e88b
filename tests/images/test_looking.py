"""Whether pictures are looked at: what was asked, what the mandate allows, what is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner import session
from scanner.declaration import load, none_declaration
from scanner.session import Asked, Refused, looking

MANDATE = Path(__file__).parents[1] / "declaration" / "example.yaml"


def asked(ocr: str) -> Asked:
    return Asked(("v",), None, Path("run"), None, False, False, True, "off", "off", ocr, "fr")


def test_on_a_volume_of_ones_own_it_is_as_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    own = none_declaration()
    monkeypatch.setattr(session, "installed", lambda: True)
    assert [looking(asked(mode), own) for mode in ("auto", "all", "off")] == ["auto", "all", "off"]
    monkeypatch.setattr(session, "installed", lambda: False)
    assert [looking(asked(mode), own) for mode in ("auto", "off")] == ["missing", "off"]
    with pytest.raises(Refused, match=r"recense\[images\]"):
        looking(asked("all"), own)


def test_the_mandate_has_the_last_word() -> None:
    client = load(MANDATE)
    assert [looking(asked(mode), client) for mode in ("auto", "off")] == ["denied", "off"]
    with pytest.raises(Refused, match=r"autorise\.ocr"):
        looking(asked("all"), client)
