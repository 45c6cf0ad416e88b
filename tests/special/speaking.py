"""The special categories of a text, with the persons in it found as the scan finds them."""

from __future__ import annotations

from datetime import date

import re2

from recognizers.names import NameRecognizer
from scanner.model import Level, Span
from scanner.recognition.special import SpecialRecognizer

TODAY = date(2026, 11, 23)
NAMES = NameRecognizer()
SPECIAL = SpecialRecognizer()
ADDRESS = re2.compile(r"[\w.]+@[\w.]+\w")


def keys(text: str) -> list[Span]:
    """What the scan would have found before: persons and e-mail addresses."""
    addresses = (match.span() for match in ADDRESS.finditer(text))
    return NAMES.find(text) + [
        Span("EMAIL_ADDRESS", start, end, 0.95, "mail", Level.CERTAIN) for start, end in addresses
    ]


def levels(text: str) -> dict[str, Level]:
    return SPECIAL.regimes(text, keys(text), TODAY)
