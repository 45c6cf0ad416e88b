"""The words that invented text is made of: names, places and phrases to combine at random."""

from __future__ import annotations

import unicodedata
from importlib import resources
from typing import Any

import yaml

WORDS: dict[str, Any] = yaml.safe_load(
    resources.files("scanner.bench.corpora").joinpath("words.yaml").read_text(encoding="utf-8")
)
WOMEN: list[str] = WORDS["women"]
MEN: list[str] = WORDS["men"]
SURNAMES: list[str] = WORDS["surnames"]
TOWNS: list[list[str]] = WORDS["towns"]
STREETS: list[str] = WORDS["streets"]
ITEMS: list[str] = WORDS["items"]
DOMAINS = [
    *(f"mail{number}.example.org" for number in range(1, 13)),
    *(f"{name}.example.com" for name in ("boite", "courriel", "poste", "perso", "contact", "bureau", "atelier")),
    *("example.org", "example.com", "example.net", "mairie.example.net", "lycee.example.net", "boutique.example.net"),
]
"""Names that are kept for documentation (RFC 2606)."""


def plain(word: str) -> str:
    """Lower case, without accents nor separators: what an address or a login keeps of a name."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in decomposed if sign.isalnum() and sign.isascii())
